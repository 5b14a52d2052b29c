"""Home: what is in the record, and where to begin."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from dragoman.store import encounters, summaries
from dragoman.web.pages.rendering import as_csv, as_json, page, shared
from dragoman.web.pages.shares import Shares, shares
from dragoman.web.served import Served, ServedNow

router = APIRouter()
PAIRS, ACTORS, ARTICLES = 8, 12, 8


def facts(served: Served) -> dict[str, Any]:
    """What the page shows."""
    record = served.record
    cells = served.remembered("calendar", lambda: summaries.calendar(record))
    return {
        "overview": served.remembered("overview", lambda: summaries.overview(record)),
        "shares": shares(cells),
        "pairs": served.remembered("pairs", lambda: encounters.pairs(record, PAIRS)),
        "actors": served.remembered("top actors", lambda: record.actors(limit=ACTORS).to_list()),
        "stories": served.remembered("latest stories", lambda: record.stories(limit=ARTICLES)),
        "articles": served.remembered("latest", lambda: record.articles(limit=ARTICLES).to_list()),
        "cells": cells,
    }


@router.get("/")
@shared
def home(request: Request, served: ServedNow) -> HTMLResponse:
    found = facts(served)
    template = "home.html" if found["overview"].articles else "empty.html"
    return page(request, template, **found, data="/home")


@router.get("/home.json")
@shared
def home_json(request: Request, served: ServedNow) -> Response:
    found = facts(served)
    whole: Shares = found.pop("shares")
    return as_json({**found, "quads": whole.quads})


@router.get("/home.csv")
def home_csv(served: ServedNow) -> Response:
    """Events by month and type."""
    return as_csv(facts(served)["cells"], "events-by-month")
