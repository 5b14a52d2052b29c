"""What is served: one record, and a reader for texts that somebody pastes.

In: the record's path or address. Out: `Served`, which every route gets by the dependency `ServedNow`.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, Annotated, TypeVar

from fastapi import Depends, Request

from dragoman.records import Article, Reading
from dragoman.store import summaries
from dragoman.store.record import Record
from dragoman.web.memory import Memory

if TYPE_CHECKING:
    from dragoman.pipeline import Reader

_T = TypeVar("_T")


class Served:
    """The record, open, and the reader, which is loaded when the first text is to be read."""

    def __init__(self, record: Record, *, read_only: bool = False) -> None:
        self.record = record
        self.read_only = read_only
        self._memory = Memory()
        self._lock = threading.Lock()
        self._reader: Reader | None = None

    def remembered(self, key: Hashable, make: Callable[[], _T]) -> _T:
        """What `make` gives, made once for each state of the record."""
        return self._memory.get(summaries.state(self.record), key, make)

    def reader(self) -> Reader:
        from dragoman.pipeline import Reader

        with self._lock:
            if self._reader is None:
                self._reader = Reader()
            return self._reader

    def read(self, article: Article) -> Reading:
        """Read an article; one at a time, for pipelines are not made for several threads."""
        reader = self.reader()
        with self._lock:
            return reader.read(article)


def served(request: Request) -> Served:
    return request.app.state.served


ServedNow = Annotated[Served, Depends(served)]
