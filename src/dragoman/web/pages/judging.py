"""Judging a finding: confirm, correct or reject it, or add what the machine overlooked.

In: buttons on the page of an article, and the form of one finding. Out: corrections in the record, beside the machine's
findings; who made them is remembered in a cookie of the browser.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from dragoman.store.errors import QuestionError
from dragoman.web.pages.article import address_of, reading_of
from dragoman.web.pages.fields import LISTS, choices, present, told
from dragoman.web.pages.forms import form
from dragoman.web.pages.rendering import page
from dragoman.web.pages.verdicts import COOKIE, SIGNS, who_of
from dragoman.web.served import Served, ServedNow

router = APIRouter()


@router.post("/judge")
async def judge(request: Request, served: ServedNow) -> Response:
    """A button on the page of an article."""
    given = await form(request)
    kind, verdict, finding = [*given.get("judge", "").split(" ", 2), "", "", ""][:3]
    article, who = given.get("article", ""), given.get("who", "").strip() or who_of(request)
    if not who:
        problem = "Say who you are first: a correction is kept with its maker’s name."
        return await run_in_threadpool(_form_page, request, served, article, kind, finding, given, problem)
    return await run_in_threadpool(_enter, request, served, article, kind, finding, verdict, who, given)


@router.get("/correct")
def correct(
    request: Request, served: ServedNow, article: str = "", kind: str = "event", finding: str = ""
) -> HTMLResponse:
    """The form of one finding; without one, of what is to be added."""
    return _form_page(request, served, article, kind, finding, {}, None)


@router.post("/correct")
async def correct_it(request: Request, served: ServedNow) -> Response:
    given = await form(request, several=("actors", "recipients", "sources"))
    article, kind, finding = (str(given.get(name, "")) for name in ("article", "kind", "finding"))
    who, verdict = str(given.get("who", "")).strip(), str(given.get("verdict", ""))
    if not who:
        problem = "Say who you are: a correction is kept with its maker’s name."
        return await run_in_threadpool(_form_page, request, served, article, kind, finding, given, problem)
    return await run_in_threadpool(_enter, request, served, article, kind, finding, verdict, who, given)


def _enter(
    request: Request,
    served: Served,
    article: str,
    kind: str,
    finding: str,
    verdict: str,
    who: str,
    given: dict[str, Any],
) -> Response:
    """Keep a correction, and lead back to the finding."""
    if served.read_only:
        raise HTTPException(403, "This record is served read only: nothing can be corrected here.")
    reading = reading_of(served, article)
    try:
        value = told(served, reading, kind, finding, given) if verdict in ("corrected", "added") else None
        row = served.record.correct(
            article,
            kind,
            finding or None,
            verdict,
            who=who,
            value=value,
            note=str(given.get("note", "")).strip() or None,
        )
    except KeyError:
        raise HTTPException(404, f"There is no {kind or 'finding'} “{finding}” in this article.") from None
    except QuestionError as problem:
        return _form_page(request, served, article, kind, finding, {**given, "who": who}, str(problem))
    served.changed()
    answer = RedirectResponse(address_of(reading, kind, row["finding"]), 303)
    answer.set_cookie(COOKIE, quote(who), max_age=31_536_000, httponly=True, samesite="strict")
    return answer


def _form_page(
    request: Request,
    served: Served,
    article: str,
    kind: str,
    finding: str,
    given: Mapping[str, Any],
    problem: str | None,
) -> HTMLResponse:
    reading = reading_of(served, article)
    if kind not in LISTS:
        raise HTTPException(404, f"There is no such finding: {kind}.")
    machine, now, words = present(served, reading, kind, finding)
    history = list(served.record.corrections(article=article, kind=kind, finding=finding)) if finding else []
    if finding and machine is None and not history:
        raise HTTPException(404, f"There is no {kind} “{finding}” in this article.")
    return page(
        request, "correct.html", reading=reading, kind=kind, finding=finding, machine=machine, now=now, words=words,
        history=history, given=given, problem=problem, who=given.get("who") or who_of(request), signs=SIGNS,
        choices=choices(reading, kind, now), back=address_of(reading, kind, finding), status=422 if problem else 200,
    )  # fmt: skip
