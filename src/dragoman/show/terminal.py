"""A reading on a terminal: the dispatch with its findings in colour, then its events, then who says what.

In: a `Reading` and a rich `Console`. Out: what is printed there, from 40 columns up. The words of the dispatch are
printed as they are: neither rich's markup nor a terminal's escape sequences in them have any effect.
"""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from dragoman.records import Event, Reading, Statement
from dragoman.show import labels
from dragoman.show.pieces import MarkKind, cut, inert, lines, marks_of

TEXT_WIDTH = 100  # wider lines are hard to read
TABLE_FROM = 110  # columns that a table of events needs

# Each kind sets what the others leave alone, so that an event within a statement shows as both.
STYLES: dict[MarkKind, str] = {
    "content": "italic",
    "actor": "cyan",
    "date": "green",
    "cue": "bold magenta",
    "event": "bold yellow underline",
}
LEGEND: dict[MarkKind, str] = {
    "actor": "who", "event": "event", "date": "when", "cue": "says", "content": "what is said",
}  # fmt: skip


def show_reading(reading: Reading, console: Console) -> None:
    """Print a reading."""
    _show_header(reading, console)
    _show_text(reading, console)
    _show_events(reading, console)
    _show_statements(reading, console)


def _print(console: Console, what: Text | Table, width: int | None = None) -> None:
    console.print(what, highlight=False, markup=False, width=width)


def _show_header(reading: Reading, console: Console) -> None:
    article = reading.article
    about = [article.outlet, labels.interval_label(article.published) if article.published else "date unknown"]
    about += [labels.language_name(article.language), article.url]
    _print(console, Text("─" * min(console.width, TEXT_WIDTH), style="dim"))
    _print(console, Text(" ".join(inert(article.title or article.id).split()), style="bold"))
    _print(console, Text(" · ".join(inert(part) for part in about if part), style="dim"))
    _print(console, Text(""))


def _show_text(reading: Reading, console: Console) -> None:
    width = min(console.width, TEXT_WIDTH)
    waiting, shown = 0, False  # several empty lines are printed as one, and none at the borders
    for line in lines(cut(reading.article.text, marks_of(reading))):
        printed = Text()
        for piece in line:
            # From the widest mark to the closest, whose colour wins.
            styles = (STYLES[mark.kind] for mark in reversed(piece.marks))
            printed.append(piece.text.replace("\t", " "), style=" ".join(styles))
        if not printed.plain.strip():
            waiting += 1
            continue
        if waiting and shown:
            _print(console, Text(""))
        waiting, shown = 0, True
        _print(console, printed, width=width)
    if console.is_terminal:
        key = Text("\n")
        for kind, name in LEGEND.items():
            key.append(name, style=STYLES[kind]).append("  ")
        _print(console, key)


# ---- events ---------------------------------------------------------------------------------------------------------


def _show_events(reading: Reading, console: Console) -> None:
    _print(console, Text(f"\nEvents ({len(reading.events)})", style="bold"))
    if console.width >= TABLE_FROM and console.is_terminal:
        _print(console, _event_table(reading))
    else:
        for event in reading.events:
            _print_hanging(console, _sign(event), _event_parts(reading, event))
            _print_hanging(console, Text(" "), [_event_words(reading, event)])
    if reading.events:
        _print(console, Text(f"● {labels.TOLD_AS_FACT}\n○ {labels.NOT_A_FACT}", style="dim"))


def _event_table(reading: Reading) -> Table:
    table = Table(box=None, padding=(0, 3, 0, 0), header_style="dim", pad_edge=False)
    for header in ("", "when", "who → whom", "what", "according to", "denied by"):
        table.add_column(header, overflow="fold")
    for event in reading.events:
        names = Text(labels.parties(reading, event, "name"), style="dim")
        table.add_row(
            _sign(event),
            Text(labels.event_date(reading, event), style="green"),
            Text("\n").join([Text(labels.parties(reading, event, "code"), style="cyan"), names]),
            Text("\n").join(
                [
                    _what(event),
                    *_where_and_how_many(reading, event),
                    Text(f"“{labels.words(reading, [event.trigger])}”", style="dim"),
                ]
            ),
            Text(labels.told_by(reading, event)),
            Text(labels.denied_by(reading, event)),
        )
    return table


def _event_parts(reading: Reading, event: Event) -> list[Text]:
    return [
        Text(labels.event_date(reading, event), style="green"),
        Text(labels.parties(reading, event, "code"), style="cyan"),
        _what(event),
        *_where_and_how_many(reading, event),
        Text(f"according to: {labels.told_by(reading, event)}"),
        Text(f"denied by: {labels.denied_by(reading, event)}"),
    ]


def _where_and_how_many(reading: Reading, event: Event) -> list[Text]:
    told = (labels.event_place(reading, event), labels.event_counts(event))
    return [Text(words) for words in told if words]


def _event_words(reading: Reading, event: Event) -> Text:
    names = labels.parties(reading, event, "name")
    return Text(f"“{labels.words(reading, [event.trigger])}” {names}", style="dim")


def _sign(event: Event) -> Text:
    return Text("●", style="green") if event.is_fact else Text("○", style="yellow")


def _what(event: Event) -> Text:
    what = Text(labels.event_type(event), style="bold yellow")
    for quality in labels.qualities(event):
        what.append(" · ", style="default not bold").append(quality, style="red not bold")
    return what


# ---- statements -----------------------------------------------------------------------------------------------------


def _show_statements(reading: Reading, console: Console) -> None:
    _print(console, Text(f"\nStatements ({len(reading.statements)})", style="bold"))
    for depth, statement in labels.nested(reading.statements):
        line = Text("  " * min(depth, 6)).append(_statement_line(reading, statement))
        line.truncate(console.width - 1, overflow="ellipsis")
        _print(console, line)
    _print(console, Text(""))


def _statement_line(reading: Reading, statement: Statement) -> Text:
    content = labels.words(reading, statement.content)
    return Text.assemble(
        (labels.source_label(reading, statement), "cyan"),
        " · ",
        (labels.stance_label(statement), "magenta"),
        " · ",
        (content or labels.NOTHING, "italic"),
    )


def _print_hanging(console: Console, sign: Text, parts: list[Text]) -> None:
    """Print the parts with dots between them, each on one line where it fits, and all of them right of the sign."""
    room = max(console.width - 2, 20)
    packed: list[Text] = []
    for part in parts:
        if packed and packed[-1].cell_len + part.cell_len + 3 <= room:
            packed[-1] = Text(" · ").join([packed[-1], part])
        else:
            packed.append(part)
    for line in (line for part in packed for line in part.wrap(console, room)):
        line.rstrip()
        _print(console, Text.assemble(sign, " ", line))
        sign = Text(" ")
