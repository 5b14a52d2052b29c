"""What a reader knows on reaching a date, and what a date is once it is read.

In: a `Match` and a `Situation`. Out: `Dated`, or None where the words turn out to be no date. Nothing is guessed: where the
situation does not settle the days, the value keeps its X and there is no interval.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, cast

from dragoman.extract.dates import calendar
from dragoman.extract.dates.calendar import Day
from dragoman.extract.dates.patterns import Match, Parts
from dragoman.records import Interval

Kind = Literal["DATE", "TIME", "DURATION", "SET"]
Tense = Literal["past", "present", "future"]


@dataclass(frozen=True, slots=True)
class Dated:
    """A date's TIMEX3 value and type, its days where they are known, and what they were read from.

    `hidden`: no expression of time, but words that tell a day all the same ("turned 69").
    """

    value: str
    type: Kind = "DATE"
    interval: Interval | None = None
    anchor: str | None = None
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Births:
    """When those were born whose birthday a place of the text may speak of: whoever is named there, or else anyone."""

    named: Sequence[Day] = ()
    others: Sequence[Day] = ()


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the rest of the reading knows about a place of the text, by its offset.

    `tense` of the clause there, `births` of those whose birthday words from one offset to another may speak of, and whether
    a word `governs` others, as a preposition does and an adverb does not, and whether a number `counts` what follows it.
    """

    tense: Callable[[int], Tense | None] = field(default=lambda offset: None)
    births: Callable[[int, int], Births] = field(default=lambda start, end: Births())
    governs: Callable[[int], bool] = field(default=lambda offset: True)
    counts: Callable[[int], bool] = field(default=lambda offset: False)


@dataclass(frozen=True, slots=True)
class Situation:
    """What a reader knows on reaching a date.

    `today` is the day of the story, or as much as is known of it, and `today_from` what it was read from; `last` the last
    date before, `near` the last day in the same sentence, `told` the last one in the sentences before; `settled` the days
    that the text names for weekdays, and what they were read from; `births` of whoever may have a birthday here.
    """

    today: Interval | None
    today_from: str | None
    last: Interval | None
    near: Interval | None
    told: Interval | None
    tense: Tense | None
    settled: Mapping[int, tuple[Day, str]]
    births: Births
    numeric_order: str
    zones: Mapping[str, str]
    feasts: Mapping[str, str]
    movable: Mapping[str, Sequence[Interval]]
    happenings: Mapping[str, Sequence[Interval]]
    national_days: Mapping[str, Mapping[str, str]]
    meanings: Mapping[str, Meaning]

    @property
    def ahead(self) -> bool:
        return self.tense == "future"

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
    return at.meanings[match.group.means](match.parts if parts is None else parts, at)


def inner(parts: Parts, name: str, at: Situation) -> Dated | None:
    return date_of(parts[name], at) if name in parts else None


def whole(unit: str, days: Interval | None, anchor: str | None, unknown: str) -> Dated:
    """A period as it stands; its days unknown, the value says no more than that."""
    return Dated(calendar.value_of(unit, days), "DATE", days, anchor) if days else Dated(unknown)


def one_day(day: Day | None, anchor: str | None) -> Dated | None:
    return Dated(day.isoformat(), "DATE", Interval.of_day(day), anchor) if day else None


def full_year(short: int) -> int:
    return short + (2000 if short < 69 else 1900)


def shaped(parts: Parts) -> dict[str, str]:
    """What the named groups of a shape found: {"year": "2022", "month": "06"}."""
    return next(cast(dict[str, str], value) for value in parts.values() if isinstance(value, dict))
