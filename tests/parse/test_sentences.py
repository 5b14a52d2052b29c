"""Sentence starts by marks and line breaks alone, with a tokenizer and no parser."""

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from dragoman.parse.sentences import Sentences

SENTENCES = {
    "en": Sentences(
        abbreviations=["Mr", "Sen", "St", "e.g"], may_end=["Inc", "p.m"], before_numbers=["No", "Jan", "no"]
    ),
    "it": Sentences(
        abbreviations=["on", "sig", "dott", "prof"], may_end=["ecc", "giu"], before_numbers=["art", "n", "giu"]
    ),
}
NLP = {code: spacy.blank(code) for code in SENTENCES}
WRAPPED = (
    "The president of the republic received the prime minister on Tuesday\n"
    "at the palace, and the two spoke at length about the budget, which\n"
    "Parliament has to pass. The vote is expected before the end of the\n"
    "month."
)


def read(language: str, text: str) -> Doc:
    return SENTENCES[language](NLP[language](text))


def starts(language: str, text: str) -> list[str]:
    """The text in pieces, cut at each certain start; "¿" shows where the parser may cut."""
    pieces = [""]
    for token in read(language, text):
        if token.i and token.is_sent_start:
            pieces.append("")
        elif token.i and token.is_sent_start is None:
            pieces[-1] += "¿"
        pieces[-1] += token.text_with_ws
    return [piece.strip() for piece in pieces]


@pytest.mark.parametrize(
    ("language", "pieces"),
    [
        ("en", ["Kyiv accused Moscow.", "Moscow denied it."]),
        ("en", ["Sen. J. D. Vance met Mr. Smith in St. Petersburg."]),
        ("en", ["It grew by 3.5 percent.", "That was on Jan. 6.", "Was it No. 1?", "Nobody knew."]),
        ("en", ["“We will go!” said the minister.", "He left."]),
        ("en", ["“It is over.”", "He left."]),
        ("en", ['"We tried.', 'We failed."', '"Never."', "He left."]),
        ("en", ["The answer is no.", "The talks go on."]),
        ("en", ["WASHINGTON (Reuters) - The Senate voted; the House did not: it waits."]),
        ("en", ["TRENTON, N.J. (AP) - The governor vetoed the bill."]),
        ("en", ["(It rained.)", "They stayed."]),
        ("en", ["1. The government falls."]),
        ("it", ["ROMA, 15 giu. (askanews) - Il ministro vola a Parigi."]),
        ("it", ["MILANO, 3 giu. - Il ministro vola a Parigi.", "Poi torna."]),
        ("it", ["L'on. Rossi e il sig. Bianchi citano l'art. 12 e la legge n. 5.", "Il dott. Verdi tace."]),
        ("it", ["«Non lo so.", "Vedremo», ha detto."]),
        ("it", ["«Vedremo».", "Poi il premier è partito."]),
        ("it", ["«Andremo avanti!» ha promesso il premier."]),
        ("it", ["« Basta così. »", "Il premier è partito."]),
        ("it", ["Ha vinto la Roma!", "È festa."]),
        ("it", ["Chi è stato?", "“Nessuno”, dice."]),
        # Line breaks.
        ("en", ["Quake hits Turkey", "Dozens are missing after the quake, officials said."]),
        ("it", ["Titolo senza punto", "Altro titolo senza punto", "Fine"]),
        ("it", ["Il titolo", "Il sommario"]),
    ],
)
def test_certain_starts(language: str, pieces: list[str]) -> None:
    joint = "\n" if pieces[0][-1].isalnum() else " "
    assert starts(language, joint.join(pieces)) == pieces


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "He moved to the U.S. Smith stayed."),
        ("en", "They met at 5 p.m. Smith was there."),
        ("en", "“We will go!” Smith said."),
        ("en", "Well... Smith stayed."),
        ("it", "Pane, vino ecc. Rossi compra tutto."),
        ("it", "il governo cade.Il premier tace"),
    ],
)
def test_the_parser_decides(language: str, text: str) -> None:
    assert sum("¿" in piece for piece in starts(language, text)) == 1


def test_wrapped_lines_are_not_cut() -> None:
    found = starts("en", WRAPPED)
    assert [piece.split()[0] for piece in found] == ["The", "The"]


def test_a_blank_line_cuts() -> None:
    assert len(starts("en", WRAPPED.replace("budget, which", "budget\n\n"))) == 3


def test_blank_tokens_start_nothing() -> None:
    doc = read("en", "  One.\n\n  Two.\n")
    assert [token.text for token in doc if token.i and token.is_sent_start] == ["Two"]


@given(st.text(max_size=300) | st.text("Aa.!?…\"'”» \n,1-", max_size=300), st.sampled_from(["en", "it"]))
def test_any_text(text: str, language: str) -> None:
    doc = read(language, text)
    assert doc.text == text
    assert not any(token.is_space and token.is_sent_start for token in doc if token.i)


@pytest.mark.parametrize("unit", ["A. ", ".", "a\n", '." ', "Rossi va. ", "a" * 60 + "\n"])
def test_time_grows_with_length(unit: str) -> None:
    words = unit.split() or [unit]
    doc = Doc(NLP["en"].vocab, words=words * 20_000)
    SENTENCES["en"](doc)
