"""Counts of what is in a record: by month and type, by place, who meets whom.

In: a `Record` and a `Question` or a `Party`. Out: small frozen rows, counted by the database. An event counts once however
many of its parties fit; one without a day has no month.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Select

from dragoman import ontology
from dragoman.store import schema
from dragoman.store.answer import answer_rows, columns_of
from dragoman.store.corrections import changes
from dragoman.store.lead import is_party, meets
from dragoman.store.query import of_events
from dragoman.store.question import Party, Question
from dragoman.store.record import Record
from dragoman.store.rows import PARTS
from dragoman.store.transactions import reading, told

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
class Partner:
    """Whom a party has to do with, by country or PLOVER code, or by name where it has none."""

    country: str | None
    name: str | None
    events: int
    cooperation: int
    conflict: int
    contested: int


@dataclass(frozen=True, slots=True)
class Pair:
    """Two countries, in the order of the alphabet, and the events between them."""

    one: str
    other: str
    events: int
    cooperation: int
    conflict: int
    contested: int


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
    with told(record.where), reading(record.engine) as connection:
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
    with told(record.where), reading(record.engine) as connection:
        *counts, first, last = connection.execute(query).one()
    return Overview(*counts, languages, first, last)


def calendar(record: Record) -> list[Cell]:
    """All events by month and type. Only an index is read, so that it is quick for millions."""
    month = _month(record, _event.day)
    query = sa.select(month, _event.type, sa.func.count()).group_by(month, _event.type).order_by(month, _event.type)
    with told(record.where), reading(record.engine) as connection:
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
        sa.select(month, _event.type, _event.quad, sa.func.count(), _contested(), sa.func.avg(_event.score))
        .select_from(found)
        .join(schema.event, _event.id == found.c.id)
        .group_by(month, _event.type, _event.quad)
        .order_by(month, _event.type)
    )
    return [Cell(*row[:5], round(float(row[5]), 2)) for row in _all(record, query)]


def directions(record: Record, one: Party, other: Party) -> tuple[int, int, int]:
    """How many events one does to the other, the other to one, and both together."""
    one_way, back = _party.role == "actor", _party.role == "recipient"
    together = sa.and_(_party.role == "actor", _party.reciprocal.is_(True))
    counts = (
        sa.func.count(sa.distinct(sa.case((condition, _party.event_id))))
        for condition in (sa.and_(one_way, _party.reciprocal.is_(False)), back, together)
    )
    query = sa.select(*counts).where(*is_party(_party, one), meets(_party, other))
    return tuple(_all(record, query)[0])


def latest_of(record: Record, who: Party, limit: int) -> list[dict[str, Any]]:
    """The newest events that a party has a part in, as the view `events` has them."""
    return _newest(record, [*is_party(_party, who), _party.role.in_(PARTS)], [], limit)


def told_about(record: Record, who: Party, limit: int) -> list[dict[str, Any]]:
    """The newest events with a part of this party that others tell of, as the view `events` has them."""
    source = schema.event_party.alias("source").c
    itself = sa.exists().where(source.event_id == _party.event_id, source.role == "source", *is_party(source, who))
    return _newest(
        record, [*is_party(_party, who), _party.role.in_(PARTS), ~itself], [_event.attributed.is_(True)], limit
    )


def _newest(
    record: Record, party: list[ColumnElement[bool]], event: list[ColumnElement[bool]], limit: int
) -> list[dict[str, Any]]:
    query = sa.select(_party.event_id).where(*party)
    if event:
        query = query.join(schema.event, _event.id == _party.event_id).where(*event)
    query = query.group_by(_party.day, _party.event_id).order_by(_party.day.desc().nulls_last(), _party.event_id.desc())
    with told(record.where), reading(record.engine) as connection:
        found = answer_rows(connection, "events", query.limit(limit))
        return [dict(zip(columns_of("events"), row, strict=True)) for row in found]


def partners(record: Record, who: Party, limit: int) -> list[Partner]:
    """Whom a party has to do with, the most frequent first."""
    own, second = schema.event_party.alias("own").c, schema.event_party.alias("second").c
    sides = sa.or_(
        sa.and_(own.role == "actor", second.role == "recipient"),
        sa.and_(own.role == "recipient", second.role == "actor"),
        sa.and_(own.role == "actor", second.role == "actor", own.reciprocal.is_(True), own.position != second.position),
    )
    name = sa.case((second.country.is_(None), schema.actor.c.name))
    met = (
        sa.select(own.event_id, second.country, name.label("name"))
        .select_from(sa.join(_table(own), _table(second), sa.and_(second.event_id == own.event_id, sides)))
        .join(schema.actor, schema.actor.c.id == second.actor_id)
        .where(*is_party(own, who), own.role.in_(PARTS))
        .distinct()
        .subquery()
    )
    events = sa.func.count()
    query = (
        sa.select(met.c.country, met.c.name, events, _quads("cooperation"), _quads("conflict"), _contested())
        .select_from(met)
        .join(schema.event, _event.id == met.c.event_id)
        .group_by(met.c.country, met.c.name)
        .order_by(events.desc(), met.c.country, met.c.name)
        .limit(limit)
    )
    return [Partner(*row) for row in _all(record, query)]


def pairs(record: Record, limit: int, among: int = 20_000) -> list[Pair]:
    """The countries that have most to do with each other in the newest events; only so many are looked at."""
    newest = sa.select(_event.id, _event.quad, _event.denied).order_by(_event.day.desc().nulls_last()).limit(among)
    recent = newest.subquery().c
    one, other = schema.event_party.alias("one").c, schema.event_party.alias("other").c
    first = sa.case((one.country < other.country, one.country), else_=other.country).label("one")
    second = sa.case((one.country < other.country, other.country), else_=one.country).label("other")
    met = (
        sa.select(recent.id, recent.quad, recent.denied, first, second)
        .join_from(_table(recent), _table(one), one.event_id == recent.id)
        .join(_table(other), other.event_id == recent.id)
        .where(one.role == "actor", one.country != other.country)
        .where(sa.or_(other.role == "recipient", sa.and_(other.role == "actor", one.reciprocal.is_(True))))
        .distinct()
        .subquery()
        .c
    )
    events = sa.func.count()
    cooperation, conflict = (_share(met.quad, ending) for ending in ("cooperation", "conflict"))
    query = sa.select(met.one, met.other, events, cooperation, conflict, _share(met.denied)).group_by(
        met.one, met.other
    )
    return [Pair(*row) for row in _all(record, query.order_by(events.desc(), met.one, met.other).limit(limit))]


def spots(record: Record, asked: Question, limit: int) -> list[Spot]:
    """Where the events asked for were, the most frequent places first."""
    place = schema.article_place.c
    # Names are those of the articles: one place may have several, and the first in the alphabet stands for it.
    settled = sa.case((place.latitude.is_(None), place.country))
    by = (place.latitude, place.longitude, place.country, settled)
    events = sa.func.count()
    query = (
        sa.select(sa.func.min(place.name), *by[2::-1], events, _quads("conflict"), _contested())
        .select_from(schema.event)
        .join(schema.article_place, sa.and_(place.article_id == _event.article_id, place.key == _event.place))
        .where(_event.place.isnot(None), sa.or_(place.latitude.isnot(None), place.country.isnot(None)))
        .where(*of_events(asked, record.engine.dialect.name))
        .group_by(*by)
        .order_by(events.desc(), sa.func.min(place.name))
        .limit(limit)
    )
    return [Spot(name, country, lat, lon, *rest) for name, country, lon, lat, *rest in _all(record, query)]


def _all(record: Record, query: Select[Any]) -> list[Any]:
    with told(record.where), reading(record.engine) as connection:
        return list(connection.execute(query).all())


def _table(columns: Any) -> Any:
    return next(iter(columns)).table


def _month(record: Record, day: ColumnElement[Any]) -> ColumnElement[Any]:
    if record.engine.dialect.name == "sqlite":
        return sa.func.substr(day, 1, 7, type_=sa.Text())
    return sa.func.to_char(day, "YYYY-MM", type_=sa.Text())


def _contested() -> ColumnElement[int]:
    return _share(_event.denied)


def _quads(ending: str) -> ColumnElement[int]:
    return _share(_event.quad, ending)


def _share(column: ColumnElement[Any], ending: str | None = None) -> ColumnElement[int]:
    """How many of the rows at hand have this column true, or ending so."""
    holds = column.is_(True) if ending is None else column.endswith(ending)
    return sa.func.coalesce(sa.func.sum(sa.case((holds, 1), else_=0)), 0)
