"""Errors of the API, always of one form.

In: an exception. Out: `{"error": {"code", "message", "field"}}` and a status. A code never changes its meaning; a message may
be worded anew. `field` names the parameter or the field of the body that is wrong, where one is.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.routing import Match

from dragoman.store.errors import QuestionError, RecordError

CODES = {
    400: "malformed", 401: "unauthorized", 403: "forbidden", 404: "not_found", 405: "method_not_allowed",
    406: "not_acceptable", 408: "timeout", 409: "impossible", 413: "too_large", 415: "unsupported_media_type",
    422: "invalid", 429: "busy", 503: "record_unavailable",
}  # fmt: skip
MEANS = {
    400: "The body is no JSON.",
    401: "A token is wanted: `Authorization: Bearer ...`.",
    403: "This may not be done: the record is served read-only (`read_only`), or another site asks (`cross_site`).",
    404: "There is no such article, finding or page.",
    409: "Well-formed, but it cannot be: a language that cannot be told, a correction that contradicts the article, a word for another list.",
    413: "The body is too large (`too_large`), or reading it takes too long (`too_slow`).",
    415: "The body is not sent as application/json.",
    422: "A parameter or a field is not of the form that is described here; `field` says which.",
    429: "Too much is being read at once; try again.",
    503: "The record cannot be asked just now.",
}


class Failure(BaseModel):
    code: str = Field(description="What went wrong; codes never change their meaning.")
    message: str = Field(description="One line for people.")
    field: str | None = Field(description="The parameter or field that is wrong, where one is.")


class FailureBody(BaseModel):
    error: Failure


class ApiError(Exception):
    """A failure with a code of its own."""

    def __init__(self, status: int, message: str, code: str | None = None, field: str | None = None) -> None:
        super().__init__(message)
        self.status, self.message, self.field = status, message, field
        self.code = code or CODES[status]


def failure(
    status: int, message: str, code: str | None = None, field: str | None = None, headers: Any = None
) -> JSONResponse:
    """The response for a failure."""
    error = {"code": code or CODES.get(status, "error"), "message": message, "field": field}
    return JSONResponse({"error": error}, status, headers=headers)


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """These failures, as the description of the API has them."""
    return {status: {"model": FailureBody, "description": MEANS[status]} for status in sorted(statuses)}


def install(api: FastAPI, routers: Sequence[APIRouter]) -> None:
    """Answer every error in this form. `routers` are the API's."""
    api.state.routers = routers
    api.add_exception_handler(HTTPException, _http)
    api.add_exception_handler(RequestValidationError, _invalid)
    api.add_exception_handler(ApiError, _own)
    api.add_exception_handler(QuestionError, _question)
    api.add_exception_handler(RecordError, _record)


def _http(request: Request, problem: Exception) -> JSONResponse:
    assert isinstance(problem, HTTPException)
    if problem.status_code == 405:
        allowed = ", ".join(_methods(request))
        return failure(405, f"{request.method} cannot be done here; {allowed} can", headers={"Allow": allowed})
    words = "there is nothing at this address" if problem.detail == "Not Found" else str(problem.detail)
    return failure(problem.status_code, words, headers=problem.headers)


def _methods(request: Request) -> list[str]:
    """What can be done at this address, by all routes that lead to it."""
    routers: Sequence[APIRouter] = request.app.state.routers
    routes = (
        route for router in routers for route in router.routes if route.matches(request.scope)[0] is not Match.NONE
    )
    return sorted({method for route in routes for method in getattr(route, "methods", None) or ()})


def _invalid(_: Request, problem: Exception) -> JSONResponse:
    assert isinstance(problem, RequestValidationError)
    first = problem.errors()[0]
    where = [str(part) for part in first["loc"]]
    if first["type"] == "json_invalid":
        return failure(400, f"the body is no JSON: {first.get('ctx', {}).get('error', first['msg'])}")
    field = ".".join(where[1:]) or None
    message = str(first["msg"]).removeprefix("Value error, ")
    return failure(422, f"{field}: {message}" if field else message, field=field)


def _own(_: Request, problem: Exception) -> JSONResponse:
    assert isinstance(problem, ApiError)
    headers = {"Retry-After": "5"} if problem.status == 429 else None
    return failure(problem.status, problem.message, problem.code, problem.field, headers)


def _question(_: Request, problem: Exception) -> JSONResponse:
    """A question that is of the form, and cannot be answered; it begins with the name of what is wrong."""
    words = str(problem)
    return failure(409, words, field=words.split(":")[0].split()[0].replace("-", "_") or None)


def _record(_: Request, problem: Exception) -> JSONResponse:
    return failure(503, str(problem))
