"""Whom a visitor means, and how parties, months and events are called on the pages.

In: words as they are typed ("China", "CHN", "xi jinping"), codes, rows of the views. Out: `Who`, and short words for people.
"""

from __future__ import annotations

import datetime
import functools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from babel.dates import format_date

from dragoman import languages, ontology
from dragoman.records import Interval, Precision
from dragoman.show.labels import interval_label
from dragoman.store.question import Party, party
from dragoman.world.countries import country_names, read_countries

QUADS = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")


@dataclass(frozen=True, slots=True)
class Who:
    """A party: `words` stand for it in addresses, `label` on pages."""

    words: str
    party: Party
    label: str

    @property
    def is_name(self) -> bool:
        return self.party.name is not None


def who(words: str) -> Who:
    """Whom words mean: a code, a country by its name in a language that is read, or part of an actor's name."""
    words = " ".join(words.split())
    if code := _by_name().get(words.casefold()):
        words = code
    found = party(words)
    if found.name:
        return Who(words, found, words)
    label = country(found.country) if found.country else ""
    return Who(words, found, ", ".join(part for part in (label, found.sector) if part))


def label(words: str) -> str:
    """How a party is called on pages."""
    return who(words).label if words.strip() else words


@functools.cache
def _by_name() -> Mapping[str, str]:
    found: dict[str, str] = {}
    countries = read_countries()
    for language in languages.installed():
        for code, names in country_names(language).items():
            found |= {name.casefold(): countries[code].coded_as for name in names}
    return found


@functools.cache
def country(code: str) -> str:
    """The English name of a country; PLOVER's codes for others stand for themselves."""
    names = country_names("en").get(code)
    return names[0] if names else code


@functools.cache
def country_choices() -> list[str]:
    """Names to choose from, in the order of the alphabet."""
    return sorted({country(code) for code, facts in read_countries().items() if not facts.folds_into})


def event_types() -> list[str]:
    return sorted(ontology.load().types)


def day(value: datetime.date | None) -> str:
    return format_date(value, "d MMM y", locale="en") if value else "no date"


def when(row: Mapping[str, Any]) -> str:
    """When an event, a statement or an article of a view is dated, no more exactly than it is known."""
    if row.get("date_start"):
        return between(row["date_start"], row["date_end"])
    return between(row["published"], row["published_end"]) if row["published"] else "no date"


def between(start: datetime.date, end: datetime.date) -> str:
    """Days in short: a whole month or year by its name."""
    whole: Precision = "day"
    if start.day == 1 and (end + datetime.timedelta(days=1)).day == 1 and start != end:
        whole = "year" if (start.month, end.month) == (1, 12) else "month"
    return interval_label(Interval(start, end, whole))


def month(value: str | None) -> str:
    """ "2022-06" as "Jun 2022"."""
    return format_date(datetime.date.fromisoformat(f"{value}-01"), "MMM y", locale="en") if value else "no date"


def slug(quad: str) -> str:
    return quad.replace(" ", "-")


def is_fact(event: Mapping[str, Any]) -> bool:
    """As `records.Event.is_fact`, of a row of the view `events`."""
    return bool(
        event["polarity"] == "affirmed" and event["certainty"] == "certain" and event["time"] in ("past", "present")
        and not event["attributed"] and not event["denied"]
    )  # fmt: skip


def qualities(event: Mapping[str, Any]) -> list[str]:
    """What keeps an event from being a fact, beside whose word it is."""
    found = ["negated"] if event["polarity"] == "negated" else []
    found += [event["certainty"]] if event["certainty"] != "certain" else []
    found += [event["time"]] if event["time"] != "past" else []
    return found + (["background"] if event["background"] else [])


def parties(names: str | None) -> list[str]:
    """The single names of a column that joins them, each once."""
    return list(dict.fromkeys(names.split("; "))) if names else []
