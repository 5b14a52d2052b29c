"""What the words around a happening make of it: told as such, as what may be so, as what others report, or as known to all.

In: a text, the words that name a happening in it, and its language with `telling.toml`. Out: its `Tone`; whether it is given. "After the
attack" takes for granted that there was one, whoever is quoted there; "the reported attack" does not, and "reports of an attack"
leaves it to those who report.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from dragoman import languages, ontology
from dragoman.extract.rules import load_rules
from dragoman.records import Span
from dragoman.text.folding import fold, root

Tone = Literal["plain", "hedged", "reported"]

_REACH = 90  # characters before a happening that are looked at
_BETWEEN = 3  # words between an article and the happening, or between a claim and what it is about
_FAR = 10  # words before it that may say that it need not be
_FEWEST = 4  # letters of a noun that is sure to be one
_WORD = re.compile(r"[^\W\d_]+['’]?s?|[^\w\s]|\d+")
_STOPS = frozenset('.;:!?"“”«»()—–,')


@dataclass(frozen=True, slots=True)
class _Telling:
    """What stands in a language's `telling.toml`."""

    hedged: frozenset[str]
    claims: frozenset[str]
    links: frozenset[str]
    given_after: frozenset[str]
    articles: frozenset[str]
    never: frozenset[str]
    unless: frozenset[str]
    untrue: frozenset[str]


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


def is_given(text: str, span: Span, language: str) -> bool:
    """Whether a noun that names a happening takes it for granted: "Tuesday's collision", "after an attack"."""
    words = _telling(language)
    name = fold(span.of(text)).split()
    if len(name) != 1 or len(name[0]) < _FEWEST or root(name[0]) not in _nouns(language):
        return False
    before = _before(text, span)[::-1]
    if any(word in words.unless for word in before[:_FAR]):
        return False
    for at, word in enumerate(before[: _BETWEEN + 1]):
        if word in words.articles or word in words.given_after or word.endswith("'s"):
            return True
        if word in _STOPS or word in words.never or (at and word in words.links):
            return False
    return False


def is_untrue(text: str, language: str) -> bool:
    """Whether words stand in a text that call something untrue."""
    return any(word in _telling(language).untrue for word in _words(text))


def is_disowned(text: str, language: str) -> bool:
    """Whether a phrase stands in a text that denies a part in something: "nothing to do with"."""
    phrases = languages.find(language).table("telling").get("denied", {}).get("phrases", ())
    folded = " ".join(fold(text).replace("’", "'").split())
    return any(fold(phrase) in folded for phrase in phrases)


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
        words("hedged", "words"), words("reported", "nouns"), words("reported", "links"), words("given", "after"),
        words("given", "articles"), words("given", "never"), words("given", "unless"), _folded(of.table("speech").get("falsities", ())),
    )  # fmt: skip


def _folded(words: Iterable[str]) -> frozenset[str]:
    return frozenset(map(fold, words))


@functools.cache
def _nouns(language: str) -> frozenset[str]:
    """The roots of nouns that name happenings: those of the tables, and those that event rules know. What is only said need not
    be: a promise, a claim."""
    of = languages.find(language)
    names = {noun for told in of.table("happenings").values() for noun in told.get("names", ())}
    rules = load_rules(of, ontology.load()).rules
    names |= {words[0] for rule in rules for kind, words in rule.patterns if kind == "noun"}
    table = of.table("speech")
    said = {noun for group in table.get("group", ()) for noun in group.get("nouns", ())}
    return frozenset(root(fold(name)) for name in names) - {
        root(fold(name)) for name in (*said, *table.get("claims", ()))
    }
