"""Answers: rows of a view, lazily, and as pandas, polars or Arrow tables.

In: a way to run a query as often as it is asked for. Out: `Answer`, which is iterated over as dictionaries and holds nothing.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy import Connection

from dragoman.store import views
from dragoman.store.errors import RecordError
from dragoman.store.load import batched
from dragoman.store.query import Kind, Numbers

if TYPE_CHECKING:
    import pandas
    import polars

AT_ONCE = 400  # rows of a view fetched at once
Row = tuple[Any, ...]


class Answer:
    """Rows with named columns. `types` are SQLAlchemy types, None where SQL of the user's own does not tell."""

    def __init__(self, columns: Mapping[str, Any], rows: Callable[[], Iterator[Row]]) -> None:
        self.columns = tuple(columns)
        self.types: tuple[Any, ...] = tuple(columns.values())
        self.rows = rows

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for row in self.rows():
            yield dict(zip(self.columns, row, strict=True))

    def first(self) -> dict[str, Any] | None:
        """The first row, None where there is none."""
        return next(iter(self), None)

    def to_list(self) -> list[dict[str, Any]]:
        return list(self)

    def to_pandas(self) -> pandas.DataFrame:
        """A data frame; days are `datetime64[s]`, whole numbers that may be missing `Int64`. Needs pandas (extra `pandas`)."""
        try:
            import pandas
        except ModuleNotFoundError:
            raise RecordError("pandas is wanted: pip install 'dragoman[pandas]'") from None

        frame = pandas.DataFrame.from_records(list(self.rows()), columns=list(self.columns))
        for name, type in zip(self.columns, self.types, strict=True):
            if isinstance(type, sa.Date):
                frame[name] = frame[name].astype("datetime64[s]")
            elif isinstance(type, sa.Integer):
                frame[name] = frame[name].astype("Int64")
            elif isinstance(type, sa.Float):
                frame[name] = frame[name].astype("float64")
        return frame

    def to_polars(self) -> polars.DataFrame:
        """A polars data frame. Needs polars (extra `polars`)."""
        try:
            import polars
        except ModuleNotFoundError:
            raise RecordError("polars is wanted: pip install 'dragoman[polars]'") from None

        named = {sa.Date: polars.Date, sa.DateTime: polars.Datetime, sa.Boolean: polars.Boolean, sa.Integer: polars.Int64,
                 sa.Float: polars.Float64, sa.Text: polars.String}  # fmt: skip
        known = {name: _named(type, named) for name, type in zip(self.columns, self.types, strict=True)}
        return polars.DataFrame(list(self.rows()), schema=known, orient="row", infer_schema_length=None)

    def to_arrow(self) -> Any:
        """An Arrow table (pyarrow.Table). Needs pyarrow (extra `parquet`)."""
        pyarrow = arrow()
        batches = list(self.arrow_batches())
        return pyarrow.Table.from_batches(batches, batches[0].schema)

    def arrow_batches(self, size: int = 10_000) -> Iterator[Any]:
        """Arrow record batches, at least one, all of one schema."""
        pyarrow = arrow()
        named = {sa.Date: pyarrow.date32(), sa.DateTime: pyarrow.timestamp("us"), sa.Boolean: pyarrow.bool_(),
                 sa.Integer: pyarrow.int64(), sa.Float: pyarrow.float64(), sa.Text: pyarrow.string()}  # fmt: skip
        schema: Any = None
        if None not in self.types:
            fields = zip(self.columns, self.types, strict=True)
            schema = pyarrow.schema([(name, _named(type, named)) for name, type in fields])
        for rows in batched(self.rows(), size):
            columns = enumerate(zip(*rows, strict=True))
            arrays = [pyarrow.array(values, schema.field(at).type if schema else None) for at, values in columns]
            batch = pyarrow.RecordBatch.from_arrays(arrays, names=list(self.columns))
            schema = schema or batch.schema
            yield batch
        if schema is None:
            schema = pyarrow.schema([(name, pyarrow.string()) for name in self.columns])
        yield pyarrow.RecordBatch.from_pylist([], schema=schema)


def arrow(module: str = "pyarrow") -> Any:
    """pyarrow, which has no types. Raises RecordError where it is not installed."""
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError:
        raise RecordError("Arrow and Parquet need the extra: pip install 'dragoman[parquet]'") from None


def _named(type: Any, named: Mapping[Any, Any]) -> Any:
    return next((value for kind, value in named.items() if isinstance(type, kind)), None)


def columns_of(kind: str) -> dict[str, Any]:
    """The columns of an answer about that kind, and their types."""
    found = {name: facts.type() for name, facts in views.COLUMNS[kind].items()}
    return {"events": sa.Integer(), **found} if kind == "actors" else found


def answer_rows(connection: Connection, kind: Kind, query: Numbers) -> Iterator[Row]:
    """What the view says of the numbers that a query gives, in their order. The view is read a few hundred rows at a time."""
    yield from rows_of(connection, kind, connection.execute(query).all())


def rows_of(connection: Connection, kind: Kind, found: Iterable[Sequence[Any]]) -> Iterator[Row]:
    """What the view says of numbers, in their order; what else is known of each comes first in its row."""
    view = views.TABLES[kind]
    names = list(views.COLUMNS[kind])
    for chunk in batched(found, AT_ONCE):
        wanted = sa.select(view.c.row, *(view.c[name] for name in names)).where(view.c.row.in_([n[0] for n in chunk]))
        rows = {row[0]: tuple(row[1:]) for row in connection.execute(wanted)}
        for number, *more in chunk:
            yield (*more, *rows[number])
