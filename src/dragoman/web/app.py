"""The web application: one record, its pages and its API.

In: a record, and what a visitor may do. Out: an ASGI application; `dragoman serve` runs it.
"""

from __future__ import annotations

import contextlib
from collections.abc import AsyncGenerator
from pathlib import Path

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

import dragoman
from dragoman.store.record import Record
from dragoman.web import pages
from dragoman.web.served import Served

HERE = Path(__file__).parent


def create_app(record: str, *, read_only: bool = False, token: str | None = None) -> FastAPI:
    """The application for a record that is there. Raises RecordError where it is not.

    `read_only` refuses whatever would change the record; `token` is asked of every visitor where it is given.
    """
    kept = Record(record)

    @contextlib.asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncGenerator[None]:
        try:
            yield
        finally:
            kept.close()

    app = FastAPI(title="Dragoman", version=dragoman.__version__, lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url="/api/v1/openapi.json")  # fmt: skip
    app.state.served = Served(kept, read_only=read_only)
    # guard.install(app, token=token, read_only=read_only)
    # app.include_router(api.router, prefix="/api/v1")
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")
    app.include_router(pages.router)
    return app
