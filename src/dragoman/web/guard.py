"""Safe by default: who may come in, under which name, from where, how much they may send; and what a page may do in a browser.

In: every request, before anything else sees it. Out: the request, its body read whole, or a refusal: one clear line, as a page or
as an error of the API.
"""

from __future__ import annotations

import asyncio
import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

from fastapi import FastAPI, Request
from starlette.datastructures import MutableHeaders
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dragoman.settings import SettingsError
from dragoman.web import failures, login
from dragoman.web.pages.problems import problem_page
from dragoman.web.sessions import COOKIE, FORM_TOKEN, Sessions

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
LARGEST = 1 << 20  # bytes of a body
PATIENCE = 30.0  # seconds in which a body must have come
API = "/api/v1"
_SAFE = ("GET", "HEAD", "OPTIONS")
_CHANGES_NOTHING = (f"{API}/read", "/try", login.PATH)  # what may be sent where nothing may be changed
_TAKE_JSON = (f"{API}/read", f"{API}/corrections")
_OPEN = (login.PATH, "/static/")  # what comes before a login

HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class RefusalError(Exception):
    """Why a request goes no further."""

    status: int
    message: str
    code: str | None = None


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach what is served at this address."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.casefold() == "localhost"


def check_host(host: str, token: str | None, password: str | None) -> None:
    """Raises SettingsError where others could reach the record and nothing is asked of them."""
    if token is not None and len(token) < 16:
        raise SettingsError("--token: at least 16 characters, such as `openssl rand -hex 16` gives")
    if password is not None and len(password) < 8:
        raise SettingsError("--password: at least 8 characters")
    if not is_loopback(host) and not token and not password:
        raise SettingsError(
            f"--host {host}: others can reach the record there; name a --token or a --password that they must know"
        )


def install(
    app: FastAPI,
    *,
    host: str = "127.0.0.1",
    token: str | None = None,
    password: str | None = None,
    read_only: bool = False,
) -> None:
    """Guard an application that is served at that host. Raises SettingsError where it would not be safe."""
    check_host(host, token, password)
    sessions = Sessions(token, password)
    app.state.sessions = sessions
    app.include_router(login.router)
    app.add_middleware(Guard, sessions=sessions, read_only=read_only)
    if is_loopback(host):  # beyond, nobody comes in without a secret, and no other name of the site helps
        app.add_middleware(TrustedHostMiddleware, allowed_hosts=[*LOOPBACK, host], www_redirect=False)


class Guard:
    """ASGI middleware."""

    def __init__(self, app: ASGIApp, sessions: Sessions, read_only: bool) -> None:
        self._app, self._sessions, self._read_only = app, sessions, read_only

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        guarded = _with_headers(send, secret=self._sessions.are_wanted and not scope["path"].startswith("/static/"))
        try:
            self._check_visitor(request)
            self._check_write(request)
            body = await _body(request)
            self._check_form(request, body)
        except RefusalError as refusal:
            await self._refuse(request, refusal)(scope, receive, guarded)
            return
        await self._app(scope, _replayed(body, receive), guarded)

    def _check_visitor(self, request: Request) -> None:
        """That the visitor knows the token or the password."""
        path = request.url.path
        if not self._sessions.are_wanted or any(
            path == one or (one.endswith("/") and path.startswith(one)) for one in _OPEN
        ):
            return
        if self._sessions.holds(request.cookies.get(COOKIE)):
            return
        scheme, _, word = request.headers.get("authorization", "").partition(" ")
        if scheme.casefold() == "bearer":
            if self._sessions.is_under_attack:
                raise RefusalError(429, "too many wrong tokens; try again in a minute")
            if self._sessions.knows(word.strip()):
                return
        raise RefusalError(401, "a token is wanted: Authorization: Bearer ..., or log in at /login")

    def _check_write(self, request: Request) -> None:
        """That what would change something is asked by a page of ours, and may be."""
        if request.method in _SAFE:
            return
        if self._read_only and request.url.path not in _CHANGES_NOTHING:
            raise RefusalError(403, "this record is served read-only; nothing in it can be changed here", "read_only")
        if not _is_same_site(request):
            raise RefusalError(
                403, "another site asks for this; open the page here and send it from there", "cross_site"
            )
        kind = request.headers.get("content-type", "").partition(";")[0].strip().casefold()
        if request.method == "POST" and request.url.path in _TAKE_JSON and kind != "application/json":
            raise RefusalError(415, "the body must be sent as application/json")

    def _check_form(self, request: Request, body: bytes) -> None:
        """That a form is one that we gave to this visitor."""
        if request.method in _SAFE or request.url.path.startswith(f"{API}/"):
            return
        try:
            fields = parse_qs(body.decode(), max_num_fields=500)
        except ValueError:
            raise RefusalError(400, "the form cannot be understood") from None
        if not self._sessions.gave(fields.get(FORM_TOKEN, [""])[0], request.cookies.get(COOKIE)):
            raise RefusalError(403, "this form is none of ours, or too old; load its page again", "form_token")

    def _refuse(self, request: Request, refusal: RefusalError) -> Any:
        if request.url.path.startswith(f"{API}/"):
            more = {401: {"WWW-Authenticate": "Bearer"}, 429: {"Retry-After": "60"}}.get(refusal.status)
            return failures.failure(refusal.status, refusal.message, refusal.code, headers=more)
        if refusal.status == 401:
            return login.form(request, status=401)
        return problem_page(request, refusal.status, f"{refusal.message[:1].upper()}{refusal.message[1:]}.")


def _is_same_site(request: Request) -> bool:
    """Whether a page of ours asks, or no page at all, as far as the browser tells."""
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    try:
        return site in (None, "same-origin", "none") and (
            origin is None or urlsplit(origin).netloc == request.headers.get("host")
        )
    except ValueError:
        return False


async def _body(request: Request) -> bytes:
    """The whole body. Raises a RefusalError for one that is too large or does not come."""
    length = request.headers.get("content-length", "0")
    if not length.isascii() or not length.isdigit() or int(length[:20]) > LARGEST:
        raise RefusalError(413, f"the body is larger than {LARGEST:,} bytes; read longer texts with dragoman read")
    chunks: list[bytes] = []
    size = 0
    try:
        async with asyncio.timeout(PATIENCE):
            async for chunk in request.stream():
                size += len(chunk)
                if size > LARGEST:
                    raise RefusalError(
                        413, f"the body is larger than {LARGEST:,} bytes; read longer texts with dragoman read"
                    )
                chunks.append(chunk)
    except TimeoutError:
        raise RefusalError(408, f"the body did not come within {PATIENCE:.0f} seconds") from None
    return b"".join(chunks)


def _replayed(body: bytes, receive: Receive) -> Receive:
    """The body once more, then what comes after it."""
    rest = [{"type": "http.request", "body": body, "more_body": False}]

    async def again() -> Message:
        return rest.pop() if rest else await receive()

    return again


def _with_headers(send: Send, *, secret: bool) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            if secret:
                headers["Cache-Control"] = "private, no-store"
        await send(message)

    return sent
