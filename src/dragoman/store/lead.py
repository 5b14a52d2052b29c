"""Which condition leads: whose index gives the events of a question in the order of their days.

In: a question. Out: the rows to go through, newest first, until enough events are found of which the rest holds. Of several
conditions the rarest leads. Looking is cheap: counting stops at a few thousand.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Connection

from dragoman.store import schema
from dragoman.store.question import Party, Question
from dragoman.store.rows import PARTS
from dragoman.text.folding import fold

ENOUGH = 5_000  # rows; more are not counted
Condition = ColumnElement[bool]


@dataclass(frozen=True, slots=True)
class Lead:
    """Rows that are gone through in the order of `day`: the column that names the event, and what must hold of a row."""

    id: ColumnElement[Any]
    day: ColumnElement[Any]
    conditions: list[Condition]


def driver(q: Question, connection: Connection) -> tuple[Lead | None, Question]:
    """The condition that leads and what remains to be asked; None where the columns of events themselves lead."""
    party, dyad = schema.event_party.c, schema.event_dyad.c
    mode, context = schema.event_mode.c, schema.event_context.c
    options: list[tuple[Lead, Question]] = []

    def option(table: Any, conditions: list[Condition], **answered: Any) -> None:
        options.append((Lead(table.event_id, table.day, conditions), replace(q, **answered)))

    if q.between:
        one, other = q.between
        if are_countries(one, other):
            option(dyad, [is_dyad(dyad, one, other)], **({} if are_more(one, other) else {"between": None}))
        else:
            for a, b in ((one, other), (other, one)):
                option(party, [*is_party(party, a), meets(party, b)], between=None)
    if q.party:
        option(party, [party.role.in_(PARTS), *is_party(party, q.party)], party=None)
    for field, role in (
        ("actor", "actor"),
        ("recipient", "recipient"),
        ("according_to", "source"),
        ("denied_by", "denier"),
    ):
        who = getattr(q, field)
        if isinstance(who, Party):
            option(party, [party.role == role, *is_party(party, who)], **{field: None})
    if len(q.mode) == 1:
        option(mode, [mode.mode == q.mode[0]], mode=())
    if len(q.context) == 1:
        option(context, [context.context == q.context[0]], context=())
    if not options:
        return None, q
    if len(options) == 1:
        return options[0]
    return min(options, key=lambda one: _rows(one[0], connection))


def _rows(lead: Lead, connection: Connection) -> int:
    """How many rows there are to go through; lookups for each row are left out of the count."""
    plain = [condition for condition in lead.conditions if not isinstance(condition, sa.Exists)]
    return _count(sa.select(lead.id).where(*plain), connection)


def is_frequent(found: Any, connection: Connection) -> bool:
    """Whether a selection has very many rows."""
    return _count(sa.select(sa.text("1")).select_from(found.columns(sa.column("id")).subquery()), connection) >= ENOUGH


def _count(query: Any, connection: Connection) -> int:
    return connection.execute(sa.select(sa.func.count()).select_from(query.limit(ENOUGH).subquery())).scalar_one()


def are_countries(one: Party, other: Party) -> bool:
    """Whether the countries of the two are known, so that an index has the events that they are between."""
    return bool(one.country and other.country)


def are_more(one: Party, other: Party) -> bool:
    """Whether more is known of the two than their countries."""
    return any((one.sector, one.name, other.sector, other.name))


def is_dyad(row: Any, one: Party, other: Party) -> Condition:
    """That a row is of an event between the countries of the two."""
    first, second = sorted((one.country or "", other.country or ""))
    return sa.and_(row.one == first, row.other == second)


def meets(row: Any, other: Party) -> Condition:
    """That the party of a row has to do with the other: as actor with recipient, or as two that act together."""
    second = schema.event_party.alias("second").c
    sides = sa.or_(
        sa.and_(row.role == "actor", second.role == "recipient"),
        sa.and_(row.role == "recipient", second.role == "actor"),
        sa.and_(row.role == "actor", second.role == "actor", row.reciprocal.is_(True), row.position != second.position),
    )
    return sa.exists().where(second.event_id == row.event_id, sides, *is_party(second, other))


def is_party(table: Any, party: Party) -> list[Condition]:
    """That a row about a party is about this one."""
    found: list[Condition] = []
    if party.country:
        found.append(table.country == party.country)
    if party.sector:
        found.append(table.sector == party.sector)
    if party.name:
        found.append(table.actor_id.in_(sa.select(schema.actor.c.id).where(named(party.name))))
    return found


def named(name: str) -> Condition:
    """That an actor's name holds these words, whatever their case and accents."""
    return schema.actor.c.folded.contains(fold(name), autoescape=True)
