"""Dragoman in somebody's own spaCy pipeline."""

from __future__ import annotations

import pytest
import spacy

import dragoman
from dragoman.languages import HOME, LanguageError


def test_a_reading_on_the_doc() -> None:
    nlp = spacy.load(HOME / "en" / "pipeline")
    nlp.add_pipe("dragoman", config={"published": "2022-06-16"})
    doc = nlp("France condemned the attack on Monday.")
    reading = doc._.reading
    assert isinstance(reading, dragoman.Reading)
    assert reading.article.text == doc.text
    assert [(e.type, reading.actor(e.actors[0]).country) for e in reading.events] == [("ACCUSE", "FRA")]


def test_a_pipeline_without_a_parser_is_told() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("dragoman")
    with pytest.raises(LanguageError, match="wants a parser before it"):
        nlp("France condemned the attack on Monday.")
