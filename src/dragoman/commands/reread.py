"""`dragoman reread`: code the articles of a record again, and print what that gained and lost.

In: a record. Out: a line for each event gained (+) or lost (-), and one on the whole.
"""

from __future__ import annotations

from typing import Annotated

import typer

from dragoman import languages
from dragoman.commands import options
from dragoman.commands.progress import progress
from dragoman.commands.running import Skipped, clear_errors, read_with, reader
from dragoman.sources import Problem


def register(app: typer.Typer) -> None:
    app.command()(reread)


def reread(
    record: options.Record,
    everything: Annotated[bool, typer.Option("--all", help="Also what the present rules have coded.")] = False,
    pipeline: options.Pipeline = [],  # noqa: B006
    config: options.Config = None,
    rules: options.Rules = [],  # noqa: B006
    actors: options.Actors = [],  # noqa: B006
    jobs: options.Jobs = 1,
) -> None:
    """Code the articles of a record again where rules, lexicons or the program have changed since. Prints the events gained
    and lost; what is replaced is kept. A run that was cut short goes on where it stopped."""
    with clear_errors():
        from dragoman.store.coder import coder_of
        from dragoman.store.record import Record
        from dragoman.store.rereading import reread as reread_articles

        skipped = Skipped()
        by = reader(config, pipeline, rules, actors)
        articles = changed = gained = lost = 0
        with Record(record) as kept:
            there = kept.languages()
            for language in there:
                if language not in languages.installed():
                    skipped.note(
                        Problem(record, f"language {language!r} is not installed; its articles stay as they are")
                    )
            coders = {language: coder_of(by, language) for language in there if language in languages.installed()}
            todo = kept.numbers(list(coders)) if everything else kept.coded_by_others(coders)
            read = read_with(by, jobs, skipped.failed)
            with progress("reread", lambda: len(todo)) as done:
                for change in reread_articles(kept, read, coders, todo, by.publisher):
                    done(1)
                    articles += 1
                    gained += len(change.gained)
                    lost += len(change.lost)
                    changed += bool(change.gained or change.lost or change.statements_gained or change.statements_lost)
                    for sign, lines in (("-", change.lost), ("+", change.gained)):
                        for line in lines:
                            typer.echo(f"{sign} {change.article}: {line}")
    typer.echo(f"{record}: {articles} articles read again, {changed} changed; {gained} events gained, {lost} lost")
    skipped.close()
