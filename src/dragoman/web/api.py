"""The API: JSON for programs, under /api/v1; everything that the command line can ask, from the same questions to the store.

In: requests. Out: readings, pages of rows (by key: `after`), counts, corrections; CSV of the same rows. /api/v1/openapi.json
describes it, errors have one form (failures.py).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, FastAPI, Query, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

import dragoman
from dragoman import languages
from dragoman.languages import LanguageError
from dragoman.records import Article as Dispatch
from dragoman.store.record import Record
from dragoman.text import detect_language, parse_date
from dragoman.web import asked, contract, counts, failures, judging, storied
from dragoman.web.asked import PAGE, DayOrLonger, Flag, Language, Words
from dragoman.web.failures import ApiError, documented
from dragoman.web.reading import BusyError, TooSlowError, UnreadableError
from dragoman.web.rows import as_csv, as_json, plain
from dragoman.web.served import Served, ServedNow

router = APIRouter()
ASKED = documented(409, 422, 503)


def create_api(served: Served, *, secured: bool = False) -> FastAPI:
    """The API of a record, to be mounted at /api/v1. `secured`: it is described as wanting a token."""
    api = FastAPI(
        title="Dragoman", version=dragoman.__version__, docs_url=None, redoc_url=None, openapi_url="/openapi.json", servers=[{"url": "/api/v1"}], root_path_in_servers=False,
        description="The record: who did or said what to whom, when, and according to whom.",
    )  # fmt: skip
    api.state.served = served
    routers = (router, counts.router, storied.router, judging.router)
    failures.install(api, routers)
    for part in routers:
        api.include_router(part)
    if secured:
        _describe_token(api)
    return api


def _describe_token(api: FastAPI) -> None:
    """Say in the description that every address wants a token."""
    described = api.openapi()
    described.setdefault("components", {})["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    described["security"] = [{"token": []}]
    for operations in described["paths"].values():
        for operation in operations.values():
            body = {"application/json": {"schema": {"$ref": "#/components/schemas/FailureBody"}}}
            operation["responses"]["401"] = {"description": failures.MEANS[401], "content": body}


# ---- a text -----------------------------------------------------------------------------------------------------------


class Text(BaseModel):
    """A text to read. Nothing of it is kept."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"text": "Oslo praised Lima.", "language": "en"}]})  # fmt: skip

    text: Annotated[str, Field(min_length=1, description="Plain text; offsets of findings count its code points.")]
    language: Annotated[Language | None, Field(description="ISO 639-1; told from the text where it is not given.")] = (
        None
    )
    published: Annotated[DayOrLonger | None, Field(description="Day, month or year; dates in the text are read from it.")] = None  # fmt: skip
    id: Annotated[Words, Field(description="Comes back as the article's id.")] = "text"
    title: Words | None = None
    url: Words | None = None
    outlet: Words | None = None


@router.post("/read", response_model=contract.Reading, responses=documented(400, 403, 409, 413, 415, 422, 429))
def read(text: Text, served: ServedNow) -> Response:
    """Read a text: actors, dates, places, statements, events."""
    language = text.language or detect_language(text.text)
    if language not in languages.installed():
        told = "cannot be told" if language is None else f"seems to be {language!r}, which is not installed"
        installed = ", ".join(languages.installed())
        raise ApiError(409, f"the language of the text {told}; give one of {installed}", "language", "language")
    published = parse_date(text.published) if text.published else None
    article = Dispatch(text.id, text.text, language, published, text.title, text.url, text.outlet)
    try:
        return as_json(served.read(article).to_dict())
    except TooSlowError as problem:
        raise ApiError(413, f"text: {problem}", "too_slow", "text") from None
    except BusyError as problem:
        raise ApiError(429, str(problem)) from None
    except (LanguageError, UnreadableError) as problem:
        raise ApiError(409, f"text: {problem}", "unreadable", "text") from None


# ---- rows -------------------------------------------------------------------------------------------------------------


def _rows(record: Record, kind: Any, wanted: asked.Question, page: asked.Paged, sort: str | None) -> Response:
    given = {**wanted.given, **({"sort": sort} if sort else {})}
    if page.format == "csv" and page.after is None:
        answer = getattr(record, kind)(**given, limit=page.limit)
        return as_csv(answer.columns, answer.rows(), kind)
    found = record.page(kind, limit=page.limit or PAGE, after=page.after, **given)
    if page.format == "csv":
        columns = contract.columns_of(kind)
        return as_csv(tuple(columns), (tuple(row.values()) for row in found.rows), kind)
    return as_json({"rows": [plain(row) for row in found.rows], "next": found.next})


def _listed(kind: str) -> Callable[[Callable[..., Response]], Callable[..., Response]]:
    responses = {**contract.answered(contract.page_schema(kind), csv=True), **ASKED}
    return router.get(f"/{kind}", responses=responses, response_class=JSONResponse, response_model=None)


@_listed("events")
def events(wanted: Annotated[asked.Events, Query()], served: ServedNow) -> Response:
    """Events: who did what to whom, when, according to whom, denied by whom."""
    return _rows(served.record, "events", wanted, wanted, wanted.sort)


@_listed("statements")
def statements(wanted: Annotated[asked.Statements, Query()], served: ServedNow) -> Response:
    """Statements: who said what. `actor` and `according_to` are their source; what is asked of events holds of one told in them."""
    return _rows(served.record, "statements", wanted, wanted, wanted.sort)


@_listed("articles")
def articles(wanted: Annotated[asked.Articles, Query()], served: ServedNow) -> Response:
    """Articles; what is asked of events holds of one of theirs."""
    return _rows(served.record, "articles", wanted, wanted, wanted.sort)


@_listed("actors")
def actors(wanted: Annotated[asked.Actors, Query()], served: ServedNow) -> Response:
    """Actors, those in most of the events asked for first."""
    return _rows(served.record, "actors", wanted, wanted, None)


_FILES: dict[str, Any] = {
    "events": (events, asked.Events), "statements": (statements, asked.Statements), "articles": (articles, asked.Articles),
    "actors": (actors, asked.Actors),
}  # fmt: skip


def _file(kind: str) -> Callable[..., Response]:
    shown, model = _FILES[kind]

    def file(wanted: Any, served: ServedNow) -> Response:
        return shown(wanted.model_copy(update={"format": "csv"}), served)

    file.__annotations__["wanted"] = Annotated[model, Query()]
    return file


for _kind in _FILES:
    router.get(f"/{_kind}.csv", include_in_schema=False, response_model=None)(_file(_kind))


@router.get("/articles/{id:path}", response_model=contract.Reading, responses=documented(404, 422, 503))
def reading(
    id: str, served: ServedNow, confirmed: Annotated[Flag, Query(description="What people hold to be right.")] = False
) -> Response:
    """The reading of an article, exactly as it is stored; `confirmed`: what people confirmed, corrected or added, alone."""
    try:
        found = served.record.confirmed(id) if confirmed else served.record.reading(id)
    except KeyError:
        raise ApiError(404, f"there is no article {id!r}", field="id") from None
    return as_json(found.to_dict())
