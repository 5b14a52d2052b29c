"""What passages mean is found once, and again only where their article changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
import sqlalchemy as sa

from dragoman.link import meaning
from dragoman.records import Reading
from dragoman.store import meanings, schema
from dragoman.store.coder import Coder
from dragoman.store.record import Record


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The articles whose meaning was looked for, in order."""
    found: list[str] = []

    def counted(reading: Reading) -> meaning.Meaning:
        found.append(reading.article.id)
        return meaning.meaning_of(reading)

    monkeypatch.setattr(meanings, "meaning_of", counted)
    return found


def kept(record: Record) -> set[str]:
    query = sa.select(schema.article.c.key).join(schema.article_meaning)
    with record.engine.connect() as connection:
        return set(connection.execute(query).scalars())


def test_each_meaning_is_looked_for_once(
    record: Record, samples: Sequence[Reading], coders: dict[str, Coder], asked: list[str]
) -> None:
    for reading in samples:
        record.store([reading], coders)
    assert asked
    assert len(asked) == len(set(asked))
    assert kept(record) == set(asked)
    told_together = {
        member.article for line in record.stories(fewest=2) for member in record.story(str(line.id)).articles
    }
    assert told_together == set(asked)


def test_a_changed_article_has_a_new_one(
    record: Record, samples: Sequence[Reading], coders: dict[str, Coder], asked: list[str]
) -> None:
    record.store(samples, coders)
    one = next(reading for reading in samples if reading.article.id in asked)
    before = len(asked)
    record.store([replace(one, article=replace(one.article, title="Corrected"))], coders)
    assert one.article.id in asked[before:]


def test_stories_made_anew_find_it_anew(
    record: Record, samples: Sequence[Reading], coders: dict[str, Coder], asked: list[str]
) -> None:
    record.store(samples, coders)
    stories = [record.story(str(line.id)) for line in record.stories()]
    first = set(asked)
    asked.clear()
    record.rebuild_stories()
    assert set(asked) == first
    assert sorted([s for line in record.stories() if (s := record.story(str(line.id)))], key=lambda s: s.id) == sorted(
        [s for s in stories if s], key=lambda s: s.id
    )


def test_stories_of_another_version_are_known_as_such(
    record: Record, samples: Sequence[Reading], coders: dict[str, Coder]
) -> None:
    assert not record.stories_are_old()
    record.store(samples, coders)
    assert not record.stories_are_old()
    with record.engine.begin() as connection:
        connection.execute(sa.update(schema.setting).where(schema.setting.c.name == "linking").values(value="before"))
    assert record.stories_are_old()
    record.store(samples[:1], coders)
    assert record.stories_are_old()
    record.rebuild_stories()
    assert not record.stories_are_old()
