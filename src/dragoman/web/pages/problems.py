"""Pages for what is not there and what cannot be understood.

In: a problem. Out: one clear page that leads on.
"""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import Request
from fastapi.responses import HTMLResponse

from dragoman.web.pages.rendering import page

TITLES = {
    400: "That cannot be understood", 401: "A token is wanted", 403: "That is not allowed", 404: "There is no such page",
    405: "That cannot be done here", 413: "That is too much", 415: "That cannot be read", 422: "That cannot be understood",
    429: "Too many at once", 500: "Something went wrong", 503: "The record cannot be asked just now",
}  # fmt: skip


def problem_page(request: Request, status: int, message: str, headers: Mapping[str, str] | None = None) -> HTMLResponse:
    """The page for a problem; `message` is one clear line."""
    title = TITLES.get(status, TITLES[400 if status < 500 else 500])
    found = page(request, "problem.html", status=status, title=title, message=message, code=status)
    found.headers.update(headers or {})
    return found
