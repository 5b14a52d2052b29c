"""Reference within an article, measured: `make evaluate` prints the same figures by kind of phrase."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from evaluate import REFERENCE, reference


@pytest.mark.parametrize("code", ["en", "it"])
def test_links_are_mostly_there_and_seldom_wrong(code: str, capsys: pytest.CaptureFixture[str]) -> None:
    score = reference(code)
    with capsys.disabled():
        print(f"\nreference {code}: precision {score.precision:.3f}, recall {score.recall:.3f}, {score.texts} texts")
    assert score.texts >= 60
    assert score.precision >= 0.85
    assert score.recall >= 0.70


@pytest.mark.parametrize("path", sorted(REFERENCE.glob("*.toml")), ids=lambda path: path.stem)
def test_the_sets_are_sound(path: Path) -> None:
    texts = tomllib.loads(path.read_text(encoding="utf-8"))["text"]
    assert len({text["id"] for text in texts}) == len(texts)
    for text in texts:
        for entry in text["refer"]:
            assert entry["phrase"] in text["text"], (text["id"], entry)
            assert all(told.startswith("=") or told in text["text"] for told in entry["means"]), (text["id"], entry)
