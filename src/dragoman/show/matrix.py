"""A story on a terminal: its articles, and the matrix of what is told by whom; differences and threads.

In: a `Story`, `Difference` or `Thread`s, and a rich `Console`. Out: what is printed there. Words of articles have no effect on
the terminal.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from dragoman.link.differences import Difference
from dragoman.link.records import Occurrence, Story, Teller, Telling
from dragoman.link.threads import Thread
from dragoman.show.labels import NOTHING, interval_label, language_name
from dragoman.show.pieces import inert

STYLES = {"asserts": "green", "denies": "bold red", "hedges": "yellow", "silent": "dim"}
STATUS = {
    "contested": "bold red", "denied": "red", "withdrawn": "red", "alleged": "yellow", "single-sourced": "yellow",
    "confirmed later": "green", "uncontested": "green",
}  # fmt: skip
NARROWEST = 14  # columns that a teller needs


def rows_of(story: Story, *, everything: bool) -> list[Occurrence]:
    """The occurrences that a matrix shows: all, or those that more than one outlet's own voice tells of."""
    if everything or len({teller.kind == "source" for teller in story.tellers}) == 1:
        return list(story.occurrences)
    sources = {teller.id for teller in story.tellers if teller.kind == "source"}
    return [
        one
        for one in story.occurrences
        if sum(telling.stance != "silent" for telling in one.tellings) > 1
        or any(telling.teller in sources and telling.stance != "silent" for telling in one.tellings)
    ]


def happening(one: Occurrence) -> str:
    """An occurrence in one line: type and modes, who to whom, when, where."""
    who = ", ".join(one.actors) or NOTHING
    whom = f" → {', '.join(one.recipients)}" if one.recipients else ""
    what = " ".join([one.type, *one.modes]) if one.type else "says"
    parts = [f"{what}: {who}{whom}", interval_label(one.when) if one.when else "", one.place or ""]
    return inert(" · ".join(part for part in parts if part))


def show_story(story: Story, console: Console, *, everything: bool = False, words: bool = False) -> None:
    """Print a story: articles and matrix; with `words` the words of each cell under the matrix."""
    console.print(Text(inert(story.title), style="bold"))
    about = [_days(story.start, story.end), f"{len(story.articles)} articles", ", ".join(story.parties)]
    console.print(Text(" · ".join(part for part in about if part), style="dim"))
    articles = Table(box=None, padding=(0, 2, 0, 0), show_header=False)
    for member in story.articles:
        copy = f"copy of {member.copy_of}" if member.copy_of else ""
        articles.add_row(
            Text(interval_label(member.published), style="green"), Text(inert(member.outlet or member.article)),
            Text(language_name(member.language), style="dim"), Text(inert(member.title or ""), overflow="ellipsis"),
            Text(inert(copy), style="dim"),
        )  # fmt: skip
    console.print(articles)
    console.print()
    rows = rows_of(story, everything=everything)
    for tellers in _chunks(story.tellers, max(1, (console.width - 50) // NARROWEST)):
        console.print(_matrix(rows, tellers))
    hidden = len(story.occurrences) - len(rows)
    if hidden:
        console.print(Text(f"{hidden} more are told by one outlet alone; --all shows them", style="dim"))
    if words:
        _show_words(rows, story.tellers, console)


def _matrix(rows: Iterable[Occurrence], tellers: Sequence[Teller]) -> Table:
    table = Table(show_lines=True)
    table.add_column("what is told", ratio=3, min_width=30)
    table.add_column("status", min_width=9)
    for teller in tellers:
        table.add_column(_teller(teller), justify="center", min_width=8, overflow="fold")
    for one in rows:
        cells = [_cell(one.telling(teller.id)) for teller in tellers]
        what = Text(happening(one)) + Text("\n") + Text(inert(one.title), style="dim italic")
        table.add_row(what, Text(one.status, style=STATUS[one.status]), *cells)
    return table


def _teller(teller: Teller) -> Text:
    """Sources by their code, outlets by name."""
    if teller.kind == "outlet":
        return Text(inert(teller.name), style="italic")
    code = teller.id.partition(":")[2] if teller.id.startswith("name:") else teller.id
    return Text(inert(code))


def _cell(telling: Telling) -> Text:
    if telling.stance == "silent":
        return Text("cites" if telling.cites else NOTHING, style="dim")
    return Text(telling.stance, style=STYLES[telling.stance])


def _show_words(rows: Iterable[Occurrence], tellers: Sequence[Teller], console: Console) -> None:
    for one in rows:
        console.print(Text(happening(one), style="bold"))
        for teller in tellers:
            telling = one.telling(teller.id)
            if telling.stance == "silent":
                continue
            head = _teller(teller) + Text(f" {telling.stance}", style=STYLES[telling.stance])
            head += Text(f" since {telling.since}" if telling.since else "", style="dim")
            console.print(Text("  ") + head)
            for evidence in telling.evidence:
                console.print(Text(f"    “{inert(evidence.words)}”  ") + Text(inert(evidence.article), style="dim"))


def show_difference(found: Difference, console: Console) -> None:
    """Print what two accounts have in common and where they part."""
    one, other = _teller(found.one.teller), _teller(found.other.teller)
    _list("Both tell", found.both, console)
    _list(f"Only {one.plain} tells", found.only_one, console)
    _list(f"Only {other.plain} tells", found.only_other, console)
    console.print(Text("They contradict each other", style="bold"))
    for contradiction in found.contradictions:
        console.print(
            Text(f"  {contradiction.matter}: ", style="bold red")
            + Text(
                f"{happening(contradiction.occurrence)}: {one.plain}: {contradiction.one}; {other.plain}: {contradiction.other}"
            )
        )
    if not found.contradictions:
        console.print(Text("  in nothing", style="dim"))
    for wording in found.wordings:
        console.print(Text(f"\n{happening(wording.occurrence)}", style="bold"))
        for teller, told, only in ((one, wording.one, wording.only_one), (other, wording.other, wording.only_other)):
            for words in told:
                console.print(Text("  ") + teller + Text(f": “{inert(words)}”"))
            if only:
                console.print(Text(f"    only here: {inert(', '.join(only))}", style="dim"))


def _list(head: str, occurrences: Sequence[Occurrence], console: Console) -> None:
    console.print(Text(f"{head} ({len(occurrences)})", style="bold"))
    for one in occurrences:
        console.print(Text(f"  {happening(one)}  ") + Text(inert(one.title), style="dim italic"))
    console.print()


def show_threads(threads: Sequence[Thread], console: Console) -> None:
    """Print claims over time."""
    for thread in threads:
        who = ", ".join(thread.actors) or NOTHING
        whom = f" → {', '.join(thread.recipients)}" if thread.recipients else ""
        head = Text(inert(f"{thread.type or 'says'}: {who}{whom}  "), style="bold")
        console.print(
            head + Text(inert(thread.title), style="italic") + Text(f"  {thread.status}", style=STATUS[thread.status])
        )
        for turn in thread.turns:
            day = turn.day.isoformat() if turn.day else "undated"
            console.print(
                Text(f"  {day}  ", style="green") + Text(f"{inert(turn.teller)} ")
                + Text(turn.stance, style=STYLES[turn.stance]) + Text(f"  “{inert(turn.words)}”", style="dim")
            )  # fmt: skip
        console.print()


def _days(start: datetime.date | None, end: datetime.date | None) -> str:
    if start is None or end is None:
        return "undated"
    return start.isoformat() if start == end else f"{start} to {end}"


def _chunks(tellers: Sequence[Teller], size: int) -> Iterable[Sequence[Teller]]:
    return [tellers[at : at + size] for at in range(0, len(tellers), size)]
