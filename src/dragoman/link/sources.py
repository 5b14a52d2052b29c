"""Whom the sources of an article's statements speak for, also where the article does not say it in full.

In: a reading, its bodies with their countries (countries.py), and who speaks where the article does so itself. Out: the tellers of
a statement. What is not told is taken from what stands nearby:

- a mere pronoun, or nothing ("it was noted"): the government that publishes the text, or whoever made the statement before;
- a name of which nothing is known but the name: that name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from dragoman.link.records import Teller
from dragoman.link.tellers import source_of
from dragoman.records import Actor, Reading, Statement
from dragoman.text.folding import fold

_PRONOUN = 4  # letters at most
_NAME = re.compile(r"[A-ZÀ-Þ][\w'’]+(?: (?:[A-ZÀ-Þ][\w'’]+|\w{1,3}(?= [A-ZÀ-Þ])))+$")


class Sources:
    """The tellers behind the statements of one article."""

    def __init__(self, reading: Reading, voice: Teller, non_state: frozenset[str]) -> None:
        self._text = reading.article.text
        self._voice = voice
        self._non_state = non_state
        self._publishes = voice.kind == "source" and " " in voice.id
        self._actors = {actor.id: actor for actor in reading.actors}
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
            return [self._voice] if self._publishes else self._before(statement)
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


def _place(statement: Statement) -> int:
    return (statement.cue or statement.content)[0].start
