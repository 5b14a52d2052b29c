"""One line of JSONL to an article.

In: the line. Out: an `Article` whose text is exactly the line's. The names of another event coder's input (NGEC) are understood as
they are. Raises `RowError` with one line on what is wrong.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, cast

from dragoman.records import Article, Interval
from dragoman.text.publication import parse_date

NAMES = {
    "id": ("id", "story_id"), "text": ("text", "event_text"), "language": ("language", "lang"),
    "published": ("published", "pub_date", "date"), "title": ("title", "headline"), "url": ("url",),
    "outlet": ("outlet", "publisher", "source"),
}  # fmt: skip


class RowError(ValueError):
    """A line that is no document."""


def article_of(line: str, id: str, language: str | None) -> Article:
    """The article in a line; `id` and `language` hold where the line does not say."""
    try:
        row = json.loads(line)
    except ValueError as problem:
        raise RowError(f"not valid JSON: {problem}") from None
    except RecursionError:
        raise RowError("not a document: nested too deeply") from None
    if not isinstance(row, dict):
        raise RowError('not a document: a line is an object such as {"id": "1", "text": "..."}')
    values = cast(Mapping[str, Any], row)
    text = _value(values, "text")
    if text is None:
        raise RowError('no "text" in it')
    for name in ("title", "url", "outlet", "language", "text"):
        value = _value(values, name)
        if value is not None and not isinstance(value, str):
            raise RowError(f'"{name}" must be words in quotation marks, not {value!r:.40}')
    given = _value(values, "id")
    if given is not None and not isinstance(given, str | int):
        raise RowError(f'"id" must be words or a number, not {given!r:.40}')
    _check_surrogates(text)
    return Article(
        id=str(given) if given is not None else id,
        text=text,
        language=(_value(values, "language") or language or "").lower(),
        published=_published(_value(values, "published")),
        title=_value(values, "title"),
        url=_value(values, "url"),
        outlet=_value(values, "outlet"),
    )


def _value(row: Mapping[str, Any], name: str) -> Any:
    """The first of the names that is there and says something."""
    return next((row[key] for key in NAMES[name] if row.get(key) is not None), None)


def _published(value: object) -> Interval | None:
    if value is None or value == "":
        return None
    try:
        if isinstance(value, dict):
            return Interval.from_dict(cast(Mapping[str, Any], value))
        return parse_date(str(value))
    except (KeyError, TypeError, ValueError) as problem:
        raise RowError(f'"published": {problem}') from None


def _check_surrogates(text: str) -> None:
    """Half a character, as a cut-off escape leaves it, can be neither counted nor printed."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as problem:
        raise RowError(f'"text" holds half a character at {problem.start}; its escape was cut') from None
