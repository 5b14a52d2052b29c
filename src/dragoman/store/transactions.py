"""Transactions on a record, and what a database says when one fails.

In: an engine. Out: a connection inside a transaction that writes or only reads. What goes wrong with a database becomes one
line, a `RecordError`.
"""

from __future__ import annotations

import contextlib
import re
import sqlite3
from collections.abc import Generator

import sqlalchemy as sa
from sqlalchemy import Connection, Engine, exc

from dragoman.store.errors import QuestionError, RecordError

WRITERS = 0x4452_4147  # the advisory lock under which writers to one PostgreSQL record take turns


def shown(where: str) -> str:
    """The record's name for messages: without a password."""
    return re.sub(r"(//[^:/@]*):[^@]*@", r"\1:***@", where)


@contextlib.contextmanager
def writing(engine: Engine) -> Generator[Connection]:
    """One transaction that writes; writers take turns. It is there whole afterwards or not at all."""
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        if engine.dialect.name == "postgresql":
            connection.execute(sa.text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": WRITERS})
        yield connection


@contextlib.contextmanager
def reading(engine: Engine) -> Generator[Connection]:
    """One transaction that only reads, and sees one state of the record however long it lasts."""
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection = connection.execution_options(postgresql_readonly=True, isolation_level="REPEATABLE READ")
        with connection.begin():
            if engine.dialect.name == "sqlite":
                connection.exec_driver_sql("PRAGMA query_only = ON")
            try:
                yield connection
            finally:
                if engine.dialect.name == "sqlite" and not connection.invalidated:
                    connection.exec_driver_sql("PRAGMA query_only = OFF")


@contextlib.contextmanager
def told(where: str) -> Generator[None]:
    """What a database says, as one line that names the record and a remedy."""
    try:
        yield
    except (exc.DBAPIError, exc.SQLAlchemyError) as problem:
        raise RecordError(f"{shown(where)}: {_reason(problem)}") from None


@contextlib.contextmanager
def understood() -> Generator[None]:
    """Errors of a statement that the user wrote are errors of the question, not of the record."""
    try:
        yield
    except (exc.ProgrammingError, exc.OperationalError, exc.InternalError, sqlite3.Warning) as problem:
        reason = _reason(problem)
        if "permissions" in reason or "read-only" in reason:
            reason = "a record is asked this way, and cannot be changed"
        raise QuestionError(f"sql: {reason}") from None


_KNOWN = (
    ("database is locked", "another program is writing to it and does not let go; try again when it is done"),
    ("disk is full", "the disk is full; what was stored before is safe: make room and run the same command again"),
    ("disk i/o error", "the disk failed (is it full?); what was stored before is safe: run the same command again"),
    ("readonly database", "may not be written to; change its permissions"),
    ("unable to open database file", "cannot be opened; may its folder be written to?"),
    ("file is not a database", "is not a record: not an SQLite file"),
    ("malformed", "is damaged; take it from a backup (sqlite3 FILE .recover may save what is left)"),
)


def _reason(problem: Exception) -> str:
    said = str(getattr(problem, "orig", None) or problem).strip()
    lowered = said.casefold()
    for words, reason in _KNOWN:
        if words in lowered:
            return reason
    return re.sub(r"\s+", " ", said.split("\n")[0])
