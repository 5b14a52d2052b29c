"""Several processes read as one does: in order, all of it, whatever one of them dies of."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator

import pytest

from dragoman import workers
from dragoman.languages import LanguageError
from dragoman.records import Article, Reading
from dragoman.workers import WorkerError, read_in_processes


def articles(count: int, bad: dict[int, str] | None = None) -> list[Article]:
    return [Article(f"a{n}", (bad or {}).get(n, "fine"), "en") for n in range(count)]


def read(found: Iterable[Article], failed: Callable[[Article, Exception], None]) -> Iterator[Reading]:
    """Reads as the text says. Like a parser, it is a few articles ahead of what it gives."""
    ahead = list(found)
    for one in ahead:
        if one.text == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
    for one in ahead:
        if one.text == "exit":
            os._exit(3)
        if one.text == "fail":
            failed(one, ValueError("no good"))
            continue
        if one.text == "raise":
            raise ValueError("breaks off")
        if one.text == "language":
            raise LanguageError("en: no pipeline")
        yield Reading(one)


def make_read() -> workers.Read:
    return read


def make_dying() -> workers.Read:
    os._exit(1)


def run(found: Iterable[Article], jobs: int = 2) -> tuple[list[str], dict[str, str]]:
    problems: dict[str, str] = {}
    got = [
        reading.article.id
        for reading in read_in_processes(found, make_read, jobs, lambda a, why: problems.update({a.id: str(why)}))
    ]
    return got, problems


@pytest.mark.parametrize("count", [0, 1, 70])
def test_everything_comes_in_order(count: int) -> None:
    assert run(articles(count), 3) == ([f"a{n}" for n in range(count)], {})


def test_an_article_that_kills_is_the_only_one_that_is_lost() -> None:
    bad = {5: "kill", 20: "exit", 21: "fail", 37: "raise", 59: "kill"}
    got, problems = run(articles(60, bad))
    assert got == [f"a{n}" for n in range(60) if n not in bad]
    assert problems == {
        "a5": "the process that read it was killed by signal 9",
        "a20": "the process that read it ended with status 3",
        "a21": "ValueError: no good",
        "a37": "ValueError: breaks off",
        "a59": "the process that read it was killed by signal 9",
    }


def test_what_makes_reading_impossible_ends_it() -> None:
    with pytest.raises(LanguageError, match="no pipeline"):
        run(articles(40, {3: "language"}))
    with pytest.raises(WorkerError, match="too little memory"):
        list(read_in_processes(articles(40), make_dying, 2, lambda a, why: None))


def test_no_more_is_taken_than_is_being_read() -> None:
    taken = 0

    def counted() -> Iterator[Article]:
        nonlocal taken
        for one in articles(500):
            taken += 1
            yield one

    found = read_in_processes(counted(), make_read, 2, lambda a, why: None)
    next(found)
    assert taken <= 5 * workers.BATCH
    before = threading.active_count()
    found.close()  # type: ignore[attr-defined]
    assert threading.active_count() <= before


def test_processes_end_when_the_reading_does() -> None:
    import multiprocessing

    found = read_in_processes(articles(100), make_read, 2, lambda a, why: None)
    next(found)
    children = multiprocessing.active_children()
    assert len(children) == 2
    found.close()  # type: ignore[attr-defined]
    time.sleep(0.1)
    assert not any(child.is_alive() for child in children)
