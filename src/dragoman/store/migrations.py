"""The schema of a record over time.

In: an engine. Out: a record of this program's schema, or a `RecordError`. Each step of MIGRATIONS leads from its version to
the next; all steps that a record needs run in one transaction, so that it is migrated whole or not at all. Views say nothing
of their own and are made anew.
"""

from __future__ import annotations

from collections.abc import Callable

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from dragoman.store import copies, fulltext, schema, storytables, views
from dragoman.store.errors import RecordError
from dragoman.store.transactions import writing

APPLICATION = 0x44524147  # "DRAG": says of an SQLite file that it is a record


def _add(*tables: sa.Table) -> Callable[[Connection], None]:
    """New tables, empty. Only for tables that no later step changes."""
    return lambda connection: schema.metadata.create_all(connection, tables=tables, checkfirst=True)


# version -> what leads from it to the next. Never change a step that was released; add one and raise schema.VERSION.
def _with_dyads(connection: Connection) -> None:
    """The countries that events are between, and the types of events beside who has a part in them: for questions."""
    schema.event_dyad.create(connection)
    connection.exec_driver_sql(_DYADS)
    connection.exec_driver_sql("ALTER TABLE event_party ADD COLUMN type TEXT NOT NULL DEFAULT ''")
    connection.exec_driver_sql(
        "UPDATE event_party SET type = (SELECT e.type FROM event e WHERE e.id = event_party.event_id)"
    )
    next(index for index in schema.event_party.indexes if index.name == "event_party_by_type").create(connection)


_DYADS = """
    INSERT INTO event_dyad (event_id, one, other, day)
    SELECT DISTINCT a.event_id, CASE WHEN a.country < b.country THEN a.country ELSE b.country END,
      CASE WHEN a.country < b.country THEN b.country ELSE a.country END, a.day
    FROM event_party a JOIN event_party b ON b.event_id = a.event_id
    WHERE a.role = 'actor' AND a.country IS NOT NULL AND b.country IS NOT NULL
      AND (b.role = 'recipient' OR (b.role = 'actor' AND a.reciprocal AND b.position > a.position))"""
MIGRATIONS: dict[int, Callable[[Connection], None]] = {
    1: _add(*storytables.TABLES),  # filled by `dragoman stories --rebuild` or as articles are added
    2: _with_dyads,
    3: _add(schema.correction),
    4: _add(schema.article_passages),  # filled as articles are added or read again
    5: _add(schema.article_meaning),  # filled as stories are made
}


def prepare(engine: Engine, *, create: bool, where: str) -> None:
    """Make, check or migrate the record behind the engine."""
    with engine.connect() as connection:
        found = version_of(connection)
        tables = sa.inspect(connection).get_table_names()
    if found is None:
        if tables and (engine.dialect.name == "sqlite" or "article" in tables):
            raise RecordError(f"{where}: is a database, but no record of Dragoman")
        if not create:
            raise RecordError(f"{where}: holds no record; `dragoman add FILES --record ...` makes one")
    elif found > schema.VERSION:
        raise RecordError(
            f"{where}: was written by a newer Dragoman (schema {found}; this one knows {schema.VERSION}); update Dragoman"
        )
    if found == schema.VERSION:
        return
    with writing(engine) as connection:
        found = version_of(connection)  # another program may have been faster
        if found is None:
            _create(connection)
        else:
            for version in range(found, schema.VERSION):
                MIGRATIONS[version](connection)
            views.create(connection)
            _set(connection, "schema", str(schema.VERSION))


def version_of(connection: Connection) -> int | None:
    """The version of the schema; None where there is no record."""
    if not sa.inspect(connection).has_table("setting"):
        return None
    found = connection.execute(sa.select(schema.setting.c.value).where(schema.setting.c.name == "schema")).scalar()
    return None if found is None else int(found)


def _create(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION}")
    schema.metadata.create_all(connection, checkfirst=False)
    fulltext.create(connection)
    views.create(connection)
    _set(connection, "schema", str(schema.VERSION))
    _set(connection, "shingles", copies.METHOD)


def _set(connection: Connection, name: str, value: str) -> None:
    connection.execute(sa.delete(schema.setting).where(schema.setting.c.name == name))
    connection.execute(sa.insert(schema.setting), {"name": name, "value": value})
