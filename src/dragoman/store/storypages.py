"""Stories a page at a time, by key, as paging.py does it for rows.

In: a question for stories, and where the page before ended. Out: stories in their short form, and the word for the next page.
"""

from __future__ import annotations

import base64
import binascii
import datetime
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Connection

from dragoman.store.errors import QuestionError
from dragoman.store.stories import StoryLine, StoryQuestion, lines
from dragoman.store.storytables import story

_Part = list[ColumnElement[bool]]
_VALUES = {
    "date": "end",
    "oldest": "start",
    "articles": "articles",
    "contested": "contested",
}  # sort -> what it sorts by


@dataclass(frozen=True, slots=True)
class StoryPage:
    """Stories, and the word for the next page; None where this is the last."""

    stories: list[StoryLine]
    next: str | None


def page(connection: Connection, asked: StoryQuestion, limit: int, after: str | None) -> StoryPage:
    """A page of stories. Raises QuestionError for a word that leads nowhere."""
    found: list[StoryLine] = []
    for part in _parts(asked.sort, after):
        found += lines(connection, replace(asked, limit=limit + 1 - len(found)), part)
        if len(found) > limit:
            break
    return StoryPage(found[:limit], _word(asked.sort, found[limit - 1]) if len(found) > limit else None)


def _word(sort: str, last: StoryLine) -> str:
    value = getattr(last, _VALUES[sort])
    key = ["stories", sort, last.id, value.isoformat() if isinstance(value, datetime.date) else value]
    return base64.urlsafe_b64encode(json.dumps(key, separators=(",", ":")).encode()).decode().rstrip("=")


def _parts(sort: str, after: str | None) -> Sequence[_Part]:
    """What holds of the stories behind a place; those without a day come last."""
    if after is None:
        return [[]]
    number, value = _decoded(after, sort)
    id = story.c.id
    if sort in ("articles", "contested"):
        column = story.c[_VALUES[sort]]
        return [[column <= value, sa.or_(column < value, id > number)]]
    day = story.c[_VALUES[sort]]
    behind = id < number if sort == "date" else id > number
    if value is None:
        return [[day.is_(None), behind]]
    further, at_least = (day < value, day <= value) if sort == "date" else (day > value, day >= value)
    return [[at_least, sa.or_(further, behind)], [day.is_(None)]]


def _decoded(word: str, sort: str) -> tuple[int, Any]:
    try:
        data = base64.b64decode(word + "=" * (-len(word) % 4), altchars=b"-_", validate=True)
        of, by, number, value = cast(list[Any], json.loads(data))
        if (of, by) != ("stories", sort) or type(number) is not int or not 0 <= number < 2**63:
            raise ValueError
        if sort in ("articles", "contested"):
            return number, int(value)
        return number, None if value is None else datetime.date.fromisoformat(value)
    except (ValueError, TypeError, OverflowError, RecursionError, binascii.Error):
        raise QuestionError(
            f"after {word[:40]!r}: leads nowhere in this list; take `next` of the page before"
        ) from None
