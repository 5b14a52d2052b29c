"""Where sentences begin, as far as marks and line breaks can tell; put before the parser of any pipeline.

In: a tokenized Doc. Out: the same Doc, each token marked as a sentence start, as none, or left to the parser. News
sites print headlines without a stop, quotations of several sentences, datelines and abbreviations: a parser trained on
clean sentences stumbles over them, while characters alone settle nearly all. One pass, so time grows with length.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

STOPS = ".!?…"
CLOSERS = "\"'”’»›)]}"
QUOTES = "\"'“‘„«‹"
OPENERS = QUOTES + "([{¿¡"
DASHES = "-–—―"
DATELINE_MARKS = DASHES + "(["
_LAST = frozenset(STOPS + CLOSERS)
SENTENCES = "dragoman_sentences"
"""The name of the component in a pipeline."""
# Lines of hard-wrapped text end between these columns; outside them, a line break was meant.
NARROWEST, WIDEST = 50, 100
SLACK = 2  # a line may end this far before it had to
LONGEST_ABBREVIATION = 24

_MARKS: dict[bool | None, int] = {True: 1, None: 0, False: 2**64 - 1}  # spaCy keeps -1 as an unsigned number
_DOTTED = re.compile(r"[^\W\d_]{1,3}(?:\.[^\W\d_]{1,3})+\.?$")
_LINE_ENDS = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")


@Language.factory(
    SENTENCES,
    default_config={"abbreviations": [], "may_end": [], "before_numbers": []},
    assigns=["token.is_sent_start"],
)  # pyright: ignore[reportUntypedFunctionDecorator]
def make_sentences(
    nlp: Language, name: str, abbreviations: list[str], may_end: list[str], before_numbers: list[str]
) -> Sentences:
    """The component; see `Sentences` for its lists."""
    return Sentences(abbreviations, may_end, before_numbers)


class Sentences:
    """Marks sentence starts.

    Abbreviations are written without their last dot; one in lower case stands for any case. A word of
    `abbreviations` never ends a sentence ("Mr", "on"), one of `may_end` is left to the parser ("Inc", "ecc"), one of
    `before_numbers` ends none when a number follows ("art", "No").
    """

    def __init__(
        self, abbreviations: Iterable[str] = (), may_end: Iterable[str] = (), before_numbers: Iterable[str] = ()
    ) -> None:
        self._abbreviations = _spellings(abbreviations)
        self._may_end = _spellings(may_end)
        self._before_numbers = _spellings(before_numbers)

    def __call__(self, doc: Doc) -> Doc:
        text = doc.text
        breaks = _line_breaks(text)
        marks: list[int] = []
        end = 0  # of the last token that is not blank
        columns: Any = doc.to_array(["IDX", "LENGTH", "IS_SPACE"])
        for start, length, blank in columns.tolist():
            begins: bool | None = False  # blank tokens belong to the sentence before them, or to the first one
            if not blank:
                if end > 0 and (end in breaks or text[end - 1] in _LAST):
                    begins = self._begins(text, end, start, breaks)
                end = start + length
            marks.append(_MARKS[begins])
        # All at once: setting one token's mark looks at the whole Doc.
        if marks:
            marks[0] = _MARKS[True]
            column: Any = np.array(marks, dtype=np.uint64).reshape(-1, 1)
            doc.from_array(["SENT_START"], column)
        return doc

    def _begins(self, text: str, end: int, start: int, breaks: dict[int, bool | None]) -> bool | None:
        """Whether a sentence begins at `start`, the last word having ended at `end`."""
        here = text[start]
        meant = breaks.get(end, False)
        if meant:
            return True
        if _closes(text, start):
            return False
        stop = _last_stop(text, end)
        if stop < 0:
            return None if meant is None else False
        if end == start:  # no blank between: "fine.Il", but also "U.S.-backed"
            run_on = here.isupper() and text[end - 1] == "." and text[max(0, end - 3) : end - 1].islower()
            return None if run_on else False
        following = _first_letter(text, start)
        if following.islower():  # "«Andremo!» ha detto", but perhaps "Il voto è libero. «è un errore»"
            return None if here in QUOTES and stop + 1 == end else False
        if here in DASHES:
            return None if meant is None or text[stop] != "." else self._after_dot(text, stop, following, here)
        quoted = stop + 1 < end
        if text[stop] == "." and text[max(0, stop - 1) : stop + 1] != "..":
            return self._after_dot(text, stop, following, here)
        if text[stop] in "…." or (quoted and text[stop] in "!?"):
            return None  # "Well... Smith", "«Basta!» Rossi lo dice"
        return True if following else None

    def _after_dot(self, text: str, stop: int, following: str, here: str) -> bool | None:
        """The same, where the last mark is one full stop and no lower-case word follows."""
        word = _word_before(text, stop)
        if word in self._abbreviations or (word in self._before_numbers and following.isdigit()):
            return False
        dotted = _DOTTED.match(word) is not None  # "U.S."
        if here in DATELINE_MARKS and (dotted or word in self._may_end or word in self._before_numbers):
            return False  # "15 giu. - ", "TRENTON, N.J. (AP) - "
        if dotted or word in self._may_end:
            return None
        if len(word) == 1 and word.isupper():  # "J. D. Vance", but "World War I. The"
            return None if word in "IVX" else False
        if word.isdigit() and len(word) <= 2 and _at_line_start(text, stop - len(word)):  # "1. Il governo"
            return False
        return None if here in DASHES else True


def _spellings(words: Iterable[str]) -> frozenset[str]:
    """Each word, and for one in lower case its other cases."""
    found: set[str] = set()
    for word in words:
        word = word.removesuffix(".")
        found.add(word)
        if word == word.lower():
            found |= {word.capitalize(), word.upper(), word.title()}
    return frozenset(found)


def _last_stop(text: str, end: int) -> int:
    """The place of the final mark before `end`, behind quotes and brackets that close; -1 where there is none."""
    i = end - 1
    lowest = max(0, end - 6)
    while i > lowest and (text[i] in CLOSERS or text[i] == " "):
        i -= 1
    return i if text[i] in STOPS else -1


def _first_letter(text: str, start: int) -> str:
    """The first letter or digit of what follows, behind quotes and brackets that open; "" where there is none."""
    for i in range(start, min(start + 6, len(text))):
        if text[i].isalnum():
            return text[i]
        if text[i] not in OPENERS and text[i] not in DASHES and text[i] != " ":
            return ""
    return ""


def _closes(text: str, start: int) -> bool:
    """Whether the mark at `start` closes something, or ends a clause."""
    mark = text[start]
    if mark in "”»›)]},;:.!?…%":
        return not (mark == "." and start + 1 < len(text) and text[start + 1].isalnum())
    # A straight mark closes where a blank or a mark follows.
    return mark in "\"'’" and (start + 1 == len(text) or text[start + 1] in " \n,;:.!?)")


def _word_before(text: str, stop: int) -> str:
    """The word that the dot at `stop` ends, with its inner dots."""
    begin = stop
    lowest = max(0, stop - LONGEST_ABBREVIATION)
    while begin > lowest and (text[begin - 1].isalnum() or text[begin - 1] == "."):
        begin -= 1
    return text[begin:stop]


def _at_line_start(text: str, start: int) -> bool:
    """Whether nothing stands before `start` in its line."""
    i = start
    while i > 0 and i > start - 4 and text[i - 1] in " \t":
        i -= 1
    return i == 0 or text[i - 1] in "\n\r"


def _line_breaks(text: str) -> dict[int, bool | None]:
    """For each place where a line's words end: whether the break after it was meant to end a sentence.

    A blank line is meant. So is a break after which the next word would still have fitted, by the widest line around:
    hard-wrapped text breaks only where the next word does not fit. None where a comma or a lower-case word speaks
    against it. A break that wrapping explains is left out: it counts as a blank. A line that opens with a dash begins anew.
    """
    lines = _lines(text)
    found: dict[int, bool | None] = {}
    begin = 0
    while begin < len(lines):
        stop = begin + 1
        while stop < len(lines) and lines[stop][2] == 1:
            stop += 1
        widest = max(end - start for start, end, _ in lines[begin:stop])
        wrapped = NARROWEST <= widest <= WIDEST
        for i in range(begin, stop - 1):
            start, end, _ = lines[i]
            after = lines[i + 1][0]
            following = text[after]
            if following in DASHES and text[after + 1 : after + 2].isspace():  # a turn of a dialogue, an item of a list
                found[end] = True
                continue
            word = next((k for k in range(after, min(after + widest, len(text))) if text[k].isspace()), after + widest)
            if wrapped and end - start + 1 + word - after > widest - SLACK:
                continue
            found[end] = None if text[end - 1] in ",;:(" or following.islower() else True
        found[lines[stop - 1][1]] = True
        begin = stop
    return found


def _lines(text: str) -> list[tuple[int, int, int]]:
    """Start and end of each line that is not blank, without blanks, and the number of line ends before it."""
    lines: list[tuple[int, int, int]] = []
    breaks = start = 0
    for match in _LINE_ENDS.finditer(text + "\n"):
        line = text[start : match.start()]
        words = line.strip()
        if words:
            first = start + len(line) - len(line.lstrip())
            lines.append((first, first + len(words), breaks))
            breaks = 0
        breaks += 1
        start = match.end()
    return lines
