"""The same people, ministries and organizations get the same codes from both languages."""

from __future__ import annotations

import csv
import datetime
import functools
from pathlib import Path

import pytest

from dragoman.pipeline import Reader
from dragoman.records import Interval

TWINS = list(csv.DictReader((Path(__file__).parent / "twins.csv").read_text(encoding="utf-8").splitlines()))


@functools.cache
def reader() -> Reader:
    return Reader()


def test_there_are_enough() -> None:
    assert len({(twin["en"], twin["on"]) for twin in TWINS}) >= 150


@pytest.mark.parametrize("twin", TWINS, ids=lambda twin: f"{twin['en']} {twin['on']}".strip())
def test_both_languages_give_the_same_code(twin: dict[str, str]) -> None:
    on = Interval.of_day(datetime.date.fromisoformat(twin["on"])) if twin["on"] else None
    for language in ("en", "it"):
        actor = reader().whois(twin[language], language, on)
        assert actor is not None, twin[language]
        assert (actor.country or "", next(iter(actor.sectors), "")) == (twin["country"], twin["sectors"]), twin[
            language
        ]
