"""`dragoman watch`: add what is new in feeds to a record, round after round.

In: a file of feeds. Out: the record; a line on each round, and one on each item that was skipped.
"""

from __future__ import annotations

import functools
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman import languages
from dragoman.commands import options
from dragoman.commands.add import summary
from dragoman.commands.running import Skipped, clear_errors, reader
from dragoman.records import Article, Interval
from dragoman.settings import SettingsError
from dragoman.sources import Problem, Raw
from dragoman.sources.feeds import Feed, FeedsError, Item, Visitor, load_feeds, needed, read_feed, read_item
from dragoman.text import articles

if TYPE_CHECKING:
    from dragoman.pipeline import Reader
    from dragoman.store.record import Record
    from dragoman.store.write import Tally


def register(app: typer.Typer) -> None:
    app.command()(watch)


def watch(
    feeds: Annotated[Path, typer.Argument(help="A TOML file of feeds: docs/record.md.", show_default=False)],
    record: options.Record,
    once: Annotated[bool, typer.Option("--once", help="One round; without it, round after round.")] = False,
    pipeline: options.Pipeline = [],  # noqa: B006
    config: options.Config = None,
    rules: options.Rules = [],  # noqa: B006
    actors: options.Actors = [],  # noqa: B006
) -> None:
    """Watch feeds: what is new in them is fetched politely, read, and kept in a record. It goes on where it stopped."""
    with clear_errors():
        from dragoman.store.record import Record

        if missing := needed():
            raise SettingsError(f"feeds need {', '.join(missing)}: pip install 'dragoman[feeds]'")
        try:
            found = load_feeds(feeds)
        except FeedsError as problem:
            raise SettingsError(str(problem)) from None
        by = reader(config, pipeline, rules, actors)
        visitor = Visitor(found.delay)
        with Record(record, create=True) as kept:
            while True:
                skipped = Skipped()
                for feed in found.feeds:
                    total = _round(kept, visitor, feed, by, skipped)
                    if total and (total.added or total.changed):
                        typer.echo(f"{feed.url}: {summary(total)}")
                if once:
                    break
                time.sleep(found.every * 60)
        skipped.close()


def _round(kept: Record, visitor: Visitor, feed: Feed, by: Reader, skipped: Skipped) -> Tally | None:
    """Read what is new in one feed; None where the feed cannot be read."""
    from dragoman.store import watching
    from dragoman.store.adding import add
    from dragoman.store.coder import coder_of
    from dragoman.store.write import Tally

    state = watching.state_of(kept, feed.url)
    answer = read_feed(visitor, feed, state.etag, state.modified)
    if isinstance(answer, Problem):
        skipped.note(answer)
        return None
    new = watching.open_items(kept, feed.url, (item.id for item in answer.items))
    items = {item.link: item for item in answer.items if item.id in new}
    became: dict[str, str | None] = {item.id: None for item in items.values()}

    def failed(article: Article, reason: Exception) -> None:
        skipped.failed(article, reason)
        became[items[article.id].id] = str(reason)

    found = _articles(visitor, feed, items, became, skipped)
    total = Tally()
    for tally in add(
        kept,
        found,
        functools.partial(by.read_many, failed=failed),
        functools.partial(coder_of, by),
        failed,
        by.publisher,
    ):
        total += tally
    again = any(became.values())  # what failed is asked for again, so the feed must come whole next time
    next_state = watching.State() if again else watching.State(answer.etag, answer.modified)
    watching.remember(kept, feed.url, next_state, became)
    return total


def _articles(
    visitor: Visitor, feed: Feed, items: Mapping[str, Item], became: dict[str, str | None], skipped: Skipped
) -> Iterator[Article]:
    """The articles behind the items; what the page does not say, the feed does."""

    def pages() -> Iterator[Raw | Problem]:
        return (read_item(visitor, item) for item in items.values())

    for one in articles(pages(), language=feed.language, published=None, installed=languages.installed()):
        if isinstance(one, Problem):
            skipped.note(one)
            if one.where in items:
                became[items[one.where].id] = one.why
            continue
        item = items[one.id]
        published = one.published or (Interval.of_day(item.published) if item.published else None)
        yield replace(one, published=published, title=one.title or item.title, outlet=feed.outlet or one.outlet)
