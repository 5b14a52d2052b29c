"""A visitor finds their way: from two countries to the words of an event, with script and without, by eye and by ear."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from browsing import AXE, serving

from dragoman.web.app import create_app

Window = Callable[..., Any]
PAGES = (
    "/", "/pair", "/pair?a=CHN&b=RUS", "/actor?who=CHN", "/actor?who=Xi+Jinping", "/events", "/events?a=CHN&b=RUS&denied=true",
    "/stories", "/story?id=it-xi-putin", "/statements", "/articles", "/actors", "/map", "/try", "/search?q=Ukraine", "/article?id=it-xi-putin",
    "/correct?article=it-xi-putin&kind=event&finding=e1", "/correct?article=it-xi-putin&kind=statement", "/article?id=none",
)  # fmt: skip


def test_from_two_countries_to_the_words_of_an_event(site: str, opened: Window) -> None:
    window = opened()
    window.goto(site)
    window.fill(".pairing [name=a]", "China")
    window.fill(".pairing [name=b]", "Russia")
    window.click(".pairing button")
    assert window.inner_text("h1") == "China and Russia"
    assert window.title() == "China and Russia · Dragoman"
    window.wait_for_selector("figure svg a")
    requests = window.locator("section[aria-labelledby=types] a", has_text="REQUEST")
    requests.click()
    event = window.locator("li.event", has_text="U.S. officials").first
    assert "denied by Moscow" in event.inner_text()
    event.locator("a.type").click()
    window.wait_for_selector("li.lit")
    assert window.locator("li.lit .head").inner_text().startswith("○ REQUEST assist")
    lit = window.locator(".text .lit.event")
    assert lit.inner_text() == "asked"
    assert "en/request/" in window.locator("li.lit").inner_text()


def test_the_words_of_a_cell_are_underlined_in_their_article(site: str, opened: Window) -> None:
    window = opened()
    window.goto(site)
    window.click("text=Xi e Putin al telefono")
    row = window.locator(".matrix tr", has_text="asked China for military equipment")
    assert "contested" in row.inner_text()
    cell = row.locator("td[data-teller='Cremlino'], td[data-teller='Kremlin']")
    assert "denies" in cell.inner_text()
    assert not cell.locator("blockquote").first.is_visible()
    cell.locator("summary").click()
    words = cell.locator("blockquote mark").first.inner_text()
    cell.locator("blockquote a").first.click()
    window.wait_for_selector("li.lit")
    assert words.split()[0] in window.inner_text(".text .lit >> nth=0") + window.inner_text("li.lit")


def test_a_dot_of_the_chart_leads_to_its_events(site: str, opened: Window) -> None:
    window = opened()
    window.goto(f"{site}/pair?a=CHN&b=RUS")
    dots = window.locator("figure svg a")
    dots.first.wait_for()
    labels = [dots.nth(n).get_attribute("aria-label") for n in range(dots.count())]
    contested = next(n for n, label in enumerate(labels) if "denied" in label)
    dots.nth(contested).focus()
    window.keyboard.press("Enter")
    window.wait_for_url("**/events?*type=REQUEST*")
    assert window.locator("li.event").count() == int(re.search(r"(\d+) event", labels[contested])[1])  # type: ignore[index]


def test_pointing_at_a_finding_lights_its_words_and_back(site: str, opened: Window) -> None:
    window = opened()
    window.goto(f"{site}/article?id=en-xi-putin")
    window.hover("#r0e0 .small")
    assert window.inner_text(".text .pointed") == "spoke"
    window.hover(".text a.event:has-text('criticized') >> nth=0")
    assert "ACCUSE" in window.inner_text(".findings li.pointed")


def test_a_statement_told_within_another_stands_within_it(site: str, opened: Window) -> None:
    window = opened()
    window.goto(f"{site}/article?id=en-xi-putin")
    outer, inner = window.locator(".findings li.of-statement:has(+ li.within)").first, window.locator("li.within").first
    assert inner.bounding_box()["x"] > outer.bounding_box()["x"]


def test_a_pasted_text_is_read(site: str, opened: Window) -> None:
    window = opened()
    window.set_default_timeout(90_000)  # the reader starts when the first text comes
    window.goto(f"{site}/try")
    window.fill("textarea", "Kyiv accused Moscow of shelling the port on Tuesday.")
    window.fill("[name=published]", "2022-06-16")
    window.get_by_role("button", name="Read", exact=True).click()
    assert "ACCUSE" in window.inner_text(".findings")
    assert "14 Jun 2022" in window.inner_text(".findings")
    assert window.locator(".text a.event").first.inner_text() == "accused"


def test_an_event_is_corrected_and_a_statement_rejected(own_samples: Path, opened: Window) -> None:
    with serving(create_app(str(own_samples))) as address:
        window = opened()
        window.goto(f"{address}/article?id=en-xi-putin")
        window.click("#r0e0 >> text=Correct …")
        assert window.inner_text("blockquote mark") == "spoke"
        window.select_option("[name=certainty]", "probable")
        window.fill("[name=who]", "Ann")
        window.fill("[name=note]", "one side only")
        window.get_by_role("button", name="Keep as corrected").click()
        assert "corrected by Ann" in window.inner_text("#r0e0 .verdict")
        assert "one side only" in window.inner_text("#r0e0 .verdict")
        assert "affirmed, certain, past" in window.inner_text("#r0e0")  # the machine's is as it was
        assert window.input_value("#judge [name=who]") == "Ann"
        window.get_by_role("button", name="Wrong this statement").first.click()
        assert "rejected by Ann" in window.inner_text("#r0s0 .verdict")
        window.goto(f"{address}/events?confirmed=true")
        assert window.locator("li.event").count() == 1
        assert "probable" in window.inner_text("li.event")


def test_what_was_overlooked_is_added(own_samples: Path, opened: Window) -> None:
    with serving(create_app(str(own_samples))) as address:
        window = opened()
        window.goto(f"{address}/article?id=en-xi-putin")
        window.click("text=Add what was overlooked")
        window.fill("[name=words]", "vote as a bloc")
        window.select_option("[name=type]", "COOPERATE")
        window.fill("[name=who]", "Ann")
        window.get_by_role("button", name="+ Add").click()
        assert "COOPERATE “vote as a bloc” added by Ann" in " ".join(window.inner_text(".added").split())


def test_a_record_served_read_only_cannot_be_corrected(own_samples: Path, opened: Window) -> None:
    with serving(create_app(str(own_samples), read_only=True)) as address:
        window = opened()
        window.goto(f"{address}/article?id=en-xi-putin")
        assert window.locator("button:has-text('Wrong')").count() == 0
        assert window.locator(".findings li").count() > 20


@pytest.mark.parametrize("address", PAGES)
def test_every_page_reads_without_script(site: str, opened: Window, address: str) -> None:
    window = opened(script=False)
    answer = window.goto(site + address)
    assert answer.status == (404 if "id=none" in address else 200)
    assert window.inner_text("h1")
    assert window.title().endswith(" · Dragoman")
    for details in window.locator("details.numbers summary").all():
        details.click()
    if address.startswith(("/pair?", "/actor?", "/map")) or address == "/":
        assert window.locator("table.numbers tbody tr:visible").count()


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (390, True)], ids=["desktop-light", "phone-dark"])
@pytest.mark.parametrize("address", PAGES)
def test_every_page_is_accessible_fits_and_is_light(
    site: str, opened: Window, address: str, width: int, dark: bool
) -> None:
    window = opened(width, dark=dark)
    session = window.context.new_cdp_session(window)
    session.send("Network.enable")
    sizes: list[float] = []
    session.on("Network.loadingFinished", lambda done: sizes.append(done["encodedDataLength"]))
    window.goto(site + address, wait_until="networkidle")
    assert sum(sizes) < 500_000
    assert window.evaluate("document.documentElement.scrollWidth") <= width
    window.evaluate(AXE.read_text(encoding="utf-8"))
    found = window.evaluate("axe.run()")
    serious = [
        (problem["id"], [node["target"] for node in problem["nodes"]][:5])
        for problem in found["violations"]
        if problem["impact"] in ("serious", "critical")
    ]
    assert not serious


@pytest.mark.parametrize(
    "page",
    [
        "home",
        "pair",
        "actor",
        "stories",
        "story",
        "events",
        "statements",
        "articles",
        "actors",
        "map",
        "search",
        "article",
    ],
)
def test_every_page_has_its_data_as_csv_and_json(site: str, opened: Window, page: str) -> None:
    window = opened()
    address = {
        "home": "/",
        "pair": "/pair?a=CHN&b=RUS",
        "actor": "/actor?who=CHN",
        "search": "/search?q=Ukraine",
        "article": "/article?id=it-xi-putin",
        "story": "/story?id=it-xi-putin",
    }
    window.goto(site + address.get(page, f"/{page}"))
    csv, json = (window.get_attribute(f"footer a:has-text('{name}')", "href") for name in ("CSV", "JSON"))
    lines = window.request.get(site + csv).text().splitlines()
    assert len(lines) > 1 and "," in lines[0]
    assert window.request.get(site + json).json()
