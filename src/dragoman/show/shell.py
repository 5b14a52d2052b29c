"""The shell of a page that stands alone, and what may stand in it.

In: a title, a body, and which of the shipped styles and scripts they need. Out: a page without any request to elsewhere, whose
own policy lets no other script or style run than those. `text` makes words fit for it.
"""

from __future__ import annotations

import base64
import functools
import hashlib
from collections.abc import Iterable
from html import escape
from importlib import resources
from string import Template

from dragoman.show.pieces import inert


def shell(title: str, body: str, styles: Iterable[str], script: str | None = None) -> str:
    """A page around `body`, which is HTML. Styles and script are files in `static`."""
    style = "".join(map(_shipped, styles))
    policy = ["default-src 'none'", f"style-src '{_hash(style)}'"]
    if script is not None:
        source = _shipped(script)
        policy.append(f"script-src '{_hash(source)}'")
        body += f"\n<script>{source}</script>"
    policy += ["base-uri 'none'", "form-action 'none'"]
    return Template(_shipped("page.html")).substitute(
        title=text(title), policy="; ".join(policy), style=style, body=body
    )


def text(words: object) -> str:
    """Words as HTML: escaped, with nothing in them that a screen would obey."""
    return escape(inert(str(words)))


@functools.cache
def _shipped(name: str) -> str:
    return resources.files("dragoman.show").joinpath("static", name).read_text(encoding="utf-8")


def _hash(source: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()
