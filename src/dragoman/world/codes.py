"""How something is coded as an actor, and for how long."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from dragoman import ontology
from dragoman.world.tables import WorldError, moment


@dataclass(frozen=True, slots=True)
class Code:
    """Country and PLOVER sectors, from `start` until before `end`; None is open."""

    country: str
    sectors: tuple[str, ...]
    start: datetime.date | None = None
    end: datetime.date | None = None


def read_codes(where: str, entry: Mapping[str, Any], countries: Collection[str]) -> Iterable[Code]:
    """The codes of one table of TOML: `codes`, or `country` and `sectors`. Raises WorldError, saying `where`."""
    dated: Sequence[Mapping[str, Any]] = entry.get("codes", ()) or (entry,)
    codebook = ontology.load()
    for code in dated:
        country, sectors = code.get("country"), tuple(code.get("sectors", ()))
        if country not in countries and country not in codebook.non_state:
            raise WorldError(
                f"{where}: unknown country {country!r}; use an ISO 3166-1 alpha-3 code or {', '.join(sorted(codebook.non_state))}"
            )
        for sector in sectors:
            if sector not in codebook.sectors:
                raise WorldError(f"{where}: unknown sector {sector!r}; one of {', '.join(sorted(codebook.sectors))}")
        start, end = moment(code.get("start", ""), where), moment(code.get("end", ""), where)
        if start and end and end.last <= start.first:
            raise WorldError(f"{where}: a code ends {end.first} before it starts {start.first}; mend the dates")
        yield Code(cast(str, country), sectors, start.first if start else None, end.first if end else None)
