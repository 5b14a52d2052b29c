"""The meaning of passages, kept so that it is found once.

In: a connection, and the articles of a story by number. Out: the meaning of each one's passages: from the record, or else found
and written there.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Mapping

import numpy as np
import sqlalchemy as sa
from sqlalchemy import Connection

from dragoman.link.meaning import PARTS, Meaning, meaning_of
from dragoman.records import Reading
from dragoman.store import schema
from dragoman.store.load import batched

_AT_ONCE = 200


class Meanings:
    """The meaning of the passages of some articles. `numbers`: their numbers in the record, by id."""

    def __init__(self, connection: Connection, numbers: Mapping[str, int]) -> None:
        self._connection = connection
        self._numbers = numbers
        self._kept: dict[int, bytes] | None = None

    def __call__(self, reading: Reading) -> Meaning:
        """The meaning of the passages of a reading that is one of these articles'."""
        if self._kept is None:
            self._kept = self._load()
        number = self._numbers[reading.article.id]
        if number in self._kept:
            found = np.load(io.BytesIO(zlib.decompress(self._kept[number])), allow_pickle=False)
            if found.shape[:2] == (len(reading.passages), len(PARTS)):
                return found
        table = schema.article_meaning
        found, file = meaning_of(reading), io.BytesIO()
        np.save(file, found, allow_pickle=False)
        self._connection.execute(sa.delete(table).where(table.c.article_id == number))
        self._connection.execute(sa.insert(table), {"article_id": number, "data": zlib.compress(file.getvalue())})
        return found

    def _load(self) -> dict[int, bytes]:
        table = schema.article_meaning.c
        return {
            row.article_id: row.data
            for chunk in batched(self._numbers.values(), _AT_ONCE)
            for row in self._connection.execute(
                sa.select(table.article_id, table.data).where(table.article_id.in_(chunk))
            )
        }
