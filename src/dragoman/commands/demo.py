"""`dragoman demo`: the sample dispatches, read, printed, and shown in the browser.

In: nothing. Out: readings on standard output; on a terminal a server that shows them until it is interrupted.
"""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from dragoman.commands import options
from dragoman.commands.printing import Format, FormatOption, check_format, print_readings, with_progress
from dragoman.commands.running import Skipped, clear_errors, destination, errors, found, reader
from dragoman.commands.serve import serve_readings


def register(app: typer.Typer) -> None:
    app.command()(demo)


def demo(
    format: FormatOption = Format.text,
    output: options.Output = None,
    served: Annotated[
        bool | None,
        typer.Option("--serve/--no-serve", help="Then show them in the browser; on a terminal that is what happens."),
    ] = None,
) -> None:
    """Read the sample dispatches that come with the package, print the readings, and serve them."""
    from dragoman.samples import DISPATCHES

    with clear_errors():
        check_format(format, quotes=False)
        by = reader(None, (), (), ())
        skipped = Skipped()
        articles = found([str(DISPATCHES)], skipped)
        readings = list(
            with_progress(by.read_many(articles, skipped.failed), quiet=format is Format.text and output is None)
        )
        with destination(output) as stream:
            print_readings(iter(readings), format, stream)
        if served is None:
            served = output is None and sys.stdin.isatty() and sys.stdout.isatty()
        if served:
            serve_readings(readings, by)
        elif format is Format.text and output is None:
            errors.print("dragoman: `dragoman demo --serve` shows them in the browser")
    skipped.close()
