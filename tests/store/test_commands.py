"""The commands about a record as a user meets them."""

from __future__ import annotations

import json
from pathlib import Path

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
