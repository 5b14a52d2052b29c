"""ClearNLP labels, as spaCy's own English pipelines give them, come out as Universal Dependencies."""

from __future__ import annotations

from dragoman.languages import load
from dragoman.parse.clauses import Clause, find_clauses
from dragoman.parse.grammar import grammar_of
from dragoman.parse.schemes import is_clear, to_universal
from dragoman.parse.words import Sentence, Word

Row = tuple[str, str, str, int, str, str]


def sentence(*rows: Row) -> Sentence:
    """Rows of text, lemma, part of speech, head, label, features; as a ClearNLP parser would give them."""
    words: list[Word] = []
    at = 0
    for index, (text, lemma, pos, head, label, feats) in enumerate(rows):
        words.append(Word(index, at, at + len(text), text, lemma, pos, feats, head, label))
        at += len(text) + 1
    return Sentence(tuple(to_universal(words)))


def clause(found: tuple[Clause, ...], predicate: str) -> Clause:
    return next(c for c in found if c.predicate == predicate)


def filled(of: Sentence, one: Clause) -> dict[str, list[str]]:
    return {role: [" ".join(of[i].text for i in p.words) for p in phrases] for role, phrases in one.roles.items()}


GRAMMAR = grammar_of(load("en"))
PAST = "Tense=Past|VerbForm=Fin"


def test_a_passive_with_its_agent() -> None:
    of = sentence(
        ("Rome", "Rome", "PROPN", 2, "nsubjpass", ""),
        ("was", "be", "AUX", 2, "auxpass", PAST),
        ("sacked", "sack", "VERB", 2, "ROOT", "Tense=Past|VerbForm=Part"),
        ("by", "by", "ADP", 2, "agent", ""),
        ("Goths", "Goth", "PROPN", 3, "pobj", ""),
        ("in", "in", "ADP", 2, "prep", ""),
        ("August", "August", "PROPN", 5, "pobj", ""),
    )
    found = clause(find_clauses(of, GRAMMAR), "sack")
    assert filled(of, found) == {"object": ["Rome"], "subject": ["Goths"], "in": ["August"]}


def test_a_phrase_of_a_noun_stays_with_the_noun() -> None:
    of = sentence(
        ("Talks", "talk", "NOUN", 4, "nsubj", ""),
        ("between", "between", "ADP", 0, "prep", ""),
        ("Peru", "Peru", "PROPN", 1, "pobj", ""),
        ("", "", "PUNCT", 0, "punct", ""),
        ("failed", "fail", "VERB", 4, "ROOT", PAST),
    )
    found = clause(find_clauses(of, GRAMMAR, {"talk"}), "talk")
    assert filled(of, found)["between"] == ["Peru"]


def test_a_predicate_after_be_is_the_head() -> None:
    of = sentence(
        ("Chad", "Chad", "PROPN", 1, "nsubj", ""),
        ("is", "be", "AUX", 1, "ROOT", "Tense=Pres|VerbForm=Fin"),
        ("ready", "ready", "ADJ", 1, "acomp", ""),
        ("to", "to", "PART", 4, "aux", ""),
        ("help", "help", "VERB", 2, "xcomp", "VerbForm=Inf"),
    )
    found = find_clauses(of, GRAMMAR)
    assert filled(of, clause(found, "ready")) == {"subject": ["Chad"]}
    assert filled(of, clause(found, "help"))["subject"] == ["Chad"]


def test_what_a_preposition_governs_as_a_clause() -> None:
    of = sentence(
        ("Mali", "Mali", "PROPN", 1, "nsubj", ""),
        ("left", "leave", "VERB", 1, "ROOT", PAST),
        ("without", "without", "ADP", 1, "prep", ""),
        ("attacking", "attack", "VERB", 2, "pcomp", "VerbForm=Ger"),
        ("Niger", "Niger", "PROPN", 3, "dobj", ""),
    )
    found = clause(find_clauses(of, GRAMMAR), "attack")
    assert found.link == "without"
    assert filled(of, found) == {"object": ["Niger"], "subject": ["Mali"]}


def test_which_scheme_a_parser_speaks() -> None:
    assert is_clear(["nsubj", "dobj", "pobj"])
    assert not is_clear(["nsubj", "obj", "obl"])
