"""What two accounts of one story have in common, and where they part.

In: a story and two of its tellers. Out: `Difference`: what both say, what only one says, where they contradict each other, and
the words that each has for the same thing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from dragoman.link.records import Account, Occurrence, Story, Telling
from dragoman.link.words import stems_in
from dragoman.records import Event, Reading, Span

Matter = Literal["whether", "when", "who", "how many"]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """One occurrence of which two tellers say what cannot both be: whether it was so, when, who did it, or how many."""

    occurrence: Occurrence
    matter: Matter
    one: str
    other: str

    def to_dict(self) -> dict[str, Any]:
        return {"occurrence": self.occurrence.id, "matter": self.matter, "one": self.one, "other": self.other}


@dataclass(frozen=True, slots=True)
class Wording:
    """The words in which both tell one occurrence, and the telling words that only one of them uses for it."""

    occurrence: Occurrence
    one: tuple[str, ...]
    other: tuple[str, ...]
    only_one: tuple[str, ...]
    only_other: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        return {
            "occurrence": self.occurrence.id, "one": list(self.one), "other": list(self.other),
            "only_one": list(self.only_one), "only_other": list(self.only_other),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Difference:
    """Two accounts side by side."""

    story: str
    one: Account
    other: Account
    both: tuple[Occurrence, ...]
    only_one: tuple[Occurrence, ...]
    only_other: tuple[Occurrence, ...]
    contradictions: tuple[Contradiction, ...]
    wordings: tuple[Wording, ...]

    def to_dict(self) -> dict[str, Any]:
        return {
            "story": self.story, "one": self.one.teller.to_dict(), "other": self.other.teller.to_dict(),
            "both": [one.id for one in self.both], "only_one": [one.id for one in self.only_one],
            "only_other": [one.id for one in self.only_other],
            "contradictions": [one.to_dict() for one in self.contradictions],
            "wordings": [one.to_dict() for one in self.wordings],
            "occurrences": [one.to_dict() for one in (*self.both, *self.only_one, *self.only_other)],
        }  # fmt: skip


def difference(story: Story, one: str, other: str, readings: Iterable[Reading]) -> Difference:
    """How the accounts of two tellers differ. `readings` of the story's articles. Raises KeyError for a teller it lacks."""
    left, right = story.account(one), story.account(other)
    known = {reading.article.id: reading for reading in readings}
    both: list[Occurrence] = []
    only_left: list[Occurrence] = []
    only_right: list[Occurrence] = []
    contradictions: list[Contradiction] = []
    wordings: list[Wording] = []
    for occurrence in story.occurrences:
        a, b = left.of(occurrence.id), right.of(occurrence.id)
        if a.stance == "silent" or b.stance == "silent":
            (only_left if a.stance != "silent" else only_right if b.stance != "silent" else []).append(occurrence)
            continue
        both.append(occurrence)
        contradictions += _contradictions(occurrence, a, b, known)
        if wording := _wording(occurrence, a, b, known):
            wordings.append(wording)
    contradictions += _reversed(only_left, only_right)
    return Difference(
        story.id, left, right, tuple(both), tuple(only_left), tuple(only_right), tuple(contradictions), tuple(wordings)
    )


def _contradictions(
    occurrence: Occurrence, one: Telling, other: Telling, readings: dict[str, Reading]
) -> Iterable[Contradiction]:
    if {one.stance, other.stance} == {"asserts", "denies"}:
        yield Contradiction(occurrence, "whether", one.stance, other.stance)
    for what in ("killed", "injured", "arrested", "crowd"):
        a, b = _numbers(one, what, readings), _numbers(other, what, readings)
        if a and b and (max(a) < min(b) or max(b) < min(a)):
            yield Contradiction(occurrence, "how many", f"{what} {_range(a)}", f"{what} {_range(b)}")
    a, b = _days(one, readings), _days(other, readings)
    if a and b and not a & b:
        yield Contradiction(occurrence, "when", ", ".join(sorted(a)), ", ".join(sorted(b)))


def _reversed(some: Iterable[Occurrence], others: Iterable[Occurrence]) -> Iterable[Contradiction]:
    """The same deed told of either side by the other: who began?"""
    others = list(others)
    for one in some:
        for other in others:
            alike = one.type is not None and one.type == other.type
            if alike and _meet(one.actors, other.recipients) and _meet(one.recipients, other.actors):
                yield Contradiction(one, "who", " ".join(one.actors), " ".join(other.actors))


def _meet(some: Iterable[str], others: Iterable[str]) -> bool:
    """Whether parties of both are of one country, or the same."""
    return bool({party.partition(" ")[0] for party in some} & {party.partition(" ")[0] for party in others})


def _numbers(telling: Telling, what: str, readings: dict[str, Reading]) -> set[int]:
    return {
        number
        for event in _events(telling, readings)
        for count in event.counts
        if count.of == what
        for number in (count.low, count.best, count.high)
        if number is not None
    }


def _days(telling: Telling, readings: dict[str, Reading]) -> set[str]:
    found: set[str] = set()
    for evidence in telling.evidence:
        reading = readings.get(evidence.article)
        event = next((e for e in reading.events if e.id == evidence.event), None) if reading else None
        if reading and event and event.date and (when := reading.date(event.date).interval) and when.day:
            found.add(when.day.isoformat())
    return found


def _events(telling: Telling, readings: dict[str, Reading]) -> Iterator[Event]:
    for evidence in telling.evidence:
        if reading := readings.get(evidence.article):
            yield from (event for event in reading.events if event.id == evidence.event)


def _range(numbers: set[int]) -> str:
    return f"{min(numbers)}" if len(numbers) == 1 else f"{min(numbers)} to {max(numbers)}"


def _wording(occurrence: Occurrence, one: Telling, other: Telling, readings: dict[str, Reading]) -> Wording | None:
    """How each words it; what only one says is asked within a language alone."""
    a, b = _told(one, readings), _told(other, readings)
    if not a or not b:
        return None
    shared = {language for _, language in a} & {language for _, language in b}
    only = [_only(x, y, shared) for x, y in ((a, b), (b, a))]
    return Wording(
        occurrence, tuple(words for words, _ in a), tuple(words for words, _ in b), tuple(only[0]), tuple(only[1])
    )


def _only(some: list[tuple[str, str]], others: list[tuple[str, str]], languages: set[str]) -> list[str]:
    found: list[str] = []
    for language in sorted(languages):
        theirs = {stem for words, of in others if of == language for stem in stems_in(words, language)}
        for words, of in some:
            for word in words.split() if of == language else ():
                stems = stems_in(word, language)
                if stems and not stems & theirs:
                    found.append(word.strip(".,;:!?\"'“”«»()"))
    return list(dict.fromkeys(found))


def _told(telling: Telling, readings: dict[str, Reading]) -> list[tuple[str, str]]:
    """The sentences in which a teller tells it, with their language."""
    found: dict[tuple[str, str], None] = {}
    for evidence in telling.evidence:
        if reading := readings.get(evidence.article):
            event = next((e for e in reading.events if e.id == evidence.event), None)
            span: Span = event.sentence if event else evidence.span
            found[" ".join(span.of(reading.article.text).split()), reading.article.language] = None
    return list(found)
