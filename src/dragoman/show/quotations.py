"""Statements alone, one row each: for those who want who said what and nothing else.

In: readings. Out: rows of plain values, written as a table for the terminal, CSV or JSONL.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from typing import Any, TextIO

from rich.console import Console
from rich.table import Table

from dragoman.records import Reading, Span, Statement
from dragoman.show.labels import inert

COLUMNS: tuple[str, ...] = (
    "article", "statement", "source", "country", "sectors", "source_words", "cue", "content", "manner", "stance", "polarity",
    "within", "denies", "start", "end",
)  # fmt: skip
SHOWN = ("source", "cue", "content", "manner")


def rows(readings: Iterable[Reading]) -> Iterator[dict[str, Any]]:
    """One row a statement, in text order. `start` and `end` are code points of the article's text that hold all of it."""
    for reading in readings:
        for statement in reading.statements:
            yield _row(reading, statement)


def _row(reading: Reading, statement: Statement) -> dict[str, Any]:
    text = reading.article.text
    actors = [reading.actor(id) for id in statement.sources]
    own = (statement.source_span,) if statement.source_span else ()
    spans = (*statement.cue, *statement.content, *own)
    return {
        "article": reading.article.id,
        "statement": statement.id,
        "source": " | ".join(actor.name for actor in actors),
        "country": " | ".join(actor.country or "" for actor in actors),
        "sectors": " | ".join(" ".join(actor.sectors) for actor in actors),
        "source_words": _words(text, own),
        "cue": _words(text, statement.cue),
        "content": _words(text, statement.content),
        "manner": statement.manner,
        "stance": statement.stance,
        "polarity": statement.polarity,
        "within": statement.within or "",
        "denies": statement.denies or "",
        "start": min(span.start for span in spans),
        "end": max(span.end for span in spans),
    }


def _words(text: str, spans: Iterable[Span]) -> str:
    return " … ".join(" ".join(span.of(text).split()) for span in spans)


def write_csv(found: Iterable[dict[str, Any]], stream: TextIO) -> int:
    """Writes rows with a header; how many they were comes back."""
    writer = csv.DictWriter(stream, COLUMNS, lineterminator="\n")
    writer.writeheader()
    count = 0
    for count, row in enumerate(found, 1):  # noqa: B007
        writer.writerow(row)
    return count


def write_jsonl(found: Iterable[dict[str, Any]], stream: TextIO) -> int:
    """Writes one object a line; how many they were comes back."""
    count = 0
    for count, row in enumerate(found, 1):  # noqa: B007
        stream.write(json.dumps(row, ensure_ascii=False) + "\n")
    return count


def write_table(found: Iterable[dict[str, Any]], stream: TextIO) -> int:
    """Draws a table of source, cue, content and manner; how many rows it has comes back."""
    table = Table(*SHOWN, show_lines=False)
    count = 0
    for count, row in enumerate(found, 1):  # noqa: B007
        source = row["source"] or row["source_words"] or "–"
        table.add_row(*(inert(str(value)) for value in (source, row["cue"] or "–", row["content"], row["manner"])))
    Console(file=stream, markup=False, highlight=False).print(table)
    return count
