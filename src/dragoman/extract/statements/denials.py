"""Denials linked to what they deny: by the claim they take up ("the accusation"), or by like words.

In: statements in text order. Out: the same, with `denies` filled in where there is something to deny.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from dragoman.extract.statements.told import Told
from dragoman.records import Span, Statement

REACH = 60  # statements back that a denial may mean
TELLING = ("assert", "accuse", "believe", "confirm")


def with_denials(text: str, found: Sequence[Told], statements: Sequence[Statement]) -> Iterator[Statement]:
    """Denials of "the claim" are linked to the last claim by somebody else; denials in words to a claim in like words."""
    for at, (one, statement) in enumerate(zip(found, statements, strict=True)):
        if statement.stance != "deny" or statement.polarity == "negated":
            yield statement
            continue
        near = (*statements[max(0, at - REACH) : at], *statements[at + 1 : at + 4])
        before = [s for s in near if s.stance in TELLING and _starts(s) < _starts(statement)]
        others = [s for s in before if s.sources != statement.sources or not s.sources]
        if one.denies_claim and others:
            yield replace(statement, denies=max(others, key=_starts).id)
            continue
        mine = _words(text, statement.content)
        apart = [
            s for s in others if s.content and not any(p.overlaps(q) for p in s.content for q in statement.content)
        ]
        alike = [(len(mine & _words(text, s.content)) / max(1, len(mine)), s.id) for s in apart]
        best = max(alike, default=(0.0, ""))
        yield replace(statement, denies=best[1]) if best[0] >= 0.5 and len(mine) >= 2 else statement


def _starts(statement: Statement) -> int:
    return min(part.start for part in (*statement.cue, *statement.content))


def _words(text: str, spans: Iterable[Span]) -> set[str]:
    """The longer words, cut to stems of five letters: enough to see that two wordings speak of the same thing."""
    return {word[:5].casefold() for span in spans for word in span.of(text).split() if len(word) > 4}
