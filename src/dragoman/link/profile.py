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

from dragoman.link.concepts import concepts_in
from dragoman.link.words import common_words, names_in, numbers_in, numerals_in, stems_in
from dragoman.records import Actor, Event, Interval, Reading, Span
from dragoman.text.folding import fold

WEIGHTS: Mapping[str, float] = {
    "deed": 0.6,  # a type of event between two countries: "CONSULT CHN RUS"
    "quad": 0.8,  # cooperation or conflict, verbal or material, between two countries
    "main": 1.0,  # the two countries that an article speaks most of
    "person": 0.5,
    "group": 0.9,
    "place": 0.8,
    "number": 0.96,
    "name": 1.3,
    "country": 0.64,
    "word": 0.075,
    "concept": 0.05,  # "flight" in any language
    "head": 0.025,  # the same, where it stands at the head
}
OFFICIAL = 0.3  # a name that stands for a government, "Kremlin": that says no more than the country does
SHORT_NUMBER = 0.3  # two digits may be anything
LONGEST = 4000  # characters that are looked at: what an article is about stands at its head
HEAD = 400  # of them, those in which news is told
DATELINE = 120  # and those in which the day of a report stands
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
    published = published or _filed(reading)
    actors = {actor.id: actor for actor in reading.actors}
    dates = {when.id: when.interval for when in reading.dates}
    features: dict[str, float] = {}
    days: dict[str, tuple[int, int]] = {}
    for feature in itertools.chain(_of_actors(reading), _of_places(reading), _of_words(reading)):
        kind, _, what = feature.partition(":")
        features[feature] = SHORT_NUMBER if kind == "number" and len(what) == 2 else WEIGHTS[kind]
    for name in _officials(reading):
        if f"name:{name}" in features:
            features[f"name:{name}"] = OFFICIAL
    for event in reading.events:
        if not event.background and event.time != "habitual":
            for parties in _pairs(event, actors):
                deed = f"{event.type} {parties}"
                features[f"deed:{deed}"] = WEIGHTS["deed"]
                features[f"quad:{event.quad} {parties}"] = WEIGHTS["quad"]
                when = dates.get(event.date or "")
                if when and when.precision in ("day", "hour", "minute"):
                    days[deed] = _together(days.get(deed), when)
    return Profile(
        article.id, article.language,
        published.start if published else None, published.end if published else None, features, days,
    )  # fmt: skip


def _filed(reading: Reading) -> Interval | None:
    """The day that stands at the head of an article of which it is not known when it was published."""
    heads = (when.interval for when in reading.dates if when.span.end <= DATELINE and when.anchor == "text")
    return next((when for when in heads if when and when.day), None)


def party_code(actor: Actor) -> str | None:
    """Country of an actor, else what it is; None for somebody of whom only the name is known."""
    return actor.country or (actor.sectors[0] if actor.sectors else None)


def _pairs(event: Event, actors: Mapping[str, Actor]) -> Iterator[str]:
    """Each two parties of an event in alphabetical order, since who did it is told differently at times; or its only one."""
    codes = sorted({code for id in (*event.actors, *event.recipients) if (code := party_code(actors[id]))})
    if len(codes) == 1:
        yield codes[0]
    for one, other in itertools.combinations(codes, 2):
        yield f"{one} {other}"


def _of_actors(reading: Reading) -> Iterator[str]:
    text = reading.article.text
    countries: Counter[str] = Counter()
    for actor in reading.actors:
        if actor.country:
            countries[actor.country] += len(actor.mentions)
        named = any(mention.of(text)[:1].isupper() for mention in actor.mentions) and actor.name[-1:].isalpha()
        words = fold(actor.name).split()
        if actor.kind == "person" and len(words) > 1 and actor.name.split()[-1][0].isupper():
            yield f"person:{words[-1]}"
        elif actor.kind == "group" and named and actor.name[0].isupper():
            yield f"group:{words[-1]}"
    leading = [code for code, _ in sorted(countries.items(), key=lambda item: (-item[1], item[0]))]
    yield from (f"country:{code}" for code in leading[:6])
    if len(leading) > 1:
        yield f"main:{' '.join(sorted(leading[:2]))}"


def _of_places(reading: Reading) -> Iterator[str]:
    return (f"place:{place.geonames}" for place in reading.places if place.geonames is not None)


def _of_words(reading: Reading) -> Iterator[str]:
    """Names, numbers and words. Countries and their people are features already, and dates are compared as days."""
    article = reading.article
    seen = [when.span for when in reading.dates]
    for actor in reading.actors:
        seen += actor.mentions if actor.kind == "state" else ()
    text = f"{article.title or ''} {_without(article.text[:LONGEST], seen)}"
    common = common_words(article.language) | set(fold(article.outlet or "").split())
    names = {name for name in names_in(text) if name not in common}
    yield from (f"name:{name}" for name in names)
    yield from (
        f"number:{number}" for number in numbers_in(text) | numerals_in(text, article.language) if len(number) > 1
    )
    yield from (f"concept:{concept}" for concept in concepts_in(text, article.language))
    head = f"{article.title or ''} {article.text[:HEAD]}"
    yield from (f"head:{concept}" for concept in concepts_in(head, article.language))
    stems = stems_in(text, article.language)
    yield from (f"word:{article.language} {stem}" for stem in stems if not any(name.startswith(stem) for name in names))


def _officials(reading: Reading) -> frozenset[str]:
    """Words of the names that governments go by."""
    text = reading.article.text
    official = (actor for actor in reading.actors if actor.country and "GOV" in actor.sectors)
    return frozenset(fold(word) for actor in official for span in actor.mentions for word in span.of(text).split())


def _without(text: str, spans: Iterable[Span]) -> str:
    """The text with some spans blanked."""
    for span in spans:
        if span.end <= len(text):
            text = text[: span.start] + " " * (span.end - span.start) + text[span.end :]
    return text


def _together(known: tuple[int, int] | None, when: Interval) -> tuple[int, int]:
    first, last = when.start.toordinal(), when.end.toordinal()
    return (min(first, known[0]), max(last, known[1])) if known else (first, last)
