"""`dragoman export`: a record, or the part of it that a question selects, in a format that others read.

In: a format, and where to. Out: the file or folder, `.loss.json` beside it, and one line on what was written.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dragoman.commands import options
from dragoman.commands.asking import asking
from dragoman.commands.running import check_folder, clear_errors, whole
from dragoman.settings import SettingsError

if TYPE_CHECKING:
    from dragoman.records import Reading
    from dragoman.store.answer import Answer
    from dragoman.store.record import Record

STORIES = ("stories", "story_articles", "occurrences", "tellings")


class ExportFormat(StrEnum):
    polecat = "polecat"
    icews = "icews"
    gdelt = "gdelt"
    jsonld = "jsonld"
    brat = "brat"
    csv = "csv"
    parquet = "parquet"


def register(app: typer.Typer) -> None:
    app.command("export", help=_export.__doc__)(asking(_export))


def _export(
    asked: dict[str, Any],
    format: Annotated[ExportFormat, typer.Argument(help="brat, csv and parquet become a folder.", show_default=False)],
    record: options.Record,
    output: Annotated[Path, typer.Option("--output", "-o", help="The file or folder to write.", show_default=False)],
) -> None:
    """Write a record, or the events asked for, as others read them; what the format cannot hold is counted in
    FILE.loss.json."""
    with clear_errors():
        from dragoman.export import FORMATS, Loss
        from dragoman.store.record import Record

        facts = FORMATS[format]
        check_folder(output)
        if output.exists() and facts.folder != output.is_dir():
            raise SettingsError(f"{output}: {format} is written as a {'folder' if facts.folder else 'file'}")
        if facts.folder and output.exists() and any(output.iterdir()):
            raise SettingsError(f"{output}: is not empty; name a new folder")
        loss = Loss(format)
        with Record(record) as kept, whole(output) as part:
            try:
                if facts.folder:
                    part.mkdir(parents=True)
                chosen: set[str] = set()
                facts.write(_noting(kept.selected(**asked), chosen), part, loss)
                if format in (ExportFormat.csv, ExportFormat.parquet):
                    _write_stories(kept, part, format, chosen)
                if facts.folder and output.exists():
                    output.rmdir()
                part.replace(output)
            except ModuleNotFoundError as problem:
                raise SettingsError(f"{format} needs {problem.name}: pip install 'dragoman[parquet]'") from None
        loss.write(output)
    lost = ", ".join(f"{kind} {count}" for kind, count in loss.lost.most_common()) or "nothing"
    typer.echo(f"{output}: {loss.rows} rows of {loss.events} events in {loss.articles} articles; not held: {lost}")


def _noting(readings: Iterable[Reading], articles: set[str]) -> Iterator[Reading]:
    """The readings, with the ids of their articles noted."""
    for reading in readings:
        articles.add(reading.article.id)
        yield reading


def _write_stories(kept: Record, folder: Path, format: ExportFormat, articles: set[str]) -> None:
    """The stories of the articles written, what they tell, and who tells it: tables as in `dragoman sql`."""
    from dragoman.store.answer import Answer
    from dragoman.store.output import WRITERS

    story = {
        row["story"] for row in kept.sql("SELECT story, article FROM story_articles") if row["article"] in articles
    }
    for view in STORIES:
        found = kept.sql(f"SELECT * FROM {view} ORDER BY story")
        names = [name for name in found.columns if name != "row"]
        answer = Answer(dict.fromkeys(names), functools.partial(_rows_of, found, names, story))
        with (
            (folder / f"{view}.{format}").open("wb")
            if format is ExportFormat.parquet
            else (folder / f"{view}.{format}").open("w", encoding="utf-8", newline="") as stream
        ):
            WRITERS[format](answer, stream)


def _rows_of(found: Answer, names: list[str], stories: set[Any]) -> Iterator[tuple[Any, ...]]:
    return (tuple(row[name] for name in names) for row in found if row["story"] in stories)
