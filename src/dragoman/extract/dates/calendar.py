"""The arithmetic of the calendar: periods, steps from one to another, feasts, and how TIMEX3 writes them.

In: days and names of units. Out: intervals and values. Knows no language and no article; whatever falls outside
the years 1 to 9999 is None, so that no text can make it fail.
"""

from __future__ import annotations

import calendar
import datetime
from typing import Final

from dragoman.records import Interval, Precision

Day = datetime.date

_MONTHS: Final = {"month": 1, "quarter": 3, "season": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}
_DAYS: Final = {"day": 1, "week": 7, "weekend": 7}
_PRECISION: Final[dict[str, Precision]] = {
    "day": "day", "weekend": "week", "week": "week", "month": "month", "season": "season", "quarter": "quarter",
    "half": "quarter", "year": "year", "decade": "decade", "century": "century",
}  # fmt: skip
UNITS: Final = frozenset(_PRECISION)
# How TIMEX3 writes lengths: the letter, and how many of it the unit is.
LENGTHS: Final = {
    "second": ("TS", 1), "minute": ("TM", 1), "hour": ("TH", 1), "day": ("D", 1), "weekend": ("WE", 1), "week": ("W", 1),
    "fortnight": ("W", 2), "month": ("M", 1), "quarter": ("Q", 1), "half": ("M", 6), "year": ("Y", 1),
    "decade": ("Y", 10), "century": ("Y", 100), "millennium": ("Y", 1000),
}  # fmt: skip
SEASONS: Final = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}


def day_of(year: int, month: int, day: int) -> Day | None:
    """The day, or None where the calendar has no such day."""
    if 1 <= year <= 9999 and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]:
        return Day(year, month, day)
    return None


def days_later(day: Day, days: int) -> Day | None:
    try:
        return day + datetime.timedelta(days=days)
    except OverflowError:
        return None


def months_later(day: Day, months: int) -> Day | None:
    """The same day of another month, or that month's last day where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        return None
    return Day(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def later(day: Day, unit: str, count: int) -> Day | None:
    """The day that many units away."""
    if unit in _MONTHS:
        return months_later(day, _MONTHS[unit] * count)
    unit, times = ("week", 2) if unit == "fortnight" else (unit, 1)
    return days_later(day, _DAYS[unit] * times * count) if unit in _DAYS else None


def between(start: Day | None, end: Day | None, precision: Precision = "day") -> Interval | None:
    return Interval(start, end, precision) if start and end and start <= end else None


def period(unit: str, day: Day) -> Interval | None:
    """The period that holds the day. For a weekend, the one of the day's week."""
    if unit in _DAYS:
        monday = days_later(day, -day.weekday())
        if unit == "day" or monday is None:
            return Interval(day, day, "day")
        first = days_later(monday, 5) if unit == "weekend" else monday
        return between(first, days_later(monday, 6), _PRECISION[unit])
    size = _MONTHS[unit]
    if unit == "season":
        offset = day.month % 3
        first = months_later(day.replace(day=1), -offset)
    elif size > 12:
        first = day_of(max(day.year - day.year % (size // 12), 1), 1, 1)
    else:
        first = Day(day.year, (day.month - 1) // size * size + 1, 1)
    if first is None:
        return None
    years_end = day_of(day.year - day.year % (size // 12) + size // 12 - 1, 12, 31) if size > 12 else None
    after = months_later(first, size)
    last = years_end or (after - datetime.timedelta(days=1) if after else Day(9999, 12, 31))
    return between(first, last, _PRECISION[unit])


def enclosing(unit: str, days: Interval | None) -> Interval | None:
    """The period that holds all of `days`; None where they reach over its end, for then it is not known which."""
    found = period(unit, days.start) if days else None
    return found if found and days and days.end <= found.end else None


def shifted(unit: str, days: Interval | None, count: int) -> Interval | None:
    """The period that many units from the one that holds `days`."""
    here = enclosing(unit, days)
    if here is None:
        return None
    moved = later(here.start, unit, count)
    return period(unit, moved) if moved else None


def value_of(unit: str, days: Interval) -> str:
    """The period as TIMEX3 writes it: 2022-06-15, 2022-W24, 2022-W24-WE, 2022-06, 2022-SU, 2022-Q2, 2022, 202, 20."""
    start = days.start
    year, week, _ = start.isocalendar()
    match unit:
        case "day":
            return start.isoformat()
        case "week":
            return f"{year:04}-W{week:02}"
        case "weekend":
            return f"{year:04}-W{week:02}-WE"
        case "month":
            return f"{start.year:04}-{start.month:02}"
        case "season":
            return f"{start.year:04}-{next(name for name, month in SEASONS.items() if month == start.month)}"
        case "quarter":
            return f"{start.year:04}-Q{(start.month + 2) // 3}"
        case "half":
            return f"{start.year:04}-H{1 if start.month < 7 else 2}"
        case "decade":
            return f"{start.year // 10:03}"
        case "century":
            return f"{start.year // 100:02}"
        case _:
            return f"{start.year:04}"


def unit_of(days: Interval) -> str:
    """The unit that an interval of ours was made of, by its length and precision."""
    return next((unit for unit, precision in _PRECISION.items() if precision == days.precision), "day")


def length(parts: list[tuple[float | str, str]]) -> str:
    """A length of time as TIMEX3 writes it: P3D, PT12H, P2.5Y, PXY where the number is not said."""
    dates, times = "", ""
    for count, unit in parts:
        letter, factor = LENGTHS[unit]
        amount = count if isinstance(count, str) else count * factor
        shown = amount if isinstance(amount, str) else f"{amount:g}"
        if letter.startswith("T"):
            times += f"{shown}{letter[1:]}"
        else:
            dates += f"{shown}{letter}"
    return f"P{dates}" + (f"T{times}" if times else "")


def nth_weekday(first: Day, last: Day, weekday: int, nth: int) -> Day | None:
    """The nth Monday (1) to Sunday (7) from `first` to `last`; counted from the end where `nth` is negative."""
    if nth > 0:
        found = days_later(first, (weekday - first.isoweekday()) % 7 + 7 * (nth - 1))
    else:
        found = days_later(last, -((last.isoweekday() - weekday) % 7) + 7 * (nth + 1))
    return found if found and first <= found <= last else None


def easter(year: int, *, julian: bool = False) -> Day | None:
    """Easter Sunday by the Gregorian reckoning, or the Orthodox one (Julian, given as a Gregorian day)."""
    if not 1583 <= year <= 9999:
        return None
    if julian:
        epact = (19 * (year % 19) + 15) % 30
        sunday = epact + (2 * (year % 4) + 4 * (year % 7) - epact + 34) % 7 + 114
        lag = year // 100 - year // 400 - 2
        return days_later(Day(year, sunday // 31, sunday % 31 + 1), lag)
    century = year // 100
    golden = year % 19
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    rest = (32 + 2 * (century % 4) + 2 * (year % 100 // 4) - moon - year % 100 % 4) % 7
    late = (golden + 11 * moon + 22 * rest) // 451
    month, day = divmod(moon + rest - 7 * late + 114, 31)
    return Day(year, month, day + 1)


def feast(rule: str, year: int) -> Day | None:
    """The day of a feast in a year. Rules: '12-25', 'easter-2', 'orthodox+0', '11-thu-4' (4th Thursday), '5-mon--1'."""
    for name in ("easter", "orthodox"):
        if rule.startswith(name):
            sunday = easter(year, julian=name == "orthodox")
            return days_later(sunday, int(rule.removeprefix(name))) if sunday else None
    month, _, rest = rule.partition("-")
    if rest[:3].isalpha():
        weekday = ("mon", "tue", "wed", "thu", "fri", "sat", "sun").index(rest[:3]) + 1
        first = day_of(year, int(month), 1)
        days = period("month", first) if first else None
        return nth_weekday(days.start, days.end, weekday, int(rest[4:])) if days else None
    return day_of(year, int(month), int(rest))
