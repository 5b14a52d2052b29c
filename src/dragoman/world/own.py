"""A user's own actors, which win over the shipped ones.

In: TOML files of the form of organizations.toml, where an entry of kind "person" is somebody. Out: organizations and
people by id. docs/your-own-actors.md has the form.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dragoman.world.codes import read_codes
from dragoman.world.organizations import ANY_LANGUAGE, Organization, by_language, organization_of
from dragoman.world.people import Office, Person
from dragoman.world.tables import WorldError, moment, read_entries

PERSON_FIELDS = frozenset({"kind", "country", "sectors", "names", "short", "codes", "title", "born"})


@dataclass(frozen=True)
class Own:
    """What a user's files hold, by id."""

    organizations: Mapping[str, Organization]
    people: Mapping[str, Person]


def read_own(paths: Iterable[Path], countries: Collection[str]) -> Own:
    """Raises WorldError for an unknown key, country or sector, an id used twice, a name that two entries claim."""
    organizations: dict[str, Organization] = {}
    people: dict[str, Person] = {}
    claimed: dict[str, dict[str, str]] = {}
    for path in paths:
        for where, id, entry in read_entries(path):
            if id in organizations or id in people:
                raise WorldError(f"{where}: id stands in another file already; choose another id")
            if entry.get("kind") == "person":
                person = people[id] = _person(where, id, entry, countries)
                names = {ANY_LANGUAGE: person.names}
            else:
                organization = organizations[id] = organization_of(where, id, entry, countries)
                names = {
                    language: (*organization.names.get(language, ()), *organization.acronyms.get(language, ()))
                    for language in organization.names.keys() | organization.acronyms.keys()
                }
            _claim(claimed, where, names)
    return Own(organizations, people)


def _person(where: str, id: str, entry: Mapping[str, Any], countries: Collection[str]) -> Person:
    unknown = sorted(entry.keys() - PERSON_FIELDS)
    if unknown:
        raise WorldError(
            f"{where}: unknown field {unknown[0]!r}; a person has one of {', '.join(sorted(PERSON_FIELDS))}"
        )
    names = [name for forms in by_language(where, entry, "names").values() for name in forms]
    if not names:
        raise WorldError(f'{where}: no names; add names.any = ["..."]')
    born = moment(entry.get("born", ""), where)
    first = moment("0001-01-01", where)
    assert first is not None
    offices = [
        Office(
            title=entry.get("title", ""),
            of=code.country,
            country=code.country,
            start=code.start or first.first,
            end=code.end,
            sure_from=code.start or first.first,
            sure_until=code.end,
            sectors=code.sectors,
            shared=True,
        )
        for code in read_codes(where, entry, countries)
    ]
    return Person(
        id=id,
        name=names[0],
        names=tuple(dict.fromkeys(names)),
        surnames=tuple(entry.get("short", (names[0].rpartition(" ")[2],))),
        born=born.first if born and born.precision == "day" else None,
        offices=tuple(offices),
    )


def _claim(claimed: dict[str, dict[str, str]], where: str, names: Mapping[str, Iterable[str]]) -> None:
    """Two entries of one name in one language would leave open who is meant. `claimed`: form -> language -> entry."""
    for language, forms in names.items():
        for form in forms:
            for spoken, other in claimed.setdefault(form, {}).items():
                if other != where and (spoken == language or ANY_LANGUAGE in (spoken, language)):
                    raise WorldError(f"{where}: {form!r} is a name of {other} too; leave it with one of them")
            claimed[form][language] = where
