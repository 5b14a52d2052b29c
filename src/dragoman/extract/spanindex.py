"""Which of many spans cover a place: asked for every event, date and statement, so answered without looking at all.

In: spans with what they belong to. Out: those that cover a given span. Space and time are linear in the text covered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

from dragoman.records import Span

Item = TypeVar("Item")
BLOCK = 256  # code points; about a sentence


class SpanIndex(Generic[Item]):
    """Items by the blocks of text that their spans touch."""

    def __init__(self, entries: Iterable[tuple[Span, Item]]) -> None:
        self._blocks: dict[int, list[tuple[Span, Item]]] = {}
        for span, item in entries:
            for block in range(span.start // BLOCK, (span.end - 1) // BLOCK + 1):
                self._blocks.setdefault(block, []).append((span, item))

    def covering(self, span: Span) -> Iterator[tuple[Span, Item]]:
        """The spans that cover `span`, with their items, in the order in which they were given."""
        return ((s, item) for s, item in self._blocks.get(span.start // BLOCK, ()) if s.covers(span))
