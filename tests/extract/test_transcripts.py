"""Interviews and hearings: who has which turn, and that headlines and captions are none."""

from __future__ import annotations

import functools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.extract.transcripts import find_turns
from dragoman.pipeline import Reader
from dragoman.records import Article, Reading

INTERVIEW = "Q: Will you leave the government?\nA: No, I will not leave. We have work to do.\nQ: And the strike?\nA: It is over."
HEARING = (
    "The hearing began at noon.\n\nJOHN SMITH: We will not leave the country. We have no plans.\n"
    "MARY JONES: Why is that so?\nJOHN SMITH: Because this is our home."
)


@functools.cache
def reader() -> Reader:
    return Reader()


def read(code: str, text: str) -> Reading:
    return reader().read(Article("text", text, code))


def test_turns_of_an_interview() -> None:
    turns = find_turns(INTERVIEW, {"q", "a"})
    assert [turn.speaker.of(INTERVIEW) for turn in turns] == ["Q", "A", "Q", "A"]
    assert turns[1].content.of(INTERVIEW) == "No, I will not leave. We have work to do."


@pytest.mark.parametrize(
    "text",
    [
        "Photo: Reuters and others\nThe minister left on Monday.",
        "Rossi: we are ready\nThe minister left on Monday.",
        "at noon: the doors opened\nlater: they closed",
        "It ended 3:2 and 4:1 in the end.",
    ],
)
def test_what_is_no_transcript(text: str) -> None:
    assert find_turns(text) == ()


def test_a_hearing_is_read() -> None:
    reading = read("en", HEARING)
    said = [
        (reading.actor(s.source).name, s.manner) for s in reading.statements if s.source and s.rule.endswith("turn")
    ]
    assert said == [("JOHN SMITH", "direct"), ("MARY JONES", "direct"), ("JOHN SMITH", "direct")]


def test_questions_ask() -> None:
    assert [s.stance for s in read("it", "DOMANDA: Lascia il governo?\nRISPOSTA: No, resto qui.").statements] == [
        "ask",
        "assert",
    ]


def test_countries_that_head_paragraphs_do_not_speak() -> None:
    text = "Israel: The army struck Gaza on Monday.\nUkraine: Shells hit the port of Odesa."
    assert not any(s.rule.endswith("turn") for s in read("en", text).statements)


@given(st.text(alphabet="AaBb: .\n\"'", max_size=200))
def test_any_lines(text: str) -> None:
    turns = find_turns(text, {"a", "b"})
    for turn in turns:
        assert 0 <= turn.speaker.start < turn.speaker.end < turn.content.start < turn.content.end <= len(text)


def test_a_long_transcript_has_all_its_turns() -> None:
    turn = "JOHN SMITH: We will not leave the country, I said, and nobody can make us.\nMARY JONES: Why is that so?\n"
    assert len(find_turns(turn * 5000)) == 10_000
