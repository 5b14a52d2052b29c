"""Whom the sources of an article's statements speak for, also where the article does not say it in full.

In: a reading, and who speaks where the article does so itself. Out: the tellers of a statement. What is not told is taken from what
stands nearby, in this order:

- "the ministry", "police": the country of the government that publishes the text; of a place or a party within the source's own
  words; of the place that the report is filed from; of the only body of this kind that the article names in full;
- a mere pronoun, or nothing ("it was noted"): the government that publishes the text, or whoever made the statement before;
- a name of which nothing is known but the name: that name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from dragoman.link.records import Teller
from dragoman.link.tellers import source_of
from dragoman.records import Actor, Reading, Span, Statement
from dragoman.text.folding import fold

_OF_STATES = frozenset({"GOV", "MIL", "COP", "SPY", "JUD", "LEG", "MED"})  # bodies that every state has
_PRONOUN = 4  # letters at most
_DATELINE = re.compile(r"^(?:\([^)\n]*\) *)?[^\n]{3,70}?(?: [-–—] |: )")
_NAME = re.compile(r"[A-ZÀ-Þ][\w'’]+(?: (?:[A-ZÀ-Þ][\w'’]+|\w{1,3}(?= [A-ZÀ-Þ])))+$")


class Sources:
    """The tellers behind the statements of one article."""

    def __init__(self, reading: Reading, voice: Teller, non_state: frozenset[str]) -> None:
        self._text = reading.article.text
        self._reading = reading
        self._voice = voice
        self._non_state = non_state
        self._home = voice.id.split()[0] if voice.kind == "source" and " " in voice.id else None
        self._filed_from = self._only_country(m) if (m := self._dateline()) else None
        self._actors = {actor.id: self._completed(actor) for actor in reading.actors}
        self._ordered = sorted(reading.statements, key=_place)

    def actor(self, id: str) -> Actor:
        return self._actors[id]

    def tellers(self, ids: Iterable[str]) -> list[Teller]:
        found = (source_of(self._actors[id], self._non_state) for id in ids)
        return list({teller.id: teller for teller in found}.values())

    def of(self, statement: Statement) -> list[Teller]:
        """Who makes a statement; nobody where nothing tells who it is."""
        if statement.sources:
            return self.tellers(statement.sources)
        span = statement.source_span
        words = span.of(self._text) if span else ""
        if len(words) <= _PRONOUN:
            return [self._voice] if self._home else self._before(statement)
        if named := _NAME.search(words):
            return [Teller(f"name:{fold(named.group())}", named.group(), "source")]
        return []

    def _before(self, statement: Statement) -> list[Teller]:
        """Who said what stands before in the same paragraph, or the same words."""
        for other in self._ordered:
            if other is not statement and other.sources and other.content == statement.content:
                return self.tellers(other.sources)
        if statement.source_span is None:
            return []
        earlier = [other for other in self._ordered if _place(other) < _place(statement) and other.sources]
        if not earlier or "\n\n" in self._text[_place(earlier[-1]) : _place(statement)]:
            return []
        return self.tellers(earlier[-1].sources)

    def _completed(self, actor: Actor) -> Actor:
        """An actor with the country that it is of, where that is told elsewhere."""
        sector = actor.sectors[0] if actor.sectors else None
        if actor.country or sector not in _OF_STATES:
            return actor
        if self._home and self._home not in self._non_state and sector == "GOV":
            return replace(actor, country=self._home)
        told = {one.country for one in self._reading.actors if one.country and sector in one.sectors}
        alike = {country for country in told if country not in self._non_state}
        around = self._only_country(self._said_by(actor))
        country = around or self._filed_from or (next(iter(alike)) if len(alike) == 1 else None)
        return replace(actor, country=country) if country else actor

    def _said_by(self, actor: Actor) -> Span | None:
        spans = (s.source_span for s in self._reading.statements if actor.id in s.sources)
        return next(filter(None, spans), None)

    def _dateline(self) -> Span | None:
        match = _DATELINE.match(self._text)
        return Span(match.start(), match.end()) if match else None

    def _only_country(self, span: Span | None) -> str | None:
        """The country of the places and parties in a span, where they are all of one."""
        if span is None:
            return None
        named = (*self._reading.actors, *self._reading.places)
        found = {one.country for one in named if one.country and any(span.covers(m) for m in one.mentions)}
        found -= self._non_state
        return next(iter(found)) if len(found) == 1 else None


def _place(statement: Statement) -> int:
    return (statement.cue or statement.content)[0].start
