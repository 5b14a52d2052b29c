"""What the words of a passage say of its truth: that something may be so only.

In: a passage and its language. Out: whether a hedge stands in it. It is asked of passages in which no event was found; of events a
parse has told more exactly.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable

from dragoman.languages import find
from dragoman.text.folding import fold

_WORD = re.compile(r"\w+")


def is_hedged(text: str, language: str) -> bool:
    """Whether a word stands in it that leaves open whether something is so: "perhaps", "reportedly", "may" (and not "6 May")."""
    adverbs, modals = _hedges(language)
    words = _WORD.findall(text)
    return not adverbs.isdisjoint(map(fold, words)) or not modals.isdisjoint(
        fold(word) for word in words if word.islower()
    )


@functools.cache
def _hedges(language: str) -> tuple[frozenset[str], frozenset[str]]:
    """The adverbs that hedge, and the verbs."""
    grammar = find(language).facts_of("grammar")
    adverbs = (word for words in grammar.get("modal_adverbs", {}).values() for word in words)
    return _single(adverbs), _single(grammar.get("modals", {}).get("possible", ()))


def _single(words: Iterable[str]) -> frozenset[str]:
    return frozenset(fold(word) for word in words if " " not in word)
