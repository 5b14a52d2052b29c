"""A sentence in its place: what all extraction reads.

In: parsed sentences and a grammar. Out: `Scene`s, and the characters that a set of words covers.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from dragoman.parse.clauses import Clause, find_clauses
from dragoman.parse.grammar import Grammar
from dragoman.parse.words import Sentence
from dragoman.records import Span


@dataclass(frozen=True, slots=True)
class Scene:
    """One sentence with its clauses and its number in the article."""

    number: int
    sentence: Sentence
    clauses: tuple[Clause, ...]


def scenes_of(sentences: Sequence[Sentence], grammar: Grammar, event_nouns: Collection[str]) -> tuple[Scene, ...]:
    """The sentences with their clauses."""
    return tuple(
        Scene(number, sentence, find_clauses(sentence, grammar, event_nouns))
        for number, sentence in enumerate(sentences)
    )


def spans_of(sentence: Sentence, words: Collection[int], text: str) -> tuple[Span, ...]:
    """The characters of the words, one span a run; stops and commas at the edges of a run are left out."""
    runs: list[list[int]] = []
    for index in sorted(words):
        if runs and index == runs[-1][-1] + 1:
            runs[-1].append(index)
        else:
            runs.append([index])
    found: list[Span] = []
    for run in runs:
        while run and _is_edge(sentence[run[0]].text):
            run.pop(0)
        while run and _is_edge(sentence[run[-1]].text):
            run.pop()
        if run:
            found.append(Span(sentence[run[0]].start, sentence[run[-1]].end))
    return tuple(found)


def _is_edge(word: str) -> bool:
    return all(not c.isalnum() and c not in "\"'“”«»„‘’()%$€£" for c in word)
