"""Cutting a text loses no character and puts every finding on exactly its own."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from dragoman.records import Span
from dragoman.show.pieces import Mark, MarkKind, cut, inert, lines

KINDS: list[MarkKind] = ["actor", "date", "cue", "content", "event"]


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, list[Mark]]:
    text = draw(st.text(min_size=1, max_size=60))
    marks: list[Mark] = []
    for _ in range(draw(st.integers(0, 8))):
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        marks.append(Mark(draw(st.sampled_from(KINDS)), f"x{draw(st.integers(0, 3))}", Span(start, end)))
    return text, marks


@given(marked_texts())
def test_pieces_put_the_text_together_and_carry_what_lies_on_them(marked: tuple[str, list[Mark]]) -> None:
    text, marks = marked
    at = 0
    for piece in cut(text, marks):
        assert piece.text == inert(text)[at : at + len(piece.text)]
        here = Span(at, at + len(piece.text))
        assert set(piece.marks) == {mark for mark in marks if mark.span.overlaps(here)}
        assert all(mark.span.covers(here) for mark in piece.marks)
        sizes = [mark.span.end - mark.span.start for mark in piece.marks]
        assert sizes == sorted(sizes), "the closest fitting comes first"
        at = here.end
    assert at == len(text)


@given(marked_texts())
def test_lines_are_the_lines_of_the_text(marked: tuple[str, list[Mark]]) -> None:
    text, marks = marked
    found = ["".join(piece.text for piece in line) for line in lines(cut(text, marks))]
    assert found == inert(text).split("\n")


@given(st.text(st.characters(codec=None)))
def test_inert_keeps_length_and_lets_no_control_through(text: str) -> None:
    safe = inert(text)
    assert len(safe) == len(text)
    assert not [c for c in safe if unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\t"]
    assert not set(safe) & set("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    assert inert(safe) == safe


def test_inert_leaves_words_alone() -> None:
    words = "L’Onu «chiede» un cessate il fuoco – 50 %\n\tالسلام"
    assert inert(words) == words
    assert inert("one\r\ntwo\rthree") == "one \ntwo\nthree"
