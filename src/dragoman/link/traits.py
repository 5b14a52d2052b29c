"""What a passage is compared by with passages of other articles.

In: a reading. Out: for any of its passages the `Traits`: the words and concepts of its predicate, of itself and of what is embedded
in it; who takes part; its days, places, numbers and names; who says it. Words tell within a language, all else across them.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any

from dragoman.link.concepts import concepts_in
from dragoman.link.happenings import happenings_in
from dragoman.link.hints import types_hinted
from dragoman.link.words import names_in, numbers_in, numerals_in, stems_in
from dragoman.records import Actor, Interval, Reading, Span
from dragoman.text.folding import fold

CONCEPT = "="  # what the name of a concept begins with, and no word does
UNKNOWN = "~"  # what the name of a party begins with whose country is not known
_Words = frozenset[str]
_NONE: _Words = frozenset()


@dataclass(frozen=True, slots=True)
class Traits:
    """The traits of a passage. Its own words are those outside the names of parties; words are stems, or concepts with a "=".

    `predicate` has the words of the predicate, `own` the others of the passage, `inner` those of the passages within it, `above`
    those of the predicates that it is embedded in, `around` all of its sentence. A party is a country, "country:sector" or
    a name with a "~"; `parties` are all those in the passage, `beside` in its sentence.
    """

    sentence: int
    predicate: _Words = _NONE
    own: _Words = _NONE
    inner: _Words = _NONE
    above: _Words = _NONE
    around: _Words = _NONE
    subjects: _Words = _NONE
    objects: _Words = _NONE
    parties: _Words = _NONE
    beside: _Words = _NONE
    sources: _Words = _NONE
    numbers: _Words = _NONE
    names: _Words = _NONE
    places: _Words = _NONE
    hints: _Words = _NONE
    days: frozenset[Interval] = frozenset()
    named: Mapping[str, float] = field(default_factory=dict[str, float])
    happenings: Mapping[str, float] = field(default_factory=dict[str, float])
    cue: bool = False

    @property
    def all(self) -> _Words:
        """What tells it from others: its words, and the marks that are the same in every language."""
        return self.predicate | self.own | self.inner | self.parties | self.numbers | self.names

    def joined(self, others: Iterable[Traits]) -> Traits:
        """The traits of something that is told in several passages, of which this is the first."""
        changes: dict[str, Any] = {}
        for part in fields(self):
            values = [getattr(one, part.name) for one in (self, *others)]
            if isinstance(values[0], frozenset):
                changes[part.name] = frozenset[Any]().union(*values)
            elif isinstance(values[0], dict):
                changes[part.name] = _strongest(values)
        return replace(self, **changes)


def _strongest(some: Iterable[Mapping[str, float]]) -> dict[str, float]:
    found: dict[str, float] = {}
    for one in some:
        for name, weight in one.items():
            found[name] = max(weight, found.get(name, 0.0))
    return found


class TraitsOf:
    """The traits of the passages of one article."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._text = reading.article.text
        self._language = reading.article.language
        self._named = [(mention, party_of(actor)) for actor in reading.actors for mention in actor.mentions]
        self._days = [(when.span, when.interval) for when in reading.dates if when.interval and when.interval.day]
        self._places = [(span, str(p.geonames)) for p in reading.places if p.geonames for span in p.mentions]
        self._sources = {actor.id: actor.country or fold(actor.name) for actor in reading.actors}
        self._children: dict[int, list[int]] = defaultdict(list)
        self._sentences: dict[Span, int] = {}
        self._about: dict[Span, dict[str, frozenset[str]]] = {}
        for number, passage in enumerate(reading.passages):
            self._sentences.setdefault(passage.sentence, len(self._sentences))
            if passage.within is not None:
                self._children[passage.within].append(number)

    def of(self, number: int) -> Traits:
        """The traits of the passage of that number."""
        passage = self._reading.passages[number]
        below = self.words_below(number)
        spans = (*passage.words, *below)
        trigger = passage.trigger[0]
        return Traits(
            sentence=self._sentences[passage.sentence],
            predicate=self._words(passage.trigger, named=True),
            own=self._words(passage.words, without=passage.trigger),
            inner=self._words(below),
            above=self._words([span for other in self.above(number) for span in self._reading.passages[other].trigger]),
            subjects=self._parties(passage.subjects),
            objects=self._parties(passage.objects),
            parties=self._parties(spans),
            sources=self._sources_of(trigger),
            named=happenings_in(" ".join(span.of(self._text) for span in passage.trigger), self._language),
            happenings=happenings_in(" ".join(text for span in spans for text in self._unnamed(span)), self._language),
            hints=types_hinted(" ".join(span.of(self._text) for span in passage.trigger), self._language),
            cue=any(cue.overlaps(trigger) for statement in self._reading.statements for cue in statement.cue),
            **self._marks(spans),
            **self._around(passage.sentence),
        )

    def _around(self, sentence: Span) -> dict[str, Any]:
        if sentence not in self._about:
            self._about[sentence] = {"around": self._words([sentence]), "beside": self._parties([sentence])}
        return self._about[sentence]

    def _marks(self, spans: Sequence[Span]) -> dict[str, Any]:
        """Numbers, names, places and days: what is the same in every language."""
        written = " ".join(span.of(self._text) for span in spans)
        plain = " ".join(text for span in spans for text in self._unnamed(span))
        return {
            "numbers": numbers_in(written) | numerals_in(written, self._language),
            "names": names_in(plain),
            "places": frozenset(place for where, place in self._places if any(span.overlaps(where) for span in spans)),
            "days": frozenset(day for where, day in self._days if any(span.overlaps(where) for span in spans)),
        }

    def _words(self, spans: Iterable[Span], named: bool = False, without: Sequence[Span] = ()) -> frozenset[str]:
        """Stems and concepts of the words of the spans, those of parties' names left out unless `named`."""
        found: set[str] = set()
        for span in spans:
            for start, end in ((span.start, span.end),) if named else self._plain(span):
                for other in sorted(without, key=lambda one: one.start):
                    if start <= other.start < end:
                        found |= self._stems(start, other.start)
                        start = max(start, other.end)
                found |= self._stems(start, end)
        return frozenset(found)

    def _stems(self, start: int, end: int) -> frozenset[str]:
        text = self._text[start:end]
        return stems_in(text, self._language) | {f"{CONCEPT}{name}" for name in concepts_in(text, self._language)}

    def _unnamed(self, span: Span) -> Iterator[str]:
        return (self._text[start:end] for start, end in self._plain(span))

    def _plain(self, span: Span) -> Iterator[tuple[int, int]]:
        """The stretches of a span between the names of parties."""
        start = span.start
        for name, _ in self._ordered:
            if name.end <= start:
                continue
            if name.start >= span.end:
                break
            if start < name.start:
                yield start, name.start
            start = max(start, name.end)
        if start < span.end:
            yield start, span.end

    @functools.cached_property
    def _ordered(self) -> list[tuple[Span, str]]:
        return sorted(self._named, key=lambda pair: (pair[0].start, pair[0].end))

    def _parties(self, spans: Iterable[Span]) -> frozenset[str]:
        spans = tuple(spans)
        return frozenset(party for name, party in self._named if any(span.overlaps(name) for span in spans))

    def _sources_of(self, trigger: Span) -> frozenset[str]:
        """Who says it, by country or name."""
        return frozenset(
            self._sources[source]
            for statement in self._reading.statements
            if any(content.overlaps(trigger) for content in statement.content)
            for source in statement.sources
        )

    def below(self, number: int) -> list[int]:
        """The numbers of the passages within a passage, at any depth."""
        found: dict[int, None] = {}
        todo = [*self._children[number]]
        while todo:
            if (other := todo.pop()) not in found and other != number:
                found[other] = None
                todo += self._children[other]
        return sorted(found)

    def words_below(self, number: int) -> list[Span]:
        """The words of the passages within a passage."""
        return [span for other in self.below(number) for span in self._reading.passages[other].words]

    def above(self, number: int) -> list[int]:
        """The numbers of the passages that a passage is within, the nearest first."""
        found: list[int] = []
        passages = self._reading.passages
        above = passages[number].within
        while above is not None and above != number and above not in found and above < len(passages):
            found.append(above)
            above = passages[above].within
        return found


def party_of(actor: Actor) -> str:
    """How a party is compared: a state with its government is one, its other parts are told apart by sector."""
    if not actor.country:
        return UNKNOWN + (fold(actor.name).split() or [""])[-1]
    if actor.kind == "state" or "GOV" in actor.sectors:
        return actor.country
    return f"{actor.country}:{actor.sectors[0] if actor.sectors else fold(actor.name)}"


def country_of(party: str) -> str:
    """The country of a party, or its name where that is not known."""
    return party if party.startswith(UNKNOWN) else party.partition(":")[0]
