"""Tables of articles: CSV and Parquet, one article a row, columns named as the keys of JSONL are.

In: an open file. Out: a raw document a row, and a `Problem` where there is none. Rows are read a few at a time.
"""

from __future__ import annotations

import csv
import importlib
import io
import json
import sys
from collections.abc import Iterator
from typing import IO, Any

from dragoman.sources.fetched import Problem, Raw

_TEXT = ("text", "event_text")  # the column that must be there


def from_csv(where: str, id: str, stream: IO[bytes]) -> Iterator[Raw | Problem]:
    """The rows of a CSV file in UTF-8 with a header; a semicolon or tab may stand between values."""
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    lines = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
    try:
        header = lines.readline()
        comma = max(",;\t", key=header.count)
        names = next(csv.reader([header], delimiter=comma), list[str]())
        if problem := _check(where, names):
            yield problem
            return
        for number, values in enumerate(csv.reader(lines, delimiter=comma, strict=True), 2):
            if len(values) != len(names):
                yield Problem(f"{where}, row {number}", f"has {len(values)} values, the header {len(names)}")
            else:
                yield _row(where, id, number, {name: value or None for name, value in zip(names, values, strict=True)})
    except UnicodeDecodeError:
        yield Problem(where, "is not UTF-8; save it as UTF-8")
    except csv.Error as problem:
        yield Problem(where, f"not valid CSV: {problem}")
    finally:
        lines.detach()  # who opened the stream closes it


def from_parquet(where: str, id: str, stream: IO[bytes]) -> Iterator[Raw | Problem]:
    """The rows of a Parquet file; only the columns that an article has are read."""
    try:
        arrow: Any = importlib.import_module("pyarrow")
        parquet: Any = importlib.import_module("pyarrow.parquet")
    except ModuleNotFoundError:
        yield Problem(where, "Parquet needs the extra: pip install 'dragoman[parquet]'")
        return
    try:
        file = parquet.ParquetFile(stream)
        names = list(file.schema_arrow.names)
        if problem := _check(where, names):
            yield problem
            return
        number = 0
        for batch in file.iter_batches(batch_size=200):
            for row in batch.to_pylist():
                number += 1
                yield _row(where, id, number, row)
    except (arrow.ArrowException, OSError) as problem:
        yield Problem(where, f"not readable as Parquet: {str(problem).splitlines()[0]}")


def _check(where: str, names: list[str]) -> Problem | None:
    if not any(name in _TEXT for name in names):
        return Problem(where, f'no column "text"; its columns: {", ".join(names[:20]) or "none"}')
    return None


def _row(where: str, id: str, number: int, row: dict[str, Any]) -> Raw | Problem:
    return Raw(f"{where}, row {number}", f"{id}:{number}", json.dumps(row, default=str).encode(), "row")
