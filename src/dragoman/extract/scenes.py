"""A sentence in its place: what all extraction reads.

In: parsed sentences and a grammar. Out: `Scene`s, and the characters that a set of words covers.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from dragoman.parse.clauses import Clause, find_clauses
from dragoman.parse.grammar import Grammar
from dragoman.parse.words import Sentence, Word
from dragoman.records import Span

REMEMBERED = 20_000  # words whose lemma is looked up once


@dataclass(frozen=True, slots=True)
class Scene:
    """One sentence with its clauses, its number in the article, and the grammar of its language."""

    number: int
    sentence: Sentence
    clauses: tuple[Clause, ...]
    grammar: Grammar


class Lemmas:
    """Lemmas that a lexicon knows, and how inflected words lead to them where a parser guessed wrong ("bombe")."""

    def __init__(
        self, known: Mapping[str, Collection[str]], inflection: Mapping[str, str], further: Collection[str] = ()
    ) -> None:
        """`known` maps parts of speech to lemmas, `inflection` endings (regular expressions) to what replaces them. `further` are
        lemmas of any part of speech, of words that are no forms of the known ones."""
        self.known = {pos: frozenset(lemmas) for pos, lemmas in known.items()}
        self._further = frozenset(further)
        self._rules = tuple((re.compile(ending + "$"), to) for ending, to in inflection.items())
        # News brings new names every day: only so many words are remembered.
        self._found = functools.lru_cache(maxsize=REMEMBERED)(self._find)

    def of(self, word: Word) -> str:
        """The word's lemma: the parser's where the lexicon knows it, else a known one that the word may be a form of."""
        return self._found(word.text.lower(), word.lemma, word.pos)

    def _find(self, form: str, lemma: str, pos: str) -> str:
        for known in (self.known.get(pos, frozenset[str]()), self._further):
            if lemma.lower() in known:
                return lemma
            for ending, to in self._rules:
                stem, changed = ending.subn(to, form, count=1)
                if changed and stem in known:
                    return stem
        return lemma

    def correct(self, sentence: Sentence) -> Sentence:
        """The sentence with its content words' lemmas looked up."""
        if not self._rules:
            return sentence
        words = [
            replace(word, lemma=lemma) if word.pos in self.known and (lemma := self.of(word)) != word.lemma else word
            for word in sentence
        ]
        return Sentence(tuple(words))


def scenes_of(
    sentences: Sequence[Sentence], grammar: Grammar, event_nouns: Collection[str], lemmas: Lemmas
) -> tuple[Scene, ...]:
    """The sentences with their clauses, lemmas corrected."""
    sentences = [lemmas.correct(sentence) for sentence in sentences]
    return tuple(
        Scene(number, sentence, find_clauses(sentence, grammar, event_nouns), grammar)
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
