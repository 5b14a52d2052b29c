"""What a passage speaks of, by concepts that are the same in every language.

In: a passage and its language. Out: names of concepts, by the words of `languages/*/concepts.toml`: "flight" for "flights" and
for "voli". Names, numbers and days are the same in every language anyway; this is what two passages of different
languages can be compared by besides. It is no translation, and codes nothing.
"""

from __future__ import annotations

import functools
import re

from dragoman import languages
from dragoman.text.folding import fold

_WORD = re.compile(r"[^\W\d_]{3,}")
_INFLECTED = re.compile(r"(?<=\w{3})(?:s|[aeiou]{1,2})$")
_LONGEST = 7  # letters of a word that tell it from all others, as far as needed


def root(word: str) -> str:
    """A folded word without what inflection adds to its end, more or less."""
    return _INFLECTED.sub("", _INFLECTED.sub("", word) if word.endswith("s") else word)[:_LONGEST]


def concepts_in(text: str, language: str) -> frozenset[str]:
    """The concepts that words of the text name; none where the language has no list of them."""
    index = _index(language)
    return frozenset(concept for word in _WORD.findall(text) for concept in index.get(root(fold(word)), ()))


@functools.cache
def _index(language: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = {}
    for concept, words in languages.find(language).table("concepts").get("concepts", {}).items():
        for word in words:
            found.setdefault(root(fold(word)), set()).add(concept)
    return {word: tuple(sorted(concepts)) for word, concepts in found.items()}
