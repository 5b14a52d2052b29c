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
        return served.record.reading(id)
    except KeyError:
        raise HTTPException(404, f"There is no article “{id}” in this record.") from None


@router.get("/article")
def article(request: Request, served: ServedNow, id: str = "", part: int = 1, event: str = "") -> Response:
    """`event` leads to the part that has it."""
    reading = reading_of(served, id)
    parts = parts_of(reading.article.text)
    if event:
        found = next((one for one in reading.events if one.id == event), None)
        if found is None:
            raise HTTPException(404, f"There is no event “{event}” in the article “{id}”.")
        there = parts.of(found.trigger.start)
        return RedirectResponse(_address(id, there) + "#" + anchor(reading, "e", event), 303)
    if not 1 <= part <= len(parts):
        raise HTTPException(404, f"The article “{id}” has {len(parts)} parts.")
    row = served.record.articles(article=id).first()
    return _shown(request, reading, parts, part, row)


def _address(id: str, part: int) -> str:
    return href("/article", id=id, part=part if part > 1 else None)


def _shown(request: Request, reading: Reading, parts: Parts, part: int, row: Any) -> HTMLResponse:
    id = reading.article.id
    shown = Part(parts.span(part), lambda position: _address(id, parts.of(position))) if len(parts) > 1 else None
    return page(
        request, "article.html", reading=reading, row=row, part=part, parts_count=len(parts), address=_address,
        section=Markup(section(reading, part=shown)), data="/article", asked={"id": id},
    )  # fmt: skip


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
