"""People and the offices they held, from when to when.

In: people.csv (names, births), offices.csv (by hand), heads.csv (generated), titles.csv. Out: `Person` and `Office`.
An office table is a list of successions: a row without an end lasts until the next row of that office begins.
"""

from __future__ import annotations

import datetime
import itertools
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from dragoman import ontology
from dragoman.world.codes import Code
from dragoman.world.tables import Moment, Precision, Row, WorldError, moment, read_rows


@dataclass(frozen=True, slots=True)
class Office:
    """An office held. `start` is the first day it can have been held, `end` the first day it was surely over.

    It was surely held from `sure_from` until before `sure_until`; they are `start` and `end` where days are known.
    `title` is the word for it ("president", "king"), `roles` what it is ("head of state", "head of government").
    `of` is a country's code or an organization's id; `country` and `sectors` are how its holder is coded. `shared` where
    others can hold the like at the same time, such as ministers and mayors.
    """

    title: str
    of: str
    country: str
    start: datetime.date
    end: datetime.date | None
    sure_from: datetime.date
    sure_until: datetime.date | None
    roles: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ("GOV",)
    precision: Precision = "day"
    shared: bool = False

    def covers(self, on: datetime.date) -> bool:
        """Whether it can have been held on that day."""
        return self.start <= on and (self.end is None or on < self.end)

    def surely_covers(self, on: datetime.date) -> bool:
        """Whether it was held on that day, as exactly as its dates are known."""
        return self.sure_from <= on and (self.sure_until is None or on < self.sure_until)

    @property
    def abroad(self) -> bool:
        """Whether it came with the crown of another state."""
        return "in personal union" in self.roles

    def is_called(self, title: str) -> bool:
        return title == self.title or title in self.roles


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody news speaks of. `names` are full names, the usual one first; `surnames` the short forms.

    Spellings of all transliterations stand side by side; which one a language prefers is not said.
    """

    id: str
    name: str
    names: tuple[str, ...]
    surnames: tuple[str, ...]
    born: datetime.date | None = None
    family_first: bool = False
    offices: tuple[Office, ...] = field(default=())

    def office_on(self, on: datetime.date) -> Office | None:
        """The office held that day, the one entered last where there are several; at home before abroad."""
        held = [office for office in self.offices if office.covers(on)]
        return max(held, key=lambda office: (not office.abroad, office.start)) if held else None

    def office_before(self, on: datetime.date) -> Office | None:
        """The last office that was over by that day."""
        over = [office for office in self.offices if office.end and office.end <= on]
        return max(over, key=lambda office: (not office.abroad, office.start)) if over else None


@dataclass(frozen=True, slots=True)
class Title:
    word: str
    roles: tuple[str, ...]
    sectors: tuple[str, ...]
    several: bool


SCRIPTS = ("cyrillic", "arabic", "chinese")
PEOPLE_COLUMNS = ("name", "given", "family", "others", "born", "order")
OFFICE_COLUMNS = ("of", "title", "name", "start", "end")


def read_titles(path: Path) -> Mapping[str, Title]:
    """Titles by the name that office tables give them. Raises WorldError for a sector PLOVER has not."""
    titles: dict[str, Title] = {}
    known = ontology.load().sectors
    for row in read_rows(path, ("title", "word", "roles", "sectors", "several")):
        for sector in row.many("sectors"):
            if sector not in known:
                raise WorldError(
                    f"{row.where}: {row['title']}: unknown sector {sector!r}; one of {', '.join(sorted(known))}"
                )
        titles[row["title"]] = Title(
            row["word"] or row["title"], row.many("roles"), row.many("sectors"), row["several"] == "yes"
        )
    return titles


def read_offices(
    paths: Iterable[Path], titles: Mapping[str, Title], codes: Mapping[str, tuple[Code, ...]]
) -> Mapping[str, tuple[Office, ...]]:
    """Name -> offices. `codes` says how whatever an office can be of is coded: countries, organizations."""
    successions: dict[tuple[Path, str, str], list[Row]] = {}
    for path in paths:
        for row in read_rows(path, OFFICE_COLUMNS):
            if row["of"] not in codes:
                raise WorldError(
                    f"{row.where}: {row['name']}: unknown country {row['of']!r}; "
                    "use a code of countries.csv or an organization's id"
                )
            if row["title"] not in titles:
                raise WorldError(f"{row.where}: {row['name']}: unknown title {row['title']!r}; use one of titles.csv")
            successions.setdefault((path, row["of"], row["title"]), []).append(row)
    found: dict[str, list[Office]] = {}
    for (_, of, title), rows in successions.items():
        for name, office in _terms(rows, of, titles[title]):
            found.setdefault(name, []).extend(_coded(office, codes[of]))
    return {name: tuple(sorted(offices, key=lambda office: office.start)) for name, offices in found.items()}


def _terms(rows: Sequence[Row], of: str, title: Title) -> Iterable[tuple[str, Office]]:
    starts = [moment(row["start"], row.where) for row in rows]
    for row, start, following in zip(rows, starts, [*starts[1:], None], strict=True):
        if start is None:
            raise WorldError(f"{row.where}: {row['name']}: no start; write the day, month or year the office was taken")
        end = moment(row["end"], row.where)
        if end and end.last < start.first:
            raise WorldError(
                f"{row.where}: {row['name']}: ends {row['end']} before it starts {row['start']}; mend the dates"
            )
        if title.several:
            following = None
        elif following and following.last < start.first:
            raise WorldError(
                f"{row.where}: {row['name']}: starts after the next one; keep an office's rows in order of time"
            )
        over = end or following
        yield row["name"], Office(
            title=title.word,
            of=of,
            country="",
            start=start.first,
            end=_over(over),
            sure_from=start.last,
            sure_until=over.first if over else None,
            roles=title.roles,
            sectors=title.sectors,
            precision=_coarsest(start, over),
            shared=title.several,
        )  # fmt: skip


def _coded(office: Office, codes: Sequence[Code]) -> Iterable[Office]:
    """The office with its code; once for each code where what it is of was coded now one way, now another."""
    over = [code for code in codes if _overlap(office, code)] or codes[-1:]
    for code in over:
        start = max(office.start, code.start) if code.start and len(over) > 1 else office.start
        ends = [end for end in (office.end, code.end if len(over) > 1 else None) if end]
        yield replace(
            office,
            country=code.country,
            sectors=office.sectors or code.sectors,
            start=start,
            end=min(ends) if ends else None,
            sure_from=max(office.sure_from, start),
        )


def _overlap(office: Office, code: Code) -> bool:
    return (code.end is None or office.start < code.end) and (
        code.start is None or office.end is None or code.start < office.end
    )


def _over(end: Moment | None) -> datetime.date | None:
    """The first day an office was surely over. A day of handing over counts as the successor's."""
    if end is None:
        return None
    return end.first if end.precision == "day" else end.last + datetime.timedelta(days=1)


def _coarsest(*moments: Moment | None) -> Precision:
    known = {m.precision for m in moments if m}
    return "year" if "year" in known else "month" if "month" in known else "day"


def read_people(paths: Iterable[Path], offices: Mapping[str, tuple[Office, ...]]) -> Mapping[str, Person]:
    """All people by id: those of people.csv, and those that only an office table names."""
    people: dict[str, Person] = {}
    rows = [row for path in paths for row in read_rows(path, PEOPLE_COLUMNS)]
    for row in rows:
        person = _person(row)
        if person.id in people:
            raise WorldError(
                f'{row.where}: {row["name"]}: stands twice; add a year to one name: "{row["name"]} (1950)"'
            )
        people[person.id] = replace(person, offices=offices.get(row["name"], ()))
    described = {row["name"] for row in rows}
    for name in offices:
        if name not in described:
            plain = {"name": name, "given": "", "family": "", "others": "", "born": "", "order": ""}
            person = _person(Row("offices", plain))
            people.setdefault(person.id, replace(person, offices=offices[name]))
    return people


def with_scripts(people: Mapping[str, Person], path: Path) -> Mapping[str, Person]:
    """The people with their names in other scripts. Raises WorldError for somebody who is nowhere else."""
    named = {person.name: person for person in people.values()}
    written = dict(people)
    for row in read_rows(path, ("name", *SCRIPTS)):
        if row["name"] not in named:
            raise WorldError(f"{row.where}: {row['name']}: stands in no other table; write the name as there")
        person = named[row["name"]]
        forms = [form for script in SCRIPTS for form in row.many(script)]
        written[person.id] = replace(
            person,
            names=tuple(dict.fromkeys((*person.names, *(re.sub(r"[\[\]]", "", form) for form in forms)))),
            surnames=tuple(
                dict.fromkeys(
                    (*person.surnames, *(short for form in forms for short in re.findall(r"\[(.+?)\]", form)))
                )
            ),
        )
    return written


def _person(row: Row) -> Person:
    """Given and family names multiply: every way to write the one with every way to write the other."""
    name = re.sub(r" \(.*\)$", "", row["name"])
    family = () if row["family"] == "-" else row.many("family") or (name.rpartition(" ")[2],)
    first = row["order"] == "family first"
    if row["order"] not in ("", "family first"):
        raise WorldError(f"{row.where}: {name}: unknown order {row['order']!r}; leave it empty or write 'family first'")
    given = row.many("given") or _remainder(name, family)
    pairs = [f"{f} {g}" if first else f"{g} {f}" for g, f in itertools.product(given, family)]
    born = moment(row["born"], row.where)
    return Person(
        id=identifier(row["name"]),
        name=name,
        names=tuple(dict.fromkeys((name, *pairs, *row.many("others")))),
        surnames=family,
        born=born.first if born and born.precision == "day" else None,
        family_first=first,
    )


def _remainder(name: str, family: tuple[str, ...]) -> tuple[str, ...]:
    for form in family:
        if name.endswith(f" {form}"):
            return (name.removesuffix(f" {form}"),)
        if name.startswith(f"{form} "):
            return (name.removeprefix(f"{form} "),)
    return ()


def identifier(name: str) -> str:
    """A plain id from a name: "Recep Tayyip Erdoğan" -> "recep-tayyip-erdogan"."""
    plain = unicodedata.normalize("NFKD", name.replace("ı", "i").replace("ø", "o").replace("ł", "l").replace("đ", "d"))
    letters = "".join(c for c in plain if not unicodedata.combining(c)).lower()
    return re.sub(r"[^\w]+", "-", letters).strip("-")
