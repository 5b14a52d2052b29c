"""What types of event the words of a passage may name, whether or not an event was found in it.

In: a passage and its language. Out: PLOVER types, by the predicates of the event lexicon. Where a reading has no event
("la rissa", "a brawl"), or has it under another type, this is what still tells that two passages, in whatever languages, may
tell of one happening. It is a hint, never an event.
"""

from __future__ import annotations

import functools
import re
from collections import defaultdict

from dragoman import languages, ontology
from dragoman.extract.rules import load_rules
from dragoman.link.words import STEM
from dragoman.text.folding import fold

_SHORTEST = 4  # letters of a predicate that says enough
_MOST = 3  # types that one predicate may hint at; more say nothing
_WORDS = re.compile(r"[^\W\d_]+")


def types_hinted(text: str, language: str) -> frozenset[str]:
    """The types that words of the text may name."""
    stems = {fold(word)[:STEM] for word in _WORDS.findall(text)}
    index = _predicates(language)
    return frozenset(type for stem in stems for others, type in index.get(stem, ()) if others <= stems)


@functools.cache
def _predicates(language: str) -> dict[str, tuple[tuple[frozenset[str], str], ...]]:
    """The predicates of a language's rules: the stem of the first word, those of the others, and the type."""
    if language not in languages.installed():
        return {}
    of = languages.load(language)
    light = {fold(verb) for verb in of.facts["light_verbs"]}
    types: dict[tuple[str, frozenset[str]], set[str]] = defaultdict(set)
    for rule in load_rules(of, ontology.load()).rules:
        for kind, words in rule.patterns:
            first = fold(words[0])
            if len(first) >= _SHORTEST and kind != "adjective" and not (len(words) == 1 and first in light):
                types[first[:STEM], frozenset(fold(word)[:STEM] for word in words[1:])].add(rule.event)
    index: dict[str, list[tuple[frozenset[str], str]]] = defaultdict(list)
    for (first, others), named in types.items():
        if len(named) <= _MOST:
            index[first] += [(others, type) for type in sorted(named)]
    return {first: tuple(found) for first, found in index.items()}
