"""Reading what visitors send, with an end: in a process of its own, which is ended where it takes too long.

In: an article. Out: its reading, or why there is none. One is read at a time; few may wait.
"""

from __future__ import annotations

import multiprocessing
import signal
import threading
import time
from multiprocessing.connection import Connection
from typing import Any

from dragoman import languages
from dragoman.languages import LanguageError
from dragoman.records import Article, Reading

LONGEST = 60.0  # seconds that one text may take
WAITING = 8  # how many may wait for their turn


class TooSlowError(Exception):
    """A text that could not be read in time."""


class BusyError(Exception):
    """Too many texts at once."""


class UnreadableError(Exception):
    """A text that the reader stumbles over."""


class PatientReader:
    """Reads in another process, which is started when the first text comes."""

    def __init__(self, longest: float = LONGEST, waiting: int = WAITING) -> None:
        self._longest = longest
        self._room = threading.BoundedSemaphore(waiting + 1)
        self._turn = threading.Lock()
        self._process: Any = None
        self._connection: Connection[Any, Any] | None = None

    def read(self, article: Article) -> Reading:
        """The reading. Raises LanguageError, TooSlowError, BusyError, UnreadableError."""
        if not self._room.acquire(blocking=False):
            raise BusyError(f"{WAITING} texts wait already; try again")
        try:
            if not self._turn.acquire(timeout=self._longest):
                raise BusyError("others are being read; try again")
            try:
                return self._read(article)
            finally:
                self._turn.release()
        finally:
            self._room.release()

    def warm(self) -> None:
        """Start the process before the first text comes."""
        with self._turn:
            self._start()

    def _read(self, article: Article) -> Reading:
        begun = time.monotonic()
        try:
            connection = self._start()
            connection.send(article)
            if not connection.poll(self._longest):
                self.close()
                raise TooSlowError(f"it could not be read within {time.monotonic() - begun:.0f} seconds; shorten it")
            found = connection.recv()
        except (EOFError, OSError):
            self.close()
            raise UnreadableError("the process that read it died") from None
        if isinstance(found, Exception):
            raise found
        return found

    def _start(self) -> Connection[Any, Any]:
        if self._connection is None or not self._process.is_alive():
            context = multiprocessing.get_context("spawn")
            self._connection, theirs = context.Pipe()
            self._process = context.Process(target=_work, args=(theirs,), daemon=True)
            self._process.start()
            theirs.close()
        return self._connection

    def close(self) -> None:
        """End the process."""
        if self._connection is not None:
            self._connection.close()
            self._process.kill()
            self._process.join()
            self._process.close()
            self._connection = None


def _work(connection: Connection[Any, Any]) -> None:
    """What the process does: a reading, or the reason why there is none, for each article."""
    from dragoman.pipeline import Reader

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server decides
    reader = Reader()
    for code in languages.installed():
        reader.parser(code)
    while True:
        try:
            article: Article = connection.recv()
        except (EOFError, OSError):
            return
        try:
            found: Reading | Exception = reader.read(article)
        except LanguageError as problem:
            found = LanguageError(str(problem))
        except Exception as problem:
            found = UnreadableError(f"{type(problem).__name__}: {problem}")
        connection.send(found)
