"""SQL of the user's own, and how the database answers a question.

In: a connection that only reads. Out: columns and rows of a statement; the steps of a plan.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection

from dragoman.store import query
from dragoman.store.answer import Row
from dragoman.store.errors import QuestionError
from dragoman.store.question import Question
from dragoman.store.transactions import understood


def columns(connection: Connection, statement: str) -> tuple[str, ...]:
    """The names of the columns that a statement gives, each once. Raises QuestionError where it gives none."""
    with understood():
        result = connection.exec_driver_sql(statement)
        if not result.returns_rows:
            raise QuestionError("sql: a statement that gives rows is wanted, such as SELECT * FROM events LIMIT 5")
        return tuple(dict.fromkeys(result.keys()))


def rows(connection: Connection, statement: str) -> Iterator[Row]:
    """The rows that it gives, not all in memory at a time."""
    for row in connection.execution_options(stream_results=True).exec_driver_sql(statement):
        yield tuple(row)


def plan(connection: Connection, kind: query.Kind, asked: Question) -> list[str]:
    """How the database answers a question: the steps of its plan."""
    words = query.numbers(kind, asked, connection).compile(connection.engine, compile_kwargs={"literal_binds": True})
    explain = "EXPLAIN QUERY PLAN" if connection.dialect.name == "sqlite" else "EXPLAIN"
    return [str(row[-1]) for row in connection.exec_driver_sql(f"{explain} {words}")]
