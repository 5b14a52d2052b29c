"""Days of publication as documents and users write them.

In: "2022-06-15", "2022-06", "2022", a day with a time, {"start", "end", "precision"}. Out: an `Interval` as exact as was written.
"""

from __future__ import annotations

import calendar
import datetime
import re

from dragoman.records import Interval

DAY = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:[T ].*)?", re.DOTALL)
MONTH = re.compile(r"(\d{4})-(\d\d)")
YEAR = re.compile(r"\d{4}")


def parse_date(text: str) -> Interval:
    """The days that a date covers. Raises ValueError, in one line, for what is no date."""
    text = text.strip()
    try:
        if MONTH.fullmatch(text):
            year, month = map(int, text.split("-"))
            last = calendar.monthrange(year, month)[1]
            return Interval(datetime.date(year, month, 1), datetime.date(year, month, last), "month")
        if YEAR.fullmatch(text):
            return Interval(datetime.date(int(text), 1, 1), datetime.date(int(text), 12, 31), "year")
        if match := DAY.fullmatch(text):
            return Interval.of_day(datetime.date(*(int(part) for part in match.groups())))
    except ValueError as problem:
        raise ValueError(f"{text!r} is no date: {problem}") from None
    raise ValueError(f"{text[:40]!r} is no date; write 2022-06-15, 2022-06 or 2022")
