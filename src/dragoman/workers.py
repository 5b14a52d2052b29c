"""Reading with several processes: each loads the pipelines once, and the readings come out in the order the articles went in.

In: articles, and how a process comes by a reader. Out: their readings, a bounded number of them in memory. An article that
cannot be read, or that its process dies of, is reported and left out; the others of its batch are read all the same.
"""

from __future__ import annotations

import itertools
import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from typing import Any

from dragoman.languages import LanguageError
from dragoman.records import Article, Reading
from dragoman.world.tables import WorldError

BATCH = 16  # articles that a process gets at once
DEATHS = 5  # of processes, one after another without a reading between them, after which it is no article's fault
PATIENCE = 5.0  # seconds in which a process may end by itself

Failed = Callable[[Article, Exception], None]
Read = Callable[[Iterable[Article], Failed], Iterator[Reading]]
MakeRead = Callable[[], Read]  # called in each process; must be picklable


class WorkerError(Exception):
    """The processes that read cannot go on. One line: why, and what to do."""


class ReadingError(Exception):
    """What an article is reported with that could not be read."""


class ProcessDiedError(Exception):
    """What an article is reported with whose process died."""


def read_in_processes(articles: Iterable[Article], make_read: MakeRead, jobs: int, failed: Failed) -> Iterator[Reading]:
    """The readings of the articles in their order, read by that many processes. Raises WorkerError, LanguageError."""
    _limit_threads()
    rest = iter(articles)
    open_tasks: deque[_Task] = deque()  # in order; the first is the next to come out
    todo: deque[_Task] = deque()
    workers = [_Worker(make_read) for _ in range(jobs)]
    deaths = 0
    try:
        while True:
            while len(open_tasks) < 2 * jobs and (batch := list(itertools.islice(rest, BATCH))):
                task = _Task(batch)
                open_tasks.append(task)
                todo.append(task)
            for worker in workers:
                if worker.task is None and todo:
                    worker.begin(todo.popleft())
            while open_tasks and open_tasks[0].is_done:
                yield from open_tasks.popleft().outcome(failed)
            busy = {worker.connection: worker for worker in workers if worker.task}
            if not busy:
                if open_tasks or todo:
                    continue
                return
            for ready in wait(list(busy)):
                deaths = 0 if busy[ready].listen() else deaths + 1  # type: ignore[index]
                if deaths >= DEATHS:
                    raise WorkerError(
                        "the processes that read die one after another; too little memory? try fewer --jobs"
                    )
    finally:
        for worker in workers:
            worker.end()


@dataclass
class _Task:
    """A batch of articles and what became of each so far. `alone`: they are sent one at a time, to find the one that kills."""

    articles: list[Article]
    results: list[Reading | Exception] = field(default_factory=list[Reading | Exception])
    alone: bool = False

    @property
    def is_done(self) -> bool:
        return len(self.results) == len(self.articles)

    def next(self) -> list[Article]:
        rest = self.articles[len(self.results) :]
        return rest[:1] if self.alone else rest

    def outcome(self, failed: Failed) -> Iterator[Reading]:
        for article, result in zip(self.articles, self.results, strict=True):
            if isinstance(result, Reading):
                yield result
            else:
                failed(article, result)


class _Worker:
    """A process and what it is at. It is started anew where it died."""

    def __init__(self, make_read: MakeRead) -> None:
        self._make_read = make_read
        self.task: _Task | None = None
        self._start()

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe()
        self._process = context.Process(target=_work, args=(theirs, self._make_read), daemon=True)
        self._process.start()
        theirs.close()

    def begin(self, task: _Task) -> None:
        self.task = task
        self._send()

    def _send(self) -> None:
        assert self.task is not None
        try:
            self.connection.send(self.task.next())
        except (BrokenPipeError, ConnectionResetError):
            return  # the process is dead, and the next look at it will tell

    def listen(self) -> bool:
        """Take one message; False where the process died. Raises what makes reading impossible altogether."""
        task = self.task
        assert task is not None
        try:
            message = self.connection.recv()
        except (EOFError, OSError):
            self._died(task)
            return False
        if isinstance(message, (LanguageError, WorldError)):
            raise message
        if message is not None:
            task.results.append(message)
        elif task.is_done:
            self.task = None
        else:  # the next one, or, where reading broke off, the rest one by one
            task.alone = True
            self._send()
        return True

    def _died(self, task: _Task) -> None:
        self._process.join(PATIENCE)
        code = self._process.exitcode
        if task.alone or len(task.next()) == 1:
            why = f"was killed by signal {-code}" if code and code < 0 else f"ended with status {code}"
            task.results.append(ProcessDiedError(f"the process that read it {why}"))
        task.alone = True
        self.connection.close()
        self._start()
        if task.is_done:
            self.task = None
        else:
            self._send()

    def end(self) -> None:
        self.connection.close()  # the process sees it and ends
        self._process.join(PATIENCE if self.task is None else 0.1)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()


def _work(connection: Connection[Any, Any], make_read: MakeRead) -> None:
    """What a process does: read what it is sent; a message for each article, and None where no more will come."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that started this one decides
    try:
        read = make_read()
        while True:
            articles: list[Article] = connection.recv()
            try:
                for reading in read(articles, lambda article, reason: connection.send(_plain(reason))):
                    connection.send(reading)
            except (LanguageError, WorldError) as problem:
                connection.send(type(problem)(str(problem)))
            except Exception as problem:
                if len(articles) == 1:
                    connection.send(_plain(problem))
            connection.send(None)
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return


def _plain(problem: Exception) -> ReadingError:
    """A problem as every process can unpickle it."""
    return ReadingError(f"{type(problem).__name__}: {problem}")


def _limit_threads() -> None:
    """One thread a process, unless the user says otherwise: the processes are what runs side by side."""
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")
