"""Countries and dependent territories: codes, capitals, and the state that a territory is counted with.

In: countries.csv (generated) and territories.csv (by hand). Out: `Country`, and names in any language that CLDR has.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import babel

from dragoman.world.tables import HOME, WorldError, read_rows


@dataclass(frozen=True, slots=True)
class Country:
    """A state or territory with an ISO 3166-1 code (and XKX). `code` is alpha-3.

    `capitals` are the cities whose name stands for its government, in English, the capital first. `folds_into` is the
    state that a dependent territory is coded as; None for states. `sectors` is ("PRE",) where recognition is partial
    and the territory is coded as another state's.
    """

    code: str
    alpha2: str
    cow: str | None
    cow_number: int | None
    capitals: tuple[str, ...]
    folds_into: str | None = None
    sectors: tuple[str, ...] = ()

    @property
    def coded_as(self) -> str:
        """The code that actors from here get."""
        return self.folds_into or self.code


@functools.cache
def read_countries(home: Path = HOME) -> Mapping[str, Country]:
    """All countries by alpha-3 code."""
    by_hand = {
        row["code"]: row
        for row in read_rows(
            home / "territories.csv", ("code", "folds_into", "sectors", "cow", "cow_number", "capitals")
        )
    }
    found: dict[str, Country] = {}
    for row in read_rows(home / "countries.csv", ("code", "alpha2", "cow", "cow_number", "capital")):
        own = by_hand.pop(row["code"], None)
        cow = own["cow"] if own and own["cow"] else row["cow"]
        number = own["cow_number"] if own and own["cow"] else row["cow_number"]
        found[row["code"]] = Country(
            code=row["code"],
            alpha2=row["alpha2"],
            cow=None if cow in ("", "-") else cow,
            cow_number=int(number) if number.isdecimal() else None,
            capitals=(own.many("capitals") if own else ()) or row.many("capital"),
            folds_into=(own["folds_into"] or None) if own else None,
            sectors=own.many("sectors") if own else (),
        )
    for code, row in by_hand.items():
        raise WorldError(f"{row.where}: unknown country {code!r}; use an ISO 3166-1 alpha-3 code of countries.csv")
    for country in found.values():
        if country.folds_into and country.folds_into not in found:
            raise WorldError(
                f"territories.csv: {country.code}: folds into unknown {country.folds_into!r}; use a code of countries.csv"
            )
    return found


@functools.cache
def country_names(language: str) -> Mapping[str, tuple[str, ...]]:
    """Alpha-3 code -> the names that CLDR has for it in a language (ISO 639-1), the usual one first."""
    territories = cast(Mapping[str, str], babel.Locale.parse(language).territories)
    names: dict[str, tuple[str, ...]] = {}
    for country in read_countries().values():
        if name := territories.get(country.alpha2):
            names[country.code] = _spellings(name)
    return names


@functools.cache
def capital_names(language: str) -> Mapping[str, tuple[str, ...]]:
    """Alpha-3 code -> the names of its capital in a language, as far as CLDR knows them; else as in English.

    CLDR translates the cities that time zones are named after. A zone counts only where its English city is the capital.
    """
    here, english = _zone_cities(language), _zone_cities("en")
    translated = {english.get(zone) or zone.rpartition("/")[2].replace("_", " "): city for zone, city in here.items()}
    names: dict[str, tuple[str, ...]] = {}
    for country in read_countries().values():
        if both := [name for city in country.capitals for name in (translated.get(city, city), city)]:
            names[country.code] = tuple(dict.fromkeys(form for name in both for form in _spellings(name)))
    return names


def _zone_cities(language: str) -> dict[str, str]:
    """Time zone -> the city that CLDR names it after in a language, where it says so."""
    zones = cast(Mapping[str, Mapping[str, Any]], babel.Locale.parse(language).time_zones)
    return {zone: str(entry["city"]) for zone, entry in zones.items() if "city" in entry}


def _spellings(name: str) -> tuple[str, ...]:
    """CLDR writes "Myanmar (Burma)" and "Costa d\u2019Avorio": both names of the first, both apostrophes of the second."""
    plain, bracket, rest = name.partition(" (")
    forms = (plain, rest.removesuffix(")")) if bracket and rest.endswith(")") else (name,)
    return tuple(dict.fromkeys(spelling for form in forms for spelling in (form, form.replace("\u2019", "'"))))
