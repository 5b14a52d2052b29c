"""What a codebook consists of: event types with their modes, contexts, sectors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


class OntologyError(ValueError):
    """A codebook that cannot be used. One line: file, entry, what is wrong, what to do."""


@dataclass(frozen=True, slots=True)
class Mode:
    """How an event of a type is done. `context` is added to every event of the mode; `beside` is a mode that it may have with it."""

    name: str
    score: float
    cameo: str | None = None
    context: str | None = None
    beside: str | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """The type and mode that an event of another type gets."""

    type: str
    mode: str | None = None


@dataclass(frozen=True, slots=True)
class EventType:
    """One type: its quad, its score from -10 (conflict) to +10 (cooperation), its CAMEO root, its modes.

    `still_to_come` is the type that an event of this one gets when it lies in the future; `refusal` what it is that its doer
    will not do it, `threat` what it is that he says he will.
    """

    name: str
    quad: str
    score: float
    cameo: str
    modes: Mapping[str, Mode]
    still_to_come: str | None = None
    needs_recipient: bool = False
    refusal: Turn | None = None
    threat: Turn | None = None

    def score_of(self, mode: str | None) -> float:
        """The mode's score where it is known, else the type's."""
        return self.modes[mode].score if mode else self.score

    def cameo_of(self, mode: str | None) -> str:
        """The CAMEO code: the mode's where it has one, else the type's root."""
        return (self.modes[mode].cameo if mode else None) or self.cameo


@dataclass(frozen=True, slots=True)
class Ontology:
    codebook: str
    types: Mapping[str, EventType]
    contexts: frozenset[str]
    sectors: frozenset[str]
    political: frozenset[str]
    non_state: frozenset[str]
    related: frozenset[frozenset[str]] = frozenset()
    mutual: frozenset[str] = frozenset()
    spoken: frozenset[str] = frozenset()
