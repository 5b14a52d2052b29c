"""An article's text finds its place: it is stored once, and a copy is linked to its original.

In: the articles of a batch, in a transaction that writes. Out: the number of each text, and the article that it is a copy of.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import Connection

from dragoman.records import Article
from dragoman.store import copies, fulltext, schema
from dragoman.store.load import batched
from dragoman.store.rows import next_id

_AT_ONCE = 500  # texts asked for at once


@dataclass(frozen=True, slots=True)
class Link:
    """The number of the article of which another is a copy, and how alike their texts are."""

    original: int
    similarity: float


class Texts:
    """The texts of a batch of articles."""

    def __init__(self, connection: Connection, articles: Sequence[Article]) -> None:
        self._connection = connection
        self._next = next_id(connection, schema.text)
        self._known: dict[bytes, int] = {}
        text = schema.text.c
        for chunk in batched({_sha(article) for article in articles}, _AT_ONCE):
            for row in connection.execute(sa.select(text.sha256, text.id).where(text.sha256.in_(chunk))):
                self._known[row.sha256] = row.id

    def place(self, article: Article, own: int | None) -> tuple[int, Link | None]:
        """The number of the article's text, stored where new, and the link where it is a copy.

        `own` is the article's number where it has one; an article that others are copies of stays an original.
        """
        sha = _sha(article)
        number = self._known.get(sha)
        if number is None:
            number, link = self._store(article, sha, own)
        else:
            link = self._original(article, number, 1.0, own)
        return number, None if link and own is not None and self._has_copies(own) else link

    def _store(self, article: Article, sha: bytes, own: int | None) -> tuple[int, Link | None]:
        number, self._next = self._next, self._next + 1
        self._known[sha] = number
        row = {"id": number, "sha256": sha, "content": article.text}
        self._connection.execute(sa.insert(schema.text), row)
        fulltext.index(self._connection, [row])
        shingles = copies.shingles(article.text)
        bands = set(copies.bands(shingles))
        if not bands:
            return number, None
        link = self._near(article, shingles, bands, own)
        if link is None:  # texts that are alike are found by the first of them
            self._connection.execute(sa.insert(schema.text_band), [{"band": band, "text_id": number} for band in bands])
        return number, link

    def _near(self, article: Article, shingles: frozenset[str], bands: set[int], own: int | None) -> Link | None:
        """The most alike of the texts that share a band."""
        band, text = schema.text_band.c, schema.text.c
        shared = (
            sa.select(band.text_id)
            .where(band.band.in_(bands))
            .group_by(band.text_id)
            .order_by(sa.func.count().desc(), band.text_id)
            .limit(copies.CANDIDATES)
        )
        found = self._connection.execute(sa.select(text.id, text.content).where(text.id.in_(shared)))
        alike = [(copies.likeness(shingles, copies.shingles(row.content)), row.id) for row in found]
        for similarity, number in sorted(alike, key=lambda one: (-one[0], one[1])):
            if similarity >= copies.ALIKE and (link := self._original(article, number, similarity, own)):
                return link
        return None

    def _original(self, article: Article, text: int, similarity: float, own: int | None) -> Link | None:
        """The first article with that text that was published near this one, or the one which that copies."""
        table = schema.article.c
        rows = self._connection.execute(
            sa.select(table.id, table.copy_of, table.published_start, table.published_end)
            .where(table.text_id == text)
            .order_by(table.id)
        )
        for row in rows:
            days = (row.published_start, row.published_end) if row.published_start else None
            original = row.copy_of or row.id
            if own not in (row.id, original) and copies.near_in_time(article.published, days):
                return Link(original, similarity)
        return None

    def _has_copies(self, own: int) -> bool:
        table = schema.article.c
        return self._connection.execute(sa.select(table.id).where(table.copy_of == own).limit(1)).first() is not None


def forget(connection: Connection, numbers: Sequence[int]) -> None:
    """Delete those of the texts that no article has any more; they are kept with past readings."""
    for chunk in batched(numbers, _AT_ONCE):
        used = sa.exists().where(schema.article.c.text_id == schema.text.c.id)
        connection.execute(sa.delete(schema.text).where(schema.text.c.id.in_(chunk), ~used))


def _sha(article: Article) -> bytes:
    return hashlib.sha256(article.text.encode()).digest()
