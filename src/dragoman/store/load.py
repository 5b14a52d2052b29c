"""From rows back to readings: exactly what went in.

In: a connection and numbers of articles. Out: their articles or `Reading`s in that order, a few hundred in memory at a time.
"""

from __future__ import annotations

import itertools
import json
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy import Connection, Row, Table

from dragoman.records import Actor, Article, Count, Event, Interval, Passage, Place, Reading, Span, Statement, When
from dragoman.store import schema

CHUNK = 200
_T = TypeVar("_T")
_Rows = dict[int, list[Row[Any]]]


def load_articles(connection: Connection, numbers: Iterable[int]) -> Iterator[tuple[int, Article]]:
    """The articles of these numbers, each with its number; a number that no article has is left out."""
    for chunk in batched(numbers, CHUNK):
        query = sa.select(schema.article, schema.text.c.content).join(schema.text).where(schema.article.c.id.in_(chunk))
        found = {row.id: _article(row) for row in connection.execute(query)}
        yield from ((number, found[number]) for number in chunk if number in found)


def load(connection: Connection, numbers: Iterable[int]) -> Iterator[tuple[int, Reading]]:
    """The readings of the articles of these numbers, each with its number."""
    for chunk in batched(numbers, CHUNK):
        actors = _rows(connection, schema.article_actor, chunk, schema.actor)
        dates = _rows(connection, schema.article_date, chunk)
        places = _rows(connection, schema.article_place, chunk)
        statements = _rows(connection, schema.statement, chunk)
        events = _rows(connection, schema.event, chunk)
        passages = _passages(connection, chunk)
        for number, article in load_articles(connection, chunk):
            yield (
                number,
                Reading(
                    article,
                    actors=tuple(map(_actor, actors[number])),
                    dates=tuple(map(_when, dates[number])),
                    statements=tuple(map(_statement, statements[number])),
                    events=tuple(map(_event, events[number])),
                    places=tuple(map(_place, places[number])),
                    passages=passages.get(number, ()),
                ),
            )


def _passages(connection: Connection, articles: Sequence[int]) -> dict[int, tuple[Passage, ...]]:
    table = schema.article_passages.c
    rows = connection.execute(sa.select(table.article_id, table.data).where(table.article_id.in_(articles)))
    return {row.article_id: tuple(map(Passage.from_list, json.loads(zlib.decompress(row.data)))) for row in rows}


def batched(items: Iterable[_T], size: int) -> Iterator[list[_T]]:
    """The items in lists of that many; the last may be shorter."""
    rest = iter(items)
    while chunk := list(itertools.islice(rest, size)):
        yield chunk


def _rows(connection: Connection, table: Table, articles: Sequence[int], joined: Table | None = None) -> _Rows:
    """The rows of a table by article, in the order they had in the reading."""
    query = sa.select(table)
    if joined is not None:
        query = query.join(joined).add_columns(*(joined.c[name] for name in ("name", "kind", "country")))
    query = query.where(table.c.article_id.in_(articles)).order_by(table.c.article_id, table.c.position)
    found: _Rows = defaultdict(list)
    for row in connection.execute(query):
        found[row.article_id].append(row)
    return found


def _article(row: Row[Any]) -> Article:
    return Article(
        id=row.key, text=row.content, language=row.language, title=row.title, url=row.url, outlet=row.outlet,
        published=_interval(row.published_start, row.published_end, row.published_precision),
    )  # fmt: skip


def _actor(row: Row[Any]) -> Actor:
    return Actor(
        id=row.key, name=row.name, kind=row.kind, mentions=_spans(row.mentions), country=row.country,
        sectors=tuple(row.sectors), title=row.title, inferred_from=row.inferred_from,
    )  # fmt: skip


def _when(row: Row[Any]) -> When:
    return When(
        id=row.key, span=Span(row.span_start, row.span_end), value=row.value, type=row.type,
        interval=_interval(row.start, row.end, row.precision), anchor=row.anchor,
    )  # fmt: skip


def _place(row: Row[Any]) -> Place:
    return Place(
        id=row.key, name=row.name, mentions=_spans(row.mentions), country=row.country, latitude=row.latitude,
        longitude=row.longitude, geonames=row.geonames,
    )  # fmt: skip


def _statement(row: Row[Any]) -> Statement:
    return Statement(
        id=row.key, cue=_spans(row.cue), content=_spans(row.content), manner=row.manner, stance=row.stance,
        rule=row.rule, sources=tuple(row.sources), source_span=_span(row.source_start, row.source_end),
        polarity=row.polarity, within=row.within, denies=row.denies, anonymous=row.anonymous,
        medium=_span(row.medium_start, row.medium_end), date=row.date,
    )  # fmt: skip


def _event(row: Row[Any]) -> Event:
    return Event(
        id=row.key, type=row.type, trigger=Span(row.trigger_start, row.trigger_end),
        sentence=Span(row.sentence_start, row.sentence_end), rule=row.rule, quad=row.quad, score=row.score,
        cameo=row.cameo, actors=tuple(row.actors), recipients=tuple(row.recipients), modes=tuple(row.modes),
        contexts=tuple(row.contexts), date=row.date, place=row.place, polarity=row.polarity, certainty=row.certainty,
        time=row.time, background=row.background, according_to=tuple(row.according_to),
        denied_by=tuple(row.denied_by), mentions=_spans(row.mentions or ()),
        counts=tuple(map(Count.from_dict, row.counts or ())),
        evidence=tuple((name, Span(start, end)) for name, start, end in row.evidence or ()),
    )  # fmt: skip


def _interval(start: Any, end: Any, precision: Any) -> Interval | None:
    return Interval(start, end, precision) if start else None


def _spans(pairs: Sequence[Sequence[int]]) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in pairs)


def _span(start: int | None, end: int | None) -> Span | None:
    return None if start is None or end is None else Span(start, end)
