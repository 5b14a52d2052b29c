"""Actor: with whom, what, and what is said by it and about it."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from dragoman.store import encounters, summaries
from dragoman.web.pages.naming import Who, who
from dragoman.web.pages.rendering import as_csv, as_json, href, page, shared
from dragoman.web.pages.shares import shares
from dragoman.web.served import Served, ServedNow

router = APIRouter()
PARTNERS, LATEST, NAMES = 20, 8, 12


def facts(served: Served, one: Who) -> dict[str, Any]:
    """What the page shows of a party."""
    record, party, key = served.record, one.party, one.words
    remembered = served.remembered
    cells = remembered(("activity", key), lambda: summaries.activity(record, party))
    acts = remembered(("acts", key), lambda: summaries.activity(record, party, "actor"))
    about = remembered(("about", key), lambda: encounters.told_about(record, party, LATEST))
    return {
        "one": one,
        "names": remembered(("names", key), lambda: record.actors(actor=party, limit=NAMES).to_list()),
        "shares": shares(cells),
        "acts": {kind.name: kind.events for kind in shares(acts).types},
        "cells": cells,
        "partners": remembered(("partners", key), lambda: encounters.partners(record, party, PARTNERS)),
        "says": remembered(("says", key), lambda: record.statements(according_to=party, limit=LATEST).to_list()),
        "about": about,
        "latest": remembered(("actor latest", key), lambda: encounters.latest_of(record, party, LATEST)),
    }


@router.get("/actor")
@shared
def actor(request: Request, served: ServedNow) -> Response:
    words = request.query_params.get("who", "").strip()
    if not words:
        return RedirectResponse("/actors", 307)
    one = who(words)
    if one.words != request.query_params.get("who"):
        return RedirectResponse(href("/actor", who=one.words), 307)
    return page(request, "actor.html", **facts(served, one), data="/actor", asked={"who": one.words})


@router.get("/actor.json")
@shared
def actor_json(request: Request, served: ServedNow) -> Response:
    found = facts(served, who(request.query_params.get("who", "")))
    whole = found.pop("shares")
    return as_json({**found, "one": found["one"].words, "events": whole.events, "quads": whole.quads})


@router.get("/actor.csv")
def actor_csv(request: Request, served: ServedNow) -> Response:
    """Events by month and type."""
    return as_csv(facts(served, who(request.query_params.get("who", "")))["cells"], "actor")
