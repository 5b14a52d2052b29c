"""All meanings that a group of patterns may have, and what each needs.

In: nothing. Out: `MEANINGS` by the name that `dates.toml` uses, and `NEEDS`, which checks the patterns when a language is
loaded.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from dragoman.extract.dates.days import DAYS
from dragoman.extract.dates.lengths import LENGTHS
from dragoman.extract.dates.othercalendars import OTHER_CALENDARS
from dragoman.extract.dates.patterns import Match, Parts
from dragoman.extract.dates.periods import PERIODS
from dragoman.extract.dates.situation import Dated, Meaning, Situation, date_of
from dragoman.extract.dates.times import TIMES


def _pass_on(parts: Parts, at: Situation) -> Dated | None:
    """Words around a date that add nothing to it: "earlier today", "the whole of 2022"."""
    return next((date_of(value, at) for value in parts.values() if isinstance(value, Match)), None)


def _reference(parts: Parts, at: Situation) -> Dated | None:
    return Dated(parts["value"], parts.get("type", "DATE"))


def _nothing(parts: Parts, at: Situation) -> Dated | None:
    """Words that look like a date and are none."""
    return None


MEANINGS: Final[Mapping[str, Meaning]] = {
    **DAYS, **PERIODS, **LENGTHS, **TIMES, **OTHER_CALENDARS, "pass on": _pass_on, "reference": _reference, "nothing": _nothing,
}  # fmt: skip

# What a pattern of a meaning must hold or be given: one of each line.
NEEDS: Final[Mapping[str, tuple[frozenset[str], ...]]] = {
    meaning: tuple(frozenset(names.split("|")) for names in needs.split())
    for meaning, needs in {
        "day": "day", "weekday": "weekday", "nth weekday": "weekday ordinal inperiod", "feast": "holiday",
        "national day": "nationalday", "birthday": "", "happening": "happening", "anniversary": "happening|aday", "month": "month",
        "season": "season", "quarter": "unit ordinal", "year": "year|yy|n", "decade": "year|yy|n", "century": "roman|day",
        "step": "unit", "nth week": "ordinal inperiod",
        "week of": "aday", "first units": "n unit ordinal inperiod", "fiscal year": "", "twelve months": "inperiod", "weekdays away": "n weekday", "edge": "edge inperiod", "fixed day": "value", "reference": "value",
        "duration": "unit|length", "ago": "by unit|length", "stretch": "by unit|length", "habit": "weekday|part|season|unit|length",
        "span": "aday|day|weekday aday2|day2|weekday2", "years": "twoyears", "other calendar": "hijri|persian calendar", "year of another calendar": "calendar", "part": "part", "overnight": "", "time": "time|hour", "numeric": "", "year month": "", "weekend": "", "pass on": "",
        "nothing": "",
    }.items()
}  # fmt: skip
