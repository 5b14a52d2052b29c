"""The type of what an article tells.

In: nothing. Out: `Claim`: an event, what a source says, or a passage, with all that it is compared by; `Party`: who takes part.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from dragoman.link.meaning import Meaning
from dragoman.link.traits import Traits
from dragoman.link.voices import Voice
from dragoman.records import Actor, Article, Interval, Place, Span
from dragoman.text.folding import fold


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody who takes part: the country or PLOVER code where it is known, and the name."""

    country: str | None
    name: str

    def same_as(self, other: Party) -> bool:
        """Whether both may be one, or one of them part of the other: "China" and "Xi Jinping"."""
        if self.country and other.country:
            return self.country == other.country
        return bool(set(self.name.split()) & set(other.name.split()))


@dataclass(frozen=True, slots=True)
class Claim:
    """Something that an article tells, with all that it is compared by (`traits`).

    `trigger` are the words that name it, `sentence` those that tell it. `denials`: the statements that deny it; `negated`: its words
    hold a negation, which for events is told by their polarity instead; `part`: it tells a part of what another claim of its article
    tells, or only that something is said. `meaning` is that of the passage that tells it (meaning.py), where it was looked for.
    """

    kind: Literal["event", "statement", "passage"]
    article: Article
    key: str
    type: str | None
    traits: Traits
    score: float | None
    quad: str | None
    modes: frozenset[str]
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    codes: tuple[tuple[str, ...], tuple[str, ...]]
    when: Interval | None
    place: Place | None
    negated: bool
    trigger: Span
    sentence: Span
    voices: tuple[Voice, ...]
    denials: frozenset[str] = frozenset()
    part: bool = False
    meaning: Meaning | None = field(default=None, compare=False, repr=False)

    @property
    def parties(self) -> tuple[Party, ...]:
        return (*self.actors, *self.recipients)

    @property
    def words(self) -> str:
        """The words that it is told in: those that name it alone say too little."""
        return " ".join(self.sentence.of(self.article.text).split())


def parties_of(actors: Iterable[Actor]) -> tuple[Party, ...]:
    return tuple(Party(actor.country, fold(actor.name)) for actor in actors)


def codes_of(actors: Iterable[Actor]) -> tuple[str, ...]:
    """How parties are shown: country and sector, or the name."""
    return tuple(dict.fromkeys(actor.code for actor in actors))
