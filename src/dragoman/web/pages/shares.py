"""Cells of events by month and type, added up for tables and bars.

In: `Cell`s. Out: `Shares`: how many events, how they divide into the four quads, by type and by month.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dragoman.store.summaries import Cell
from dragoman.web.pages.naming import QUADS


@dataclass(frozen=True, slots=True)
class Sum:
    """Events that were added up. `name` is a type or a month, None for events without a day; `score` their mean."""

    name: str | None
    events: int
    contested: int
    score: float
    quads: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Shares:
    events: int
    contested: int
    score: float
    quads: Mapping[str, int]
    types: tuple[Sum, ...]
    months: tuple[Sum, ...]

    def percent(self, quad: str) -> float:
        """How much of all events is of a quad."""
        return 100 * self.quads[quad] / self.events if self.events else 0.0


def shares(cells: Iterable[Cell]) -> Shares:
    """The cells added up: types by how many events they have, months newest first."""
    cells = list(cells)
    whole = _sum(None, cells)
    types: dict[str, list[Cell]] = {}
    months: dict[str | None, list[Cell]] = {}
    for cell in cells:
        types.setdefault(cell.type, []).append(cell)
        months.setdefault(cell.month, []).append(cell)
    by_type = sorted(
        (_sum(name, found) for name, found in types.items()), key=lambda one: (-one.events, one.name or "")
    )
    by_month = sorted(
        (_sum(name, found) for name, found in months.items()), key=lambda one: one.name or "", reverse=True
    )
    return Shares(whole.events, whole.contested, whole.score, whole.quads, tuple(by_type), tuple(by_month))


def _sum(name: str | None, cells: Iterable[Cell]) -> Sum:
    cells = list(cells)
    events = sum(cell.events for cell in cells)
    quads = {quad: sum(cell.events for cell in cells if cell.quad == quad) for quad in QUADS}
    score = sum(cell.score * cell.events for cell in cells) / events if events else 0.0
    return Sum(name, events, sum(cell.contested for cell in cells), round(score, 2), quads)
