"""`dragoman rules` lists the rules as they stand in their files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dragoman.cli import app


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["rules", *arguments], env={"COLUMNS": "100"})
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout, result.stderr


def test_a_type_in_one_language() -> None:
    status, output, errors = run("consult", "--language", "en")
    assert (status, errors) == (0, "")
    assert "en/consult/host  CONSULT visit" in output
    assert "it/" not in output
    assert "  + [" in output
    assert "  - " in output


def test_a_mode_for_programs() -> None:
    status, output, errors = run("ASSAULT", "--mode", "torture", "--format", "json")
    assert (status, errors) == (0, "")
    found = json.loads(output)
    assert {rule["language"] for rule in found} == {"en", "it"}
    assert {(rule["type"], rule["mode"]) for rule in found} == {("ASSAULT", "torture")}
    assert all(rule["verbs"] or rule["nouns"] or rule["adjectives"] for rule in found)
    assert all(len(rule["examples"]) + len(rule["not_yet"]) >= 2 and rule["counterexamples"] for rule in found)


def test_all_rules_of_all_languages() -> None:
    status, output, _ = run("--format", "json")
    assert status == 0
    assert len({rule["type"] for rule in json.loads(output)}) == 16


def test_rules_of_the_users_own_are_among_them(tmp_path: Path) -> None:
    (tmp_path / "consult.toml").write_text(
        'event = "CONSULT"\n[[rule]]\nname = "lunch"\nverbs = ["lunch"]\nreciprocal = true\nrecipient = "with"\n'
        'where = { with = ["@country"] }\n',
        encoding="utf-8",
    )
    status, output, _ = run("CONSULT", "--rules", str(tmp_path), "-l", "en")
    assert status == 0
    assert "en/consult/lunch  CONSULT" in output
    assert "subject and with, one another; where with is @country" in output


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["CHAT"], "no such event type 'CHAT'; one of AGREE"),
        (["CONSULT", "--mode", "stroll"], "--mode: no such mode 'stroll'; one of multilateral, phone"),
        (["SUPPORT", "--mode", "visit"], "--mode: no such mode 'visit'; one of none"),
        (["--language", "xx"], "language 'xx' is not installed"),
        (["--rules", "/no/such/folder"], "/no/such/folder: no such folder of rules"),
        (["--config", "/no/such.toml"], "/no/such.toml: no such settings file"),
    ],
)
def test_what_the_user_may_get_wrong(arguments: list[str], why: str) -> None:
    status, output, errors = run(*arguments)
    assert (status, output) == (2, "")
    assert errors.startswith(f"dragoman: {why}")
    assert errors.count("\n") == 1


@pytest.mark.parametrize(("format", "output"), [("text", ""), ("json", "[]\n")])
def test_nothing_of_that_sort_says_so(tmp_path: Path, format: str, output: str) -> None:
    (tmp_path / "ontology.toml").write_text("[types.CONSULT.modes]\nseance = { score = 1.0 }\n", encoding="utf-8")
    status, shown, errors = run("CONSULT", "--mode", "seance", "--rules", str(tmp_path), "--format", format)
    assert (status, shown) == (0, output)
    assert errors.startswith("dragoman: no rule is like that")
