"""Readings given back: of one article, of those asked for, of a story.

In: a connection, and what is asked for. Out: readings exactly as they were stored, or with fewer of their events, or what people
hold to be right.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import sqlalchemy as sa
from sqlalchemy import Connection

from dragoman.link.records import Membership
from dragoman.records import Reading
from dragoman.store import query, schema
from dragoman.store.confirmed import confirmed_readings
from dragoman.store.load import CHUNK, batched, load, load_articles
from dragoman.store.question import Question


def reading_of(connection: Connection, article: str) -> Reading:
    """The reading of one article. Raises KeyError where there is no such article."""
    return next(load(connection, [_number(connection, article)]))[1]


def confirmed_of(connection: Connection, article: str) -> Reading:
    """What people hold to be right in an article. Raises KeyError where there is no such article."""
    number = _number(connection, article)
    right = next((found for _, found, _ in confirmed_readings(connection, [number])), None)
    return right or Reading(next(load_articles(connection, [number]))[1])


def readings(connection: Connection, asked: Question) -> Iterator[Reading]:
    """The readings of the articles asked for."""
    for _, found in load(connection, connection.execute(query.numbers("articles", asked, connection)).scalars().all()):
        yield found


def selected(connection: Connection, asked: Question) -> Iterator[Reading]:
    """Readings with those of their events only that are asked for."""
    wanted: dict[int, set[str]] = {}
    for article, key in connection.execute(query.selected(asked, connection.dialect.name)):
        wanted.setdefault(article, set()).add(key)
    for number, found in load(connection, wanted):
        yield replace(found, events=tuple(event for event in found.events if event.id in wanted[number]))


def of_story(connection: Connection, members: Sequence[Membership]) -> list[Reading]:
    """The readings of the articles of a story, in its order."""
    article = schema.article.c
    keys = [member.article for member in members]
    numbers: list[int] = []
    for chunk in batched(keys, CHUNK):
        numbers += connection.execute(sa.select(article.id).where(article.key.in_(chunk))).scalars()
    found = {one.article.id: one for _, one in load(connection, numbers)}
    return [found[key] for key in keys if key in found]


def _number(connection: Connection, article: str) -> int:
    number = connection.execute(sa.select(schema.article.c.id).where(schema.article.c.key == article)).scalar()
    if number is None:
        raise KeyError(article)
    return number
