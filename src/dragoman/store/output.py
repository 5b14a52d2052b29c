"""Answers as tables for people, and as CSV, JSONL and Parquet for programs.

In: an `Answer` and a stream. Out: how many rows were written. Rows are written as they come.
"""

from __future__ import annotations

import csv
import datetime
import json
from collections.abc import Callable, Mapping
from typing import IO, Any

from rich.console import Console
from rich.table import Table

from dragoman.show.labels import inert
from dragoman.store.answer import Answer, arrow

# The columns that fit a terminal; all others are in the files.
SHOWN: Mapping[str, tuple[str, ...]] = {
    "events": ("day", "actors", "type", "modes", "recipients", "certainty", "according_to", "denied_by", "words", "event"),
    "statements": ("day", "sources", "stance", "content", "denies", "statement"),
    "articles": ("published", "outlet", "language", "title", "events", "statements", "copy_of", "article"),
    "actors": ("name", "kind", "country", "events", "articles", "told"),
}  # fmt: skip


def write_table(answer: Answer, stream: Any, columns: tuple[str, ...] | None = None) -> int:
    """A table for people."""
    shown = [name for name in columns or answer.columns if name in answer.columns]
    table = Table(*shown, show_lines=False, pad_edge=False)
    count = 0
    for count, row in enumerate(answer, 1):  # noqa: B007
        table.add_row(*(inert(_words(row[name])) for name in shown))
    Console(file=stream, markup=False, highlight=False).print(table)
    return count


def write_csv(answer: Answer, stream: Any) -> int:
    """CSV with a header; what is not there is empty."""
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(answer.columns)
    count = 0
    for count, row in enumerate(answer.rows(), 1):  # noqa: B007
        writer.writerow([_plain(value) for value in row])
    return count


def write_jsonl(answer: Answer, stream: Any) -> int:
    """One object a line; what is not there is null."""
    count = 0
    for count, row in enumerate(answer, 1):  # noqa: B007
        stream.write(json.dumps(row, ensure_ascii=False, default=_text) + "\n")
    return count


def write_parquet(answer: Answer, stream: IO[bytes]) -> int:
    """Parquet, compressed with zstd. Raises RecordError where pyarrow is not installed."""
    parquet = arrow("pyarrow.parquet")
    count = 0
    writer: Any = None
    for batch in answer.arrow_batches():
        if writer is None:
            writer = parquet.ParquetWriter(_Counted(stream), batch.schema, compression="zstd")
        if batch.num_rows:
            writer.write_batch(batch)
        count += int(batch.num_rows)
    writer.close()
    return count


class _Counted:
    """A stream that knows how far it is, as a pipe does not."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._at = 0
        self.closed = False

    def write(self, data: Any) -> int:
        self._stream.write(data)
        self._at += len(data)
        return len(data)

    def tell(self) -> int:
        return self._at

    def flush(self) -> None:
        self._stream.flush()

    def close(self) -> None:
        self.closed = True

    def writable(self) -> bool:
        return True

    def readable(self) -> bool:
        return False

    def seekable(self) -> bool:
        return False


WRITERS: Mapping[str, Callable[[Answer, Any], int]] = {
    "table": write_table, "csv": write_csv, "jsonl": write_jsonl, "parquet": write_parquet,
}  # fmt: skip


def _words(value: Any) -> str:
    return "–" if value is None else "yes" if value is True else "" if value is False else str(value)


def _plain(value: Any) -> Any:
    return (
        str(value).lower() if isinstance(value, bool) else _text(value) if isinstance(value, datetime.date) else value
    )


def _text(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime.date) else str(value)
