"""How much speaks for two claims being one happening.

In: two claims, and how much each word tells within their story. Out: a number: the log-odds of their being one, added up from what
speaks for it and what against it.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Literal

from dragoman.link.marks import CONCEPT
from dragoman.link.told import Claim, Party
from dragoman.ontology import Ontology
from dragoman.records import Interval

_PLENTY = 6.0  # weight of what is shared that leaves little doubt
DOUBT = 2.0  # weight of a rare word that both might lack: little in common is no likeness, however short both are
_NEXT = 1  # days apart that are one night: "on Thursday night" and "in the small hours of Friday"
_UNTOLD = 0.4  # of the parties, where one leaves out what the other tells

Fit = Literal["same", "related", "hinted", "other", "named", "within", "unnamed", "plain", "loose"]


# What each sign adds, as log-odds: fitted by logistic regression on the annotated stories to develop on, and rounded.
BASE = -2.6
FITS: Mapping[Fit, float] = {
    "same": 0.6, "related": -0.5, "hinted": -1.2, "other": -1.1,  # two events, by their types
    "named": 0.9, "within": 1.3, "unnamed": -0.6,  # an event, and words or a passage that hint at its type or do not
    "plain": 0.5, "loose": -0.5,  # neither is an event; of one or both there are only words
}  # fmt: skip
PARTIES, MARKS, CONCEPTS, STEMS, SHARED, HEAD, MODES = 1.0, 1.2, 1.5, 0.5, 1.9, 1.5, 1.1
CLASH, EMPTY, SAME_DAY = -1.5, -1.2, 0.7
NOTHING = -2.2  # the same, where one of them is no event: all that speaks for it then is a hint
KEPT_APART = -6.0  # two events of one article: its reader has kept them apart
CODED_TWICE = 2.0  # two events of the same words
WITHIN = -1.0  # words of a passage, and the passage
BESIDE = -4.0  # an event and a passage of one article
COPIED = 0.7  # of their wording in common: one text, printed twice


def weights_of(claims: Sequence[Claim]) -> dict[str, float]:
    """How much a word or a mark tells within these claims: the fewer articles have it, the more."""
    articles = len({claim.article.id for claim in claims})
    had = {(feature, claim.article.id) for claim in claims for feature in claim.features}
    count = Counter(feature for feature, _ in had)
    return {feature: math.log((articles + 1) / times) for feature, times in count.items()}


class Comparable:
    """A claim with all that is needed to compare it with many others."""

    __slots__ = (
        "about", "about_across", "claim", "concepts", "concepts_size", "countries", "marks", "marks_size", "stems_size"
    )  # fmt: skip

    def __init__(self, claim: Claim, weights: Mapping[str, float]) -> None:
        self.claim = claim
        self.concepts = frozenset(mark for mark in claim.marks if mark.startswith(CONCEPT))
        self.marks = claim.marks - self.concepts
        self.about_across = self.concepts - claim.heads
        self.about = frozenset(mark for mark in claim.features - claim.heads if not mark.isupper())
        self.countries = frozenset(party.country for party in claim.actors if party.country)
        self.concepts_size, self.marks_size, self.stems_size = (
            sum(weights[feature] for feature in some) for some in (self.concepts, self.marks, claim.stems)
        )


def resemblance(left: Comparable, right: Comparable, ontology: Ontology, weights: Mapping[str, float]) -> float:
    """The log-odds of two claims being one happening."""
    one, other = left.claim, right.claim
    across = one.article.language != other.article.language
    marks, concepts = (_weight(weights, a & b) for a, b in ((left.marks, right.marks), (left.concepts, right.concepts)))
    stems = 0.0 if across else _weight(weights, one.stems & other.stems)
    score = BASE + FITS[_fit(one, other, ontology)] + PARTIES * _parties(one, other, ontology)
    score += MARKS * 2 * marks / (left.marks_size + right.marks_size + DOUBT)
    score += CONCEPTS * 2 * concepts / (left.concepts_size + right.concepts_size + DOUBT)
    score += STEMS * 2 * stems / (left.stems_size + right.stems_size + DOUBT)
    score += SHARED * math.tanh((marks + concepts + stems) / _PLENTY)
    score += HEAD * (_names(one, other, across) + _names(other, one, across)) / 2
    if one.modes and other.modes:
        score += MODES if one.modes & other.modes else -MODES
    if one.when is not None and other.when is not None:
        score += SAME_DAY
    if _clash(left, right, ontology):
        score += CLASH
    if _empty(left, right, across):
        score += EMPTY if one.type and other.type else NOTHING
    if one.article.id == other.article.id:
        if one.trigger.overlaps(other.trigger):
            return CODED_TWICE if one.type and other.type else WITHIN
        if one.type is None or other.type is None:
            return score + BESIDE
        return score if one.type == other.type and one.denials & other.denials else score + KEPT_APART
    return score


def _weight(weights: Mapping[str, float], features: frozenset[str]) -> float:
    return sum(weights[feature] for feature in features) if features else 0.0


def is_copy(one: Claim, other: Claim) -> bool:
    """Whether two claims of one language are told in the same words, nearly."""
    if one.kind != other.kind or one.type != other.type or one.article.language != other.article.language:
        return False
    some, others = one.stems | one.marks, other.stems | other.marks
    return one.heads == other.heads and len(some & others) >= COPIED * max(1, len(some | others))


def _clash(left: Comparable, right: Comparable, ontology: Ontology) -> bool:
    """Whether others do it: the doers of both are known, and of other countries."""
    types = (left.claim.type, right.claim.type)
    if types == (None, None) or any(type in ontology.mutual for type in types):
        return False
    return bool(left.countries and right.countries and not left.countries & right.countries)


def _empty(left: Comparable, right: Comparable, across: bool) -> bool:
    """Whether two claims are about things that have nothing in common, though both tell what they are about."""
    some, others = (left.about_across, right.about_across) if across else (left.about, right.about)
    least = 2 if left.claim.type and right.claim.type else 1
    return len(some) >= least and len(others) >= least and not some & others


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
    return "loose" if "words" in (one.kind, other.kind) else "plain"


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
