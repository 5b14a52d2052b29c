"""One claim over time, across stories: alleged, denied, confirmed.

In: occurrences of several stories. Out: `Thread`s: the occurrences that are the same claim, with what was said of it, by whom,
from which day on.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dragoman.link.records import Cell, Occurrence, Status, Telling
from dragoman.link.status import status_of
from dragoman.link.words import names_in, numbers_in

ALIKE = 0.34  # share of names and words of the evidence that two occurrences of one claim have in common


@dataclass(frozen=True, slots=True)
class Turn:
    """What one teller makes of the claim from a day on. `first` where nobody had said so of it before."""

    day: datetime.date | None
    teller: str
    stance: Cell
    story: str
    occurrence: str
    words: str

    def to_dict(self) -> dict[str, Any]:
        return {
            "day": self.day.isoformat() if self.day else None, "teller": self.teller, "stance": self.stance,
            "story": self.story, "occurrence": self.occurrence, "words": self.words,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Thread:
    """A claim that several stories tell of. `status` is how it stands after its last turn."""

    title: str
    type: str | None
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    occurrences: tuple[tuple[str, str], ...]
    turns: tuple[Turn, ...]
    status: Status

    def to_dict(self) -> dict[str, Any]:
        return {
            "title": self.title, "type": self.type, "actors": list(self.actors), "recipients": list(self.recipients),
            "status": self.status, "occurrences": [list(pair) for pair in self.occurrences],
            "turns": [turn.to_dict() for turn in self.turns],
        }  # fmt: skip


def threads_of(found: Sequence[tuple[str, Occurrence]]) -> list[Thread]:
    """The claims of occurrences, each given with its story: those of two stories and more, the longest first."""
    groups: list[list[tuple[str, Occurrence]]] = []
    for story, one in found:
        for group in groups:
            if all(_same(one, other) for _, other in group):
                group.append((story, one))
                break
        else:
            groups.append([(story, one)])
    several = [group for group in groups if len({story for story, _ in group}) > 1]
    return sorted(map(_thread, several), key=lambda thread: -len(thread.occurrences))


def _thread(group: Sequence[tuple[str, Occurrence]]) -> Thread:
    turns = sorted(
        (
            Turn(day, telling.teller, stance, story, one.id, telling.evidence[0].words if telling.evidence else "")
            for story, one in group
            for telling in one.tellings
            for day, stance in telling.history
        ),
        key=lambda turn: (turn.day or datetime.date.max, turn.teller),
    )
    kept = [turn for number, turn in enumerate(turns) if not _repeats(turn, turns[:number])]
    leading = group[0][1]
    return Thread(
        leading.title, leading.type, leading.actors, leading.recipients,
        tuple((story, one.id) for story, one in group), tuple(kept), status_of(_together(turns)),
    )  # fmt: skip


def _repeats(turn: Turn, before: Sequence[Turn]) -> bool:
    """Whether a teller had said so already when it last spoke."""
    last = next((earlier for earlier in reversed(before) if earlier.teller == turn.teller), None)
    return last is not None and last.stance == turn.stance


def _together(turns: Sequence[Turn]) -> list[Telling]:
    """Every teller's word over all stories."""
    history: dict[str, list[tuple[datetime.date | None, Cell]]] = {}
    for turn in turns:
        history.setdefault(turn.teller, []).append((turn.day, turn.stance))
    return [Telling(teller, said[-1][1], history=tuple(said)) for teller, said in history.items()]


def _same(one: Occurrence, other: Occurrence) -> bool:
    """Whether two occurrences of different stories are one claim: alike in type and parties, of one day, in like words."""
    if one.type != other.type or not _agree(one.actors, other.actors) or not _agree(one.recipients, other.recipients):
        return False
    if one.when and other.when and (one.when.end < other.when.start or other.when.end < one.when.start):
        return False
    mine, theirs = _marks(one), _marks(other)
    smaller = min(len(mine), len(theirs))
    return smaller > 0 and len(mine & theirs) / smaller >= ALIKE


def _agree(some: Sequence[str], others: Sequence[str]) -> bool:
    """Whether parties may be the same: some country in common, or one side not told."""
    return not some or not others or bool({p.partition(" ")[0] for p in some} & {p.partition(" ")[0] for p in others})


def _marks(one: Occurrence) -> frozenset[str]:
    words = " ".join((one.title, *(evidence.words for telling in one.tellings for evidence in telling.evidence)))
    return (
        names_in(f"x {words}")
        | numbers_in(words)
        | frozenset(word[:6] for word in words.casefold().split() if len(word) > 4)
    )
