"""Words as they are compared: without case and accents."""

from __future__ import annotations

import re
import unicodedata

_INFLECTED = re.compile(r"(?<=\w{3})(?:s|[aeiou]{1,2})$")
_LONGEST = 7  # letters of a word that tell it from all others, as far as needed
_ACCENTS = re.compile("[\u0300-\u036f]+")


def fold(text: str) -> str:
    """The text without case and accents."""
    if not text.isascii():
        text = _ACCENTS.sub("", unicodedata.normalize("NFKD", text))
    return text.casefold()


def root(word: str) -> str:
    """A folded word without what inflection adds to its end, more or less."""
    return _INFLECTED.sub("", _INFLECTED.sub("", word) if word.endswith("s") else word)[:_LONGEST]
