"""From a question to the rows that answer it.

In: a `Question`. Out: a selection of numbers of events, statements, articles or actors, in the order asked for; answer.py
fetches what the views say of them. Each condition is a set of events (statements, articles) that an index gives.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Select, Table

from dragoman.store import fulltext, schema
from dragoman.store.errors import QuestionError
from dragoman.store.fulltext import fold
from dragoman.store.question import ANONYMOUS, OWN_VOICE, Party, Question

Kind = Literal["events", "statements", "articles", "actors"]
Condition = ColumnElement[bool]
Numbers = Select[*tuple[Any, ...]]


def numbers(kind: Kind, question: Question, dialect: str) -> Numbers:
    """The numbers of what is asked for, sorted and limited; for actors also how many events each has part in."""
    if kind == "actors":
        return _actors(question, dialect)
    table, conditions = _KINDS[kind]
    query = sa.select(table.c.id).where(*conditions(question, dialect))
    return query.order_by(*_order(kind, question.sort)).limit(question.limit)


def selected(question: Question, dialect: str) -> Numbers:
    """The events asked for as numbers of articles and keys in them, in the order in which they were added."""
    event = schema.event.c
    query: Numbers = sa.select(event.article_id, event.key).where(*_events(question, dialect))
    return query.order_by(event.article_id, event.position)


# ---- events ----------------------------------------------------------------------------------------------------------


def _events(q: Question, dialect: str) -> list[Condition]:
    event = schema.event.c
    found = [
        *_shared(q, schema.event, dialect),
        *_among(event.type, q.type), *_among(event.certainty, q.certainty), *_among(event.polarity, q.polarity),
        *_among(event.time, q.time),
    ]  # fmt: skip
    if q.between:
        found.append(event.id.in_(_between(*q.between)))
    for party, role in ((q.actor, "actor"), (q.recipient, "recipient"), (q.denied_by, "denier")):
        if party:
            found.append(event.id.in_(_with_party(party, role)))
    if q.according_to == OWN_VOICE:
        found.append(event.attributed.is_(False))
    elif q.according_to == ANONYMOUS:
        told = schema.event_statement.c
        found.append(
            event.id.in_(
                sa.select(told.event_id)
                .join(schema.statement, schema.statement.c.id == told.statement_id)
                .where(told.relation == "according_to", schema.statement.c.anonymous.is_(True))
            )
        )
    elif isinstance(q.according_to, Party):
        found.append(event.id.in_(_with_party(q.according_to, "source")))
    if q.denied is not None:
        found.append(event.denied.is_(q.denied))
    if q.mode:
        found.append(event.id.in_(sa.select(schema.event_mode.c.event_id).where(schema.event_mode.c.mode.in_(q.mode))))
    if q.context:
        contexts = schema.event_context.c
        found.append(event.id.in_(sa.select(contexts.event_id).where(contexts.context.in_(q.context))))
    if q.facts:
        found += [
            event.polarity == "affirmed", event.certainty == "certain", event.time.in_(("past", "present")),
            event.attributed.is_(False), event.denied.is_(False),
        ]  # fmt: skip
    if q.stance:
        told, statement = schema.event_statement.c, schema.statement.c
        found.append(
            event.id.in_(
                sa.select(told.event_id)
                .join(schema.statement, statement.id == told.statement_id)
                .where(statement.stance.in_(q.stance))
            )
        )
    return found


def _with_party(party: Party, role: str) -> Numbers:
    """The events in which somebody has a role."""
    table = schema.event_party.c
    return sa.select(table.event_id).where(table.role == role, *_is(table, party))


def _between(one: Party, other: Party) -> Numbers:
    """The events of which one is an actor and the other the recipient, or of which both are actors and there is none."""
    first, second = schema.event_party.alias("first"), schema.event_party.alias("second")

    def pair(a: Party, b: Party, role: str) -> Numbers:
        joined = sa.select(first.c.event_id).join(second, second.c.event_id == first.c.event_id)
        conditions = [first.c.role == "actor", second.c.role == role, *_is(first.c, a), *_is(second.c, b)]
        if role == "actor":
            conditions += [first.c.reciprocal.is_(True), first.c.position != second.c.position]
        return joined.where(*conditions)

    return sa.select(
        sa.union(pair(one, other, "recipient"), pair(other, one, "recipient"), pair(one, other, "actor")).subquery()
    )


def _is(table: Any, party: Party) -> list[Condition]:
    """That a row about a party is about this one."""
    found: list[Condition] = []
    if party.country:
        found.append(table.country == party.country)
    if party.sector:
        found.append(table.sector == party.sector)
    if party.name:
        found.append(table.actor_id.in_(sa.select(schema.actor.c.id).where(_named(party.name))))
    return found


def _named(name: str) -> Condition:
    """That an actor's name holds these words, whatever their case and accents."""
    return schema.actor.c.folded.contains(fold(name), autoescape=True)


# ---- statements and articles -----------------------------------------------------------------------------------------


def _statements(q: Question, dialect: str) -> list[Condition]:
    statement = schema.statement.c
    found = [
        *_shared(q, schema.statement, dialect),
        *_among(statement.stance, q.stance), *_among(statement.polarity, q.polarity),
    ]  # fmt: skip
    if q.according_to == OWN_VOICE:
        raise QuestionError(f"according-to {OWN_VOICE}: a statement is always somebody's; ask for events")
    if q.according_to == ANONYMOUS:
        found.append(statement.anonymous.is_(True))
    party = schema.statement_party.c
    for source in (q.according_to, q.actor):
        if isinstance(source, Party):
            found.append(statement.id.in_(sa.select(party.statement_id).where(*_is(party, source))))
    if q.about_events:
        told = schema.event_statement.c
        plain = replace(q, actor=None, according_to=None, polarity=(), stance=())
        events = sa.select(schema.event.c.id).where(*_events(plain, dialect))
        found.append(statement.id.in_(sa.select(told.statement_id).where(told.event_id.in_(events))))
    return found


def _articles(q: Question, dialect: str) -> list[Condition]:
    article = schema.article.c
    found = [*_of_article(q, dialect), *_among(article.language, q.language), *_among(article.outlet, q.outlet)]
    if q.since:
        found.append(article.published_start >= q.since)
    if q.until:
        found += [article.published_start <= q.until, article.published_end <= q.until]
    if q.independent:
        found.append(article.copy_of.is_(None))
    if q.about_events or q.actor or q.according_to or q.polarity or q.stance:
        plain = replace(q, since=None, until=None, text=None, article=())
        found.append(article.id.in_(sa.select(schema.event.c.article_id).where(*_events(plain, dialect))))
    return found


def _of_article(q: Question, dialect: str) -> list[Condition]:
    """What is asked of the article itself."""
    found = _among(schema.article.c.key, q.article)
    if q.text is not None:
        found.append(schema.article.c.text_id.in_(fulltext.matching(q.text, dialect)))
    return found


def _shared(q: Question, table: Table, dialect: str) -> list[Condition]:
    """What is asked of events and of statements alike."""
    found = [*_among(table.c.language, q.language), *_among(table.c.outlet, q.outlet)]
    if q.since:
        found.append(table.c.day >= q.since)
    if q.until:
        found += [table.c.day <= q.until, table.c.day_end <= q.until]
    if q.independent:
        found.append(table.c.copy.is_(False))
    if of_article := _of_article(q, dialect):
        found.append(table.c.article_id.in_(sa.select(schema.article.c.id).where(*of_article)))
    return found


# ---- actors ----------------------------------------------------------------------------------------------------------


def _actors(q: Question, dialect: str) -> Numbers:
    """Actors by the number of events that they have part in, of those that the rest of the question asks for."""
    party = schema.event_party.c
    count = sa.func.count(party.event_id.distinct() if q.actor and q.actor.name else party.event_id)
    query: Numbers = sa.select(party.actor_id, count.label("events")).where(party.role.in_(("actor", "recipient")))
    if q.actor:
        query = query.where(*_is(party, q.actor))
    conditions = _events(replace(q, actor=None), dialect)
    if conditions:
        query = query.where(party.event_id.in_(sa.select(schema.event.c.id).where(*conditions)))
    return query.group_by(party.actor_id).order_by(count.desc(), party.actor_id).limit(q.limit)


# ---- order -----------------------------------------------------------------------------------------------------------


def _order(kind: Kind, sort: str) -> list[ColumnElement[Any]]:
    """Newest first unless asked otherwise; what has no day comes last there, and first where the oldest does."""
    table = _KINDS[kind][0].c
    day = table.published_start if kind == "articles" else table.day
    orders: dict[str, list[ColumnElement[Any]]] = {
        "date": [day.desc().nulls_last(), table.id.desc()],
        "oldest": [day.asc().nulls_first(), table.id],
        "added": [table.id],
    }
    if kind == "events":
        orders["score"] = [table.score, table.id]
        orders["type"] = [table.type, day.desc().nulls_last(), table.id.desc()]
    if sort not in orders:
        raise QuestionError(f"sort {sort!r}: {kind} are sorted by {', '.join(orders)}")
    return orders[sort]


def _among(column: ColumnElement[Any], values: tuple[str, ...]) -> list[Condition]:
    if not values:
        return []
    return [column == values[0] if len(values) == 1 else column.in_(values)]


_KINDS: dict[str, tuple[Table, Callable[[Question, str], list[Condition]]]] = {
    "events": (schema.event, _events),
    "statements": (schema.statement, _statements),
    "articles": (schema.article, _articles),
}
