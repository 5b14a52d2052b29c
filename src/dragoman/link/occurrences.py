"""Events of different articles that are the same happening become one occurrence.

In: the claims of a story's articles. Out: groups of claims, each one happening in the world. How much speaks for two claims being one
is told by resemblance.py, first by the two alone, then by whether each is the best that the other's article has, and whether a third
claim is like both. The groups whose members are most alike on the whole are joined first, as long as more speaks for it than
against it (average linkage). Claims that have too little in common are never compared, so that a story of many articles costs
little more than its pairs that may be one.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations

from dragoman.link.nearness import Nearness
from dragoman.link.resemblance import Comparable, Signs, apart, is_copy, reconsidered, resemblance, signs, weights_of
from dragoman.link.told import Claim
from dragoman.ontology import Ontology

SAME = -1.75  # from here on two groups are one happening
CLOSEST = 0.1  # how much the two members count that are most alike
FEW = 400  # claims of which all pairs are compared
COMMON = 60  # claims that have a word so common that it tells nothing
MATCHES = 30  # claims that one is compared with, where there are many: those it has most in common with
STRANGE = -6.0  # how alike two claims are that were not compared
KEPT_APART = -4.0  # two claims of one article: its reader has kept them apart
ONE_WORD = 2.0  # two claims of one article that the same word names
OTHER_DAYS = -12.0  # two claims of different days
_LEAST = -6.0  # less than that is no likeness at all
_WIDEST = 4.0
_Sums = dict[int, dict[int, tuple[float, int, float]]]
Likeness = dict[int, dict[int, float]]


def occurrences_of(
    claims: Iterable[Claim], ontology: Ontology, copies: Mapping[str, str] | None = None
) -> list[list[Claim]]:
    """Groups of claims, in the order of their first ones. The same whatever the order of the claims.

    `copies` has the original of each article that is a copy of another: what both tell in the same words is one.
    """
    ordered = sorted(claims, key=lambda claim: (claim.article.id, claim.trigger, claim.key))
    ordered, printed = _without_copies(ordered, copies or {})
    groups = grouped(ordered, first_likeness(ordered, ontology))
    return [
        [claim for number in sorted(group) for claim in (ordered[number], *printed.get(number, ()))]
        for group in sorted(groups, key=min)
    ]


def grouped(
    claims: Sequence[Claim], alone: Likeness, judge: Callable[[Signs], float] = reconsidered, same: float = SAME
) -> list[list[int]]:
    """Groups of the numbers of claims. `alone`: how alike they are two by two; `judge` what the signs of a pair among all the
    others make of that; `same` from where on two groups are one."""
    likeness: Likeness = defaultdict(dict)
    for (one, other), found in second_signs(claims, alone).items():
        impossible = apart(claims[one].when, claims[other].when)
        likeness[one][other] = likeness[other][one] = OTHER_DAYS if impossible else round(judge(found), 9)
    for one, other in _of_one_article(claims):
        twice = claims[one].trigger.overlaps(claims[other].trigger)
        likeness[one][other] = likeness[other][one] = ONE_WORD if twice else KEPT_APART
    return _joined(claims, likeness, same)


def first_likeness(claims: Sequence[Claim], ontology: Ontology) -> Likeness:
    """How alike two claims of different articles are, by themselves."""
    found: Likeness = defaultdict(dict)
    for (one, other), told in first_signs(claims, ontology):
        found[one][other] = found[other][one] = round(resemblance(told), 9)
    return found


def first_signs(claims: Sequence[Claim], ontology: Ontology) -> Iterable[tuple[tuple[int, int], Signs]]:
    """The signs of the pairs of claims of different articles that may be one."""
    weights = weights_of(claims)
    comparable = [Comparable(claim) for claim in claims]
    nearness = Nearness(claims)
    for one, other in _candidates(claims, weights, nearness):
        if claims[one].article.id != claims[other].article.id:
            found = signs(comparable[one], comparable[other], ontology, weights)
            yield (one, other), found | nearness.of(one, other)


def second_signs(claims: Sequence[Claim], alone: Likeness) -> dict[tuple[int, int], Signs]:
    """The signs of pairs that follow from how alike all pairs are: whether each is the best match that the other's article has."""
    ranks: dict[int, dict[int, tuple[int, float]]] = {}
    for one, row in alone.items():
        of: dict[str, list[int]] = defaultdict(list)
        for other in row:
            of[claims[other].article.id].append(other)
        ranks[one] = {}
        for others in of.values():
            others.sort(key=lambda other: (-row[other], other))
            best, next = row[others[0]], row[others[1]] if len(others) > 1 else _LEAST
            for rank, other in enumerate(others):
                ranks[one][other] = (rank, row[other] - (next if rank == 0 else best))
    found: dict[tuple[int, int], Signs] = {}
    for one, row in alone.items():
        for other, score in row.items():
            if one > other:
                continue
            (rank, lead), (rank2, lead2) = ranks[one][other], ranks[other][one]
            third = _third(claims, alone, one, other)
            found[one, other] = {
                "likeness": score, "best of both": float(rank == rank2 == 0), "best of one": float((rank == 0) != (rank2 == 0)),
                "lead": max(-_WIDEST, min(_WIDEST, lead, lead2)), "third": third, "ranks": 1 / (1 + rank) + 1 / (1 + rank2),
            }  # fmt: skip
    return found


def _third(claims: Sequence[Claim], alone: Likeness, one: int, other: int) -> float:
    """How alike both are to the claim of a third article that is most like both."""
    row, row2 = alone[one], alone[other]
    if len(row2) < len(row):
        row, row2 = row2, row
    between = (claims[one].article.id, claims[other].article.id)
    shared = (
        min(score, row2[third])
        for third, score in row.items()
        if third in row2 and claims[third].article.id not in between
    )
    return max(_LEAST, max(shared, default=_LEAST))


def _joined(claims: Sequence[Claim], likeness: Likeness, same: float) -> list[list[int]]:
    """Groups by average linkage."""
    sums: _Sums = {one: {other: (score, 1, score) for other, score in row.items()} for one, row in likeness.items()}
    groups = {number: [number] for number in range(len(claims))}
    queue = [
        (-mean, one, other)
        for one, row in sums.items()
        for other in row
        if one < other and (mean := _mean(sums, groups, one, other)) >= same
    ]
    heapq.heapify(queue)
    while queue:
        score, left, right = heapq.heappop(queue)
        if left not in groups or right not in groups or -score != _mean(sums, groups, left, right):
            continue
        groups[left] += groups.pop(right)
        for other, (far, compared, best) in sums.pop(right).items():
            del sums[other][right]
            if other != left:
                near, before, good = sums[left].get(other, (0.0, 0, STRANGE))
                sums[left][other] = sums[other][left] = (near + far, before + compared, max(best, good))
        for other in sums[left]:
            if (mean := _mean(sums, groups, left, other)) >= same:
                heapq.heappush(queue, (-mean, min(left, other), max(left, other)))
    return list(groups.values())


def _mean(sums: _Sums, groups: dict[int, list[int]], one: int, other: int) -> float:
    """How alike two groups are on average."""
    total, compared, best = sums[one].get(other, (0.0, 0, STRANGE))
    size = len(groups[one]) * len(groups[other])
    return round(CLOSEST * best + (1 - CLOSEST) * (total + STRANGE * (size - compared)) / size, 9)


def _without_copies(claims: list[Claim], copies: Mapping[str, str]) -> tuple[list[Claim], dict[int, list[Claim]]]:
    """The claims that are no copies, and by the number of each of these its copies: those of articles that are copies, and what
    another article tells in the very same words."""
    found: dict[int, list[Claim]] = defaultdict(list)
    kept: list[Claim] = []
    worded: dict[tuple[str, str | None, str], int] = {}
    for claim in claims:
        if claim.article.id in copies:
            continue
        wording = (claim.article.language, claim.type, f"{claim.trigger.of(claim.article.text)}: {claim.words}")
        number = worded.setdefault(wording, len(kept))
        if number == len(kept):
            kept.append(claim)
        elif claim.article.id in {other.article.id for other in (kept[number], *found[number])}:
            kept.append(claim)  # said twice
        else:
            found[number].append(claim)
    of: dict[str, list[int]] = defaultdict(list)
    for number, claim in enumerate(kept):
        of[claim.article.id].append(number)
    for claim in claims:
        if claim.article.id in copies:
            same = (number for number in of[copies[claim.article.id]] if is_copy(kept[number], claim))
            if (original := next(same, None)) is None:
                kept.append(claim)
            else:
                found[original].append(claim)
    return kept, found


def _of_one_article(claims: Sequence[Claim]) -> Iterable[tuple[int, int]]:
    beside: dict[str, list[int]] = defaultdict(list)
    for number, claim in enumerate(claims):
        beside[claim.article.id].append(number)
    for numbers in beside.values():
        yield from combinations(numbers, 2)


def _candidates(claims: Sequence[Claim], weights: Mapping[str, float], nearness: Nearness) -> Iterable[tuple[int, int]]:
    """The pairs that share something that tells, for each claim those that share most, and those that are nearest in meaning, as many
    as there are articles; all of them, where they are few."""
    if len(claims) <= FEW:
        return combinations(range(len(claims)), 2)
    having: dict[str, list[int]] = defaultdict(list)
    for number, claim in enumerate(claims):
        for word in claim.traits.all:
            having[word].append(number)
    shared: dict[int, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    for word, numbers in having.items():
        if len(numbers) <= COMMON:
            for one, other in combinations(numbers, 2):
                shared[one][other] += weights[word]
                shared[other][one] += weights[word]
    most = max(MATCHES, len({claim.article.id for claim in claims}))
    likely = {
        (min(one, other), max(one, other))
        for one, row in shared.items()
        for other in heapq.nsmallest(MATCHES, row, key=lambda other: (-row[other], other))
    }
    return sorted(likely.union(nearness.nearest(most)))
