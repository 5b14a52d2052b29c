"""The command `dragoman`: names inputs, prints readings.

In: the command line. Out: readings on standard output, everything else on standard error. Exit status 0: all was read;
1: something was not, and was named; 2: the command was not understood; 130: interrupted.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

import dragoman
from dragoman import languages
from dragoman.commands import add, ask, corrections, export, reread, rules, watch
from dragoman.commands.running import (
    ActorsOption,
    ConfigOption,
    Inputs,
    LanguageOption,
    OutputOption,
    PipelineOption,
    PublishedOption,
    RulesOption,
    Skipped,
)
from dragoman.commands.running import check_language as _check_language
from dragoman.commands.running import clear_errors as _clear_errors
from dragoman.commands.running import destination as _destination
from dragoman.commands.running import published as _published
from dragoman.commands.running import reader as _reader
from dragoman.records import Reading
from dragoman.settings import SettingsError
from dragoman.sources import Problem, fetch
from dragoman.text import articles
from dragoman.world.tables import WorldError

if TYPE_CHECKING:
    from dragoman.pipeline import Reader

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Reads news dispatches and keeps the record: who did or said what to whom, when, and according to whom.",
)


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
QuotesOption = Annotated[bool, typer.Option("--quotes", help="Only who said what: a table, CSV or JSONL.")]


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"dragoman {dragoman.__version__}")
        raise typer.Exit


@app.callback()
def common(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    pass


@app.command()
def read(
    inputs: Inputs,
    format: FormatOption = Format.text,
    language: LanguageOption = None,
    published: PublishedOption = None,
    pipeline: PipelineOption = [],  # noqa: B006
    config: ConfigOption = None,
    rules: RulesOption = [],  # noqa: B006
    actors: ActorsOption = [],  # noqa: B006
    quotes: QuotesOption = False,
    output: OutputOption = None,
) -> None:
    """Read dispatches: text, HTML and JSONL files, folders of them, web pages, standard input."""
    with _clear_errors():
        day = _published(published)
        _check_language(language)
        _check_format(format, quotes)
        reader = _reader(config, pipeline, rules, actors)
        skipped = Skipped()
        found = skipped.without_problems(
            articles(fetch(inputs), language=language, published=day, installed=languages.installed())
        )
        readings = _with_progress(
            reader.read_many(found, skipped.failed), quiet=format is Format.text and output is None
        )
        with _destination(output) as stream:
            count = _print_quotes(readings, format, stream) if quotes else _print(readings, format, stream)
    if not count and not skipped.count:
        skipped.note(Problem(", ".join(inputs), "nothing to read"))
    skipped.close()


@app.command()
def demo(format: FormatOption = Format.text, output: OutputOption = None) -> None:
    """Read the sample dispatches that come with the package."""
    from dragoman.samples import DISPATCHES

    read([str(DISPATCHES)], format=format, output=output)


@app.command()
def whois(
    phrase: Annotated[str, typer.Argument(help="A phrase that names somebody; with --format jsonl a file of them.")],
    language: Annotated[
        str | None, typer.Option("--language", "-l", help="Language of the phrase; English where not given.")
    ] = None,
    on: Annotated[str | None, typer.Option("--on", help="The day in question: 2022-06-15.")] = None,
    context: Annotated[str, typer.Option("--context", help="The sentence or text around the phrase.")] = "",
    config: ConfigOption = None,
    actors: ActorsOption = [],  # noqa: B006
    format: FormatOption = Format.text,
) -> None:
    """Say who a phrase means: country, sectors, name."""
    with _clear_errors():
        reader = _reader(config, (), (), actors)
        if format is Format.jsonl:
            _whois_file(reader, phrase, language)
            return
        _check_language(language)
        found = _whois(reader, phrase, language or "en", on, context)
    if format is Format.json:
        typer.echo(json.dumps(found, ensure_ascii=False))
    elif found["country"] is None and not found["sectors"]:
        typer.echo(f"{phrase}: not known")
    else:
        sectors = ", ".join(found["sectors"]) or "–"
        typer.echo(
            f"{found['name']} · {found['kind']} · {found['country'] or '–'} · {sectors} · from: {found['inferred_from'] or 'its name'}"
        )


def _whois_file(reader: Reader, path: str, language: str | None) -> None:
    """One answer a line, in the order of the questions; a line that is none is named and left out."""
    skipped = Skipped()
    with Path(path).open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
                code = row.get("language") or language or "en"
                _check_language(code)
                found = _whois(reader, row["mention"], code, row.get("on"), row.get("context") or "")
            except WorldError:
                raise
            except (ValueError, TypeError, KeyError, AttributeError) as problem:
                wrong = isinstance(problem, SettingsError)
                why = (
                    str(problem)
                    if wrong
                    else 'not a question; a line is an object such as {"id": "1", "mention": "..."}'
                )
                skipped.note(Problem(f"{path}, line {number}", why))
                continue
            typer.echo(json.dumps({"id": row.get("id"), **found}, ensure_ascii=False))
    skipped.close()


def _whois(reader: Reader, phrase: str, language: str, on: str | None, context: str) -> dict[str, Any]:
    actor = reader.whois(phrase, language, _published(on), context)
    if actor is None:
        return {"country": None, "sectors": [], "name": None, "kind": None, "inferred_from": None}
    return {
        "country": actor.country, "sectors": list(actor.sectors), "name": actor.name, "kind": actor.kind,
        "inferred_from": actor.inferred_from,
    }  # fmt: skip


# ---- printing ----------------------------------------------------------------------------------------------------------


def _print(readings: Iterator[Reading], format: Format, stream: Any) -> int:
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


def _print_quotes(readings: Iterator[Reading], format: Format, stream: Any) -> int:
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


def _with_progress(readings: Iterator[Reading], *, quiet: bool) -> Iterator[Reading]:
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


def _check_format(format: Format, quotes: bool) -> None:
    if quotes and format not in (Format.text, Format.csv, Format.jsonl):
        raise SettingsError(f"--format {format}: --quotes come as text, csv or jsonl")
    if format is Format.csv and not quotes:
        raise SettingsError("--format csv: only statements come as CSV; add --quotes, or write jsonl")


for command in (rules, add, ask, export, reread, watch, corrections):
    command.register(app)


def main() -> None:
    """The entry point of the command."""
    app()
