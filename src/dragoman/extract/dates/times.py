"""What parts of the day and times of day mean.

In: the parts of a pattern and the situation. Out: a `Dated` of type TIME. The day is the one that stands beside it, or else
the last one in the same sentence, or the story's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from dragoman.extract.dates import calendar
from dragoman.extract.dates.lengths import span
from dragoman.extract.dates.patterns import Parts
from dragoman.extract.dates.situation import Dated, Meaning, Situation, inner, whole


def _part(parts: Parts, at: Situation) -> Dated | None:
    """Friday morning, this evening, last night; alone, the part of the day last named in the sentence, or of today."""
    inside = inner(parts, "aday", at)
    if (
        "aday2" in parts or "day2" in parts
    ):  # the night between Monday and Tuesday: named after the first, it is of both
        both = span(parts, at)
        first, _, _ = both.value.partition("/") if both else ("XXXX-XX-XX", "", "")
        inside = Dated(first, "DATE", both.interval if both else None, both.anchor if both else None)
        days = replace(inside.interval, precision="hour") if inside.interval else None
        return Dated(f"{first}T{parts['part']}", "TIME", days, inside.anchor)
    if "aday" not in parts:
        alone = "by" not in parts
        near = at.near if alone else None
        base, anchor = (at.last, "date") if parts.get("base") == "last" else (at.today, at.today_from)
        day = near or calendar.shifted("day", base, int(parts.get("by", 0)))
        inside = whole("day", day, "date" if near else anchor, "XXXX-XX-XX")
    if inside is None:
        return None
    days = replace(inside.interval, precision="hour") if inside.interval and inside.interval.day else inside.interval
    return Dated(f"{inside.value}T{parts['part']}", "TIME", days, inside.anchor)


def _overnight(parts: Parts, at: Situation) -> Dated | None:
    """The night that ended on the day of the story, or on the one beside it where that is told with `into`; the coming one where
    the clause looks ahead. Like "the night between Monday and Tuesday" it is of both days."""
    inside = inner(parts, "aday", at)
    if inside is not None and "into" not in parts:  # "overnight on Friday" is Friday night
        days = (
            replace(inside.interval, precision="hour") if inside.interval and inside.interval.day else inside.interval
        )
        return Dated(f"{inside.value}TNI", "TIME", days, inside.anchor)
    if inside is not None:
        ends, anchor = inside.interval, inside.anchor
    else:
        ends, anchor = (at.near, "date") if at.near else (at.today, at.today_from)
    ends = calendar.shifted("day", ends, 1) if inside is None and at.ahead else ends
    begins = calendar.shifted("day", ends, -1)
    if ends is None or begins is None:
        return Dated("XXXX-XX-XXTNI", "TIME")
    both = calendar.between(begins.start, ends.end, "hour")
    return Dated(f"{begins.start.isoformat()}TNI", "TIME", both, anchor)


def _time(parts: Parts, at: Situation) -> Dated | None:
    """A time of a day: the day it stands beside, or else the last one in the sentence, or the story's."""
    found: dict[str, Any] = {**parts, **parts.get("time", {})}
    hour, minute = int(found.get("hour", 0)), int(found.get("minute", 0))
    half = str(found.get("meridiem", ""))[:1].casefold()
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 24 or minute > 59:
        return None
    inside = inner(parts, "aday", at)
    if inside is None:
        near = at.near or (at.today if at.day else None)
        inside = (
            Dated(near.start.isoformat(), "DATE", near, "date" if at.near else at.today_from)
            if near
            else Dated("XXXX-XX-XX")
        )
    zone = at.zones.get(parts.get("zone", ""), "")
    if "offset" in parts:
        sign, hours = parts["offset"]["sign"], int(parts["offset"]["hours"])
        zone = f"{'-' if sign in '-−–' else '+'}{hours:02}"
    exact = "minute" in found
    clock = f"{hour:02}:{minute:02}" if exact else f"{hour:02}"
    days = inside.interval
    if days and days.day:
        days = replace(days, precision="minute" if exact else "hour")
    return Dated(f"{inside.value}T{clock}{zone}", "TIME", days, inside.anchor)


TIMES: Final[Mapping[str, Meaning]] = {"part": _part, "overnight": _overnight, "time": _time}
