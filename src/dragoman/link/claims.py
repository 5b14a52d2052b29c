"""What an article tells: each event and each claim once, with who says what of it.

In: the readings of a story. Out: `Claim`s. A claim is an event, or what a source says that no event type covers. Who says what
of it follows from the statements that it is told in and those that deny it:

- told in no statement, it is told by the outlet in its own voice;
- told in statements, it is told by the source of the outermost one: the outlet only cites it, and whoever that source
  quotes in turn is cited by it ("The Kremlin said Xi had agreed" is the Kremlin's account, not China's);
- denied, it is denied by the source of the denial.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from dragoman.link.profile import party_code
from dragoman.link.records import Cell, Evidence, Teller
from dragoman.link.tellers import source_of
from dragoman.link.words import names_in, numbers_in, stems_in
from dragoman.records import Actor, Article, Count, Event, Interval, Place, Reading, Span, Statement
from dragoman.text.folding import fold

_TELLING: Mapping[str, Cell] = {
    "assert": "asserts", "confirm": "asserts", "accuse": "asserts", "promise": "asserts", "threaten": "asserts",
    "praise": "asserts", "deny": "denies", "doubt": "hedges", "believe": "hedges",
}  # fmt: skip
_FEWEST = 3  # words that tell something, for what is said to be a claim of its own


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody who takes part: the country where it is known, else what it is, and the name."""

    code: str | None
    name: str

    def same_as(self, other: Party) -> bool:
        """Whether both may be one, or one of them part of the other: "China" and "Xi Jinping"."""
        if self.code and other.code:
            return self.code == other.code
        return self.name == other.name or bool(set(self.name.split()) & set(other.name.split()))


@dataclass(frozen=True, slots=True)
class Voice:
    """One teller's word on a claim, in one article. `cited_by` is the outlet that passes a source's word on."""

    teller: Teller
    stance: Cell
    evidence: Evidence
    cited_by: Teller | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """An event or a statement of one article, with all that it is compared by."""

    article: Article
    key: str
    type: str | None
    quad: str | None
    score: float | None
    modes: frozenset[str]
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    codes: tuple[tuple[str, ...], tuple[str, ...]]
    when: Interval | None
    place: Place | None
    background: bool
    future: bool
    counts: tuple[Count, ...]
    trigger: Span
    sentence: Span
    stems: frozenset[str]
    marks: frozenset[str]
    voices: tuple[Voice, ...]

    @property
    def words(self) -> str:
        """The words that name it."""
        return " ".join(self.trigger.of(self.article.text).split())

    @property
    def parties(self) -> tuple[Party, ...]:
        return (*self.actors, *self.recipients)


def claims_of(reading: Reading, voice: Teller, non_state: frozenset[str]) -> list[Claim]:
    """The claims of an article in the order of their words. `voice`: who speaks where the article does so itself."""
    teller = _Tellers(reading, voice, non_state)
    found = [_of_event(event, reading, teller) for event in reading.events if event.time != "habitual"]
    found += _of_statements(reading, teller)
    return sorted(found, key=lambda claim: (claim.trigger, claim.key))


class _Tellers:
    """Who speaks in one article."""

    def __init__(self, reading: Reading, outlet: Teller, non_state: frozenset[str]) -> None:
        self.outlet = outlet
        self._reading = reading
        self._actors = {actor.id: actor for actor in reading.actors}
        self._statements = {statement.id: statement for statement in reading.statements}
        self._non_state = non_state

    def actor(self, id: str) -> Actor:
        return self._actors[id]

    def statement(self, id: str) -> Statement:
        return self._statements[id]

    def sources(self, statement: Statement) -> list[Teller]:
        """Who makes a statement; nobody where the source is not named."""
        found = (source_of(self._actors[id], self._non_state) for id in statement.sources)
        return list({teller.id: teller for teller in found}.values())

    def performing(self, event: Event) -> list[Teller]:
        """Those of an event's actors who do it by saying it: who asks asserts that it asks."""
        said = (s for s in self._reading.statements if any(cue.overlaps(event.trigger) for cue in s.cue))
        sources = {source for statement in said for source in statement.sources}
        found = (source_of(self._actors[id], self._non_state) for id in event.actors if id in sources)
        return list({teller.id: teller for teller in found}.values())

    def chain(self, statement: Statement) -> list[str]:
        """A statement and those that it is told in, innermost first."""
        found = [statement.id]
        while (outer := self._statements[found[-1]].within) and outer not in found:
            found.append(outer)
        return found

    def telling(self, chain: Sequence[str]) -> tuple[Statement, list[Teller]] | None:
        """The outermost statement of a chain that somebody named makes."""
        for id in reversed(chain):
            statement = self._statements[id]
            if statement.polarity == "affirmed" and (tellers := self.sources(statement)):
                return statement, tellers
        return None


def _of_event(event: Event, reading: Reading, tellers: _Tellers) -> Claim:
    dates = {when.id: when.interval for when in reading.dates}
    places = {place.id: place for place in reading.places}
    actors, recipients = _parties(map(tellers.actor, event.actors)), _parties(map(tellers.actor, event.recipients))
    text, language = event.sentence.of(reading.article.text), reading.article.language
    return Claim(
        article=reading.article, key=event.id, type=event.type, quad=event.quad, score=event.score,
        modes=frozenset(event.modes), actors=actors, recipients=recipients,
        codes=(_codes(map(tellers.actor, event.actors)), _codes(map(tellers.actor, event.recipients))),
        when=dates.get(event.date or ""), place=places.get(event.place or ""), background=event.background,
        future=event.time == "future", counts=event.counts, trigger=event.trigger, sentence=event.sentence,
        stems=stems_in(text, language), marks=names_in(text) | numbers_in(text),
        voices=tuple(_voices(event, reading.article, tellers)),
    )  # fmt: skip


def _voices(event: Event, article: Article, tellers: _Tellers) -> Iterator[Voice]:
    own = _evidence(article, event.trigger, event.id)
    if not event.according_to:
        yield Voice(tellers.outlet, _stance(event), own)
        for source in tellers.performing(event):
            yield Voice(source, _stance(event), own)
    elif told := tellers.telling(event.according_to):
        statement, sources = told
        stance = _TELLING.get(statement.stance, "asserts")
        if stance == "asserts":
            stance = _stance(event, told_by_source=True)
        evidence = _evidence(article, event.trigger, event.id, statement.id)
        yield from (Voice(source, stance, evidence, tellers.outlet) for source in sources)
    for id in event.denied_by:
        denial = tellers.statement(id)
        span = (denial.cue or denial.content)[0]
        for source in tellers.sources(denial):
            yield Voice(source, "denies", _evidence(article, span, event.id, id), tellers.outlet)


def _stance(event: Event, *, told_by_source: bool = False) -> Cell:
    """What the wording makes of it. A claim that others deny is only possible to the outlet, but asserted by its source."""
    if event.polarity == "negated":
        return "denies"
    if event.certainty in ("certain", "probable") or (told_by_source and event.denied_by):
        return "asserts"
    return "hedges"


def _of_statements(reading: Reading, tellers: _Tellers) -> Iterator[Claim]:
    """What sources say that no event covers: a claim each, so that nothing that is told is lost."""
    text, language = reading.article.text, reading.article.language
    covered = [event.trigger for event in reading.events]
    seen: list[Span] = []
    for statement in reading.statements:
        told = tellers.telling(tellers.chain(statement))
        if told is None or statement.stance not in _TELLING or not statement.content:
            continue
        outer, sources = told
        stance = _TELLING.get(outer.stance, "asserts") if outer is not statement else _TELLING[statement.stance]
        span = Span(statement.content[0].start, statement.content[-1].end)
        words = span.of(text)
        stems = stems_in(words, language)
        repeated = any(span.overlaps(other) for other in (*covered, *seen))
        if repeated or len(stems) < _FEWEST:
            continue
        seen.append(span)
        actors = _parties(tellers.actor(id) for id in statement.sources)
        evidence = _evidence(reading.article, span, None, statement.id)
        yield Claim(
            article=reading.article, key=statement.id, type=None, quad=None, score=None, modes=frozenset(),
            actors=actors, recipients=(), codes=(_codes(map(tellers.actor, statement.sources)), ()), when=None,
            place=None, background=False, future=False, counts=(), trigger=span, sentence=span, stems=stems,
            marks=names_in(words) | numbers_in(words),
            voices=tuple(Voice(source, stance, evidence, tellers.outlet) for source in sources),
        )  # fmt: skip


def _parties(actors: Iterable[Actor]) -> tuple[Party, ...]:
    return tuple(Party(party_code(actor), fold(actor.name)) for actor in actors)


def _codes(actors: Iterable[Actor]) -> tuple[str, ...]:
    """How parties are shown: country and sector, or the name."""
    return tuple(dict.fromkeys(actor.code for actor in actors))


def _evidence(article: Article, span: Span, event: str | None, statement: str | None = None) -> Evidence:
    return Evidence(article.id, span, re.sub(r"\s+", " ", span.of(article.text)), event, statement)
