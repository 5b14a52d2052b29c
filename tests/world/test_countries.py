"""Countries, territories, capitals, cities."""

from __future__ import annotations

import re

import pytest

from dragoman import world


def test_codes_are_well_formed_and_unique() -> None:
    countries = world.load().countries
    assert len(countries) >= 249
    assert {"PSE", "XKX", "VAT", "HKG", "TWN"} <= countries.keys()
    assert all(re.fullmatch("[A-Z]{3}", code) and code == country.code for code, country in countries.items())
    assert len({country.alpha2 for country in countries.values()}) == len(countries)
    numbers = [country.cow_number for country in countries.values() if country.cow_number]
    assert len(set(numbers)) == len(numbers)


@pytest.mark.parametrize(
    ("code", "coded_as"), [("PRI", "USA"), ("GRL", "DNK"), ("REU", "FRA"), ("HKG", "HKG"), ("TWN", "TWN")]
)
def test_dependencies_fold_into_the_state_that_controls_them(code: str, coded_as: str) -> None:
    assert world.load().countries[code].coded_as == coded_as


def test_what_a_territory_folds_into_is_a_state() -> None:
    countries = world.load().countries
    assert all(countries[c.folds_into].folds_into is None for c in countries.values() if c.folds_into)


@pytest.mark.parametrize(
    ("code", "cow", "number"),
    [("USA", "USA", 2), ("ITA", "ITA", 325), ("SRB", "YUG", 345), ("TWN", "TAW", 713), ("MAC", None, None)],
)
def test_correlates_of_war(code: str, cow: str | None, number: int | None) -> None:
    country = world.load().countries[code]
    assert (country.cow, country.cow_number) == (cow, number)


def test_states_have_a_capital() -> None:
    without = [c.code for c in world.load().countries.values() if not c.folds_into and not c.capitals]
    assert without == ["ATA"]


@pytest.mark.parametrize(
    ("language", "code", "name"),
    [
        ("it", "DEU", "Germania"),
        ("en", "DEU", "Germany"),
        ("it", "CIV", "Costa d'Avorio"),
        ("en", "MMR", "Burma"),
        ("it", "XKX", "Kosovo"),
    ],
)
def test_names_in_a_language(language: str, code: str, name: str) -> None:
    assert name in world.country_names(language)[code]


def test_every_country_has_a_name() -> None:
    for language in ("it", "en"):
        assert world.country_names(language).keys() == world.load().countries.keys()


@pytest.mark.parametrize(
    ("code", "name"), [("RUS", "Mosca"), ("GBR", "Londra"), ("UKR", "Kiev"), ("CUB", "L'Avana"), ("BEL", "Bruxelles")]
)
def test_capitals_in_italian(code: str, name: str) -> None:
    assert name in world.capital_names("it")[code]


def test_cities_come_biggest_first_and_lie_in_known_countries() -> None:
    found = list(world.cities(1_000_000))
    assert [city.population for city in found] == sorted((city.population for city in found), reverse=True)
    known = {country.alpha2 for country in world.load().countries.values()}
    assert {city.country for city in found} <= known
    assert min(city.population for city in found) >= 1_000_000
    milan = next(city for city in found if city.name == "Milan")
    assert (milan.country, round(milan.latitude), round(milan.longitude)) == ("IT", 45, 9)
