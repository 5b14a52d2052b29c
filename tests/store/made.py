"""Articles and readings made up for tests, without a parser."""

from __future__ import annotations

import datetime
import time
from collections.abc import Iterable, Iterator
from typing import Any

from dragoman.records import Article, Event, Interval, Reading, Span
from dragoman.store.coder import Coder

CODERS = {language: Coder("0", "codebook", language, f"{language}-test", "abc") for language in ("en", "it", "xx")}
ARTICLES = 300


def found_in(one: Article) -> Reading:
    """A reading without a parser: a single event, the first word."""
    event = Event("e1", "AID", Span(0, 5), Span(0, len(one.text)), "en/aid/give", "material cooperation", 10.0, "07")
    return Reading(one, events=(event,))


def articles() -> Iterator[Article]:
    for number in range(ARTICLES):
        yield article(f"a{number}", f"Gives {number} " + " ".join(f"word{number * k % 97}" for k in range(30)))


def read(found: Iterable[Article]) -> Iterator[Reading]:
    for one in found:
        time.sleep(0.001)
        yield found_in(one)


def article(id: str, text: str, day: str | None = "2022-06-16", **more: Any) -> Article:
    """An article in English, published on a day."""
    published = Interval.of_day(datetime.date.fromisoformat(day)) if day else None
    return Article(id, text, more.pop("language", "en"), published, **more)
