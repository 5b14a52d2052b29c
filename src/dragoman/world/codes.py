"""How something is coded as an actor, and for how long."""

from __future__ import annotations

import datetime
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Code:
    """Country and PLOVER sectors, from `start` until before `end`; None is open."""

    country: str
    sectors: tuple[str, ...]
    start: datetime.date | None = None
    end: datetime.date | None = None
