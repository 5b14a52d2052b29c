"""Article: its text with the findings underlined, and each finding beside it with what it rests on.

A long text is shown in parts, cut between paragraphs or sentences, so that no page is heavy.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from markupsafe import Markup

from dragoman.records import Reading, Span
from dragoman.show.section import Part, anchor, section
from dragoman.store.stories import StoryLine
from dragoman.web.pages import verdicts
from dragoman.web.pages.fields import LISTS, spans_of
from dragoman.web.pages.rendering import as_csv, as_json, href, page
from dragoman.web.served import Served, ServedNow

router = APIRouter()
LONGEST = 12_000  # characters of one part
_ENDS = (re.compile(r"\n\s*\n"), re.compile(r"\n"), re.compile(r"[.!?…]\s"), re.compile(r"\s"))


@dataclass(frozen=True, slots=True)
class Parts:
    """Where the parts of a text begin, the first at 0."""

    starts: tuple[int, ...]
    length: int

    def __len__(self) -> int:
        return len(self.starts)

    def of(self, position: int) -> int:
        """The part, from 1, that a position lies in."""
        return bisect.bisect_right(self.starts, position)

    def span(self, part: int) -> Span:
        return Span(self.starts[part - 1], self.starts[part] if part < len(self.starts) else self.length)


def parts_of(text: str, longest: int = LONGEST) -> Parts:
    """The text cut into parts, after a paragraph where one ends in the last third of a part, else after a sentence."""
    return Parts((0, *_cuts(text, longest)), len(text))


def _cuts(text: str, longest: int) -> Iterator[int]:
    start = 0
    while len(text) - start > longest + longest // 4:
        window = text[start + 2 * longest // 3 : start + longest]
        found = (max((match.end() for match in end.finditer(window)), default=0) for end in _ENDS)
        start += 2 * longest // 3 + next((at for at in found if at), len(window))
        yield start


def reading_of(served: Served, id: str) -> Reading:
    """The reading of an article. Raises a 404."""
    try:
        return served.reading(id)
    except KeyError:
        raise HTTPException(404, f"There is no article “{id}” in this record.") from None


@router.get("/article")
def article(
    request: Request, served: ServedNow, id: str = "", part: int = 1, event: str = "", statement: str = ""
) -> Response:
    """`event` and `statement` lead to the part that has it."""
    reading = reading_of(served, id)
    parts = parts_of(reading.article.text)
    for kind, wanted in (("event", event), ("statement", statement)):
        if wanted:
            if all(one.id != wanted for one in getattr(reading, LISTS[kind])):
                raise HTTPException(404, f"There is no {kind} “{wanted}” in the article “{id}”.")
            return RedirectResponse(address_of(reading, kind, wanted), 303)
    if not 1 <= part <= len(parts):
        raise HTTPException(404, f"The article “{id}” has {len(parts)} parts.")
    row = served.remembered(("article", id), lambda: served.record.articles(article=id).first())
    return _shown(request, served, reading, parts, part, row)


def _address(id: str, part: int) -> str:
    return href("/article", id=id, part=part if part > 1 else None)


def address_of(reading: Reading, kind: str, id: str) -> str:
    """Where a finding is shown; the article itself where the finding is none of the machine's."""
    found = next((one for one in getattr(reading, LISTS.get(kind, "events")) if one.id == id), None)
    if found is None:
        return _address(reading.article.id, 1)
    start = min(span[0] for span in spans_of(kind, found.to_dict()))
    part = parts_of(reading.article.text).of(start)
    return _address(reading.article.id, part) + "#" + anchor(reading, kind[0], id)


def _shown(request: Request, served: Served, reading: Reading, parts: Parts, part: int, row: Any) -> HTMLResponse:
    id = reading.article.id
    shown = Part(parts.span(part), lambda position: _address(id, parts.of(position))) if len(parts) > 1 else None
    below = verdicts.tools(served, reading)
    return page(
        request, "article.html", reading=reading, row=row, part=part, parts_count=len(parts), address=_address,
        section=Markup(section(reading, part=shown, tools=below)), data="/article", asked={"id": id},
        story=_story_of(served, id), added=verdicts.added(served, reading), who=verdicts.who_of(request), signs=verdicts.SIGNS,
    )  # fmt: skip


def _story_of(served: Served, id: str) -> StoryLine | None:
    """The story of an article, where others tell it too."""
    return next(iter(served.remembered(("story of", id), lambda: served.record.stories(article=id, fewest=2))), None)


@router.get("/article.json")
def article_json(served: ServedNow, id: str) -> Response:
    """The reading in the published contract."""
    return as_json(reading_of(served, id).to_dict())


@router.get("/article.csv")
def article_csv(served: ServedNow, id: str) -> Response:
    """The events of the article, as the view `events` has them."""
    reading_of(served, id)
    answer = served.record.events(article=id, sort="added")
    return as_csv(answer, "article", answer.columns)
