"""Opening a record: an SQLite file, or a PostgreSQL database that a team shares.

In: a path or an address such as postgresql://user@host/database. Out: an SQLAlchemy engine whose record is there and of
this program's schema. What goes wrong with a database becomes one line, a `RecordError`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Engine, event, exc

from dragoman.store import migrations
from dragoman.store.errors import RecordError
from dragoman.store.transactions import shown, told

PATIENCE = 30.0  # seconds to wait for another writer
_SERVERS = ("postgresql://", "postgres://", "postgresql+psycopg://")


def is_server(where: str) -> bool:
    """Whether the record lives on a database server and not in a file."""
    return where.startswith(_SERVERS)


def open_engine(where: str, *, create: bool) -> Engine:
    """The engine of a record. With `create` a record that is not there is made. Raises RecordError."""
    if "://" in where and not is_server(where):
        raise RecordError(f"{shown(where)}: a record is an SQLite file or at a postgresql:// address")
    engine = _server(where) if is_server(where) else _file(Path(where), create)
    with told(where):
        try:
            migrations.prepare(engine, create=create, where=shown(where))
        except BaseException:
            engine.dispose()
            raise
    return engine


def _server(where: str) -> Engine:
    address = "postgresql+psycopg://" + where.partition("://")[2]
    try:
        return sa.create_engine(address)
    except ModuleNotFoundError:
        raise RecordError("PostgreSQL needs the extra: pip install 'dragoman[postgres]'") from None
    except (exc.ArgumentError, ValueError) as problem:
        raise RecordError(f"{shown(where)}: not an address of a database: {problem}") from None


def _file(path: Path, create: bool) -> Engine:
    if path.is_dir():
        raise RecordError(f"{path}: is a folder; name a file, such as {path / 'news.sqlite'}")
    if not path.exists():
        if not create:
            raise RecordError(f"{path}: no such record; `dragoman add FILES --record {path}` makes one")
        if not path.parent.is_dir():
            raise RecordError(f"{path}: there is no folder {path.parent}")
    engine = sa.create_engine(
        sa.URL.create("sqlite", database=str(path)), connect_args={"timeout": PATIENCE, "isolation_level": None}
    )
    event.listen(engine, "connect", _tune)
    event.listen(engine, "begin", _begin)
    return engine


def _tune(connection: Any, _record: Any) -> None:
    """Settings of each SQLite connection. NORMAL is safe in WAL: a killed process loses nothing that was committed."""
    for pragma in ("foreign_keys = ON", "journal_mode = WAL", "synchronous = NORMAL", "cache_size = -65536"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    """A transaction that will write says so at once: then two writers wait for each other and never clash."""
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
