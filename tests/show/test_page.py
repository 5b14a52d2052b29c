"""The page says everything, leads from each side to the other, and runs nothing that a dispatch brings along."""

from __future__ import annotations

import base64
import hashlib
import re
from html import unescape
from html.parser import HTMLParser

import pytest

from dragoman.records import Actor, Article, Event, Place, Reading, Span, Statement
from dragoman.show.page import fragment, page

Attributes = dict[str, str]


class Parsed(HTMLParser):
    """The tags of a page with their attributes, the text in each `div.text`, and the source of style and script."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, Attributes]] = []
        self.texts: list[str] = []
        self.pieces: list[tuple[Attributes, str]] = []
        self.sources: dict[str, str] = {}
        self._inside = ""
        self._reading = 0
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        self.tags.append((tag, attributes))
        self._inside = tag
        if attributes.get("class") == "text":
            self.texts.append("")
            self._reading = 1
        elif self._reading:
            self.pieces.append((attributes, ""))

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""
        if tag == "div":
            self._reading = 0

    def handle_data(self, data: str) -> None:
        if self._inside in ("style", "script"):
            self.sources[self._inside] = data
        if self._reading:
            self.texts[-1] += data
            if self._inside in ("a", "span"):
                attributes, text = self.pieces[-1]
                self.pieces[-1] = (attributes, text + data)


def test_the_text_is_whole_and_every_finding_lies_on_its_words(reading: Reading) -> None:
    parsed = Parsed(page([reading]))
    assert parsed.texts == [reading.article.text.strip()]
    words: dict[str, str] = {}
    for attributes, text in parsed.pieces:
        for id in attributes["data-f"].split():
            words[id] = words.get(id, "") + text
    assert words["r0e1"] == "noted the legitimacy"
    assert words["r0a0"] == "Xi JinpingXiChina"
    assert words["r0s2"] == "claimed" + "Russia asked China for arms"
    entries = {attributes["id"] for tag, attributes in parsed.tags if tag == "li" and "data-near" in attributes}
    assert set(words) == entries


def test_every_event_says_its_rule_its_sureness_and_whose_word_it_is(reading: Reading) -> None:
    source = page([reading])
    entries = re.findall(r'<li id="r0e\d+".*?</li>', source, re.DOTALL)
    plain = [unescape(re.sub(r"<[^>]*>", "", entry)) for entry in entries]
    assert len(plain) == len(reading.events)
    for event, entry in zip(reading.events, plain, strict=True):
        assert event.rule in entry
        assert f"{event.polarity}, {event.certainty}, {event.time}" in entry
        assert "according to:" in entry and "denied by:" in entry
    assert "according to: the outlet itself · denied by: –" in plain[0]
    assert "according to: U.S. officials via A minister · denied by: Russia" in plain[3]


def test_links_lead_somewhere_and_anchors_are_unique(reading: Reading) -> None:
    parsed = Parsed(page([reading, reading]))
    ids = [attributes["id"] for _, attributes in parsed.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    targets = [
        attributes[name] for _, attributes in parsed.tags for name in ("href", "data-pick") if name in attributes
    ]
    assert targets and {target.removeprefix("#") for target in targets} <= set(ids)


def test_stands_alone_under_a_strict_policy(reading: Reading) -> None:
    parsed = Parsed(page([reading]))
    (policy,) = (a["content"] for tag, a in parsed.tags if a.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none';") and "unsafe" not in policy
    for kind in ("style", "script"):
        digest = base64.b64encode(hashlib.sha256(parsed.sources[kind].encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
    for _, attributes in parsed.tags:
        assert not [name for name in attributes if name.startswith("on") or name in ("src", "style", "action")]
    assert "url(" not in parsed.sources["style"] and "@import" not in parsed.sources["style"]


@pytest.mark.parametrize(
    "hostile",
    ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</div>$body ${x}", "&lt;\ud800\x00\u202e"],
)
def test_what_a_dispatch_brings_along_is_only_text(hostile: str) -> None:
    text = f"Rome said {hostile}."
    span = Span(10, len(text))
    reading = Reading(
        Article(hostile, text, "it", title=hostile, outlet=hostile, url=f"javascript:{hostile}"),
        actors=(Actor(f"a {hostile}", hostile, "state", (span, Span(0, 4)), hostile, (hostile,), hostile, hostile),),
        statements=(Statement(hostile, (Span(5, 9),), (span,), "indirect", "assert", hostile, (f"a {hostile}",)),),
        events=(Event(hostile, hostile, Span(0, 4), Span(0, len(text)), hostile, hostile, 1, hostile,
                      (f"a {hostile}",), contexts=(hostile,), place="p1", according_to=(hostile,)),),
        places=(Place("p1", hostile, (Span(0, 4),)),),
    )  # fmt: skip
    source = page([reading])
    source.encode()
    tags = {tag for tag, _ in Parsed(source).tags}
    assert "img" not in tags
    assert source.count("<script") == 1
    harmless = Parsed(page([Reading(Article("x", text, "it"))])).texts[0]
    assert Parsed(source).texts == [harmless]


def test_the_notebook_view_is_the_page_in_a_frame(reading: Reading) -> None:
    (frame,) = (attributes for tag, attributes in Parsed(fragment(reading)).tags if tag == "iframe")
    assert frame["srcdoc"] == page([reading])
    assert "allow-same-origin" not in frame["sandbox"]
    assert reading._repr_html_() == fragment(reading)


def test_an_empty_reading_has_a_page() -> None:
    source = page([Reading(Article("empty", "", "en"))])
    assert source.count("None found.") == 4


def test_forty_thousand_mentions_are_all_shown() -> None:
    """Cutting the text anew for every finding would not come back from this."""
    count = 40_000
    mentions = tuple(Span(15 * n, 15 * n + 2) for n in range(count))
    reading = Reading(Article("x", "Xi said hello. " * count, "en"), (Actor("a", "Xi", "person", mentions),))
    assert page([reading]).count("Xi</") >= count
