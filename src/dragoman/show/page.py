"""Readings as one HTML page that stands alone: the dispatch on one side, its findings on the other.

In: `Reading`s. Out: a page without any request to elsewhere, and a fragment for notebooks. Everything that comes from a
dispatch is escaped, and the page's own policy lets no other script or style run than the two that are shipped in it.
Links lead from each finding to its entry and back, so that the page serves without its script too.
"""

from __future__ import annotations

import base64
import functools
import hashlib
from collections.abc import Sequence
from html import escape
from importlib import resources
from string import Template

from dragoman.records import Reading
from dragoman.show.section import section, text, title


def page(readings: Sequence[Reading]) -> str:
    """One page with the readings, one after the other."""
    titles = [title(reading) for reading in readings]
    style = "".join(map(_shipped, ("colours.css", "page.css", "reading.css")))
    script = _shipped("reading.js")
    parts = [_contents(readings)] if len(readings) > 1 else []
    parts += [section(reading, number) for number, reading in enumerate(readings)]
    return Template(_shipped("page.html")).substitute(
        title=text(titles[0] if len(titles) == 1 else f"{len(titles)} readings"), style=style, script=script,
        style_hash=_hash(style), script_hash=_hash(script), body="\n".join(parts),
    )  # fmt: skip


def fragment(reading: Reading) -> str:
    """The page of one reading for a notebook, in a frame of its own so that neither changes the other's looks."""
    return (
        f'<iframe title="{text(title(reading))}" srcdoc="{escape(page([reading]))}" sandbox="allow-scripts"'
        ' style="width:100%;height:38rem;border:1px solid #8886;border-radius:6px"></iframe>'
    )


@functools.cache
def _shipped(name: str) -> str:
    return resources.files("dragoman.show").joinpath("static", name).read_text(encoding="utf-8")


def _hash(source: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()


def _contents(readings: Sequence[Reading]) -> str:
    entries = "".join(
        f'<li><a href="#r{number}">{text(title(reading))}</a> <span class="none">{len(reading.events)} events</span></li>'
        for number, reading in enumerate(readings)
    )
    return f'<nav class="contents" aria-label="Dispatches"><strong>{len(readings)} dispatches</strong><ol>{entries}</ol></nav>'
