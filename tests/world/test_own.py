"""A user's own actors: they win over ours, and what is wrong with them is said in one line."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from dragoman import world
from dragoman.pipeline import Reader
from dragoman.records import Interval

OWN = """
[bellandi]
kind = "person"
names.any = ["Ada Bellandi", "Ada Maria Bellandi"]
title = "commissioner"
codes = [
  { country = "ITA", sectors = ["GOV"], start = "2020-03", end = "2023-05-01" },
  { country = "EUR", sectors = ["GOV"], start = "2023-05-01" },
]

[macron]
kind = "person"
names.any = ["Emmanuel Macron"]
country = "BEL"
sectors = ["BUS"]

[river-guard]
kind = "armed group"
country = "SDN"
sectors = ["REB"]
names.en = ["River Guard"]
names.it = ["Guardia del Fiume"]
acronyms.any = ["RG"]
"""


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    path = tmp_path_factory.mktemp("own") / "mine.toml"
    path.write_text(OWN, encoding="utf-8")
    return Reader(actors=(path,))


@pytest.mark.parametrize(
    ("phrase", "language", "on", "country", "sectors"),
    [
        ("Ada Bellandi", "en", "2021-01-01", "ITA", ("GOV",)),
        ("Ada Maria Bellandi", "it", "2024-01-01", "EUR", ("GOV",)),
        ("Bellandi", "it", "2021-01-01", "ITA", ("GOV",)),
        ("French President Emmanuel Macron", "en", "2022-06-15", "BEL", ("BUS",)),
        ("Macron", "en", "2022-06-15", "BEL", ("BUS",)),
        ("River Guard fighters", "en", "2022-06-15", "SDN", ("REB",)),
        ("un portavoce della Guardia del Fiume", "it", "2022-06-15", "SDN", ("REB",)),
        ("RG", "en", "2022-06-15", "SDN", ("REB",)),
        ("Olaf Scholz", "en", "2022-06-15", "DEU", ("GOV",)),
    ],
)
def test_own_actors_go_before_the_shipped_ones(
    reader: Reader, phrase: str, language: str, on: str, country: str, sectors: tuple[str, ...]
) -> None:
    actor = reader.whois(phrase, language, Interval.of_day(datetime.date.fromisoformat(on)))
    assert actor is not None
    assert (actor.country, actor.sectors[:1]) == (country, sectors)


def test_an_id_of_ours_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text('[un]\nkind = "ngo"\ncountry = "ITA"\nnames.en = ["United Neighbours"]', encoding="utf-8")
    assert world.load(path).organizations["un"].code.country == "ITA"


PERSON = '[a]\nkind = "person"\nnames.any = ["Ada Bellandi"]\ncountry = "ITA"\n'


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (PERSON + 'sector = ["GOV"]', "own.toml: a: unknown field 'sector'; a person has one of"),
        (PERSON.replace("ITA", "ITL"), "own.toml: a: unknown country 'ITL'; use an ISO 3166-1 alpha-3 code"),
        (
            PERSON.replace("names.any", "names.en").replace('["Ada Bellandi"]', "[]"),
            "own.toml: a: no names; add names.any",
        ),
        (PERSON + 'born = "soon"', "own.toml: a: no date: 'soon'; write 2012-11-15"),
        (PERSON + PERSON.replace("[a]", "[b]"), "own.toml: b: 'Ada Bellandi' is a name of own.toml: a too; leave it"),
        (
            PERSON + '[b]\nkind = "ngo"\ncountry = "ITA"\nnames.it = ["Ada Bellandi"]',
            "own.toml: b: 'Ada Bellandi' is a name of own.toml: a too; leave it with one of them",
        ),
    ],
)
def test_what_is_wrong_in_a_users_file(tmp_path: Path, content: str, complaint: str) -> None:
    path = tmp_path / "own.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(world.WorldError) as raised:
        world.load(path)
    assert str(raised.value).startswith(complaint)
    assert "\n" not in str(raised.value)


def test_one_name_may_mean_two_in_two_languages(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(
        '[a]\nkind = "ngo"\ncountry = "GBR"\nnames.en = ["Aurora"]\n[b]\nkind = "ngo"\ncountry = "ITA"\nnames.it = ["Aurora"]\n',
        encoding="utf-8",
    )
    assert {"a", "b"} <= world.load(path).organizations.keys()
