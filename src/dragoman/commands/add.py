"""`dragoman add`: read what is new and store it in a record.

In: the same inputs as `dragoman read`. Out: the record, and one line on what became of the articles.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import typer

from dragoman import languages
from dragoman.commands.progress import expected, progress
from dragoman.commands.running import (
    ActorsOption,
    ConfigOption,
    Inputs,
    JobsOption,
    LanguageOption,
    PipelineOption,
    PublishedOption,
    RecordOption,
    RulesOption,
    Skipped,
    check_language,
    clear_errors,
    published,
    read_with,
    reader,
)
from dragoman.sources import Problem, fetch
from dragoman.text import articles

if TYPE_CHECKING:
    from dragoman.store.write import Tally


def register(app: typer.Typer) -> None:
    app.command()(add)


def add(
    inputs: Inputs,
    record: RecordOption,
    language: LanguageOption = None,
    published_on: PublishedOption = None,
    pipeline: PipelineOption = [],  # noqa: B006
    config: ConfigOption = None,
    rules: RulesOption = [],  # noqa: B006
    actors: ActorsOption = [],  # noqa: B006
    jobs: JobsOption = 1,
) -> None:
    """Read dispatches and keep them in a record. What is there already is not read again; a changed article becomes a new
    version. A run that was cut short is finished by running it again."""
    with clear_errors():
        from dragoman.store.adding import add as add_to
        from dragoman.store.coder import coder_of
        from dragoman.store.record import Record
        from dragoman.store.write import Tally

        day = published(published_on)
        check_language(language)
        skipped = Skipped()
        by = reader(config, pipeline, rules, actors)
        found = skipped.without_problems(
            articles(fetch(inputs), language=language, published=day, installed=languages.installed())
        )
        total = Tally()
        with Record(record, create=True) as kept, progress("add", lambda: expected(inputs)) as done:
            for tally in add_to(
                kept,
                found,
                read_with(by, jobs, skipped.failed),
                functools.partial(coder_of, by),
                skipped.failed,
                by.publisher,
            ):
                total += tally
                done(tally.added + tally.changed + tally.unchanged)
    if not (total.added or total.changed or total.unchanged or skipped.count):
        skipped.note(Problem(", ".join(inputs), "nothing to read"))
    typer.echo(f"{record}: {summary(total)}")
    skipped.close()


def summary(total: Tally) -> str:
    """One line on what became of articles."""
    parts = [f"{total.added} added", f"{total.changed} in a new version", f"{total.unchanged} unchanged"]
    if total.copies:
        parts.append(f"{total.copies} copies of others")
    return f"{', '.join(parts)}; {total.events} events, {total.statements} statements stored"
