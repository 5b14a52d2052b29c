"""Cities of the world with their country, size and place.

In: cities.csv (generated from GeoNames). Out: plain records, the biggest first, because the biggest of one name is the one
news means; and those of one name, found at once.
"""

from __future__ import annotations

import csv
import functools
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from dragoman.world.tables import HOME


@dataclass(frozen=True, slots=True)
class City:
    """`country` is ISO 3166-1 alpha-2, as in the source; `geonames` the id there; `latitude`, `longitude` in degrees."""

    name: str
    country: str
    population: int
    latitude: float
    longitude: float
    geonames: int


LEFT_OUT = re.compile("['\u2018\u2019\u02bb\u02bc`]")
# Letters that are no letter with an accent.
PLAIN = str.maketrans({"\u0131": "i", "\u00f8": "o", "\u0142": "l", "\u0111": "d"})


def cities(minimum_population: int) -> Iterator[City]:
    """Cities of at least that many people, the biggest first. Smaller than 15,000 are not known."""
    for row in _rows():
        if int(row[2]) < minimum_population:
            return
        yield _city(row)


@functools.lru_cache(maxsize=20_000)
def cities_named(name: str) -> tuple[City, ...]:
    """The cities of a name, the biggest first, whatever its capitals, accents, hyphens and apostrophes."""
    return tuple(map(_city, _by_name().get(name_key(name), ())))


def name_key(name: str) -> str:
    """What two spellings of a name have in common: of "Sana'a" and "Sanaa", "Malmö" and "Malmo"."""
    if name.isascii() and name.isalpha():
        return name.lower()
    letters = unicodedata.normalize("NFKD", LEFT_OUT.sub("", name).casefold().translate(PLAIN).replace("-", " "))
    return " ".join("".join(c for c in letters if not unicodedata.combining(c)).split())


@functools.cache
def _by_name() -> Mapping[str, Sequence[Sequence[str]]]:
    # Rows, not records: only those asked for are made into records.
    found: dict[str, list[Sequence[str]]] = {}
    for row in _rows():
        found.setdefault(name_key(row[0]), []).append(row)
    return found


def _rows() -> Iterator[Sequence[str]]:
    with (HOME / "cities.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.reader(line for line in file if not line.startswith("#"))
        next(rows)
        yield from rows


def _city(row: Sequence[str]) -> City:
    name, country, population, latitude, longitude, geonames = row
    return City(name, country, int(population), float(latitude), float(longitude), int(geonames))
