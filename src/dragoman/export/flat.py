"""What the flat formats have in common: events as rows of codes, and what becomes of all that codes cannot say.

In: readings. Out: those of their events that a flat format can hold, with every loss noted; days, names and pairs.
"""

from __future__ import annotations

import datetime
import functools
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TextIO

from dragoman.export.loss import Loss
from dragoman.records import Actor, Event, Reading
from dragoman.world.countries import country_names, read_countries


@dataclass(frozen=True, slots=True)
class Flat:
    """An event that a flat format can hold. `day` is its own, else that of publication; None where neither is exact."""

    reading: Reading
    event: Event
    day: datetime.date | None

    @property
    def id(self) -> str:
        return f"{self.reading.article.id}/{self.event.id}"

    @property
    def actors(self) -> list[Actor]:
        return [self.reading.actor(id) for id in self.event.actors]

    @property
    def recipients(self) -> list[Actor]:
        return [self.reading.actor(id) for id in self.event.recipients]


def flat_events(readings: Iterable[Reading], loss: Loss) -> Iterator[Flat]:
    """The events that can be told as having happened. Negated ones are left out; what is folded is noted."""
    for reading in readings:
        loss.articles += 1
        loss.note("statements", len(reading.statements))
        for event in reading.events:
            if event.polarity == "negated":
                loss.note("negated")
                continue
            own = reading.date(event.date).interval if event.date else None
            if own and not own.day:
                loss.note("dates")
            interval = own or reading.article.published
            yield Flat(reading, event, interval.day if interval else None)


def note_folded(event: Event, loss: Loss) -> None:
    """Notes what every flat format folds of an event that it holds."""
    loss.events += 1
    loss.note("according to", bool(event.according_to))
    loss.note("denied by", bool(event.denied_by))
    loss.note("certainty", event.certainty != "certain")
    loss.note("time", event.time in ("future", "habitual"))
    loss.note("background", event.background)
    loss.note("counts", len(event.counts))
    loss.note("evidence", len(event.evidence))
    loss.note("mentions", len(event.mentions) - 1)


def pairs(flat: Flat) -> list[tuple[Actor, Actor]]:
    """Each actor with each recipient; where there are none, each actor with each other one."""
    if flat.recipients:
        return [(actor, recipient) for actor in flat.actors for recipient in flat.recipients]
    actors = flat.actors
    return [(one, other) for one in actors for other in actors if one.id != other.id]


def number_of(*parts: object) -> int:
    """A number that stays the same from export to export, small enough for programs that count in doubles."""
    digest = hashlib.blake2b("\0".join(map(str, parts)).encode(), digest_size=7).digest()
    return int.from_bytes(digest, "big") >> 4


def cameo_code(event: Event) -> str:
    """The CAMEO code as event data have it: at least three digits, "040" for the root 04."""
    return event.cameo.ljust(3, "0")


def country_name(code: str | None) -> str | None:
    """The English name of a country; None for PLOVER's non-state codes."""
    names = country_names("en").get(code or "")
    return names[0] if names else None


@functools.cache
def cow_number(code: str | None) -> int | None:
    """The Correlates of War number of a state."""
    country = read_countries().get(code or "")
    return country.cow_number if country else None


def write_row(stream: TextIO, values: Iterable[object], missing: str) -> None:
    """A row with tabs between, as these formats have it: no quotation marks, so no tab or line break within a value."""
    cells = (missing if value is None or value == "" else " ".join(str(value).split()) for value in values)
    stream.write("\t".join(cells) + "\n")
