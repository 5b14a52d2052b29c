"""Organizations, armed groups, services, companies, outlets and regions that act, with their names and codes.

In: TOML files of one form (it stands at the head of organizations.toml), and bodies.csv, which holds the many that keep
one code: read at every start, it must be quick. Out: `Organization`, whose code may change
with time: the Taliban were armed opposition until August 2021 and are a government since.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from dragoman.world.codes import Code, read_codes
from dragoman.world.tables import WorldError, read_entries, read_rows

ANY_LANGUAGE = "any"
FIELDS = frozenset({"kind", "country", "sectors", "names", "acronyms", "codes", "members", "seat"})


@dataclass(frozen=True, slots=True)
class Organization:
    """`names` and `acronyms` stand by language (ISO 639-1), under "any" those that hold in all of them.

    `members` are country codes, as they are today.
    """

    id: str
    kind: str
    names: Mapping[str, tuple[str, ...]]
    acronyms: Mapping[str, tuple[str, ...]]
    codes: tuple[Code, ...]
    members: tuple[str, ...] = ()

    @property
    def code(self) -> Code:
        """The code in force now, or the last one there was."""
        return self.codes[-1]

    def code_on(self, on: datetime.date | None) -> Code:
        """The code in force that day; the latest where the day is unknown or before all codes."""
        if on is not None:
            for code in self.codes:
                if (code.start is None or code.start <= on) and (code.end is None or on < code.end):
                    return code
        return self.code

    def names_in(self, language: str) -> tuple[str, ...]:
        """Full names in a language, the usual one first."""
        return self._pick(self.names, language)

    def acronyms_in(self, language: str) -> tuple[str, ...]:
        return self._pick(self.acronyms, language)

    @staticmethod
    def _pick(table: Mapping[str, tuple[str, ...]], language: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*table.get(ANY_LANGUAGE, ()), *table.get(language, ()))))


def read_organizations(paths: Iterable[Path], countries: Collection[str]) -> Mapping[str, Organization]:
    """All organizations by id. Raises WorldError for an unknown country or sector, a wrong date, an id used twice."""
    found: dict[str, Organization] = {}
    for path in paths:
        for where, id, entry in _read_rows(path) if path.suffix == ".csv" else read_entries(path):
            if id in found:
                raise WorldError(f"{where}: id stands in another file already; choose another id")
            found[id] = organization_of(where, id, entry, countries)
    return found


def _read_rows(path: Path) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """(where, id, entry) for each row, as for a table of TOML; a column "names.en" holds names of that language."""
    for row in read_rows(path, ("id", "kind", "country", "sectors")):
        entry: dict[str, Any] = {
            "kind": row["kind"],
            "country": row["country"],
            "sectors": row.many("sectors"),
            "names": {},
            "acronyms": {},
        }
        for column, cell in row.cells.items():
            field, _, language = column.partition(".")
            if language and cell:
                entry[field][language] = list(row.many(column))
        yield row.where, row["id"], entry


def organization_of(where: str, id: str, entry: Mapping[str, Any], countries: Collection[str]) -> Organization:
    """The organization of one table of TOML. Raises WorldError, saying `where`."""
    unknown = sorted(entry.keys() - FIELDS)
    if unknown:
        raise WorldError(f"{where}: unknown field {unknown[0]!r}; one of {', '.join(sorted(FIELDS))}")
    if "kind" not in entry:
        raise WorldError(f'{where}: no kind; add one, such as "intergovernmental"')
    members = tuple(entry.get("members", ()))
    for member in members:
        if member not in countries:
            raise WorldError(f"{where}: unknown member {member!r}; use a code of countries.csv")
    names, acronyms = by_language(where, entry, "names"), by_language(where, entry, "acronyms")
    if not names and not acronyms:
        raise WorldError(f"{where}: neither names nor acronyms; add names.en or names.any")
    codes = tuple(read_codes(where, entry, countries))
    return Organization(id, entry["kind"], names, acronyms, codes, members)


def by_language(where: str, entry: Mapping[str, Any], field: str) -> Mapping[str, tuple[str, ...]]:
    """Forms by language (ISO 639-1, or "any"). Raises WorldError where they do not stand by language."""
    table = entry.get(field, {})
    if not isinstance(table, dict) or not all(
        isinstance(forms, list) for forms in cast(dict[str, Any], table).values()
    ):
        raise WorldError(
            f'{where}: {field} must stand by language; write {field}.en = ["..."] or {field}.any = ["..."]'
        )
    return {language: tuple(forms) for language, forms in cast(dict[str, list[str]], table).items()}
