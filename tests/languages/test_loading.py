"""A language's data are checked when they are loaded; every mistake is a line that names file, rule and remedy."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dragoman import languages, ontology
from dragoman.extract.rules import load_rules
from dragoman.extract.speech import compile_speech
from dragoman.languages import Language, LanguageError
from dragoman.parse.grammar import grammar_of

GOOD = """
event = "CONSULT"
[[rule]]
name = "meet"
verbs = ["meet"]
mode = "visit"
"""


def language(folder: Path, **files: str) -> Language:
    (folder / "events").mkdir(exist_ok=True)
    for name, content in files.items():
        (folder / f"{name.replace('__', '/')}.toml").write_text(content, encoding="utf-8")
    return Language("zz", folder, {"name": "Test", "light_verbs": []})


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (GOOD.replace("CONSULT", "CHAT"), "no such event type 'CHAT'; one of AGREE"),
        (GOOD.replace('"visit"', '"stroll"'), "zz/consult/meet: no such mode 'stroll'; one of visit"),
        (GOOD.replace("verbs", "verb"), "zz/consult/meet: no such key 'verb'; one of actor"),
        (GOOD.replace('verbs = ["meet"]', ""), "zz/consult/meet: no verbs, nouns or adjectives"),
        (GOOD.replace('name = "meet"', ""), "has no name"),
        (GOOD + 'where = { object = ["@weapon"] }', "zz/consult/meet: no such class '@weapon'"),
        (GOOD + "actor = 3", "zz/consult/meet: a role is a word"),
        (GOOD + 'needs = ["host"]', "needs may name 'actor' and 'recipient' only"),
        (GOOD + GOOD.replace('event = "CONSULT"', ""), "zz/consult/meet: two rules have this name"),
        ("event = [", "consult.toml: not readable as TOML"),
    ],
)
def test_a_faulty_rule_file(tmp_path: Path, wrong: str, said: str) -> None:
    with pytest.raises(LanguageError) as problem:
        load_rules(language(tmp_path, events__consult=wrong), ontology.load())
    assert said in str(problem.value)
    assert "\n" not in str(problem.value).strip().partition(": not readable")[0]


def test_a_faulty_speech_file(tmp_path: Path) -> None:
    with pytest.raises(LanguageError, match="zz/speech/say: no such stance 'mutter'; one of assert"):
        compile_speech(language(tmp_path, speech='[[group]]\nname = "say"\nstance = "mutter"\n'))
    with pytest.raises(LanguageError, match="zz/speech/say: no such frame 'song'"):
        compile_speech(language(tmp_path, speech='[[group]]\nname = "say"\nstance = "assert"\nframes = ["song"]\n'))


def test_a_faulty_grammar(tmp_path: Path) -> None:
    wrong = Language("zz", tmp_path, {"name": "T", "light_verbs": [], "grammar": {"links": {"because": ["as"]}}})
    with pytest.raises(LanguageError, match=r"\[grammar.links\] has no 'because'; one of condition"):
        grammar_of(wrong)


def test_a_language_that_is_not_there() -> None:
    with pytest.raises(LanguageError, match="no language 'xx'; installed: en, it"):
        languages.load("xx")


@pytest.mark.parametrize("code", languages.installed())
def test_every_rule_has_its_proofs(code: str) -> None:
    """At least two examples, those that are not found yet included, and one counterexample a rule."""
    rules = load_rules(languages.load(code), ontology.load()).rules
    lacking = [r.id for r in rules if len(r.examples) + len(r.not_yet) < 2 or not r.counterexamples]
    assert not lacking


@pytest.mark.parametrize("code", languages.installed())
def test_all_sixteen_types_have_rules(code: str) -> None:
    found = {rule.event for rule in load_rules(languages.load(code), ontology.load()).rules}
    assert found == set(ontology.load().types)


@pytest.mark.parametrize("code", languages.installed())
def test_contexts_and_modes_are_those_of_the_codebook(code: str) -> None:
    codebook = ontology.load()
    one = languages.load(code)
    assert set(one.table("contexts")["contexts"]) <= codebook.contexts
    for event, modes in one.table("events/modes").items():
        assert set(modes) <= set(codebook.types[event].modes), event


def test_a_new_language_loads_at_once(tmp_path: Path) -> None:
    import sys

    sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))
    from new_language import lay_out  # pyright: ignore[reportMissingImports]

    folder = lay_out("pl", tmp_path)
    one = languages.load("pl", tmp_path)
    assert one.name == "Polski"
    assert grammar_of(one).negations == frozenset()
    assert load_rules(one, ontology.load()).rules == ()
    assert compile_speech(one).groups == ()
    with pytest.raises(ValueError, match="is there already"):
        lay_out("pl", tmp_path)
    with pytest.raises(ValueError, match="is no language code"):
        lay_out("klingon!", tmp_path)
    shutil.rmtree(folder)


def test_scores_lie_between_conflict_and_cooperation() -> None:
    for kind in ontology.load().types.values():
        assert -10 <= kind.score <= 10
        assert all(-10 <= mode.score <= 10 for mode in kind.modes.values())
