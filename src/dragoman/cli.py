"""The command `dragoman`: names inputs, prints readings.

In: the command line. Out: readings on standard output, everything else on standard error. Exit status 0: all was read;
1: something was not, and was named; 2: the command was not understood; 130: interrupted.
"""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

import dragoman
from dragoman.commands import add, ask, corrections, demo, export, options, reread, rules, serve, story, watch
from dragoman.commands.printing import Format, FormatOption, check_format, print_quotes, print_readings, with_progress
from dragoman.commands.running import Skipped
from dragoman.commands.running import check_language as _check_language
from dragoman.commands.running import clear_errors as _clear_errors
from dragoman.commands.running import destination as _destination
from dragoman.commands.running import found as _found
from dragoman.commands.running import published as _published
from dragoman.commands.running import reader as _reader
from dragoman.settings import SettingsError
from dragoman.sources import Problem
from dragoman.world.tables import WorldError

if TYPE_CHECKING:
    from dragoman.pipeline import Reader

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Reads news dispatches and keeps the record: who did or said what to whom, when, and according to whom.",
)


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
    inputs: options.Inputs,
    format: FormatOption = Format.text,
    language: options.Language = None,
    published: options.Published = None,
    pipeline: options.Pipeline = [],  # noqa: B006
    config: options.Config = None,
    rules: options.Rules = [],  # noqa: B006
    actors: options.Actors = [],  # noqa: B006
    quotes: QuotesOption = False,
    output: options.Output = None,
) -> None:
    """Read dispatches: text, HTML and JSONL files, folders of them, web pages, standard input."""
    with _clear_errors():
        skipped = Skipped()
        articles = _found(inputs, skipped, language, published)
        check_format(format, quotes)
        reader = _reader(config, pipeline, rules, actors)
        readings = with_progress(
            reader.read_many(articles, skipped.failed), quiet=format is Format.text and output is None
        )
        with _destination(output) as stream:
            count = print_quotes(readings, format, stream) if quotes else print_readings(readings, format, stream)
    skipped.end(inputs, count)


class Answers(StrEnum):
    text = "text"
    json = "json"
    jsonl = "jsonl"


@app.command()
def whois(
    phrase: Annotated[str, typer.Argument(help="A phrase that names somebody; with --format jsonl a file of them.")],
    language: Annotated[
        str | None, typer.Option("--language", "-l", help="Language of the phrase; English where not given.")
    ] = None,
    on: Annotated[str | None, typer.Option("--on", help="The day in question: 2022-06-15.")] = None,
    context: Annotated[str, typer.Option("--context", help="The sentence or text around the phrase.")] = "",
    config: options.Config = None,
    actors: options.Actors = [],  # noqa: B006
    format: Annotated[
        Answers, typer.Option("--format", "-f", help="text for people, json for programs, jsonl for a file of phrases.")
    ] = Answers.text,
) -> None:
    """Say who a phrase means: country, sectors, name."""
    with _clear_errors():
        if not phrase.strip():
            raise SettingsError("whois: name a phrase, such as 'the French president'")
        reader = _reader(config, (), (), actors)
        if format is Answers.jsonl:
            _whois_file(reader, phrase, language)
            return
        _check_language(language)
        found = _whois(reader, phrase, language or "en", on, context)
    if format is Answers.json:
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
    with Path(path).open("rb") as lines:
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


for command in (demo, rules, add, ask, story, export, reread, watch, corrections, serve):
    command.register(app)


def main() -> None:
    """The entry point of the command. What goes wrong while the last line is written is told in one line, too."""
    try:
        with _clear_errors():
            app()
    except typer.Exit as end:
        sys.exit(end.exit_code)
