"""What stands on a terminal, at any width, and what never does."""

from __future__ import annotations

import dataclasses
import io
import re

import pytest
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from dragoman.records import Actor, Article, Count, Event, Place, Reading, Span, Statement
from dragoman.show import labels
from dragoman.show.terminal import show_reading


def shown(reading: Reading, width: int = 80, terminal: bool = False) -> str:
    stream = io.StringIO()
    show_reading(
        reading,
        Console(file=stream, width=width, force_terminal=terminal, color_system="truecolor" if terminal else None),
    )
    return stream.getvalue()


def unwrapped(text: str) -> str:
    return " ".join(text.split())


def test_says_who_did_what_to_whom_according_to_whom_and_who_denies(reading: Reading) -> None:
    text = unwrapped(shown(reading, 140))
    assert "Xi and Putin talk Sample dispatch · 15 Jun 2022 · English" in text
    assert "● 15 Jun 2022 · CHN GOV, RUS GOV · CONSULT phone · according to: – · denied by: –" in text
    assert "○ – · CHN GOV → RUS GOV · SUPPORT · according to: Kremlin · denied by: –" in text
    assert "REQUEST assist · background · according to: U.S. officials via A minister · denied by: Russia" in text
    assert "ACCUSE disapprove · negated" in text
    assert "○ “69th birthday” · CHN GOV · AID · possible" in text


def test_statements_stand_under_the_one_they_are_told_in(reading: Reading) -> None:
    after = shown(reading).partition("Statements")[2].splitlines()
    assert after[2].startswith("A minister · assert · U.S. officials had claimed")
    assert after[3] == "  U.S. officials · assert · Russia asked China for arms"


def test_says_where_and_how_many(reading: Reading) -> None:
    text = reading.article.text
    span = Span(text.index("BEIJING"), text.index("BEIJING") + 7)
    event = dataclasses.replace(reading.events[0], place="p1", counts=(Count("killed", span, 20, 20, None),))
    placed = dataclasses.replace(reading, events=(event,), places=(Place("p1", "Beijing", (span,), "CHN"),))
    assert "CONSULT phone · Beijing, CHN · at least 20 killed · according to: –" in unwrapped(shown(placed, 200))
    assert "at least 20 killed" in unwrapped(shown(placed, 140, terminal=True))


def test_counts_say_their_bounds() -> None:
    span = Span(0, 1)
    assert labels.count_label(Count("killed", span, 12, 12, 12)) == "12 killed"
    assert labels.count_label(Count("injured", span, 20, None, 30)) == "20 to 30 injured"
    assert labels.count_label(Count("arrested", span, None, 40, 40)) == "at most 40 arrested"
    assert labels.count_label(Count("crowd", span, None, 3000, None)) == "crowd of about 3,000"


@pytest.mark.parametrize("terminal", [False, True])
@pytest.mark.parametrize("width", [40, 60, 110, 160])
def test_keeps_to_its_width_and_leaves_nothing_out(reading: Reading, width: int, terminal: bool) -> None:
    text = Text.from_ansi(shown(reading, width, terminal)).plain
    assert all(cell_len(line.rstrip()) <= width for line in text.splitlines())
    for event in reading.events:
        assert event.type in text
        assert event.trigger.of(reading.article.text) in unwrapped(text)


def test_colours_only_a_terminal(reading: Reading) -> None:
    assert "\x1b" not in shown(reading)
    assert "\x1b[1;3;4;33mnoted the legitimacy" in shown(reading, 160, terminal=True), "event within what is said"


def test_nothing_that_a_terminal_would_obey_gets_through() -> None:
    text = "[bold red]Rome[/] said \x1b[2J\x1b]0;owned\x07 yes\u202e[link=file:///etc]no[/link]\x9b31m :smile:"
    name = "Ro\x1b[31mme [blink]"
    reading = Reading(
        Article("x", text, "it\x1b", title="\x1b[5mT[u]", outlet="[red]\x07", url="http://\x1b"),
        actors=(Actor("a1", name, "state", (Span(10, 14),)),),
        statements=(Statement("s1", (Span(18, 22),), (Span(23, len(text)),), "indirect", "assert", "r", ("a1",)),),
        events=(Event("e1", "AC\x1bC", Span(0, 20), Span(0, 30), "r", "q", 1, "01", ("a1",), according_to=("s1",)),),
    )
    plain = shown(reading, 160)
    assert not [c for c in plain if ord(c) < 32 and c != "\n"] and "\x9b" not in plain and "\u202e" not in plain
    assert "[bold red]Rome[/] said" in plain and "[link=file:///etc]no[/link]" in plain and ":smile:" in plain
    terminal = shown(reading, 160, terminal=True)
    assert not re.findall(r"\x1b(?!\[[\d;]*m)", terminal), "colours are the only sequences"
    assert "\x07" not in terminal
    assert "\x1b[5m" not in terminal, "nobody may blink"


def test_a_reading_without_findings_is_shown_too() -> None:
    text = shown(Reading(Article("empty", "", "en")))
    assert "empty" in text and "date unknown" in text and "Events (0)" in text


def test_statements_told_within_each_other_are_shown_once(reading: Reading) -> None:
    first, second = reading.statements[1], reading.statements[2]
    circle = (dataclasses.replace(first, within="s3"), second)
    text = shown(Reading(reading.article, reading.actors, statements=circle))
    assert text.partition("Statements")[2].count("·") == 4
