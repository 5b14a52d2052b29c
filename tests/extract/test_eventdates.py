"""Which date an event has: by grammar, by the day of the story, by what is known of the world; and when it has none."""

from __future__ import annotations

import pytest

import dragoman
from dragoman.records import Event, Reading, When


def read(text: str, published: str | None = "2022-06-16", code: str = "en") -> Reading:
    return dragoman.read(text, code, published)


def event_at(reading: Reading, trigger: str) -> Event:
    return next(event for event in reading.events if event.trigger.of(reading.article.text) == trigger)


def date_of(reading: Reading, trigger: str) -> When | None:
    event = event_at(reading, trigger)
    return reading.date(event.date) if event.date else None


def value(text: str, trigger: str, published: str | None = "2022-06-16", code: str = "en") -> str | None:
    when = date_of(read(text, published, code), trigger)
    return when.value if when else None


class TestGrammar:
    def test_a_noun_has_the_date_in_its_phrase_and_its_verb_has_not(self) -> None:
        text = "Norway condemned the March attack by rebels on a convoy in Chad."
        assert value(text, "attack") == "2022-03"
        assert value(text, "condemned") is None

    def test_what_is_dated_by_after_or_before_has_no_day(self) -> None:
        assert value("After talks on Friday, Serbia accused Kosovo of breaking the deal.", "accused") is None
        assert value("Serbia has accused Kosovo of breaking the deal since May.", "accused") is None

    def test_what_is_said_and_when_it_is_said(self) -> None:
        text = "Yemen's rebels said Wednesday they had attacked a Saudi refinery on Sunday."
        assert value(text, "attacked") == "2022-06-12"

    def test_each_of_two_verbs_has_its_own(self) -> None:
        text = "On Monday Jordan condemned Israel's plan and on Tuesday Egypt accused Israel of aggression."
        assert (value(text, "condemned"), value(text, "accused")) == ("2022-06-13", "2022-06-14")

    def test_no_date_is_taken_from_publication(self) -> None:
        assert value("Jordan condemned Israel's plan.", "condemned") is None


class TestStory:
    def test_the_lead_has_the_day_of_the_dateline(self) -> None:
        reading = read("PARIS, June 15 (Reuters) - France expelled an Iranian diplomat. Iran accused France of lying.")
        when = date_of(reading, "expelled")
        assert when is not None
        assert (when.value, when.anchor, when.span.of(reading.article.text)) == ("2022-06-15", "story", "June 15")
        assert date_of(reading, "accused") is None  # what else is told has no day

    def test_what_is_still_to_come_has_not(self) -> None:
        reading = read("PARIS, June 15 (Reuters) - France will expel an Iranian diplomat.")
        assert all(event.date is None for event in reading.events)

    def test_during_the_meeting(self) -> None:
        text = "Il premier iracheno ha incontrato lunedì l'emiro del Kuwait. Durante l'incontro ha chiesto al Kuwait di aprire il confine."
        assert value(text, "chiesto", code="it") == "2022-06-13"


class TestBackground:
    def test_long_before_the_story(self) -> None:
        assert event_at(read("Norway condemned Chad in March."), "condemned").background
        assert not event_at(read("Norway condemned Chad on Monday."), "condemned").background

    def test_what_had_been_before(self) -> None:
        assert event_at(read("Norway had condemned Chad."), "condemned").background
        assert event_at(read("La Norvegia aveva condannato il Ciad.", code="it"), "condannato").background
        assert not event_at(read("La Norvegia ha condannato il Ciad.", code="it"), "condannato").background


class TestWorld:
    @pytest.mark.parametrize(
        ("code", "text", "trigger"),
        [
            ("en", "Vladimir Putin met the president of Belarus on Friday, his 70th birthday.", "met"),
            (
                "it",
                "Vladimir Putin ha incontrato venerdì il presidente bielorusso, nel giorno del suo settantesimo compleanno.",
                "incontrato",
            ),
        ],
    )
    def test_a_birthday_says_which_friday(self, code: str, text: str, trigger: str) -> None:
        when = date_of(read(text, "2022-10", code), trigger)
        assert when is not None
        assert (when.value, when.anchor) == ("2022-10-07", "birthday")

    def test_a_birthday_that_fits_nobody_says_nothing(self) -> None:
        text = "Vladimir Putin met the president of Belarus on Friday, his 50th birthday."
        when = date_of(read(text, "2022-10"), "met")
        assert when is None or when.interval is None

    def test_a_known_happening_has_its_day(self) -> None:
        when = date_of(read("Norway condemned the Russian invasion of Ukraine."), "invasion")
        assert when is not None
        assert (when.value, when.anchor) == ("2022-02-24", "calendar")

    def test_the_eve_of_a_summit(self) -> None:
        assert (
            value("Turkey's president met Sweden's premier on the eve of the NATO summit.", "met", "2023-07-13")
            == "2023-07-10"
        )


class TestToldLater:
    """The day of an event that a later sentence tells of the noun that takes it up."""

    @pytest.mark.parametrize(
        ("code", "text", "trigger", "day"),
        [
            (
                "en",
                "Germany's foreign minister met his Polish counterpart. The talks took place on Monday in Warsaw.",
                "met",
                "2022-06-13",
            ),
            (
                "en",
                "Russia's president spoke by phone with India's prime minister. The call happened on Sunday, he said.",
                "spoke",
                "2022-06-12",
            ),
            (
                "it",
                "Il ministro tedesco ha incontrato il collega polacco. Il colloquio si è svolto lunedì a Varsavia.",
                "incontrato",
                "2022-06-13",
            ),
            (
                "it",
                "I ribelli hanno attaccato una base dell'esercito sudanese. L'attacco ha avuto luogo domenica.",
                "attaccato",
                "2022-06-12",
            ),
        ],
    )
    def test_a_noun_that_takes_the_event_up_brings_its_day(self, code: str, text: str, trigger: str, day: str) -> None:
        assert value(text, trigger, code=code) == day

    def test_what_is_still_to_come_or_one_more_does_not(self) -> None:
        first = "Germany's foreign minister met his Polish counterpart. "
        for later in ("The talks will resume on Monday.", "The next talks took place on Monday."):
            reading = read(first + later)
            assert event_at(reading, "met").date is None
            assert len(event_at(reading, "met").mentions) == 1

    def test_a_noun_of_another_day_is_no_mention(self) -> None:
        reading = read("Rebels attacked a Sudanese army base on Friday. The attack on Tuesday left the town in ruins.")
        assert value("Rebels attacked a Sudanese army base on Friday.", "attacked") == "2022-06-10"
        assert [m.of(reading.article.text) for m in event_at(reading, "attacked").mentions] == ["attacked"]

    def test_what_an_attack_led_to_was_on_its_day(self) -> None:
        assert value("Wednesday's attack by rebels killed nine Sudanese soldiers.", "killed") == "2022-06-15"
