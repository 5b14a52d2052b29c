"""What kinds of happening a passage may tell of, whatever its words.

In: a passage and its language. Out: names of happenings with how strongly the words speak of each, by
`languages/*/happenings.toml`: "sent home" and "dichiarati persone non grate" both speak of an expulsion. It codes nothing: it
only says how alike two passages are.
"""

from __future__ import annotations

import functools
import heapq
import math
import re
from collections.abc import Mapping

from dragoman.languages import find
from dragoman.link.words import common_words
from dragoman.text.folding import fold, root

_WORD = re.compile(r"[^\W\d_]{3,}")
_MOST = 8  # happenings that a passage is taken to speak of
_NAMED = 2.0  # a noun that names it, against a word that goes with it


def happenings_in(text: str, language: str) -> dict[str, float]:
    """The happenings that the words of a text speak of most."""
    index = _index(language)
    found: dict[str, float] = {}
    common = common_words(language)
    for word in {root(word) for word in map(fold, _WORD.findall(text)) if word not in common}:
        for name, weight in index.get(word, {}).items():
            found[name] = found.get(name, 0.0) + weight
    return dict(heapq.nsmallest(_MOST, found.items(), key=lambda item: (-item[1], item[0])))


def alike(some: Mapping[str, float], others: Mapping[str, float]) -> float:
    """From 0 to 1 how alike what two passages speak of is (cosine)."""
    shared = sum(weight * others[name] for name, weight in some.items() if name in others)
    if not shared:
        return 0.0
    return shared / math.sqrt(sum(w * w for w in some.values()) * sum(w * w for w in others.values()))


@functools.cache
def _index(language: str) -> dict[str, dict[str, float]]:
    """By root of a word the happenings that it speaks of: the fewer, the more it tells."""
    table = find(language).table("happenings")
    strength: dict[str, dict[str, float]] = {}
    for name, told in table.items():
        for part, weight in (("words", 1.0), ("names", _NAMED)):
            for word in told.get(part, ()):
                strength.setdefault(root(fold(word)), {})[name] = weight
    return {
        word: {name: weight * math.log((len(table) + 1) / len(names)) for name, weight in names.items()}
        for word, names in strength.items()
    }
