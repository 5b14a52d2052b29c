"""What the words of lengths of time mean: durations, "three days ago", "the last six months", "every week", "3-5 June".

In: the parts of a pattern and the situation. Out: a `Dated`. A step by number is as exact as its unit; weeks count as days.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from dragoman.extract.dates import calendar
from dragoman.extract.dates.days import day_of_month, weekday_meant
from dragoman.extract.dates.patterns import Parts
from dragoman.extract.dates.situation import Dated, Meaning, Situation, inner, one_day, whole
from dragoman.records import Interval

_A_MONTH = 31


def lengths_in(parts: Parts) -> list[tuple[float | str, str]]:
    if "length" in parts:
        return lengths_in(parts["length"].parts)
    count = parts.get("count", parts.get("n", 1))
    if "half" in parts and not isinstance(count, str):
        count += 0.5
    found = [(count, parts["unit"])]
    return [*found, *((parts[f"n{more}"], parts[f"unit{more}"]) for more in "23" if f"unit{more}" in parts)]


def _duration(parts: Parts, at: Situation) -> Dated | None:
    return Dated(calendar.length(lengths_in(parts)), "DURATION")


def _ago(parts: Parts, at: Situation) -> Dated | None:
    """Three days ago, two weeks later: as exact as the unit; weeks are counted in days. `base` as in `_step`."""
    by, lengths = int(parts["by"]), lengths_in(parts)
    base, anchor = (at.last, "date") if parts.get("base") == "last" else (at.today, at.today_from)
    if "aday" in parts:
        inside = inner(parts, "aday", at)
        base, anchor = (inside.interval, inside.anchor) if inside else (None, None)
    unit = lengths[-1][1]
    unit = "day" if unit in ("week", "fortnight") else unit
    unknown = {"day": "XXXX-XX-XX", "month": "XXXX-XX"}.get(unit, "XXXX")
    if unit not in calendar.UNITS or any(
        isinstance(count, str) for count, _ in lengths
    ):  # hours ago, several years ago
        return Dated(unknown if parts.get("base") == "last" else "PAST_REF" if by < 0 else "FUTURE_REF")
    if base and unit == "day" and "aday" in parts and (base.end - base.start).days <= _A_MONTH:
        base = Interval.of_day(base.end if by > 0 else base.start)  # the day before a summit of three days
    here = calendar.enclosing(unit, base)
    moved = here.start if here else None
    for count, step in lengths:
        if moved and not float(count).is_integer():
            count, step = (float(count) * 12, "month") if step == "year" else (round(float(count)), step)
        moved = calendar.later(moved, step, by * round(float(count))) if moved else None
    return whole(unit, calendar.period(unit, moved) if moved else None, anchor, unknown)


def _stretch(parts: Parts, at: Situation) -> Dated | None:
    """The last three weeks, the next six months: a length back from the day of the story, or on from the day after."""
    by, lengths = int(parts["by"]), lengths_in(parts)
    count, unit = lengths[0]
    value = Dated(calendar.length(lengths), "DURATION")
    if at.day is None or isinstance(count, str) or unit not in calendar.UNITS | {"fortnight"} or unit == "weekend":
        return value
    far = calendar.later(at.day, unit, by * round(count))
    days = (
        calendar.between(far, at.day)
        if by < 0
        else calendar.between(calendar.days_later(at.day, 1), far and calendar.days_later(far, 1))
    )
    return replace(value, interval=days, anchor=at.today_from) if days else value


def _habit(parts: Parts, at: Situation) -> Dated | None:
    """Every week, weekly, on Mondays, every winter."""
    if "weekday" in parts:
        return Dated(f"XXXX-WXX-{parts['weekday']}", "SET")
    if "part" in parts:
        return Dated(f"XXXX-XX-XXT{parts['part']}", "SET")
    if "season" in parts:
        return Dated(f"XXXX-{parts['season']}", "SET")
    return Dated(calendar.length(lengths_in(parts)), "SET")


def span(parts: Parts, at: Situation) -> Dated | None:
    """From one day to another, as one date: "3-5 June", "from 28 May to 2 June"."""
    if "aday" in parts:
        end = inner(parts, "aday2", at)
        start = inner(parts, "aday", at)
        if start and end and end.interval and end.anchor == "text" != start.anchor:  # "28 May to 2 June 2022"
            start = inner(parts, "aday", replace(at, today=end.interval, today_from="text", tense=None))
        if start and end and end.interval and start.interval and start.interval.start > end.interval.end:
            # "from Friday to Tuesday": the end comes after the start.
            end = (
                inner(parts, "aday2", replace(at, today=start.interval, tense="future")) if start.interval.day else end
            )
    elif "weekday" in parts:
        start = weekday_meant({"weekday": parts["weekday"]}, at)
        after = replace(at, today=start.interval, tense="future") if start and start.interval else at
        end = weekday_meant({"weekday": parts["weekday2"]}, after)
    else:
        shared = {name: parts[name] for name in ("month", "year", "inperiod", "by") if name in parts}
        end = day_of_month({**shared, "day": parts["day2"]}, at)
        start = None
        if end and end.interval and end.interval.day:
            last = end.interval.day
            begun = (
                last if parts["day"] <= parts["day2"] else calendar.months_later(last, -1)
            )  # "from the 30th to 2 June"
            start = one_day(calendar.day_of(begun.year, begun.month, parts["day"]) if begun else None, end.anchor)
    if start is None or end is None:
        return end or start
    both = calendar.between(start.interval.start, end.interval.end) if start.interval and end.interval else None
    return Dated(f"{start.value}/{end.value}", "DATE", both, end.anchor if both else None)


LENGTHS: Final[Mapping[str, Meaning]] = {
    "duration": _duration, "ago": _ago, "stretch": _stretch, "habit": _habit, "span": span,
}  # fmt: skip
