"""Cuts a dispatch into pieces, each with the findings that lie on it, so that findings may overlap and nest at will.

In: a `Reading`. Out: `Piece`s that put the text together again, character by character. The text of a dispatch is
somebody else's: `inert` takes from it what a terminal or a browser would obey.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from dragoman.records import Reading, Span

MarkKind = Literal["actor", "date", "cue", "content", "event"]

# Control characters, half surrogates, and the marks that turn the direction of writing (which can make a text read
# otherwise than it is written). Line ends are kept.
_UNSAFE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_LINE_ENDS = str.maketrans({"\r": "\n", "\u2028": "\n", "\u2029": "\n", "\x85": "\n"})


@dataclass(frozen=True, slots=True)
class Mark:
    """One stretch of text that belongs to a finding. `finding` is the finding's id, unique among its `kind`'s."""

    kind: MarkKind
    finding: str
    span: Span


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters on which the same findings lie; `marks` has the closest fitting first."""

    text: str
    marks: tuple[Mark, ...]


def inert(text: str) -> str:
    """The text with nothing in it that a screen would obey. As long as it was, so offsets still hold."""
    text = text.replace("\r\n", " \n").translate(_LINE_ENDS)
    return _UNSAFE.sub(lambda found: _visible(found.group()), text)


def _visible(character: str) -> str:
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else "\ufffd"


def marks_of(reading: Reading) -> list[Mark]:
    """Everything that is underlined in a reading's text."""
    marks = [Mark("actor", actor.id, span) for actor in reading.actors for span in actor.mentions]
    marks += [Mark("date", when.id, when.span) for when in reading.dates]
    for statement in reading.statements:
        marks += [Mark("cue", statement.id, span) for span in statement.cue]
        marks += [Mark("content", statement.id, span) for span in statement.content]
    marks += [Mark("event", event.id, event.trigger) for event in reading.events]
    return marks


def cut(text: str, marks: Sequence[Mark]) -> Iterator[Piece]:
    """The text, cut wherever a mark begins or ends. Time is linear in the text and the marks on each piece."""
    safe = inert(text)
    opening: dict[int, list[Mark]] = {}
    closing: dict[int, list[Mark]] = {}
    for mark in dict.fromkeys(marks):
        opening.setdefault(mark.span.start, []).append(mark)
        closing.setdefault(mark.span.end, []).append(mark)
    lying: dict[Mark, None] = {}
    borders = sorted({0, len(safe), *opening, *closing})
    for start, end in itertools.pairwise(borders):
        for mark in closing.get(start, ()):
            del lying[mark]
        lying.update(dict.fromkeys(opening.get(start, ())))
        yield Piece(safe[start:end], tuple(sorted(lying, key=_closeness)))


_ORDER: tuple[MarkKind, ...] = ("event", "cue", "date", "actor", "content")


def _closeness(mark: Mark) -> tuple[int, int]:
    return mark.span.end - mark.span.start, _ORDER.index(mark.kind)


def lines(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    """The pieces line by line, without the line ends."""
    line: list[Piece] = []
    for piece in pieces:
        first, *others = piece.text.split("\n")
        line.append(Piece(first, piece.marks))
        for text in others:
            yield line
            line = [Piece(text, piece.marks)]
    yield line
