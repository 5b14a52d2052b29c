"""Cities of the world with their country, size and place.

In: cities.csv (generated from GeoNames). Out: plain records, the biggest first, because the biggest of one name is the one
news means.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
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


def cities(minimum_population: int) -> Iterator[City]:
    """Cities of at least that many people, the biggest first. Smaller than 15,000 are not known."""
    with (HOME / "cities.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.reader(line for line in file if not line.startswith("#"))
        next(rows)
        for name, country, population, latitude, longitude, geonames in rows:
            if int(population) < minimum_population:
                return
            yield City(name, country, int(population), float(latitude), float(longitude), int(geonames))
