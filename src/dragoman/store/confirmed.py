"""What people hold to be right: readings with the findings that somebody confirmed, corrected or added, and nothing else.

In: a record. Out: those readings, and a copy of the record that holds only them, so that every question that can be asked of
the machine's findings can be asked of the confirmed ones, as corrected.
"""

from __future__ import annotations

import tempfile
import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy import Connection

from dragoman.records import Reading
from dragoman.store import schema
from dragoman.store.corrections import Correction, changes, corrected_articles, standing
from dragoman.store.load import batched, load_articles
from dragoman.store.rows import Rows
from dragoman.store.transactions import writing
from dragoman.store.weaving import LISTS, Woven

if TYPE_CHECKING:
    from dragoman.store.record import Record

_CHUNK = 200
_ORDER = ("date", "actor", "statement", "event")  # what is referred to comes first


def confirmed_readings(
    connection: Connection, numbers: Iterable[int] | None = None
) -> Iterator[tuple[int, Reading, list[Correction]]]:
    """The articles of which something stands, each with its number, what is right in it, and the corrections that say so."""
    for chunk in batched(corrected_articles(connection) if numbers is None else numbers, _CHUNK):
        by_article: dict[int, list[Correction]] = defaultdict(list)
        for one in standing(connection, chunk):
            by_article[one.article].append(one)
        for number, article in load_articles(connection, chunk):
            if made := by_article[number]:
                yield number, _reading(article.to_dict(), made), made


def _reading(article: dict[str, Any], made: list[Correction]) -> Reading:
    """The article with what these corrections hold to be right, and what that refers to."""
    woven = Woven(reserved=[(LISTS[one.kind], one.finding) for one in made])
    for one in made:
        for finding in (one.machine, one.value):
            if finding is not None:
                woven.expect(LISTS[one.kind], finding, None if one.value is None else one.finding)
    for one in sorted(made, key=lambda one: _ORDER.index(one.kind)):
        if one.value is not None:
            woven.put(LISTS[one.kind], one.value, one.about, one.finding)
    woven.lists["events"].sort(key=lambda event: event["trigger"])
    return Reading.from_dict({"article": article, **woven.lists})


class ConfirmedCopy:
    """A record of confirmed findings only, made where a question is about them, and anew where corrections have changed."""

    def __init__(self, of: Record) -> None:
        self._of = of
        self._lock = threading.Lock()
        self._changes = -1
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._record: Record | None = None

    def record(self, open_record: Callable[[Path], Record]) -> Record:
        """The copy as it is now."""
        with self._lock, self._of.asking() as connection:
            now = changes(connection)
            if self._record is None or now != self._changes:
                self.close()
                self._folder = tempfile.TemporaryDirectory(prefix="dragoman-", ignore_cleanup_errors=True)
                self._record = open_record(Path(self._folder.name) / "confirmed.sqlite")
                with writing(self._record.engine) as copy:
                    _fill(connection, copy)
                self._changes = now
            return self._record

    def close(self) -> None:
        if self._record is not None and self._folder is not None:
            self._record.close()
            self._folder.cleanup()
            self._record = self._folder = None


def _fill(source: Connection, copy: Connection) -> None:
    """Put the articles with something confirmed into an empty record, under the numbers that they have, and the corrections."""
    for chunk in batched(confirmed_readings(source), _CHUNK):
        found = [(number, one) for number, one, _ in chunk if one.events or one.statements or one.actors or one.dates]
        _copy_articles(source, copy, [number for number, _ in found])
        copied = schema.article.c.copy_of
        copies = set(copy.execute(sa.select(schema.article.c.id).where(copied.is_not(None))).scalars())
        rows = Rows(copy)
        rows.add([(number, one, number in copies) for number, one in found])
        rows.insert()
        _copy(source, copy, schema.correction, schema.correction.c.article_id, [number for number, _ in found])


def _copy_articles(source: Connection, copy: Connection, numbers: list[int]) -> None:
    """The articles themselves, those that they are copies of, their texts and their coders."""
    article = schema.article.c
    originals = source.execute(sa.select(article.copy_of).where(article.id.in_(numbers), article.copy_of.is_not(None)))
    there = set(copy.execute(sa.select(article.id)).scalars())
    wanted = [number for number in dict.fromkeys([*originals.scalars(), *numbers]) if number not in there]
    about = source.execute(sa.select(article.text_id, article.coder_id).where(article.id.in_(wanted))).all()
    for table, ids in ((schema.text, {row[0] for row in about}), (schema.coder, {row[1] for row in about})):
        has = set(copy.execute(sa.select(table.c.id).where(table.c.id.in_(ids))).scalars())
        _copy(source, copy, table, table.c.id, list(ids - has))
    _copy(source, copy, schema.article, article.id, wanted)


def _copy(source: Connection, copy: Connection, table: sa.Table, column: Any, wanted: list[int]) -> None:
    """The rows of a table whose column has one of these values; links to articles that are not copied lead nowhere."""
    rows = [dict(row._mapping) for row in source.execute(sa.select(table).where(column.in_(wanted)))]  # pyright: ignore[reportPrivateUsage]
    if table is schema.article:
        here = {*wanted, *copy.execute(sa.select(schema.article.c.id)).scalars()}
        rows.sort(key=lambda row: (row["copy_of"] is not None, row["id"]))
        for row in rows:
            row["copy_of"] = row["copy_of"] if row["copy_of"] in here else None
    if rows:
        copy.execute(sa.insert(table), rows)
