"""How much speaks for two claims being one happening.

In: two claims, and how much each word tells within their story. Out: a number: 1 where all speaks for it, below 0 where something speaks
against it. What speaks is looked at apart (`Signs`) and added up.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from dragoman.link.marks import CONCEPT
from dragoman.link.told import Claim, Party
from dragoman.ontology import Ontology
from dragoman.records import Interval

DOUBT = 2.0  # weight of a rare word that both might lack: little in common is no likeness, however short both are
_NEXT = 1  # days apart that are one night: "on Thursday night" and "in the small hours of Friday"
_UNTOLD = 0.4  # of the parties, where one leaves out what the other tells

Fit = Literal["same", "related", "hinted", "other", "named", "within", "unnamed", "plain"]


# What each sign adds, as log-odds: fitted by logistic regression on the annotated stories to develop on, and rounded.
BASE = -2.6
FITS: Mapping[Fit, float] = {
    "same": 0.6, "related": -0.5, "hinted": -1.2, "other": -1.1,  # two events, by their types
    "named": 0.9, "within": 1.3, "unnamed": -0.6,  # an event, and words or a passage that hint at its type or do not
    "plain": 0.5,  # neither is an event
}  # fmt: skip
PARTIES, MARKS, CONCEPTS, STEMS, SHARED, HEAD, MODES = 1.0, 1.2, 1.5, 0.5, 1.9, 1.5, 1.1
CLASH, EMPTY, SAME_DAY = -1.5, -1.2, 0.7
NEVER = -6.0  # two events of one article that are of different types, or that others do
KEPT_APART = -5.0  # two events of one article: its reader has kept them apart
BESIDE = -3.0  # an event and a passage of one article
COPIED = 0.7  # of their wording in common: one text, printed twice


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for or against two claims being one. `fit` says how the types agree; the overlaps are from 0 to 1."""

    fit: Fit
    parties: float
    marks: float
    concepts: float
    stems: float
    shared: float
    head: float
    clash: bool
    empty: bool
    same_day: bool
    modes: int
    together: bool
    across: bool
    background: bool


def weights_of(claims: Sequence[Claim]) -> dict[str, float]:
    """How much a word or a mark tells within these claims: the fewer articles have it, the more."""
    articles = len({claim.article.id for claim in claims})
    had = {(feature, claim.article.id) for claim in claims for feature in claim.stems | claim.marks}
    count = Counter(feature for feature, _ in had)
    return {feature: math.log((articles + 1) / times) for feature, times in count.items()}


def signs_of(one: Claim, other: Claim, ontology: Ontology, weights: Mapping[str, float]) -> Signs:
    across = one.article.language != other.article.language
    shared = sum(weights[feature] for feature in (one.marks & other.marks) | (one.stems & other.stems))
    concepts = [frozenset(m for m in claim.marks if m.startswith(CONCEPT)) for claim in (one, other)]
    return Signs(
        fit=_fit(one, other, ontology),
        parties=_parties(one, other, ontology),
        marks=_overlap(one.marks - concepts[0], other.marks - concepts[1], weights),
        concepts=_overlap(concepts[0], concepts[1], weights),
        stems=0.0 if across else _overlap(one.stems, other.stems, weights),
        shared=math.tanh(shared / 6),
        head=(_names(one, other, across) + _names(other, one, across)) / 2,
        clash=_clash(one, other, ontology),
        empty=_empty(one, other, across),
        same_day=one.when is not None and other.when is not None,
        modes=0 if not (one.modes and other.modes) else 1 if one.modes & other.modes else -1,
        together=one.article.id == other.article.id,
        across=across,
        background=bool(one.type and other.type and one.background != other.background),
    )


def resemblance(one: Claim, other: Claim, ontology: Ontology, weights: Mapping[str, float]) -> float:
    """The log-odds of two claims being one happening."""
    signs = signs_of(one, other, ontology, weights)
    score = (
        BASE + FITS[signs.fit] + PARTIES * signs.parties + MARKS * signs.marks + CONCEPTS * signs.concepts
        + STEMS * signs.stems + SHARED * signs.shared + HEAD * signs.head + MODES * signs.modes
        + CLASH * signs.clash + EMPTY * signs.empty + SAME_DAY * signs.same_day
    )  # fmt: skip
    if signs.together:
        if one.type is None or other.type is None:
            return score + BESIDE
        if one.type != other.type or signs.clash:
            return NEVER
        return score if one.denials & other.denials else score + KEPT_APART
    return score


def is_copy(one: Claim, other: Claim) -> bool:
    """Whether two claims of one language are told in the same words, nearly."""
    if one.kind != other.kind or one.type != other.type or one.article.language != other.article.language:
        return False
    some, others = one.stems | one.marks, other.stems | other.marks
    return one.heads == other.heads and len(some & others) >= COPIED * max(1, len(some | others))


def _told_of(claim: Claim, across: bool) -> frozenset[str]:
    """What a claim is about besides the words that name it: concepts across languages, words within one."""
    content = claim.marks if across else claim.marks | claim.stems
    return frozenset(m for m in content - claim.heads if not m.isupper())


def _empty(one: Claim, other: Claim, across: bool) -> bool:
    """Whether two claims are about things that have nothing in common, though both tell what they are about."""
    some, others = (
        frozenset(m for m in _told_of(c, across) if not across or m.startswith(CONCEPT)) for c in (one, other)
    )
    return len(some) > 1 and len(others) > 1 and not some & others


def _clash(one: Claim, other: Claim, ontology: Ontology) -> bool:
    """Whether others do it: the doers of both are known, and of other countries."""
    if one.type in ontology.mutual or other.type in ontology.mutual or (one.type is None and other.type is None):
        return False
    some, others = ({party.country for party in claim.actors if party.country} for claim in (one, other))
    return bool(some and others and not some & others)


def _names(one: Claim, other: Claim, across: bool) -> float:
    """Whether the words that name one stand in the other too, as words or as concepts; -1 where others stand in their place."""
    if one.kind in ("statement", "sentence"):
        return 0.0
    if one.heads & other.marks or (not across and one.heads & other.stems):
        return 1.0
    return -1.0 if one.heads and (not across or any(head.startswith(CONCEPT) for head in one.heads)) else 0.0


def _fit(one: Claim, other: Claim, ontology: Ontology) -> Fit:
    if one.type and other.type:
        if one.type == other.type:
            return "same"
        if frozenset((one.type, other.type)) in ontology.related:
            return "related"
        return "hinted" if hinted(one, other) else "other"
    if one.type or other.type:
        plain = other if one.type else one
        if hinted(one, other):
            return "named" if plain.kind == "words" else "within"
        return "unnamed"
    return "plain"


def hinted(one: Claim, other: Claim) -> bool:
    """Whether words of one may name what the other is."""
    return one.type in other.hints or other.type in one.hints


def _parties(one: Claim, other: Claim, ontology: Ontology) -> float:
    """From 0 to 1 how well the parties agree, below 0 where they contradict each other."""
    if not one.parties or not other.parties:
        return _UNTOLD
    if one.type is None or other.type is None:
        return _agreement(one.parties, other.parties)
    if {one.type, other.type} <= ontology.mutual:
        return _agreement(one.parties, other.parties)
    return (_agreement(one.actors, other.actors) + _agreement(one.recipients, other.recipients)) / 2


def _agreement(some: Sequence[Party], others: Sequence[Party]) -> float:
    if not some or not others:
        return _UNTOLD
    met = sum(any(a.same_as(b) for b in others) for a in some) + sum(any(a.same_as(b) for b in some) for a in others)
    return met / (len(some) + len(others)) if met else -0.5


def apart(one: Interval | None, other: Interval | None) -> bool:
    """Whether two days cannot be one."""
    if one is None or other is None:
        return False
    return max((other.start - one.end).days, (one.start - other.end).days) > _NEXT


def _overlap(one: Iterable[str], other: Iterable[str], weights: Mapping[str, float]) -> float:
    """What both have in common of what the two have on average."""
    some, others = frozenset(one), frozenset(other)
    shared = sum(weights[feature] for feature in some & others)
    size = sum(weights[feature] for feature in some) + sum(weights[feature] for feature in others)
    return 2 * shared / (size + DOUBT)
