"""The record in a database: readings stored for good, asked, and given back exactly as they went in.

In: readings. Out: `Record`; read record.py first, then schema.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dragoman.store.errors import QuestionError, RecordError

if TYPE_CHECKING:
    from dragoman.store.record import Record

__all__ = ["QuestionError", "Record", "RecordError"]


def __getattr__(name: str) -> Any:
    """`Record` loads a database library: only when it is asked for."""
    if name == "Record":
        from dragoman.store.record import Record

        return Record
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
