"""The tables of days: what they hold is in order, and what languages name is there."""

from __future__ import annotations

import datetime
import itertools
from pathlib import Path

import pytest

from dragoman.world import WorldError
from dragoman.world.days import feasts, happenings, national_days


def test_feasts_by_other_calendars() -> None:
    starts = {name: {days.start for days in known} for name, known in feasts().items()}
    assert datetime.date(2022, 5, 2) in starts["eid al-fitr"]
    assert datetime.date(2023, 9, 25) in starts["yom kippur"]
    assert datetime.date(2024, 2, 10) in starts["lunar new year"]
    assert {datetime.date(2022, 3, 21), datetime.date(2024, 3, 20)} <= starts["nowruz"]


def test_ramadan_ends_the_day_before_the_feast() -> None:
    ends = {days.end + datetime.timedelta(1) for days in feasts()["ramadan"]}
    assert ends - {days.start for days in feasts()["eid al-fitr"]} <= {max(ends)}


@pytest.mark.parametrize("name", sorted(happenings()))
def test_occurrences_of_a_happening_do_not_overlap(name: str) -> None:
    assert all(a.end < b.start for a, b in itertools.pairwise(happenings()[name]))


def test_national_days() -> None:
    assert national_days()["independence"]["UKR"] == "08-24"
    assert national_days()["republic"]["ITA"] == "06-02"


def test_a_fault_is_named(tmp_path: Path) -> None:
    (tmp_path / "calendar.csv").write_text("happening,first,last\nflood,2022-13-01,\n", encoding="utf-8")
    with pytest.raises(WorldError, match=r"calendar\.csv:2: no day: '2022-13-01'"):
        happenings(tmp_path)
