"""What a source hands on: a raw document, or the reason why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Sort = Literal["text", "page", "row"]
LARGEST = 20_000_000  # bytes; no dispatch is larger


@dataclass(frozen=True, slots=True)
class Raw:
    """One document as fetched. `where` names it for people, `id` for the record; a "row" is one line of JSON."""

    where: str
    id: str
    content: bytes
    sort: Sort
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that was not read: where, and why in one line with what to do. `skipped` documents are missing for it."""

    where: str
    why: str
    skipped: int = 1


def sort_of(content: bytes) -> Sort:
    """What a document is by its beginning: a page where it opens like one, else plain text."""
    start = content[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return (
        "page"
        if start.startswith((b"<!doctype html", b"<html", b"<?xml")) and b"<html" in content[:5000].lower()
        else "text"
    )
