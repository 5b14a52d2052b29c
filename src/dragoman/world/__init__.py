"""What is the same in every language: countries, offices held from-to, organizations, armed groups, cities.

In: the tables beside this file, and a user's own of the same form. Out: `World`, loaded once. What things are called
in one language stands in that language's folder, save names that the tables here or CLDR already have.
"""

from __future__ import annotations

import datetime
import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from dragoman.world.cities import City, cities, cities_named, name_key
from dragoman.world.codes import Code
from dragoman.world.countries import Country, capital_names, country_names, read_countries
from dragoman.world.organizations import Organization, read_organizations
from dragoman.world.own import read_own
from dragoman.world.people import Office, Person, read_offices, read_people, read_titles, with_scripts
from dragoman.world.tables import HOME, WorldError, columns, read_entries, read_rows

__all__ = [
    "City", "Code", "Country", "Office", "Organization", "Person", "World", "WorldError", "capital_names", "cities",
    "cities_named", "country_names", "holder", "holders", "load", "name_key",
]  # fmt: skip

ORGANIZATION_TABLES = (
    "organizations.toml", "groups.toml", "regions.toml", "services.toml", "parties.toml", "companies.toml", "media.toml",
    "bodies.csv",
)  # fmt: skip
OFFICE_TABLES = ("heads.csv", "ministers.csv", "offices.csv")


@dataclass(frozen=True)
class World:
    """The tables: countries by alpha-3 code, people and organizations by id.

    They know the world until `known_until`. Whoever held an office then is taken to hold it still. `given_names` tells
    whether a name is "female" or "male". `own` are the ids that a user's files brought along: they go before all others of
    the same name.
    """

    known_until: datetime.date
    countries: Mapping[str, Country]
    people: Mapping[str, Person]
    organizations: Mapping[str, Organization]
    given_names: Mapping[str, str]
    own: frozenset[str] = frozenset()

    def holders(self, of: str, title: str, on: datetime.date) -> tuple[Person, ...]:
        """Whoever can have held an office that day, the last to enter it first.

        `of` is a country's code or an organization's id, `title` a word ("president") or a role ("head of state").
        """
        found = sorted(self._held(of, title, on), key=lambda pair: pair[0].start, reverse=True)
        return tuple(dict.fromkeys(person for _, person in found))

    def _held(self, of: str, title: str, on: datetime.date) -> list[tuple[Office, Person]]:
        return [pair for pair in self._offices.get(of, ()) if pair[0].is_called(title) and pair[0].covers(on)]

    def holder(self, of: str, title: str, on: datetime.date) -> Person | None:
        """Who surely held an office that day; None where that is not known, or others can hold the like."""
        held = {p for office, p in self._held(of, title, on) if office.surely_covers(on) and not office.shared}
        return held.pop() if len(held) == 1 == len(self.holders(of, title, on)) else None

    @functools.cached_property
    def _offices(self) -> Mapping[str, list[tuple[Office, Person]]]:
        table: dict[str, list[tuple[Office, Person]]] = {}
        for person in self.people.values():
            for office in person.offices:
                table.setdefault(office.of, []).append((office, person))
        return table

    def named(self, form: str) -> Iterator[Person]:
        """The people of whom `form` is a full name or a surname."""
        return iter(self._named.get(form, ()))

    @functools.cached_property
    def _named(self) -> Mapping[str, list[Person]]:
        table: dict[str, list[Person]] = {}
        for person in self.people.values():
            for form in self._forms(person):
                table.setdefault(form, []).append(person)
        for form in {form for id in self.own & self.people.keys() for form in self._forms(self.people[id])}:
            table[form] = [person for person in table[form] if person.id in self.own]
        return table

    @staticmethod
    def _forms(person: Person) -> Iterator[str]:
        return iter(dict.fromkeys((*person.names, *person.surnames)))


@functools.cache
def load(*extra: Path, home: Path = HOME) -> World:
    """The shipped world, and what a user's own files add: actors (.toml, see own.py), offices and people (.csv).

    Raises WorldError naming file, entry and remedy.
    """
    countries = read_countries(home)
    organizations = read_organizations([home / name for name in ORGANIZATION_TABLES], countries)
    codes = {code: (Code(country.coded_as, country.sectors),) for code, country in countries.items()}
    codes |= {id: entry.codes for id, entry in organizations.items()}
    own_tables = [path for path in extra if path.suffix == ".csv"]
    own = read_own([path for path in extra if path.suffix != ".csv"], countries)
    offices = [home / name for name in OFFICE_TABLES] + [path for path in own_tables if "title" in columns(path)]
    tables = [home / "people.csv"] + [path for path in own_tables if "title" not in columns(path)]
    held = read_offices(offices, read_titles(home / "titles.csv"), codes)
    about = {id: entry for _, id, entry in read_entries(home / "about.toml")}
    return World(
        known_until=about["tables"]["known_until"],
        countries=countries,
        people={**with_scripts(read_people(tables, held), home / "scripts.csv"), **own.people},
        organizations={**organizations, **own.organizations},
        given_names={row["name"]: row["gender"] for row in read_rows(home / "given_names.csv", ("name", "gender"))},
        own=frozenset({*own.people, *own.organizations}),
    )


def holder(of: str, title: str, on: datetime.date) -> Person | None:
    """Who held an office that day in the shipped world. See `World.holder`."""
    return load().holder(of, title, on)


def holders(of: str, title: str, on: datetime.date) -> tuple[Person, ...]:
    """Whoever can have held an office that day in the shipped world. See `World.holders`."""
    return load().holders(of, title, on)
