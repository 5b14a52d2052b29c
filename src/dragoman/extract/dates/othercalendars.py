"""What days, months and years of other calendars mean: "12 Rajab 1444", "Farvardin 1402", "22 Bahman".

In: the parts of a pattern, with the name of its calendar, and the situation. Out: a `Dated` with Gregorian days. Without its year
a day or month is the last one before the story, the next one where the clause looks ahead.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from dragoman.extract.dates import calendar
from dragoman.extract.dates.patterns import Parts
from dragoman.extract.dates.situation import Dated, Meaning, Situation, one_day, shaped
from dragoman.records import Interval
from dragoman.world.days import months_by_calendar


def _month_or_day(parts: Parts, at: Situation) -> Dated | None:
    """A month of another calendar or a day of it, as far as the published tables of that calendar reach."""
    months = months_by_calendar()[parts["calendar"]]
    number = int(parts.get("hijri", parts.get("persian", 0)))
    day = int(parts["day"]) if "day" in parts else None
    written = shaped(parts) if any(isinstance(value, dict) for value in parts.values()) else {}
    if "year" in written:
        return _within(months.get((int(written["year"]), number)), day, "text")
    if at.month_known is None:
        return Dated("XXXX-XX-XX")
    known = [days for (_, month), days in months.items() if month == number]
    found = [dated for days in known if (dated := _within(days, day, at.today_from)) and dated.interval]
    return _meant(found, at.month_known, ahead=at.ahead) or Dated("XXXX-XX-XX")


def _meant(found: list[Dated], today: Interval, *, ahead: bool) -> Dated | None:
    """The last that has begun, or the first that is not over where the clause looks ahead."""
    dated = [(dated.interval, dated) for dated in found if dated.interval]
    if ahead:
        return min(
            ((days.start, dated) for days, dated in dated if days.end >= today.start),
            key=lambda item: item[0],
            default=(None, None),
        )[1]
    return max(
        ((days.start, dated) for days, dated in dated if days.start <= today.end),
        key=lambda item: item[0],
        default=(None, None),
    )[1]


def _within(month: Interval | None, day: int | None, anchor: str | None) -> Dated | None:
    """The month, or its nth day; None where it has no such day."""
    if month is None:
        return Dated("XXXX-XX-XX")
    if day is None:
        return Dated(f"{month.start.isoformat()}/{month.end.isoformat()}", "DATE", month, anchor)
    found = calendar.days_later(month.start, day - 1)
    return one_day(found, anchor) if found and found <= month.end else None


def _year(parts: Parts, at: Situation) -> Dated | None:
    """A whole year of another calendar."""
    months = months_by_calendar()[parts["calendar"]]
    year = int(shaped(parts)["year"])
    first, last = months.get((year, 1)), months.get((year, 12))
    if first is None or last is None:
        return Dated("XXXX-XX-XX")
    days = calendar.between(first.start, last.end, "year")
    return Dated(f"{first.start.isoformat()}/{last.end.isoformat()}", "DATE", days, "text")


OTHER_CALENDARS: Final[Mapping[str, Meaning]] = {"other calendar": _month_or_day, "year of another calendar": _year}
