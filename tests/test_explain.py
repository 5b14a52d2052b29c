"""`dragoman explain`: what it says of sentences whose events are known, for people and for programs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from dragoman import languages
from dragoman.cli import app
from dragoman.pipeline import Explanation, Reader
from dragoman.samples import DISPATCHES
from dragoman.show.explain import explanation_dict
from dragoman.sources import Problem, fetch
from dragoman.text import articles


def run(*arguments: str, text: str = "") -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["explain", *arguments], input=text, env={"COLUMNS": "100"})
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout, result.stderr


def explained(text: str, *options: str, language: str = "en") -> list[dict[str, Any]]:
    """The clauses of a text."""
    status, output, errors = run("-l", language, "--format", "json", *options, "-", text=text)
    assert (status, errors) == (0, "")
    (found,) = json.loads(output)
    return [clause for sentence in found["sentences"] for clause in sentence["clauses"]]


def clause_of(predicate: str, clauses: list[dict[str, Any]]) -> dict[str, Any]:
    return next(clause for clause in clauses if clause["predicate"] == predicate)


def rule_in(name: str, reports: list[dict[str, Any]]) -> dict[str, Any]:
    return next(report for report in reports if report["rule"].endswith(name))


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A rule that wants everything: a word beside it, a word in a role, none in another, parties."""
    (tmp_path / "consult.toml").write_text(
        'event = "CONSULT"\n[[rule]]\nname = "lunch"\nverbs = ["lunch with", "lunch"]\nrecipient = "with"\n'
        'needs = ["actor", "recipient"]\nwhere = { in = ["@country", "rome"] }\nunless = { on = ["sunday"] }\n',
        encoding="utf-8",
    )
    return tmp_path


def test_a_rule_that_fired_and_its_event() -> None:
    (clause,) = explained("Poland was attacked by Russia on Monday.")
    roles = {role["role"]: role for role in clause["roles"]}
    assert (roles["subject"]["words"], roles["object"]["words"]) == ("Russia", "Poland")
    assert (clause["predicate"], clause["tense"], clause["passive"]) == ("attack", "past", True)
    fired = rule_in("assault/attack", clause["fired"])
    assert (fired["fate"], fired["event"]["type"], fired["actors"]) == ("coded", "ASSAULT", roles["subject"]["actors"])
    assert fired["reasons"] == []


@pytest.mark.parametrize(
    ("text", "predicate", "reason", "effect"),
    [
        ("Russia did not attack Poland.", "attack", ("mood", "negated"), {"polarity": "negated"}),
        ("Russia may attack Poland.", "attack", ("mood", "possible"), {"certainty": "possible"}),
        ("Russia will attack Poland.", "attack", ("mood", "future"), {"time": "future"}),
        ("If Russia attacks Poland, Spain will retreat.", "attack", ("link", "condition"), {"certainty": "possible"}),
        ("Russia failed to attack Poland.", "attack", ("word", "fail"), {"polarity": "negated"}),
        ("Russia planned to attack Poland.", "attack", ("word", "plan"), {"certainty": "possible", "time": "future"}),
    ],
)
def test_why_it_is_no_fact(text: str, predicate: str, reason: tuple[str, str], effect: dict[str, str]) -> None:
    fired = rule_in("assault/attack", clause_of(predicate, explained(text))["fired"])
    causes = {(cause["kind"], cause["word"]): cause["effect"] for cause in fired["reasons"]}
    assert reason in causes, causes
    assert effect.items() <= causes[reason].items()


def test_two_causes_each_of_which_would_do() -> None:
    fired = rule_in("assault/attack", explained("France may attack Spain if it does not withdraw.")[0]["fired"])
    assert {cause["word"] for cause in fired["reasons"]} >= {"possible", "condition"}


def test_a_rule_that_gave_way() -> None:
    clauses = explained("Washington urged Beijing to help Russia.")
    taken = rule_in("aid/help", clause_of("help", clauses)["fired"])
    assert (taken["fate"], taken["event"]) == ("taken in", None)
    assert taken["by"]["rule"].startswith("en/request/")
    assert taken["by"]["clause"] == clause_of("urge", clauses)["number"]
    outranked = [f for f in clause_of("urge", clauses)["fired"] if f["fate"] == "outranked"]
    assert outranked
    assert all(f["by"]["rule"].startswith("en/request/") for f in outranked)


def test_the_same_thing_twice_in_a_sentence() -> None:
    clauses = explained("Russia attacked Poland and Russia shelled Poland.")
    fates = [fired["fate"] for clause in clauses for fired in clause["fired"] if fired["type"] == "ASSAULT"]
    assert (fates.count("coded"), "same" in fates) == (1, True)


def test_a_party_without_a_country() -> None:
    fired = explained("A farmer attacked a baker.")[0]["fired"]
    assert "no party" in {f["fate"] for f in fired}
    assert all(f["event"] is None for f in fired)


@pytest.mark.parametrize(
    ("text", "hindrances"),
    [
        ("France lunched with Spain in Rome.", []),
        ("France lunched with Spain in Paris on Sunday.", [("unless", "on", ["sunday"])]),
        ("France lunched with Spain in the park.", [("where", "in", ["park"])]),
        ("France lunched in Rome with a friend.", [("needs", "recipient", [])]),
        ("A friend lunched with Spain in Rome.", [("needs", "actor", [])]),
        ("France lunched in the park.", [("where", "in", ["park"]), ("needs", "recipient", [])]),
    ],
)
def test_what_keeps_a_rule_from_firing(own: Path, text: str, hindrances: list[tuple[str, str, list[str]]]) -> None:
    clause = clause_of("lunch", explained(text, "--rules", str(own), "--rule", "consult/lunch"))
    if not hindrances:
        assert [fired["rule"] for fired in clause["fired"]] == ["en/consult/lunch"]
        return
    (miss,) = clause["missed"]
    assert [(h["check"], h["at"], h["found"]) for h in miss["hindrances"]] == hindrances


def test_a_word_that_is_not_there_and_one_to_be_governed() -> None:
    clause = clause_of("ask", explained("France asked Spain.", "--rule", "request/"))
    checks = {(h["check"], h["at"]) for miss in clause["missed"] for h in miss["hindrances"]}
    assert {("companion", "for"), ("complement", None)} <= checks


def test_for_people(own: Path) -> None:
    options = ["-l", "en", "--rules", str(own)]
    text = "In the park France lunched with a friend. Russia will not help Spain."
    status, output, errors = run(*options, "-", text=text)
    assert (status, errors) == (0, "")
    for line in (
        "In the park France lunched with a friend.",
        "  0  lunched  lunch (verb) · past",
        "subject: “France” = France [FRA]",
        "× en/consult/lunch (lunch with) CONSULT: must have as in one of @country, rome; there is park; needs a recipient: with “a friend” is nobody known",
        "negated: clause 0 is negated",
        "future: clause 0 is future (tense)",
    ):
        assert line in output, output
    status, output, _ = run(*options, "--rule", "consult/lunch", "-", text=text)
    assert status == 0
    assert "help (verb)" in output
    assert "× no predicate of the sentence is a word of en/consult/lunch" in output
    assert "en/aid" not in output


def test_what_becomes_of_it_afterwards() -> None:
    text = "U.S. officials said Moscow had asked Beijing for weapons, a claim that both deny. France will meet Spain."
    status, output, _ = run("-l", "en", "-", text=text)
    assert status == 0
    assert "told in s1; denied by s3; coded as possible" in output
    assert "still to come, so AGREE" in output


def test_in_italian_with_a_subject_left_out() -> None:
    clauses = explained("La Francia ha condannato l'attacco. Ha chiesto aiuto alla Spagna.", language="it")
    (subject,) = [role for role in clause_of("chiedere", clauses)["roles"] if role["role"] == "subject"]
    assert (subject["words"], len(subject["actors"])) == ("", 1)


def sample_explanations() -> list[tuple[Explanation, set[str]]]:
    reader = Reader()
    found = []
    for article in articles(fetch([str(DISPATCHES)]), language=None, published=None, installed=languages.installed()):
        assert not isinstance(article, Problem)
        found.append((reader.explain(article), {event.id for event in reader.read(article).events}))
    return found


def test_every_event_of_the_samples_is_explained_and_no_fate_is_without_its_cause() -> None:
    for explanation, events in sample_explanations():
        fired = [f for s in explanation.sentences for c in s.clauses for f in c.fired]
        assert {f.event.id for f in fired if f.event} == events
        assert all(f.by for f in fired if f.fate in ("outranked", "taken in", "same"))
        assert all(f.reasons for f in fired if (f.polarity, f.certainty, f.time) != ("affirmed", "certain", "past"))
        assert all(m.hindrances for s in explanation.sentences for c in s.clauses for m in c.misses)
        json.dumps(explanation_dict(explanation))


def test_nothing_to_explain() -> None:
    status, output, errors = run("-l", "en", "-", text="Rain.")
    assert (status, errors) == (0, "")
    assert "no predicate here" in output
    status, output, errors = run("-l", "en", "-", text="   ")
    assert (status, "empty" in errors) == (1, True)


@pytest.mark.parametrize(
    ("arguments", "status", "why"),
    [
        (["-l", "xx", "-"], 2, "language 'xx' is not installed"),
        (["-l", "en", "--rule", "consult/no-such", "-"], 2, "--rule 'consult/no-such': no rule for language 'en'"),
        (["--published", "soon", "-"], 2, "'soon' is no date"),
        (["--rules", "/no/such/folder", "-"], 2, "/no/such/folder: no such folder of rules"),
        (["/no/such/file.txt"], 1, "/no/such/file.txt"),
    ],
)
def test_what_the_user_may_get_wrong(arguments: list[str], status: int, why: str) -> None:
    ended, output, errors = run(*arguments, text="France condemned the attack.")
    assert (ended, output) == (status, "")
    assert errors.startswith(f"dragoman: {why}")
    assert errors.count("\n") == 1
