"""The shipped pipelines, loaded by plain spaCy: tokens, and a few parses that must not change."""

from functools import cache
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

import dragoman.languages

HOME = Path(dragoman.languages.__file__).parent
CODES = ["en", "it"]


@cache
def pipeline(code: str) -> Language:
    folder = HOME / code / "pipeline"
    if not folder.exists():
        pytest.skip(f"no pipeline in {folder}; `make train-{code}` builds it")
    return spacy.load(folder)


def tokens(code: str, text: str) -> list[str]:
    return [token.text for token in pipeline(code).make_doc(text)]


@pytest.mark.parametrize("code", CODES)
def test_small_and_documented(code: str) -> None:
    folder = pipeline(code).path
    assert folder is not None
    assert sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) < 30_000_000
    assert (folder / "MODEL_CARD.md").exists()
    assert (folder / "LICENSE").exists()
    assert "/" not in str(pipeline(code).config["paths"])


@pytest.mark.parametrize(
    ("code", "text", "words"),
    [
        ("it", "L'Ucraina", ["L'", "Ucraina"]),
        ("it", "l’Ucraina", ["l’", "Ucraina"]),
        ("it", "un'altra quest'estate", ["un'", "altra", "quest'", "estate"]),
        ("it", 'dell\'"Unità"', ["dell'", '"', "Unità", '"']),
        ("it", "nell’«Ansa»", ["nell’", "«", "Ansa", "»"]),
        ("it", "l'11 un po' c'è", ["l'", "11", "un", "po'", "c'", "è"]),
        ("it", "dirlo facendolo", ["dir", "lo", "facendo", "lo"]),
        ("it", "portarglielo andarsene", ["portar", "glie", "lo", "andar", "se", "ne"]),
        ("it", "incontrarsi, trovarsi", ["incontrar", "si", ",", "trovar", "si"]),
        ("it", "Eccolo", ["Ecco", "lo"]),
        # Words that only look like verb and pronoun.
        ("it", "Carlo parla dei trasporti", ["Carlo", "parla", "dei", "trasporti"]),
        ("it", "Carmelo, aperti e diversi", ["Carmelo", ",", "aperti", "e", "diversi"]),
        ("it", "della carne", ["della", "carne"]),
        ("en", "don't he's", ["do", "n't", "he", "'s"]),
        ("en", "the U.S. (Reuters)", ["the", "U.S.", "(", "Reuters", ")"]),
    ],
)
def test_tokens(code: str, text: str, words: list[str]) -> None:
    assert tokens(code, text) == words


@pytest.mark.parametrize("code", CODES)
@given(text=st.text(max_size=200) | st.text("aAerdloiLl'’\"«» .\n1", max_size=200))
@settings(deadline=None)
def test_tokens_cover_the_text(code: str, text: str) -> None:
    doc = pipeline(code).make_doc(text)
    assert doc.text == text
    assert "".join(token.text_with_ws for token in doc) == text


@pytest.mark.parametrize(
    ("code", "text", "subject", "verb", "lemma", "target"),
    [
        ("en", "Ukraine accused Russia of shelling the port.", "Ukraine", "accused", "accuse", "Russia"),
        ("en", "The president met the Turkish foreign minister on Tuesday.", "president", "met", "meet", "minister"),
        ("it", "Il presidente ha ricevuto il premier polacco.", "presidente", "ricevuto", "ricevere", "premier"),
        ("it", "La polizia ha arrestato due giornalisti a Roma.", "polizia", "arrestato", "arrestare", "giornalisti"),
    ],
)
def test_plain_clauses(code: str, text: str, subject: str, verb: str, lemma: str, target: str) -> None:
    doc = pipeline(code)(text)
    root = next(token for token in doc if token.dep_ == "ROOT")
    found = {token.dep_: token for token in root.children}
    assert (root.text, root.lemma_, root.pos_) == (verb, lemma, "VERB")
    assert found["nsubj"].text == subject
    assert found["obj"].text == target


@pytest.mark.parametrize(
    ("code", "text", "subject", "agent"),
    [
        ("en", "The minister was attacked by the opposition.", "minister", "opposition"),
        ("it", "Il ministro è stato attaccato dall'opposizione.", "ministro", "opposizione"),
    ],
)
def test_passives(code: str, text: str, subject: str, agent: str) -> None:
    found = {token.dep_: token.text for token in pipeline(code)(text)}
    assert found["nsubj:pass"] == subject
    assert agent in (found.get("obl:agent"), found.get("obl"))


def test_an_enclitic_is_an_object() -> None:
    doc = pipeline("it")("Il governo ha deciso di incontrarlo.")
    assert [(token.text, token.dep_) for token in doc][-3:-1] == [("incontrar", "xcomp"), ("lo", "obj")]
