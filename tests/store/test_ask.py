"""Every question is answered as one would by going through the readings one by one."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pandas
import polars
import pyarrow
import pytest
from made import CODERS, article

from dragoman.records import Actor, Count, Event, Interval, Reading, Span, Statement
from dragoman.store import QuestionError
from dragoman.store.record import Record
from dragoman.text.folding import fold


@pytest.fixture(scope="module")
def news(samples: Sequence[Reading], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    with Record(tmp_path_factory.mktemp("ask") / "news.sqlite", create=True) as record:
        record.store(samples, CODERS)
        yield record


def day(reading: Reading, date: str | None) -> Interval | None:
    return (reading.date(date).interval if date else None) or reading.article.published


def actors(reading: Reading, ids: Sequence[str]) -> list[Actor]:
    return [reading.actor(id) for id in ids]


def countries(reading: Reading, ids: Sequence[str]) -> set[str | None]:
    return {actor.country for actor in actors(reading, ids)}


def sources(reading: Reading, statements: Sequence[str]) -> list[Actor]:
    return [reading.actor(s) for id in statements for s in reading.statement(id).sources]


def parties(reading: Reading, ids: Sequence[str]) -> set[str]:
    """What each may be asked for by: its country, that with its most telling sector, its name."""
    found = actors(reading, ids)
    return {word for a in found for word in (a.country or "", f"{a.country} {'-'.join(a.sectors[:1])}", fold(a.name))}


def between(r: Reading, e: Event, one: str, other: str) -> bool:
    acts, gets = parties(r, e.actors), parties(r, e.recipients)
    return (one in acts and other in gets) or (other in acts and one in gets) or (not gets and {one, other} <= acts)


def within(when: Interval | None, start: datetime.date, end: datetime.date) -> bool:
    return when is not None and start <= when.start and when.end <= end


EVENTS: list[tuple[dict[str, Any], Callable[[Reading, Event], bool]]] = [
    ({}, lambda r, e: True),
    ({"between": "CHN RUS"}, lambda r, e: between(r, e, "CHN", "RUS")),
    ({"between": ("RUS", "UKR")}, lambda r, e: between(r, e, "RUS", "UKR")),
    ({"actor": "USA"}, lambda r, e: "USA" in countries(r, e.actors)),
    ({"actor": "CHN GOV"}, lambda r, e: any((a.country, a.sectors[:1]) == ("CHN", ("GOV",)) for a in actors(r, e.actors))),
    ({"actor": "GOV"}, lambda r, e: any(a.sectors[:1] == ("GOV",) for a in actors(r, e.actors))),
    ({"actor": "xi jinping"}, lambda r, e: any("xi jinping" in fold(a.name) for a in actors(r, e.actors))),
    ({"recipient": "RUS"}, lambda r, e: "RUS" in countries(r, e.recipients)),
    ({"type": "consult"}, lambda r, e: e.type == "CONSULT"),
    ({"type": ["CONSULT", "ACCUSE"]}, lambda r, e: e.type in ("CONSULT", "ACCUSE")),
    ({"mode": "phone"}, lambda r, e: "phone" in e.modes),
    ({"context": "military"}, lambda r, e: "military" in e.contexts),
    ({"from_": "2022-06", "to": "2022-06"}, lambda r, e: within(day(r, e.date), datetime.date(2022, 6, 1), datetime.date(2022, 6, 30))),
    ({"since": datetime.date(2022, 6, 2)}, lambda r, e: within(day(r, e.date), datetime.date(2022, 6, 2), datetime.date.max)),
    ({"according_to": "RUS"}, lambda r, e: any(a.country == "RUS" for a in sources(r, e.according_to))),
    ({"according_to": "outlet"}, lambda r, e: not e.according_to),
    ({"according_to": "anonymous"}, lambda r, e: any(r.statement(s).anonymous for s in e.according_to)),
    ({"denied": True}, lambda r, e: bool(e.denied_by)),
    ({"denied": False}, lambda r, e: not e.denied_by),
    ({"denied_by": "RUS"}, lambda r, e: any(a.country == "RUS" for a in sources(r, e.denied_by))),
    ({"certainty": "possible"}, lambda r, e: e.certainty == "possible"),
    ({"polarity": "negated"}, lambda r, e: e.polarity == "negated"),
    ({"time": ["future", "habitual"]}, lambda r, e: e.time in ("future", "habitual")),
    ({"facts": True}, lambda r, e: e.is_fact),
    ({"language": "it"}, lambda r, e: r.article.language == "it"),
    ({"outlet": "Sample dispatch"}, lambda r, e: r.article.outlet == "Sample dispatch"),
    ({"article": "it-xi-putin"}, lambda r, e: r.article.id == "it-xi-putin"),
    ({"text": "perche OR sanctions"}, lambda r, e: any(w in fold(r.article.text).replace(",", " ").replace(".", " ").split() for w in ("perche", "sanctions"))),
    ({"text": '"Vladimir Putin" -Niger'}, lambda r, e: "vladimir putin" in fold(r.article.text) and "niger" not in fold(r.article.text)),
    ({"stance": "deny"}, lambda r, e: any(r.statement(s).stance == "deny" for s in (*e.according_to, *e.denied_by))),
    ({"actor": "RUS", "certainty": "certain", "language": "en"}, lambda r, e: "RUS" in countries(r, e.actors) and e.certainty == "certain" and r.article.language == "en"),
    ({"actor": "RUS", "recipient": "CHN"}, lambda r, e: "RUS" in countries(r, e.actors) and "CHN" in countries(r, e.recipients)),
    ({"between": "CHN RUS", "actor": "RUS", "sort": "oldest"}, lambda r, e: between(r, e, "CHN", "RUS") and "RUS" in countries(r, e.actors)),
    ({"between": "CHN RUS", "sort": "type"}, lambda r, e: between(r, e, "CHN", "RUS")),
    ({"between": ("CHN GOV", "RUS")}, lambda r, e: between(r, e, "CHN GOV", "RUS")),
    ({"between": ("Xi Jinping", "RUS"), "type": "CONSULT"}, lambda r, e: e.type == "CONSULT" and between(r, e, "xi jinping", "RUS")),
    ({"between": "CHN CHN"}, lambda r, e: ("CHN" in countries(r, e.actors) and "CHN" in countries(r, e.recipients)) or (not e.recipients and sum(a.country == "CHN" for a in actors(r, e.actors)) > 1)),
    ({"actor": "CHN", "mode": "phone", "text": "Putin"}, lambda r, e: "CHN" in countries(r, e.actors) and "phone" in e.modes),
    ({"actor": "RUS", "denied_by": "RUS", "according_to": "USA"}, lambda r, e: "RUS" in countries(r, e.actors) and any(a.country == "RUS" for a in sources(r, e.denied_by)) and any(a.country == "USA" for a in sources(r, e.according_to))),
    ({"mode": ["phone", "assist"], "context": "military"}, lambda r, e: bool({"phone", "assist"} & set(e.modes)) and "military" in e.contexts),
]  # fmt: skip
STATEMENTS: list[tuple[dict[str, Any], Callable[[Reading, Statement], bool]]] = [
    ({"according_to": "RUS"}, lambda r, s: "RUS" in countries(r, s.sources)),
    ({"actor": "putin"}, lambda r, s: any("putin" in fold(a.name) for a in actors(r, s.sources))),
    ({"stance": ["deny", "accuse"]}, lambda r, s: s.stance in ("deny", "accuse")),
    ({"according_to": "anonymous"}, lambda r, s: s.anonymous),
    ({"language": "en", "stance": "demand"}, lambda r, s: r.article.language == "en" and s.stance == "demand"),
    ({"type": "REQUEST"}, lambda r, s: any(e.type == "REQUEST" and s.id in (*e.according_to, *e.denied_by) for e in r.events)),
]  # fmt: skip
ARTICLES: list[tuple[dict[str, Any], Callable[[Reading], bool]]] = [
    ({"language": "it"}, lambda r: r.article.language == "it"),
    ({"between": "CHN RUS"}, lambda r: any(between(r, e, "CHN", "RUS") for e in r.events)),
    ({"denied": True}, lambda r: any(e.denied_by for e in r.events)),
    ({"to": "2022"}, lambda r: within(r.article.published, datetime.date.min, datetime.date(2022, 12, 31))),
    ({"text": "cremlino"}, lambda r: "cremlino" in fold(r.article.text)),
]


@pytest.mark.parametrize(("asked", "holds"), EVENTS, ids=[str(asked) for asked, _ in EVENTS])
def test_events(news: Record, samples: Sequence[Reading], asked: dict[str, Any], holds: Any) -> None:
    wanted = {f"{r.article.id}/{e.id}": r for r in samples for e in r.events if holds(r, e)}
    found = [row["event"] for row in news.events(**asked)]
    assert len(found) == len(set(found))
    assert set(found) == set(wanted)
    assert wanted or asked == {"between": "CHN CHN"}, "a question that nothing answers tests nothing"


@pytest.mark.parametrize(("asked", "holds"), STATEMENTS, ids=[str(asked) for asked, _ in STATEMENTS])
def test_statements(news: Record, samples: Sequence[Reading], asked: dict[str, Any], holds: Any) -> None:
    wanted = {f"{r.article.id}/{s.id}" for r in samples for s in r.statements if holds(r, s)}
    assert {row["statement"] for row in news.statements(**asked)} == wanted
    assert wanted


@pytest.mark.parametrize(("asked", "holds"), ARTICLES, ids=[str(asked) for asked, _ in ARTICLES])
def test_articles(news: Record, samples: Sequence[Reading], asked: dict[str, Any], holds: Any) -> None:
    wanted = [r for r in samples if holds(r)]
    assert {row["article"] for row in news.articles(**asked)} == {r.article.id for r in wanted}
    assert list(news.readings(**asked)) == wanted
    assert wanted


ABOUT: list[tuple[str, dict[str, Any]]] = [
    ("articles", {"type": "CONSULT"}),
    ("articles", {"between": "CHN RUS", "sort": "oldest"}),
    ("articles", {"denied": True, "language": "it"}),
    ("articles", {"stance": "deny", "text": "Putin"}),
    ("articles", {"actor": "CHN GOV", "sort": "added"}),
    ("statements", {"between": "CHN RUS"}),
    ("statements", {"type": "REQUEST", "according_to": "RUS"}),
    ("statements", {"certainty": "certain", "stance": ["demand", "accuse"], "from_": "2022", "sort": "oldest"}),
]


@pytest.mark.parametrize(("kind", "asked"), ABOUT, ids=[f"{kind} {asked}" for kind, asked in ABOUT])
def test_the_first_few_are_the_first_of_all(news: Record, kind: str, asked: dict[str, Any]) -> None:
    """A few are found by another way than all."""
    everything = getattr(news, kind)(**asked).to_list()
    assert everything
    for limit in range(1, len(everything) + 2):
        assert getattr(news, kind)(**asked, limit=limit).to_list() == everything[:limit]


def test_actors_are_counted_by_the_events_asked_for(news: Record, samples: Sequence[Reading]) -> None:
    rows = news.actors(type="CONSULT").to_list()
    wanted: dict[tuple[str, str | None], int] = {}
    for reading in samples:
        for event in reading.events:
            for actor in actors(reading, (*event.actors, *event.recipients)) if event.type == "CONSULT" else ():
                wanted[actor.name, actor.country] = wanted.get((actor.name, actor.country), 0) + 1
    assert {(row["name"], row["country"]): row["events"] for row in rows} == wanted
    assert [row["events"] for row in rows] == sorted(wanted.values(), reverse=True)


def test_actors_are_counted_once_for_all(news: Record, record: Record, samples: Sequence[Reading]) -> None:
    counted = {(row["name"], row["country"]): row["events"] for row in news.actors()}
    assert sum(counted.values()) == sum(len(e.actors) + len(e.recipients) for r in samples for e in r.events)
    assert all(row["events"] == row["parts"] for row in news.actors())
    assert news.actors(actor="CHN").to_list() == [row for row in news.actors() if row["country"] == "CHN"]
    record.store(samples, CODERS)
    record.store([replace(r, article=replace(r.article, title="Changed"), events=()) for r in samples], CODERS)
    assert record.actors().to_list() == []


def test_an_event_as_a_row(news: Record, samples: Sequence[Reading]) -> None:
    reading = next(r for r in samples if r.article.id == "en-xi-putin")
    event = next(e for e in reading.events if e.denied_by)
    text = reading.article.text
    row = next(r for r in news.events(article="en-xi-putin", denied=True) if r["words"] == event.trigger.of(text))
    assert row["words"] == event.trigger.of(text)
    assert row["sentence"] == event.sentence.of(text)
    assert row["actors"] == "; ".join(a.name for a in actors(reading, event.actors))
    assert row["actor_countries"] == "RUS"
    assert row["according_to"] == "; ".join(a.name for a in sources(reading, event.according_to))
    assert (row["denied"], row["background"], row["certainty"]) == (True, event.background, event.certainty)
    assert row["published"] == datetime.date(2022, 6, 15)


COUNTED = Reading(
    article("counted", "Blast kills 20 to 30 and hurts seven."),
    events=(
        Event(
            "e1", "ASSAULT", Span(0, 5), Span(0, 37), "r", "q", -10.0, "18",
            counts=(Count("killed", Span(12, 20), low=20, high=30), Count("injured", Span(31, 36), 7, 7, 7)),
        ),
    ),
)  # fmt: skip


def test_counts_in_the_views(record: Record) -> None:
    record.store([COUNTED], CODERS)
    row = record.events().to_list()[0]
    assert (row["killed"], row["injured"], row["arrested"]) == (None, 7, None)
    rows = record.sql("SELECT counted, low, best, high, words FROM event_counts ORDER BY counted").to_list()
    assert [tuple(row.values()) for row in rows] == [
        ("injured", 7, 7, 7, "seven"),
        ("killed", 20, None, 30, "20 to 30"),
    ]


def test_a_statement_as_a_row(news: Record, samples: Sequence[Reading]) -> None:
    for reading in samples:
        text = reading.article.text
        rows = {row["statement"]: row for row in news.statements(article=reading.article.id)}
        for statement in reading.statements:
            row = rows[f"{reading.article.id}/{statement.id}"]
            assert row["content"] == (" … ".join(span.of(text) for span in statement.content) or None)
            assert row["source_words"] == (statement.source_span.of(text) if statement.source_span else None)
            assert row["denies"] == (f"{reading.article.id}/{statement.denies}" if statement.denies else None)


def test_order_and_limit(news: Record) -> None:
    newest = [row["day"] for row in news.events()]
    assert newest == sorted(newest, reverse=True)
    assert [row["day"] for row in news.events(sort="oldest")] == sorted(newest)
    scores = [row["score"] for row in news.events(sort="score", limit=20)]
    assert (scores, len(scores)) == (sorted(scores), 20)
    assert [row["type"] for row in news.events(sort="type")] == sorted(row["type"] for row in news.events())


def test_copies_count_once_where_independent_ones_are_asked_for(record: Record) -> None:
    text = "Norway praised Peru on Monday for the help that it had given to the people of the coast after the storm."

    def reading(id: str) -> Reading:
        return Reading(article(id, text), events=(Event("e1", "SUPPORT", Span(0, 5), Span(0, 9), "r", "q", 5.0, "05"),))

    record.store([reading("one"), reading("two")], CODERS)
    assert [row["copy_of"] for row in record.events(sort="added")] == [None, "one"]
    assert [row["event"] for row in record.events(independent=True)] == ["one/e1"]
    assert [row["article"] for row in record.articles(independent=True)] == ["one"]


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ({"type": "FIGHT"}, "type 'FIGHT': one of ACCUSE"),
        ({"between": "CHN"}, "name two"),
        ({"from_": "soon"}, "soon"),
        ({"sort": "colour"}, "sort 'colour': one of"),
        ({"limit": 0}, "limit 0"),
        ({"text": "-not"}, "must occur"),
        ({"colour": "red"}, "no such question: colour"),
        ({"actor": 5}, "actor 5"),
        ({"actor": ""}, "actor ''"),
        ({"text": ""}, "text ''"),
        ({"language": ""}, "language ''"),
        ({"text": 5}, "text 5"),
        ({"since": 5}, "date 5: write 2022"),
        ({"denied": "yes"}, "True or False"),
        ({"since": "2023", "until": "2022-06"}, "ends before it begins"),
    ],
)
def test_questions_that_cannot_be_understood(news: Record, asked: dict[str, Any], why: str) -> None:
    with pytest.raises(QuestionError) as problem:
        news.events(**asked)
    assert why in str(problem.value)
    assert "\n" not in str(problem.value)


def test_codes_in_small_letters_are_codes(news: Record) -> None:
    for written, meant in (("chn", "CHN"), ("chn gov", "CHN GOV"), ("gov", "GOV")):
        assert news.events(actor=written).to_list() == news.events(actor=meant).to_list() != []


def test_pandas_polars_and_arrow(news: Record) -> None:
    answer = news.events(type="CONSULT")
    count = len(answer.to_list())
    frame = answer.to_pandas()
    assert isinstance(frame, pandas.DataFrame)
    assert (len(frame), list(frame.columns)) == (count, list(answer.columns))
    dtypes = {name: str(cast(Any, frame[name]).dtype) for name in ("day", "killed", "latitude", "score", "denied")}
    assert dtypes == {
        "day": "datetime64[s]",
        "killed": "Int64",
        "latitude": "float64",
        "score": "float64",
        "denied": "bool",
    }
    other = answer.to_polars()
    assert isinstance(other, polars.DataFrame)
    assert (other.height, other.schema["day"]) == (count, polars.Date())
    table = answer.to_arrow()
    assert (table.num_rows, table.schema.field("denied").type) == (count, pyarrow.bool_())
    assert table.to_pylist() == answer.to_list()
    empty = news.events(type="CONSULT", article="no such article")
    assert (len(empty.to_pandas()), empty.to_polars().height, empty.to_arrow().num_rows) == (0, 0, 0)


def test_sql(news: Record) -> None:
    rows = news.sql("SELECT type, count(*) AS n FROM events GROUP BY type ORDER BY n DESC, type").to_list()
    assert sum(row["n"] for row in rows) == len(news.events().to_list())
    for statement, why in (
        ("DELETE FROM event", "cannot be changed"),
        ("SELEC 1", "syntax error"),
        ("SELECT 1; SELECT 2", "one statement"),
        ("PRAGMA user_version = 5", "cannot be changed"),
        ("BEGIN", "transaction"),
    ):
        with pytest.raises(QuestionError, match=why):
            news.sql(statement)
    assert news.sql("SELECT name FROM event_actors WHERE role = 'denier'").first() is not None


def test_the_record_of_the_package(news: Record) -> None:
    import dragoman

    assert isinstance(news, dragoman.Record)
    with pytest.raises(AttributeError):
        _ = dragoman.Recorder  # type: ignore[attr-defined]


def test_plans_use_an_index(news: Record) -> None:
    for asked in ({"type": "CONSULT"}, {"denied": True}, {"language": "it"}, {"from_": "2022"}, {"outlet": "x"}):
        assert any("INDEX event_by" in step for step in news.plan("events", **asked)), asked


def test_where_the_record_is_shown_without_a_password(tmp_path: Path) -> None:
    from dragoman.store.transactions import shown

    assert shown("postgresql://me:secret@host/news") == "postgresql://me:***@host/news"
