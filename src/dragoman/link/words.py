"""What two texts are compared by: names and numbers, which are the same in every language, and words, within one.

In: a text, and its language. Out: sets of names, numbers and stems, without case and accents.
"""

from __future__ import annotations

import functools
import re

from dragoman.extract.quantities import NumberWords, number_words
from dragoman.languages import find
from dragoman.text.folding import fold

STEM = 6  # letters that forms of one word share, more or less
_LONG = 5  # letters that a word has at least
_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_TOKEN = re.compile(r"[^\W\d_]{3,}")
_NUMBER = re.compile(r"(?<![\w.,])\d(?:[\d.,’]*\d)?(?![\w])")
_ENDS = frozenset('.!?:\n\r"“”«»„(—–-•|…')
_FEWEST = 3  # "one" is an article, and "two" says little
_YEARS = range(1900, 2100)


@functools.cache
def common_words(language: str) -> frozenset[str]:
    """Words that say nothing about what an article is on; none where the language has no list of them."""
    path = find(language).folder / "common_words.txt"
    if not path.exists():
        return frozenset()
    return frozenset(line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))


def stems_in(text: str, language: str) -> frozenset[str]:
    """The first letters of the words that tell what a text is on."""
    common = common_words(language)
    words = {fold(token) for token in _TOKEN.findall(text)}
    return frozenset(word[:STEM] for word in words if len(word) >= _LONG and word not in common)


def names_in(text: str) -> frozenset[str]:
    """Words with a capital where a sentence does not begin: names, without knowing whose."""
    found: set[str] = set()
    for match in _TOKEN.finditer(text):
        word = match.group()
        if not word[0].isupper():
            continue
        before = text[: match.start()].rstrip(" \t")[-1:]
        if before and before not in _ENDS:
            found.add(fold(word))
    return frozenset(found)


def numerals_in(text: str, language: str) -> frozenset[str]:
    """Numbers of three and more that are written in words, by their digits: "fifty", "twenty-two", "ventidue"."""
    words = _number_words(language)
    found = {_numeral(match.group().casefold(), words) for match in _WORD.finditer(text)}
    return frozenset(str(number) for number in found if number >= _FEWEST)


@functools.cache
def _number_words(language: str) -> NumberWords:
    return number_words(find(language))


def _numeral(word: str, words: NumberWords) -> int:
    """The number that a word is; 0 where it is none."""
    parts = word.split("-") if "-" in word else [word]
    if word not in words.words and words.pieces and "".join(words.pieces.findall(word)) == word:
        parts = words.pieces.findall(word)
    values = [words.words.get(part, 0) for part in parts]
    return sum(values) if all(values) and not any(part in words.multipliers for part in parts[1:]) else 0


def numbers_in(text: str) -> frozenset[str]:
    """Numbers of two digits and more by their digits alone, so that "1,200" and "1.200" are one. No years."""
    found: set[str] = set()
    for match in _NUMBER.finditer(text):
        digits = re.sub(r"\D", "", match.group()).lstrip("0")
        if len(digits) > 1 and not (match.group().isdigit() and int(digits) in _YEARS):
            found.add(digits)
    return frozenset(found)
