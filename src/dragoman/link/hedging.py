"""What the words of a passage say of its truth: that something may be so only.

In: a passage and its language. Out: whether a hedge stands in it. It is asked of passages in which no event was found; of events a
parse has told more exactly.
"""

from __future__ import annotations

import functools
import re

from dragoman.languages import find
from dragoman.text.folding import fold

_WORD = re.compile(r"\w+")


def is_hedged(text: str, language: str) -> bool:
    """Whether a word stands in it that leaves open whether something is so: "perhaps", "reportedly", "may"."""
    return bool(set(_WORD.findall(fold(text))) & _hedges(language))


@functools.cache
def _hedges(language: str) -> frozenset[str]:
    grammar = find(language).facts_of("grammar")
    adverbs = grammar.get("modal_adverbs", {})
    return frozenset(
        fold(word)
        for words in (*adverbs.values(), grammar.get("modals", {}).get("possible", ()))
        for word in words
        if " " not in word
    )
