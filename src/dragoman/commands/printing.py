"""How readings are printed: text for people, JSON, JSONL, one page of HTML, only who said what.

In: readings and a format. Out: the stream, and how many they were.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from dragoman.records import Reading
from dragoman.settings import SettingsError


class Format(StrEnum):
    text = "text"
    json = "json"
    jsonl = "jsonl"
    html = "html"
    csv = "csv"


FormatOption = Annotated[
    Format,
    typer.Option(
        "--format", "-f", help="text for people, json or jsonl for programs, html for one page, csv with --quotes."
    ),
]


def check_format(format: Format, quotes: bool) -> None:
    if quotes and format not in (Format.text, Format.csv, Format.jsonl):
        raise SettingsError(f"--format {format}: --quotes come as text, csv or jsonl")
    if format is Format.csv and not quotes:
        raise SettingsError("--format csv: only statements come as CSV; add --quotes, or write jsonl")


def print_readings(readings: Iterator[Reading], format: Format, stream: Any) -> int:
    """Write the readings; the number of them comes back. JSONL and text are written as they come."""
    count = 0
    if format is Format.html:
        from dragoman.show.page import page

        found = list(readings)
        if found:
            stream.write(page(found))
        return len(found)
    if format is Format.json:
        found = [reading.to_dict() for reading in readings]
        stream.write(json.dumps(found, ensure_ascii=False, indent=1) + "\n")
        return len(found)
    if format is Format.text:
        from dragoman.show.terminal import show_reading

        console = Console(file=stream)
        for count, reading in enumerate(readings, 1):  # noqa: B007
            show_reading(reading, console)
        return count
    for count, reading in enumerate(readings, 1):  # noqa: B007
        stream.write(json.dumps(reading.to_dict(), ensure_ascii=False) + "\n")
        stream.flush()
    return count


def print_quotes(readings: Iterator[Reading], format: Format, stream: Any) -> int:
    """Write the statements alone; the number of readings comes back."""
    from dragoman.show import quotations

    seen: list[str] = []

    def counted() -> Iterator[Reading]:
        for reading in readings:
            seen.append(reading.article.id)
            yield reading

    write = {
        Format.csv: quotations.write_csv,
        Format.jsonl: quotations.write_jsonl,
        Format.text: quotations.write_table,
    }
    write[format](quotations.rows(counted()), stream)
    return len(seen)


def with_progress(readings: Iterator[Reading], *, quiet: bool) -> Iterator[Reading]:
    """Count on a terminal's standard error; say nothing in a pipe."""
    if quiet or not sys.stderr.isatty():
        yield from readings
        return
    columns = (TextColumn("read"), BarColumn(), TextColumn("{task.completed} dispatches"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("read", total=None)
        for reading in readings:
            progress.advance(task)
            yield reading
