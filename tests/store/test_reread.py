"""Another coding takes the place of the old one, which is kept; what it gained and lost is told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import pytest
import sqlalchemy as sa

from dragoman.records import Article, Reading
from dragoman.store import adding, rereading, schema
from dragoman.store.coder import Coder
from dragoman.store.record import Record

NEW = {language: Coder("1", "codebook", language, f"{language}-test", "other") for language in ("en", "it")}


def recoded(reading: Reading) -> Reading:
    """Another coding: English articles lose their first event, and another is now only probable."""
    if reading.article.language != "en":
        return reading
    events = [replace(event, certainty="probable") if n == 1 else event for n, event in enumerate(reading.events)]
    return replace(reading, events=tuple(events[1:]))


def test_gained_and_lost(record: Record, samples: Sequence[Reading], coders: dict[str, Coder]) -> None:
    record.store(samples, coders)
    by_id = {reading.article.id: reading for reading in samples}

    def read(articles: Iterable[Article]) -> Iterator[Reading]:
        return (recoded(by_id[article.id]) for article in articles)

    assert list(rereading.reread(record, read, coders)) == []
    changes = {change.article: change for change in rereading.reread(record, read, NEW)}
    assert set(changes) == set(by_id)
    english = [reading for reading in samples if reading.article.language == "en"]
    for reading in samples:
        change = changes[reading.article.id]
        new = recoded(reading)
        assert record.reading(reading.article.id) == new
        assert record.past_readings(reading.article.id) == ([reading] if new != reading else [])
        assert (len(change.gained), len(change.lost)) == ((1, 2) if reading in english else (0, 0))
        if change.gained:
            assert "probable" in change.gained[0]
    assert list(rereading.reread(record, read, NEW)) == []
    assert list(record.readings()) == [recoded(reading) for reading in samples]
    assert {row["fingerprint"] for row in record.articles()} == {"other"}
    rows = record.sql("SELECT reason, fingerprint FROM versions").to_list()
    assert {row["reason"] for row in rows} == {"reread"}
    assert "other" not in {row["fingerprint"] for row in rows}


def test_a_run_that_is_cut_short_goes_on(
    record: Record, samples: Sequence[Reading], coders: dict[str, Coder], monkeypatch: pytest.MonkeyPatch
) -> None:
    record.store(samples, coders)
    by_id = {reading.article.id: reading for reading in samples}
    monkeypatch.setattr(rereading, "BATCH", 2)
    read: list[str] = []

    def breaking(articles: Iterable[Article]) -> Iterator[Reading]:
        for article in articles:
            if len(read) == 5:
                raise KeyboardInterrupt
            read.append(article.id)
            yield by_id[article.id]

    with pytest.raises(KeyboardInterrupt):
        list(rereading.reread(record, breaking, NEW))
    rest = {c.article for c in rereading.reread(record, lambda found: (by_id[a.id] for a in found), NEW)}
    assert len(rest) == len(samples) - 4
    assert not rest & set(read[:4])


def test_an_article_that_changed_meanwhile_is_left_alone(
    record: Record, samples: Sequence[Reading], coders: dict[str, Coder]
) -> None:
    record.store(samples[:1], coders)
    newer = replace(samples[0], article=replace(samples[0].article, title="Corrected"))

    def read(articles: Iterable[Article]) -> Iterator[Reading]:
        for _ in articles:
            record.store([newer], coders)
            yield replace(samples[0], events=())

    assert list(rereading.reread(record, read, NEW)) == []
    assert record.reading(newer.article.id) == newer
    assert adding.BATCH > 1


def test_a_record_without_passages_gets_them_as_it_is_read_again(
    record: Record, samples: Sequence[Reading], coders: dict[str, Coder]
) -> None:
    """A record of schema 4 has none; what it holds else is as it was, and reading again finds nothing gained or lost."""
    record.store(samples, coders)
    by_id = {reading.article.id: reading for reading in samples}
    wanted = {line.id: record.story(line.id) for line in record.stories()}
    assert {r.article.id: r.passages for r in record.readings()} == {id: r.passages for id, r in by_id.items()}
    with record.engine.begin() as connection:
        schema.article_passages.drop(connection)
        connection.execute(sa.update(schema.setting).where(schema.setting.c.name == "schema").values(value="4"))
    with Record(record.where) as opened:
        assert all(reading.passages == () for reading in opened.readings())
        changes = list(rereading.reread(opened, lambda articles: (by_id[a.id] for a in articles), NEW))
        assert all(change.gained == change.lost == () for change in changes)
        assert all(reading.passages for reading in opened.readings())
        assert {line.id: opened.story(line.id) for line in opened.stories()} == wanted
        assert opened.past_readings(samples[0].article.id) == []
