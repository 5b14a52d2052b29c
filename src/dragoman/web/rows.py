"""Rows on their way out: JSON, and CSV that is sent as it is made.

In: rows of an answer. Out: responses. Days are ISO dates, times are UTC and say so, what is not there is null, in CSV empty.
"""

from __future__ import annotations

import csv
import datetime
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from fastapi.responses import JSONResponse, Response, StreamingResponse

_AT_ONCE = 60_000  # characters


def text_of(value: Any) -> Any:
    """A value as JSON and CSV have it."""
    if isinstance(value, datetime.datetime):
        return f"{value.isoformat(timespec='seconds')}Z"
    return value.isoformat() if isinstance(value, datetime.date) else value


def plain(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row as JSON has it; columns of corrections that hold JSON are opened."""
    made = {name: text_of(value) for name, value in row.items()}
    return {
        name: json.loads(v) if name in ("machine", "value") and isinstance(v, str) else v for name, v in made.items()
    }


def as_json(data: Any, status: int = 200) -> JSONResponse:
    return JSONResponse(data, status)


def as_csv(columns: Sequence[str], rows: Iterable[Sequence[Any]], name: str) -> Response:
    """A file with a header, sent as the rows come. The first rows are fetched before, so that errors are errors."""

    def lines() -> Iterator[str]:
        buffer = io.StringIO()
        writer = csv.writer(buffer, lineterminator="\n")
        writer.writerow(columns)
        for row in rows:
            writer.writerow([str(v).lower() if isinstance(v, bool) else text_of(v) for v in row])
            if buffer.tell() > _AT_ONCE:
                yield buffer.getvalue()
                buffer.seek(0)
                buffer.truncate()
        yield buffer.getvalue()

    made = lines()
    first = next(made)

    def all_lines() -> Iterator[str]:
        yield first
        yield from made

    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return StreamingResponse(all_lines(), media_type="text/csv; charset=utf-8", headers=headers)
