"""One happening told several times is one event; two happenings stay two."""

from __future__ import annotations

import functools

import pytest

from dragoman.pipeline import Reader
from dragoman.records import Article, Interval, Reading

PUBLISHED = Interval.from_dict({"start": "2022-06-16", "end": "2022-06-16", "precision": "day"})


@functools.cache
def reader() -> Reader:
    return Reader()


def read(text: str, language: str) -> Reading:
    return reader().read(Article("x", text, language, PUBLISHED))


ONE = [
    ("en", "Russia and China held talks by phone on Wednesday. The talks between Moscow and Beijing lasted an hour.", "CONSULT", 2),
    ("en", "Egypt and Qatar held talks on Monday. Oil prices fell. The talks lasted an hour.", "CONSULT", 2),
    ("en", "Israel attacked a Lebanese port. Israeli jets bombed the port in Lebanon on Monday.", "ASSAULT", 2),
    ("en", "Israel bombed a Lebanese port on Monday. The attack destroyed a crane.", "ASSAULT", 2),
    ("it", "Egitto e Qatar hanno avuto un colloquio telefonico lunedì. Il colloquio è durato un'ora.", "CONSULT", 2),
    ("it", "La Russia ha bombardato l'Ucraina martedì. L'attacco è durato tutta la notte.", "ASSAULT", 2),
]  # fmt: skip

APART = [
    ("en", "Israel bombed Lebanon on Monday. Israel bombed Lebanon again on Tuesday.", "ASSAULT", 2),
    ("en", "Egypt held talks with Qatar on Monday. Egypt held talks with Jordan on Monday.", "CONSULT", 2),
    ("en", "Egypt condemned Israel in May. Egypt condemned Israel in June.", "ACCUSE", 2),
    ("en", "Kenya attacked Somalia, Chad said. Kenya attacked Somalia, Sudan said.", "ASSAULT", 2),
    ("it", "L'Egitto ha condannato Israele a maggio. L'Egitto ha condannato Israele a giugno.", "ACCUSE", 2),
    ("it", "La Russia ha bombardato l'Ucraina lunedì. La Russia ha bombardato di nuovo l'Ucraina martedì.", "ASSAULT", 2),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "type", "mentions"), ONE)
def test_one_happening_is_one_event(language: str, text: str, type: str, mentions: int) -> None:
    events = [event for event in read(text, language).events if event.type == type]
    assert len(events) == 1
    assert len(events[0].mentions) == mentions
    assert events[0].trigger in events[0].mentions


@pytest.mark.parametrize(("language", "text", "type", "count"), APART)
def test_two_happenings_stay_two(language: str, text: str, type: str, count: int) -> None:
    assert len([event for event in read(text, language).events if event.type == type]) == count


def test_ids_are_numbered_without_gaps() -> None:
    reading = read(" ".join([ONE[0][1], APART[0][1]]), "en")
    assert [event.id for event in reading.events] == [f"e{n}" for n in range(1, len(reading.events) + 1)]
