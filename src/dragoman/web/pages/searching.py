"""Search: countries, actors by their names, articles by their words."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from dragoman.store.errors import QuestionError
from dragoman.text.folding import fold
from dragoman.web.pages.naming import country, who
from dragoman.web.pages.rendering import as_csv, as_json, page, shared
from dragoman.web.served import Served, ServedNow
from dragoman.world.countries import read_countries

router = APIRouter()
ACTORS, ARTICLES, COUNTRIES = 12, 20, 6


def facts(served: Served, words: str) -> dict[str, Any]:
    """What is found: `problem` says why articles could not be looked for."""
    found: dict[str, Any] = {"q": words, "countries": [], "actors": [], "articles": [], "problem": None}
    if not words:
        return found
    found["countries"] = _countries(words)
    name = words.replace('"', " ").strip()
    if name and who(name).is_name:
        found["actors"] = served.remembered(
            ("actors named", name), lambda: served.record.actors(actor=who(name).party, limit=ACTORS).to_list()
        )
    try:
        found["articles"] = served.remembered(
            ("articles with", words), lambda: served.record.articles(text=words, limit=ARTICLES).to_list()
        )
    except QuestionError as problem:
        found["problem"] = str(problem)
    return found


def _countries(words: str) -> list[str]:
    """Codes of the countries whose name begins with these words, or in which one of its words does."""
    wanted = fold(words)
    exact = who(words).party.country
    codes = [code for code, facts in read_countries().items() if not facts.folds_into]
    near = [
        code
        for code in codes
        if any(part.startswith(wanted) for part in (fold(country(code)), *fold(country(code)).split()))
    ]
    codes = [exact, *near] if exact else near
    return list(dict.fromkeys(codes))[:COUNTRIES]


@router.get("/search")
@shared
def search(request: Request, served: ServedNow, q: str = "") -> HTMLResponse:
    words = " ".join(q.split())
    return page(request, "search.html", **facts(served, words), data="/search" if words else None, asked={"q": words})


@router.get("/search.json")
@shared
def search_json(request: Request, served: ServedNow, q: str = "") -> Response:
    return as_json(facts(served, " ".join(q.split())))


@router.get("/search.csv")
def search_csv(served: ServedNow, q: str = "") -> Response:
    """The articles that are found."""
    return as_csv(facts(served, " ".join(q.split()))["articles"], "search")
