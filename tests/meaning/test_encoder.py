"""The encoder: pieces lie in the text, vectors are the same every time, and like meaning is near in either language."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.meaning.encoder import LONGEST, Encoder, encoder


@pytest.fixture(scope="module")
def shipped() -> Encoder:
    return encoder()


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=120))
def test_pieces_lie_in_the_text(text: str) -> None:
    ((spans, vectors),) = encoder().tokens([text])
    assert len(spans) == len(vectors)
    assert all(0 <= start <= end <= len(text) for start, end in spans.tolist())
    assert spans.tolist() == sorted(spans.tolist())
    assert np.isfinite(vectors).all()


def test_the_pieces_of_a_word_make_up_the_word(shipped: Encoder) -> None:
    text = "Il sottosegretario smentì l’incontro."
    ((spans, _),) = shipped.tokens([text])
    assert "".join(text[start:end] for start, end in spans.tolist()) == text.replace(" ", "")


def test_reading_twice_gives_the_same(shipped: Encoder) -> None:
    texts = ["The ferry sank off the coast.", "", "Nessuno ha visto il traghetto affondare."]
    first, second = shipped.tokens(texts), shipped.tokens(texts)
    assert all((a == b).all() for (_, a), (_, b) in zip(first, second, strict=True))


def test_a_long_text_has_vectors_for_its_head(shipped: Encoder) -> None:
    ((spans, vectors),) = shipped.tokens(["word " * 5000])
    assert len(spans) == len(vectors)
    assert LONGEST / 2 < len(vectors) < LONGEST


@pytest.mark.parametrize(
    ("one", "alike", "other"),
    [
        ("The mayor stepped down.", "Il sindaco si è dimesso.", "Il traghetto è affondato."),
        ("The workers went on strike.", "I dipendenti hanno scioperato.", "Il ministro ha votato contro il bilancio."),
        ("The bridge gave way.", "Il ponte è crollato.", "La squadra ha vinto la partita."),
    ],
)  # fmt: skip
def test_like_meaning_is_nearer_across_languages(shipped: Encoder, one: str, alike: str, other: str) -> None:
    means = np.array([vectors.mean(axis=0) for _, vectors in shipped.tokens([one, alike, other])])
    means /= np.linalg.norm(means, axis=1, keepdims=True)
    assert means[0] @ means[1] > means[0] @ means[2]
