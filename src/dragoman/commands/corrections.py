"""`dragoman corrections` and `dragoman evaluate`: what people say of the machine's findings, and how far it agrees.

In: a record. Out: the corrections as a table or as gold articles, a JSON line each; or how many findings were judged and how
many of them are right.
"""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from dragoman.commands import options
from dragoman.commands.running import clear_errors, destination, errors

if TYPE_CHECKING:
    from dragoman.store.record import Record

_NONE = "no corrections yet; findings are confirmed, corrected or rejected on the pages of dragoman serve"


class CorrectionsFormat(StrEnum):
    table = "table"
    csv = "csv"
    jsonl = "jsonl"


class MeasureFormat(StrEnum):
    text = "text"
    json = "json"


def register(app: typer.Typer) -> None:
    app.command()(corrections)
    app.command()(evaluate)


def corrections(
    record: options.Record,
    article: Annotated[list[str], typer.Option("--article", help="Of this article; may be given again.")] = [],  # noqa: B006
    kind: Annotated[list[str], typer.Option("--kind", help="event, statement, actor or date.")] = [],  # noqa: B006
    verdict: Annotated[list[str], typer.Option("--verdict", help="confirmed, corrected, rejected or added.")] = [],  # noqa: B006
    who: Annotated[list[str], typer.Option("--who", help="By this person.")] = [],  # noqa: B006
    history: Annotated[bool, typer.Option("--history", help="Also what a newer one has replaced.")] = False,
    format: Annotated[
        CorrectionsFormat | None,
        typer.Option("--format", "-f", help="jsonl: each article with what is right in it, as gold; else rows."),
    ] = None,
    output: options.Output = None,
) -> None:
    """What people say of findings: who confirmed, corrected, rejected or added what, the newest first. With --format jsonl
    each article with the findings that are right, in the form of `dragoman read --format jsonl`."""
    with clear_errors():
        from dragoman.settings import SettingsError
        from dragoman.store.output import write_csv, write_table
        from dragoman.store.record import Record

        if format is None:
            format = CorrectionsFormat.table if output is None and sys.stdout.isatty() else CorrectionsFormat.csv
            if output is not None and output.suffix == ".jsonl":
                format = CorrectionsFormat.jsonl
        asked: dict[str, Any] = {"kind": kind, "verdict": verdict, "who": who}
        if format is CorrectionsFormat.jsonl and any((*asked.values(), history)):
            raise SettingsError("--format jsonl: whole articles come out; only --article chooses among them")
        with Record(record) as kept, destination(output) as stream:
            if format is CorrectionsFormat.jsonl:
                count = _write_gold(kept, set(article), stream)
            else:
                answer = kept.corrections(article=article, stands=None if history else True, **asked)
                columns = ("made", "who", "verdict", "kind", "type", "words", "note", "article", "finding")
                count = write_csv(answer, stream) if format == "csv" else write_table(answer, stream, columns)
    if not count:
        asked_for = any((article, *asked.values()))
        errors.print(f"dragoman: {record}: {'no corrections are like that' if asked_for else _NONE}")


def _write_gold(kept: Record, articles: set[str], stream: Any) -> int:
    from dragoman.store.gold import gold

    count = 0
    for line in gold(kept, articles):
        stream.write(json.dumps(line, ensure_ascii=False) + "\n")
        count += 1
    return count


def evaluate(
    record: options.Record,
    format: Annotated[
        MeasureFormat, typer.Option("--format", "-f", help="text for people, json for programs.")
    ] = MeasureFormat.text,
) -> None:
    """Measure the machine's findings against the corrections: precision by type, and agreement field by field."""
    with clear_errors():
        from dragoman.store.agreement import measure
        from dragoman.store.record import Record

        with Record(record) as kept:
            found = measure(kept)
    if format is MeasureFormat.json:
        about = {"record": record, "articles": found.articles, "corrections": found.corrections}
        typer.echo(json.dumps({**about, "scores": list(found.rows())}, ensure_ascii=False, indent=1))
        return
    if not found.corrections:
        typer.echo(f"{record}: {_NONE}")
        return
    typer.echo(f"{record}: {found.corrections} corrections that stand, in {found.articles} articles")
    table = Table("kind", "type", "field", "judged", "right", "precision", "missed", pad_edge=False)
    for row in found.rows():
        share = "–" if row["precision"] is None else f"{row['precision']:.0%}"
        missed = "" if row["missed"] is None else str(row["missed"])
        table.add_row(
            row["kind"], row["type"], row["field"] or "", str(row["judged"]), str(row["right"]), share, missed
        )
    Console(markup=False, highlight=False).print(table)
    typer.echo(
        "judged: findings that somebody looked at, and these alone; missed: added by people, not found by the machine"
    )
