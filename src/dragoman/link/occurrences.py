"""Events of different articles that are the same happening become one occurrence.

In: the claims of a story's articles. Out: groups of claims, each one happening in the world. How much speaks for two claims being one
is told by resemblance.py; the groups whose members are most alike on the whole are joined first, as long as more speaks for it
than against it (average linkage). Claims that have neither a possible type nor enough words in common are never compared, so
that a story of many articles costs little more than its pairs that may be one.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from dragoman.link.resemblance import Comparable, apart, is_copy, resemblance, weights_of
from dragoman.link.told import Claim
from dragoman.ontology import Ontology

SAME = -1.5  # from here on two groups are one happening
CLOSEST = 0.2  # how much the two members count that are most alike
FEW = 150  # claims of which all pairs are compared
COMMON = 60  # claims that have a word so common that it tells nothing
ENOUGH = 1.5  # weight of what two claims share that are compared
STRANGE = -2.0  # how alike two claims are that were not compared
OTHER_DAYS = -12.0  # two claims of different days
_Sums = dict[int, dict[int, tuple[float, int, float]]]


def occurrences_of(
    claims: Iterable[Claim], ontology: Ontology, copies: Mapping[str, str] | None = None
) -> list[list[Claim]]:
    """Groups of claims, in the order of their first ones. The same whatever the order of the claims.

    `copies` has the original of each article that is a copy of another: what both tell in the same words is one.
    """
    ordered = sorted(claims, key=lambda claim: (claim.article.id, claim.trigger, claim.key))
    ordered, printed = _without_copies(ordered, copies or {})
    weights = weights_of(ordered)
    sums: _Sums = defaultdict(
        dict
    )  # between two groups: how alike their members are in all, and how many were compared
    comparable = [Comparable(claim, weights) for claim in ordered]
    for one, other in _candidates(ordered, weights):
        if apart(ordered[one].when, ordered[other].when):
            score = OTHER_DAYS
        else:
            score = round(resemblance(comparable[one], comparable[other], ontology, weights), 9)
        sums[one][other] = sums[other][one] = (score, 1, score)
    groups = {number: [number] for number in range(len(ordered))}
    queue = [(-score, one, other) for one, row in sums.items() for other, (score, _, _) in row.items() if score >= SAME]
    heapq.heapify(queue)
    while queue:
        score, left, right = heapq.heappop(queue)
        if left not in groups or right not in groups or -score != _mean(sums, groups, left, right):
            continue
        left, right = min(left, right), max(left, right)
        groups[left] += groups.pop(right)
        for other, (far, compared, best) in sums.pop(right).items():
            del sums[other][right]
            if other != left:
                near, before, good = sums[left].get(other, (0.0, 0, STRANGE))
                sums[left][other] = sums[other][left] = (near + far, before + compared, max(best, good))
        for other in sums[left]:
            if (mean := _mean(sums, groups, left, other)) >= SAME:
                heapq.heappush(queue, (-mean, min(left, other), max(left, other)))
    return [
        [claim for number in sorted(group) for claim in (ordered[number], *printed.get(number, ()))]
        for group in sorted(groups.values(), key=min)
    ]


def _without_copies(claims: list[Claim], copies: Mapping[str, str]) -> tuple[list[Claim], dict[int, list[Claim]]]:
    """The claims that are no copies, and by the number of each of these its copies."""
    kept = [claim for claim in claims if claim.article.id not in copies]
    of: dict[str, list[int]] = defaultdict(list)
    for number, claim in enumerate(kept):
        of[claim.article.id].append(number)
    found: dict[int, list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.article.id in copies:
            same = (number for number in of[copies[claim.article.id]] if is_copy(kept[number], claim))
            if (original := next(same, None)) is None:
                kept.append(claim)
            else:
                found[original].append(claim)
    return kept, found


def _mean(sums: _Sums, groups: dict[int, list[int]], one: int, other: int) -> float:
    """How alike two groups are on average."""
    total, compared, best = sums[one].get(other, (0.0, 0, STRANGE))
    size = len(groups[one]) * len(groups[other])
    return round(CLOSEST * best + (1 - CLOSEST) * (total + STRANGE * (size - compared)) / size, 9)


def _candidates(claims: Sequence[Claim], weights: Mapping[str, float]) -> Iterable[tuple[int, int]]:
    """The pairs of one article, and those that share something that tells; all of them, where they are few."""
    if len(claims) <= FEW:
        return combinations(range(len(claims)), 2)
    having: dict[str, list[int]] = defaultdict(list)
    beside: dict[str, list[int]] = defaultdict(list)
    for number, claim in enumerate(claims):
        beside[claim.article.id].append(number)
        for feature in claim.features:
            having[feature].append(number)
    shared: dict[tuple[int, int], float] = defaultdict(float)
    for feature, numbers in having.items():
        if len(numbers) <= COMMON:
            for pair in combinations(numbers, 2):
                shared[pair] += weights[feature]
    found = {pair for pair, weight in shared.items() if weight >= ENOUGH}
    return found.union(*(combinations(numbers, 2) for numbers in beside.values()))
