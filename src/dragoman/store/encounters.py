"""Who has to do with whom: partners of a party, the busiest pairs, what was done and told last.

In: a `Record` and a `Party`. Out: small frozen rows, counted by the database, or rows of the view `events`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from dragoman.store import schema
from dragoman.store.answer import answer_rows, columns_of
from dragoman.store.lead import is_dyad, is_party, meets
from dragoman.store.question import Party
from dragoman.store.record import Record
from dragoman.store.rows import PARTS
from dragoman.store.summaries import contested, fetched, of_quad, share, table_of

_event, _party = schema.event.c, schema.event_party.c


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


def directions(record: Record, one: Party, other: Party) -> tuple[int, int, int]:
    """How many events one does to the other, the other to one, and both together."""
    one_way, back = _party.role == "actor", _party.role == "recipient"
    together = sa.and_(_party.role == "actor", _party.reciprocal.is_(True))
    counts = (
        sa.func.count(sa.distinct(sa.case((condition, _party.event_id))))
        for condition in (sa.and_(one_way, _party.reciprocal.is_(False)), back, together)
    )
    query = sa.select(*counts).where(*is_party(_party, one), meets(_party, other))
    if one.country and other.country:  # their events are known, and are fewer than those of either
        dyad = schema.event_dyad.c
        query = query.where(_party.event_id.in_(sa.select(dyad.event_id).where(is_dyad(dyad, one, other))))
    there, back, both = fetched(record, query)[0]
    return there, back, both


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
    with record.asking() as connection:
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
        .select_from(sa.join(table_of(own), table_of(second), sa.and_(second.event_id == own.event_id, sides)))
        .join(schema.actor, schema.actor.c.id == second.actor_id)
        .where(*is_party(own, who), own.role.in_(PARTS))
        .distinct()
        .subquery()
    )
    events = sa.func.count()
    query = (
        sa.select(met.c.country, met.c.name, events, of_quad("cooperation"), of_quad("conflict"), contested())
        .select_from(met)
        .join(schema.event, _event.id == met.c.event_id)
        .group_by(met.c.country, met.c.name)
        .order_by(events.desc(), met.c.country, met.c.name)
        .limit(limit)
    )
    return [Partner(*row) for row in fetched(record, query)]


def pairs(record: Record, limit: int, among: int = 20_000) -> list[Pair]:
    """The countries that have most to do with each other in the newest events; only so many are looked at."""
    newest = sa.select(_event.id, _event.quad, _event.denied).order_by(_event.day.desc().nulls_last()).limit(among)
    recent = newest.subquery().c
    one, other = schema.event_party.alias("one").c, schema.event_party.alias("other").c
    first = sa.case((one.country < other.country, one.country), else_=other.country).label("one")
    second = sa.case((one.country < other.country, other.country), else_=one.country).label("other")
    met = (
        sa.select(recent.id, recent.quad, recent.denied, first, second)
        .join_from(table_of(recent), table_of(one), one.event_id == recent.id)
        .join(table_of(other), other.event_id == recent.id)
        .where(one.role == "actor", one.country != other.country)
        .where(sa.or_(other.role == "recipient", sa.and_(other.role == "actor", one.reciprocal.is_(True))))
        .distinct()
        .subquery()
        .c
    )
    events = sa.func.count()
    cooperation, conflict = (share(met.quad, ending) for ending in ("cooperation", "conflict"))
    query = sa.select(met.one, met.other, events, cooperation, conflict, share(met.denied)).group_by(met.one, met.other)
    return [Pair(*row) for row in fetched(record, query.order_by(events.desc(), met.one, met.other).limit(limit))]
