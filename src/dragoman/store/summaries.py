"""Counts of what is in a record: by month and type, by place.

In: a `Record` and a `Question` or a `Party`. Out: small frozen rows, counted by the database. An event counts once however
many of its parties fit; one without a day has no month.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from dragoman import ontology
from dragoman.store import schema
from dragoman.store.corrections import changes
from dragoman.store.lead import is_party
from dragoman.store.query import of_events
from dragoman.store.question import Party, Question
from dragoman.store.record import Record
from dragoman.store.rows import PARTS

_event, _party = schema.event.c, schema.event_party.c


@dataclass(frozen=True, slots=True)
class Overview:
    """What is in a record. Days are those of the articles, None where no article has one."""

    articles: int
    copies: int
    events: int
    contested: int
    statements: int
    actors: int
    outlets: int
    languages: tuple[str, ...]
    first: datetime.date | None
    last: datetime.date | None


@dataclass(frozen=True, slots=True)
class Cell:
    """The events of one type in one month ("2022-06"). `score` is their mean, `contested` how many somebody denies."""

    month: str | None
    type: str
    quad: str
    events: int
    contested: int = 0
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Spot:
    """Where events were. Without coordinates only the country is settled."""

    name: str
    country: str | None
    latitude: float | None
    longitude: float | None
    events: int
    conflict: int
    contested: int


def state(record: Record) -> tuple[Any, ...]:
    """Something that is another after each change of articles or corrections: while it is the same, what was counted holds."""
    newest = (sa.select(sa.func.max(table.c.id)).scalar_subquery() for table in (schema.article, schema.past_reading))
    with record.asking() as connection:
        return (*connection.execute(sa.select(*newest)).one(), changes(connection))


def overview(record: Record) -> Overview:
    """What is in the record."""
    article = schema.article.c

    def count(table: sa.Table, *conditions: ColumnElement[bool]) -> Any:
        return sa.select(sa.func.count()).select_from(table).where(*conditions).scalar_subquery()

    outlets = sa.select(sa.func.count(sa.distinct(article.outlet))).scalar_subquery()
    query = sa.select(
        count(schema.article), count(schema.article, article.copy_of.isnot(None)), count(schema.event),
        count(schema.event, _event.denied.is_(True)), count(schema.statement),
        count(schema.actor, schema.actor.c.events > 0), outlets,
        sa.select(sa.func.min(article.published_start)).scalar_subquery(),
        sa.select(sa.func.max(article.published_end)).where(article.published_start.isnot(None)).scalar_subquery(),
    )  # fmt: skip
    languages = tuple(record.languages())
    with record.asking() as connection:
        articles, copies, events, contested, statements, actors, outlets_, first, last = connection.execute(query).one()
    return Overview(articles, copies, events, contested, statements, actors, outlets_, languages, first, last)


def calendar(record: Record) -> list[Cell]:
    """All events by month and type. Only an index is read, so that it is quick for millions."""
    month = _month(record, _event.day)
    query = sa.select(month, _event.type, sa.func.count()).group_by(month, _event.type).order_by(month, _event.type)
    with record.asking() as connection:
        found = connection.execute(query).all()
        quads = {name: facts.quad for name, facts in ontology.load().types.items()}
        for name in {row[1] for row in found} - set(quads):  # a type of the user's own
            one = sa.select(_event.quad).where(_event.type == name).limit(1)
            quads[name] = connection.execute(one).scalar_one()
    return [Cell(month, type, quads[type], events) for month, type, events in found]


def monthly(record: Record, asked: Question) -> list[Cell]:
    """The events asked for by month and type."""
    conditions = of_events(asked, record.engine.dialect.name)
    return _cells(record, sa.select(_event.id).where(*conditions).subquery())


def activity(record: Record, who: Party, role: str | None = None) -> list[Cell]:
    """The events that a party has a part in, as actor or recipient or either, by month and type."""
    roles = (role,) if role else PARTS
    found = sa.select(_party.event_id.label("id")).where(*is_party(_party, who), _party.role.in_(roles)).distinct()
    return _cells(record, found.subquery())


def _cells(record: Record, found: sa.Subquery) -> list[Cell]:
    month = _month(record, _event.day)
    query = (
        sa.select(month, _event.type, _event.quad, sa.func.count(), contested(), sa.func.avg(_event.score))
        .select_from(found)
        .join(schema.event, _event.id == found.c.id)
        .group_by(month, _event.type, _event.quad)
        .order_by(month, _event.type)
    )
    rows = fetched(record, query)
    return [
        Cell(month, type, quad, events, denied, round(float(score), 2))
        for month, type, quad, events, denied, score in rows
    ]


def spots(record: Record, asked: Question, limit: int) -> list[Spot]:
    """Where the events asked for were, the most frequent places first."""
    place = schema.article_place.c
    # Names are those of the articles: one place may have several, and the first in the alphabet stands for it.
    settled = sa.case((place.latitude.is_(None), place.country))
    by = (place.latitude, place.longitude, place.country, settled)
    events = sa.func.count()
    query = (
        sa.select(sa.func.min(place.name), *by[2::-1], events, of_quad("conflict"), contested())
        .select_from(schema.event)
        .join(schema.article_place, sa.and_(place.article_id == _event.article_id, place.key == _event.place))
        .where(_event.place.isnot(None), sa.or_(place.latitude.isnot(None), place.country.isnot(None)))
        .where(*of_events(asked, record.engine.dialect.name))
        .group_by(*by)
        .order_by(events.desc(), sa.func.min(place.name))
        .limit(limit)
    )
    return [Spot(name, country, lat, lon, *rest) for name, country, lon, lat, *rest in fetched(record, query)]


def fetched(record: Record, query: Any) -> list[Any]:
    """The rows of a query."""
    with record.asking() as connection:
        return list(connection.execute(query).all())


def table_of(columns: Any) -> Any:
    """The table that columns are of."""
    return next(iter(columns)).table


def _month(record: Record, day: ColumnElement[Any]) -> ColumnElement[Any]:
    if record.engine.dialect.name == "sqlite":
        return sa.func.substr(day, 1, 7, type_=sa.Text())
    return sa.func.to_char(day, "YYYY-MM", type_=sa.Text())


def contested() -> ColumnElement[int]:
    """How many of the events at hand somebody denies."""
    return share(_event.denied)


def of_quad(ending: str) -> ColumnElement[int]:
    """How many of the events at hand are cooperation, or conflict."""
    return share(_event.quad, ending)


def share(column: ColumnElement[Any], ending: str | None = None) -> ColumnElement[int]:
    """How many of the rows at hand have this column true, or ending so."""
    holds = column.is_(True) if ending is None else column.endswith(ending)
    return sa.func.coalesce(sa.func.sum(sa.case((holds, 1), else_=0)), 0)
