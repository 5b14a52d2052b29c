"""Every sentence beside a context is a test: an example's words show the context, a counterexample's do not."""

from __future__ import annotations

import functools

import pytest

from dragoman import languages, ontology
from dragoman.extract.examples import Example, context_examples_of
from dragoman.parse.conllu import read_parses
from dragoman.parse.words import Sentence
from dragoman.pipeline import lexicons_of


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    codes = metafunc.config.getoption("--language") or languages.installed()
    if "example" in metafunc.fixturenames:
        cases = [(code, example) for code in codes for example in examples(code)]
        ids = [f"{code}-{example.rule}-{example.text}" for code, example in cases]
        metafunc.parametrize(("code", "example"), cases, ids=ids)
    else:
        metafunc.parametrize("code", codes)


def examples(code: str) -> list[Example]:
    return list(context_examples_of(languages.load(code).table("contexts").get("contexts", {})))


@functools.cache
def frozen(code: str) -> dict[str, tuple[Sentence, ...]]:
    return read_parses(languages.HOME / code / "parses.conllu")


def test_example(code: str, example: Example) -> None:
    if example.text not in frozen(code):
        pytest.fail(f"{example.rule}: not frozen yet, run `make parses LANG={code}`: {example.text}")
    lexicons = lexicons_of(code)
    sentences = [lexicons.lemmas.correct(sentence) for sentence in frozen(code)[example.text]]
    found = {
        name
        for sentence in sentences
        for name in lexicons.events.contexts.places_in([word.lemma.lower() for word in sentence])
    }
    lemmas = " ".join(word.lemma for sentence in sentences for word in sentence)
    assert (example.rule in found) == (example.sort == "example"), (sorted(found), lemmas)


def test_every_context_has_its_proofs(code: str) -> None:
    """All contexts of the codebook, each with two examples and one counterexample at least."""
    proofs = examples(code)
    for context in ontology.load().contexts:
        sorts = [example.sort for example in proofs if example.rule == context]
        assert sorts.count("example") >= 2, context
        assert "counterexample" in sorts, context
