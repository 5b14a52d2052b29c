"""What the words of periods mean: months, seasons, quarters, years, decades, last week and next year.

In: the parts of a pattern and the situation. Out: a `Dated`. "In March" is the last March, the story's own where it is in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from dragoman.extract.dates import calendar
from dragoman.extract.dates.patterns import Parts
from dragoman.extract.dates.situation import Dated, Meaning, Situation, full_year, inner, shaped, whole
from dragoman.records import Interval

_WEEKEND_DAYS = frozenset({6, 7})


def _year_month(parts: Parts, at: Situation) -> Dated | None:
    found = shaped(parts)
    year, month = int(found["year"]), int(found["month"])
    first = calendar.day_of(year, month, 1)
    if first is None or (year + 1) % 100 == month:  # 2010-11 may be a season of two years
        return None
    return whole("month", calendar.period("month", first), "text", "XXXX-XX")


def _told_year(parts: Parts, at: Situation) -> tuple[Any, str | None]:
    """The year that is told with a month or a season, or that of the period it lies in, and what that is anchored on."""
    if "inperiod" not in parts:
        return parts.get("year"), "text"
    inside = inner(parts, "inperiod", at)
    return inside.interval.start.year if inside and inside.interval else None, inside.anchor if inside else None


def _month(parts: Parts, at: Situation) -> Dated | None:
    """A month with its year, or the last such month; next where the clause looks ahead."""
    month, by = int(parts["month"]), parts.get("by")
    year, anchor = _told_year(parts, at)
    if year is not None:
        first = calendar.day_of(int(year), month, 1)
        return whole("month", calendar.period("month", first) if first else None, anchor, f"XXXX-{month:02}")
    if "after" in parts:  # "the following January": after the date before
        since = calendar.enclosing("month", at.last)
        away = (month - since.start.month - 1) % 12 + 1 if since else 0
        return whole("month", calendar.shifted("month", since, away), "date", f"XXXX-{month:02}")
    here = calendar.enclosing("month", at.today)
    if here is None:
        return Dated(f"XXXX-{month:02}")
    return _yearly("month", here, month - here.start.month, 12, by, at)


def _yearly(unit: str, here: Interval, away: int, cycle: int, by: int | None, at: Situation) -> Dated:
    """A period that comes every year, `away` of them from here in this year: the last one, the next, or this year's."""
    if by is None:
        next_one = away % cycle
        # "In July", written in June, is the coming one, unless the tense is past: a year back would be "last July".
        coming = at.ahead or (unit == "month" and next_one == 1 and at.tense != "past")
        steps = next_one if coming else -(-away % cycle)
    elif by == 0:
        steps = away
    else:
        steps = (away - 1) % cycle + 1 if by > 0 else -((-away - 1) % cycle + 1)
    return whole(unit, calendar.shifted(unit, here, steps), at.today_from, "XXXX")


def _season(parts: Parts, at: Situation) -> Dated | None:
    name, by = parts["season"], parts.get("by")
    month = calendar.SEASONS[name]
    year, anchor = _told_year(parts, at)
    if year is not None:
        first = calendar.day_of(int(year), month, 1)
        # "Winter 2022" may start or end in 2022.
        days = calendar.period("season", first) if first and name != "WI" else None
        return Dated(f"{int(year):04}-{name}", "DATE", days, anchor if days else None)
    here = calendar.enclosing("season", at.today)
    if here is None:
        return Dated(f"XXXX-{name}")
    away = (month - here.start.month) // 3
    return _yearly("season", here, _this_season(name, away, here, at) if by == 0 else away, 4, by, at)


def _this_season(name: str, away: int, here: Interval, at: Situation) -> int:
    """How many seasons on "this spring" is: this year's, the next one where that is over and the clause looks ahead. "This winter"
    belongs to two years: it is the last one in the past tense."""
    year = at.today.end.year if at.today else here.end.year  # in January it is winter since last year
    this_years = (year - here.start.year) * 4 + away
    if name == "WI":
        return away % 4 - 4 if at.tense == "past" and away % 4 else away % 4
    return this_years + 4 if this_years < 0 and at.ahead else this_years


def _quarter(parts: Parts, at: Situation) -> Dated | None:
    """The nth quarter or half (`unit`) of a year; of the last year in which it is over or under way, where none is named."""
    unit, nth, year = parts["unit"], int(parts["ordinal"]), parts.get("year")
    size, letter = (3, "Q") if unit == "quarter" else (6, "H")
    nth = nth if nth > 0 else 12 // size
    if not 1 <= nth <= 12 // size:
        return None
    anchor = "text"
    if "inperiod" in parts:
        inside = inner(parts, "inperiod", at)
        if inside is None or inside.interval is None or inside.interval.precision != "year":
            return None
        year, anchor = inside.interval.start.year, inside.anchor
    if year is not None:
        first = calendar.day_of(int(year), (nth - 1) * size + 1, 1)
        return whole(unit, calendar.period(unit, first) if first else None, anchor, f"XXXX-{letter}{nth}")
    here = calendar.enclosing(unit, at.today)
    if here is None:
        return Dated(f"XXXX-{letter}{nth}")
    return _yearly(unit, here, nth - 1 - (here.start.month - 1) // size, 12 // size, parts.get("by"), at)


def _year(parts: Parts, at: Situation) -> Dated | None:
    year = parts.get("year", parts.get("n"))
    if "yy" in parts:
        year = full_year(parts["yy"])
    if not isinstance(year, int) or ("n" in parts and year < 100):  # "the year several", "year 3"
        return None
    if "modern" in parts and not 1900 <= year <= 2060:  # "Room 1204", "Agenda 2030"
        return None
    first = calendar.day_of(year, 1, 1)
    return whole("year", calendar.period("year", first), "text", "XXXX") if first else None


def _decade(parts: Parts, at: Situation) -> Dated | None:
    """The 1990s; the 70s, which are the twentieth century's where the twenty-first has not had them yet."""
    number = parts.get("year", parts.get("yy", parts.get("n")))
    if not isinstance(number, int) or number % 10:
        return None
    if number < 100:
        if number < 30:
            return Dated(f"XX{number // 10}")
        number += 1900
    first = calendar.day_of(number, 1, 1)
    return whole("decade", calendar.period("decade", first), "text", "XXX") if first else None


def _century(parts: Parts, at: Situation) -> Dated | None:
    nth = int(parts["roman"] if "roman" in parts else parts["day"])
    first = calendar.day_of((nth - 1) * 100, 1, 1) if 1 < nth <= 30 else None
    return whole("century", calendar.period("century", first), "text", "XX") if first else None


def _step(parts: Parts, at: Situation) -> Dated | None:
    """Today, last week, next year: the period of a unit, so many from the one the story falls in.

    With `base = "last"` counted from the date before: "the next day"; "told" from the last day in the sentences before.
    """
    unit, by = parts["unit"], int(parts.get("by", 0))
    unknown = Dated(
        {"day": "XXXX-XX-XX", "month": "XXXX-XX", "week": "XXXX-WXX", "weekend": "XXXX-WXX-WE"}.get(unit, "XXXX")
    )
    if parts.get("base") == "last" or (parts.get("base") == "last or today" and at.last):
        return whole(unit, calendar.shifted(unit, at.last, by), "date", unknown.value)
    if parts.get("base") == "told":  # "the day after the vote", told of before
        return whole(unit, calendar.shifted(unit, at.told, by), "date", unknown.value)
    if unit == "day" and by == 0 and at.today and not at.day:  # "today" lies somewhere in what is known
        precision = calendar.unit_of(at.today)
        return Dated(calendar.value_of(precision, at.today), "DATE", at.today, at.today_from)
    return whole(unit, calendar.shifted(unit, at.today, by), at.today_from, unknown.value)


def _weekend(parts: Parts, at: Situation) -> Dated | None:
    """The weekend: the last one begun, or the coming one."""
    here = calendar.shifted("weekend", at.today, 0) if at.day else None
    if here is None or at.day is None:
        return Dated("XXXX-WXX-WE")
    begun = at.day.isoweekday() in _WEEKEND_DAYS
    return whole("weekend", here if at.ahead or begun else calendar.shifted("weekend", at.today, -1), at.today_from, "")


def _nth_week(parts: Parts, at: Situation) -> Dated | None:
    """The third week of 2027, the last week of July, the first week of October: weeks that lie mostly in it."""
    inside = inner(parts, "inperiod", at)
    if inside is None or inside.interval is None:
        return Dated("XXXX-WXX")
    days, nth = inside.interval, int(parts["ordinal"])
    thursday = calendar.nth_weekday(days.start, days.end, 4, nth)
    return whole("week", calendar.period("week", thursday) if thursday else None, inside.anchor, "XXXX-WXX")


def _week_of(parts: Parts, at: Situation) -> Dated | None:
    """The week of June 13: the one the day lies in. The weekend of a feast: the one beside it, if it is clear which."""
    inside = inner(parts, "aday", replace(at, tense=None))
    days, anchor = (inside.interval, inside.anchor) if inside else (None, None)
    if parts.get("unit") == "weekend":
        day = days.day if days else None
        beside = {1: -2, 2: -3, 3: None}.get(day.isoweekday(), 0) if day else None
        near = calendar.days_later(day, beside) if day and beside is not None else None
        return whole("weekend", calendar.period("weekend", near) if near else None, anchor, "XXXX-WXX-WE")
    return whole("week", calendar.enclosing("week", days), anchor, "XXXX-WXX")


def _first_units(parts: Parts, at: Situation) -> Dated | None:
    """The first three months of 2021, the last ten days of June: the quarter or half where it is one, else those days."""
    inside = inner(parts, "inperiod", at)
    unit, count = parts["unit"], parts.get("n")
    if inside is None or inside.interval is None or not isinstance(count, int) or unit not in calendar.UNITS:
        return None
    whole_days = inside.interval
    if parts["ordinal"] > 0:
        after = calendar.later(whole_days.start, unit, count)
        days = calendar.between(whole_days.start, after and calendar.days_later(after, -1), whole_days.precision)
    else:
        after = calendar.days_later(whole_days.end, 1)
        days = calendar.between(after and calendar.later(after, unit, -count), whole_days.end, whole_days.precision)
    if days is None or days.start < whole_days.start or days.end > whole_days.end:
        return None
    for name in ("quarter", "half"):
        same = calendar.period(name, days.start)
        if same and (same.start, same.end) == (days.start, days.end):
            return whole(name, same, inside.anchor, "")
    return replace(inside, interval=days)


def _fiscal_year(parts: Parts, at: Situation) -> Dated | None:
    """Fiscal years begin when a state says so: which days they have is not known from the words."""
    if "twoyears" in parts:
        return Dated(f"FY{parts['twoyears']}/{int(parts['twoyears']) + 1}")
    if "year" in parts:
        return Dated(f"FY{parts['year']}")
    found = shaped(parts) if any(isinstance(value, dict) for value in parts.values()) else {}
    if "year" not in found:  # "the current fiscal year"
        return Dated("FYXXXX")
    year = found["year"] if len(found["year"]) == 4 else str(full_year(int(found["year"])))
    if "second" not in found:
        return Dated(f"FY{year}")
    return Dated(f"FY{year}/{int(year) + 1}") if int(found["second"]) % 100 == (int(year) + 1) % 100 else None


def _twelve_months(parts: Parts, at: Situation) -> Dated | None:
    """The year to March 2023: the twelve months that end with it."""
    inside = inner(parts, "inperiod", at)
    month = inside.interval if inside and inside.interval and inside.interval.precision == "month" else None
    first = calendar.shifted("month", month, -11)
    if inside is None or month is None or first is None:
        return None
    days = calendar.between(first.start, month.end, "month")
    return Dated(f"{calendar.value_of('month', first)}/{inside.value}", "DATE", days, inside.anchor)


def _edge(parts: Parts, at: Situation) -> Dated | None:
    """Early June, the end of the year: the value of the whole, the days of that half of it; the middle third."""
    inside = inner(parts, "inperiod", at)
    if inside is None or inside.interval is None:
        return inside
    days = inside.interval
    size = (days.end - days.start).days + 1
    first, last = {
        "start": (0, size // 2),
        "middle": (size // 3, size - size // 3),
        "end": (size // 2, size),
        "rest": (0, size),
    }[parts["edge"]]
    start, end = calendar.days_later(days.start, first), calendar.days_later(days.start, last - 1)
    if days.precision == "year" and parts["edge"] in ("start", "end"):  # whole months
        half = calendar.period("half", days.start if parts["edge"] == "start" else days.end)
        start, end = (half.start, half.end) if half else (start, end)
    if parts["edge"] == "rest":
        start = max(days.start, min(at.day, days.end)) if at.day else days.start
    return replace(inside, interval=calendar.between(start, end, days.precision) or days)


def _years(parts: Parts, at: Situation) -> Dated | None:
    """2021/22, the season or school year of two years; from a month to that month where `month` says when it begins."""
    first, month = int(parts["twoyears"]), int(parts.get("month", 1))
    start, end = calendar.day_of(first, month, 1), calendar.day_of(first + 1, 12, 31)
    if month > 1 and (after := calendar.day_of(first + 1, month, 1)):
        end = calendar.days_later(after, -1)
    return Dated(f"{first}/{first + 1}", "DATE", calendar.between(start, end, "year"), "text")


PERIODS: Final[Mapping[str, Meaning]] = {
    "year month": _year_month, "month": _month, "season": _season, "quarter": _quarter, "year": _year, "years": _years,
    "decade": _decade, "century": _century, "step": _step, "weekend": _weekend, "nth week": _nth_week, "edge": _edge, "week of": _week_of,
    "first units": _first_units, "fiscal year": _fiscal_year, "twelve months": _twelve_months,
}  # fmt: skip
