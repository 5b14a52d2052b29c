"""Folders of the user's own rules: types, modes and contexts of their own, rules for one language or for all."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from dragoman.cli import app

PAGE = Path(__file__).parents[1] / "docs" / "your-own-rules.md"
ONTOLOGY = """
[types.CONTEST]
quad = "material cooperation"
score = 3.0
cameo = "06"
[types.CONTEST.modes]
final = { score = 4.0, cameo = "061", context = "sports" }

[types.ASSAULT.modes]
knife = { score = -9.0, cameo = "182" }

[contexts]
names = ["sports"]
"""
RULES = """
event = "CONTEST"
[[rule]]
name = "play"
verbs = ["play against", "giocare contro"]
recipient = "against|contro"
needs = ["actor", "recipient"]
"""
KNIFE = 'event = "ASSAULT"\n[[rule]]\nname = "knife"\nverbs = ["knife"]\nmode = "knife"\n'
PLAIN = KNIFE.replace('mode = "knife"\n', "")
CONTEXTS = '[contexts.sports]\nwords = ["football"]\n[contexts.economic]\nwords = ["ticket"]\n'
MODES = '[CONTEST]\nfinal = ["final"]\n'


def lay_out(folder: Path, files: Mapping[str, str]) -> Path:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8")
    return folder


def run(*arguments: str, text: str | None = None) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, list(arguments), input=text)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout, result.stderr


def events(folder: Path, text: str, language: str = "en") -> list[dict[str, Any]]:
    status, output, errors = run("read", "--rules", str(folder), "-l", language, "-f", "jsonl", "-", text=text)
    assert (status, errors) == (0, "")
    return json.loads(output)["events"]


def test_a_type_of_ones_own(tmp_path: Path) -> None:
    folder = lay_out(tmp_path, {"ontology.toml": ONTOLOGY, "contest.toml": RULES})
    (event,) = events(folder, "France played against Germany on Monday.")
    assert (event["type"], event["rule"]) == ("CONTEST", "en/contest/play")
    assert (event["quad"], event["score"], event["cameo"]) == ("material cooperation", 3.0, "06")
    assert len(event["actors"]) == len(event["recipients"]) == 1
    (event,) = events(folder, "La Francia ha giocato contro la Germania.", "it")
    assert (event["type"], event["rule"]) == ("CONTEST", "it/contest/play")
    status, output, _ = run("read", "--rules", str(folder), "-l", "en", "-", text="France played against Germany.")
    assert status == 0
    assert "CONTEST" in output


def test_modes_and_contexts_of_ones_own(tmp_path: Path) -> None:
    files = {"ontology.toml": ONTOLOGY, "contest.toml": RULES, "contexts.toml": CONTEXTS, "en/modes.toml": MODES}
    folder = lay_out(tmp_path, {**files, "assault.toml": KNIFE})
    (event,) = events(folder, "France played against Germany in the football final.")
    assert (event["modes"], event["score"], event["cameo"]) == (["final"], 4.0, "061")
    assert "sports" in event["contexts"]
    (event,) = events(folder, "France played against Germany and sold every ticket.")
    assert (event["modes"], "economic" in event["contexts"], "sports" in event["contexts"]) == ([], True, False)
    (event,) = events(folder, "A French soldier knifed a Spanish soldier.")
    assert (event["type"], event["modes"], event["score"]) == ("ASSAULT", ["knife"], -9.0)


def test_a_subfolder_is_for_its_language_alone(tmp_path: Path) -> None:
    italian = RULES.replace('"play against", ', "")
    english = RULES.replace(', "giocare contro"', "")
    folder = lay_out(tmp_path, {"ontology.toml": ONTOLOGY, "en/contest.toml": english, "it/contest.toml": italian})
    assert [e["rule"] for e in events(folder, "France played against Germany.")] == ["en/contest/play"]
    assert [e["rule"] for e in events(folder, "La Francia ha giocato contro la Germania.", "it")] == ["it/contest/play"]
    status, output, _ = run("rules", "CONTEST", "--rules", str(folder), "--format", "json")
    assert status == 0
    assert [(rule["id"], rule["verbs"]) for rule in json.loads(output)] == [
        ("en/contest/play", ["play against"]),
        ("it/contest/play", ["giocare contro"]),
    ]


def test_a_folder_for_one_language_leaves_the_other_as_it_is(tmp_path: Path) -> None:
    folder = lay_out(tmp_path, {"en/assault.toml": PLAIN})
    assert [e["type"] for e in events(folder, "La Francia ha condannato l'attacco.", "it")] == ["ACCUSE"]


def test_two_folders_and_one_given_twice(tmp_path: Path) -> None:
    types = lay_out(tmp_path / "types", {"ontology.toml": ONTOLOGY})
    rules = lay_out(tmp_path / "rules", {"contest.toml": RULES})
    given = [argument for folder in (types, rules, types) for argument in ("--rules", str(folder))]
    status, output, errors = run(
        "read", *given, "-l", "en", "-f", "jsonl", "-", text="France played against Germany on Monday."
    )
    assert (status, errors) == (0, "")
    assert [event["type"] for event in json.loads(output)["events"]] == ["CONTEST"]


def test_the_page_about_it_tells_the_truth(tmp_path: Path) -> None:
    (block,) = re.findall(r"```toml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    parts = re.split(r"(?m)^# mine/(\S+)\n", block)
    folder = lay_out(tmp_path, dict(zip(parts[1::2], parts[2::2], strict=True)))
    assert sorted(path.name for path in folder.rglob("*.toml")) == [
        "contest.toml", "contexts.toml", "modes.toml", "ontology.toml",
    ]  # fmt: skip
    (event,) = events(folder, "France played against Germany in the cup final.")
    assert (event["type"], event["modes"], event["score"], event["cameo"]) == ("CONTEST", ["final"], 4.0, "06")
    assert "sports" in event["contexts"]
    (event,) = events(folder, "France will play against Germany on Friday.")
    assert (event["type"], event["rule"]) == ("AGREE", "en/contest/play")


def changed(old: str, new: str) -> dict[str, str]:
    assert old in ONTOLOGY
    return {"ontology.toml": ONTOLOGY.replace(old, new), "contest.toml": RULES}


@pytest.mark.parametrize(
    ("files", "why"),
    [
        (changed('"material cooperation"', '"friendship"'), "CONTEST: no such quad 'friendship'; one of verbal coop"),
        (changed("score = 3.0", "score = 30"), "CONTEST: score is a number from -10 (conflict) to 10 (cooperation)"),
        (changed('cameo = "06"', "cameo = 6"), "CONTEST: cameo is a CAMEO code in quotation marks"),
        (changed('cameo = "06"', 'colour = "red"'), "CONTEST: no such key 'colour'; one of quad, score, cameo"),
        (changed('cameo = "06"', 'still_to_come = "MATCH"'), "CONTEST: still_to_come names no type: 'MATCH'; one of"),
        (changed('cameo = "06"', 'recipient = "yes"'), "CONTEST: recipient is true or false, not 'yes'"),
        (changed("CONTEST]\n", "contest]\n"), "contest: a type's name has capital letters"),
        (
            changed('names = ["sports"]', ""),
            "CONTEST: mode final: no such context 'sports'; add it to [contexts] names",
        ),
        (changed('names = ["sports"]', 'names = ["Sports!"]'), "[contexts]: 'Sports!' is no name of a context"),
        (changed("score = 4.0, ", ""), "CONTEST: mode final: score is a number"),
        (changed("knife =", "drone ="), "ASSAULT: mode 'drone' is there already; choose another name"),
        (changed("[types.ASSAULT.modes]", "[types.ASSAULT]"), "ASSAULT: PLOVER has this type, and its knife stays"),
        (changed("[contexts]", "[context]"), "no such key 'context'; one of types, contexts"),
        (changed("[types.CONTEST]", "[types.CONTEST"), "ontology.toml: not readable as TOML"),
        ({"contest.toml": RULES}, "contest.toml: no such event type 'CONTEST'; one of AGREE"),
        ({"consult.toml": 'event = "CONSULT"\n[rule]\nname = "x"'}, "consult.toml: a rule begins with [[rule]]"),
        ({"consult.toml": 'event = "CONSULT"\n[[rules]]\nname = "x"'}, "consult.toml: no such key 'rules'"),
        ({"assault.toml": PLAIN.replace('["knife"]', '"knife"')}, "en/assault/knife: verbs wants a list"),
        ({"assault.toml": KNIFE.replace('mode = "knife"', 'where = ["x"]')}, "en/assault/knife: where wants a table"),
        (
            {"assault.toml": KNIFE.replace('mode = "knife"', "examples = [3]")},
            "en/assault/knife: examples wants a list",
        ),
        ({"assault.toml": PLAIN.replace('["knife"]', '["knife", " "]')}, "en/assault/knife: a pattern without a word"),
        ({"en-US/assault.toml": KNIFE}, "en-US: no language 'en-US' is installed"),
        ({"readme.txt": "empty"}, "no rules in it"),
        ({"contexts.toml": CONTEXTS}, "contexts.toml: no such context 'sports'; add it to [contexts] names"),
        ({"contexts.toml": '[contexts.economic]\nwords = "tax"'}, "contexts.toml: economic: a list of words is wanted"),
        ({"contexts.toml": "contexts = 3"}, "contexts.toml: it wants tables"),
        ({"modes.toml": MODES}, "modes.toml: no such event type 'CONTEST'"),
        ({"modes.toml": '[CONSULT]\nstroll = ["walk"]'}, "modes.toml: CONSULT: no such mode 'stroll'; one of visit"),
        ({"modes.toml": "CONSULT = 3"}, "modes.toml: CONSULT: it wants lines"),
    ],
)
def test_a_faulty_folder_is_refused_in_one_line(tmp_path: Path, files: dict[str, str], why: str) -> None:
    folder = str(lay_out(tmp_path, files))
    status, output, errors = run("read", "--rules", folder, "-l", "en", "-", text="France condemned the attack.")
    assert (status, output) == (2, "")
    assert errors.startswith("dragoman: ")
    assert why in errors
    assert errors.count("\n") == 1
