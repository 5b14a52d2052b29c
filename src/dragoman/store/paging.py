"""Answers a page at a time, by key: what is added meanwhile moves nothing, and no page is slower than the first.

In: a question, and where the page before ended. Out: rows, and where this page ends: an opaque word that leads to the next.
"""

from __future__ import annotations

import base64
import binascii
import datetime
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Connection

from dragoman.store.answer import columns_of, rows_of
from dragoman.store.errors import QuestionError
from dragoman.store.query import Key, Kind, numbers
from dragoman.store.question import Question

_LARGEST = 2**63 - 1
Part = Callable[[Key], list[ColumnElement[bool]]]


@dataclass(frozen=True, slots=True)
class Page:
    """Rows by column, and the word for the next page; None where this is the last."""

    rows: list[dict[str, Any]]
    next: str | None


@dataclass(frozen=True, slots=True)
class Position:
    """The last row of a page: its number, and what it is sorted by."""

    id: int
    day: datetime.date | None = None
    score: float = 0.0
    type: str = ""
    count: int = 0


def page(connection: Connection, kind: Kind, asked: Question, limit: int, after: str | None) -> Page:
    """A page of an answer. Raises QuestionError for a word that leads nowhere in it."""
    position = None if after is None else decoded(after, kind, asked.sort)
    found: list[Sequence[Any]] = []
    for part in _parts(kind, asked.sort, position):
        query = numbers(kind, replace(asked, limit=limit + 1 - len(found)), connection, part)
        found += connection.execute(query).all()
        if len(found) > limit:
            break
    columns = tuple(columns_of(kind))
    rows = [dict(zip(columns, row, strict=True)) for row in rows_of(connection, kind, found[:limit])]
    last = encoded(kind, asked.sort, found[limit - 1][0], rows[-1]) if len(found) > limit else None
    return Page(rows, last)


def encoded(kind: Kind, sort: str, id: int, row: dict[str, Any]) -> str:
    """The word for a row, by which the rows behind it are found."""
    day = row.get("published" if kind == "articles" else "day")
    key = [kind, sort, id, day and day.isoformat(), row.get("score"), row.get("type")]
    if kind == "actors":
        key = [kind, sort, id, None, row["events"], None]
    return base64.urlsafe_b64encode(json.dumps(key, separators=(",", ":")).encode()).decode().rstrip("=")


def decoded(word: str, kind: Kind, sort: str) -> Position:
    try:
        data = base64.b64decode(word + "=" * (-len(word) % 4), altchars=b"-_", validate=True)
        of, by, id, day, number, type = cast(list[Any], json.loads(data))
        if (of, by) != (kind, sort) or not _whole(id) or (number is not None and not isinstance(number, (int, float))):
            raise ValueError
        return Position(
            id, None if day is None else datetime.date.fromisoformat(day), float(number or 0), str(type), int(number or 0)
        )  # fmt: skip
    except (ValueError, TypeError, OverflowError, RecursionError, binascii.Error):
        raise QuestionError(
            f"after {word[:40]!r}: leads nowhere in this list; take `next` of the page before"
        ) from None


def _whole(value: Any) -> bool:
    return type(value) is int and 0 <= value <= _LARGEST


def _parts(kind: Kind, sort: str, at: Position | None) -> list[Part]:
    """What holds of the rows behind a position. Several parts, one after another, where rows without a day come first or last:
    an index then gives the rows of each."""
    if at is None:
        return [lambda key: []]
    if kind == "actors":
        return [lambda key: [key.count <= at.count, sa.or_(key.count < at.count, key.id > at.id)]]
    if sort == "added":
        return [lambda key: [key.id > at.id]]
    if sort == "score":
        return [lambda key: [key.score >= at.score, sa.or_(key.score > at.score, key.id > at.id)]]
    if sort == "type":
        type = at.type
        same = [_both(lambda key: [key.kind == type], part) for part in _by_day(at)]
        return [*same, lambda key: [key.kind > type]]
    if sort == "oldest":
        return _by_day(at)
    if (day := at.day) is None:
        return [lambda key: [key.day.is_(None), key.id < at.id]]
    newest: Part = lambda key: [key.day <= day, sa.or_(key.day < day, key.id < at.id)]  # noqa: E731
    return [newest, lambda key: [key.day.is_(None)]]


def _by_day(at: Position) -> list[Part]:
    """Oldest first, those without a day before them."""
    if (day := at.day) is None:
        return [lambda key: [key.day.is_(None), key.id > at.id], lambda key: [key.day.is_not(None)]]
    return [lambda key: [key.day >= day, sa.or_(key.day > day, key.id > at.id)]]


def _both(one: Part, other: Part) -> Part:
    return lambda key: [*one(key), *other(key)]
