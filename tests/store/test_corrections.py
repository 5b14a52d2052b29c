"""What people say of findings is kept beside the machine's, follows them, is asked for and measured against."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from made import CODERS, article
from typer.testing import CliRunner

from dragoman.cli import app
from dragoman.records import Actor, Event, Interval, Reading, Span, Statement, When
from dragoman.store import QuestionError, schema
from dragoman.store.agreement import measure
from dragoman.store.coder import Coder
from dragoman.store.gold import gold
from dragoman.store.record import Record

TEXT = "Norway praised Peru on Monday. A source said that Chile had threatened Oslo.\nLima denied it."
OTHERS = {"en": Coder("1", "codebook", "en", "en-test", "other")}


def span(words: str, text: str = TEXT) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def dispatch(text: str = TEXT, **more: Any) -> Reading:
    """A reading without a parser: two events, a statement, three actors, a date."""
    actors = tuple(
        Actor(f"a{n}", name, "state", (span(name),), code)
        for n, (name, code) in enumerate((("Norway", "NOR"), ("Peru", "PER"), ("Chile", "CHL")), 1)
    )
    said = Statement("s1", (span("said"),), (span("Chile had threatened Oslo"),), "indirect", "assert", "en/say", anonymous=True)  # fmt: skip
    day = When("d1", span("Monday"), "2022-06-13", "DATE", Interval.of_day(datetime.date(2022, 6, 13)), "published")  # fmt: skip
    first, second = span("Norway praised Peru on Monday."), span("A source said that Chile had threatened Oslo.")
    events = (
        Event("e1", "SUPPORT", span("praised"), first, "en/praise", "verbal cooperation", 5.0, "05", ("a1",), ("a2",), date="d1"),
        Event("e2", "THREATEN", span("threatened"), second, "en/threaten", "verbal conflict", -5.0, "13", ("a3",), ("a1",), according_to=("s1",)),
    )  # fmt: skip
    return Reading(article("one", text, **more), actors, (day,), (said,), events)


@pytest.fixture
def news(record: Record, samples: Sequence[Reading]) -> Record:
    record.store([dispatch(), *samples], CODERS)
    return record


def values(row: dict[str, Any]) -> Any:
    return json.loads(row["value"])


def test_the_machines_findings_stay_as_they_are(news: Record) -> None:
    before = list(news.readings())
    row = news.correct("one", "event", "e1", "corrected", who="Ann", value={"type": "CONSULT"}, note="a meeting")
    assert (row["kind"], row["finding"], row["type"], row["words"]) == ("event", "e1", "SUPPORT", "praised")
    assert (row["verdict"], row["who"], row["note"], row["stands"]) == ("corrected", "Ann", "a meeting", True)
    news.correct("one", "event", "e2", "rejected", who="Ann")
    assert list(news.readings()) == before
    assert (
        news.events(article="one", sort="oldest", limit=1).first() == news.events(type="SUPPORT", article="one").first()
    )


def test_quad_score_and_code_follow_from_the_type(news: Record) -> None:
    right = values(news.correct("one", "event", "e1", "corrected", who="Ann", value={"type": "CONSULT", "modes": ["phone"]}))  # fmt: skip
    assert (right["quad"], right["score"], right["cameo"]) == ("verbal cooperation", 1.5, "041")
    assert (right["actors"], right["recipients"], right["date"]) == (["a1"], ["a2"], "d1")
    right = values(news.correct("one", "event", "e1", "corrected", who="Ann", value={"type": "ACCUSE"}))
    assert (right["quad"], right["modes"]) == ("verbal conflict", [])


def test_the_newest_stands_and_the_others_are_kept(news: Record) -> None:
    news.correct("one", "event", "e1", "rejected", who="Ann")
    news.correct("one", "event", "e1", "corrected", who="Bob", value={"polarity": "negated"})
    news.correct("one", "event", "e1", "corrected", who="Ann", value={"certainty": "possible"})
    rows = news.corrections(article="one").to_list()
    assert [(row["who"], row["verdict"], row["stands"]) for row in rows] == [
        ("Ann", "corrected", True), ("Bob", "corrected", False), ("Ann", "rejected", False),
    ]  # fmt: skip
    assert (values(rows[0])["polarity"], values(rows[0])["certainty"]) == ("negated", "possible"), "builds on the last"
    assert [row["who"] for row in news.corrections(stands=True)] == ["Ann"]
    assert [row["correction"] for row in news.corrections(who="Bob", kind=["event"])] == [2]
    assert news.sql("SELECT count(*) AS n FROM corrections WHERE stands").first() == {"n": 1}


def test_what_changes_nothing_confirms(news: Record) -> None:
    assert (
        news.correct("one", "event", "e1", "corrected", who="Ann", value={"type": "SUPPORT"})["verdict"] == "confirmed"
    )


def test_confirmed_ones_are_asked_for_as_corrected(news: Record) -> None:
    assert news.events(confirmed=True).to_list() == []
    news.correct("one", "event", "e1", "corrected", who="Ann", value={"type": "CONSULT", "recipients": ["a3"]})
    news.correct("one", "event", "e2", "rejected", who="Ann")
    new = {"type": "REJECT", "trigger": [*span("denied").to_list()], "actors": [{"name": "Lima", "kind": "state", "country": "PER", "mentions": [span("Lima").to_list()]}]}  # fmt: skip
    news.correct("one", "event", None, "added", who="Ann", value=new)
    news.correct("en-xi-putin", "event", "e1", "confirmed", who="Ann")
    rows = {row["event"]: row for row in news.events(confirmed=True)}
    assert set(rows) == {"one/e1", "one/p3", "en-xi-putin/e1"}
    assert (rows["one/e1"]["type"], rows["one/e1"]["recipients"], rows["one/e1"]["day"].isoformat()) == ("CONSULT", "Chile", "2022-06-13")  # fmt: skip
    assert (rows["one/p3"]["actor_countries"], rows["one/p3"]["sentence"], rows["one/p3"]["rule"]) == ("PER", "Lima denied it.", "person")  # fmt: skip
    same = news.events(article="en-xi-putin").to_list()
    assert rows["en-xi-putin/e1"] == next(row for row in same if row["event"] == "en-xi-putin/e1")
    assert [row["event"] for row in news.events(confirmed=True, between="NOR CHL")] == ["one/e1"]
    assert news.events(confirmed=True, between="NOR PER").to_list() == []
    assert [row["event"] for row in news.events(confirmed=True, text="denied", type="REJECT")] == ["one/p3"]
    assert {row["article"] for row in news.articles(confirmed=True)} == {"one", "en-xi-putin"}
    assert "Lima" in {row["name"] for row in news.actors(confirmed=True)}
    assert "Lima" not in {row["name"] for row in news.actors()}
    assert [e.id for r in news.selected(confirmed=True, type="CONSULT", article="one") for e in r.events] == ["e1"]
    news.correct("one", "event", "p3", "rejected", who="Bob")
    assert "one/p3" not in {row["event"] for row in news.events(confirmed=True)}


def test_confirmed_statements_are_not_those_that_events_refer_to(news: Record) -> None:
    news.correct("one", "event", "e2", "confirmed", who="Ann")
    assert news.statements(confirmed=True).to_list() == []
    assert [s.id for s in news.confirmed("one").statements] == ["s1"]
    news.correct("one", "statement", "s1", "corrected", who="Ann", value={"stance": "accuse"})
    (row,) = news.statements(confirmed=True)
    assert (row["statement"], row["stance"]) == ("one/s1", "accuse")
    (event,) = news.confirmed("one").events
    assert event.according_to == ("s1",)
    news.correct("one", "statement", "s1", "rejected", who="Ann")
    assert news.confirmed("one").events[0].according_to == ()


def test_actors_and_dates_are_corrected_in_what_refers_to_them(news: Record) -> None:
    news.correct("one", "event", "e1", "confirmed", who="Ann")
    news.correct("one", "actor", "a1", "corrected", who="Ann", value={"name": "Oslo", "country": "SWE"})
    news.correct("one", "actor", "a2", "rejected", who="Ann")
    news.correct("one", "date", "d1", "corrected", who="Ann", value={"start": "2022-06-06", "end": None})
    (row,) = news.events(confirmed=True)
    assert (row["actors"], row["actor_countries"], row["recipients"]) == ("Oslo", "SWE", None)
    assert row["day"].isoformat() == "2022-06-06"


def test_corrections_follow_a_finding_that_is_read_again(news: Record) -> None:
    news.correct("one", "event", "e1", "confirmed", who="Ann")
    news.correct("one", "event", "e2", "corrected", who="Ann", value={"certainty": "possible"})
    news.correct("one", "statement", "s1", "rejected", who="Ann")
    old = dispatch()
    moved = replace(old.events[1], id="e1", according_to=())
    another = replace(old.events[0], id="e3", type="AID", trigger=span("Norway praised"), mentions=())
    news.recode([replace(old, events=(moved, another), statements=())], OTHERS)
    rows = {row["correction"]: row for row in news.corrections()}
    assert [rows[n]["finding"] for n in (1, 2, 3)] == ["p1", "e1", "p3"]
    assert all(row["stands"] for row in rows.values())
    found = {row["event"]: row for row in news.events(confirmed=True)}
    assert set(found) == {"one/p1", "one/e1"}
    assert (found["one/p1"]["type"], found["one/e1"]["certainty"]) == ("SUPPORT", "possible")
    news.recode([old], CODERS)
    assert {row["finding"] for row in news.corrections()} == {"e1", "e2", "s1"}


def test_a_rejected_finding_that_becomes_another_is_not_rejected(news: Record) -> None:
    news.correct("one", "event", "e1", "rejected", who="Ann")
    old = dispatch()
    news.recode([replace(old, events=(replace(old.events[0], type="CONSULT"), old.events[1]))], OTHERS)
    assert [row["finding"] for row in news.corrections()] == ["p1"]


def test_of_two_that_become_one_the_newest_stands(news: Record) -> None:
    news.correct("one", "event", None, "added", who="Ann", value={"type": "THREATEN", "trigger": span("had threatened").to_list()})  # fmt: skip
    news.correct("one", "event", "e2", "rejected", who="Bob")
    news.recode([replace(dispatch(), events=dispatch().events[1:])], OTHERS)
    assert [(row["finding"], row["stands"]) for row in news.corrections()] == [("e2", True), ("e2", False)]


@pytest.mark.parametrize(
    ("text", "stands"),
    [(TEXT + "\nMore later.", True), (TEXT, True), ("Late: " + TEXT, False), (TEXT.replace("Norway", "Sweden"), False)],
)
def test_corrections_of_a_changed_article(record: Record, text: str, stands: bool) -> None:
    record.store([dispatch()], CODERS)
    record.correct("one", "event", "e1", "confirmed", who="Ann")
    record.store([Reading(article("one", text, title="Changed"))], CODERS)
    (row,) = record.corrections()
    assert (row["stands"], row["version"], record.articles().to_list()[0]["version"]) == (stands, 1, 2)
    assert [row["event"] for row in record.events(confirmed=True)] == (["one/p1"] if stands else [])


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ({"kind": "colour"}, "kind 'colour': one of event"),
        ({"verdict": "liked"}, "verdict 'liked': one of confirmed"),
        ({"verdict": "added"}, "none for what is added"),
        ({"verdict": "confirmed", "value": {"type": "AID"}}, "value"),
        ({"value": None}, "value"),
        ({"value": {"type": "FIGHT"}}, "type 'FIGHT': one of ACCUSE"),
        ({"value": {"modes": ["phone"]}}, "mode 'phone': one of none"),
        ({"value": {"contexts": ["weather"]}}, "context 'weather'"),
        ({"value": {"colour": "red"}}, "no field 'colour' of events"),
        ({"value": {"trigger": [0, 9999]}}, "value"),
        ({"value": {"trigger": ["a", 3]}}, "a span such as"),
        ({"value": {"trigger": [5, 5]}}, "at least one character"),
        ({"value": {"actors": ["a99"]}}, "no 'a99' among the article's actors"),
        ({"value": {"actors": [{"name": "Lima"}]}}, "kind is wanted"),
        ({"value": {"actors": [{"name": "Lima", "kind": "city", "mentions": []}]}}, "kind: one of"),
        ({"value": {"date": {"span": [0, 4], "value": "x", "start": "soon"}}}, "soon"),
        ({"value": {"polarity": "blue"}}, "affirmed"),
        ({"who": " "}, "who"),
    ],
)
def test_what_cannot_be_is_said(news: Record, asked: dict[str, Any], why: str) -> None:
    given: dict[str, Any] = {"kind": "event", "verdict": "corrected", "value": {"type": "AID"}, "who": "Ann", **asked}
    with pytest.raises(QuestionError) as problem:
        news.correct("one", given.pop("kind"), "e1", given.pop("verdict"), **given)
    assert why in str(problem.value)
    assert "\n" not in str(problem.value)
    assert news.corrections().to_list() == []


@pytest.mark.parametrize("asked", [{"kind": "events"}, {"verdict": ["confirmed", "right"]}])
def test_kinds_and_verdicts_that_are_none_are_said(news: Record, asked: dict[str, Any]) -> None:
    with pytest.raises(QuestionError, match="one of"):
        news.corrections(**asked)


def test_what_is_not_there_is_not_corrected(news: Record) -> None:
    for where, finding in (("none", "e1"), ("one", "e99"), ("one", "p1")):
        with pytest.raises(KeyError):
            news.correct(where, "event", finding, "rejected", who="Ann")


def test_copies_and_originals_among_the_confirmed(record: Record) -> None:
    original, copy = dispatch(), dispatch()
    record.store([original, replace(copy, article=replace(copy.article, id="two"))], CODERS)
    record.correct("two", "event", "e1", "confirmed", who="Ann")
    assert [(row["event"], row["copy_of"]) for row in record.events(confirmed=True)] == [("two/e1", "one")]
    assert record.events(confirmed=True, independent=True).to_list() == []
    assert [row["article"] for row in record.articles(confirmed=True)] == ["two"]


def test_precision_and_agreement(news: Record) -> None:
    assert list(measure(news).rows()) == []
    news.correct("one", "event", "e1", "corrected", who="Ann", value={"recipients": ["a3"], "certainty": "possible"})
    news.correct("one", "event", "e2", "rejected", who="Ann")
    news.correct("one", "event", None, "added", who="Ann", value={"type": "REJECT", "trigger": span("denied").to_list()})  # fmt: skip
    news.correct("one", "statement", "s1", "corrected", who="Ann", value={"stance": "accuse"})
    rows = {(row["kind"], row["type"], row["field"]): row for row in measure(news).rows()}

    def score(*key: str | None) -> tuple[Any, ...]:
        return tuple(rows[key][name] for name in ("judged", "right", "precision", "missed"))  # type: ignore[index]

    assert score("event", "all", None) == (2, 1, 0.5, 1)
    assert score("event", "THREATEN", None) == (1, 0, 0.0, 0)
    assert score("event", "REJECT", None) == (0, 0, None, 1)
    assert score("event", "all", "actors") == (1, 1, 1.0, None)
    assert score("event", "all", "recipients") == (1, 0, 0.0, None)
    assert score("event", "all", "certainty") == (1, 0, 0.0, None)
    assert score("statement", "assert", None) == (1, 0, 0.0, 0)


def test_gold_is_read_back_as_readings(news: Record) -> None:
    news.correct("one", "event", "e1", "corrected", who="Ann", value={"type": "CONSULT"})
    news.correct("one", "event", "e2", "rejected", who="Ann", note="he did not")
    (line,) = json.loads(json.dumps(list(gold(news))))
    found = Reading.from_dict(line)
    assert found == news.confirmed("one")
    assert [(event.id, event.type) for event in found.events] == [("e1", "CONSULT")]
    assert [(one["id"], one["verdict"], one["note"]) for one in line["corrections"]] == [
        ("e1", "corrected", None), ("e2", "rejected", "he did not"),
    ]  # fmt: skip
    assert line["corrections"][1]["machine"] == dispatch().events[1].to_dict()


def test_an_older_record_gets_the_table(news: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema, "VERSION", 4)  # the step to it, and none of the later ones
    with news.engine.begin() as connection:
        connection.exec_driver_sql("DROP VIEW corrections")
        connection.exec_driver_sql("DROP TABLE correction")
        connection.execute(sa.update(schema.setting).where(schema.setting.c.name == "schema").values(value="3"))
    with Record(news.where) as again:
        assert again.correct("one", "event", "e1", "confirmed", who="Ann")["stands"]


@pytest.fixture
def path(news: Record) -> Iterator[str]:
    news.correct("one", "event", "e1", "corrected", who="Ann", value={"type": "CONSULT"})
    news.correct("one", "event", "e2", "rejected", who="Bob")
    yield news.where


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, list(arguments))
    assert not result.exception or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


def test_the_commands(path: str, tmp_path: Path) -> None:
    status, output, errors = run("corrections", "-r", path)
    assert (status, errors, len(output.splitlines())) == (0, "", 3)
    status, output, errors = run("corrections", "-r", path, "--who", "Bob", "--format", "table")
    assert (status, "Bob" in output, "Ann" in output) == (0, True, False)
    status, _, errors = run("corrections", "-r", path, "-o", str(tmp_path / "gold.jsonl"))
    (line,) = (tmp_path / "gold.jsonl").read_text(encoding="utf-8").splitlines()
    assert (status, Reading.from_dict(json.loads(line)).events[0].type) == (0, "CONSULT")
    status, _, errors = run("corrections", "-r", path, "--format", "jsonl", "--who", "Bob")
    assert (status, errors.count("\n")) == (2, 1)
    status, output, _ = run("evaluate", "-r", path)
    assert (status, "2 corrections that stand, in 1 articles" in output) == (0, True)
    status, output, _ = run("evaluate", "-r", path, "--format", "json")
    assert json.loads(output)["scores"][0] == {
        "kind": "event", "type": "all", "field": None, "judged": 2, "right": 0, "precision": 0.0, "missed": 0,
    }  # fmt: skip
    status, output, _ = run("events", "-r", path, "--confirmed", "-f", "jsonl")
    assert [json.loads(line)["type"] for line in output.splitlines()] == ["CONSULT"]


def test_a_record_without_corrections(record: Record) -> None:
    record.store([dispatch()], CODERS)
    status, output, _ = run("evaluate", "-r", record.where)
    assert (status, output.count("\n"), "no corrections yet" in output) == (0, 1, True)
    status, _, errors = run("corrections", "-r", record.where)
    assert (status, "no corrections yet" in errors) == (0, True)
