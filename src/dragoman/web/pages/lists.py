"""Lists: the events, statements, articles and actors that a visitor asks for, a page at a time; everything as CSV."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast, get_args

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from dragoman.records import Stance
from dragoman.store.answer import Answer
from dragoman.store.query import Kind
from dragoman.web.asked import asked_of
from dragoman.web.pages.naming import event_types
from dragoman.web.pages.rendering import as_csv, as_json, page, shared
from dragoman.web.served import Served, ServedNow

router = APIRouter()
AT_ONCE = 40
KINDS = ("events", "statements", "articles", "actors")


def _answer(served: Served, kind: str, asked: dict[str, Any], **more: Any) -> Answer:
    return getattr(served.record, kind)(**asked, **more)


def facts(served: Served, request: Request, kind: str) -> dict[str, Any]:
    """What a page of the list shows; `after` is the word that the page before ended with."""
    asked, after = asked_of(request.query_params), request.query_params.get("after") or None
    key = (kind, after, tuple(sorted((name, str(value)) for name, value in asked.items())))
    found = served.remembered(key, lambda: served.record.page(cast(Kind, kind), limit=AT_ONCE, after=after, **asked))
    return {"rows": found.rows, "next": found.next}


def _shown(kind: str) -> Callable[..., Response]:
    @shared
    def shown(request: Request, served: ServedNow) -> Response:
        given = request.query_params
        asked = {name: found for name in given if (found := [value for value in given.getlist(name) if value.strip()])}
        first = "after" not in asked
        asked.pop("after", None)
        return page(
            request, f"{kind}.html", **facts(served, request, kind), asked=asked, types=event_types(), stances=get_args(Stance),
            kind=kind, first=first, at_once=AT_ONCE, data=f"/{kind}",
            languages=served.remembered("languages", served.record.languages),
        )  # fmt: skip

    return shown


for _kind in KINDS:
    router.get(f"/{_kind}", name=_kind)(_shown(_kind))


@router.get("/{kind}.csv")
def csv(request: Request, served: ServedNow, kind: str) -> Response:
    """All rows that are asked for."""
    if kind not in KINDS:
        raise HTTPException(404, "There is no such file.")
    answer = _answer(served, kind, asked_of(request.query_params))
    return as_csv(answer, kind, answer.columns)


@router.get("/{kind}.json")
@shared
def json(request: Request, served: ServedNow, kind: str) -> Response:
    """The rows of one page of the list."""
    if kind not in KINDS:
        raise HTTPException(404, "There is no such file.")
    return as_json(facts(served, request, kind))
