"""Who says what of an event or of a statement, in one article.

In: a reading, and who speaks where its article does so itself. Out: `Voice`s. Who says what follows from the statements that
something is told in and those that deny it:

- told in no statement, it is told by the outlet in its own voice, and by whoever does it by saying it;
- told in statements, it is told by the source of the outermost one: the outlet only cites it, and whoever that source
  quotes in turn is cited by it ("The Kremlin said Xi had agreed" is the Kremlin's account, not China's);
- denied, it is denied by the source of the denial.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from dragoman.link.records import Cell, Evidence, Teller
from dragoman.link.tellers import source_of
from dragoman.records import Actor, Article, Event, Reading, Span, Statement

TELLING: Mapping[str, Cell] = {
    "assert": "asserts", "confirm": "asserts", "accuse": "asserts", "promise": "asserts", "threaten": "asserts",
    "praise": "asserts", "deny": "denies", "doubt": "hedges", "believe": "hedges",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Voice:
    """One teller's word on something, in one article. `cited_by` is the outlet that passes a source's word on."""

    teller: Teller
    stance: Cell
    evidence: Evidence
    cited_by: Teller | None = None


class Voices:
    """Who speaks in one article. `home` is the country of the government that publishes it, if one does."""

    def __init__(self, reading: Reading, voice: Teller, non_state: frozenset[str]) -> None:
        self.outlet = voice
        self.home = voice.id.split()[0] if voice.kind == "source" and " " in voice.id else None
        self._article = reading.article
        self._actors = {actor.id: self._at_home(actor, non_state) for actor in reading.actors}
        self._statements = {statement.id: statement for statement in reading.statements}
        self._non_state = non_state

    def _at_home(self, actor: Actor, non_state: frozenset[str]) -> Actor:
        """In a government's own text "the ministry" is its own."""
        if self.home and self.home not in non_state and actor.country is None and "GOV" in actor.sectors:
            return replace(actor, country=self.home)
        return actor

    def actor(self, id: str) -> Actor:
        return self._actors[id]

    def of_event(self, event: Event) -> Iterator[Voice]:
        own = evidence(self._article, event.trigger, event.id)
        if not event.according_to:
            yield Voice(self.outlet, _stance(event), own)
            yield from (Voice(source, _stance(event), own) for source in self._performing(event))
        elif told := self._telling(event.according_to):
            statement, sources = told
            stance = TELLING.get(statement.stance, "asserts")
            if stance == "asserts":
                stance = _stance(event, told_by_source=True)
            words = evidence(self._article, event.trigger, event.id, statement.id)
            yield from (Voice(source, stance, words, self.outlet) for source in sources)
        for id in event.denied_by:
            denial = self._statements[id]
            span = (denial.cue or denial.content)[0]
            for source in self._sources(denial):
                yield Voice(source, "denies", evidence(self._article, span, event.id, id), self.outlet)

    def of_statement(self, statement: Statement, span: Span) -> tuple[Voice, ...]:
        """Who tells the content of a statement; nobody where it is not told as true or untrue, or nobody is named."""
        told = self._telling(self._chain(statement))
        if told is None or statement.stance not in TELLING:
            return ()
        outer, sources = told
        stance = TELLING.get(outer.stance, "asserts") if outer is not statement else TELLING[statement.stance]
        words = evidence(self._article, span, None, statement.id)
        return tuple(Voice(source, stance, words, self.outlet) for source in sources)

    def of_sentence(self, span: Span) -> Voice:
        """The article's own voice."""
        return Voice(self.outlet, "asserts", evidence(self._article, span, None))

    def _sources(self, statement: Statement) -> list[Teller]:
        """Who makes a statement; nobody where the source is not named."""
        return _once(source_of(self._actors[id], self._non_state) for id in statement.sources)

    def _performing(self, event: Event) -> list[Teller]:
        """Those of an event's actors who do it by saying it: who asks asserts that it asks."""
        said = (s for s in self._statements.values() if any(cue.overlaps(event.trigger) for cue in s.cue))
        sources = {source for statement in said for source in statement.sources}
        return _once(source_of(self._actors[id], self._non_state) for id in event.actors if id in sources)

    def _chain(self, statement: Statement) -> list[str]:
        """A statement and those that it is told in, innermost first."""
        found = [statement.id]
        while (outer := self._statements[found[-1]].within) and outer not in found:
            found.append(outer)
        return found

    def _telling(self, chain: Sequence[str]) -> tuple[Statement, list[Teller]] | None:
        """The outermost statement of a chain that somebody named makes."""
        for id in reversed(chain):
            statement = self._statements[id]
            if statement.polarity == "affirmed" and (tellers := self._sources(statement)):
                return statement, tellers
        return None


def evidence(article: Article, span: Span, event: str | None, statement: str | None = None) -> Evidence:
    return Evidence(article.id, span, re.sub(r"\s+", " ", span.of(article.text)), event, statement)


def _once(tellers: Iterable[Teller]) -> list[Teller]:
    return list({teller.id: teller for teller in tellers}.values())


def _stance(event: Event, *, told_by_source: bool = False) -> Cell:
    """What the wording makes of it. A claim that others deny is only possible to the outlet, but asserted by its source."""
    if event.polarity == "negated":
        return "denies"
    if event.certainty in ("certain", "probable") or (told_by_source and event.denied_by):
        return "asserts"
    return "hedges"
