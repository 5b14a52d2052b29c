"""Storing a batch of readings in one transaction.

In: a connection that writes, readings, and who coded them. Out: what became of each: new, unchanged, or a new version of an
article that is there. Storing the same again changes nothing.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Literal, Self

import sqlalchemy as sa
from sqlalchemy import Connection

from dragoman.records import Article, Reading
from dragoman.store import schema
from dragoman.store.coder import Coder
from dragoman.store.following import follow, texts_of_corrected
from dragoman.store.grouping import Publisher, group
from dragoman.store.load import batched, load
from dragoman.store.rows import PARTS, Rows, article_row, count_parts, next_id, passages_row
from dragoman.store.storyrows import refresh
from dragoman.store.storytables import story_article
from dragoman.store.texts import Texts, forget

KEYS = 500  # asked for at once
_FINDINGS = (
    schema.event, schema.statement, schema.article_actor, schema.article_date, schema.article_place,
    schema.article_passages, schema.article_meaning,
)  # fmt: skip


@dataclass(slots=True)
class Tally:
    """What became of articles: `added` new ones, `changed` ones of which this is a new version, `unchanged` ones; and what
    the stored readings hold. `copies` of those added or changed are copies of others."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    copies: int = 0
    events: int = 0
    statements: int = 0

    def __iadd__(self, other: Tally) -> Self:
        for field in fields(self):
            setattr(self, field.name, getattr(self, field.name) + getattr(other, field.name))
        return self


@dataclass(frozen=True, slots=True)
class Recoded:
    """An article as it was coded before, and as it is coded now."""

    before: Reading
    now: Reading


def digest(article: Article) -> bytes:
    """What tells one version of an article from another: all that it says of itself."""
    return hashlib.sha256(json.dumps(article.to_dict(), sort_keys=True).encode()).digest()


def unchanged(connection: Connection, articles: Sequence[Article]) -> list[bool]:
    """For each article whether it is in the record just as it is."""
    known = {row.key: row.digest for row in _known(connection, [article.id for article in articles])}
    return [known.get(article.id) == digest(article) for article in articles]


def store(
    connection: Connection, readings: Iterable[Reading], coders: Mapping[str, Coder], publisher: Publisher
) -> Tally:
    """Store readings, and find the stories of their articles. `coders` says who coded the articles of each language,
    `publisher` whom the name of an article's outlet means."""
    tally = Tally()
    touched: set[int] = set()
    for batch in _without_repetition(readings):
        tally += _store(connection, batch, coders, publisher, touched)
    refresh(connection, touched)
    return tally


def recode(
    connection: Connection, readings: Iterable[Reading], coders: Mapping[str, Coder], publisher: Publisher
) -> Iterator[Recoded]:
    """Put another coding of the same articles in the place of the one that is there, which is kept where it differs.

    An article that has changed in the meantime is left as it is.
    """
    found = {reading.article.id: reading for reading in readings}
    known = {row.key: row for row in _known(connection, list(found)) if row.digest == digest(found[row.key].article)}
    numbers = {language: coder_id(connection, coder) for language, coder in coders.items()}
    old = {reading.article.id: reading for _, reading in load(connection, [row.id for row in known.values()])}
    differ = [known[key] for key in old if old[key] != found[key]]
    _keep(connection, [row.id for row in differ], "reread")
    for key, row in known.items():
        values = {"coder_id": numbers[found[key].article.language]}
        connection.execute(sa.update(schema.article).where(schema.article.c.id == row.id).values(**values))
    rows = Rows(connection)
    rows.add([(row.id, found[row.key], row.copy_of is not None) for row in differ])
    rows.insert()
    follow(connection, {row.id: found[row.key] for row in differ})
    touched = group(connection, [(row.id, found[row.key]) for row in differ], publisher)
    parted = [row for key, row in known.items() if row not in differ and old[key].passages != found[key].passages]
    refresh(connection, touched | _part(connection, {row.id: found[row.key] for row in parted}))
    for key in old:
        yield Recoded(old[key], found[key])


def _part(connection: Connection, readings: Mapping[int, Reading]) -> set[int]:
    """Put the passages of readings that are else the same in the place of those that are there. Out: the stories touched."""
    table, place = schema.article_passages, story_article.c
    touched: set[int] = set()
    for chunk in batched(readings, KEYS):
        for old in (table, schema.article_meaning):
            connection.execute(sa.delete(old).where(old.c.article_id.in_(chunk)))
        connection.execute(sa.insert(table), [passages_row(number, readings[number]) for number in chunk])
        touched.update(connection.execute(sa.select(place.story_id).where(place.article_id.in_(chunk))).scalars())
    return touched


def coder_id(connection: Connection, coder: Coder) -> int:
    """The number of a coder, who is entered where new."""
    values = {field.name: getattr(coder, field.name) for field in fields(coder)}
    table = schema.coder
    found = connection.execute(sa.select(table.c.id).where(*(table.c[name] == v for name, v in values.items())))
    if (id := found.scalar()) is None:
        id = next_id(connection, table)
        connection.execute(sa.insert(table), {"id": id, **values})
    return id


def _without_repetition(readings: Iterable[Reading]) -> Iterator[list[Reading]]:
    """Batches in which no article occurs twice."""
    batch: dict[str, Reading] = {}
    for reading in readings:
        if reading.article.id in batch:
            yield list(batch.values())
            batch = {}
        batch[reading.article.id] = reading
    if batch:
        yield list(batch.values())


def _known(connection: Connection, keys: Sequence[str]) -> Iterator[Any]:
    article = schema.article.c
    for chunk in batched(keys, KEYS):
        yield from connection.execute(
            sa.select(article.key, article.id, article.version, article.digest, article.text_id, article.copy_of).where(
                article.key.in_(chunk)
            )
        )


def _store(
    connection: Connection, batch: Sequence[Reading], coders: Mapping[str, Coder], publisher: Publisher,
    touched: set[int],
) -> Tally:  # fmt: skip
    """Store a batch; the stories that change are added to `touched`."""
    tally = Tally()
    known = {row.key: row for row in _known(connection, [reading.article.id for reading in batch])}
    todo: list[Reading] = []
    replaced: list[Any] = []
    for reading in batch:
        there = known.get(reading.article.id)
        if there is None:
            tally.added += 1
        elif there.digest == digest(reading.article):
            tally.unchanged += 1
            continue
        else:
            tally.changed += 1
            replaced.append(there)
        todo.append(reading)
    before = texts_of_corrected(connection, {row.id: row.text_id for row in replaced})
    _keep(connection, [row.id for row in replaced], "changed")
    numbers = {language: coder_id(connection, coders[language]) for language in {r.article.language for r in todo}}
    now = datetime.datetime.now(datetime.UTC).replace(tzinfo=None)
    stored: list[tuple[int, Reading, bool]] = []
    texts = Texts(connection, [reading.article for reading in todo])
    new = next_id(connection, schema.article)
    for reading in todo:
        there = known.get(reading.article.id)
        text_id, link = texts.place(reading.article, there.id if there else None)
        row: dict[str, Any] = {
            **article_row(reading), "digest": digest(reading.article), "text_id": text_id, "added": now,
            "coder_id": numbers[reading.article.language],
            "copy_of": link.original if link else None, "similarity": link.similarity if link else None,
        }  # fmt: skip
        if there:
            number = there.id
            changed = {**row, "version": there.version + 1}
            connection.execute(sa.update(schema.article).where(schema.article.c.id == number).values(**changed))
        else:
            number, new = new, new + 1
            connection.execute(sa.insert(schema.article), {**row, "id": number, "version": 1})
        stored.append((number, reading, link is not None))
        tally.copies += link is not None
        tally.events += len(reading.events)
        tally.statements += len(reading.statements)
    rows = Rows(connection)
    rows.add(stored)
    rows.insert()
    follow(connection, {number: reading for number, reading, _ in stored if number in before}, before)
    touched |= group(connection, [(number, reading) for number, reading, _ in stored], publisher)
    forget(connection, [row.text_id for row in replaced])
    return tally


def _keep(connection: Connection, numbers: Sequence[int], reason: Literal["changed", "reread"]) -> None:
    """Move the readings of articles out of the tables that are asked, whole, to where they can be had again."""
    if not numbers:
        return
    about = {
        row.id: row
        for chunk in batched(numbers, KEYS)
        for row in connection.execute(
            sa.select(schema.article.c.id, schema.article.c.version, schema.article.c.coder_id).where(
                schema.article.c.id.in_(chunk)
            )
        )
    }
    now = datetime.datetime.now(datetime.UTC).replace(tzinfo=None)
    rows: list[dict[str, Any]] = []
    for id, (number, reading) in enumerate(load(connection, numbers), next_id(connection, schema.past_reading)):
        row = {
            "id": id, "article_id": number, "version": about[number].version, "coder_id": about[number].coder_id,
            "reason": reason, "replaced": now, "reading": packed(reading),
        }  # fmt: skip
        rows.append(row)
    connection.execute(sa.insert(schema.past_reading), rows)
    party = schema.event_party.c
    for chunk in batched(numbers, KEYS):
        parts = connection.execute(
            sa.select(party.actor_id, -sa.func.count())
            .join(schema.event, schema.event.c.id == party.event_id)
            .where(schema.event.c.article_id.in_(chunk), party.role.in_(PARTS))
            .group_by(party.actor_id)
        )
        count_parts(connection, {row[0]: row[1] for row in parts})
    for table in _FINDINGS:
        for chunk in batched(numbers, KEYS):
            connection.execute(sa.delete(table).where(table.c.article_id.in_(chunk)))


def packed(reading: Reading) -> bytes:
    """A reading in few bytes."""
    return zlib.compress(json.dumps(reading.to_dict(), ensure_ascii=False).encode(), 9)


def unpacked(data: bytes) -> Reading:
    return Reading.from_dict(json.loads(zlib.decompress(data)))
