"""The web application: one record, its pages and its API.

In: a record, and what a visitor may do. Out: an ASGI application; `dragoman serve` runs it.
"""

from __future__ import annotations

import contextlib
import functools
import threading
from collections.abc import AsyncGenerator
from pathlib import Path

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware

import dragoman
from dragoman.store.errors import QuestionError, RecordError
from dragoman.store.record import Record
from dragoman.web import api, guard, pages
from dragoman.web.pages.problems import problem_page
from dragoman.web.served import Served

HERE = Path(__file__).parent


def create_app(
    record: str,
    *,
    read_only: bool = False,
    token: str | None = None,
    password: str | None = None,
    host: str = "127.0.0.1",
) -> FastAPI:
    """The application for a record that is there. Raises RecordError where it is not, SettingsError where it would not be safe.

    `read_only` refuses whatever would change the record; `token` or `password` is asked of every visitor where one is given;
    `host` is where it will be served: beyond this machine one of them must be given.
    """
    guard.check_host(host, token, password)
    served = Served(Record(record), read_only=read_only)

    @contextlib.asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncGenerator[None]:
        # What takes longest to count is counted before somebody asks for it.
        threading.Thread(target=pages.warm, args=(app.state.served,), daemon=True).start()
        try:
            yield
        finally:
            served.close()

    app = FastAPI(title="Dragoman", version=dragoman.__version__, lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)  # fmt: skip
    app.state.served = served
    app.mount("/api/v1", api.create_api(served, secured=bool(token or password)), name="api")
    app.mount("/static/show", StaticFiles(packages=[("dragoman.show", "static")]), name="show")
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")
    app.include_router(pages.router)
    app.add_exception_handler(HTTPException, _not_there)
    for kind, status in ((QuestionError, 400), (RecordError, 503), (RequestValidationError, 422)):
        app.add_exception_handler(kind, functools.partial(_failed, status))
    app.add_middleware(GZipMiddleware, minimum_size=1_000, compresslevel=5)
    guard.install(app, host=host, token=token, password=password, read_only=read_only)
    return app


def _not_there(request: Request, problem: Exception) -> Response:
    if not isinstance(problem, HTTPException):
        raise problem
    plain = "There is nothing at this address." if problem.detail == "Not Found" else str(problem.detail)
    return problem_page(request, problem.status_code, plain, problem.headers)


def _failed(status: int, request: Request, problem: Exception) -> Response:
    if isinstance(problem, RequestValidationError):
        first = problem.errors()[0]
        return problem_page(request, status, f"{first['loc'][-1]}: {first['msg']}")
    return problem_page(request, status, str(problem))
