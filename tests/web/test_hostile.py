"""Articles that want to do harm, or are only very long: pages stay what they are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from browsing import serving
from made import CODERS, article

from dragoman.records import Actor, Event, Reading, Span, Statement
from dragoman.store.record import Record
from dragoman.web.app import create_app

Window = Callable[..., Any]
SCRIPT = "<script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\"><a href=\"javascript:alert(1)\">x</a>"
TURNED = "Peru \u202epraised\u202c \u2066Chile\u2069\u200b\u200d \u200fand\u0007 left\u2028it there."
EVENTS = 150  # of the long article
WORD = "Norway praised Peru in the harbour and nobody said a word. "


def reading(id: str, text: str, many: int = 1, **more: Any) -> Reading:
    """A reading with that many events and actors, spread evenly over the text."""
    spread = range(0, len(text) - 40, max(1, (len(text) - 40) // many))[:many]
    name = text[:30] if many == 1 else "Norway"
    actors = tuple(
        Actor(f"a{n}", f"{name} {n}", "state", (Span(start, start + 6),), "NOR") for n, start in enumerate(spread)
    )
    said = tuple(Statement(f"s{n}", (Span(start, start + 5),), (Span(start + 6, start + 30),), "indirect", "assert", "en/say", (f"a{n}",)) for n, start in enumerate(spread))  # fmt: skip
    events = tuple(
        Event(f"e{n}", "SUPPORT", Span(start + 7, start + 14), Span(start, start + 40), "en/praise", "verbal cooperation", 5.0, "05", (f"a{n}",), according_to=(f"s{max(0, n - 50)}",))
        for n, start in enumerate(spread)
    )  # fmt: skip
    return Reading(article(id, text, **more), actors, (), said, events)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    path = tmp_path_factory.mktemp("hostile") / "hostile.sqlite"
    with Record(path, create=True) as record:
        record.store(
            [
                reading(SCRIPT, SCRIPT * 3, title=SCRIPT, outlet=SCRIPT, url="javascript:alert(1)"),
                reading("turned", TURNED * 3, title=TURNED),
                reading("a/../b?c#d&e=f", WORD * 3, title="  "),
                reading("long", WORD * 2_700, many=EVENTS),  # 30,000 words
            ],
            CODERS,
        )
    with serving(create_app(str(path))) as address:
        yield address


def test_markup_of_an_article_is_text(hostile: str, opened: Window) -> None:
    window = opened()
    for page in ("/", "/events", "/statements", "/articles", "/actors", "/stories"):
        window.goto(hostile + page)
        assert window.title().endswith("Dragoman")
        assert window.locator("main img, main script, a[href^='javascript']").count() == 0
    window.goto(f"{hostile}/articles")
    window.click(f"text={SCRIPT[:20]} >> nth=0")
    assert window.inner_text(".reading h1") == SCRIPT
    assert window.title() != "taken"
    assert SCRIPT in window.inner_text(".text")
    assert window.locator("main img, main script, a[href^='javascript']").count() == 0


def test_what_turns_the_direction_of_writing_is_shown(hostile: str, opened: Window) -> None:
    window = opened()
    window.goto(f"{hostile}/article?id=turned")
    text = window.text_content(".text")
    assert not {*"\u202e\u202c\u2066\u2069\u200f\u0007\u2028"} & {*text}
    assert len(text) == len(TURNED * 3)
    window.goto(f"{hostile}/events")
    assert "\u202e" not in window.text_content("main")


def test_any_id_has_an_address(hostile: str, opened: Window) -> None:
    window = opened()
    window.goto(f"{hostile}/events")
    window.locator("li.event:has-text('Norway praised Peru') a.type").first.click()
    window.wait_for_selector("li.lit")
    window.goto(f"{hostile}/article?id=a%2F..%2Fb%3Fc%23d%26e%3Df")
    assert "Norway praised Peru" in window.inner_text(".text")


def test_a_very_long_article_comes_in_parts(hostile: str, opened: Window) -> None:
    window = opened()
    sizes: list[float] = []
    session = window.context.new_cdp_session(window)
    session.send("Network.enable")
    session.on("Network.loadingFinished", lambda done: sizes.append(done["encodedDataLength"]))
    window.goto(f"{hostile}/article?id=long")
    assert sum(sizes) < 500_000
    parts = int(window.inner_text(".pager span >> nth=0").split()[-1])
    assert parts > 10
    shown = window.locator(".findings li[data-near]").count()
    assert 15 < shown < 200
    # Together the parts are the whole text, and an event is in the part that it stands in.
    text = "".join(
        window.request.get(f"{hostile}/article?id=long&part={part}").text().count("praised") * " " for part in (1, 2)
    )
    assert text
    window.goto(f"{hostile}/article?id=long&event=e{EVENTS - 1}")
    window.wait_for_selector("li.lit")
    assert f"Part {parts} of {parts}" in window.inner_text(".pager >> nth=0")
    # What it is told in stands in another part: the link leads there.
    window.click("li.lit p a[href*='part=']")
    window.wait_for_selector("li.lit")
    assert "SUPPORT" not in window.inner_text("li.lit .head")


def test_the_parts_of_a_text_are_the_text() -> None:
    from dragoman.web.pages.article import parts_of

    for text in (WORD * 2_000, "word " * 9_000, "x" * 40_000, "One. Two.\n\n" * 4_000, "short"):
        parts = parts_of(text)
        assert "".join(parts.span(number).of(text) for number in range(1, len(parts) + 1)) == text
        assert all(len(parts.span(number).of(text)) <= 15_000 for number in range(1, len(parts) + 1))
        assert all(parts.of(parts.span(number).start) == number for number in range(1, len(parts) + 1))


def test_an_empty_record_says_how_to_fill_it(tmp_path: Path, opened: Window) -> None:
    path = tmp_path / "empty.sqlite"
    Record(path, create=True).close()
    with serving(create_app(str(path))) as address:
        window = opened()
        for page in (
            "/",
            "/events",
            "/articles",
            "/actors",
            "/map",
            "/stories",
            "/pair?a=CHN&b=RUS",
            "/actor?who=CHN",
            "/search?q=x",
        ):
            assert window.goto(address + page).status == 200
        window.goto(address)
        assert "dragoman add" in window.inner_text("main")
