"""A statement before it has a number: what every way of finding statements hands on."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.records import Span, Stance


@dataclass(frozen=True, slots=True)
class Told:
    """A statement before it has a number."""

    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    source: tuple[str, ...]
    source_span: Span | None
    stance: Stance
    rule: str
    negated: bool = False
    denies_claim: bool = False
    anonymous: bool = False
    medium: Span | None = None
    frame: tuple[Span, ...] = ()  # the words of the clause that says so, without what is said
    direct: bool = False  # in somebody's own words, though no marks stand around them
