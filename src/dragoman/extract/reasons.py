"""Why an event is as sure as it is: the words and links without which it would be something else.

In: a clause, the clauses of its sentence, the embedding words. Out: `Reason`s. They are found by trying: each mark of unreality
(a negation, a modal, a condition, a governing word of a list) is taken away, or left alone, and `factuality` is asked again. So
no second account of it is kept here that could say something else than what was done.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Literal, cast

from dragoman.extract.factuality import Embedding, Factuality, factuality
from dragoman.parse.clauses import Clause

PLAIN: Mapping[str, Any] = {"negated": False, "modality": "none", "question": False, "tense": "past"}
"""What the moods of a clause are where they have no effect."""
LINKS = frozenset({"condition", "purpose", "without"})
HARMLESS = "content_prepositions"
"""A list that only lets the effect of others through."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One cause. `kind` "mood": the clause is `word` (negated, future, possible ...); "link": it hangs on the one above as
    `word` (condition, purpose ...); "word": `word` is in the list `of` of [embedding]. `effect` maps polarity, certainty and
    time to what they are for it."""

    kind: Literal["mood", "link", "word"]
    clause: int
    word: str
    of: str
    effect: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Mark:
    kind: Literal["mood", "link", "word"]
    clause: int
    word: str
    of: str


def reasons(clause: Clause, clauses: Sequence[Clause], words: Embedding) -> tuple[Reason, ...]:
    """Everything that makes what the clause tells other than affirmed, certain and past, nearest first."""
    marks = list(_marks(clause, clauses, words))
    actual = factuality(clause, clauses, words)
    plain = _without(marks, clause, clauses, words)
    found: list[Reason] = []
    for mark in marks:
        alone = _without((m for m in marks if m is not mark), clause, clauses, words)
        lacking = _without((mark,), clause, clauses, words)
        effect = _difference(plain, alone) or _difference(lacking, actual)
        if effect:
            found.append(Reason(mark.kind, mark.clause, mark.word, mark.of, effect))
    return tuple(found)


def _marks(clause: Clause, clauses: Sequence[Clause], words: Embedding) -> Iterator[_Mark]:
    """What may bear on the clause, from itself outwards."""
    path = [clause]
    while path[-1].parent is not None and clauses[path[-1].parent] not in path:
        path.append(clauses[path[-1].parent])
    lists = {f.name: getattr(words, f.name) for f in fields(Embedding) if f.name != HARMLESS}
    named: set[tuple[str, str]] = set()
    for at in path:
        for mood, neutral in PLAIN.items():
            value: object = getattr(at, mood)
            if value not in (neutral, "none"):
                yield _Mark("mood", at.number, str(value) if isinstance(value, str) else mood, mood)
        for other in clauses:
            if other.link in LINKS and (other is at or (other.parent == at.number and other.link == "condition")):
                yield _Mark("link", other.number, other.link, "")
        about = {at.predicate, at.governor, at.governor_role, *at.companions, *at.adverbs, *at.roles}
        for name, entries in lists.items():
            for entry in sorted(cast(frozenset[str], entries)) if isinstance(entries, frozenset) else ():
                if (name, entry) not in named and about.issuperset(entry.split()):
                    named.add((name, entry))
                    yield _Mark("word", at.number, entry, name)


def _without(marks: Iterable[_Mark], clause: Clause, clauses: Sequence[Clause], words: Embedding) -> Factuality:
    """The factuality of the clause if the marks were not there."""
    changed = list(clauses)
    for mark in marks:
        if mark.kind == "word":
            words = _lacking(words, mark)
        elif mark.kind == "link":
            changed[mark.clause] = replace(changed[mark.clause], link="adverbial")
        else:
            changed[mark.clause] = replace(changed[mark.clause], **{mark.of: PLAIN[mark.of]})
    return factuality(changed[clause.number], changed, words)


def _lacking(words: Embedding, mark: _Mark) -> Embedding:
    held = cast(frozenset[str], getattr(words, mark.of))
    changed: dict[str, Any] = {mark.of: held - {mark.word}}
    return replace(words, **changed)


def _difference(one: Factuality, other: Factuality) -> dict[str, str]:
    names = ("polarity", "certainty", "time")
    return {name: getattr(other, name) for name in names if getattr(one, name) != getattr(other, name)}
