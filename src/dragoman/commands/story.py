"""`dragoman stories`, `story`, `accounts`, `diff`, `threads`: what many articles tell together.

In: a record, and what is asked for. Out: a table for people, JSON for programs, or one HTML page that stands alone.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from dragoman.commands import options
from dragoman.commands.progress import progress
from dragoman.commands.running import clear_errors, destination, errors, reader
from dragoman.store.errors import QuestionError

if TYPE_CHECKING:
    from dragoman.link.records import Story
    from dragoman.store.record import Record
    from dragoman.store.stories import StoryLine

SHOWN = 50  # stories where no limit is given


class Format(StrEnum):
    table = "table"
    json = "json"
    html = "html"


FormatOption = Annotated[Format, typer.Option("--format", "-f", help="A table, JSON, or one HTML page.")]
Between = Annotated[tuple[str, str] | None, typer.Option("--between", help="Two parties of the story: CHN RUS.")]
On = Annotated[str | None, typer.Option("--on", help="A day of the story, or of something that it tells: 2022-06-15.")]
Since = Annotated[str | None, typer.Option("--from", help="From that day, month or year on.")]
Until = Annotated[str | None, typer.Option("--to", help="Up to that day, month or year.")]
TextOption = Annotated[str | None, typer.Option("--text", help="Words of one of its articles.")]
Fewest = Annotated[int, typer.Option("--fewest", min=1, help="So many articles at least.")]
Everything = Annotated[bool, typer.Option("--all", help="Also what one outlet alone tells.")]
Words = Annotated[bool, typer.Option("--words", help="With the words of every cell.")]


def register(app: typer.Typer) -> None:
    for command in (stories, story, accounts, diff, threads):
        app.command()(command)


def stories(
    record: options.Record,
    between: Between = None,
    party: Annotated[list[str], typer.Option("--party", help="A party of the story; may be given again.")] = [],  # noqa: B006
    since: Since = None,
    until: Until = None,
    on: On = None,
    article: Annotated[str | None, typer.Option("--article", help="Id of one of its articles.")] = None,
    text: TextOption = None,
    fewest: Fewest = 1,
    sort: Annotated[
        str, typer.Option("--sort", help="By date (latest first), oldest, articles or contested.")
    ] = "date",
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, help="So many at most.")] = SHOWN,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Find all stories of the record anew first.")] = False,
    pipeline: options.Pipeline = [],  # noqa: B006
    config: options.Config = None,
    actors: options.Actors = [],  # noqa: B006
    format: FormatOption = Format.table,
    output: options.Output = None,
) -> None:
    """Stories of a record: articles, in whatever languages, that report the same happening."""
    with clear_errors(), _record(record, anew=rebuild) as kept:
        if rebuild:
            by = reader(config, pipeline, (), actors)
            with progress("stories", lambda: len(kept)) as done:
                kept.rebuild_stories(by.publisher, done)
        asked: dict[str, Any] = {
            "between": between, "party": party, "since": since, "until": until, "on": on, "article": article,
            "text": text, "fewest": fewest, "sort": sort, "limit": limit,
        }  # fmt: skip
        found = kept.stories(**asked)
        if format is Format.html:
            _write_html([kept.story(line.id) for line in found], output, everything=False)
        elif format is Format.json:
            _write_json([line.to_dict() for line in found], output)
        else:
            _print(output, lambda console: console.print(_lines(found)))
        if not found:
            errors.print("dragoman: no such story")
        elif len(found) == limit:
            errors.print(f"dragoman: the first {limit} are shown; more with --limit")


def story(
    name: Annotated[
        str, typer.Argument(help="A story's number, or the id of one of its articles.", show_default=False)
    ],
    record: options.Record,
    everything: Everything = False,
    words: Words = False,
    format: FormatOption = Format.table,
    output: options.Output = None,
) -> None:
    """One story: its articles, and who tells what of it."""
    with clear_errors(), _record(record) as kept:
        _write([_story(kept, name)], format, output, everything=everything, words=words)


def accounts(
    record: options.Record,
    between: Between = None,
    on: On = None,
    since: Since = None,
    until: Until = None,
    text: TextOption = None,
    fewest: Fewest = 1,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, help="So many stories at most.")] = 10,
    everything: Everything = False,
    words: Words = False,
    format: FormatOption = Format.table,
    output: options.Output = None,
) -> None:
    """Who tells what: rows are what is told, columns who tells it, cells asserts, denies, hedges, or a dash for silence."""
    with clear_errors(), _record(record) as kept:
        found = kept.stories(
            between=between, on=on, since=since, until=until, text=text, fewest=fewest, limit=limit
        )  # fmt: skip
        if not found:
            errors.print("dragoman: no such story; `dragoman stories` lists them")
            raise typer.Exit(1)
        _write([kept.story(line.id) for line in found], format, output, everything=everything, words=words)


def diff(
    one: Annotated[str, typer.Argument(help="STORY:TELLER, such as 3:'RUS GOV' or 3:Reuters.", show_default=False)],
    other: Annotated[
        str, typer.Argument(help="Another teller of the story: STORY:TELLER, or TELLER.", show_default=False)
    ],
    record: options.Record,
    format: FormatOption = Format.table,
    output: options.Output = None,
) -> None:
    """Two accounts of one story: what both tell, what only one does, where they contradict each other, in which words."""
    with clear_errors(), _record(record) as kept:
        name, left = _account(one)
        number, right = _account(other, name)
        told = _story(kept, name)
        if number != name and _story(kept, number).id != told.id:
            raise QuestionError(f"{one} and {other}: accounts of two stories; name two tellers of one")
        if left == right:
            raise QuestionError(f"{left}: named twice; name two tellers of one story")
        for teller in (left, right):
            try:
                told.account(teller)
            except KeyError:
                known = ", ".join(teller.id.removeprefix("outlet:") for teller in told.tellers)
                raise QuestionError(f"{teller}: tells nothing in story {name}; tellers: {known}") from None
        found = kept.difference(told.id, left, right)
        if format is Format.json:
            _write_json(found.to_dict(), output)
        elif format is Format.html:
            from dragoman.show.storypage import difference_page

            with destination(output) as stream:
                stream.write(difference_page(found, told.title))
        else:
            from dragoman.show.matrix import show_difference

            _print(output, lambda console: show_difference(found, console))


def threads(
    record: options.Record,
    between: Between = None,
    since: Since = None,
    until: Until = None,
    text: TextOption = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, help="So many stories are looked at.")] = 500,
    format: FormatOption = Format.table,
    output: options.Output = None,
) -> None:
    """Claims that several stories tell of, over time: alleged, denied, confirmed."""
    with clear_errors(), _record(record) as kept:
        found = kept.threads(between=between, since=since, until=until, text=text, limit=limit)
        if format is Format.json:
            _write_json([thread.to_dict() for thread in found], output)
        elif format is Format.html:
            from dragoman.show.storypage import threads_page

            with destination(output) as stream:
                stream.write(threads_page(found))
        else:
            from dragoman.show.matrix import show_threads

            _print(output, lambda console: show_threads(found, console))
        if not found:
            errors.print("dragoman: no claim is told in two stories")


@contextmanager
def _record(where: str, *, anew: bool = False) -> Generator[Record]:
    """A record whose stories are asked for; `anew`, where they are made anew."""
    from dragoman.store.record import Record

    with Record(where) as kept:
        if not anew and kept.stories_are_old():
            errors.print(
                "dragoman: stories of this record were made by another version; `dragoman stories --rebuild` makes them anew"
            )
        yield kept


def _story(kept: Record, name: str) -> Story:
    try:
        return kept.story(name)
    except KeyError:
        raise QuestionError(f"story {name!r}: no such story; `dragoman stories` lists them") from None


def _account(said: str, story: str | None = None) -> tuple[str, str]:
    """The story and the teller that an argument names."""
    name, colon, teller = said.partition(":")
    if not said.strip() or (colon and not (name and teller)):
        raise QuestionError(f"{said!r}: name story and teller, such as 3:'RUS GOV'")
    if colon and (name.isdigit() or story is None):
        return name, teller
    if story is None:
        raise QuestionError(f"{said!r}: name story and teller, such as 3:'RUS GOV'")
    return story, said


def _lines(found: Sequence[StoryLine]) -> Table:
    from dragoman.show.pieces import inert

    table = Table(box=None, padding=(0, 2, 0, 0))
    for head in ("id", "days", "articles", "parties", "told", "open", "title"):
        table.add_column(head, justify="right" if head in ("id", "articles", "told", "open") else "left")
    for line in found:
        days = (
            "undated"
            if line.start is None
            else f"{line.start}"
            if line.start == line.end
            else f"{line.start} – {line.end}"
        )
        table.add_row(
            str(line.id), days, f"{line.articles}", " ".join(line.parties), f"{line.occurrences}",
            Text(f"{line.contested}", style="red" if line.contested else "dim"), Text(inert(line.title)),
        )  # fmt: skip
    return table


def _write(found: Sequence[Story], format: Format, output: Path | None, *, everything: bool, words: bool) -> None:
    if format is Format.html:
        _write_html(found, output, everything=everything)
    elif format is Format.json:
        _write_json([one.to_dict() for one in found] if len(found) != 1 else found[0].to_dict(), output)
    else:
        from dragoman.show.matrix import show_story

        def show(console: Console) -> None:
            for one in found:
                show_story(one, console, everything=everything, words=words)
                console.print()

        _print(output, show)


def _write_html(found: Sequence[Story], output: Path | None, *, everything: bool) -> None:
    from dragoman.show.storypage import stories_page

    if found:
        with destination(output) as stream:
            stream.write(stories_page(found, everything=everything))


def _write_json(data: Any, output: Path | None) -> None:
    with destination(output) as stream:
        stream.write(json.dumps(data, ensure_ascii=False, indent=1) + "\n")


def _print(output: Path | None, show: Callable[[Console], None]) -> None:
    with destination(output) as stream:
        show(Console(file=stream, highlight=False, markup=False, emoji=False))
