"""Whatever reading there can be, it comes out of the record as it went in."""

from __future__ import annotations

import datetime
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made import CODERS

from dragoman.records import (
    Actor,
    Article,
    Count,
    Event,
    Interval,
    Place,
    Reading,
    Span,
    Statement,
    When,
)
from dragoman.store.record import Record

CHARACTERS = st.characters(exclude_categories=["Cs"])
DAYS = st.dates(datetime.date(1, 1, 1), datetime.date(9999, 12, 31))
INTERVALS = st.tuples(DAYS, DAYS, st.sampled_from(["day", "month", "year", "decade"])).map(
    lambda found: Interval(min(found[:2]), max(found[:2]), found[2])  # type: ignore[arg-type]
)
NUMBERS = st.integers(0, 10**15)


@st.composite
def readings(draw: Any, characters: Any = CHARACTERS) -> Reading:
    words = st.text(characters, max_size=12)
    names = st.text(characters, min_size=1, max_size=12)
    maybe_words = st.none() | words
    text = draw(st.text(characters, min_size=1, max_size=60))
    spots = st.tuples(st.integers(0, len(text) - 1), st.integers(1, len(text))).filter(lambda x: x[0] < x[1])
    spans = spots.map(lambda found: Span(*found))
    some = st.lists(spans, min_size=1, max_size=3).map(tuple)
    few = st.lists(spans, max_size=3).map(tuple)
    labels = st.lists(words, max_size=3).map(tuple)
    article = Article(draw(names), text, draw(st.sampled_from(["en", "it", "xx"])), draw(st.none() | INTERVALS),
                      draw(maybe_words), draw(maybe_words), draw(maybe_words))  # fmt: skip
    many = range(draw(st.integers(0, 3)))

    def ids(letter: str) -> Any:
        return st.sampled_from([f"{letter}{number}" for number in many]) if many else st.nothing()

    def several(letter: str) -> Any:
        return st.lists(ids(letter), max_size=3).map(tuple) if many else st.just(())

    def maybe(letter: str) -> Any:
        return st.none() | ids(letter)

    actors = tuple(
        Actor(f"a{n}", draw(words), draw(st.sampled_from(["state", "person"])), draw(some), draw(maybe_words), draw(labels),
              draw(maybe_words), draw(maybe_words))
        for n in many
    )  # fmt: skip
    dates = tuple(
        When(f"d{n}", draw(spans), draw(words), "DATE", draw(st.none() | INTERVALS), draw(maybe_words)) for n in many
    )
    degrees = st.none() | st.floats(-180, 180)
    places = tuple(
        Place(
            f"p{n}", draw(words), draw(some), draw(maybe_words), draw(degrees), draw(degrees), draw(st.none() | NUMBERS)
        )
        for n in many
    )
    statements = tuple(
        Statement(f"s{n}", draw(some), draw(few), "mixed", "deny", draw(words), draw(several("a")),
                  draw(st.none() | spans), "negated", draw(maybe("s")), draw(maybe("s")), draw(st.booleans()),
                  draw(st.none() | spans), draw(maybe("d")))
        for n in many
    )  # fmt: skip

    def event(number: int) -> Event:
        trigger = draw(spans)
        return Event(
            f"e{number}", draw(words), trigger, Span(0, len(text)), draw(words), draw(words),
            draw(st.floats(-10, 10)), draw(words), draw(several("a")), draw(several("a")), draw(labels), draw(labels),
            draw(maybe("d")), draw(maybe("p")), "negated", "unknown", "habitual", draw(st.booleans()),
            draw(several("s")), draw(several("s")), draw(st.just(()) | few.map(lambda more: (trigger, *more))),
            draw(st.lists(st.builds(Count, st.just("killed"), spans, NUMBERS, NUMBERS, NUMBERS), max_size=2).map(tuple)),
            draw(st.lists(st.tuples(words, spans), max_size=2, unique_by=lambda one: one[0]).map(tuple)),
        )  # fmt: skip

    return Reading(article, actors, dates, statements, tuple(map(event, many)), places)


SLOW = [HealthCheck.too_slow, HealthCheck.filter_too_much]  # readings that are slow to make are no fault


@settings(max_examples=25, suppress_health_check=SLOW)
@given(st.lists(readings(), max_size=4, unique_by=lambda reading: reading.article.id))
def test_write_then_read_is_identity(found: list[Reading]) -> None:
    with tempfile.TemporaryDirectory() as folder, Record(Path(folder) / "r.sqlite", create=True) as record:
        record.store(found, CODERS)
        assert list(record.readings()) == found
        changed = [
            Reading(Article(**{**_fields(r.article), "text": r.article.text + "."}), r.actors, r.dates, r.statements,
                    r.events, r.places)
            for r in found
        ]  # fmt: skip
        record.store(changed, CODERS)
        assert list(record.readings()) == changed
        assert [record.past_readings(r.article.id) for r in found] == [[r] for r in found]


def _fields(article: Article) -> dict[str, Any]:
    return {name: getattr(article, name) for name in article.__slots__}
