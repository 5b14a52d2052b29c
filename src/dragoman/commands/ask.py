"""`dragoman events`, `statements`, `articles`, `actors` and `sql`: questions to a record.

In: what must hold. Out: a table on a terminal; CSV, JSONL or Parquet in a pipe or a file.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dragoman.commands import options
from dragoman.commands.asking import asking
from dragoman.commands.running import clear_errors, destination, errors

if TYPE_CHECKING:
    from dragoman.store.answer import Answer
    from dragoman.store.record import Record

SHOWN = 50  # rows of a table where no limit is given


class Format(StrEnum):
    table = "table"
    csv = "csv"
    jsonl = "jsonl"
    parquet = "parquet"


FormatOption = Annotated[
    Format | None,
    typer.Option("--format", "-f", help="A table on a terminal, else CSV; a file's ending says which it is."),
]
LimitOption = Annotated[
    int | None, typer.Option("--limit", "-n", min=1, help=f"So many rows; a table shows {SHOWN}, a file has all.")
]


_HELP = {
    "events": "Events of a record: who did what to whom, when, according to whom, denied by whom.",
    "statements": "Statements of a record: who said what. --actor and --according-to are their source; what is asked of events "
    "holds of one that is told in them.",
    "articles": "Articles of a record; what is asked of events holds of one of theirs.",
    "actors": "Actors of a record, those with most events of the kind asked for first.",
}
_SORTS = {
    "events": "date (newest first), oldest, score, type or added",
    "statements": "date (newest first), oldest or added",
    "articles": "date (newest first), oldest or added",
}


def register(app: typer.Typer) -> None:
    for kind, help in _HELP.items():
        app.command(kind, help=help)(asking(functools.partial(_ask, kind), _SORTS.get(kind)))
    app.command()(sql)


def _ask(
    kind: str,
    asked: dict[str, Any],
    record: options.Record,
    limit: LimitOption = None,
    format: FormatOption = None,
    output: options.Output = None,
) -> None:
    with clear_errors():
        format = _format(format, output)
        if format is Format.table:
            limit = limit or SHOWN

        def answer(kept: Record) -> Answer:
            return getattr(kept, kind)(**asked, limit=limit)

        count = write(record, answer, format, output, kind)
        if format is Format.table and not count:
            errors.print(f"dragoman: no {kind} of the record answer")
        if format is Format.table and count == limit:
            errors.print(f"dragoman: the first {count} are shown; more with --limit, all with --format csv")


def sql(
    record: options.Record,
    statement: Annotated[
        str | None, typer.Argument(help="What to select; - reads it from standard input; nothing lists the views.")
    ] = None,
    format: FormatOption = None,
    output: options.Output = None,
) -> None:
    """Ask a record in SQL. Without a statement, the views and their columns are listed."""
    with clear_errors():
        from dragoman.store import views

        if statement is None:
            for name, columns in views.COLUMNS.items():
                typer.echo(f"{name}")
                for column, facts in columns.items():
                    typer.echo(f"  {column:24} {facts.means}")
            return
        asked = sys.stdin.read() if statement == "-" else statement
        write(record, lambda kept: kept.sql(asked), _format(format, output), output)


def write(
    record: str, ask: Callable[[Record], Answer], format: Format, output: Path | None, kind: str | None = None
) -> int:
    """Ask a record and write the answer; how many rows it has comes back."""
    from dragoman.store.output import SHOWN as COLUMNS
    from dragoman.store.output import WRITERS, write_table
    from dragoman.store.record import Record

    writer = WRITERS[format]
    if format is Format.table and kind:
        writer = functools.partial(write_table, columns=COLUMNS[kind])
    with Record(record) as kept:
        answer = ask(kept)
        with destination(output, binary=format is Format.parquet) as stream:
            return writer(answer, stream)


def _format(format: Format | None, output: Path | None) -> Format:
    """The format that is asked for, else the one that the file's name or the terminal suggests."""
    if format is not None:
        return format
    if output is not None:
        ending = output.suffix.lower().lstrip(".")
        return Format(ending) if ending in ("csv", "jsonl", "parquet") else Format.csv
    return Format.table if sys.stdout.isatty() else Format.csv
