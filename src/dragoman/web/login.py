"""The login page: asks for the token or the password, and gives a cookie for it.

In: a form. Out: a cookie that no script can read and no other site can send.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from dragoman.web.pages.forms import form as fields_of
from dragoman.web.pages.rendering import page
from dragoman.web.sessions import COOKIE, LASTS

if TYPE_CHECKING:
    from dragoman.web.sessions import Sessions

PATH = "/login"
router = APIRouter(include_in_schema=False)


def form(request: Request, *, status: int = 200, problem: str | None = None, to: str | None = None) -> HTMLResponse:
    """The page; who logs in goes on to where they wanted to go."""
    asked = f"?{request.url.query}" if request.url.query else ""
    wanted = to or (f"{request.url.path}{asked}" if request.method == "GET" and request.url.path != PATH else "/")
    return page(request, "login.html", status=status, problem=problem, to=wanted)


@router.get(PATH)
def shown(request: Request) -> HTMLResponse:
    return form(request)


@router.post(PATH)
async def log_in(request: Request) -> Response:
    sessions: Sessions = request.app.state.sessions
    given = await fields_of(request)
    to = _here(given.get("to", "/"))
    if sessions.is_under_attack:
        return form(request, status=429, problem="Too many wrong tries. Wait a minute.", to=to)
    if not sessions.knows(given.get("word", "")):
        return form(request, status=401, problem="That is not it.", to=to)
    answer = RedirectResponse(to, 303)
    answer.set_cookie(
        COOKIE, sessions.cookie(), max_age=LASTS, httponly=True, samesite="strict", secure=request.url.scheme == "https"
    )
    return answer


def _here(address: str) -> str:
    """An address on this site; the home page where it is none."""
    parts = urlsplit(address.replace("\\", "/"))
    return address if address.startswith("/") and not address.startswith("//") and not parts.netloc else "/"
