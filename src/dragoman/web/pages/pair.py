"""Pair: two countries or actors over time."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from dragoman.store import encounters, summaries
from dragoman.store.question import Question
from dragoman.web.pages.naming import Who, who
from dragoman.web.pages.rendering import as_csv, as_json, href, page, shared
from dragoman.web.pages.shares import shares
from dragoman.web.served import Served, ServedNow

router = APIRouter()
LATEST = 12


def facts(served: Served, one: Who, other: Who) -> dict[str, Any]:
    """What the page shows of two parties."""
    record, between, key = served.record, (one.party, other.party), (one.words, other.words)
    cells = served.remembered(("pair", *key), lambda: summaries.monthly(record, Question(between=between)))
    there, back, together = served.remembered(
        ("directions", *key), lambda: encounters.directions(record, one.party, other.party)
    )
    return {
        "one": one,
        "other": other,
        "there": there,
        "back": back,
        "together": together,
        "shares": shares(cells),
        "cells": cells,
        "latest": served.remembered(
            ("pair latest", *key), lambda: record.events(between=between, limit=LATEST).to_list()
        ),
    }


@router.get("/pair")
@shared
def pair(request: Request, served: ServedNow, a: str = "", b: str = "") -> Response:
    if not (a.strip() and b.strip()):
        busiest = served.remembered("busiest", lambda: encounters.pairs(served.record, 24))
        return page(request, "pairs.html", pairs=busiest, a=a.strip(), b=b.strip())
    one, other = who(a), who(b)
    if (one.words, other.words) != (a, b):  # one address for one page
        return RedirectResponse(href("/pair", a=one.words, b=other.words), 307)
    asked = {"a": one.words, "b": other.words}
    return _shown(request, facts(served, one, other), asked)


def _shown(request: Request, found: dict[str, Any], asked: dict[str, str]) -> HTMLResponse:
    return page(request, "pair.html", **found, data="/pair", asked=asked)


@router.get("/pair.json")
@shared
def pair_json(request: Request, served: ServedNow, a: str, b: str) -> Response:
    found = facts(served, who(a), who(b))
    whole = found.pop("shares")
    return as_json({**found, "one": a, "other": b, "events": whole.events, "quads": whole.quads})


@router.get("/pair.csv")
def pair_csv(served: ServedNow, a: str, b: str) -> Response:
    """Events by month and type."""
    return as_csv(facts(served, who(a), who(b))["cells"], "pair")
