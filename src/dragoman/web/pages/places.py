"""Map: where events were."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from dragoman.store import summaries
from dragoman.store.question import Question, question
from dragoman.web.pages.rendering import as_csv, as_json, page, shared
from dragoman.web.served import Served, ServedNow

router = APIRouter()
PLACES = 400
FIELDS = ("actor", "type", "since", "until")


def facts(served: Served, request: Request) -> dict[str, Any]:
    """What the page shows: the most frequent places of the events asked for."""
    asked = {name: value for name in FIELDS if (value := request.query_params.get(name, "").strip())}
    return {"spots": _spots(served, question(**asked)), "asked": asked}


def warm(served: Served) -> None:
    """Count all places before somebody asks for them."""
    _spots(served, Question())


def _spots(served: Served, asked: Question) -> list[summaries.Spot]:
    return served.remembered(("spots", asked), lambda: summaries.spots(served.record, asked, PLACES))


@router.get("/map")
@shared
def map_(request: Request, served: ServedNow) -> HTMLResponse:
    return page(request, "map.html", **facts(served, request), data="/map")


@router.get("/map.json")
@shared
def map_json(request: Request, served: ServedNow) -> Response:
    return as_json(facts(served, request))


@router.get("/map.csv")
def map_csv(request: Request, served: ServedNow) -> Response:
    return as_csv(facts(served, request)["spots"], "places")
