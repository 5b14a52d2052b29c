"""The README shows what the commands print, and every Markdown link leads to a file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dragoman.cli import app

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_example_is_what_comes_out() -> None:
    command = re.search(r"`dragoman (read docs/dispatch.txt [^`]*)`", README)
    shown = re.search(r"```\n(Events.*?)\n```", README, re.DOTALL)
    assert command
    assert shown
    arguments = command[1].replace("docs/", f"{ROOT}/docs/").split()
    result = CliRunner().invoke(app, arguments, env={"COLUMNS": "100"})
    assert result.exit_code == 0
    assert shown[1] in result.stdout


def test_the_example_in_python() -> None:
    source = re.search(r"```python\n(import dragoman.*?)```", README, re.DOTALL)
    assert source
    exec(compile(source[1], "README.md", "exec"), {})


@pytest.mark.parametrize("page", ["README.md", *sorted(f"docs/{p.name}" for p in (ROOT / "docs").glob("*.md"))])
def test_links_lead_somewhere(page: str) -> None:
    text = re.sub(r"```.*?```|`[^`\n]*`", "", (ROOT / page).read_text(encoding="utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)#]+)", text):
        assert "://" in target or ((ROOT / page).parent / target).exists(), target
