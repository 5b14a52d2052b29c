"""What the database counts is what there is to be counted in the readings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pytest
from made import CODERS

from dragoman.records import Event, Reading
from dragoman.store import encounters, summaries
from dragoman.store.question import party, question
from dragoman.store.record import Record


@pytest.fixture
def news(record: Record, samples: Sequence[Reading]) -> Record:
    record.store(samples, CODERS)
    return record


def events(samples: Sequence[Reading]) -> list[tuple[Reading, Event]]:
    return [(reading, event) for reading in samples for event in reading.events]


def countries(reading: Reading, ids: Sequence[str]) -> set[str | None]:
    return {reading.actor(id).country for id in ids}


def is_between(reading: Reading, event: Event, one: str, other: str) -> bool:
    acts, gets = countries(reading, event.actors), countries(reading, event.recipients)
    return (
        (one in acts and other in gets) or (other in acts and one in gets) or (not gets and one in acts and other in acts)
    )  # fmt: skip


def test_the_overview(news: Record, samples: Sequence[Reading]) -> None:
    found = summaries.overview(news)
    assert (found.articles, found.copies, found.outlets, found.languages) == (10, 0, 2, ("en", "it"))
    assert found.events == len(events(samples))
    assert found.contested == sum(bool(event.denied_by) for _, event in events(samples))
    assert found.statements == sum(len(reading.statements) for reading in samples)


def test_the_calendar_has_every_event_once(news: Record, samples: Sequence[Reading]) -> None:
    cells = summaries.calendar(news)
    assert Counter({}) + Counter(event.type for _, event in events(samples)) == sum(
        (Counter({cell.type: cell.events}) for cell in cells), Counter()
    )
    assert {(cell.type, cell.quad) for cell in cells} == {(event.type, event.quad) for _, event in events(samples)}
    assert [cell.month for cell in cells] == sorted(cell.month for cell in cells if cell.month)


def test_a_pair_by_month_and_type(news: Record, samples: Sequence[Reading]) -> None:
    wanted = [event for reading, event in events(samples) if is_between(reading, event, "CHN", "RUS")]
    cells = summaries.monthly(news, question(between="CHN RUS"))
    assert sum(cell.events for cell in cells) == len(wanted) > 5
    assert sum(cell.contested for cell in cells) == sum(bool(event.denied_by) for event in wanted) > 0
    assert sum(cell.score * cell.events for cell in cells) == pytest.approx(
        sum(event.score for event in wanted), abs=0.1
    )
    there, back, together = encounters.directions(news, party("CHN"), party("RUS"))
    assert (there, back, together) == (*encounters.directions(news, party("RUS"), party("CHN"))[1::-1], together)
    assert there + back + together >= len(wanted)


def test_partners_and_pairs_agree(news: Record, samples: Sequence[Reading]) -> None:
    of_china = {one.country: one.events for one in encounters.partners(news, party("CHN"), 50)}
    for pair in encounters.pairs(news, 50):
        wanted = sum(is_between(reading, event, pair.one, pair.other) for reading, event in events(samples))
        assert (pair.events, pair.cooperation + pair.conflict) == (wanted, wanted)
        if "CHN" in (pair.one, pair.other):
            assert of_china[pair.other if pair.one == "CHN" else pair.one] == wanted


def test_what_others_tell_of_somebody_is_not_what_it_says(news: Record) -> None:
    told = encounters.told_about(news, party("CHN"), 50)
    assert told
    for row in told:
        assert row["attributed"] and "CHN" not in (row["according_to_countries"] or "")
        assert "CHN" in f"{row['actor_countries']} {row['recipient_countries']}"


def test_activity_is_what_one_does_and_what_is_done(news: Record, samples: Sequence[Reading]) -> None:
    either = sum(cell.events for cell in summaries.activity(news, party("RUS")))
    assert either == sum(
        "RUS" in countries(reading, (*event.actors, *event.recipients)) for reading, event in events(samples)
    )
    does = sum(cell.events for cell in summaries.activity(news, party("RUS"), "actor"))
    assert does == sum("RUS" in countries(reading, event.actors) for reading, event in events(samples)) < either


def test_places_are_asked_for_as_they_are_counted(news: Record) -> None:
    spots = summaries.spots(news, question(), 50)
    assert {spot.name for spot in spots} & {"Odesa", "Odessa"}
    for spot in spots:
        if spot.latitude is not None:
            assert len(news.events(place=f"{spot.latitude},{spot.longitude}").to_list()) == spot.events
    ukraine = news.events(place="UKR").to_list()
    assert len(ukraine) == sum(spot.events for spot in spots if spot.country == "UKR") > 3
    assert {row["place_country"] for row in ukraine} == {"UKR"}
    assert news.events(place="odesa").to_list()


def test_either_party(news: Record, samples: Sequence[Reading]) -> None:
    found = news.events(party="IRN").to_list()
    wanted = sum("IRN" in countries(reading, (*event.actors, *event.recipients)) for reading, event in events(samples))
    assert len(found) == wanted == len(news.events(party="IRN", sort="score").to_list())


def test_the_state_is_another_after_each_change(news: Record, samples: Sequence[Reading]) -> None:
    before = summaries.state(news)
    assert summaries.state(news) == before
    news.correct("en-xi-putin", "event", samples[1].events[0].id, "confirmed", who="Ann")
    after = summaries.state(news)
    assert after != before
    news.recode([samples[1]], CODERS)
    assert isinstance(summaries.state(news), tuple)
