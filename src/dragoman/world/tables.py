"""Reads the tables of the world: CSV with comment lines, TOML, and dates as exact as they are known.

In: a path. Out: rows and entries that still know where they stand, so that every complaint names file, entry and
remedy. The big tables are CSV because they are read at every start; TOML takes ten times as long.
"""

from __future__ import annotations

import csv
import datetime
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TextIO, cast

HOME = Path(__file__).parent
Precision = Literal["day", "month", "year"]


class WorldError(ValueError):
    """A table of the world is not as it must be. Names file, entry and remedy, on one line."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A date as exact as it is known: the first and the last day that it can be."""

    first: datetime.date
    last: datetime.date
    precision: Precision


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a CSV table. `where` is "file:line"."""

    where: str
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def many(self, column: str) -> tuple[str, ...]:
        """The values of a cell that holds several, split at "|"."""
        return tuple(value.strip() for value in self.cells[column].split("|") if value.strip())


def read_rows(path: Path, columns: Iterable[str]) -> Iterator[Row]:
    """The rows of a CSV file whose lines starting with "#" are comments. Raises WorldError for a missing column."""
    with _open(path) as file:
        kept = [(number, line) for number, line in enumerate(file, 1) if line.strip() and not line.startswith("#")]
    table = csv.reader(line for _, line in kept)
    header = next(table, list[str]())
    missing = [column for column in columns if column not in header]
    if missing:
        raise WorldError(
            f"{path.name}: no column {missing[0]!r}; the first line names the columns {', '.join(columns)}"
        )
    for (number, _), cells in zip(kept[1:], table, strict=True):
        where = f"{path.name}:{number}"
        if len(cells) > len(header):
            raise WorldError(f"{where}: {len(cells)} cells, {len(header)} columns; quote a cell that holds a comma")
        cells += [""] * (len(header) - len(cells))
        yield Row(where, dict(zip(header, map(str.strip, cells), strict=True)))


def columns(path: Path) -> tuple[str, ...]:
    """The column names of a CSV table."""
    with _open(path) as file:
        for line in file:
            if line.strip() and not line.startswith("#"):
                return tuple(next(csv.reader([line])))
    return ()


def read_entries(path: Path) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """(where, id, entry) for each table of a TOML file. Raises WorldError for what is no TOML or declared twice."""
    with _open(path) as file:
        try:
            content = tomllib.loads(file.read())
        except tomllib.TOMLDecodeError as problem:
            raise WorldError(f"{path.name}: {problem}; each entry is one table [id], and an id stands once") from None
    for id, entry in content.items():
        if not isinstance(entry, dict):
            raise WorldError(f"{path.name}: {id!r} stands outside an entry; move it below its [id]")
        yield f"{path.name}: {id}", id, cast(dict[str, Any], entry)


def _open(path: Path) -> TextIO:
    try:
        return path.open(encoding="utf-8", newline="")
    except OSError as problem:
        raise WorldError(f"{path}: {problem.strerror}; name a file that can be read") from None


def moment(value: str | datetime.date, where: str) -> Moment | None:
    """A date written 2012-11-15, 2012-11 or 2012; None where nothing stands. Raises WorldError for anything else."""
    if isinstance(value, datetime.date):
        return Moment(value, value, "day")
    if not value:
        return None
    try:
        if len(value) == 10:
            day = datetime.date.fromisoformat(value)
            return Moment(day, day, "day")
        if re.fullmatch(r"\d{4}-\d{2}", value):
            first = datetime.date.fromisoformat(f"{value}-01")
            return Moment(first, _before_next_month(first), "month")
        if re.fullmatch(r"\d{4}", value):
            return Moment(datetime.date(int(value), 1, 1), datetime.date(int(value), 12, 31), "year")
    except ValueError:
        pass
    raise WorldError(f"{where}: no date: {value!r}; write 2012-11-15, or 2012-11 or 2012 where no more is known")


def _before_next_month(first: datetime.date) -> datetime.date:
    after = first.replace(year=first.year + first.month // 12, month=first.month % 12 + 1)
    return after - datetime.timedelta(days=1)
