"""The sample dispatches say what a careful reader would want of them, and never what she would not."""

from __future__ import annotations

import functools
import json
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

import dragoman
from dragoman.records import Event, Reading, Span, Statement
from dragoman.samples import DISPATCHES

EXPECTED = tomllib.loads(Path(__file__).with_name("expected.toml").read_text(encoding="utf-8"))["dispatch"]
ARTICLES = {a["id"]: a for a in map(json.loads, DISPATCHES.read_text(encoding="utf-8").splitlines())}


@functools.cache
def reading_of(id: str) -> Reading:
    article = ARTICLES[id]
    return dragoman.read(
        article["text"],
        article["language"],
        article["published"],
        id=id,
        title=article["title"],
        outlet=article["outlet"],
    )


def checks(kind: str) -> list[Any]:
    found: list[Any] = []
    for dispatch in EXPECTED:
        for number, check in enumerate(dispatch.get(kind, []), 1):
            words = check.get("trigger") or check.get("content") or "-".join(check.get("type", ["event"]))
            marks = [pytest.mark.xfail(strict=True, raises=AssertionError)] if check.get("not_yet") else []
            found.append(pytest.param(dispatch["id"], check, id=f"{dispatch['id']}-{number}-{words}", marks=marks))
    return found


# ---- how an event or a statement is compared with a check -----------------------------------------------------------


def places(words: str, text: str) -> list[Span]:
    """Where the words stand in the text. A check whose words are not there is a mistake in the check."""
    starts: list[int] = []
    at = text.find(words)
    while at >= 0:
        starts.append(at)
        at = text.find(words, at + 1)
    if not starts:
        raise LookupError(f"{words!r} does not occur in the dispatch")
    return [Span(start, start + len(words)) for start in starts]


def any_of(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def sources(reading: Reading, statements: Iterable[str]) -> str:
    """The names and the words of who made the statements."""
    found: list[str] = []
    for statement in map(reading.statement, statements):
        found.extend(reading.actor(source).name for source in statement.sources)
        found.append(statement.source_span.of(reading.article.text) if statement.source_span else "")
    return " | ".join(found)


def is_day(reading: Reading, event: Event, wanted: str) -> bool:
    """Whether the event's date is the day, the month ("2016-01") or the year that is wanted."""
    found = reading.date(event.date).interval if event.date else None
    if found is None:
        return False
    return found.start.isoformat().startswith(wanted) and found.end.isoformat().startswith(wanted)


def differences(reading: Reading, event: Event, check: dict[str, Any]) -> list[str]:
    """In what the event is not the one of the check; nothing where it is."""
    found: list[str] = []
    text = reading.article.text
    if "type" in check and event.type not in any_of(check["type"]):
        found.append(f"type {event.type}")
    if "trigger" in check and not any(place.overlaps(event.trigger) for place in places(check["trigger"], text)):
        found.append(f"trigger {event.trigger.of(text)!r}")
    for role, parties in (("actors", event.actors), ("recipients", event.recipients)):
        countries = [reading.actor(party).country for party in parties]
        if not set(check.get(role, [])) <= set(countries):
            found.append(f"{role} {countries}")
    if not set(check.get("modes", [])) <= set(event.modes):
        found.append(f"modes {event.modes}")
    for field in ("polarity", "certainty", "time"):
        if field in check and getattr(event, field) not in any_of(check[field]):
            found.append(f"{field} {getattr(event, field)}")
    if check.get("background") and not event.background:
        found.append("not background")
    if "date" in check and not is_day(reading, event, check["date"]):
        found.append(f"date {reading.date(event.date) if event.date else None}")
    for field, told in (("according_to", event.according_to), ("denied_by", event.denied_by)):
        if field in check:
            names = sources(reading, told)
            if not all(word in names for word in check[field]) or (told and not check[field]):
                found.append(f"{field} {names!r}")
    return found


# ---- the checks -----------------------------------------------------------------------------------------------------


def test_every_dispatch_is_checked() -> None:
    assert [dispatch["id"] for dispatch in EXPECTED] == list(ARTICLES)


@pytest.mark.parametrize(("id", "check"), checks("must"))
def test_must_be_found(id: str, check: dict[str, Any]) -> None:
    reading = reading_of(id)
    near_misses = [
        (event.id, event.trigger.of(reading.article.text), differences(reading, event, check))
        for event in reading.events
        if not differences(reading, event, {"trigger": check["trigger"]})
    ]
    assert any(not different for _, _, different in near_misses), f"{check['what']}: {near_misses or 'nothing there'}"


@pytest.mark.parametrize(("id", "check"), checks("must_not"))
def test_must_not_come_out_as_a_fact(id: str, check: dict[str, Any]) -> None:
    reading = reading_of(id)
    wrong = [
        event
        for event in reading.events
        if not differences(reading, event, check) and (event.is_fact or check.get("at_all"))
    ]
    assert not wrong, check["what"]


@pytest.mark.parametrize(("id", "check"), checks("said"))
def test_must_be_said(id: str, check: dict[str, Any]) -> None:
    reading = reading_of(id)
    text = reading.article.text
    wanted = places(check["content"], text)

    def told_there(statement: Statement) -> bool:
        return any(part.overlaps(place) for part in statement.content for place in wanted)

    there = [statement for statement in reading.statements if told_there(statement)]
    right = [
        statement
        for statement in there
        if check["source"] in sources(reading, [statement.id])
        and any(part.covers(place) for part in statement.content for place in wanted)
        and statement.stance == check.get("stance", statement.stance)
    ]
    seen = [(s.id, s.stance, sources(reading, [s.id]), [c.of(text) for c in s.content]) for s in there]
    assert right, seen or "nothing is said there"


@pytest.mark.parametrize("dispatch", EXPECTED, ids=lambda dispatch: dispatch["id"])
def test_nothing_is_found_in_debris(dispatch: dict[str, Any]) -> None:
    reading = reading_of(dispatch["id"])
    debris = [place for words in dispatch["debris"] for place in places(words, reading.article.text)]
    found = [event.trigger for event in reading.events]
    found += [part for statement in reading.statements for part in statement.content]
    assert not [span for span in found if any(span.overlaps(place) for place in debris)]
