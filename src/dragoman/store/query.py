"""From a question to the rows that answer it.

In: a `Question`. Out: a selection of numbers of events, statements, articles or actors, in the order asked for; answer.py
fetches what the views say of them. Each condition is a set of events (statements, articles) that an index gives.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Connection, Select, Table

from dragoman.store import fulltext, schema
from dragoman.store.errors import QuestionError
from dragoman.store.lead import Lead, are_countries, are_more, driver, is_dyad, is_frequent, is_party, meets, named
from dragoman.store.question import ANONYMOUS, OWN_VOICE, Party, Question
from dragoman.store.rows import PARTS
from dragoman.world.countries import read_countries

RECENT = 1_000  # articles or statements that are looked at first
_COORDINATES = re.compile(r"(-?\d+(?:\.\d+)?),\s*(-?\d+(?:\.\d+)?)")
Kind = Literal["events", "statements", "articles", "actors"]
Condition = ColumnElement[bool]
Numbers = Select[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Key:
    """What rows are sorted by: columns."""

    id: ColumnElement[Any]
    day: ColumnElement[Any] = field(default_factory=sa.null)
    score: ColumnElement[Any] = field(default_factory=sa.null)
    kind: ColumnElement[Any] = field(default_factory=sa.null)
    count: ColumnElement[Any] = field(default_factory=sa.null)


def numbers(
    kind: Kind, question: Question, connection: Connection, part: Callable[[Key], list[Condition]] | None = None
) -> Numbers:
    """The numbers of what is asked for, sorted and limited; for actors also how many parts each has in such events. `part` is
    what else must hold of what they are sorted by (paging.py)."""
    dialect = connection.dialect.name
    if kind == "actors":
        return _actors(question, dialect, part)
    order = _order(kind, question.sort)
    if kind == "events" and question.sort in ("date", "oldest"):
        lead, rest = driver(question, connection)
        if lead is not None:
            return _led(lead, rest, dialect, part)
    table, conditions = _KINDS[kind]
    behind = _behind(part, _key(kind))
    if (recent := _recent(kind, question, order, connection, behind)) is not None:
        return recent
    found = [*conditions(question, dialect), *_about(kind, question, dialect)]
    if (
        kind == "events"
        and question.text is not None
        and is_frequent(fulltext.matching(question.text, dialect), connection)
    ):
        found = _events(question, dialect, frequent=True)
    return sa.select(table.c.id).where(*found, *behind).order_by(*order).limit(question.limit)


def _key(kind: Kind) -> Key:
    if kind == "events":
        event = schema.event.c
        return Key(event.id, event.day, event.score, event.type)
    return (
        Key(schema.article.c.id, schema.article.c.published_start)
        if kind == "articles"
        else Key(schema.statement.c.id, schema.statement.c.day)
    )


def _behind(part: Callable[[Key], list[Condition]] | None, key: Key) -> list[Condition]:
    return part(key) if part else []


def _led(lead: Lead, rest: Question, dialect: str, part: Callable[[Key], list[Condition]] | None) -> Numbers:
    """The events that an index gives in the order of their days, as far as everything else holds of them."""
    query: Numbers = sa.select(lead.id).where(*lead.conditions, *_behind(part, Key(lead.id, lead.day)))
    if rest.since:
        query = query.where(lead.day >= rest.since)
    if rest.until:
        query = query.where(lead.day <= rest.until)
    if conditions := _events(rest, dialect, each=True):
        query = query.join(schema.event, schema.event.c.id == lead.id).where(*conditions)
    newest = rest.sort == "date"
    order = [lead.day.desc().nulls_last(), lead.id.desc()] if newest else [lead.day.asc().nulls_first(), lead.id]
    return query.group_by(lead.day, lead.id).order_by(*order).limit(rest.limit)


def selected(question: Question, dialect: str) -> Numbers:
    """The events asked for as numbers of articles and keys in them, in the order in which they were added."""
    event = schema.event.c
    query: Numbers = sa.select(event.article_id, event.key).where(*_events(question, dialect))
    return query.order_by(event.article_id, event.position)


def of_events(question: Question, dialect: str) -> list[Condition]:
    """What must hold of the events asked for, for those who count them."""
    return _events(question, dialect)


# ---- events ----------------------------------------------------------------------------------------------------------


def _events(q: Question, dialect: str, *, each: bool = False, frequent: bool = False) -> list[Condition]:
    """What must hold of an event. With `each` it is looked up for each event at hand, else sets of events are met; with
    `frequent` so many texts match that events are better gone through by day."""
    event = schema.event.c

    def some(table: Table, conditions: Callable[[Any], list[Condition]]) -> Condition:
        if each:
            row = table.alias()  # the events at hand may come from the same table
            return sa.exists().where(row.c.event_id == event.id, *conditions(row.c))
        return event.id.in_(sa.select(table.c.event_id).where(*conditions(table.c)))

    def value(column: ColumnElement[Any]) -> ColumnElement[Any]:
        """Of the event at hand: else its own few would be looked for among all events of that mode or context."""
        return sa.func.coalesce(column, "") if each else column

    told = schema.event_statement
    found = [
        *_shared(q, schema.event, dialect, indexed=not (each or frequent)),
        *_among(event.type, q.type), *_among(event.certainty, q.certainty), *_among(event.polarity, q.polarity),
        *_among(event.time, q.time),
    ]  # fmt: skip
    if q.between:
        one, other = q.between
        if are_countries(one, other):
            found.append(some(schema.event_dyad, lambda row: [is_dyad(row, one, other)]))
        if are_more(one, other) or not are_countries(one, other):
            found.append(some(schema.event_party, lambda row: [*is_party(row, one), meets(row, other)]))
    if q.party:
        found.append(some(schema.event_party, functools.partial(_has_part, q.party)))
    if q.place:
        found.append(_is_at(q.place))
    source = q.according_to if isinstance(q.according_to, Party) else None
    for who, role in ((q.actor, "actor"), (q.recipient, "recipient"), (q.denied_by, "denier"), (source, "source")):
        if who:
            found.append(some(schema.event_party, functools.partial(_has_role, role, who)))
    if q.according_to == OWN_VOICE:
        found.append(event.attributed.is_(False))
    elif q.according_to == ANONYMOUS:
        anonymous = sa.select(schema.statement.c.id).where(schema.statement.c.anonymous.is_(True))
        found.append(some(told, lambda row: [row.relation == "according_to", row.statement_id.in_(anonymous)]))
    if q.denied is not None:
        found.append(event.denied.is_(q.denied))
    if q.mode:
        found.append(some(schema.event_mode, lambda row: [value(row.mode).in_(q.mode)]))
    if q.context:
        found.append(some(schema.event_context, lambda row: [value(row.context).in_(q.context)]))
    if q.facts:
        found += [
            event.polarity == "affirmed", event.certainty == "certain", event.time.in_(("past", "present")),
            event.attributed.is_(False), event.denied.is_(False),
        ]  # fmt: skip
    if q.stance:
        stances = sa.select(schema.statement.c.id).where(schema.statement.c.stance.in_(q.stance))
        found.append(some(told, lambda row: [row.statement_id.in_(stances)]))
    return found


def _has_part(who: Party, row: Any) -> list[Condition]:
    return [row.role.in_(PARTS), *is_party(row, who)]


def _is_at(words: str) -> Condition:
    """That an event is at a place: "UKR" is a country, "46.486,30.744" a settled place, anything else a name."""
    place, event = schema.article_place.alias().c, schema.event.c  # who counts places has them already
    if settled := _COORDINATES.fullmatch(words):
        there = [place.latitude == float(settled[1]), place.longitude == float(settled[2])]
    elif words in read_countries():
        there = [place.country == words]
    else:
        there = [sa.func.lower(place.name) == words.lower()]
    return sa.exists().where(place.article_id == event.article_id, place.key == event.place, *there)


def _has_role(role: str, who: Party, row: Any) -> list[Condition]:
    return [row.role == role, *is_party(row, who)]


# ---- statements and articles -----------------------------------------------------------------------------------------


def _statements(q: Question, dialect: str, *, frequent: bool = False) -> list[Condition]:
    statement = schema.statement.c
    found = [
        *_shared(q, schema.statement, dialect, indexed=not frequent),
        *_among(statement.stance, q.stance), *_among(statement.polarity, q.polarity),
    ]  # fmt: skip
    if q.according_to == OWN_VOICE:
        raise QuestionError(f"according-to {OWN_VOICE}: a statement is always somebody's; ask for events")
    if q.according_to == ANONYMOUS:
        found.append(statement.anonymous.is_(True))
    party = schema.statement_party.c
    for source in (q.according_to, q.actor):
        if isinstance(source, Party):
            found.append(statement.id.in_(sa.select(party.statement_id).where(*is_party(party, source))))
    if q.confirmed:
        found.append(_confirmed(statement.article_id, "statement", statement.key))
    return found


def _articles(q: Question, dialect: str, *, frequent: bool = False) -> list[Condition]:
    article = schema.article.c
    found = [
        *_of_article(q, dialect, indexed=not frequent),
        *_among(article.language, q.language),
        *_among(article.outlet, q.outlet),
    ]
    if q.since:
        found.append(article.published_start >= q.since)
    if q.until:
        found += [article.published_start <= q.until, article.published_end <= q.until]
    if q.independent:
        found.append(article.copy_of.is_(None))
    if q.confirmed:
        found.append(_confirmed(article.id))
    return found


def _recent(
    kind: Kind, q: Question, order: Sequence[Any], connection: Connection, behind: Sequence[Condition]
) -> Numbers | None:
    """Articles or statements about events, looked for among the first few of all: events that many tell of need not be
    gathered then. None where that does not give as many as are asked for."""
    dialect = connection.dialect.name
    table, conditions = _KINDS[kind]
    about = _about(kind, q, dialect, each=True)
    if not about or q.limit is None or q.limit > RECENT:
        return None
    first = sa.select(table.c.id).where(*conditions(q, dialect), *behind)
    first = first.order_by(*order).limit(RECENT).correlate(None)
    query = sa.select(table.c.id).where(table.c.id.in_(first), *about).order_by(*order).limit(q.limit)
    return query if len(connection.execute(query).all()) == q.limit else None


def _about(kind: Kind, q: Question, dialect: str, *, each: bool = False) -> list[Condition]:
    """What is asked of the events of an article, or of those that are told or denied in a statement. What is asked of the
    article is left to the article. With `each` they are looked up for each at hand."""
    event, told = schema.event.c, schema.event_statement.c
    plain = replace(q, text=None, article=(), language=(), outlet=(), independent=False)
    if kind == "statements" and q.about_events:
        events = _events(replace(plain, actor=None, according_to=None, polarity=(), stance=()), dialect, each=each)
        here = sa.select(told.statement_id).join(schema.event, event.id == told.event_id).where(*events)
        statement = schema.statement.c.id
        return [here.where(told.statement_id == statement).exists() if each else statement.in_(here)]
    if kind == "articles" and (q.about_events or q.actor or q.according_to or q.polarity or q.stance):
        events = _events(replace(plain, since=None, until=None), dialect, each=each)
        here = sa.select(event.article_id).where(*events)
        article = schema.article.c.id
        return [here.where(event.article_id == article).exists() if each else article.in_(here)]
    return []


def _confirmed(
    article: ColumnElement[Any], kind: str | None = None, key: ColumnElement[Any] | None = None
) -> Condition:
    """That a person holds something of an article to be right: some event or statement, or the finding of that key.

    Of events it need not be asked: a record that confirmed ones are asked of (confirmed.py) has no others.
    """
    made = schema.correction.c
    kinds = ("event", "statement") if kind is None else (kind,)
    found = [made.article_id == article, made.kind.in_(kinds), made.stands.is_(True), made.verdict != "rejected"]
    return sa.exists().where(*found, *([] if key is None else [made.finding == key]))


def _of_article(q: Question, dialect: str, *, indexed: bool = True) -> list[Condition]:
    """What is asked of the article itself. Without `indexed` its text is no way to get at it."""
    found = _among(schema.article.c.key, q.article)
    if q.text is not None:
        text = schema.article.c.text_id if indexed else schema.article.c.text_id + 0
        found.append(text.in_(fulltext.matching(q.text, dialect)))
    return found


def _shared(q: Question, table: Table, dialect: str, *, indexed: bool = True) -> list[Condition]:
    """What is asked of events and of statements alike. Without `indexed` articles are no way to get at them."""
    found = [*_among(table.c.language, q.language), *_among(table.c.outlet, q.outlet)]
    if q.since:
        found.append(table.c.day >= q.since)
    if q.until:
        found += [table.c.day <= q.until, table.c.day_end <= q.until]
    if q.independent:
        found.append(table.c.copy.is_(False))
    if of_article := _of_article(q, dialect):
        article = table.c.article_id if indexed else table.c.article_id + 0
        found.append(article.in_(sa.select(schema.article.c.id).where(*of_article)))
    return found


# ---- actors ----------------------------------------------------------------------------------------------------------


def _actors(q: Question, dialect: str, part: Callable[[Key], list[Condition]] | None) -> Numbers:
    """Actors by the number of parts that they have in events, of those that the rest of the question asks for."""
    party, actor = schema.event_party.c, schema.actor.c
    by_type = q.type if not _events(replace(q, actor=None, type=()), dialect) else ()  # an index has them by actor
    conditions = [] if by_type else _events(replace(q, actor=None), dialect)
    if not conditions and not by_type and not (q.actor and q.actor.sector):  # these are counted as they are stored
        behind = _behind(part, Key(actor.id, count=actor.events))
        query: Numbers = sa.select(actor.id, actor.events).where(actor.events > 0, *behind)
        if q.actor and q.actor.country:
            query = query.where(actor.country == q.actor.country)
        if q.actor and q.actor.name:
            query = query.where(named(q.actor.name))
        return query.order_by(actor.events.desc(), actor.id).limit(q.limit)
    count = sa.func.count()
    query = sa.select(party.actor_id, count.label("events")).where(party.role.in_(PARTS), *_among(party.type, by_type))
    if q.actor:
        query = query.where(*is_party(party, q.actor))
    if conditions:
        query = query.where(party.event_id.in_(sa.select(schema.event.c.id).where(*conditions)))
    query = query.group_by(party.actor_id).having(*_behind(part, Key(party.actor_id, count=count)))
    return query.order_by(count.desc(), party.actor_id).limit(q.limit)


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
        orders["type"] = [table.type, day.asc().nulls_first(), table.id]
    if sort not in orders:
        raise QuestionError(f"sort {sort!r}: {kind} are sorted by {', '.join(orders)}")
    return orders[sort]


def _among(column: ColumnElement[Any], values: tuple[str, ...]) -> list[Condition]:
    if not values:
        return []
    return [column == values[0] if len(values) == 1 else column.in_(values)]


_KINDS: dict[str, tuple[Table, Callable[..., list[Condition]]]] = {
    "events": (schema.event, _events),
    "statements": (schema.statement, _statements),
    "articles": (schema.article, _articles),
}
