"""The annotated stories, read once."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
import read_stories

from dragoman.pipeline import Reader
from dragoman.records import Reading


@pytest.fixture(scope="session")
def reader() -> Reader:
    return Reader()


@pytest.fixture(scope="session")
def readings(reader: Reader) -> Mapping[str, Reading]:
    """The readings of all articles of the annotated stories, by id."""
    articles = sorted((a for story in read_stories.load() for a in story.articles), key=lambda a: a.language)
    return {reading.article.id: reading for reading in reader.read_many(articles)}
