"""Names of outlets: "Brussels Times", "Corriere di Bruxelles".

In: a name. Out: whether it is that of a newspaper or a station by its noun, whatever place or house it is named after.
"""

from __future__ import annotations

import functools

from dragoman import languages
from dragoman.text.folding import fold


def is_masthead(name: str) -> bool:
    """Whether the noun of a name, its last word or its first as the language has it, is one for outlets in any language."""
    words = fold(name).replace("'", "' ").split()
    return any(_is_of(code, words) for code in languages.installed())


def _is_of(language: str, words: list[str]) -> bool:
    nouns, articles, last = _words(language)
    named = [word for word in words if word not in articles]
    return bool(named) and named[-1 if last else 0] in nouns


@functools.cache
def _words(language: str) -> tuple[frozenset[str], frozenset[str], bool]:
    """The nouns for outlets, the articles, and whether a name ends with its noun."""
    grammar = languages.find(language).table("actors").get("grammar", {})
    nouns, articles = (frozenset(map(fold, grammar.get(key, ()))) for key in ("mastheads", "articles"))
    return nouns, articles, grammar.get("inflected") == "last"
