"""A reading of a short dispatch, built by hand, with everything in it that a screen must keep apart."""

from __future__ import annotations

import datetime

import pytest

from dragoman.records import Actor, Article, Event, Interval, Reading, Span, Statement, When

TEXT = """\
BEIJING – President Xi Jinping spoke by phone on Wednesday with Vladimir Putin, his 69th birthday.

The Kremlin said Xi had “noted the legitimacy of Russia's actions”. China has not condemned the invasion.

A minister told reporters that U.S. officials had claimed that Russia asked China for arms. Moscow denied the claim.
Washington would act if China gave help; the two countries often vote together.
"""


def at(words: str, after: str = "") -> Span:
    """Where the words stand, after some others."""
    start = TEXT.index(words, TEXT.index(after))
    return Span(start, start + len(words))


@pytest.fixture
def reading() -> Reading:
    day = Interval.of_day(datetime.date(2022, 6, 15))
    article = Article("sample", TEXT, "en", day, title="Xi and Putin talk", outlet="Sample dispatch")
    actors = (
        Actor("a1", "Xi Jinping", "person", (at("Xi Jinping"), at("Xi", "Kremlin"), at("China", "actions”")), "CHN", ("GOV",)),
        Actor("a2", "Vladimir Putin", "person", (at("Vladimir Putin"),), "RUS", ("GOV",), title="president"),
        Actor("a3", "Kremlin", "organization", (at("Kremlin"),), "RUS", ("GOV",)),
        Actor("a4", "Russia", "state", (at("Russia's"), at("Russia asked"), at("Moscow")), "RUS", ("GOV",)),
        Actor("a5", "China", "state", (at("China", "asked"), at("China", "Washington would")), "CHN", ("GOV",)),
        Actor("a6", "U.S. officials", "group", (at("U.S. officials"),), "USA", ("GOV",)),
        Actor("a7", "Washington", "state", (at("Washington"),), "USA", ("GOV",)),
    )  # fmt: skip
    dates = (
        When("d1", at("Wednesday"), "2022-06-15", "DATE", day, "published"),
        When("d2", at("69th birthday"), "XXXX-XX-XX", "DATE"),
    )
    statements = (
        Statement("s1", (at("said"),), (at("Xi had “noted the legitimacy of Russia's actions”"),), "mixed", "assert",
                  "en/speech/say", ("a3",), at("The Kremlin")),
        Statement("s2", (at("told"),), (at("U.S. officials had claimed that Russia asked China for arms"),), "indirect",
                  "assert", "en/speech/tell", (), at("A minister")),
        Statement("s3", (at("claimed"),), (at("Russia asked China for arms"),), "indirect", "assert", "en/speech/claim",
                  ("a6",), at("U.S. officials"), within="s2"),
        Statement("s4", (at("denied"),), (at("the claim."),), "indirect", "deny", "en/speech/deny", ("a4",), at("Moscow"),
                  denies="s3"),
    )  # fmt: skip
    first, second, third, last = (Span(at(a).start, at(b).end) for a, b in (
        ("BEIJING", "birthday."), ("The Kremlin", "actions”."), ("China has", "invasion."), ("A minister", "arms.")))  # fmt: skip
    cooperation, conflict = "verbal cooperation", "verbal conflict"
    events = (
        Event("e1", "CONSULT", at("spoke by phone"), first, "en/events/consult/speak", cooperation, 1.5, "041",
              ("a1", "a2"), modes=("phone",), contexts=("diplomatic",), date="d1"),
        Event("e2", "SUPPORT", at("noted the legitimacy"), second, "en/events/support/legitimacy", cooperation, 5, "05",
              ("a1",), ("a4",), according_to=("s1",)),
        Event("e3", "ACCUSE", at("condemned"), third, "en/events/accuse/condemn", conflict, -2, "111", ("a5",), ("a4",),
              modes=("disapprove",), polarity="negated"),
        Event("e4", "REQUEST", at("asked"), last, "en/events/request/ask", conflict, 0.5, "10", ("a4",), ("a5",),
              modes=("assist",), background=True, according_to=("s3", "s2"), denied_by=("s4",)),
        Event("e5", "AID", at("gave help"), Span(at("Washington").start, len(TEXT) - 1), "en/events/aid/give",
              "material cooperation", 10, "07", ("a5",), certainty="possible", date="d2"),
    )  # fmt: skip
    return Reading(article, actors, dates, statements, events)
