"""What the words of days mean: days of a month, weekdays, feasts.

In: the parts of a pattern and the situation. Out: a `Dated`. A day without its year is the last one before the story,
the next one where the clause looks ahead.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from dragoman.extract.dates import calendar
from dragoman.extract.dates.calendar import Day
from dragoman.extract.dates.patterns import Parts
from dragoman.extract.dates.situation import Dated, Meaning, Situation, full_year, inner, one_day, shaped
from dragoman.records import Interval

# A day without a year is looked for in the past, unless that is nearly a year away and the next one is near.
_SOON, _LONG_AGO = 42, 300
_NEXT_DAYS = 3
_BIRTHDAY_REACH = (31, 400)  # days between a birthday that is told and publication; first whose lies so near is meant
_HAPPENING_REACH = 60  # days between a summit that comes again and again, and publication


def day_of_month(parts: Parts, at: Situation) -> Dated | None:
    """A day of a month, in whatever of "Wednesday, 15 June 2022" is there."""
    month, day, year = parts.get("month"), int(parts["day"]), parts.get("year")
    weekday, anchor = parts.get("weekday"), "text"
    if "yy" in parts:
        year = full_year(int(parts["yy"]))
    if "inperiod" in parts:  # the 15th of next month
        inside = inner(parts, "inperiod", at)
        if inside is None or inside.interval is None:
            return Dated(f"XXXX-XX-{day:02}") if inside else None
        start = inside.interval.start
        if inside.interval.precision == "month":
            return one_day(calendar.day_of(start.year, start.month, day), inside.anchor)
        year, anchor = start.year, inside.anchor
    if year is not None and month is not None:
        return one_day(calendar.day_of(int(year), int(month), day), anchor)
    if month is not None and not any(calendar.day_of(year, int(month), day) for year in (2000, 2001)):
        return None
    found = _nearest(
        at, lambda year, m: calendar.day_of(year, int(month or m), day), weekday, parts.get("by"), bool(month)
    )
    shown = f"{int(month):02}" if month is not None else "XX"
    return one_day(found, at.today_from) or Dated(f"XXXX-{shown}-{day:02}")


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
    found = shaped(parts)
    year = int(found["year"]) if "year" in found else None
    if year is not None and len(found["year"]) == 2:
        year = full_year(year)
    if "month" in found:
        day, month = int(found["day"]), int(found["month"])
    else:
        first, second = int(found["first"]), int(found["second"])
        orders = {"dmy": [(first, second), (second, first)], "mdy": [(second, first), (first, second)]}
        possible = [(d, m) for d, m in orders.get(at.numeric_order, orders["dmy"]) if m <= 12 and d <= 31]
        if not possible or (at.numeric_order not in orders and len(set(possible)) > 1):
            return None
        day, month = possible[0]
    return day_of_month({"day": day, "month": month, **({"year": year} if year is not None else {})}, at)


def weekday_meant(parts: Parts, at: Situation) -> Dated | None:
    """A bare, last, next or this Wednesday; with `weeks` of a week counted from this one; `after` the date before."""
    weekday, by, weeks = int(parts["weekday"]), parts.get("by"), parts.get("weeks")
    unknown = Dated(f"XXXX-WXX-{weekday}")
    if "open" in parts:  # "on a Friday"
        return unknown
    if "after" in parts:
        from_day = at.last.end if at.last and (at.last.end - at.last.start).days < 7 else None
        if from_day is None:
            return unknown
        step = (
            (weekday - from_day.isoweekday() - 1) % 7 + 1
            if parts["after"] > 0
            else -((from_day.isoweekday() - weekday - 1) % 7 + 1)
        )
        return one_day(calendar.days_later(from_day, step), "date") or unknown
    if "inperiod" in parts:
        inside = inner(parts, "inperiod", at)
        if inside is None or inside.interval is None or inside.interval.precision != "week":
            return unknown
        return one_day(calendar.nth_weekday(inside.interval.start, inside.interval.end, weekday, 1), inside.anchor)
    today = at.day
    if today is None:
        if by is not None or weeks is not None:
            return unknown
        if weekday in at.settled:
            return one_day(*at.settled[weekday])
        return _soon_after(weekday, at) or unknown
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
    return one_day(found, at.today_from) or unknown


def _soon_after(weekday: int, at: Situation) -> Dated | None:
    """ "arrested him on Tuesday, November 8, and the mayor on Wednesday": the weekday that follows a day of the sentence."""
    before = at.near.day if at.near else None
    away = (weekday - before.isoweekday()) % 7 if before else 0
    if before is None or at.tense != "past" or not 1 <= away <= _NEXT_DAYS:
        return None
    return one_day(calendar.days_later(before, away), "date")


def _weekdays_away(parts: Parts, at: Situation) -> Dated | None:
    """Two Fridays ago: so many of that weekday before the story."""
    weekday, count = int(parts["weekday"]), parts["n"]
    if at.day is None or not isinstance(count, int) or not 1 <= count <= 60:
        return Dated(f"XXXX-WXX-{weekday}")
    back = (at.day.isoweekday() - weekday - 1) % 7 + 1 + 7 * (count - 1)
    return one_day(calendar.days_later(at.day, -back), at.today_from)


def nth_weekday(parts: Parts, at: Situation) -> Dated | None:
    """The first Friday of June, of this month."""
    inside = inner(parts, "inperiod", at)
    if inside is None or inside.interval is None:
        return Dated(f"XXXX-WXX-{parts['weekday']}")
    days = inside.interval
    return one_day(calendar.nth_weekday(days.start, days.end, parts["weekday"], int(parts["ordinal"])), inside.anchor)


def _feast(parts: Parts, at: Situation) -> Dated | None:
    rule = at.feasts[parts["holiday"]]
    year, anchor = parts.get("year"), "text"
    if "inperiod" in parts and (inside := inner(parts, "inperiod", at)) and inside.interval:
        year, anchor = inside.interval.start.year, inside.anchor
    if rule in at.movable:
        return _movable(at.movable[rule], year, anchor, parts, at)
    shift = int(parts.get("days", 0))

    def of(year: int, _: int = 0) -> Day | None:
        day = calendar.feast(rule, year)
        return calendar.days_later(day, shift) if day else None

    if year is not None:
        return one_day(of(int(year)), anchor)
    found = _nearest(at, of, None, parts.get("by"), yearly=True)
    fixed = re.fullmatch(r"(\d\d)-(\d\d)", rule)
    return one_day(found, at.today_from) or Dated(f"XXXX-{rule}" if fixed and not shift else "XXXX-XX-XX")


def _movable(known: Sequence[Interval], year: int | None, anchor: str | None, parts: Parts, at: Situation) -> Dated:
    """A feast by another calendar. With its year, or else the one that is meant as of a day without a year."""
    days = {days.start: days for days in known}
    if year is not None:
        there = [start for start in days if start.year == int(year)]
        found = there[0] if len(there) == 1 else None
    else:
        years: dict[int, list[Day]] = {}
        for start in days:
            years.setdefault(start.year, []).append(start)
        found = _nearest(at, lambda year, month: next(iter(years.get(year, ())), None), None, parts.get("by"), True)
        anchor = at.today_from
    return _in_a_row(days[found], anchor) if found else Dated("XXXX-XX-XX")


def _in_a_row(days: Interval, anchor: str | None) -> Dated:
    """Days in a row as one date."""
    value = days.start.isoformat() if days.day else f"{days.start.isoformat()}/{days.end.isoformat()}"
    return Dated(value, "DATE", days, anchor)


def _national_day(parts: Parts, at: Situation) -> Dated | None:
    """A day that a state keeps: "Ukraine's Independence Day". Which one it is must be said."""
    country = parts.get("nation", parts.get("nationality"))
    rule = at.national_days.get(parts["nationalday"], {}).get(country or "")
    if rule is None:
        return Dated("XXXX-XX-XX")

    def of(year: int, _: int = 0) -> Day | None:
        return calendar.feast(rule, year)

    if "year" in parts:
        return one_day(of(int(parts["year"])), "text")
    return one_day(_nearest(at, of, None, parts.get("by"), yearly=True), at.today_from) or Dated(f"XXXX-{rule}")


# ---- what is known of the world -----------------------------------------------------------------------------------------


def _birthday(parts: Parts, at: Situation) -> Dated | None:
    """Somebody's birthday. Its number tells the year, and whose it is where only one of the article's people fits."""
    hidden = "hidden" in parts
    if "rank" not in parts and "n" not in parts:
        born = at.births.named
        day = _yearly_day(born[0], at) if len(born) == 1 else None
        return one_day(day, "birthday")
    nth = parts.get("rank", parts.get("n"))
    if not isinstance(nth, int) or not 1 <= nth <= 110:
        return None
    for born in (at.births.named, at.births.others):
        days = {day for b in born if (day := calendar.day_of(b.year + nth, b.month, b.day))}
        for reach in _BIRTHDAY_REACH:
            near = {day for day in days if _is_about(day, at, reach)}
            if len(near) == 1:
                day = near.pop()
                return Dated(day.isoformat(), "DATE", Interval.of_day(day), "birthday", hidden)
            if near:
                return None
    return None


def _yearly_day(first: Day, at: Situation) -> Day | None:
    """The day of the year on which something comes back, as of a day without its year."""

    def of(year: int, _: int) -> Day | None:
        return calendar.day_of(year, first.month, first.day)

    return _nearest(at, of, None, None, yearly=True)


def _is_about(day: Day, at: Situation, days: int) -> bool:
    if at.today is None:
        return True
    reach = datetime.timedelta(days)
    return at.today.start - reach <= day <= at.today.end + reach


def _happening(parts: Parts, at: Situation) -> Dated | None:
    """A known happening; of one that comes again and again, the one nearest to the story."""
    days = happening_meant(at.happenings.get(parts["happening"], ()), at.today)
    return _in_a_row(days, "calendar") if days else None


def happening_meant(known: Sequence[Interval], today: Interval | None) -> Interval | None:
    """The occurrence that is meant: the only one, or the one nearest to the story, if near enough."""
    if today is None or len(known) < 2:
        return known[0] if len(known) == 1 else None
    reach = datetime.timedelta(_HAPPENING_REACH)
    near = [days for days in known if today.start - reach <= days.end and days.start <= today.end + reach]
    return near[0] if len(near) == 1 else None


def _anniversary(parts: Parts, at: Situation) -> Dated | None:
    """The 20th anniversary of a known happening; without a number, the one nearest to the story."""
    known = at.happenings.get(parts.get("happening", ""), ())
    inside = inner(parts, "aday", at) if "aday" in parts else None
    first = known[0].start if len(known) == 1 else inside.interval.start if inside and inside.interval else None
    nth = parts.get("rank")
    if first is None:
        return None
    if nth is not None:
        return one_day(calendar.day_of(first.year + int(nth), first.month, first.day), "calendar")
    return one_day(_yearly_day(first, at), "calendar")


def _fixed(parts: Parts, at: Situation) -> Dated | None:
    return one_day(Day.fromisoformat(parts["value"]), "text")


DAYS: Final[Mapping[str, Meaning]] = {
    "day": day_of_month, "numeric": _numeric, "weekday": weekday_meant, "nth weekday": nth_weekday,
    "weekdays away": _weekdays_away, "feast": _feast,
    "fixed day": _fixed, "national day": _national_day, "birthday": _birthday, "happening": _happening,
    "anniversary": _anniversary,
}  # fmt: skip
