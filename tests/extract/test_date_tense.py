"""Which verb's tense decides whether a date lies back or ahead: the one it hangs on, as the whole reading tells."""

from __future__ import annotations

import pytest

import dragoman

PUBLISHED = "2022-06-16"  # a Thursday


@pytest.mark.parametrize(
    ("code", "text", "words", "value"),
    [
        ("en", "The army will attack on Monday, a spokesman told reporters.", "Monday", "2022-06-20"),
        ("en", "The army will attack, a spokesman told reporters on Monday.", "Monday", "2022-06-13"),
        ("en", "The minister, who will visit Rome next week, arrived in Paris on Friday.", "Friday", "2022-06-10"),
        ("en", "She vowed to respond and left the country on Wednesday.", "Wednesday", "2022-06-15"),
        ("en", "By Friday evening the town had fallen.", "Friday evening", "2022-06-10TEV"),
        ("en", "The army must leave by Friday.", "Friday", "2022-06-17"),
        ("en", "The truce expires on Sunday.", "Sunday", "2022-06-19"),
        ("it", "L'esercito attaccherà, ha detto lunedì un portavoce.", "lunedì", "2022-06-13"),
        ("it", "L'esercito attaccherà lunedì, ha detto un portavoce.", "lunedì", "2022-06-20"),
        ("it", "Il parlamento ha approvato giovedì una legge che vieterà il partito.", "giovedì", "2022-06-16"),
        ("it", "Entro venerdì sera la città era caduta.", "venerdì sera", "2022-06-10TEV"),
        ("it", "La tregua scade domenica.", "domenica", "2022-06-19"),
    ],
)
def test_the_verb_that_a_date_hangs_on_decides(code: str, text: str, words: str, value: str) -> None:
    reading = dragoman.read(text, code, PUBLISHED)
    assert {when.span.of(text): when.value for when in reading.dates}[words] == value


@pytest.mark.parametrize(
    "text",
    [
        "La polizia iraniana ha arrestato venerdì quattro attivisti.",
        "L'aviazione ha ucciso venerdì sette miliziani, secondo una ong.",
    ],
)
def test_a_number_that_counts_is_no_day_of_the_month(text: str) -> None:
    assert [when.value for when in dragoman.read(text, "it", PUBLISHED).dates] == ["2022-06-10"]


@pytest.mark.parametrize("text", ["Lunedì 13 i giudici hanno deciso.", "Hanno deciso lunedì 13."])
def test_a_number_that_counts_nothing_is_one(text: str) -> None:
    assert [when.value for when in dragoman.read(text, "it", PUBLISHED).dates] == ["2022-06-13"]
