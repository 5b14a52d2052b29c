"""Coding stored articles again, after rules, lexicons or the program have changed.

In: a record and how articles are read now. Out: for each article what it gained and lost. Articles are coded again a batch a
transaction; those that the present coder has coded are left out, so that a run that was cut short goes on where it stopped.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from dragoman.records import Event, Reading
from dragoman.store.adding import BATCH, Read
from dragoman.store.coder import Coder
from dragoman.store.grouping import Publisher, nobody
from dragoman.store.load import batched
from dragoman.store.record import Record


@dataclass(frozen=True, slots=True)
class Change:
    """What another coding of an article changed: its events as lines for people, the statements as numbers."""

    article: str
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    statements_gained: int
    statements_lost: int


def reread(
    record: Record,
    read: Read,
    coders: Mapping[str, Coder],
    todo: Iterable[int] | None = None,
    publisher: Publisher = nobody,
) -> Iterator[Change]:
    """Code articles again, lazily: those of the numbers `todo`, or those of these languages that another coder coded."""
    if todo is None:
        todo = record.coded_by_others(coders)
    for batch in batched(read(record.stored_articles(todo)), BATCH):
        for recoded in record.recode(batch, coders, publisher):
            yield change(recoded.before, recoded.now)


def change(before: Reading, now: Reading) -> Change:
    """What there is in one reading and not in the other."""
    old, new = Counter(_lines(before)), Counter(_lines(now))
    said, says = Counter(_statements(before)), Counter(_statements(now))
    return Change(
        before.article.id, tuple((new - old).elements()), tuple((old - new).elements()), (says - said).total(),
        (said - says).total(),
    )  # fmt: skip


def _lines(reading: Reading) -> Iterable[str]:
    return (_line(reading, event) for event in reading.events)


def _line(reading: Reading, event: Event) -> str:
    """An event in one line: all that tells it from another."""
    text = reading.article.text

    def names(ids: Iterable[str]) -> str:
        return ", ".join(f"{actor.name} ({actor.code})" for actor in map(reading.actor, ids))

    def told(ids: Iterable[str]) -> str:
        statements = map(reading.statement, ids)
        return ", ".join(s.source_span.of(text) if s.source_span else "somebody" for s in statements)

    parts = [
        " ".join([event.type, *event.modes]),
        names(event.actors) + (f" → {names(event.recipients)}" if event.recipients else ""),
        f"“{' '.join(event.trigger.of(text).split())}” [{event.trigger.start}]",
        reading.date(event.date).value if event.date else "",
        reading.place(event.place).name if event.place else "",
        event.polarity if event.polarity == "negated" else "",
        event.certainty if event.certainty != "certain" else "",
        event.time if event.time != "past" else "",
        "background" if event.background else "",
        f"according to {told(event.according_to)}" if event.according_to else "",
        f"denied by {told(event.denied_by)}" if event.denied_by else "",
        f"contexts {', '.join(event.contexts)}" if event.contexts else "",
    ]
    return " · ".join(part for part in parts if part)


def _statements(reading: Reading) -> Iterable[tuple[object, ...]]:
    return ((s.cue, s.content, s.source_span, s.stance, s.polarity, s.manner) for s in reading.statements)
