"""Corrections follow their findings when an article is read again, or comes in a new version.

In: articles as they are read now. Out: `finding` of each correction that stands names the finding that it is about now, told by
its words and type; "p" and a number where the machine no longer has it: what a person said stays. Where the words themselves
have changed, the correction is history.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy import Connection

from dragoman.records import Reading, Span
from dragoman.store import schema
from dragoman.store.corrections import Correction, count, spans_of, standing, type_of
from dragoman.store.weaving import LISTS, Finding


def follow(connection: Connection, now: Mapping[int, Reading], before: Mapping[int, str] | None = None) -> None:
    """Lead the corrections of these articles to their findings. `before` holds the texts that articles had, where changed."""
    todo = list(standing(connection, now))
    if not todo:
        return
    table = schema.correction
    taken: set[tuple[int, str, str]] = set()
    for one in reversed(todo):  # where two have become one finding the newest stands
        reading = now[one.article]
        changed: dict[str, Any] = {"stands": False}
        if _is_there(one, reading, (before or {}).get(one.article)):
            id = _present(one, reading) or f"p{one.id}"
            changed = {"finding": id, "stands": (one.article, one.kind, id) not in taken}
            taken.add((one.article, one.kind, id))
        connection.execute(sa.update(table).where(table.c.id == one.id).values(**changed))
    count(connection)


def texts_of_corrected(connection: Connection, articles: Mapping[int, int]) -> dict[int, str]:
    """The texts of those articles of which something stands; `articles` gives the number of each one's text."""
    numbers = {one.article for one in standing(connection, articles)}
    text = schema.text.c
    found: dict[int, str] = {}
    for number in numbers:
        found[number] = connection.execute(sa.select(text.content).where(text.id == articles[number])).scalar_one()
    return found


def _is_there(one: Correction, reading: Reading, before: str | None) -> bool:
    """Whether all the words that the correction is about stand where they stood."""
    if before is None:
        return True
    last = max(end for _, end in _ends(one.machine, one.value, one.about))
    return before[:last] == reading.article.text[:last]


def _ends(*found: Any) -> Iterator[tuple[int, int]]:
    """All spans in findings: pairs of whole numbers."""
    for value in found:
        if isinstance(value, dict):
            yield from _ends(*cast(dict[str, Any], value).values())
        elif isinstance(value, list):
            value = cast(list[Any], value)
            if len(value) == 2 and all(type(n) is int for n in value):
                yield value[0], value[1]
            else:
                yield from _ends(*value)


def _present(one: Correction, reading: Reading) -> str | None:
    """The id of the finding in a reading that a correction is about."""
    name = LISTS[one.kind]
    types = {one.type, *([type_of(name, one.value)] if one.value else ())}
    # What is rejected is rejected as what it was; what is held to be right is about the words, whatever they are read as.
    found = [(_closeness(one, name, other.to_dict(), types), other.id) for other in getattr(reading, name)]
    closeness, id = max(found, key=lambda pair: pair[0], default=(0, ""))
    return id if closeness else None


def _closeness(one: Correction, name: str, other: Finding, types: Iterable[str]) -> int:
    """How much a finding looks like that of a correction; 0 where it is another one."""
    same_type = type_of(name, other) in types
    theirs = spans_of(name, other)
    if name == "actors":
        shared = len({tuple(span) for span in theirs} & {tuple(span) for span in one.spans})
        same_name = other["name"] in {finding["name"] for finding in (one.machine, one.value) if finding}
        return shared and (2 * shared + 1000 * same_name + 500 * (theirs[0] == list(one.spans[0])))
    if one.verdict == "rejected" and not same_type and name == "events":
        return 0
    if theirs == [list(span) for span in one.spans]:
        return 4 + same_type
    if name == "statements":  # the words said are what a statement is
        said = [list(span) for span in (one.machine or one.value or {}).get("content", ())]
        return 3 if said and said == other["content"] else 0
    return 2 if same_type and any(Span(*a).overlaps(Span(*b)) for a in theirs for b in one.spans) else 0
