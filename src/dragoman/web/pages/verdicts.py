"""What people said of the findings of an article, and the buttons with which they say it.

In: a reading. Out: HTML below each finding, and what was added to the machine's findings.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import unquote

from fastapi import Request

from dragoman.records import Reading
from dragoman.show.shell import text
from dragoman.web.pages.fields import LISTS
from dragoman.web.pages.naming import day
from dragoman.web.pages.rendering import href
from dragoman.web.served import Served

COOKIE = "dragoman_who"
SIGNS = {"confirmed": "✓", "corrected": "✎", "rejected": "✕", "added": "+"}


def tools(served: Served, reading: Reading) -> Callable[[str, str], str]:
    """What stands below each finding on the article's page: what people said of it, and buttons to say something."""
    standing = {
        (row["kind"], row["finding"]): row for row in served.record.corrections(article=reading.article.id, stands=True)
    }

    def below(kind: str, id: str) -> str:
        row = standing.get((kind, id))
        said = f'<p class="verdict {row["verdict"]}">{_said(row)}</p>' if row else ""
        if served.read_only:
            return said
        buttons = "".join(
            f'<button form="judge" name="judge" value="{text(f"{kind} {verdict} {id}")}" aria-label="{name} this {kind}">{SIGNS[verdict]} {name}</button>'
            for verdict, name in (("confirmed", "Right"), ("rejected", "Wrong"))
            if not row or row["verdict"] != verdict
        )
        other = text(href("/correct", article=reading.article.id, kind=kind, finding=id))
        return f'{said}<p class="judging">{buttons}<a href="{other}">Correct …</a></p>'

    return below


def _said(row: Mapping[str, Any]) -> str:
    note = f": {row['note']}" if row["note"] else ""
    return text(f"{SIGNS[row['verdict']]} {row['verdict']} by {row['who']}, {day(row['made'].date())}{note}")


def added(served: Served, reading: Reading) -> list[dict[str, Any]]:
    """What people added to an article, or what the machine no longer finds."""
    lists = {kind: {one.id for one in getattr(reading, name)} for kind, name in LISTS.items()}
    rows = served.record.corrections(article=reading.article.id, stands=True)
    return [row for row in rows if row["kind"] in lists and row["finding"] not in lists[row["kind"]]]


def who_of(request: Request) -> str:
    """Who judged last in this browser; empty where nobody did."""
    return unquote(request.cookies.get(COOKIE, ""))
