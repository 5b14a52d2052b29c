"""What is remembered of feeds: how far each was read, and which of its items are done with.

In: a record. Out: the state of a feed, kept with the articles, so that watching goes on where it stopped.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from dragoman.store import schema
from dragoman.store.load import batched
from dragoman.store.record import Record

TRIES = 3  # rounds in which an item is tried before it is given up


@dataclass(frozen=True, slots=True)
class State:
    """What a feed sent along the last time, to be sent back to it."""

    etag: str | None = None
    modified: str | None = None


def state_of(record: Record, feed: str) -> State:
    table = schema.feed
    with record.asking() as connection:
        row = connection.execute(sa.select(table).where(table.c.url == feed)).first()
    return State(row.etag, row.modified) if row else State()


def open_items(record: Record, feed: str, items: Iterable[str]) -> set[str]:
    """Those of the items that are not done with: never seen, or failed and to be tried again."""
    wanted = set(items)
    table = schema.feed_item
    done: set[str] = set()
    with record.asking() as connection:
        for chunk in batched(wanted, 500):
            query = sa.select(table.c.item).where(table.c.feed == feed, table.c.item.in_(chunk))
            done.update(
                connection.execute(query.where(sa.or_(table.c.problem.is_(None), table.c.tries >= TRIES))).scalars()
            )
    return wanted - done


def remember(record: Record, feed: str, state: State, items: Mapping[str, str | None]) -> None:
    """Keep what became of a feed and of its items: None where an item is done with, else why it failed."""
    now = datetime.datetime.now(datetime.UTC).replace(tzinfo=None)
    with record.changing() as connection:
        table = schema.feed
        connection.execute(sa.delete(table).where(table.c.url == feed))
        connection.execute(
            sa.insert(table), {"url": feed, "etag": state.etag, "modified": state.modified, "checked": now}
        )
        table = schema.feed_item
        for item, problem in items.items():
            here = sa.and_(table.c.feed == feed, table.c.item == item)
            tries = connection.execute(sa.select(table.c.tries).where(here)).scalar() or 0
            connection.execute(sa.delete(table).where(here))
            row = {"feed": feed, "item": item, "problem": problem, "tries": tries + 1, "seen": now}
            connection.execute(sa.insert(table), row)
