"""Clauses on frozen parses, and with --live on the shipped pipelines."""

from __future__ import annotations

import functools
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman import languages
from dragoman.parse.clauses import Clause, find_clauses
from dragoman.parse.conllu import read_parses, write_parses
from dragoman.parse.grammar import grammar_of
from dragoman.parse.words import Sentence, Word
from dragoman.pipeline import Reader, lexicons_of

HERE = Path(__file__).parent
CASES: list[dict[str, Any]] = tomllib.loads((HERE / "clauses.toml").read_text(encoding="utf-8"))["sentence"]
FROZEN = HERE / "clauses.conllu"
EVENT_NOUNS = frozenset({"talk", "attack", "invasion", "colloquio", "attacco", "invasione"})


@functools.cache
def reader() -> Reader:
    return Reader()


def sentence_of(case: dict[str, Any], live: bool) -> Sentence:
    if live:
        return reader().parser(case["language"]).parse(case["text"])[0]
    return read_parses(FROZEN)[case["text"]][0]


def role(sentence: Sentence, clause: Clause, name: str) -> str:
    phrases = clause.role(name)
    return " ".join(sentence[i].text for i in phrases[0].words) if phrases else ""


@pytest.mark.parametrize("case", CASES, ids=[case["text"] for case in CASES])
def test_roles(case: dict[str, Any], request: pytest.FixtureRequest) -> None:
    grammar = grammar_of(languages.load(case["language"]))
    sentence = sentence_of(case, bool(request.config.getoption("--live")))
    clauses = find_clauses(sentence, grammar, EVENT_NOUNS)
    for wanted in case["clauses"]:
        found = [clause for clause in clauses if clause.predicate == wanted["predicate"]]
        assert found, f"no clause {wanted['predicate']!r} among {[c.predicate for c in clauses]}"
        for key, value in wanted.items():
            if key in ("link", "tense", "modality", "negated"):
                assert getattr(found[0], key) == value, key
            elif key != "predicate":
                assert role(sentence, found[0], key) == value, (key, dict(found[0].roles))


LABELS = [
    "nsubj",
    "obj",
    "obl",
    "nmod",
    "conj",
    "acl:relcl",
    "advcl",
    "ccomp",
    "xcomp",
    "case",
    "aux:pass",
    "root",
    "cop",
    "amod",
]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["VERB", "NOUN", "PROPN", "ADJ", "PRON", "ADP", "AUX"]),
            st.integers(0, 30),
            st.sampled_from(LABELS),
        ),
        min_size=1,
        max_size=30,
    )
)
def test_no_tree_breaks_it(rows: list[tuple[str, int, str]]) -> None:
    """Heads at random, cycles included: clauses come out, and every word number lies in the sentence."""
    words = tuple(
        Word(i, 5 * i, 5 * i + 4, "word", "talk", pos, "VerbForm=Fin|PronType=Rel", head % len(rows), label)
        for i, (pos, head, label) in enumerate(rows)
    )
    for clause in find_clauses(Sentence(words), lexicons_of("en").grammar, EVENT_NOUNS):
        assert 0 <= clause.head < len(rows)
        for phrases in clause.roles.values():
            assert all(0 <= index < len(rows) for phrase in phrases for index in phrase.words)


def test_frozen_parses_come_back_as_they_were(tmp_path: Path) -> None:
    parses = read_parses(FROZEN)
    again = tmp_path / "again.conllu"
    write_parses(again, parses.items())
    assert {t: [s.words for s in x] for t, x in read_parses(again).items()} == {
        t: [s.words for s in x] for t, x in parses.items()
    }


def freeze() -> None:
    """Parse the sentences anew with the shipped pipelines; `make parses` calls this."""
    write_parses(FROZEN, ((case["text"], reader().parser(case["language"]).parse(case["text"])) for case in CASES))


if __name__ == "__main__":
    freeze()
