"""Of what country a body is that its article names without one: "the army", "the interior ministry", "a spokesman".

In: the readings of a story's articles, and who speaks in each. Out: the same readings, their actors with the country that follows
from what stands around, the first of these that tells one:

- the government that publishes the text; a place or a party within the words that name a source;
- a person or body of that name in another article of the story;
- the place that the report is filed from; the bodies of this kind that the article names in full, where all are of one country;
- the country that the article, or else the story, has far more to do with than with any other;
- the country that was named last in the same paragraph.

Only bodies that every state has are of a country in this way, and their people; and armed groups, where the article has one alone.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from dragoman.link.records import Teller
from dragoman.records import Actor, Place, Reading, Span
from dragoman.text.folding import fold

_OF_STATES = frozenset({"GOV", "MIL", "COP", "SPY", "JUD", "LEG", "MED", "OPP"})  # bodies that every state has
_ARMED = frozenset({"REB", "PRM", "UAF"})
_FAR_MORE = 2  # times as often named
_FEWEST = 3  # mentions that make a country the one that it is about
_DATELINE = re.compile(r"^(?:\([^)\n]*\) *)?[^\n]{3,70}?(?: [-–—] |: )")


@dataclass(frozen=True, slots=True)
class _Story:
    """What all articles of a story tell of countries."""

    named: Mapping[str, Actor]  # by name, those of whom all articles say the same
    leading: str | None


@dataclass(slots=True)
class _Seen:
    countries: set[str] = field(default_factory=set[str])
    actors: list[Actor] = field(default_factory=list[Actor])


def with_countries(
    readings: Sequence[Reading], voices: Mapping[str, Teller], non_state: frozenset[str]
) -> list[Reading]:
    """The readings of a story with the countries of bodies that are named without one. `voices`: who speaks in each article."""
    counted: Counter[str] = Counter()
    for reading in readings:
        counted += _counted(reading, non_state)
    story = _Story(_by_name(readings), _leading(counted))
    return [_completed(reading, voices[reading.article.id], story, non_state) for reading in readings]


def _completed(reading: Reading, voice: Teller, story: _Story, non_state: frozenset[str]) -> Reading:
    article = _Article(reading, voice, story, non_state)
    actors = tuple(article.completed(actor) for actor in reading.actors)
    return reading if actors == reading.actors else replace(reading, actors=actors)


class _Article:
    """What one article tells of countries."""

    def __init__(self, reading: Reading, voice: Teller, story: _Story, non_state: frozenset[str]) -> None:
        self._reading = reading
        self._story = story
        self._non_state = non_state
        code, _, sector = voice.id.partition(" ")
        self._home = code if voice.kind == "source" and sector and code not in non_state else None
        dateline = _DATELINE.match(reading.article.text)
        self._filed_from = self._only(Span(dateline.start(), dateline.end())) if dateline else None
        self._leading = _leading(_counted(reading, non_state))

    def completed(self, actor: Actor) -> Actor:
        """The actor with the country that it is of."""
        if actor.country:
            return actor
        known = self._story.named.get(fold(actor.name))
        sector = actor.sectors[0] if actor.sectors else None
        if known:
            return replace(actor, country=known.country, sectors=actor.sectors or known.sectors)
        if sector in _ARMED and actor.kind in ("group", "organization"):
            armed = [one for one in self._reading.actors if one.country and _ARMED & {*one.sectors[:1]}]
            if len({one.country for one in armed}) == 1:
                return replace(actor, country=armed[0].country, sectors=armed[0].sectors)
        if sector not in _OF_STATES:
            return actor
        country = next(filter(None, self._countries(actor, sector)), None)
        return replace(actor, country=country) if country else actor

    def _countries(self, actor: Actor, sector: str) -> Iterator[str | None]:
        if sector == "GOV":
            yield self._home
        yield self._only(self._said_by(actor))
        yield self._filed_from
        alike = {one.country for one in self._reading.actors if one.country and sector in one.sectors}
        alike -= self._non_state
        yield next(iter(alike)) if len(alike) == 1 else None
        yield self._leading
        yield self._story.leading
        yield self._before(actor.mentions[0])

    def _said_by(self, actor: Actor) -> Span | None:
        spans = (s.source_span for s in self._reading.statements if actor.id in s.sources)
        return next(filter(None, spans), None)

    def _only(self, span: Span | None) -> str | None:
        """The country of the places and parties in a span, where they are all of one."""
        found = {country for country, at in _mentions(self._reading, self._non_state) if span and span.covers(at)}
        return next(iter(found)) if len(found) == 1 else None

    def _before(self, mention: Span) -> str | None:
        """The country that was named last in the same paragraph."""
        paragraph = self._reading.article.text.rfind("\n", 0, mention.start) + 1
        found = [
            (at.start, country)
            for country, at in _mentions(self._reading, self._non_state)
            if paragraph <= at.start and at.end <= mention.start
        ]
        return max(found)[1] if found else None


def _mentions(reading: Reading, non_state: frozenset[str]) -> Iterator[tuple[str, Span]]:
    """Every mention of a place or party that is of a country."""
    named: tuple[Actor | Place, ...] = (*reading.actors, *reading.places)
    return ((one.country, at) for one in named if one.country and one.country not in non_state for at in one.mentions)


def _counted(reading: Reading, non_state: frozenset[str]) -> Counter[str]:
    return Counter(country for country, _ in _mentions(reading, non_state))


def _leading(counted: Counter[str]) -> str | None:
    """The country that is named far more often than any other."""
    first, second = (*counted.most_common(2), ("", 0), ("", 0))[:2]
    return first[0] if first[1] >= max(_FEWEST, _FAR_MORE * second[1]) else None


def _by_name(readings: Iterable[Reading]) -> dict[str, Actor]:
    """Persons and bodies whose country an article of the story tells, by their names of two words and more."""
    seen: defaultdict[str, _Seen] = defaultdict(_Seen)
    for actor in (actor for reading in readings for actor in reading.actors if actor.country):
        if " " in actor.name and actor.kind in ("person", "organization"):
            one = seen[fold(actor.name)]
            one.countries.add(actor.country or "")
            one.actors.append(actor)
    return {
        name: max(one.actors, key=lambda actor: bool(actor.sectors))
        for name, one in seen.items()
        if len(one.countries) == 1
    }
