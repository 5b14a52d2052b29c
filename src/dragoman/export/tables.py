"""CSV and Parquet: a folder of tables that together hold everything, a row each finding, with ids and spans.

In: readings. Out: `articles`, `actors`, `dates`, `places`, `statements`, `events`, each a file; lists and spans are JSON.
`read` is the way back: nothing is lost.
"""

from __future__ import annotations

import csv
import importlib
import itertools
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from dragoman.export.loss import Loss
from dragoman.records import Reading

Row = dict[str, Any]
_LISTS = "json"
_BATCH = 2_000
COLUMNS: Mapping[str, Mapping[str, str]] = {
    "articles": {
        "article": "text", "outlet": "text", "language": "text", "title": "text", "url": "text",
        "published_start": "text", "published_end": "text", "published_precision": "text", "text": "text",
    },
    "actors": {
        "article": "text", "id": "text", "name": "text", "kind": "text", "country": "text", "sectors": _LISTS,
        "title": "text", "mentions": _LISTS, "inferred_from": "text",
    },
    "dates": {
        "article": "text", "id": "text", "span": _LISTS, "value": "text", "type": "text", "start": "text", "end": "text",
        "precision": "text", "anchor": "text",
    },
    "places": {
        "article": "text", "id": "text", "name": "text", "country": "text", "latitude": "number", "longitude": "number",
        "geonames": "whole", "mentions": _LISTS,
    },
    "statements": {
        "article": "text", "id": "text", "source": "text", "sources": _LISTS, "source_span": _LISTS, "cue": _LISTS,
        "content": _LISTS, "manner": "text", "stance": "text", "polarity": "text", "within": "text", "denies": "text",
        "anonymous": "truth", "medium": _LISTS, "date": "text", "rule": "text",
    },
    "events": {
        "article": "text", "id": "text", "type": "text", "modes": _LISTS, "contexts": _LISTS, "actors": _LISTS,
        "recipients": _LISTS, "trigger": _LISTS, "mentions": _LISTS, "sentence": _LISTS, "date": "text", "place": "text",
        "counts": _LISTS, "polarity": "text", "certainty": "text", "time": "text", "background": "truth",
        "auxiliaries": _LISTS, "according_to": _LISTS, "denied_by": _LISTS, "quad": "text", "score": "number",
        "cameo": "text", "evidence": _LISTS, "rule": "text",
    },
}  # fmt: skip
_FINDINGS = ("actors", "dates", "places", "statements", "events")


def write_csv(readings: Iterable[Reading], path: Path, loss: Loss) -> None:
    """Writes the tables into a folder, which must be there."""
    with ExitStack() as open_files:

        def writer(name: str) -> Callable[[list[Row]], None]:
            stream = open_files.enter_context((path / f"{name}.csv").open("w", encoding="utf-8", newline=""))
            rows = csv.DictWriter(stream, COLUMNS[name], lineterminator="\n")
            rows.writeheader()
            return rows.writerows

        _write(readings, writer, loss)


def write_parquet(readings: Iterable[Reading], path: Path, loss: Loss) -> None:
    """Writes the tables into a folder, which must be there. Raises ModuleNotFoundError without pyarrow."""
    arrow: Any = importlib.import_module("pyarrow")
    parquet: Any = importlib.import_module("pyarrow.parquet")
    types = {"text": arrow.string(), _LISTS: arrow.string(), "number": arrow.float64(), "whole": arrow.int64(),
             "truth": arrow.bool_()}  # fmt: skip
    with ExitStack() as open_files:

        def writer(name: str) -> Callable[[list[Row]], None]:
            schema = arrow.schema([(column, types[kind]) for column, kind in COLUMNS[name].items()])
            file = parquet.ParquetWriter(str(path / f"{name}.parquet"), schema, compression="zstd")
            open_files.enter_context(file)

            def write(rows: list[Row]) -> None:
                file.write_batch(arrow.RecordBatch.from_pylist(rows, schema=schema))

            return write

        _write(readings, writer, loss)


def _write(readings: Iterable[Reading], writer: Callable[[str], Callable[[list[Row]], None]], loss: Loss) -> None:
    writers = {name: writer(name) for name in COLUMNS}
    waiting: dict[str, list[Row]] = {name: [] for name in COLUMNS}
    for reading in readings:
        loss.articles += 1
        loss.events += len(reading.events)
        for name, rows in _rows(reading).items():
            loss.rows += len(rows)
            waiting[name] += rows
            if len(waiting[name]) >= _BATCH:
                writers[name](waiting[name])
                waiting[name] = []
    for name, rows in waiting.items():
        writers[name](rows)


def _rows(reading: Reading) -> dict[str, list[Row]]:
    """The rows of one reading, by table."""
    data = reading.to_dict()
    article = data["article"]
    published: Row = article.pop("published") or {}
    rows: dict[str, list[Row]] = {
        "articles": [
            {"article": article.pop("id"), **article, **{f"published_{k}": published.get(k) for k in ("start", "end", "precision")}}
        ]
    }  # fmt: skip
    for name in _FINDINGS:
        kinds = COLUMNS[name]
        rows[name] = [
            {"article": reading.article.id, **{key: _cell(value, kinds[key]) for key, value in finding.items()}}
            for finding in data[name]
        ]
    return rows


def _cell(value: Any, kind: str) -> Any:
    if kind == _LISTS:
        return None if value is None else json.dumps(value, ensure_ascii=False)
    return value


def read(path: Path) -> Iterator[Reading]:
    """The readings of a folder of Parquet tables, in their order."""
    parquet: Any = importlib.import_module("pyarrow.parquet")

    def rows(name: str) -> Iterator[Row]:
        for batch in parquet.ParquetFile(str(path / f"{name}.parquet")).iter_batches():
            yield from batch.to_pylist()

    def by_article(name: str) -> Iterator[tuple[str, list[Row]]]:
        kinds = COLUMNS[name]
        for id, group in itertools.groupby(rows(name), key=lambda row: row["article"]):
            found: list[Row] = []
            for row in group:
                cells = {key: json.loads(v) if kinds[key] == _LISTS and v is not None else v for key, v in row.items()}
                del cells["article"]
                found.append(cells)
            yield id, found

    findings = {name: _Peeked(by_article(name)) for name in _FINDINGS}
    for row in rows("articles"):
        published = {part: row.pop(f"published_{part}") for part in ("start", "end", "precision")}
        id = row.pop("article")
        article = {**row, "id": id, "published": published if published["start"] else None}
        yield Reading.from_dict({"article": article, **{name: found.of(id) for name, found in findings.items()}})


class _Peeked:
    """Groups of rows by article, in the order of the articles; an article may have none."""

    def __init__(self, groups: Iterator[tuple[str, list[Row]]]) -> None:
        self._groups = groups
        self._next = next(groups, None)

    def of(self, article: str) -> list[Row]:
        if self._next is None or self._next[0] != article:
            return []
        found = self._next[1]
        self._next = next(self._groups, None)
        return found
