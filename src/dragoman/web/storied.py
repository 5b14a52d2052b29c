"""The API's stories: articles that report the same happening, what they tell, and how their accounts differ.

In: a question for stories, or a story. Out: short forms a page at a time, whole stories, accounts, differences.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from dragoman.link.records import Cell, Status, TellerKind
from dragoman.store.stories import StoryLine
from dragoman.web.asked import LARGEST, PAGE, Day, DayOrLonger, Words
from dragoman.web.contract import Interval, Offsets, answered
from dragoman.web.failures import ApiError, documented
from dragoman.web.rows import as_csv, as_json
from dragoman.web.served import ServedNow

router = APIRouter()
_Code = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]


class Stories(BaseModel):
    """What must hold of a story, all that is given; and which page."""

    model_config = ConfigDict(extra="forbid")

    party: Annotated[
        list[_Code], Field(max_length=10, description="Countries and PLOVER codes that it is about, all of them.")
    ] = []
    since: Annotated[DayOrLonger | None, Field(description="Not over before that day, month or year.")] = None
    until: Annotated[DayOrLonger | None, Field(description="Begun by that day, month or year.")] = None
    on: Annotated[Day | None, Field(description="That day lies within it, or within one of its occurrences.")] = None
    article: Annotated[Words | None, Field(description="That has this article.")] = None
    text: Annotated[
        str | None, Field(pattern=r'^"?[^\W_]', max_length=300, description="Words of one of its articles.")
    ] = None
    teller: Annotated[
        Words | None, Field(description="That this teller tells: its id, such as `RUS GOV` or `outlet:NAME`.")
    ] = None
    status: Annotated[list[Status], Field(description="With an occurrence of this status.")] = []
    fewest: Annotated[int, Field(ge=1, le=10_000, description="Of so many articles at least.")] = 1
    sort: Annotated[Literal["date", "oldest", "articles", "contested"], Field(description="`date`: latest first.")] = (
        "date"
    )
    limit: Annotated[
        int | None,
        Field(ge=1, le=LARGEST, description=f"Rows of a page, {PAGE} where it is not given; CSV has all rows then."),
    ] = None
    after: Annotated[Words | None, Field(description="`next` of the page before.")] = None
    format: Annotated[Literal["json", "csv"], Field(description="JSON, a page; or CSV.")] = "json"  # fmt: skip


class Line(BaseModel):
    id: int = Field(description="the number that it is asked for by")
    title: str
    start: str | None
    end: str | None
    articles: int
    independent: int = Field(description="articles that are no copies")
    languages: list[str]
    parties: list[str]
    occurrences: int
    contested: int = Field(description="occurrences that are not agreed on")


class StoryRows(BaseModel):
    rows: list[Line]
    next: str | None = Field(description="`after` of the next page; null where this is the last")


class Teller(BaseModel):
    id: str
    name: str
    kind: TellerKind


class Evidence(BaseModel):
    article: str
    span: Offsets
    words: str
    event: str | None
    statement: str | None


class Turn(BaseModel):
    day: str | None
    stance: Cell


class Telling(BaseModel):
    teller: str
    stance: Cell
    since: str | None
    cites: list[str]
    evidence: list[Evidence]
    history: list[Turn]


class Occurrence(BaseModel):
    id: str
    type: str | None = Field(description="PLOVER event type; null: a claim")
    title: str
    modes: list[str]
    actors: list[str]
    recipients: list[str]
    when: Interval | None
    place: str | None
    quad: str | None
    score: float | None
    status: Status
    events: list[tuple[str, str]] = Field(description="article and event, of a claim article and statement")
    tellings: list[Telling]


class Member(BaseModel):
    article: str
    outlet: str | None
    language: str
    title: str | None
    published: Interval | None
    likeness: float
    voice: str
    shared: list[str]
    copy_of: str | None
    via: str | None


class StoryBody(BaseModel):
    """The articles that report the same happening, what they tell, and who tells it."""

    id: str
    title: str
    start: str | None
    end: str | None
    parties: list[str]
    articles: list[Member]
    tellers: list[Teller]
    occurrences: list[Occurrence]


class OfOccurrence(Telling):
    occurrence: str


class AccountBody(BaseModel):
    teller: Teller
    tellings: list[OfOccurrence]


class Accounts(BaseModel):
    story: str
    accounts: list[AccountBody]


def _plain(line: StoryLine) -> list[Any]:
    """A row of CSV."""
    joined = {"languages": "; ".join(line.languages), "parties": "; ".join(line.parties)}
    return list({**line.to_dict(), **joined}.values())


_rows: dict[int | str, dict[str, Any]] = {200: {"description": "A page of stories.", "content": {"text/csv": {"schema": {"type": "string"}}}}}  # fmt: skip


@router.get("/stories", response_model=StoryRows, responses={**_rows, **documented(409, 422, 503)})
def stories(wanted: Annotated[Stories, Query()], served: ServedNow) -> Response:
    """Stories, the latest first."""
    asked = wanted.model_dump(exclude={"limit", "after", "format"})
    if wanted.format == "csv":
        found = served.record.stories(**asked, limit=wanted.limit)
        return as_csv(tuple(Line.model_fields), (_plain(line) for line in found), "stories")
    page = served.record.story_page(limit=wanted.limit or PAGE, after=wanted.after, **asked)
    return as_json({"rows": [line.to_dict() for line in page.stories], "next": page.next})


def _story(served: ServedNow, id: str) -> Any:
    try:
        return served.record.story(id)
    except KeyError:
        raise ApiError(404, f"there is no story {id!r}", field="story") from None


@router.get("/stories/{id:path}", response_model=StoryBody, responses=documented(404, 422, 503))
def story(id: str, served: ServedNow) -> Response:
    """A story whole, by its number or the id of one of its articles: its occurrences, and for each what every teller says, with
    the words."""
    return as_json(_story(served, id).to_dict())


@router.get("/accounts", response_model=Accounts, responses=documented(404, 422, 503))
def accounts(
    served: ServedNow,
    story: Annotated[Words, Query(description="Its number, or the id of one of its articles.")],
    teller: Annotated[Words | None, Query(description="The account of this one only: its id or name.")] = None,
) -> Response:
    """The accounts of a story: what each teller says of each occurrence; of what it says nothing it is `silent`."""
    found = _story(served, story)
    try:
        chosen = found.accounts if teller is None else (found.account(teller),)
    except KeyError:
        raise ApiError(404, f"nobody in this story is called {teller!r}", field="teller") from None
    return as_json({"story": found.id, "accounts": [one.to_dict() for one in chosen]})


@router.get("/differences", response_model=None, responses={**answered({"type": "object"}, what="Two accounts side by side."), **documented(404, 422, 503)})  # fmt: skip
def differences(
    served: ServedNow,
    story: Annotated[Words, Query(description="Its number, or the id of one of its articles.")],
    one: Annotated[Words, Query(description="A teller: its id or name.")],
    other: Annotated[Words, Query(description="Another teller.")],
) -> Response:
    """What two accounts of a story have in common, and where they part."""
    _story(served, story)
    try:
        return as_json(served.record.difference(story, one, other).to_dict())
    except KeyError as missing:
        raise ApiError(404, f"nobody in this story is called {missing.args[0]!r}", field="teller") from None
