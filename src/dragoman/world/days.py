"""What comes or came on which day, whatever the language: happenings that news counts from, feasts and months of other calendars,
national days.

In: calendar.csv, feasts.csv, months.csv, national_days.csv. Out: intervals by the names that each language's `dates.toml` refers to.
"""

from __future__ import annotations

import datetime
import functools
from collections.abc import Mapping, Sequence
from pathlib import Path

from dragoman.records import Interval
from dragoman.world.tables import HOME, Row, WorldError, read_rows


@functools.cache
def happenings(home: Path = HOME) -> Mapping[str, Sequence[Interval]]:
    """The occurrences of each known happening, in order."""
    return _by_name(home / "calendar.csv", "happening")


@functools.cache
def feasts(home: Path = HOME) -> Mapping[str, Sequence[Interval]]:
    """The days of each feast that another calendar sets, in order."""
    return _by_name(home / "feasts.csv", "feast")


@functools.cache
def national_days(home: Path = HOME) -> Mapping[str, Mapping[str, str]]:
    """Kind of day -> country (alpha-3) -> month and day ("08-24")."""
    found: dict[str, dict[str, str]] = {}
    for row in read_rows(home / "national_days.csv", ("country", "kind", "day")):
        _day(f"2000-{row['day']}", row)
        found.setdefault(row["kind"], {})[row["country"]] = row["day"]
    return found


@functools.cache
def months_by_calendar(home: Path = HOME) -> Mapping[str, Mapping[tuple[int, int], Interval]]:
    """Calendar ("hijri", "persian") -> year and month -> the days of that month."""
    found: dict[str, dict[tuple[int, int], Interval]] = {}
    for row in read_rows(home / "months.csv", ("calendar", "year", "first", "lengths")):
        months = found.setdefault(row["calendar"], {})
        first = _day(row["first"], row)
        for month, length in enumerate(map(int, row["lengths"].split()), 1):
            after = first + datetime.timedelta(length)
            months[int(row["year"]), month] = Interval(first, after - datetime.timedelta(1), "month")
            first = after
    return found


def _by_name(path: Path, column: str) -> Mapping[str, Sequence[Interval]]:
    found: dict[str, list[Interval]] = {}
    for row in read_rows(path, (column, "first", "last")):
        first = _day(row["first"], row)
        last = _day(row["last"], row) if row["last"] else first
        if last < first:
            raise WorldError(f"{row.where}: {row[column]} ends before it begins; swap first and last")
        found.setdefault(row[column], []).append(Interval(first, last, "day"))
    return {name: sorted(days, key=lambda days: days.start) for name, days in found.items()}


def _day(written: str, row: Row) -> datetime.date:
    try:
        return datetime.date.fromisoformat(written)
    except ValueError:
        raise WorldError(f"{row.where}: no day: {written!r}; write 2012-11-15") from None
