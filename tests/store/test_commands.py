"""The commands about a record as a user meets them."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pandas
import pytest
from typer.testing import CliRunner

from dragoman.cli import app
from dragoman.samples import DISPATCHES


def run(*arguments: str, text: str | None = None) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, list(arguments), input=text)
    assert "Traceback" not in result.output, result.output
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A record of the sample dispatches."""
    path = tmp_path_factory.mktemp("record") / "news.sqlite"
    status, output, errors = run("add", str(DISPATCHES), "--record", str(path))
    assert (status, errors) == (0, "")
    assert "10 added, 0 in a new version, 0 unchanged" in output
    return str(path)


def test_adding_again_changes_nothing(news: str) -> None:
    status, output, _ = run("add", str(DISPATCHES), "--record", news)
    assert status == 0
    assert "0 added, 0 in a new version, 10 unchanged; 0 events" in output


def test_what_cannot_be_read_is_named_and_the_rest_is_stored(tmp_path: Path) -> None:
    rows = [
        {"id": "one", "text": "France praised Germany."},
        {"id": "two"},
        {"id": "three", "text": "Oslo praised Lima."},
    ]
    (tmp_path / "in.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    status, output, errors = run("add", str(tmp_path / "in.jsonl"), "-l", "en", "--record", str(tmp_path / "r.sqlite"))
    assert status == 1
    assert "2 added" in output
    assert errors.count("\n") == 1
    assert 'in.jsonl, line 2: no "text"' in errors


@pytest.mark.parametrize(
    ("where", "why"),
    [("{0}", "is a folder"), ("{0}/no/folder.sqlite", "there is no folder"), ("{0}/text.txt", "not an SQLite file")],
)
def test_records_that_cannot_be(tmp_path: Path, where: str, why: str) -> None:
    (tmp_path / "text.txt").write_text("no record" * 500, encoding="utf-8")
    status, output, errors = run("add", str(DISPATCHES), "--record", where.format(tmp_path))
    assert (status, output) == (1, "")
    assert why in errors
    assert errors.count("\n") == 1


def test_questions_as_csv_jsonl_and_a_table(news: str) -> None:
    status, output, errors = run("events", "--record", news, "--between", "CHN", "RUS", "--denied")
    assert (status, errors) == (0, "")
    rows = list(csv.DictReader(io.StringIO(output)))
    assert {row["type"] for row in rows} == {"REQUEST"}
    assert {row["denied"] for row in rows} == {"true"}
    assert rows[0]["date_start"] == ""
    status, output, _ = run("statements", "-r", news, "--stance", "deny", "-f", "jsonl", "-n", "2")
    assert (status, [json.loads(line)["stance"] for line in output.splitlines()]) == (0, ["deny", "deny"])
    status, output, errors = run("articles", "-r", news, "--text", "Putin", "-f", "table", "-n", "2")
    assert (status, "┃" in output) == (0, True)
    assert "the first 2 are shown" in errors
    status, output, _ = run("actors", "-r", news, "--actor", "CHN", "-f", "csv")
    assert (status, output.splitlines()[0]) == (0, "events,actor,name,kind,country,articles,parts,told")


def test_an_empty_table_says_so(news: str) -> None:
    status, _, errors = run("events", "-r", news, "--actor", "Nobody", "-f", "table")
    assert (status, errors) == (0, "dragoman: no events of the record answer\n")


def test_the_file_says_the_format(news: str, tmp_path: Path) -> None:
    for name in ("e.parquet", "e.csv", "e.jsonl"):
        assert run("events", "-r", news, "--type", "CONSULT", "-o", str(tmp_path / name))[0] == 0
    counts = {len(pandas.read_parquet(tmp_path / "e.parquet")), len(pandas.read_csv(tmp_path / "e.csv"))}
    assert counts == {len(pandas.read_json(tmp_path / "e.jsonl", lines=True))}
    command = f"'{sys.executable}' -m dragoman events -r '{news}' -f parquet > '{tmp_path / 'pipe.parquet'}'"
    assert subprocess.run(["bash", "-c", command], check=False).returncode == 0
    assert len(pandas.read_parquet(tmp_path / "pipe.parquet")) > 50


def test_sql(news: str) -> None:
    status, output, _ = run("sql", "-r", news, "SELECT count(*) AS n FROM articles")
    assert (status, output) == (0, "n\n10\n")
    assert run("sql", "-r", news, "-", text="SELECT 1 AS one")[1] == "one\n1\n"
    status, output, _ = run("sql", "-r", news)
    assert (status, "event_actors" in output) == (0, True)


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["events", "--type", "FIGHT"], "type 'FIGHT': one of"),
        (["events", "--from", "soon"], "soon"),
        (["events", "--text", "-"], "must occur"),
        (["events", "--actor", ""], "actor ''"),
        (["events", "-o", "no/such.csv"], "no/such.csv: there is no folder no"),
        (["export", "gdelt", "-o", "no/such"], "no/such: there is no folder no"),
        (["statements", "--according-to", "outlet"], "ask for events"),
        (["sql", "DELETE FROM event"], "cannot be changed"),
        (["sql", "SELEC"], "syntax error"),
    ],
)
def test_questions_that_cannot_be_understood(news: str, arguments: list[str], why: str) -> None:
    status, output, errors = run(arguments[0], "--record", news, *arguments[1:])
    assert (status, output) == (2, "")
    assert why in errors
    assert errors.count("\n") == 1


def test_a_record_that_is_not_there() -> None:
    status, output, errors = run("events", "--record", "no/such.sqlite")
    assert (status, output) == (1, "")
    assert errors.startswith("dragoman: no/such.sqlite: no such record")
    assert errors.count("\n") == 1


def test_a_reader_that_has_seen_enough(news: str) -> None:
    command = f"'{sys.executable}' -m dragoman events -r '{news}' -f jsonl | head -c 10"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert done.stdout
    assert done.stderr == ""


@pytest.mark.parametrize("format", ["polecat", "icews", "gdelt", "jsonld", "brat", "csv", "parquet"])
def test_exports(news: str, tmp_path: Path, format: str) -> None:
    status, output, errors = run("export", format, "-r", news, "-o", str(tmp_path / "out"), "--between", "CHN", "RUS")
    assert (status, errors) == (0, "")
    assert "in 2 articles; not held: " in output
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "out.loss.json"]
    assert json.loads((tmp_path / "out.loss.json").read_text("utf-8"))["articles"] == 2
    if (tmp_path / "out").is_dir():
        status, output, errors = run("export", format, "-r", news, "-o", str(tmp_path / "out"))
        assert (status, output, errors.count("\n")) == (2, "", 1)
        assert "is not empty" in errors


def test_rereading_with_rules_of_ones_own(tmp_path: Path) -> None:
    news = str(tmp_path / "news.sqlite")
    text = "France lunched with Germany on Monday. Oslo praised Lima."
    assert run("add", "-", "-l", "en", "-r", news, text=text)[0] == 0
    status, output, _ = run("reread", "-r", news)
    assert (status, output) == (0, f"{news}: 0 articles read again, 0 changed; 0 events gained, 0 lost\n")
    (tmp_path / "consult.toml").write_text(
        'event = "CONSULT"\n[[rule]]\nname = "lunch"\nverbs = ["lunch"]\nreciprocal = true\nrecipient = "with"\n',
        encoding="utf-8",
    )
    status, output, _ = run("reread", "-r", news, "--rules", str(tmp_path), "--jobs", "2")
    assert status == 0
    first, last = output.splitlines()
    assert first.startswith("+ stdin: CONSULT · France (FRA), Germany (DEU) · “lunched” [7]")
    assert last.endswith("1 articles read again, 1 changed; 1 events gained, 0 lost")
    assert run("reread", "-r", news, "--rules", str(tmp_path), "--all")[1].endswith("0 events gained, 0 lost\n")


def test_several_processes_give_the_same_record(news: str, tmp_path: Path) -> None:
    other = str(tmp_path / "jobs.sqlite")
    status, output, errors = run("add", str(DISPATCHES), "-r", other, "--jobs", "2")
    assert (status, errors) == (0, "")
    assert "10 added" in output
    columns = "event, type, actors, recipients, according_to, denied_by, day, sentence"
    asked = f"SELECT {columns} FROM events ORDER BY row"
    assert run("sql", "-r", other, asked) == run("sql", "-r", news, asked)
