"""Interviews, hearings and speeches in transcript form: lines that begin with who speaks and a colon.

In: a text and the words a language writes for question and answer. Out: the turns, each from its speaker's name to the next
turn. One such line is a headline or a caption; a transcript has two speakers at least.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from dragoman.records import Span

LABEL = re.compile(r"(?m)^[ \t]*(?P<who>[^\W\d_][\w.'’ \-]{0,40}?)[ \t]*:[ \t]+(?=\S)")
MOST_WORDS = 4  # in a speaker's name
FEWEST_WORDS = 2  # in a turn
FARTHEST = 4000  # code points from one turn to the next within one transcript


@dataclass(frozen=True, slots=True)
class Turn:
    """What somebody says until the next one speaks. `speaker` is the name as written, without the colon."""

    speaker: Span
    content: Span


def find_turns(text: str, labels: Collection[str] = ()) -> tuple[Turn, ...]:
    """The turns of a transcript in text order; none where the text is no transcript. Linear in its length.

    `labels` are words for question and answer, in small letters.
    """
    marks = [m for m in LABEL.finditer(text) if _may_name(m["who"], labels)]
    turns = list(_turns(text, marks))
    speakers = {turn.speaker.of(text).casefold() for turn in turns}
    return tuple(turns) if len(speakers) > 1 and len(turns) > 1 else ()


def _turns(text: str, marks: list[re.Match[str]]) -> Iterator[Turn]:
    for mark, following in zip(marks, [*marks[1:], None], strict=False):
        end = following.start() if following else len(text)
        said = text[mark.end() : end]
        paragraph = said.split("\n\n")[0] if following is None else said
        content = Span(mark.end(), mark.end() + len(paragraph.rstrip())) if paragraph.strip() else None
        near = following is None or end - mark.start() < FARTHEST
        if content is not None and near and len(paragraph.split()) >= FEWEST_WORDS:
            yield Turn(Span(mark.start("who"), mark.end("who")), content)


def _may_name(who: str, labels: Collection[str]) -> bool:
    """ "JOHN SMITH", "Maria Rossi", "Q": words that are all capitalised."""
    words = who.split()
    if who.casefold() in labels:
        return True
    return 1 <= len(words) <= MOST_WORDS and all(word[0].isupper() for word in words)
