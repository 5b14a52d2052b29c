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

from dragoman.link.claims import Claim, Party
from dragoman.ontology import Ontology
from dragoman.records import Interval

SAME = 0.5  # from here on two claims are one happening
_RELATED = 0.8  # of what speaks for claims of one type, where the types are related
_WITHIN = 0.25  # against two events of one article being one: its reader has kept them apart
_PLAIN = 1.0  # of the wording, where one of two has no type: there is nothing else to go by
_NEXT = 1  # days apart that are one night: "on Thursday night" and "in the small hours of Friday"
_Pair = tuple[int, int]


def occurrences_of(claims: Sequence[Claim], ontology: Ontology) -> list[list[Claim]]:
    """Groups of claims, in the order of their first ones. The same whatever the order of the claims."""
    ordered = sorted(claims, key=lambda claim: (claim.article.id, claim.trigger, claim.key))
    weights = _weights(ordered)
    alike: dict[_Pair, float] = {}
    for one, claim in enumerate(ordered):
        for other in range(one):
            if (score := resemblance(ordered[other], claim, ontology, weights)) is not None:
                alike[other, one] = score
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
            if other == left or (pair not in now and _pair(right, other) not in now):
                continue
            average = _average(joined, groups[other], alike)
            if average is None:
                now.pop(pair, None)
            else:
                now[pair] = average
                if average >= SAME:
                    heapq.heappush(queue, (-average, pair))
    return [[ordered[number] for number in sorted(group)] for group in sorted(groups.values(), key=min)]


def _pair(one: int, other: int) -> _Pair:
    return (one, other) if one < other else (other, one)


def _average(one: Sequence[int], other: Sequence[int], alike: Mapping[_Pair, float]) -> float | None:
    """How alike two groups are on average; None where something speaks against a pair of them."""
    total = 0.0
    for a in one:
        for b in other:
            score = alike.get(_pair(a, b))
            if score is None:
                return None
            total += score
    return total / (len(one) * len(other))


def resemblance(one: Claim, other: Claim, ontology: Ontology, weights: Mapping[str, float]) -> float | None:
    """How much speaks for two claims being one happening, up to 1; None where something speaks against it."""
    types = _types(one, other, ontology)
    if types is None or _apart(one.when, other.when) or _elsewhere(one, other) or (one.type and other.type and one.background != other.background):
        return None
    within = _WITHIN if one.article.id == other.article.id else 0.0
    wording = _wording(one, other, weights)
    if one.type is None or other.type is None:
        return _PLAIN * wording - within
    parties = _parties(one, other, ontology)
    if parties is None:
        return None
    same_day = one.when is not None and other.when is not None
    modes = 0.1 if one.modes & other.modes else -0.1 if one.modes and other.modes else 0.0
    score = 0.1 + 0.45 * parties + 0.1 * same_day + 0.35 * wording + modes
    return score * types - within


def _types(one: Claim, other: Claim, ontology: Ontology) -> float | None:
    if one.type == other.type or one.type is None or other.type is None:
        return 1.0
    return _RELATED if frozenset((one.type, other.type)) in ontology.related else None


def _parties(one: Claim, other: Claim, ontology: Ontology) -> float | None:
    """From 0 to 1 how well the parties agree; None where they contradict each other."""
    if {one.type, other.type} <= ontology.mutual:
        return _agreement(one.parties, other.parties)
    actors, recipients = _agreement(one.actors, other.actors), _agreement(one.recipients, other.recipients)
    if actors is None or recipients is None:
        return None
    return (actors + recipients) / 2


def _agreement(some: Sequence[Party], others: Sequence[Party]) -> float | None:
    if not some or not others:
        return 0.4 if some or others else 0.5  # one leaves out what the other tells
    met = sum(any(a.same_as(b) for b in others) for a in some) + sum(any(a.same_as(b) for b in some) for a in others)
    return None if met == 0 else met / (len(some) + len(others))


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
    return {feature: math.log(1 + len(claims) / times) for feature, times in count.items()}


def _wording(one: Claim, other: Claim, weights: Mapping[str, float]) -> float:
    """The share of telling words, names and numbers in common; across languages mostly names and numbers."""
    marks = _overlap(one.marks, other.marks, weights)
    stems = _overlap(one.stems, other.stems, weights)
    if one.article.language != other.article.language:
        return max(marks, stems)
    return (marks + 2 * stems) / 3


def _overlap(one: frozenset[str], other: frozenset[str], weights: Mapping[str, float]) -> float:
    """What both have in common of what the two have on average."""
    shared = sum(weights[feature] for feature in one & other)
    size = sum(weights[feature] for feature in one) + sum(weights[feature] for feature in other)
    return 2 * shared / size if size else 0.0
