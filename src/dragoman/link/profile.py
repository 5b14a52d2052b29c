"""What an article is about, in terms that are the same in every language.

In: a reading. Out: its `Profile`: features with weights, and the days it is about. Two profiles are compared without their
texts (likeness.py); a record keeps them so that a new article is compared without reading the old ones again.

Weights say how much it tells that two articles share a feature: that both speak of the United States tells little, that both
name the same spokesman, the same number, or the same deed between the same two tells much. They are fixed, so that how
alike two articles are never depends on what else is in the record.
"""

from __future__ import annotations

import datetime
import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Self

from dragoman.link.words import names_in, numbers_in, stems_in
from dragoman.records import Actor, Event, Interval, Reading
from dragoman.text.folding import fold

WEIGHTS: Mapping[str, float] = {
    "deed": 1.5,  # a type of event between two countries: "CONSULT CHN RUS"
    "pair": 0.8,  # two countries in one event
    "person": 1.0,
    "group": 0.9,
    "place": 0.8,
    "number": 0.7,
    "name": 0.6,
    "country": 0.35,
    "word": 0.25,
}
SHORT_NUMBER = 0.3  # two digits may be anything
LONGEST = 4000  # characters that are looked at: what an article is about stands at its head
_OPEN = ("year", "season", "quarter", "decade", "century")  # published so vaguely that it tells nothing


@dataclass(frozen=True, slots=True)
class Profile:
    """What an article is about. `start` and `end`: when it was published, both None where that is not known to the month.

    `days` are the days, as ordinals, of the events that it reports as news, by type and parties.
    """

    article: str
    language: str
    start: datetime.date | None
    end: datetime.date | None
    features: Mapping[str, float]
    days: Mapping[str, tuple[int, int]]

    def to_dict(self) -> dict[str, Any]:
        return {
            "article": self.article, "language": self.language,
            "start": self.start.isoformat() if self.start else None, "end": self.end.isoformat() if self.end else None,
            "features": dict(self.features), "days": {deed: list(days) for deed, days in self.days.items()},
        }  # fmt: skip

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        start, end = data["start"], data["end"]
        return cls(
            data["article"], data["language"],
            datetime.date.fromisoformat(start) if start else None, datetime.date.fromisoformat(end) if end else None,
            dict(data["features"]), {deed: (first, last) for deed, (first, last) in data["days"].items()},
        )  # fmt: skip


def profile(reading: Reading) -> Profile:
    """The profile of an article."""
    article = reading.article
    published = article.published if article.published and article.published.precision not in _OPEN else None
    actors = {actor.id: actor for actor in reading.actors}
    dates = {when.id: when.interval for when in reading.dates}
    features: dict[str, float] = {}
    days: dict[str, tuple[int, int]] = {}
    for feature in itertools.chain(_of_actors(reading), _of_places(reading), _of_words(reading)):
        kind, _, what = feature.partition(":")
        features[feature] = SHORT_NUMBER if kind == "number" and len(what) == 2 else WEIGHTS[kind]
    for event in reading.events:
        if not event.background and event.time != "habitual":
            for deed in _deeds(event, actors):
                features[f"deed:{deed}"] = WEIGHTS["deed"]
                features[f"pair:{deed.partition(' ')[2]}"] = WEIGHTS["pair"]
                when = dates.get(event.date or "")
                if when and when.precision in ("day", "hour", "minute"):
                    days[deed] = _together(days.get(deed), when)
    return Profile(
        article.id, article.language,
        published.start if published else None, published.end if published else None, features, days,
    )  # fmt: skip


def party_code(actor: Actor) -> str | None:
    """Country of an actor, else what it is; None for somebody of whom only the name is known."""
    return actor.country or (actor.sectors[0] if actor.sectors else None)


def _deeds(event: Event, actors: Mapping[str, Actor]) -> Iterator[str]:
    """An event as its type and each two of its parties, in alphabetical order: who did it is told differently at times."""
    codes = sorted({code for id in (*event.actors, *event.recipients) if (code := party_code(actors[id]))})
    if len(codes) == 1:
        yield f"{event.type} {codes[0]}"
    for one, other in itertools.combinations(codes, 2):
        yield f"{event.type} {one} {other}"


def _of_actors(reading: Reading) -> Iterator[str]:
    countries: Counter[str] = Counter()
    for actor in reading.actors:
        if actor.country:
            countries[actor.country] += len(actor.mentions)
        if actor.kind == "person" and (words := fold(actor.name).split()):
            yield f"person:{words[-1]}"
        elif actor.kind == "group":
            yield f"group:{fold(actor.name)}"
    yield from (f"country:{code}" for code, _ in countries.most_common(6))


def _of_places(reading: Reading) -> Iterator[str]:
    return (f"place:{place.geonames}" for place in reading.places if place.geonames is not None)


def _of_words(reading: Reading) -> Iterator[str]:
    text = " ".join(filter(None, (reading.article.title, reading.article.text[:LONGEST])))
    names = names_in(text)
    yield from (f"name:{name}" for name in names)
    yield from (f"number:{number}" for number in numbers_in(text))
    language = reading.article.language
    yield from (f"word:{language} {stem}" for stem in stems_in(text, language) if not _is_name(stem, names))


def _is_name(stem: str, names: Iterable[str]) -> bool:
    return any(name.startswith(stem) for name in names)


def _together(known: tuple[int, int] | None, when: Interval) -> tuple[int, int]:
    first, last = when.start.toordinal(), when.end.toordinal()
    return (min(first, known[0]), max(last, known[1])) if known else (first, last)
