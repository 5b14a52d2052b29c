"""The record: readings stored for good, and asked.

In: the path of an SQLite file, or the address of a PostgreSQL database. Out: `Record`, through which everything about it goes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import sqlalchemy as sa

from dragoman.records import Article, Reading
from dragoman.store import load, schema, write
from dragoman.store.coder import Coder
from dragoman.store.connect import open_engine
from dragoman.store.errors import RecordError
from dragoman.store.transactions import reading, told, writing
from dragoman.store.write import Tally


class Record:
    """A record. It must be there, unless `create` makes it. Raises RecordError, here and in whatever is asked of it."""

    def __init__(self, where: str | Path, *, create: bool = False) -> None:
        self.where = str(where)
        self.engine = open_engine(self.where, create=create)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Record({self.where!r})"

    def close(self) -> None:
        """Let go of the database. In a `with` statement this happens by itself."""
        self.engine.dispose()

    # ---- stored ----------------------------------------------------------------------------------------------------

    def unchanged(self, articles: Sequence[Article]) -> list[bool]:
        """For each article whether it is in the record just as it is."""
        with told(self.where), reading(self.engine) as connection:
            return write.unchanged(connection, articles)

    def store(self, readings: Iterable[Reading], coders: Mapping[str, Coder]) -> Tally:
        """Store readings in one transaction; `coders` says, by language, who coded them."""
        with told(self.where), writing(self.engine) as connection:
            return write.store(connection, readings, coders)

    # ---- given back ------------------------------------------------------------------------------------------------

    def __len__(self) -> int:
        """How many articles there are."""
        with told(self.where), reading(self.engine) as connection:
            return connection.execute(sa.select(sa.func.count()).select_from(schema.article)).scalar_one()

    def reading(self, article: str) -> Reading:
        """The reading of one article, exactly as it was stored. Raises KeyError where there is no such article."""
        with told(self.where), reading(self.engine) as connection:
            number = connection.execute(sa.select(schema.article.c.id).where(schema.article.c.key == article)).scalar()
            if number is None:
                raise KeyError(article)
            return next(load.load(connection, [number]))[1]

    def readings(self) -> Iterator[Reading]:
        """All readings in the order in which their articles were added."""
        with told(self.where), reading(self.engine) as connection:
            numbers = connection.execute(sa.select(schema.article.c.id).order_by(schema.article.c.id)).scalars().all()
            for _, found in load.load(connection, numbers):
                yield found

    def past_readings(self, article: str) -> list[Reading]:
        """The readings of an article that a changed text or another coding has replaced, the oldest first."""
        past = schema.past_reading.c
        query = sa.select(past.reading).join(schema.article).where(schema.article.c.key == article).order_by(past.id)
        with told(self.where), reading(self.engine) as connection:
            return [write.unpacked(data) for data in connection.execute(query).scalars()]


__all__ = ["Record", "RecordError"]
