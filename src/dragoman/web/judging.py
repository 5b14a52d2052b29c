"""The API's corrections: what people say of findings, and how far the machine agrees.

In: a verdict on a finding. Out: corrections, the newest first, a page at a time; the scores of `dragoman evaluate`.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from dragoman.store.agreement import measure
from dragoman.store.corrections import Verdict
from dragoman.web import contract
from dragoman.web.asked import LARGEST, PAGE, Flag, Words
from dragoman.web.failures import ApiError, documented
from dragoman.web.rows import as_csv, as_json, plain
from dragoman.web.served import ServedNow

router = APIRouter()
_Kind = Literal["event", "statement", "actor", "date"]
Several = Annotated[list[Words], Field(max_length=50)]


class Correction(BaseModel):
    """What a person says of a finding. It is kept beside the machine's, never over it."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"article": "it-xi-putin", "kind": "event", "finding": "e2", "verdict": "corrected", "value": {"certainty": "probable"}, "who": "Ann"}]},
    )  # fmt: skip

    article: Annotated[Words, Field(description="Id of the article.")]
    kind: Annotated[_Kind, Field(description="What kind of finding.")]
    finding: Annotated[Words | None, Field(description="Its id in the article; none for what is added.")] = None
    verdict: Annotated[Verdict, Field(description="What is said of it.")]
    value: Annotated[dict[str, Any] | None, Field(description="The fields that are right, where corrected or added, as a reading has them.")] = None  # fmt: skip
    who: Annotated[Words, Field(description="Who says so.")]
    note: Annotated[Words | None, Field(description="Why.")] = None


class Corrections(BaseModel):
    """Which corrections, and which page of them."""

    model_config = ConfigDict(extra="forbid")

    article: Annotated[Several, Field(description="Of this article.")] = []
    kind: Annotated[list[_Kind], Field(description="Of this kind of finding.")] = []
    finding: Annotated[Several, Field(description="Of this finding of the article.")] = []
    verdict: Annotated[list[Verdict], Field(description="With this verdict.")] = []
    who: Annotated[Several, Field(description="By this person.")] = []
    stands: Annotated[Flag | None, Field(description="Only the newest on a finding, or only what these replaced.")] = (
        None
    )
    limit: Annotated[int | None, Field(ge=1, le=LARGEST, description="Rows of a page; CSV has all where it is not given.")] = None  # fmt: skip
    after: Annotated[int | None, Field(ge=0, le=2**53, description="`next` of the page before.")] = None
    format: Annotated[Literal["json", "csv"], Field(description="JSON, a page; or CSV.")] = "json"


_page = contract.page_schema("corrections")
_page["properties"]["next"] = {
    "anyOf": [{"type": "integer"}, {"type": "null"}],
    "description": "`after` of the next page",
}


@router.get(
    "/corrections", responses={**contract.answered(_page, csv=True), **documented(422, 503)},
    response_class=JSONResponse, response_model=None,
)  # fmt: skip
def corrections(wanted: Annotated[Corrections, Query()], served: ServedNow) -> Response:
    """Corrections, the newest first."""
    given = wanted.model_dump(exclude={"limit", "format"})
    if wanted.format == "csv":
        answer = served.record.corrections(**given, limit=wanted.limit)
        return as_csv(answer.columns, answer.rows(), "corrections")
    limit = wanted.limit or PAGE
    rows = [plain(row) for row in served.record.corrections(**given, limit=limit + 1)]
    return as_json({"rows": rows[:limit], "next": rows[limit - 1]["correction"] if len(rows) > limit else None})


@router.get("/corrections.csv", include_in_schema=False, response_model=None)
def corrections_file(wanted: Annotated[Corrections, Query()], served: ServedNow) -> Response:
    return corrections(wanted.model_copy(update={"format": "csv"}), served)


@router.post(
    "/corrections", status_code=201, response_class=JSONResponse, response_model=None,
    responses={
        **contract.answered(contract.row_schema("corrections"), status=201, what="The correction, as it is kept."),
        **documented(400, 403, 404, 409, 413, 415, 422, 503),
    },
)  # fmt: skip
def correct(correction: Correction, served: ServedNow) -> Response:
    """Confirm, correct or reject a finding, or add one that the machine did not find."""
    given = correction.model_dump()
    place = (given.pop("article"), given.pop("kind"), given.pop("finding"), given.pop("verdict"))
    try:
        return as_json(plain(served.record.correct(*place, **given)), 201)
    except KeyError as missing:
        what = "article" if missing.args == (correction.article,) else "finding"
        raise ApiError(404, f"there is no {what} {missing.args[0]!r}", field=what) from None


class Score(BaseModel):
    """Of findings of one type, or of one field of those that are right."""

    kind: str
    type: str = Field(description="`all`, or one type")
    field: str | None = Field(description="null: the finding itself")
    judged: int = Field(description="how many somebody judged")
    right: int = Field(description="how many of these are right")
    precision: float | None = Field(description="their share; null where none was judged")
    missed: int | None = Field(description="added by people, not found by the machine")


class Evaluation(BaseModel):
    articles: int
    corrections: int
    scores: list[Score]


@router.get("/evaluation", response_model=Evaluation, responses=documented(503))
def evaluation(served: ServedNow) -> Response:
    """The machine's present findings against the corrections that stand."""
    found = measure(served.record)
    return as_json({"articles": found.articles, "corrections": found.corrections, "scores": list(found.rows())})
