"""The words by which a text vouches for what it tells, or does not: every sentence beside them in a language's `telling.toml`."""

from __future__ import annotations

import re

import pytest

from dragoman import languages
from dragoman.link.claims import claims_of
from dragoman.link.tellers import voice_of
from dragoman.link.vouching import is_disowned
from dragoman.ontology import load as load_ontology
from dragoman.pipeline import Reader
from dragoman.records import Article, Span
from dragoman.text import parse_date

MARKED = re.compile(r"\[([^]]+)\]\((\w+)\)")
CASES = [
    (code, section, sentence)
    for code in languages.installed()
    for section, told in languages.find(code).table("telling").items()
    if section != "denied"
    for sentence in (*told["examples"], *told["counterexamples"])
]
DISOWNED = [
    (code, sentence, sort == "examples")
    for code in languages.installed()
    for sort in ("examples", "counterexamples")
    for sentence in languages.find(code).table("telling").get("denied", {}).get(sort, ())
]


@pytest.mark.parametrize(("language", "sentence", "disowned"), DISOWNED)
def test_who_has_nothing_to_do_with_it_denies(language: str, sentence: str, disowned: bool) -> None:
    assert is_disowned(sentence, language) == disowned


@pytest.mark.parametrize(("language", "section", "sentence"), CASES)
def test_what_the_outlet_says_in_its_own_voice(reader: Reader, language: str, section: str, sentence: str) -> None:
    marked = MARKED.search(sentence)
    assert marked, f"{language}/{section}: mark what happens: {sentence}"
    span = Span(marked.start(), marked.start() + len(marked.group(1)))
    article = Article("a", MARKED.sub(r"\1", sentence), language, parse_date("2024-03-05"), outlet="Paper")
    (reading,) = reader.read_many([article])
    non_state = load_ontology().non_state
    outlet = voice_of(article, None, non_state)
    claims = [claim for claim in claims_of(reading, outlet, non_state) if claim.trigger.overlaps(span)]
    assert claims, f"{language}/{section}: nothing is told at the mark"
    stances = {voice.stance for claim in claims for voice in claim.voices if voice.teller == outlet}
    assert (stances - {"silent"} or {"silent"}) == {marked.group(2)}
