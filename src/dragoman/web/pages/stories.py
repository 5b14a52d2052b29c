"""Stories: the articles that report the same happening, and what each teller says of it, side by side."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from dragoman.link.records import Evidence, Membership, Occurrence, Status, Story
from dragoman.records import Interval
from dragoman.show.labels import interval_label
from dragoman.show.matrix import rows_of
from dragoman.store.stories import StoryLine
from dragoman.web.pages.fields import around
from dragoman.web.pages.rendering import as_csv, as_json, href, page, shared
from dragoman.web.served import Served, ServedNow

router = APIRouter()
AT_ONCE, MOST = 30, 300
TELLERS = 12  # columns of a matrix; the others are named below it
_ONE = ("since", "until", "text", "status", "sort")


@dataclass(frozen=True, slots=True)
class Day:
    """What was published on a day of a story, and what happened then."""

    label: str
    articles: tuple[Membership, ...]
    occurrences: tuple[Occurrence, ...]


def _asked(request: Request) -> dict[str, Any]:
    given = request.query_params
    asked: dict[str, Any] = {name: value for name in _ONE if (value := given.get(name, "").strip())}
    parties = [value for value in given.getlist("party") if value.strip()]
    return {**asked, **({"party": parties} if parties else {}), **({"fewest": 2} if given.get("fewest") else {})}


def facts(served: Served, request: Request) -> dict[str, Any]:
    """The stories that are asked for, as many as `shown` says."""
    asked = _asked(request)
    shown = request.query_params.get("shown", "")
    limit = min(MOST, max(AT_ONCE, int(shown) if shown.isascii() and shown.isdigit() and len(shown) < 5 else AT_ONCE))
    key = ("stories", limit, tuple(sorted((name, str(value)) for name, value in asked.items())))
    found: list[StoryLine] = served.remembered(key, lambda: served.record.stories(**asked, limit=limit + 1))
    more = min(limit + AT_ONCE, MOST) if len(found) > limit and limit < MOST else None
    return {"stories": found[:limit], "more": more, "asked": asked}


@router.get("/stories")
@shared
def stories(request: Request, served: ServedNow) -> HTMLResponse:
    return page(request, "stories.html", **facts(served, request), statuses=get_args(Status), data="/stories")


@router.get("/stories.json")
@shared
def stories_json(request: Request, served: ServedNow) -> Response:
    return as_json([line.to_dict() for line in facts(served, request)["stories"]])


@router.get("/stories.csv")
def stories_csv(request: Request, served: ServedNow) -> Response:
    rows = (line.to_dict() for line in facts(served, request)["stories"])
    plain = ({**row, **{name: "; ".join(row[name]) for name in ("languages", "parties")}} for row in rows)
    return as_csv(plain, "stories")


def _story(served: Served, id: str) -> Story:
    try:
        return served.remembered(("story", id), lambda: served.record.story(id))
    except KeyError:
        raise HTTPException(404, f"There is no story of the article “{id}” in this record.") from None


@router.get("/story")
@shared
def story(request: Request, served: ServedNow, id: str = "", all: bool = False) -> Response:
    """`id` is that of the story's first report; its number, or another article of it, leads there."""
    found = _story(served, id)
    if found.id != id:
        return RedirectResponse(href("/story", id=found.id, all="true" if all else None), 303)
    rows = rows_of(found, everything=all)
    silent = found.tellers[TELLERS:]
    return page(
        request, "story.html", story=found, rows=rows, tellers=found.tellers[:TELLERS], others=silent,
        hidden=len(found.occurrences) - len(rows), all=all, days=list(timeline(found)), data="/story", asked={"id": id},
        said=served.remembered(("said", found.id), lambda: _said(served, found)),
        contested=sum(one.status in ("contested", "denied", "withdrawn") for one in found.occurrences),
    )  # fmt: skip


def timeline(story: Story) -> Iterator[Day]:
    """The days of a story, the first one first, no more exact than they are known; what has no day comes last."""
    days: dict[Interval | None, tuple[list[Membership], list[Occurrence]]] = {}
    for member in story.articles:
        days.setdefault(member.published, ([], []))[0].append(member)
    for one in story.occurrences:
        if one.when and one.when.day:
            days.setdefault(one.when, ([], []))[1].append(one)
    latest = datetime.date.max
    for when in sorted(days, key=lambda when: (when.start, when.end) if when else (latest, latest)):
        yield Day(interval_label(when) if when else "no date", tuple(days[when][0]), tuple(days[when][1]))


def _said(served: Served, story: Story) -> Mapping[Evidence, tuple[str, str, str]]:
    """The words of each cell in their sentence: what stands before them, the words, what stands after them."""
    texts = {one.article.id: one.article.text for one in served.record.story_readings(story)}
    found = {evidence for one in story.occurrences for telling in one.tellings for evidence in telling.evidence}
    return {one: around(texts[one.article], [one.span.to_list()]) for one in found if one.article in texts}


@router.get("/story.json")
@shared
def story_json(request: Request, served: ServedNow, id: str) -> Response:
    return as_json(_story(served, id).to_dict())


@router.get("/story.csv")
def story_csv(served: ServedNow, id: str) -> Response:
    """A row a cell of the matrix."""
    return as_csv(_cells(_story(served, id).occurrences), "story")


def _cells(occurrences: Iterable[Occurrence]) -> Iterator[dict[str, Any]]:
    for one in occurrences:
        for telling in one.tellings:
            yield {
                "occurrence": one.id, "type": one.type, "title": one.title, "actors": "; ".join(one.actors),
                "recipients": "; ".join(one.recipients), "status": one.status, "teller": telling.teller,
                "stance": telling.stance, "since": telling.since, "words": " … ".join(e.words for e in telling.evidence),
                "articles": "; ".join(dict.fromkeys(e.article for e in telling.evidence)),
            }  # fmt: skip
