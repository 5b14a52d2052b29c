"""Quotation marks: where quoted words begin and end.

In: a text. Out: the spans of its quotations, marks included, in order and never overlapping. Marks are paired by their
Unicode shape, not by language; a straight mark opens or closes by what stands beside it. A mark that is never closed
ends with its paragraph, so it cannot swallow an article; a paragraph that opens with a mark continues the quotation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dragoman.records import Span

PAIRS = {"“": "”", "„": "“”", "«": "»", "‹": "›", "「": "」", "『": "』", "»": "«", "‘": "’"}
# Single marks look like apostrophes: they open before a letter with no letter before them, and close where no letter follows.
SINGLE = re.compile(r"(?<![\w'’])['‘](?=\w)(?:[^\n'‘’]|(?<=\w)['’](?=\w))+(?<=[\w.,!?…])['’](?!\w)")
SHORTEST_SINGLE = 3  # words; below, it is a title or a scare quote, or letters left out ("'90s and '00s'")
TWO_SINGLE = re.compile(r"''|``")
DIALOGUE = re.compile(r"[ \t]*([—–])[ \t]+(?=\S)")
PARAGRAPH = re.compile(r"\n\s*\n|\n")
_MARKS = re.compile(r"''|``|[“”„«»‹›「」『』\"]")


def find_quotes(text: str) -> tuple[Span, ...]:
    """The outermost quotations of a text. Linear in the length of the text."""
    quotes: list[Span] = []
    start = 0
    for match in PARAGRAPH.finditer(text):
        quotes.extend(_dialogue(text, start, match.start()) or _in_paragraph(text, start, match.start()))
        start = match.end()
    quotes.extend(_dialogue(text, start, len(text)) or _in_paragraph(text, start, len(text)))
    return tuple(sorted([*quotes, *_single(text, quotes)]))


def _dialogue(text: str, start: int, end: int) -> list[Span]:
    """The speech of a line of dialogue: "— We will not yield — said the premier. — It is settled." A line that opens with a
    dash and has no other is an item of a list, or says itself who speaks."""
    opening = DIALOGUE.match(text, start, end)
    if opening is None:
        return []
    mark = opening.group(1)
    dashes = [m.span(1) for m in re.compile(rf"(?<=\s)({mark})(?=\s)").finditer(text, opening.end(), end)]
    edges = [opening.span(1), *dashes, (end, end)]
    turns = [(edges[i][0], edges[i + 1][0]) for i in range(0, len(edges) - 1, 2)] if dashes else []
    spans = ((first, first + len(text[first:last].rstrip())) for first, last in turns)
    return [Span(first, last) for first, last in spans if last - first > 1]


def _single(text: str, others: Sequence[Span]) -> Iterator[Span]:
    """Quotations in single marks outside of all others."""
    at = 0
    for match in SINGLE.finditer(text):
        span = Span(match.start(), match.end())
        while at < len(others) and others[at].end <= span.start:
            at += 1
        apart = at == len(others) or others[at].start >= span.end
        if apart and match.group().count(" ") + 1 >= SHORTEST_SINGLE:
            yield span


def _in_paragraph(text: str, start: int, end: int) -> list[Span]:
    """Quotations of one paragraph. `closing` is what would close the open one; inner marks of other kinds are its own."""
    quotes: list[Span] = []
    opened = -1
    closing = ""
    depth = 0
    opening = ""
    for match in _MARKS.finditer(text, start, end):
        mark = match.group()
        if opened < 0:
            if mark in ("”", "›") or (mark == "»" and not _opens(text, match)):
                continue
            if mark in ('"', "''") and not _opens(text, match):
                continue
            opened, opening, depth = match.start(), mark, 0
            closing = {'"': '"', "''": "''", "``": "''"}.get(mark, PAIRS.get(mark, mark))
        elif mark == opening and mark not in ('"', "''") and mark not in closing:
            depth += 1
        elif mark in closing:
            if depth:
                depth -= 1
            else:
                quotes.append(Span(opened, match.end()))
                opened = -1
    if opened >= 0 and end - opened > 1 and _unclosed_is_quote(text, opened, start):
        quotes.append(Span(opened, end))
    return quotes


def _opens(text: str, match: re.Match[str]) -> bool:
    """Whether a mark that looks the same on both sides opens: something follows it at once, nothing before it."""
    before = text[match.start() - 1 : match.start()]
    after = text[match.end() : match.end() + 1]
    return bool(after) and not after.isspace() and (not before or not before.isalnum())


def _unclosed_is_quote(text: str, opened: int, start: int) -> bool:
    """A mark left open counts where it opens the paragraph: the quotation goes on in the next one."""
    return not text[start:opened].strip()
