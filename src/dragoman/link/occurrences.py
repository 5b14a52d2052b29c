"""Events of different articles that are the same happening become one occurrence.

In: the claims of a story's articles. Out: groups of claims, each one happening in the world. Two claims may be one only
where nothing speaks against it: types alike or related, parties equal or one part of the other, days and places that
overlap. How much speaks for it is added up, and the groups whose members are most alike on the whole are joined first.
"""

from __future__ import annotations

import heapq
import math
from collections import Counter
from collections.abc import Mapping, Sequence

from dragoman.link.told import Claim, Party
from dragoman.ontology import Ontology
from dragoman.records import Interval

SAME = 0.4  # from here on two claims are one happening
RELATED = 0.7  # of types that one happening may be coded as
AGAINST = -2.0  # two claims that cannot be one
DOUBT = 2.0  # weight of a rare word that both might lack: little in common is no likeness, however short both are
COPIED = 0.7  # of their wording in common: one text, printed twice
_WITHIN = 2.0  # against two events of one article being one: its reader has kept them apart
_BESIDE = 0.6  # against an event and something that no event was found in
_TOLD_ALIKE = 0.35  # of the wording in common, for a sentence of which nothing else is known
_FEWEST = 2  # words, names or numbers in common that tell something; one alone may be chance
_NEXT = 1  # days apart that are one night: "on Thursday night" and "in the small hours of Friday"
_Pair = tuple[int, int]


def occurrences_of(claims: Sequence[Claim], ontology: Ontology) -> list[list[Claim]]:
    """Groups of claims, in the order of their first ones. The same whatever the order of the claims."""
    ordered = sorted(claims, key=lambda claim: (claim.article.id, claim.trigger, claim.key))
    weights = _weights(ordered)
    alike: dict[_Pair, float] = {}
    for one, claim in enumerate(ordered):
        for other in range(one):
            alike[other, one] = resemblance(ordered[other], claim, ontology, weights)
    groups = {number: [number] for number in range(len(ordered))}
    queue = [(-score, pair) for pair, score in alike.items() if score >= SAME]
    heapq.heapify(queue)
    now = dict(alike)  # how alike two groups are, by their first members
    while queue:
        score, (left, right) = heapq.heappop(queue)
        if left not in groups or right not in groups or now.get((left, right)) != -score:
            continue
        joined = groups[left] + groups.pop(right)
        groups[left] = joined
        for other in groups:
            pair = _pair(left, other)
            if other != left:
                now[pair] = _average(joined, groups[other], alike)
                if now[pair] >= SAME:
                    heapq.heappush(queue, (-now[pair], pair))
    return [[ordered[number] for number in sorted(group)] for group in sorted(groups.values(), key=min)]


def _pair(one: int, other: int) -> _Pair:
    return (one, other) if one < other else (other, one)


def _average(one: Sequence[int], other: Sequence[int], alike: Mapping[_Pair, float]) -> float:
    """How alike two groups are on average."""
    return sum(alike[_pair(a, b)] for a in one for b in other) / (len(one) * len(other))


def resemblance(one: Claim, other: Claim, ontology: Ontology, weights: Mapping[str, float]) -> float:
    """How much speaks for two claims being one happening: 1 at most, below 0 where something speaks against it."""
    if _apart(one.when, other.when):
        return AGAINST
    wording = _wording(one, other, weights)
    if wording >= COPIED and one.article.language == other.article.language:
        return 1.0
    if "sentence" in (one.kind, other.kind) and not (hinted(one, other) or wording >= _TOLD_ALIKE):
        return AGAINST
    if one.type is None and other.type is None:
        beside = _BESIDE if one.article.id == other.article.id else 0.0
        return wording + (0.1 if one.hints & other.hints else 0.0) - beside
    score = 0.25 * _types(one, other, ontology) + 0.3 * _parties(one, other, ontology) + 0.45 * min(1.0, 2 * wording)
    if one.when is not None and other.when is not None:
        score += 0.1
    if one.modes and other.modes:
        score += 0.05 if one.modes & other.modes else -0.05
    if one.article.id == other.article.id and not (one.type == other.type and one.denials & other.denials):
        score -= _WITHIN if one.type and other.type else _BESIDE
    if _elsewhere(one, other) or (one.type and other.type and one.background != other.background):
        score -= 0.1
    return score


def _types(one: Claim, other: Claim, ontology: Ontology) -> float:
    """From 0 to 1 how well the types agree, told or hinted at."""
    if one.type == other.type:
        return 1.0
    if frozenset((one.type, other.type)) in ontology.related:
        return RELATED
    if one.type and other.type:
        return 0.2 if hinted(one, other) else -0.5
    return 0.6 if hinted(one, other) else 0.0


def hinted(one: Claim, other: Claim) -> bool:
    """Whether words of one may name what the other is."""
    return one.type in other.hints or other.type in one.hints


def _parties(one: Claim, other: Claim, ontology: Ontology) -> float:
    """From 0 to 1 how well the parties agree, below 0 where they contradict each other."""
    if not one.parties or not other.parties:
        return 0.4
    if one.type is None or other.type is None or {one.type, other.type} <= ontology.mutual:
        return _agreement(one.parties, other.parties)
    return (_agreement(one.actors, other.actors) + _agreement(one.recipients, other.recipients)) / 2


def _agreement(some: Sequence[Party], others: Sequence[Party]) -> float:
    if not some or not others:
        return 0.4  # one leaves out what the other tells
    met = sum(any(a.same_as(b) for b in others) for a in some) + sum(any(a.same_as(b) for b in some) for a in others)
    return met / (len(some) + len(others)) if met else -0.5


def _apart(one: Interval | None, other: Interval | None) -> bool:
    """Whether two days cannot be one."""
    if one is None or other is None:
        return False
    return max((other.start - one.end).days, (one.start - other.end).days) > _NEXT


def _elsewhere(one: Claim, other: Claim) -> bool:
    countries = {claim.place.country for claim in (one, other) if claim.place and claim.place.country}
    return len(countries) == 2


def _weights(claims: Sequence[Claim]) -> dict[str, float]:
    """How much a word or a mark tells within these claims: the fewer of them have it, the more."""
    count = Counter(feature for claim in claims for feature in claim.stems | claim.marks)
    return {feature: math.log(len(claims) / times) for feature, times in count.items()}


def _wording(one: Claim, other: Claim, weights: Mapping[str, float]) -> float:
    """The share of telling words, names and numbers in common; across languages mostly names and numbers."""
    if len((one.marks | one.stems) & (other.marks | other.stems)) < _FEWEST:
        return 0.0
    marks = _overlap(one.marks, other.marks, weights)
    stems = _overlap(one.stems, other.stems, weights)
    if one.article.language != other.article.language:
        return max(marks, stems)
    return (marks + 2 * stems) / 3


def _overlap(one: frozenset[str], other: frozenset[str], weights: Mapping[str, float]) -> float:
    """What both have in common of what the two have on average."""
    shared = sum(weights[feature] for feature in one & other)
    size = sum(weights[feature] for feature in one) + sum(weights[feature] for feature in other)
    return 2 * shared / (size + DOUBT)
