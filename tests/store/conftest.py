"""Readings to store: those of the sample dispatches, read once, and any that a property test can think of."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from dragoman.pipeline import Reader
from dragoman.records import Article, Reading
from dragoman.samples import DISPATCHES
from dragoman.store.coder import Coder, coder_of
from dragoman.store.record import Record
from dragoman.text import parse_date


def sample_articles() -> list[Article]:
    rows = [json.loads(line) for line in DISPATCHES.read_text(encoding="utf-8").splitlines()]
    return [
        Article(r["id"], r["text"], r["language"], parse_date(r["published"]), r["title"], r.get("url"), r["outlet"])
        for r in rows
    ]


@pytest.fixture(scope="session")
def reader() -> Reader:
    return Reader()


@pytest.fixture(scope="session")
def samples(reader: Reader) -> Sequence[Reading]:
    return tuple(reader.read_many(sample_articles()))


@pytest.fixture
def coders(reader: Reader) -> dict[str, Coder]:
    return {language: coder_of(reader, language) for language in ("en", "it")}


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with Record(tmp_path / "news.sqlite", create=True) as found:
        yield found
