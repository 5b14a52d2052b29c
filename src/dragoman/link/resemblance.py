"""How much speaks for two claims being one happening.

In: two claims of different articles, and how much each word tells within their story. Out: signs, which are numbers; and the log-odds of
their being one, which are the signs added up by their weights. tools/fit_resemblance.py fits the weights on annotated stories.
"""

from __future__ import annotations

import functools
import math
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from importlib import resources

from dragoman.link.happenings import alike
from dragoman.link.told import Claim
from dragoman.link.traits import CONCEPT, country_of
from dragoman.ontology import Ontology
from dragoman.records import Interval

Signs = dict[str, float]
_PLENTY = 5.0  # weight of what is shared that leaves little doubt
_LITTLE, _MUCH = (
    1.0,
    2.0,
)  # weight of a word that both might lack, of a predicate, and of a passage: little in common is no likeness
_NEXT = 1  # days apart that are one night: "on Thursday night" and "in the small hours of Friday"
_PART = 0.7  # a country, and one of its bodies
COPIED = 0.7  # of their wording in common: one text, printed twice


def weights_of(claims: Sequence[Claim]) -> dict[str, float]:
    """How much a word tells within these claims: the fewer articles have it, the more."""
    articles = len({claim.article.id for claim in claims})
    had = {(word, claim.article.id) for claim in claims for word in claim.traits.all}
    count = Counter(word for word, _ in had)
    return {word: math.log((articles + 1) / times) for word, times in count.items()}


class Comparable:
    """A claim with what is needed to compare it with many others: its words, and the concepts among them, by what they tell."""

    __slots__ = ("above", "across", "around", "claim", "days", "whole", "words")

    def __init__(self, claim: Claim) -> None:
        traits = claim.traits
        self.claim = claim
        told = (traits.predicate, traits.own | traits.inner, traits.around, traits.above)
        self.words = told
        self.across = tuple(frozenset(word for word in some if word[0] == CONCEPT) for some in told)
        self.days = [claim.when] if claim.when else list(traits.days)


def signs(left: Comparable, right: Comparable, ontology: Ontology, weights: Mapping[str, float]) -> Signs:
    """What speaks for and against two claims being one. Signs that are not there are 0."""
    one, other = left.claim, right.claim
    a, b = one.traits, other.traits
    same_language = one.article.language == other.article.language
    (named, about, around, above), (named2, about2, around2, above2) = (
        (left.words, right.words) if same_language else (left.across, right.across)
    )
    whole, whole2 = named | about, named2 | about2
    found: Signs = {
        "predicate alike": _dice(weights, named, named2, _LITTLE),
        "predicate shared": float(bool(named & named2)),
        "predicate told": (bool(named & about2) + bool(named2 & about)) / 2,
        "predicate unknown": float(not (named and named2)),
        "predicate missing": float(bool(named and named2) and not named & whole2 and not named2 & whole),
        "about alike": _dice(weights, about, about2, _MUCH),
        "about nothing": float(not (about and about2)),
        "about another": float(bool(about and about2) and not about & about2),
        "words alike": _dice(weights, whole, whole2, _MUCH),
        "words shared": math.tanh(_weight(weights, whole & whole2) / _PLENTY),
        "words contained": _contained(weights, whole, whole2),
        "sentence alike": _dice(weights, around, around2, _MUCH),
        "sentence shared": math.tanh(_weight(weights, around & around2) / _PLENTY),
        "happening alike": alike(a.happenings, b.happenings),
        "above alike": _dice(weights, above, above2, _LITTLE),
        "above told": (bool(above & named2) + bool(above2 & named)) / 2,
        "parties alike": _dice(weights, a.parties, b.parties, _LITTLE / 2),
        "parties beside": _dice(weights, a.beside, b.beside, _LITTLE / 2),
        "names alike": _dice(weights, a.names, b.names, _LITTLE),
        "name shared": float(bool(a.names & b.names)),
        "number shared": float(bool(a.numbers & b.numbers)),
        "number other": float(bool(a.numbers and b.numbers) and not a.numbers & b.numbers),
        "place shared": float(bool(a.places & b.places)),
        "place other": float(bool(a.places and b.places) and not a.places & b.places),
        "source shared": float(bool(a.sources & b.sources)),
        "source other": float(bool(a.sources and b.sources) and not a.sources & b.sources),
        "source of one": float(bool(a.sources) != bool(b.sources)),
        "cue of one": float(a.cue != b.cue),
        "cue of both": float(a.cue and b.cue),
        "opening": float(a.sentence == b.sentence == 0),
        "sentences apart": abs(a.sentence - b.sentence) / 10,
        "negated of one": float(one.negated != other.negated),
    }
    found["happening named"] = alike(a.named, b.named)
    found["happening told"] = max(alike(a.named, b.happenings), alike(a.happenings, b.named))
    if not (about and about2):
        found["short, sentence alike"] = found["sentence alike"]
        found["short, happening alike"] = found["happening alike"]
    if found["predicate shared"] and found["about another"]:
        found["predicate shared, about another"] = 1.0
    subjects, objects = _fit(a.subjects, b.subjects), _fit(a.objects, b.objects)
    found["subject same"], found["subject other"] = max(subjects, 0.0), float(subjects < 0)
    found["object same"], found["object other"] = max(objects, 0.0), float(objects < 0)
    if subjects < 0 and (found["predicate shared"] or (one.type and one.type == other.type)):
        found["same deed, subject other"] = 1.0
    found["turned round"] = max(_fit(a.subjects, b.objects), 0.0) * max(_fit(a.objects, b.subjects), 0.0)
    found[_types(one, other, ontology)] = 1.0
    found["hint shared"] = float(bool(a.hints & b.hints))
    if one.modes and other.modes and one.type == other.type:
        found["mode"] = 1.0 if one.modes & other.modes else -1.0
    if left.days and right.days:
        gap = min(_gap(day, day2) for day in left.days for day2 in right.days)
        found["day same"], found["day other"] = float(gap <= 0), float(gap > _NEXT)
    return found


def _types(one: Claim, other: Claim, ontology: Ontology) -> str:
    if one.type and other.type:
        if one.type == other.type:
            return "type same"
        return "type related" if frozenset((one.type, other.type)) in ontology.related else "type other"
    if one.type or other.type:
        coded, plain = (one, other) if one.type else (other, one)
        return "type hinted" if coded.type in plain.traits.hints else "type of one"
    return "no type"


def resemblance(found: Signs) -> float:
    """The log-odds of two claims being one, by their signs."""
    return weighed(found, _weights()["first"])


def weighed(found: Signs, weights: Mapping[str, float]) -> float:
    """The signs added up. "base" is what is added whatever the signs."""
    return weights["base"] + sum(value * weights.get(name, 0.0) for name, value in found.items() if value)


def reconsidered(found: Signs) -> float:
    """The log-odds, by the signs that only the other pairs of a story tell (occurrences.py)."""
    return weighed(found, _weights()["second"])


@functools.cache
def _weights() -> Mapping[str, Mapping[str, float]]:
    file = resources.files("dragoman.link") / "weights.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


def is_copy(one: Claim, other: Claim) -> bool:
    """Whether two claims of one language are told in the same words, nearly."""
    if one.type != other.type or one.article.language != other.article.language:
        return False
    some, others = one.traits.all, other.traits.all
    same = one.traits.predicate == other.traits.predicate
    return same and len(some & others) >= COPIED * max(1, len(some | others))


def apart(one: Interval | None, other: Interval | None) -> bool:
    """Whether two days cannot be one."""
    return one is not None and other is not None and _gap(one, other) > _NEXT


def _gap(one: Interval, other: Interval) -> int:
    """Days between two intervals; 0 and less where they meet."""
    return max((other.start - one.end).days, (one.start - other.end).days)


def _weight(weights: Mapping[str, float], words: Iterable[str]) -> float:
    return sum(weights.get(word, 1.0) for word in words)


def _dice(weights: Mapping[str, float], some: frozenset[str], others: frozenset[str], doubt: float) -> float:
    """From 0 to 1 how alike two sets are, `doubt` being in one of them alone."""
    if not some & others:
        return 0.0
    return 2 * _weight(weights, some & others) / (_weight(weights, some) + _weight(weights, others) + doubt)


def _contained(weights: Mapping[str, float], some: frozenset[str], others: frozenset[str]) -> float:
    """How much of the smaller set is in the other."""
    if not some & others:
        return 0.0
    return _weight(weights, some & others) / (min(_weight(weights, some), _weight(weights, others)) + _LITTLE)


def _fit(some: frozenset[str], others: frozenset[str]) -> float:
    """1 where a party is in both, less where only its country is, -1 where they are others; 0 where one is not told."""
    if not some or not others:
        return 0.0
    if some & others:
        return 1.0
    return _PART if {*map(country_of, some)} & {*map(country_of, others)} else -1.0
