"""A web page to its article: main text, title, date, outlet, language; and where the text stands on the page.

In: HTML. Out: `Page`. The main text comes from trafilatura; the map back to the page's visible text goes paragraph by paragraph,
and leaves out what the extractor changed. Raises `UnreadableError` where the page holds no article.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import Any

import lxml.html
import trafilatura
from lxml.etree import ParserError  # pyright: ignore[reportUnknownVariableType]

from dragoman.records import Interval, Span
from dragoman.text.decoding import UnreadableError
from dragoman.text.publication import parse_date

_lxml: Any = lxml.html  # has no type stubs
BLOCKS = frozenset(
    {"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "blockquote", "td", "th", "dd", "dt", "figcaption", "pre", "div"}
)
SHORTEST = 60  # code points; what is shorter is a menu, not an article
UNSEEN = ("script", "style", "noscript", "template", "head")


@dataclass(frozen=True, slots=True)
class Page:
    """A page's article. `visible` is the text one sees on the page, `map` pairs spans of `text` with spans of it."""

    text: str
    visible: str
    map: tuple[tuple[Span, Span], ...]
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    language: str | None = None
    published: Interval | None = None


def read_page(source: str, url: str | None = None) -> Page:
    """The article of a page. Raises UnreadableError where there is none."""
    found: Any = trafilatura.bare_extraction(
        source, url=url, with_metadata=True, include_comments=False, include_tables=False
    )
    text = str(found.text or "").strip() if found is not None else ""
    if found is None or len(text) < SHORTEST:
        raise UnreadableError("no article text found in this page; give its text instead")
    visible, blocks = _visible(source)
    return Page(
        text=text,
        visible=visible,
        map=tuple(_aligned(text, blocks)),
        title=found.title or None,
        outlet=found.sitename or None,
        url=found.url or url,
        language=_language(source) or found.language,
        published=_published(found.date),
    )


def _visible(source: str) -> tuple[str, list[tuple[str, Span]]]:
    """The page's visible text, a line a block, and its blocks with their places in it."""
    try:
        parser = _lxml.HTMLParser(encoding="utf-8")
        found = _lxml.document_fromstring(source.encode("utf-8"), parser=parser)
    except (ValueError, ParserError):
        return "", []
    for element in list(found.iter(*UNSEEN)):
        element.drop_tree()
    lines: list[str] = []
    blocks: list[tuple[str, Span]] = []
    length = 0
    for element in found.iter():
        if element.tag not in BLOCKS or any(child.tag in BLOCKS for child in element.iterdescendants()):
            continue
        line = " ".join(element.text_content().split())
        if line:
            blocks.append((line, Span(length, length + len(line))))
            lines.append(line)
            length += len(line) + 1
    return "\n".join(lines), blocks


def _aligned(text: str, blocks: list[tuple[str, Span]]) -> list[tuple[Span, Span]]:
    """Each line of the text that stands on the page word for word, with its place there; equal lines in order."""
    places: dict[str, deque[Span]] = {}
    for line, span in blocks:
        places.setdefault(line, deque()).append(span)
    pairs: list[tuple[Span, Span]] = []
    at = 0
    for line in text.split("\n"):
        waiting = places.get(line)
        if line and waiting:
            pairs.append((Span(at, at + len(line)), waiting.popleft()))
        at += len(line) + 1
    return pairs


def _language(source: str) -> str | None:
    """What the page says of its language: <html lang="it-IT"> is Italian."""
    head = source[:5000].lower()
    _, found, rest = head.partition("<html")
    _, named, value = rest.partition(">")[0].partition("lang=") if found else ("", "", "")
    code = value.lstrip("\"'")[:2]
    return code if named and code.isalpha() and len(code) == 2 else None


def _published(date: str | None) -> Interval | None:
    try:
        return parse_date(date) if date else None
    except ValueError:
        return None
