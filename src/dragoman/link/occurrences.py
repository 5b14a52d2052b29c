"""Events of different articles that are the same happening become one occurrence.

In: the claims of a story's articles. Out: groups of claims, each one happening in the world. Two claims may be one only
where nothing speaks against it: types alike or related, parties equal or one part of the other, days and places that
overlap. How much speaks for it is added up, and the groups whose members are most alike on the whole are joined first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dragoman.link.claims import Claim, Party
from dragoman.ontology import Ontology
from dragoman.records import Interval

SAME = 0.5  # from here on two claims are one happening
_RELATED = 0.8  # of what speaks for claims of one type, where the types are related
_WITHIN = 0.25  # against two events of one article being one: its reader has kept them apart


def occurrences_of(claims: Sequence[Claim], ontology: Ontology) -> list[list[Claim]]:
    """Groups of claims, in the order of their first ones. The same whatever the order of the claims."""
    ordered = sorted(claims, key=lambda claim: (claim.article.id, claim.trigger, claim.key))
    groups = {number: [number] for number in range(len(ordered))}
    alike: dict[tuple[int, int], float] = {}
    for one in groups:
        for other in range(one):
            alike[other, one] = resemblance(ordered[other], ordered[one], ontology)
    between = {pair: score for pair, score in alike.items() if score > 0}
    while between:
        (left, right), best = max(between.items(), key=lambda item: (item[1], -item[0][0], -item[0][1]))
        if best < SAME:
            break
        groups[left] += groups.pop(right)
        for other in list(groups):
            for pair in ((min(other, right), max(other, right)), (min(other, left), max(other, left))):
                between.pop(pair, None)
            if other != left:
                score = _average(groups[left], groups[other], alike)
                if score > 0:
                    between[min(left, other), max(left, other)] = score
        between = {pair: score for pair, score in between.items() if right not in pair}
    return [[ordered[number] for number in sorted(group)] for group in sorted(groups.values(), key=min)]


def _average(one: Sequence[int], other: Sequence[int], alike: Mapping[tuple[int, int], float]) -> float:
    """How alike two groups are on average; 0 where anything speaks against a pair of them."""
    scores = [alike[min(a, b), max(a, b)] for a in one for b in other]
    return 0.0 if min(scores) < 0 else sum(scores) / len(scores)


def resemblance(one: Claim, other: Claim, ontology: Ontology) -> float:
    """How much speaks for two claims being one happening, up to 1; -1 where something speaks against it."""
    types = _types(one, other, ontology)
    if types == 0.0 or _apart(one.when, other.when) or _elsewhere(one, other) or one.background != other.background:
        return -1.0
    parties = _parties(one, other, ontology)
    if parties is None:
        return -1.0
    wording = _wording(one, other)
    if one.type is None:
        return wording - (_WITHIN if one.article.id == other.article.id else 0.0)
    same_day = one.when is not None and other.when is not None
    modes = 0.1 if one.modes & other.modes else -0.1 if one.modes and other.modes else 0.0
    score = 0.1 + 0.45 * parties + 0.1 * same_day + 0.35 * wording + modes
    return score * types - (_WITHIN if one.article.id == other.article.id else 0.0)


def _types(one: Claim, other: Claim, ontology: Ontology) -> float:
    if one.type == other.type:
        return 1.0
    if one.type is None or other.type is None:
        return 0.0
    return _RELATED if frozenset((one.type, other.type)) in ontology.related else 0.0


def _parties(one: Claim, other: Claim, ontology: Ontology) -> float | None:
    """From 0 to 1 how well the parties agree; None where they contradict each other."""
    if one.type is None:
        return 0.0
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
    return one is not None and other is not None and (one.end < other.start or other.end < one.start)


def _elsewhere(one: Claim, other: Claim) -> bool:
    countries = {claim.place.country for claim in (one, other) if claim.place and claim.place.country}
    return len(countries) == 2


def _wording(one: Claim, other: Claim) -> float:
    """The share of telling words, names and numbers in common; across languages mostly names and numbers."""
    across = one.article.language != other.article.language
    marks = _overlap(one.marks, other.marks)
    stems = _overlap(one.stems, other.stems)
    return max(marks, stems) if across else (marks + 2 * stems) / 3


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller else 0.0
