"""What stands before a closing attribution is a clause of its own, and who says so governs it."""

from __future__ import annotations

import functools

import pytest

from dragoman import languages
from dragoman.parse.pipelines import Parser, load_parser
from dragoman.parse.relations import subject_of
from dragoman.parse.words import Sentence


@functools.cache
def parser(code: str) -> Parser:
    return load_parser(languages.load(code))


def verb(sentence: Sentence, text: str) -> int:
    return next(word.index for word in sentence if word.text == text)


@pytest.mark.parametrize(
    ("text", "said", "done", "doer", "teller"),
    [
        (
            "In a sudden move, Kenyan police in Mombasa confiscated rifles and grenades from armed smugglers, the army said Friday.",
            "said", "confiscated", "police", "army",
        ),
        (
            "President Paul Biya has imposed sanctions on the separatist faction that controls the valley, the palace said Monday.",
            "said", "imposed", "Paul", "palace",
        ),
    ],
)  # fmt: skip
def test_attribution_behind(text: str, said: str, done: str, doer: str, teller: str) -> None:
    (sentence,) = parser("en").parse(text)
    inner, outer = verb(sentence, done), verb(sentence, said)
    assert sentence[inner].head == outer
    assert sentence[inner].label == "ccomp"
    subjects = [subject_of(sentence, inner), subject_of(sentence, outer)]
    assert [sentence[i].text for i in subjects if i is not None] == [doer, teller]
    assert [word.text for word in sentence] == [*text.removesuffix(".").replace(",", " ,").split(), "."]


def test_a_sentence_that_hangs_together_stays() -> None:
    (sentence,) = parser("en").parse("Kenya closed the border, the army said.")
    assert sentence[verb(sentence, "closed")].head == verb(sentence, "said")
