"""What is stored comes out as it went in; the same again changes nothing; what changed is a version; copies are linked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from made import CODERS, article

from dragoman.pipeline import Reader
from dragoman.records import Reading
from dragoman.store import RecordError, migrations, schema, storytables
from dragoman.store.coder import Coder
from dragoman.store.record import Record
from dragoman.store.write import Tally

DISPATCH = (
    "The foreign ministers of France and Germany met in Paris on Monday and agreed to send more aid to the region. "
    "Both called for talks. A spokesman said the money would be paid out before the end of the year."
)


def store(record: Record, *readings: Reading) -> Tally:
    return record.store(readings, CODERS)


def rows(record: Record, table: str) -> int:
    with record.engine.connect() as connection:
        return connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one()


def test_readings_come_out_as_they_went_in(
    record: Record, samples: Sequence[Reading], coders: dict[str, Coder]
) -> None:
    tally = record.store(samples, coders)
    assert (tally.added, tally.events) == (len(samples), sum(len(r.events) for r in samples))
    assert list(record.readings()) == list(samples)
    assert record.reading(samples[3].article.id) == samples[3]
    assert len(record) == len(samples)
    with pytest.raises(KeyError):
        record.reading("no such article")


def test_articles_are_read_and_kept(record: Record, reader: Reader) -> None:
    found = [article("a", "Oslo praised Lima."), article("b", "Lima praised Oslo.")]
    assert record.add(found, reader).added == 2
    assert record.add(found, reader) == Tally(unchanged=2)
    assert [row["type"] for row in record.events()] == ["SUPPORT", "SUPPORT"]


def test_the_same_again_changes_nothing(record: Record, samples: Sequence[Reading], coders: dict[str, Coder]) -> None:
    record.store(samples, coders)
    before = Path(record.where).read_bytes(), rows(record, "event")
    assert record.store(samples, coders) == Tally(unchanged=len(samples))
    assert record.unchanged([reading.article for reading in samples]) == [True] * len(samples)
    assert rows(record, "event") == before[1]


def test_a_changed_article_is_a_new_version_and_the_old_one_is_kept(
    record: Record, samples: Sequence[Reading], coders: dict[str, Coder]
) -> None:
    record.store(samples, coders)
    old = samples[0]
    new = replace(old, article=replace(old.article, title="Corrected"), events=old.events[:1])
    assert record.store([new], coders) == Tally(changed=1, events=1, statements=len(new.statements))
    assert record.reading(old.article.id) == new
    assert record.past_readings(old.article.id) == [old]
    assert list(record.readings())[1:] == list(samples[1:])
    with record.engine.connect() as connection:
        assert connection.exec_driver_sql(
            "SELECT version FROM articles WHERE article = ?", (old.article.id,)
        ).all() == [(2,)]
        assert connection.exec_driver_sql("SELECT version, reason FROM versions").all() == [(1, "changed")]


def test_an_article_twice_in_one_batch(record: Record) -> None:
    one = Reading(article("a", DISPATCH))
    other = Reading(article("a", f"{DISPATCH} (Corrected.)"))
    assert store(record, one, one, other) == Tally(added=1, unchanged=1, changed=1)
    assert record.reading("a") == other
    assert record.past_readings("a") == [one]


def test_a_text_is_stored_once_and_its_copies_are_linked(record: Record) -> None:
    nearly = DISPATCH.replace("A spokesman", "A government spokesman")
    tally = store(
        record,
        Reading(article("first", DISPATCH, outlet="A")),
        Reading(article("same", DISPATCH, outlet="B")),
        Reading(article("nearly", nearly, outlet="C")),
        Reading(article("copy of the copy", nearly, outlet="D")),
        Reading(article("next year", DISPATCH, "2023-06-16")),
        Reading(article("other", "Norway sent two ships to the north, and said that it would send two more in the spring of next year.")),
        Reading(article("short", "Norway sent two ships.")),
        Reading(article("short too", "Norway sent two boats.")),
    )  # fmt: skip
    assert tally.copies == 3
    assert rows(record, "text") == 5
    with record.engine.connect() as connection:
        found = connection.exec_driver_sql("SELECT article, copy_of, similarity FROM articles ORDER BY row").all()
    assert [(a, c) for a, c, _ in found] == [
        ("first", None), ("same", "first"), ("nearly", "first"), ("copy of the copy", "first"), ("next year", None),
        ("other", None), ("short", None), ("short too", None),
    ]  # fmt: skip
    assert found[1].similarity == 1.0
    assert 0.8 < found[2].similarity < 1.0


def test_an_original_stays_one_when_it_changes(record: Record) -> None:
    store(record, Reading(article("first", DISPATCH)), Reading(article("copy", DISPATCH)))
    store(record, Reading(article("first", f"{DISPATCH} (Corrected.)")))
    with record.engine.connect() as connection:
        found = connection.exec_driver_sql("SELECT article, version, copy_of FROM articles ORDER BY row").all()
    assert found == [("first", 2, None), ("copy", 1, "first")]


def test_no_text_is_left_over(record: Record) -> None:
    store(record, Reading(article("a", DISPATCH)))
    store(record, Reading(article("a", "Something else altogether.")))
    assert rows(record, "text") == 1
    assert rows(record, "text_band") == 0
    with record.engine.connect() as connection:
        found = "SELECT count(*) FROM text_search WHERE text_search MATCH ?"
        assert connection.exec_driver_sql(found, ("paris",)).scalar() == 0
        assert connection.exec_driver_sql(found, ("something",)).scalar() == 1
        connection.exec_driver_sql("INSERT INTO text_search(text_search) VALUES ('integrity-check')")


def test_readers_work_while_a_writer_adds(record: Record, samples: Sequence[Reading]) -> None:
    store(record, samples[0])
    with record.engine.connect().execution_options(writes=True) as writer, writer.begin():
        writer.execute(sa.delete(schema.event))
        assert record.reading(samples[0].article.id) == samples[0]
        writer.rollback()
    with Record(record.where) as other:
        assert store(other, samples[1]).added == 1
        assert len(record) == 2


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [("missing.sqlite", None, "no such record"), ("text.txt", "just text " * 200, "not an SQLite file")],
)
def test_what_is_no_record(tmp_path: Path, name: str, content: str | None, why: str) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(RecordError, match=why):
        Record(path)
    assert path.exists() == (content is not None)


def test_another_database_is_left_alone(tmp_path: Path) -> None:
    import sqlite3

    connection = sqlite3.connect(tmp_path / "other.sqlite")
    connection.execute("CREATE TABLE mine (x)")
    connection.close()
    with pytest.raises(RecordError, match="no record of Dragoman"):
        Record(tmp_path / "other.sqlite", create=True)


def test_a_newer_record_is_not_touched(record: Record) -> None:
    with record.engine.begin() as connection:
        connection.execute(sa.update(schema.setting).where(schema.setting.c.name == "schema").values(value="99"))
    with pytest.raises(RecordError, match=rf"newer Dragoman \(schema 99; this one knows {schema.VERSION}\)"):
        Record(record.where, create=True)


def test_an_older_record_is_migrated_whole_or_not_at_all(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    def first(connection: sa.Connection) -> None:
        connection.exec_driver_sql("ALTER TABLE article ADD COLUMN colour TEXT")

    def second(connection: sa.Connection) -> None:
        connection.exec_driver_sql("ALTER TABLE article ADD COLUMN weight TEXT")
        if not whole:
            raise RecordError("the plug was pulled")

    now = schema.VERSION
    monkeypatch.setattr(schema, "VERSION", now + 2)
    monkeypatch.setattr(migrations, "MIGRATIONS", {now: first, now + 1: second})
    for whole, wanted in ((False, now), (True, now + 2)):
        if whole:
            Record(record.where).close()
        else:
            with pytest.raises(RecordError, match="plug"):
                Record(record.where)
        with record.engine.connect() as connection:
            assert migrations.version_of(connection) == wanted
            columns = {column["name"] for column in sa.inspect(connection).get_columns("article")}
            assert ("colour" in columns) == ("weight" in columns) == whole


def without_dyads(connection: sa.Connection) -> None:
    """Makes a record one of schema 2."""
    schema.event_dyad.drop(connection)
    connection.exec_driver_sql("DROP INDEX event_party_by_type")
    connection.exec_driver_sql("ALTER TABLE event_party DROP COLUMN type")
    connection.execute(sa.update(schema.setting).where(schema.setting.c.name == "schema").values(value="2"))


def test_a_record_without_dyads_gets_them(record: Record, samples: Sequence[Reading]) -> None:
    """What a record of schema 2 lacks is there after it was opened."""
    record.store(samples, CODERS)

    def kept(one: Record) -> list[list[tuple[Any, ...]]]:
        with one.engine.connect() as connection:
            tables = (
                schema.event_dyad.select(),
                sa.select(*(schema.event_party.c[name] for name in ("event_id", "type"))),
            )
            return [sorted(map(tuple, connection.execute(query))) for query in tables]

    wanted = kept(record)
    with record.engine.begin() as connection:
        without_dyads(connection)
    with Record(record.where) as opened:
        assert kept(opened) == wanted
        assert opened.events(between="CHN RUS").first() is not None


def test_a_record_without_stories_gets_them(record: Record, samples: Sequence[Reading]) -> None:
    """What a record of schema 1 lacks is there after it was opened, and filled by looking for stories."""
    record.store(samples, CODERS)
    with record.engine.begin() as connection:
        without_dyads(connection)
        schema.metadata.drop_all(connection, tables=storytables.TABLES)
        connection.execute(sa.update(schema.setting).where(schema.setting.c.name == "schema").values(value="1"))
    with Record(record.where) as opened:
        assert opened.stories() == []
        assert opened.rebuild_stories() == len(opened.stories()) > 0
        assert {member.article for line in opened.stories() for member in opened.story(line.id).articles} == {
            reading.article.id for reading in opened.readings()
        }
