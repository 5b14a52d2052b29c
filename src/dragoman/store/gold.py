"""Corrections as gold: each article with the findings that people hold to be right.

In: a record. Out: readings in the contract's form, one an article, and beside them the corrections: who, when, which verdict, and
what the machine had, so that what was rejected is known too.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Any

from dragoman.store.confirmed import confirmed_readings

if TYPE_CHECKING:
    from dragoman.store.record import Record


def gold(record: Record, articles: Collection[str] = ()) -> Iterator[dict[str, Any]]:
    """The articles of which something stands; those named, where some are."""
    with record.asking() as connection:
        for _, found, made in confirmed_readings(connection):
            if articles and found.article.id not in articles:
                continue
            corrections = [
                {
                    "kind": one.kind, "id": one.finding, "verdict": one.verdict, "who": one.who,
                    "made": f"{one.made.isoformat(timespec='seconds')}Z", "note": one.note, "machine": one.machine,
                }
                for one in made
            ]  # fmt: skip
            yield {**found.to_dict(), "corrections": corrections}
