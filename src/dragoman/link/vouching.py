"""What the words around a happening make of it: told as such, as what may be so, or as what others report.

In: a text, the words that name a happening in it, and its language with `telling.toml`. Out: its `Tone`. "The reported attack" is
hedged, and "reports of an attack" leaves it to those who report.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from dragoman import languages
from dragoman.records import Span
from dragoman.text.folding import fold

Tone = Literal["plain", "hedged", "reported"]

_REACH = 90  # characters before a happening that are looked at
_BETWEEN = 3  # words between an article and the happening, or between a claim and what it is about
_WORD = re.compile(r"[^\W\d_]+['’]?s?|[^\w\s]|\d+")
_STOPS = frozenset('.;:!?"“”«»()—–,')


@dataclass(frozen=True, slots=True)
class _Telling:
    """What stands in a language's `telling.toml`."""

    hedged: frozenset[str]
    claims: frozenset[str]
    links: frozenset[str]
    untrue: frozenset[str]
    disowning: frozenset[str]


def tone(text: str, span: Span, language: str) -> Tone:
    """How the words right before a happening tell it."""
    words = _telling(language)
    before = _before(text, span)
    near: list[str] = []
    for word in reversed(before):
        if word in _STOPS:
            break
        near.append(word)
        if len(near) > _BETWEEN:
            break
    if any(word in words.hedged for word in near) or _first_behind(text, span) in words.hedged:
        return "hedged"
    return "reported" if _is_claimed(before, words) else "plain"


def is_untrue(text: str, language: str) -> bool:
    """Whether words stand in a text that call something untrue."""
    return any(word in _telling(language).untrue for word in _words(text))


def is_disowned(text: str, language: str) -> bool:
    """Whether a phrase stands in a text that denies a part in something: "nothing to do with"."""
    phrases = _telling(language).disowning
    folded = " ".join(fold(text).replace("’", "'").split()) if phrases else ""
    return any(phrase in folded for phrase in phrases)


def _is_claimed(before: list[str], words: _Telling) -> bool:
    """Whether a claim governs what follows: "reports of heavy shelling", "la notizia, non confermata, della cattura"."""
    for at in range(len(before) - 1, max(-1, len(before) - 2 - _BETWEEN), -1):
        if before[at] in _STOPS:
            return False
        if before[at] in words.links:
            ahead = before[:at]
            if ahead and ahead[-1] == ",":  # what stands between two commas
                ahead = ahead[: next((i for i in range(len(ahead) - 2, -1, -1) if ahead[i] == ","), 0)]
            return bool(ahead) and ahead[-1] in words.claims
    return False


def _before(text: str, span: Span) -> list[str]:
    """The words before a happening, back to where its sentence may begin."""
    start = max(0, span.start - _REACH, text.rfind("\n", 0, span.start) + 1)
    return _words(text[start : span.start])


def _first_behind(text: str, span: Span) -> str:
    return next(iter(_words(text[span.end : span.end + 20])), "")


def _words(text: str) -> list[str]:
    return [fold(word).replace("’", "'") for word in _WORD.findall(text)]


@functools.cache
def _telling(language: str) -> _Telling:
    of = languages.find(language)
    table = of.table("telling")

    def words(section: str, key: str) -> frozenset[str]:
        return _folded(table.get(section, {}).get(key, ()))

    return _Telling(
        words("hedged", "words"), words("reported", "nouns"), words("reported", "links"),
        _folded(of.table("speech").get("falsities", ())),
        words("denied", "phrases"),
    )  # fmt: skip


def _folded(words: Iterable[str]) -> frozenset[str]:
    return frozenset(map(fold, words))
