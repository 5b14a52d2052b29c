"""The text as a parser should see it: plain apostrophes and blanks, and no passages in capitals.

In: any text. Out: text of the same length, so that every offset found in one holds in the other. A parser trained on
ordinary prose reads "KYIV ACCUSES MOSCOW" as a row of names; "Kyiv accuses Moscow" it reads well.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

_PLAIN = {
    **dict.fromkeys(map(ord, "‘’ʼʹ′‛´`＇"), "'"),
    **dict.fromkeys(map(ord, "\t\x1f\xa0\u1680\u180e\u202f\u205f\u3000\u200b\u2060\ufeff"), " "),
    **dict.fromkeys(range(0x2000, 0x200B), " "),
    **dict.fromkeys(map(ord, "\r\x0b\x0c\x85\u2028\u2029"), "\n"),
}

_WORD = re.compile(r"[^\W\d_]+")
_PASSAGE = re.compile(r"[^\n]+?(?:(?:(?<!\b\w)\.|[!?…])[\"'”»)]*(?=\s)|(?=\n)|\Z)")
_DOTTED = re.compile(r"(?:[^\W\d_]\.){2,}")
_VOWEL = re.compile(r"[aeiouyàáâäèéêëìíîïòóôöùúûü]")
_NUMERAL = re.compile(r"(?!(?:VI|XI)$)[XVI]{2,4}$")

# What counts as a passage in capitals.
FEWEST_WORDS = 3
LONGEST_MUST_HAVE = 5  # letters: "NATO, UE, ONU" is three acronyms and no passage
SHARE_OF_CAPITALS = 0.9
LONGEST_ACRONYM = 5


def readable(text: str, names: frozenset[str] = frozenset()) -> str:
    """The text with plain apostrophes and blanks, and passages in capitals in ordinary case, place by place.

    In such a passage a word keeps the case that it has elsewhere in the text, or in `names` ("Kyiv", "USA",
    "Stati Uniti"); other words become lower-case, but for the first of a sentence and evident acronyms ("BBC").
    """
    plain = text.translate(_PLAIN)
    passages = list(_PASSAGE.finditer(plain))
    shouted = [_in_capitals(passage.group()) for passage in passages]
    if not any(shouted):
        return plain
    seen = _forms(passage.group() for passage, loud in zip(passages, shouted, strict=True) if not loud)
    single, several = _index(names)
    pieces: list[str] = []
    end = 0
    for passage, loud in zip(passages, shouted, strict=True):
        if loud:
            pieces += plain[end : passage.start()], _lowered(passage.group(), seen, single, several)
            end = passage.end()
    pieces.append(plain[end:])
    return "".join(pieces)


def _lower(text: str) -> str:
    """Lower-case letter by letter, leaving letters whose lower-case form is longer ("İ")."""
    lowered = text.lower()
    if len(lowered) == len(text) and "ς" not in lowered:
        return lowered
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)


def _in_capitals(passage: str) -> bool:
    if passage.islower() or passage == _lower(passage):
        return False
    words = [word for word in _WORD.findall(passage) if len(word) > 1]
    loud = [word for word in words if word.isupper()]
    if len(loud) < FEWEST_WORDS or max(map(len, loud)) < LONGEST_MUST_HAVE:
        return False
    return sum(map(len, loud)) >= SHARE_OF_CAPITALS * sum(map(len, words))


def _forms(passages: Iterable[str]) -> dict[str, str]:
    """For each word of ordinary passages its commonest form, not counting the first words of sentences."""
    counts: dict[str, Counter[str]] = {}
    for passage in passages:
        words = _WORD.findall(passage)
        for word in words[1:]:
            counts.setdefault(_lower(word), Counter())[word] += 1
    return {word: found.most_common(1)[0][0] for word, found in counts.items()}


@lru_cache(maxsize=8)
def _index(names: frozenset[str]) -> tuple[dict[str, str], dict[str, list[tuple[str, ...]]]]:
    """The names of one word by their lower-case form; those of several by their first word's, longest first."""
    single: dict[str, str] = {}
    several: dict[str, list[tuple[str, ...]]] = {}
    for name in sorted(names):
        words = tuple(_WORD.findall(name))
        if len(words) == 1:
            single.setdefault(_lower(words[0]), words[0])
        elif words:
            several.setdefault(_lower(words[0]), []).append(words)
    for found in several.values():
        found.sort(key=len, reverse=True)
    return single, several


def _lowered(
    passage: str, seen: dict[str, str], single: dict[str, str], several: dict[str, list[tuple[str, ...]]]
) -> str:
    letters = list(_lower(passage))
    words = list(_WORD.finditer(passage))
    low = [_lower(word.group()) for word in words]
    dotted = [match.span() for match in _DOTTED.finditer(passage)]
    done = 0  # words before this one are part of a name already written
    for i, word in enumerate(words):
        if i < done:
            continue
        forms = [_form(word.group(), low[i], seen, single)]
        for name in several.get(low[i], ()):
            if low[i : i + len(name)] == [_lower(part) for part in name]:
                forms = list(name)
                break
        done = i + len(forms)
        for match, form in zip(words[i:done], forms, strict=True):
            letters[match.start() : match.end()] = form
    for start, end in dotted:
        letters[start:end] = passage[start:end]
    if words:
        letters[words[0].start()] = passage[words[0].start()]
    return "".join(letters)


def _form(word: str, low: str, seen: dict[str, str], single: dict[str, str]) -> str:
    """How a word in capitals is written in ordinary text."""
    known = seen.get(low) or single.get(low)
    if known is not None and len(known) == len(word):
        return known
    acronym = 1 < len(word) <= LONGEST_ACRONYM and not _VOWEL.search(low)
    return word if acronym or _NUMERAL.match(word) else low
