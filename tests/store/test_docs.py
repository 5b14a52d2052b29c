"""The pages about the record say what there is."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

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
@pytest.mark.parametrize("page", ["ask.md", "corrections.md"])
def test_the_python_of_the_pages_runs(page: str) -> None:
    for source in re.findall(r"```python\n(.*?)```", (DOCS / page).read_text(encoding="utf-8"), re.DOTALL):
        names: dict[str, Any] = {}
        exec(compile(source, page, "exec"), names)
        names["record"].close()


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(("page", "count"), [("ask.md", 5), ("corrections.md", 4)])
def test_the_questions_of_the_page_are_answered(page: str, count: int) -> None:
    with Record("news.sqlite") as record:
        record.correct("it-xi-putin", "event", "e1", "confirmed", who="Ann")
    text = (DOCS / page).read_text(encoding="utf-8")
    commands = re.findall(r"^dragoman (.*)$", text.partition("```")[2].partition("```")[0], re.M)
    assert len(commands) == count
    for command in commands:
        result = CliRunner().invoke(app, shlex.split(command, comments=True))
        assert (result.exit_code, result.stderr) == (0, ""), command


@pytest.mark.usefixtures("here")
def test_the_r_of_the_page_runs() -> None:
    rscript = shutil.which("Rscript")
    if (
        rscript is None
        or subprocess.run([rscript, "-e", "library(RSQLite)"], capture_output=True, check=False).returncode
    ):
        pytest.skip("R with RSQLite is not installed (Debian: r-base-core r-cran-rsqlite)")
    source = re.findall(r"```r\n(.*?)```", (DOCS / "r.md").read_text(encoding="utf-8"), re.DOTALL)[0]
    done = subprocess.run([rscript, "-e", source], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "source target" in done.stdout


@pytest.mark.usefixtures("here")
def test_duckdb_opens_what_is_exported() -> None:
    duckdb = pytest.importorskip("duckdb")
    assert CliRunner().invoke(app, ["events", "-r", "news.sqlite", "-o", "events.parquet"]).exit_code == 0
    rows = duckdb.sql("SELECT count(*), min(day) FROM 'events.parquet' WHERE denied").fetchall()
    assert rows[0][0] > 0
