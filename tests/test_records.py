"""Findings stand on characters, and readings survive the way out and back."""

from __future__ import annotations

import datetime
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.records import (
    Actor,
    Article,
    Count,
    Event,
    GroundingError,
    Interval,
    Place,
    Reading,
    Span,
    Statement,
    When,
)

TEXT = "Oslo said on 3 May that Lima had sent two ships. Lima denied it."


def event(**changes: object) -> Event:
    fields: dict[str, object] = {
        "id": "e1", "type": "AID", "trigger": Span(33, 37), "sentence": Span(0, 48), "rule": "en/aid/send",
        "quad": "material cooperation", "score": 10.0, "cameo": "07", "actors": ("a2",),
    }  # fmt: skip
    return Event(**(fields | changes))  # type: ignore[arg-type]


def reading(**changes: object) -> Reading:
    fields: dict[str, object] = {
        "article": Article("x", TEXT, "en", Interval.of_day(datetime.date(2021, 5, 4))),
        "actors": (Actor("a1", "Norway", "state", (Span(0, 4),), "NOR"), Actor("a2", "Peru", "state", (Span(24, 28),), "PER")),
        "dates": (When("d1", Span(13, 18), "2021-05-03", "DATE", Interval.of_day(datetime.date(2021, 5, 3)), "published"),),
        "statements": (Statement("s1", (Span(5, 9),), (Span(19, 47),), "indirect", "assert", "en/speech/say", ("a1",), Span(0, 4)),),
        "events": (
            event(
                date="d1", according_to=("s1",), place="p1", counts=(Count("crowd", Span(38, 41), best=2),),
                evidence=(("military", Span(42, 47)),),
            ),
        ),
        "places": (Place("p1", "Lima", (Span(24, 28),), "PER", -12.043, -77.028, 3936456),),
    }  # fmt: skip
    return Reading(**(fields | changes))  # type: ignore[arg-type]


def test_a_span_is_never_empty() -> None:
    for start, end in ((3, 3), (4, 2), (-1, 5)):
        with pytest.raises(GroundingError):
            Span(start, end)


def test_a_finding_outside_the_text_cannot_be_built() -> None:
    with pytest.raises(GroundingError, match="beyond"):
        reading(events=(event(sentence=Span(0, 900)),))


def test_what_supports_a_field_lies_in_the_article_too() -> None:
    beyond = Span(60, 90)
    for changes in (
        {"mentions": (Span(33, 37), beyond)},
        {"counts": (Count("killed", beyond, best=3),)},
        {"evidence": (("economic", beyond),)},
    ):
        with pytest.raises(GroundingError, match="beyond"):
            reading(events=(event(**changes),))
    with pytest.raises(GroundingError, match="place"):
        reading(places=())


def test_a_count_has_a_number() -> None:
    with pytest.raises(GroundingError):
        Count("killed", Span(0, 4))


def test_auxiliary_modes_follow_from_the_rest() -> None:
    assert event().auxiliaries == ()
    assert event(polarity="negated", background=True).auxiliaries == ("historical", "negation")
    assert event(certainty="possible", time="future").auxiliaries == ("future", "hypothetical")


def test_a_trigger_lies_in_its_sentence() -> None:
    with pytest.raises(GroundingError):
        event(trigger=Span(50, 55))


def test_an_actor_is_mentioned() -> None:
    with pytest.raises(GroundingError):
        Actor("a1", "Norway", "state", ())


@pytest.mark.parametrize(
    "broken",
    [{"actors": ("a9",)}, {"recipients": ("a9",)}, {"date": "d9"}, {"according_to": ("s9",)}, {"denied_by": ("s9",)}],
)
def test_references_lead_somewhere(broken: dict[str, object]) -> None:
    with pytest.raises(GroundingError, match="not in the reading"):
        reading(events=(event(**broken),))


def test_what_is_told_by_others_or_denied_is_no_fact() -> None:
    assert event().is_fact
    for changes in (
        {"polarity": "negated"}, {"certainty": "possible"}, {"time": "future"}, {"time": "habitual"},
        {"according_to": ("s1",)}, {"denied_by": ("s1",)},
    ):  # fmt: skip
        assert not event(**changes).is_fact, changes


def test_a_reading_comes_back_as_it_went_out() -> None:
    one = reading()
    assert Reading.from_dict(json.loads(json.dumps(one.to_dict()))) == one


def test_rows_for_pandas_have_names_in_place_of_ids() -> None:
    row = reading().to_pandas().iloc[0]
    assert (row["actors"], row["actor_codes"], row["date"], row["according_to"]) == (
        "Peru",
        "PER",
        "2021-05-03",
        "Norway",
    )
    assert (row["place"], row["place_country"], row["latitude"], row["longitude"]) == ("Lima", "PER", -12.043, -77.028)


def test_rows_for_pandas_have_numbers_and_their_bounds() -> None:
    told = Count("killed", Span(38, 41), low=20, high=30)
    frame = reading(events=(event(counts=(told,)), event(id="e2"))).to_pandas()
    assert frame["killed_low"].sum() == 20
    assert frame.loc[0, "killed_high"] == 30
    assert frame["killed"].isna().all()
    assert frame["crowd_low"].isna().all()
    assert frame["place"].isna().all()


def test_a_reading_without_events_has_the_same_columns() -> None:
    assert list(reading(events=()).to_pandas().columns) == list(reading().to_pandas().columns)


@given(st.dates(), st.dates())
def test_intervals_do_not_run_backwards(one: datetime.date, other: datetime.date) -> None:
    first, last = sorted((one, other))
    interval = Interval(first, last, "day")
    assert Interval.from_dict(interval.to_dict()) == interval
    if first != last:
        with pytest.raises(ValueError, match="ends before"):
            Interval(last, first)
