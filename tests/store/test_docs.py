"""The pages about the record say what there is."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
from made import CODERS
from typer.testing import CliRunner

from dragoman.cli import app
from dragoman.commands.asking import OPTIONS
from dragoman.records import Reading
from dragoman.store.record import Record
from dragoman.store.views import COLUMNS

DOCS = Path(__file__).parents[2] / "docs"


def test_each_view_and_column_is_told() -> None:
    page = (DOCS / "record.md").read_text(encoding="utf-8")
    for view, columns in COLUMNS.items():
        told = re.findall(r"^\| `(\w+)` \| (.*) \|$", page.partition(f"### `{view}`")[2].partition("###")[0], re.M)
        assert told == [(name, facts.means) for name, facts in columns.items()]


def test_each_option_is_told() -> None:
    page = (DOCS / "ask.md").read_text(encoding="utf-8")
    assert len(OPTIONS) > 20
    for name in OPTIONS:
        option = {"since": "from", "until": "to"}.get(name, name).replace("_", "-")
        assert f"`--{option}" in page, name


@pytest.fixture
def here(samples: Sequence[Reading], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder in which the pages' examples run."""
    monkeypatch.chdir(tmp_path)
    with Record("news.sqlite", create=True) as record:
        record.store(samples, CODERS)
    shutil.copytree(DOCS, tmp_path / "docs")


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("page", ["ask.md"])
def test_the_python_of_the_pages_runs(page: str) -> None:
    for source in re.findall(r"```python\n(.*?)```", (DOCS / page).read_text(encoding="utf-8"), re.DOTALL):
        exec(compile(source, page, "exec"), {})


@pytest.mark.usefixtures("here")
def test_the_questions_of_the_page_are_answered() -> None:
    page = (DOCS / "ask.md").read_text(encoding="utf-8")
    commands = re.findall(r"^dragoman (.*)$", page.partition("```")[2].partition("```")[0], re.M)
    assert len(commands) == 5
    for command in commands:
        result = CliRunner().invoke(app, shlex.split(command))
        assert (result.exit_code, result.stderr) == (0, ""), command
