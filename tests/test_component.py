"""Dragoman in somebody's own spaCy pipeline."""

from __future__ import annotations

import spacy

import dragoman
from dragoman.languages import HOME


def test_a_reading_on_the_doc() -> None:
    nlp = spacy.load(HOME / "en" / "pipeline")
    nlp.add_pipe("dragoman", config={"published": "2022-06-16"})
    doc = nlp("France condemned the attack on Monday.")
    reading = doc._.reading
    assert isinstance(reading, dragoman.Reading)
    assert reading.article.text == doc.text
    assert [(e.type, reading.actor(e.actors[0]).country) for e in reading.events] == [("ACCUSE", "FRA")]
