"""What holds of every reading: spans in the text, the same text the same reading, no text that breaks it."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import dragoman
from dragoman.records import Reading

PIECES = st.sampled_from(
    [
        "France", "Xi Jinping", "Il Cremlino", "the two leaders", "i due", "denied", "ha negato di aver", "attacked", "ha incontrato",
        "“", "”", "«", "»", '"', "according to", "secondo", "that", "che", "if", "se", ",", ".", ":", "\n", "\n\n", "…", "15 June", "mercoledì",
        "- Advertisement -", "U.S.", "’", "e\u0301", "\u200b", "😀", "\u202e", "ÀÈ", "İ", "(", ")", "<b>", "\x1b[31m", "?", "will", "non",
    ]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=40).map(" ".join))


@pytest.mark.parametrize("language", ["en", "it"])
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=TEXTS)
def test_no_text_breaks_it(language: str, text: str) -> None:
    """`Reading` itself refuses spans outside the text and references that lead nowhere."""
    reading = dragoman.read(text, language, "2022-06-16")
    assert reading.article.text == text
    assert reading == dragoman.read(text, language, "2022-06-16")
    assert Reading.from_dict(reading.to_dict()) == reading


def test_a_language_that_cannot_be_told() -> None:
    with pytest.raises(ValueError, match="cannot be told"):
        dragoman.read("1234")


def test_a_language_that_is_not_installed() -> None:
    with pytest.raises(ValueError, match="installed: en, it"):
        dragoman.read("Bonjour", "fr")


def test_no_date_is_invented() -> None:
    reading = dragoman.read("France met Germany on Wednesday.", "en")
    assert reading.article.published is None
    assert all(when.interval is None for when in reading.dates)


def test_order_and_languages_are_kept() -> None:
    from dragoman.pipeline import Reader
    from dragoman.records import Article

    articles = [
        Article(str(number), text, language)
        for number, (language, text) in enumerate(
            [
                ("en", "France met Germany."),
                ("it", "La Francia ha incontrato la Germania."),
                ("it", ""),
                ("en", "Peru slept."),
            ]
        )
    ]
    assert [reading.article for reading in Reader().read_many(articles)] == articles
