"""What types of event the words of a passage may name, whether or not an event was found in it.

In: a passage and its language. Out: PLOVER types, by the predicates of the event lexicon, with the words that may name them.
Where a reading has no event ("la rissa", "a brawl"), or has it under another type, this is what still tells that two passages, in
whatever languages, may tell of one happening. It is a hint, never an event.
"""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from dataclasses import dataclass

from dragoman import languages, ontology
from dragoman.extract.rules import load_rules
from dragoman.link.words import STEM
from dragoman.records import Span
from dragoman.text.folding import fold, root

_SHORTEST = 4  # letters of a predicate that says enough
_MOST = 3  # types that one predicate may hint at; more say nothing
_ENDING = 3  # letters in which the forms of a verb differ
_WORDS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Hint:
    """Words that may name an event of one of the types."""

    span: Span
    types: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Predicate:
    first: str
    others: frozenset[str]
    verbal: bool
    type: str

    def fits(self, word: str, around: frozenset[str], bare: bool) -> bool:
        """Whether a word is a form of it. A verb's bare form counts only where `bare`: "house" and "march" are nouns."""
        if self.others and not self.others <= around:
            return False
        if not self.verbal:
            return root(word) == root(self.first)
        if word == self.first:
            return bare
        kept = len(self.first) - _ENDING
        return word[:kept] == self.first[:kept] and len(word) <= kept + 2 * _ENDING


def types_hinted(text: str, language: str) -> frozenset[str]:
    """The types that words of the text may name."""
    return frozenset[str]().union(*(hint.types for hint in hints_in(text, language)))


def hints_in(text: str, language: str, start: int = 0) -> list[Hint]:
    """The words of a text that may name an event. `start`: where the text begins in its article."""
    index = _predicates(language)
    words = [(match, fold(match.group())) for match in _WORDS.finditer(text)]
    around = frozenset(word[:STEM] for _, word in words)
    before = _before_bare(language)
    found: list[Hint] = []
    for number, (match, word) in enumerate(words):
        bare = number > 0 and words[number - 1][1] in before
        types = {one.type for one in index.get(word[:STEM], ()) if one.fits(word, around, bare)}
        if 0 < len(types) <= _MOST:
            found.append(Hint(Span(start + match.start(), start + match.end()), frozenset(types)))
    return found


@functools.cache
def _before_bare(language: str) -> frozenset[str]:
    """Words that the bare form of a verb follows: "not", "will"."""
    grammar = languages.find(language).facts_of("grammar")
    return frozenset(fold(word) for name in ("negations", "auxiliaries") for word in grammar.get(name, ()))


@functools.cache
def _predicates(language: str) -> dict[str, tuple[_Predicate, ...]]:
    """The predicates of a language's rules, by the stem of the first word."""
    of = languages.find(language)
    light = {fold(verb) for verb in of.facts["light_verbs"]}
    types: dict[tuple[str, frozenset[str], bool], set[str]] = defaultdict(set)
    for rule in load_rules(of, ontology.load()).rules:
        for kind, words in rule.patterns:
            first = fold(words[0])
            if len(first) >= _SHORTEST and kind != "adjective" and not (len(words) == 1 and first in light):
                types[first, frozenset(fold(word)[:STEM] for word in words[1:]), kind == "verb"].add(rule.event)
    index: dict[str, list[_Predicate]] = defaultdict(list)
    for (first, others, verbal), named in types.items():
        if len(named) <= _MOST:
            index[first[:STEM]] += [_Predicate(first, others, verbal, type) for type in sorted(named)]
    return {first: tuple(found) for first, found in index.items()}
