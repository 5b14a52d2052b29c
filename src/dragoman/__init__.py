"""Dragoman reads news dispatches in their own language and keeps the record.

`read` gives the `Reading` of one text: who did or said what to whom, when, and according to whom. `Record` keeps readings
and is asked for their events, statements, articles and actors.
"""

from __future__ import annotations

import datetime
import functools
from typing import TYPE_CHECKING, Any

from dragoman.records import (
    Actor,
    Article,
    Event,
    GroundingError,
    Interval,
    Reading,
    Span,
    Statement,
    When,
)

if TYPE_CHECKING:
    from dragoman.pipeline import Reader
    from dragoman.store.record import Record

__version__ = "0.1.0"
__all__ = [
    "Actor", "Article", "Event", "GroundingError", "Interval", "Reading", "Record", "Span", "Statement", "When", "read",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    """`Record` brings a database library along: only when it is asked for."""
    if name == "Record":
        from dragoman.store.record import Record

        return Record
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def read(
    text: str,
    language: str | None = None,
    published: str | datetime.date | Interval | None = None,
    *,
    id: str = "text",
    title: str | None = None,
    url: str | None = None,
    outlet: str | None = None,
) -> Reading:
    """Read one text.

    `language` is an ISO 639-1 code, detected where it is not given; `published` a date or "2022-06-15", "2022-06",
    "2022". Offsets of the findings are half-open and count code points of `text`, which is never altered. Raises
    ValueError where the language cannot be told or is not installed, and for a date that is none.
    """
    from dragoman import languages
    from dragoman.text import detect_language, parse_date

    if language is None:
        language = detect_language(text)
        if language is None:
            raise ValueError("the language of the text cannot be told; say which it is: language='en'")
    if language not in languages.installed():
        raise ValueError(f"language {language!r} is not installed; installed: {', '.join(languages.installed())}")
    if isinstance(published, str):
        published = parse_date(published)
    elif isinstance(published, datetime.datetime):
        published = Interval.of_day(published.date())
    elif isinstance(published, datetime.date):
        published = Interval.of_day(published)
    return _reader().read(Article(id, text, language, published, title, url, outlet))


@functools.cache
def _reader() -> Reader:
    from dragoman.pipeline import Reader

    return Reader()
