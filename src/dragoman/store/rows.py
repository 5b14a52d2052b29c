"""From readings to rows of the tables.

In: a reading and the number of its article. Out: `Rows`, which gathers the rows of many readings and inserts them in one
go. load.py is the way back.
"""

from __future__ import annotations

import datetime
import itertools
import json
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Table

from dragoman.records import Actor, Event, Interval, Reading, Span, Statement
from dragoman.store import schema
from dragoman.text.folding import fold

_ORDER: tuple[Table, ...] = (
    schema.actor, schema.article_actor, schema.article_date, schema.article_place, schema.article_passages, schema.statement, schema.event,
    schema.event_party, schema.event_dyad, schema.event_mode, schema.event_context, schema.event_statement, schema.statement_party,
)  # fmt: skip
PARTS = ("actor", "recipient")
_NAMES = 500  # names asked for at once
Row = dict[str, Any]
_Entity = tuple[str, str, str | None]


def count_parts(connection: Connection, more: Mapping[int, int]) -> None:
    """Change the numbers of parts that actors have in events."""
    if more:
        table = schema.actor
        change = (
            sa.update(table)
            .where(table.c.id == sa.bindparam("number"))
            .values(events=table.c.events + sa.bindparam("more"))
        )
        connection.execute(change, [{"number": number, "more": count} for number, count in more.items()])


def passages_row(article: int, reading: Reading) -> Row:
    """The row of an article's passages."""
    data = [passage.to_list() for passage in reading.passages]
    return {"article_id": article, "data": zlib.compress(json.dumps(data, separators=(",", ":")).encode())}


def next_id(connection: Connection, table: Table) -> int:
    """The first number that no row of a table has. Only for a transaction that writes: writers take turns."""
    return (connection.execute(sa.select(sa.func.max(table.c.id))).scalar() or 0) + 1


class Rows:
    """The rows of several readings, with the numbers they will have."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._rows: dict[Table, list[Row]] = defaultdict(list)
        self._next = {
            table: next_id(connection, table)
            for table in (schema.actor, schema.article_actor, schema.statement, schema.event)
        }
        self._entities: dict[_Entity, int] = {}

    def add(self, readings: Sequence[tuple[int, Reading, bool]]) -> None:
        """Take readings up: the number of the article, what was found in it, and whether it is a copy of another."""
        self._know(actor for _, reading, _ in readings for actor in reading.actors)
        for article, reading, copy in readings:
            self._add(article, reading, copy)

    def insert(self) -> None:
        for table in _ORDER:
            if rows := self._rows[table]:
                self._connection.execute(sa.insert(table), rows)
        count_parts(
            self._connection, Counter(row["actor_id"] for row in self._rows[schema.event_party] if row["role"] in PARTS)
        )
        self._rows.clear()

    def _id(self, table: Table) -> int:
        self._next[table] += 1
        return self._next[table] - 1

    def _know(self, actors: Iterable[Actor]) -> None:
        """Look up the actors of the record that these are, and make those that are new."""
        wanted = dict.fromkeys((a.name, a.kind, a.country) for a in actors)
        names = list({name for name, _, _ in wanted})
        table = schema.actor.c
        for start in range(0, len(names), _NAMES):
            query = sa.select(table.id, table.name, table.kind, table.country)
            for row in self._connection.execute(query.where(table.name.in_(names[start : start + _NAMES]))):
                self._entities[row.name, row.kind, row.country] = row.id
        for name, kind, country in wanted:
            if (name, kind, country) not in self._entities:
                self._entities[name, kind, country] = id = self._id(schema.actor)
                self._rows[schema.actor].append(
                    {"id": id, "name": name, "folded": fold(name), "kind": kind, "country": country, "events": 0}
                )

    def _add(self, article: int, reading: Reading, copy: bool) -> None:
        shared: Row = {"language": reading.article.language, "outlet": reading.article.outlet, "copy": copy}
        days = {when.id: when.interval for when in reading.dates}
        parties = {actor.id: self._actor(article, position, actor) for position, actor in enumerate(reading.actors)}
        for position, when in enumerate(reading.dates):
            row: Row = {
                "article_id": article, "position": position, "key": when.id, **_span("span", when.span),
                "value": when.value, "type": when.type, "anchor": when.anchor, **_interval("", when.interval),
            }  # fmt: skip
            self._rows[schema.article_date].append(row)
        for position, place in enumerate(reading.places):
            row = {
                "article_id": article, "position": position, "key": place.id, "name": place.name,
                "country": place.country, "latitude": place.latitude, "longitude": place.longitude,
                "geonames": place.geonames, "mentions": spans(place.mentions),
            }  # fmt: skip
            self._rows[schema.article_place].append(row)
        self._rows[schema.article_passages].append(passages_row(article, reading))
        statements: dict[str, tuple[int, Statement]] = {}
        for position, statement in enumerate(reading.statements):
            day = days.get(statement.date or "") or reading.article.published
            id = self._statement(article, position, statement, day, parties, shared)
            statements[statement.id] = (id, statement)
        for position, event in enumerate(reading.events):
            day = days.get(event.date or "") or reading.article.published
            self._event(article, position, event, day, parties, statements, shared)

    def _actor(self, article: int, position: int, actor: Actor) -> Row:
        """Stores an actor of an article; what a row about its part in something says of it comes back."""
        id = self._id(schema.article_actor)
        entity = self._entities[actor.name, actor.kind, actor.country]
        row: Row = {
            "id": id, "article_id": article, "position": position, "key": actor.id, "actor_id": entity,
            "sectors": list(actor.sectors), "title": actor.title, "inferred_from": actor.inferred_from,
            "mentions": spans(actor.mentions),
        }  # fmt: skip
        self._rows[schema.article_actor].append(row)
        sector = actor.sectors[0] if actor.sectors else None
        return {"article_actor_id": id, "actor_id": entity, "country": actor.country, "sector": sector}

    def _statement(
        self, article: int, position: int, statement: Statement, when: Interval | None,
        parties: Mapping[str, Row], shared: Row,
    ) -> int:  # fmt: skip
        id = self._id(schema.statement)
        day = when.start if when else None
        row: Row = {
            "id": id, "article_id": article, "position": position, "key": statement.id,
            "cue": spans(statement.cue), "content": spans(statement.content), "sources": list(statement.sources),
            **_span("source", statement.source_span), "anonymous": statement.anonymous, "manner": statement.manner,
            "stance": statement.stance, "polarity": statement.polarity, "within": statement.within,
            "denies": statement.denies, **_span("medium", statement.medium), "date": statement.date,
            "rule": statement.rule, "day": day, "day_end": when.end if when else None, **shared,
        }  # fmt: skip
        self._rows[schema.statement].append(row)
        self._rows[schema.statement_party].extend(
            {"statement_id": id, "position": number, "day": day, **parties[source]}
            for number, source in enumerate(statement.sources)
        )
        return id

    def _event(
        self, article: int, position: int, event: Event, when: Interval | None, parties: Mapping[str, Row],
        statements: Mapping[str, tuple[int, Statement]], shared: Row,
    ) -> None:  # fmt: skip
        id = self._id(schema.event)
        day: datetime.date | None = when.start if when else None
        row: Row = {
            "id": id, "article_id": article, "position": position, "key": event.id, "type": event.type,
            "modes": list(event.modes), "contexts": list(event.contexts), "actors": list(event.actors),
            "recipients": list(event.recipients), **_span("trigger", event.trigger),
            "mentions": None if event.mentions == (event.trigger,) else spans(event.mentions),
            **_span("sentence", event.sentence), "date": event.date, "place": event.place,
            "counts": [count.to_dict() for count in event.counts] or None,
            "evidence": [[name, span.start, span.end] for name, span in event.evidence] or None,
            "polarity": event.polarity, "certainty": event.certainty, "time": event.time,
            "background": event.background, "according_to": list(event.according_to),
            "denied_by": list(event.denied_by), "quad": event.quad, "score": event.score, "cameo": event.cameo,
            "rule": event.rule, "day": day, "day_end": when.end if when else None,
            "attributed": bool(event.according_to), "denied": bool(event.denied_by), **shared,
        }  # fmt: skip
        self._rows[schema.event].append(row)
        for relation, told in (("according_to", event.according_to), ("denied_by", event.denied_by)):
            self._rows[schema.event_statement].extend(
                {"event_id": id, "relation": relation, "position": number, "statement_id": statements[key][0]}
                for number, key in enumerate(told)
            )
        roles = {
            "actor": event.actors,
            "recipient": event.recipients,
            "source": [source for key in event.according_to for source in statements[key][1].sources],
            "denier": [source for key in event.denied_by for source in statements[key][1].sources],
        }
        about: Row = {"event_id": id, "type": event.type, "day": day, "reciprocal": not event.recipients}
        for role, keys in roles.items():
            self._rows[schema.event_party].extend(
                {**about, "role": role, "position": number, **parties[key]} for number, key in enumerate(keys)
            )
        self._rows[schema.event_dyad].extend(
            {"event_id": id, "one": one, "other": other, "day": day} for one, other in _dyads(event, parties)
        )
        for table, name, values in (
            (schema.event_mode, "mode", event.modes),
            (schema.event_context, "context", event.contexts),
        ):
            self._rows[table].extend(
                {"event_id": id, "position": number, name: value, "day": day} for number, value in enumerate(values)
            )


def _dyads(event: Event, parties: Mapping[str, Row]) -> list[tuple[str, str]]:
    """The countries that an event is between, two by two, each pair once."""
    if event.recipients:
        both = itertools.product(event.actors, event.recipients)
    else:
        both = itertools.combinations(event.actors, 2)
    pairs = {(parties[one]["country"] or "", parties[other]["country"] or "") for one, other in both}
    return sorted({(min(pair), max(pair)) for pair in pairs if all(pair)})


def spans(found: Iterable[Span]) -> list[list[int]]:
    return [span.to_list() for span in found]


def _span(name: str, span: Span | None) -> Row:
    return {f"{name}_start": span.start if span else None, f"{name}_end": span.end if span else None}


def _interval(name: str, interval: Interval | None) -> Row:
    """The columns of an interval; None in each where there is none."""
    return {
        f"{name}start": interval.start if interval else None,
        f"{name}end": interval.end if interval else None,
        f"{name}precision": interval.precision if interval else None,
    }


def article_row(reading: Reading) -> Row:
    """What the article itself says, for its row."""
    article = reading.article
    return {
        "key": article.id, "language": article.language, "outlet": article.outlet, "title": article.title,
        "url": article.url, **_interval("published_", article.published),
    }  # fmt: skip
