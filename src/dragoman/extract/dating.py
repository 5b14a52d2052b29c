"""What the words of a date mean: patterns' parts and a situation in, value and days out.

In: a `Match` and a `Situation` (the day of the story, the date before, whether the clause looks ahead). Out: `Dated`, or
None where the words turn out to be no date. Each meaning is one function, named in `dates.toml`. Nothing is guessed: where
the situation does not settle the days, the value keeps its X and there is no interval.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

from dragoman.extract import calendar
from dragoman.extract.calendar import Day
from dragoman.extract.datepatterns import Match, Parts
from dragoman.records import Interval

Kind = Literal["DATE", "TIME", "DURATION", "SET"]
_WEEKEND_DAYS = frozenset({6, 7})
# A day without a year is looked for in the past, unless that is nearly a year away and the next one is near.
_SOON, _LONG_AGO = 42, 300


@dataclass(frozen=True, slots=True)
class Dated:
    """A date's TIMEX3 value and type, its days where they are known, and what they were read from."""

    value: str
    type: Kind = "DATE"
    interval: Interval | None = None
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class Situation:
    """What a reader knows on reaching a date.

    `today` is the day of the story, or as much as is known of it, and `today_from` what it was read from; `last` the last
    date before, `near` the last day in the same sentence; `settled` the days that the text names for weekdays.
    """

    today: Interval | None
    today_from: str | None
    last: Interval | None
    near: Interval | None
    ahead: bool
    settled: Mapping[int, Day]
    numeric_order: str
    zones: Mapping[str, str]
    feasts: Mapping[str, str]

    @property
    def day(self) -> Day | None:
        return self.today.day if self.today else None

    @property
    def month_known(self) -> Interval | None:
        """The day of the story where it is known to a month or better: enough to choose a year by."""
        return self.today if self.today and (self.today.end - self.today.start).days <= 31 else None


Meaning = Callable[[Parts, Situation], Dated | None]


def date_of(match: Match, at: Situation, parts: Parts | None = None) -> Dated | None:
    """What a match means in a situation; None where it is no date."""
    return MEANINGS[match.group.means](match.parts if parts is None else parts, at)


def _inner(parts: Parts, name: str, at: Situation) -> Dated | None:
    return date_of(parts[name], at) if name in parts else None


def _whole(unit: str, days: Interval | None, anchor: str | None, unknown: str) -> Dated:
    """A period as it stands; its days unknown, the value says no more than that."""
    return Dated(calendar.value_of(unit, days), "DATE", days, anchor) if days else Dated(unknown)


# ---- days ----


def _day(parts: Parts, at: Situation) -> Dated | None:
    """A day of a month, in whatever of "Wednesday, 15 June 2022" is there."""
    month, day, year = parts.get("month"), int(parts["day"]), parts.get("year")
    weekday, anchor = parts.get("weekday"), "text"
    if "yy" in parts:
        year = _full_year(int(parts["yy"]))
    if "inperiod" in parts:  # the 15th of next month
        inside = _inner(parts, "inperiod", at)
        if inside is None or inside.interval is None:
            return Dated(f"XXXX-XX-{day:02}") if inside else None
        start = inside.interval.start
        if inside.interval.precision == "month":
            return _one_day(calendar.day_of(start.year, start.month, day), inside.anchor)
        year, anchor = start.year, inside.anchor
    if year is not None and month is not None:
        return _one_day(calendar.day_of(int(year), int(month), day), anchor)
    if month is not None and not any(calendar.day_of(year, int(month), day) for year in (2000, 2001)):
        return None
    found = _nearest(at, lambda year, m: calendar.day_of(year, int(month or m), day), weekday, parts.get("by"), bool(month))
    shown = f"{int(month):02}" if month is not None else "XX"
    return _one_day(found, at.today_from) or Dated(f"XXXX-{shown}-{day:02}")


def _full_year(short: int) -> int:
    return short + (2000 if short < 69 else 1900)


def _one_day(day: Day | None, anchor: str | None) -> Dated | None:
    return Dated(day.isoformat(), "DATE", Interval.of_day(day), anchor) if day else None


def _nearest(
    at: Situation, make: Callable[[int, int], Day | None], weekday: int | None, by: int | None, yearly: bool
) -> Day | None:
    """The day without a year (or month) that is meant: the last one; the next where the clause looks ahead."""
    today = at.month_known
    if today is None:
        return None
    months = (1,) if yearly else range(1, 13)
    reach = 8 if yearly else 1
    days = [
        found
        for year in range(today.start.year - reach, today.end.year + reach + 1)
        for month in months
        if (found := make(year, month)) and (weekday is None or yearly or found.isoweekday() == weekday)
    ]
    past = max((day for day in days if day <= today.end and (by is None or day < today.start)), default=None)
    coming = min((day for day in days if day >= today.start and (by is None or day > today.end)), default=None)
    if past is None or coming is None or by:
        return (coming if by > 0 else past) if by else coming or past
    if past == coming:
        return past
    if not yearly and weekday is not None:  # "Friday 11": no month holds many of them
        return coming if (coming - today.end) < (today.start - past) else past
    if weekday is not None and (past.isoweekday() == weekday) != (coming.isoweekday() == weekday):
        return past if past.isoweekday() == weekday else coming  # the weekday tells the years apart
    soon, long_ago = (coming - today.end).days <= _SOON, (today.start - past).days >= _LONG_AGO
    return coming if at.ahead or (soon and long_ago and yearly) else past


def _numeric(parts: Parts, at: Situation) -> Dated | None:
    """15/06/2022, 2022-06-15: the order is the language's, or whatever is possible."""
    found = next(value for value in parts.values() if isinstance(value, Mapping))
    year = int(found["year"]) if "year" in found else None  # pyright: ignore[reportUnknownArgumentType]
    if year is not None and len(found["year"]) == 2:  # pyright: ignore[reportUnknownArgumentType]
        year = _full_year(year)
    if "month" in found:
        day, month = int(found["day"]), int(found["month"])  # pyright: ignore[reportUnknownArgumentType]
    else:
        first, second = int(found["first"]), int(found["second"])  # pyright: ignore[reportUnknownArgumentType]
        orders = {"dmy": [(first, second), (second, first)], "mdy": [(second, first), (first, second)]}
        possible = [(d, m) for d, m in orders.get(at.numeric_order, orders["dmy"]) if m <= 12 and d <= 31]
        if not possible or (at.numeric_order not in orders and len(set(possible)) > 1):
            return None
        day, month = possible[0]
    return _day({"day": day, "month": month, **({"year": year} if year is not None else {})}, at)


def _year_month(parts: Parts, at: Situation) -> Dated | None:
    found = next(value for value in parts.values() if isinstance(value, Mapping))
    year, month = int(found["year"]), int(found["month"])  # pyright: ignore[reportUnknownArgumentType]
    first = calendar.day_of(year, month, 1)
    if first is None or (year + 1) % 100 == month:  # 2010-11 may be a season of two years
        return None
    return _whole("month", calendar.period("month", first), "text", "XXXX-XX")


def _weekday(parts: Parts, at: Situation) -> Dated | None:
    """A bare, last, next or this Wednesday; with `weeks` of a week counted from this one; `after` the date before."""
    weekday, by, weeks = int(parts["weekday"]), parts.get("by"), parts.get("weeks")
    unknown = Dated(f"XXXX-WXX-{weekday}")
    if "open" in parts:  # "on a Friday"
        return unknown
    if "after" in parts:
        from_day = at.last.end if at.last and (at.last.end - at.last.start).days < 7 else None
        if from_day is None:
            return unknown
        step = (weekday - from_day.isoweekday() - 1) % 7 + 1 if parts["after"] > 0 else -((from_day.isoweekday() - weekday - 1) % 7 + 1)
        return _one_day(calendar.days_later(from_day, step), "date") or unknown
    if "inperiod" in parts:
        inside = _inner(parts, "inperiod", at)
        if inside is None or inside.interval is None or inside.interval.precision != "week":
            return unknown
        return _one_day(calendar.nth_weekday(inside.interval.start, inside.interval.end, weekday, 1), inside.anchor)
    today = at.day
    if today is None:
        settled = at.settled.get(weekday) if by is None and weeks is None else None
        return _one_day(settled, "date") or unknown
    monday = calendar.days_later(today, 1 - today.isoweekday())
    if weeks is not None or by == 0:
        found = calendar.days_later(monday, weekday - 1 + 7 * (weeks or 0)) if monday else None
        if weeks is None and found and at.ahead and found < today:
            found = calendar.days_later(found, 7)
    elif by is None:
        step = (weekday - today.isoweekday()) % 7 if at.ahead else -((today.isoweekday() - weekday) % 7)
        found = calendar.days_later(today, step)
    else:
        step = (weekday - today.isoweekday() - 1) % 7 + 1 if by > 0 else -((today.isoweekday() - weekday - 1) % 7 + 1)
        found = calendar.days_later(today, step)
    return _one_day(found, at.today_from) or unknown


def _nth_weekday(parts: Parts, at: Situation) -> Dated | None:
    """The first Friday of June, of this month."""
    inside = _inner(parts, "inperiod", at)
    if inside is None or inside.interval is None:
        return Dated(f"XXXX-WXX-{parts['weekday']}")
    days = inside.interval
    return _one_day(calendar.nth_weekday(days.start, days.end, parts["weekday"], int(parts["ordinal"])), inside.anchor)


def _feast(parts: Parts, at: Situation) -> Dated | None:
    rule = at.feasts[parts["holiday"]]
    year, anchor = parts.get("year"), "text"
    if "inperiod" in parts and (inside := _inner(parts, "inperiod", at)) and inside.interval:
        year, anchor = inside.interval.start.year, inside.anchor
    shift = int(parts.get("days", 0))

    def of(year: int, _: int = 0) -> Day | None:
        day = calendar.feast(rule, year)
        return calendar.days_later(day, shift) if day else None

    if year is not None:
        return _one_day(of(int(year)), anchor)
    found = _nearest(at, of, None, parts.get("by"), yearly=True)
    fixed = re.fullmatch(r"(\d\d)-(\d\d)", rule)
    return _one_day(found, at.today_from) or Dated(f"XXXX-{rule}" if fixed and not shift else "XXXX-XX-XX")


# ---- periods ----


def _month(parts: Parts, at: Situation) -> Dated | None:
    """A month with its year, or the last such month; next where the clause looks ahead."""
    month, by, year = int(parts["month"]), parts.get("by"), parts.get("year")
    anchor = "text"
    if "inperiod" in parts:
        inside = _inner(parts, "inperiod", at)
        year = inside.interval.start.year if inside and inside.interval else None
        anchor = inside.anchor if inside else None
    if year is not None:
        first = calendar.day_of(int(year), month, 1)
        return _whole("month", calendar.period("month", first) if first else None, anchor, f"XXXX-{month:02}")
    here = calendar.enclosing("month", at.today)
    if here is None:
        return Dated(f"XXXX-{month:02}")
    return _yearly("month", here, month - here.start.month, 12, by, at)


def _yearly(unit: str, here: Interval, away: int, cycle: int, by: int | None, at: Situation) -> Dated:
    """A period that comes every year, `away` of them from here in this year: the last one, the next, or this year's."""
    if by is None:
        next_one = away % cycle
        # "In July", written in June, is the coming one: a year back would be "last July".
        steps = next_one if at.ahead or (unit == "month" and next_one == 1) else -(-away % cycle)
    elif by == 0:
        steps = away
    else:
        steps = (away - 1) % cycle + 1 if by > 0 else -((-away - 1) % cycle + 1)
    return _whole(unit, calendar.shifted(unit, here, steps), at.today_from, "XXXX")


def _season(parts: Parts, at: Situation) -> Dated | None:
    name, by, year = parts["season"], parts.get("by"), parts.get("year")
    month, anchor = calendar.SEASONS[name], "text"
    if "inperiod" in parts:
        inside = _inner(parts, "inperiod", at)
        year = inside.interval.start.year if inside and inside.interval else None
        anchor = inside.anchor if inside else None
    if year is not None:
        first = calendar.day_of(int(year), month, 1)
        # "Winter 2022" may start or end in 2022.
        days = calendar.period("season", first) if first and name != "WI" else None
        return Dated(f"{int(year):04}-{name}", "DATE", days, anchor if days else None)
    here = calendar.enclosing("season", at.today)
    if here is None:
        return Dated(f"XXXX-{name}")
    away = (month - here.start.month) // 3
    return _yearly("season", here, away % 4 if by == 0 else away, 4, by, at)


def _quarter(parts: Parts, at: Situation) -> Dated | None:
    """The nth quarter or half (`unit`) of a year; of the last year in which it is over or under way, where none is named."""
    unit, nth, year = parts["unit"], int(parts["ordinal"]), parts.get("year")
    size, letter = (3, "Q") if unit == "quarter" else (6, "H")
    nth = nth if nth > 0 else 12 // size
    if not 1 <= nth <= 12 // size:
        return None
    anchor = "text"
    if "inperiod" in parts:
        inside = _inner(parts, "inperiod", at)
        if inside is None or inside.interval is None or inside.interval.precision != "year":
            return None
        year, anchor = inside.interval.start.year, inside.anchor
    if year is not None:
        first = calendar.day_of(int(year), (nth - 1) * size + 1, 1)
        return _whole(unit, calendar.period(unit, first) if first else None, anchor, f"XXXX-{letter}{nth}")
    here = calendar.enclosing(unit, at.today)
    if here is None:
        return Dated(f"XXXX-{letter}{nth}")
    return _yearly(unit, here, nth - 1 - (here.start.month - 1) // size, 12 // size, parts.get("by"), at)


def _year(parts: Parts, at: Situation) -> Dated | None:
    year = int(parts["year"] if "year" in parts else parts["n"] if "n" in parts else _full_year(parts["yy"]))
    if "modern" in parts and not 1900 <= year <= 2060:  # "Room 1204", "Agenda 2030"
        return None
    first = calendar.day_of(year, 1, 1)
    return _whole("year", calendar.period("year", first), "text", "XXXX") if first else None


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
    return _whole("decade", calendar.period("decade", first), "text", "XXX") if first else None


def _century(parts: Parts, at: Situation) -> Dated | None:
    nth = int(parts["roman"] if "roman" in parts else parts["day"])
    first = calendar.day_of((nth - 1) * 100, 1, 1) if 1 < nth <= 30 else None
    return _whole("century", calendar.period("century", first), "text", "XX") if first else None


def _step(parts: Parts, at: Situation) -> Dated | None:
    """Today, last week, next year: the period of a unit, so many from the one the story falls in.

    With `base = "last"` counted from the date before: "the next day".
    """
    unit, by = parts["unit"], int(parts.get("by", 0))
    unknown = Dated({"day": "XXXX-XX-XX", "month": "XXXX-XX", "week": "XXXX-WXX", "weekend": "XXXX-WXX-WE"}.get(unit, "XXXX"))
    if parts.get("base") == "last" or (parts.get("base") == "last or today" and at.last):
        return _whole(unit, calendar.shifted(unit, at.last, by), "date", unknown.value)
    if unit == "day" and by == 0 and at.today and not at.day:  # "today" lies somewhere in what is known
        precision = calendar.unit_of(at.today)
        return Dated(calendar.value_of(precision, at.today), "DATE", at.today, at.today_from)
    return _whole(unit, calendar.shifted(unit, at.today, by), at.today_from, unknown.value)


def _weekend(parts: Parts, at: Situation) -> Dated | None:
    """The weekend: the last one begun, or the coming one."""
    here = calendar.shifted("weekend", at.today, 0) if at.day else None
    if here is None or at.day is None:
        return Dated("XXXX-WXX-WE")
    begun = at.day.isoweekday() in _WEEKEND_DAYS
    return _whole("weekend", here if at.ahead or begun else calendar.shifted("weekend", at.today, -1), at.today_from, "")


def _nth_week(parts: Parts, at: Situation) -> Dated | None:
    """The third week of 2027, the last week of July, the first week of October: weeks that lie mostly in it."""
    inside = _inner(parts, "inperiod", at)
    if inside is None or inside.interval is None:
        return Dated("XXXX-WXX")
    days, nth = inside.interval, int(parts["ordinal"])
    thursday = calendar.nth_weekday(days.start, days.end, 4, nth)
    return _whole("week", calendar.period("week", thursday) if thursday else None, inside.anchor, "XXXX-WXX")


def _edge(parts: Parts, at: Situation) -> Dated | None:
    """Early June, the end of the year: the value of the whole, the days of that half of it; the middle third."""
    inside = _inner(parts, "inperiod", at)
    if inside is None or inside.interval is None:
        return inside
    days = inside.interval
    size = (days.end - days.start).days + 1
    first, last = {"start": (0, size // 2), "middle": (size // 3, size - size // 3), "end": (size // 2, size), "rest": (0, size)}[parts["edge"]]
    start, end = calendar.days_later(days.start, first), calendar.days_later(days.start, last - 1)
    if days.precision == "year" and parts["edge"] in ("start", "end"):  # whole months
        half = calendar.period("half", days.start if parts["edge"] == "start" else days.end)
        start, end = (half.start, half.end) if half else (start, end)
    if parts["edge"] == "rest":
        start = max(days.start, min(at.day, days.end)) if at.day else days.start
    return replace(inside, interval=calendar.between(start, end, days.precision) or days)


def _pass_on(parts: Parts, at: Situation) -> Dated | None:
    """Words around a date that add nothing to it: "earlier today", "the whole of 2022"."""
    return next((date_of(value, at) for value in parts.values() if isinstance(value, Match)), None)


def _fixed(parts: Parts, at: Situation) -> Dated | None:
    return _one_day(Day.fromisoformat(parts["value"]), "text")


def _reference(parts: Parts, at: Situation) -> Dated | None:
    return Dated(parts["value"], parts.get("type", "DATE"))


# ---- lengths, steps by number, habits ----


def _lengths(parts: Parts) -> list[tuple[float | str, str]]:
    if "length" in parts:
        return _lengths(parts["length"].parts)
    count = parts.get("count", parts.get("n", 1))
    if "half" in parts and not isinstance(count, str):
        count += 0.5
    found = [(count, parts["unit"])]
    return [*found, *((parts[f"n{more}"], parts[f"unit{more}"]) for more in "23" if f"unit{more}" in parts)]


def _duration(parts: Parts, at: Situation) -> Dated | None:
    return Dated(calendar.length(_lengths(parts)), "DURATION")


def _ago(parts: Parts, at: Situation) -> Dated | None:
    """Three days ago, two weeks later: as exact as the unit; weeks are counted in days. `base` as in `_step`."""
    by, lengths = int(parts["by"]), _lengths(parts)
    base, anchor = (at.last, "date") if parts.get("base") == "last" else (at.today, at.today_from)
    if "aday" in parts:
        inside = _inner(parts, "aday", at)
        base, anchor = (inside.interval, inside.anchor) if inside else (None, None)
    unit = lengths[-1][1]
    if unit in ("hour", "minute", "second"):
        known = base.day if base else None
        return Dated(f"{known.isoformat() if known and parts.get('sameday') else 'XXXX-XX-XX'}TXX", "TIME")
    unit = "day" if unit in ("week", "fortnight", "day") else unit
    unknown = {"day": "XXXX-XX-XX", "month": "XXXX-XX"}.get(unit, "XXXX")
    if unit not in calendar.UNITS or any(isinstance(count, str) for count, _ in lengths):
        return Dated("PAST_REF" if by < 0 and parts.get("base") != "last" else unknown if by < 0 else "FUTURE_REF" if parts.get("base") != "last" else unknown)
    here = calendar.enclosing(unit, base)
    moved = here.start if here else None
    for count, step in lengths:
        if moved and not float(count).is_integer():
            count, step = (float(count) * 12, "month") if step == "year" else (round(float(count)), step)
        moved = calendar.later(moved, step, by * round(float(count))) if moved else None
    return _whole(unit, calendar.period(unit, moved) if moved else None, anchor, unknown)


def _stretch(parts: Parts, at: Situation) -> Dated | None:
    """The last three weeks, the next six months: a length back from the day of the story, or on from the day after."""
    by, lengths = int(parts["by"]), _lengths(parts)
    count, unit = lengths[0]
    value = Dated(calendar.length(lengths), "DURATION")
    if at.day is None or isinstance(count, str) or unit not in calendar.UNITS | {"fortnight"} or unit == "weekend":
        return value
    far = calendar.later(at.day, unit, by * round(count))
    days = calendar.between(far, at.day) if by < 0 else calendar.between(calendar.days_later(at.day, 1), far and calendar.days_later(far, 1))
    return replace(value, interval=days, anchor=at.today_from) if days else value


def _habit(parts: Parts, at: Situation) -> Dated | None:
    """Every week, weekly, on Mondays."""
    if "weekday" in parts:
        return Dated(f"XXXX-WXX-{parts['weekday']}", "SET")
    if "part" in parts:
        return Dated(f"XXXX-XX-XXT{parts['part']}", "SET")
    return Dated(calendar.length(_lengths(parts)), "SET")


def _span(parts: Parts, at: Situation) -> Dated | None:
    """From one day to another, as one date: "3-5 June", "from 28 May to 2 June"."""
    if "aday" in parts:
        end = _inner(parts, "aday2", at)
        start = _inner(parts, "aday", at)
        if start and end and end.interval and start.interval and start.interval.start > end.interval.end:
            # "from Friday to Tuesday": the end comes after the start.
            end = _inner(parts, "aday2", replace(at, today=start.interval, ahead=True)) if start.interval.day else end
    elif "weekday" in parts:
        start = _weekday({"weekday": parts["weekday"]}, at)
        after = replace(at, today=start.interval, ahead=True) if start and start.interval else at
        end = _weekday({"weekday": parts["weekday2"]}, after)
    else:
        shared = {name: parts[name] for name in ("month", "year", "inperiod", "by") if name in parts}
        end = _day({**shared, "day": parts["day2"]}, at)
        start = None
        if end and end.interval and end.interval.day:
            last = end.interval.day
            start = _one_day(calendar.day_of(last.year, last.month, parts["day"]), end.anchor)
    if start is None or end is None:
        return end or start
    both = calendar.between(start.interval.start, end.interval.end) if start.interval and end.interval else None
    return Dated(f"{start.value}/{end.value}", "DATE", both, end.anchor if both else None)


def _years(parts: Parts, at: Situation) -> Dated | None:
    """2021/22, the season or school year of two years."""
    first = int(parts["twoyears"])
    start, end = calendar.day_of(first, 1, 1), calendar.day_of(first + 1, 12, 31)
    return Dated(f"{first}/{first + 1}", "DATE", calendar.between(start, end, "year"), "text")


# ---- parts of the day, times ----


def _part(parts: Parts, at: Situation) -> Dated | None:
    """Friday morning, this evening, last night; alone, the part of the day last named in the sentence, or of today."""
    inside = _inner(parts, "aday", at)
    if "aday" not in parts:
        alone = "by" not in parts
        near = at.near if alone else None
        base, anchor = (at.last, "date") if parts.get("base") == "last" else (at.today, at.today_from)
        day = near or calendar.shifted("day", base, int(parts.get("by", 0)))
        inside = _whole("day", day, "date" if near else anchor, "XXXX-XX-XX")
    if inside is None:
        return None
    days = replace(inside.interval, precision="hour") if inside.interval and inside.interval.day else inside.interval
    return Dated(f"{inside.value}T{parts['part']}", "TIME", days, inside.anchor)


def _time(parts: Parts, at: Situation) -> Dated | None:
    """A time of a day: the day it stands beside, or else the last one in the sentence, or the story's."""
    found: dict[str, str] = dict(parts.get("time", {}))
    hour, minute = int(found.get("hour", parts.get("hour", 0))), int(found.get("minute", parts.get("minute", 0)))
    half = str(found.get("meridiem", parts.get("meridiem", "")))[:1].casefold()
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 24 or minute > 59:
        return None
    inside = _inner(parts, "aday", at)
    if inside is None:
        near = at.near or (at.today if at.day else None)
        inside = Dated(near.start.isoformat(), "DATE", near, "date" if at.near else at.today_from) if near else Dated("XXXX-XX-XX")
    zone = at.zones.get(parts.get("zone", ""), "")
    if "offset" in parts:
        sign, hours = parts["offset"]["sign"], int(parts["offset"]["hours"])
        zone = f"{'-' if sign in '-−–' else '+'}{hours:02}"
    exact = "minute" in found or "minute" in parts
    clock = f"{hour:02}:{minute:02}" if exact else f"{hour:02}"
    days = inside.interval
    if days and days.day:
        days = replace(days, precision="minute" if exact else "hour")
    return Dated(f"{inside.value}T{clock}{zone}", "TIME", days, inside.anchor)


def _nothing(parts: Parts, at: Situation) -> Dated | None:
    """Words that look like a date and are none."""
    return None


MEANINGS: Final[Mapping[str, Meaning]] = {
    "day": _day, "numeric": _numeric, "year month": _year_month, "weekday": _weekday, "nth weekday": _nth_weekday,
    "feast": _feast, "month": _month, "season": _season, "quarter": _quarter, "year": _year, "decade": _decade,
    "century": _century, "step": _step, "weekend": _weekend, "nth week": _nth_week, "edge": _edge, "pass on": _pass_on,
    "fixed day": _fixed, "reference": _reference, "duration": _duration, "ago": _ago, "stretch": _stretch, "habit": _habit,
    "span": _span, "years": _years, "part": _part, "time": _time, "nothing": _nothing,
}  # fmt: skip


# What a pattern of a meaning must hold or be given: one of each line.
NEEDS: Final[Mapping[str, tuple[frozenset[str], ...]]] = {
    meaning: tuple(frozenset(names.split("|")) for names in needs.split())
    for meaning, needs in {
        "day": "day", "weekday": "weekday", "nth weekday": "weekday ordinal inperiod", "feast": "holiday", "month": "month",
        "season": "season", "quarter": "unit ordinal", "year": "year|yy|n", "decade": "year|yy|n", "century": "roman|day",
        "step": "unit", "nth week": "ordinal inperiod", "edge": "edge inperiod", "fixed day": "value", "reference": "value",
        "duration": "unit|length", "ago": "by unit|length", "stretch": "by unit|length", "habit": "weekday|part|unit|length",
        "span": "aday|day|weekday aday2|day2|weekday2", "years": "twoyears", "part": "part", "time": "time|hour", "numeric": "", "year month": "", "weekend": "", "pass on": "",
        "nothing": "",
    }.items()
}  # fmt: skip
