"""`dragoman add`: read what is new and store it in a record.

In: the same inputs as `dragoman read`. Out: the record, and one line on what became of the articles.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import typer

from dragoman.commands import options
from dragoman.commands.progress import expected, progress
from dragoman.commands.running import Skipped, clear_errors, found, read_with, reader

if TYPE_CHECKING:
    from dragoman.store.write import Tally


def register(app: typer.Typer) -> None:
    app.command()(add)


def add(
    inputs: options.Inputs,
    record: options.Record,
    language: options.Language = None,
    published_on: options.Published = None,
    pipeline: options.Pipeline = [],  # noqa: B006
    config: options.Config = None,
    rules: options.Rules = [],  # noqa: B006
    actors: options.Actors = [],  # noqa: B006
    jobs: options.Jobs = 1,
) -> None:
    """Read dispatches and keep them in a record. What is there already is not read again; a changed article becomes a new
    version. A run that was cut short is finished by running it again."""
    with clear_errors():
        from dragoman.store.adding import add as add_to
        from dragoman.store.coder import coder_of
        from dragoman.store.record import Record
        from dragoman.store.write import Tally

        skipped = Skipped()
        articles = found(inputs, skipped, language, published_on)
        by = reader(config, pipeline, rules, actors)
        total = Tally()
        with Record(record, create=True) as kept, progress("add", lambda: expected(inputs)) as done:
            for tally in add_to(
                kept,
                articles,
                read_with(by, jobs, skipped.failed),
                functools.partial(coder_of, by),
                skipped.failed,
                by.publisher,
            ):
                total += tally
                done(tally.added + tally.changed + tally.unchanged)
    typer.echo(f"{record}: {summary(total)}")
    skipped.end(inputs, total.added + total.changed + total.unchanged)


def summary(total: Tally) -> str:
    """One line on what became of articles."""
    parts = [f"{total.added} added", f"{total.changed} in a new version", f"{total.unchanged} unchanged"]
    if total.copies:
        parts.append(f"{total.copies} copies of others")
    return f"{', '.join(parts)}; {total.events} events, {total.statements} statements stored"
