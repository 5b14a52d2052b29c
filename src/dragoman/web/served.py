"""What is served: one record, and a reader for texts that somebody pastes.

In: the record's path or address. Out: `Served`, which every route gets by the dependency `ServedNow`.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable
from typing import Annotated, TypeVar

from fastapi import Depends, Request

from dragoman.records import Article, Reading
from dragoman.store import summaries
from dragoman.store.record import Record
from dragoman.web.memory import Memory
from dragoman.web.reading import PatientReader

_T = TypeVar("_T")
READINGS = 24  # kept at hand; a long one has tens of megabytes


class Served:
    """The record, open, and the reader, which starts when the first text is to be read."""

    def __init__(self, record: Record, *, read_only: bool = False) -> None:
        self.record = record
        self.read_only = read_only
        self._memory = Memory()
        self._readings = Memory(READINGS)
        self._reader = PatientReader()
        self._seen: tuple[float, Hashable] = (0.0, None)

    def remembered(self, key: Hashable, make: Callable[[], _T]) -> _T:
        """What `make` gives, made once for each state of the record."""
        return self._memory.get(self._state(), key, make)

    def _state(self) -> Hashable:
        """The state of the record, asked for ten times a second at most."""
        now, (since, state) = time.monotonic(), self._seen
        if state is None or now - since > 0.1:
            state = summaries.state(self.record)
            self._seen = (now, state)
        return state

    def changed(self) -> None:
        """Somebody has just changed the record from here: who looks now sees it."""
        self._seen = (0.0, None)

    def reading(self, article: str) -> Reading:
        """The reading of an article of the record. Raises KeyError where there is no such article."""
        return self._readings.get(self._state(), article, lambda: self.record.reading(article))

    def read(self, article: Article) -> Reading:
        """Read an article; one at a time, and not for ever. Raises LanguageError, TooSlowError, BusyError, UnreadableError."""
        return self._reader.read(article)

    def warm(self) -> None:
        """Have the reader ready when the first text comes."""
        self._reader.warm()

    def close(self) -> None:
        self._reader.close()
        self.record.close()


def served(request: Request) -> Served:
    return request.app.state.served


ServedNow = Annotated[Served, Depends(served)]
