"""What a passage speaks of, by concepts that are the same in every language.

In: a passage and its language. Out: names of concepts, by the words of `languages/*/concepts.toml`: "flight" for "flights" and
for "voli". Names, numbers and days are the same in every language anyway; this is what two passages of different
languages can be compared by besides. It is no translation, and codes nothing.
"""

from __future__ import annotations

import functools
import re

from dragoman import languages
from dragoman.link.words import common_words
from dragoman.text.folding import fold, root

_WORD = re.compile(r"[^\W\d_]{3,}")


def concepts_in(text: str, language: str) -> frozenset[str]:
    """The concepts that words of the text name; none where the language has no list of them."""
    index = _index(language)
    common = common_words(language)
    words = {fold(word) for word in _WORD.findall(text)} - common
    return frozenset(concept for word in words for concept in index.get(root(word), ()))


@functools.cache
def _index(language: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = {}
    for concept, words in languages.find(language).table("concepts").get("concepts", {}).items():
        for word in words:
            found.setdefault(root(fold(word)), set()).add(concept)
    return {word: tuple(sorted(concepts)) for word, concepts in found.items()}
