"""The API's counts: what is in a record, by month and type, by place, who meets whom.

In: a question. Out: small lists, from the same functions as the pages (store/summaries.py).
"""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Sequence
from types import GenericAlias
from typing import Annotated, Any, get_type_hints

from fastapi import APIRouter, Query, Response
from pydantic import create_model

from dragoman.store import encounters, summaries
from dragoman.store.question import party, question
from dragoman.web import asked
from dragoman.web.asked import Words
from dragoman.web.failures import documented
from dragoman.web.rows import as_json, text_of
from dragoman.web.served import ServedNow

router = APIRouter()
Most = Annotated[int, Query(ge=1, le=1000, description="So many rows at most.")]


def _model(of: Any) -> Any:
    """A model of a dataclass of the store."""
    others: dict[Any, Any] = {datetime.date | None: str | None, tuple[str, ...]: list[str]}
    fields: dict[str, Any] = {name: (others.get(hint, hint), ...) for name, hint in get_type_hints(of).items()}
    return create_model(of.__name__, **fields)


Overview, Cell, Partner, Pair, Spot = map(
    _model, (summaries.Overview, summaries.Cell, encounters.Partner, encounters.Pair, summaries.Spot)
)


def _plain(found: Any) -> dict[str, Any]:
    return {f.name: text_of(getattr(found, f.name)) for f in dataclasses.fields(found)}


def _answer(found: Sequence[Any]) -> Response:
    return as_json({"rows": [_plain(one) for one in found]})


def _rows(of: Any) -> Any:
    fields: dict[str, Any] = {"rows": (GenericAlias(list, (of,)), ...)}
    return create_model(f"{of.__name__}s", **fields)


@router.get("/overview", response_model=Overview, responses=documented(503))
def overview(served: ServedNow) -> Response:
    """How much of what is in the record."""
    return as_json(_plain(served.remembered("overview", lambda: summaries.overview(served.record))))


@router.get("/months", response_model=_rows(Cell), responses=documented(409, 422, 503))
def months(wanted: Annotated[asked.Question, Query()], served: ServedNow) -> Response:
    """The events asked for, by month and type."""
    given = question(**wanted.given)
    return _answer(summaries.monthly(served.record.holding(given), given))


@router.get("/places", response_model=_rows(Spot), responses=documented(409, 422, 503))
def places(wanted: Annotated[asked.Question, Query()], served: ServedNow) -> Response:
    """Where the events asked for were, the places with most first."""
    given = question(**wanted.given)
    return _answer(summaries.spots(served.record.holding(given), given, 1000))


@router.get("/pairs", response_model=_rows(Pair), responses=documented(422, 503))
def pairs(served: ServedNow, limit: Most = 50) -> Response:
    """Pairs of countries with most events between them."""
    return _answer(served.remembered(("pairs", limit), lambda: encounters.pairs(served.record, limit)))


@router.get("/partners", response_model=_rows(Partner), responses=documented(409, 422, 503))
def partners(
    served: ServedNow,
    of: Annotated[Words, Query(description="CHN, CHN GOV, REB, or part of a name.")],
    limit: Most = 50,
) -> Response:
    """Whom a party has to do with, those with most events first."""
    who = party(of)
    return _answer(served.remembered(("partners", who, limit), lambda: encounters.partners(served.record, who, limit)))
