"""Readings as one HTML page that stands alone: the dispatch on one side, its findings on the other.

In: `Reading`s. Out: a page without any request to elsewhere, and a fragment for notebooks. Everything that comes from a
dispatch is escaped, and the page's own policy lets no other script or style run than the two that are shipped in it.
Links lead from each finding to its entry and back, so that the page serves without its script too.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from dragoman.records import Reading
from dragoman.show.section import section, title
from dragoman.show.shell import shell, text


def page(readings: Sequence[Reading]) -> str:
    """One page with the readings, one after the other."""
    titles = [title(reading) for reading in readings]
    parts = [_contents(readings)] if len(readings) > 1 else []
    parts += [section(reading, number) for number, reading in enumerate(readings)]
    return shell(
        titles[0] if len(titles) == 1 else f"{len(titles)} readings",
        "\n".join(parts),
        ("colours.css", "page.css", "reading.css"),
        "reading.js",
    )


def fragment(reading: Reading) -> str:
    """The page of one reading for a notebook, in a frame of its own so that neither changes the other's looks."""
    return (
        f'<iframe title="{text(title(reading))}" srcdoc="{escape(page([reading]))}" sandbox="allow-scripts"'
        ' style="width:100%;height:38rem;border:1px solid #8886;border-radius:6px"></iframe>'
    )


def _contents(readings: Sequence[Reading]) -> str:
    entries = "".join(
        f'<li><a href="#r{number}">{text(title(reading))}</a> <span class="none">{len(reading.events)} events</span></li>'
        for number, reading in enumerate(readings)
    )
    return f'<nav class="contents" aria-label="Dispatches"><strong>{len(readings)} dispatches</strong><ol>{entries}</ol></nav>'
