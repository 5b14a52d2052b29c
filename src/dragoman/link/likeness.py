"""How likely two articles report the same happening, and what says so.

In: two profiles. Out: `Likeness`: a number from 0 to 1, and the features that both share. It depends on the two alone: signs, which
are numbers, are added up by their weights (`likeness.toml`). tools/fit_likeness.py fits the weights on stories that were
written for this, each beside another one of the same countries in the same days.
"""

from __future__ import annotations

import datetime
import functools
import math
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import resources

from dragoman.link.profile import Profile

SAME = 0.45  # from here on two articles report the same happening
SURELY = 0.7  # and from here on so surely that a third one may stand between two
NEAR = 2  # days apart in publication that count for nothing
FAR = 8  # days apart, beyond which two articles are of different stories
LEAST = 0.5  # of how alike they are that is left to articles so far apart
UNDATED = 0.9  # what is not known to be near
OTHER_DAY = 0.55  # the same deed is told to be of another day
_WORDS = "word:"
_APART = 5  # days apart that weigh 1
_ACROSS = ("name", "concept", "number")  # what tells another thing across languages
_OTHERS = ("deed", "quad", "place", "person", "number", "main", "group")  # of which none in common speaks against it
_COMMON = frozenset({"country", "main", "word", "concept", "head", "quad"})  # of which some in common is no clue


@dataclass(frozen=True, slots=True)
class Likeness:
    """`score` from 0 to 1; `shared` features, those that tell most first; `other_day`: deeds that are told of different days."""

    score: float
    shared: tuple[str, ...]
    other_day: tuple[str, ...] = ()


def likeness(one: Profile, other: Profile, weights: Mapping[str, float] | None = None) -> Likeness:
    """How alike two articles are. The same whichever comes first. `weights`: others than those that are shipped, to try them."""
    if nearness(one, other) == 0.0:
        return Likeness(0.0, ())
    shared = one.features.keys() & other.features.keys()
    weights = weights or _weights()
    odds = weights["base"] + sum(value * weights.get(name, 0.0) for name, value in signs(one, other).items())
    ordered = sorted(shared, key=lambda feature: (-min(one.features[feature], other.features[feature]), feature))
    return Likeness(round(1 / (1 + math.exp(-odds)), 4), tuple(ordered), _other_day(one, other))


def signs(one: Profile, other: Profile) -> dict[str, float]:
    """What speaks for and against two articles being of one story. Signs that are not there are 0.

    By kind of feature: "shared", how many both have (log); "alike", how many of all (Ochiai's coefficient); "other", 1 where
    both have some and share none. "overlap" is the weight of all that is shared in that of all that could be.
    """
    across = one.language != other.language
    shared = one.features.keys() & other.features.keys()
    apart = bool(_other_day(one, other))
    overlap = _overlap(one, other, shared, across=across) * (OTHER_DAY if apart else 1.0)
    found = {"overlap": overlap, "root of overlap": math.sqrt(overlap), "across": float(across)}
    if one.start and one.end and other.start and other.end:
        found["days apart"] = max(days_between(one.end, other.start), days_between(other.end, one.start), 0) / _APART
    else:
        found["undated"] = 1.0
    found["other day"] = float(apart)
    left, right, both = (_kinds(features) for features in (one.features, other.features, shared))
    for kind in sorted(left.keys() & right.keys()):
        if across and kind == "word":
            continue
        alike = both[kind] / math.sqrt(left[kind] * right[kind])
        found[f"{kind} shared"], found[f"{kind} alike"] = math.log1p(both[kind]), alike
        if across and kind in _ACROSS:
            found[f"{kind} alike, across"] = alike
        if kind in _OTHERS and not both[kind]:
            found[f"{kind} other"] = 1.0
    found["no clue"] = float(both.keys() <= _COMMON)
    return found


def _kinds(features: Iterable[str]) -> Counter[str]:
    return Counter(feature.partition(":")[0] for feature in features)


def _overlap(one: Profile, other: Profile, shared: Iterable[str], *, across: bool) -> float:
    weight = sum(min(one.features[feature], other.features[feature]) for feature in sorted(shared))
    size = math.sqrt(_size(one, across) * _size(other, across))
    return min(1.0, nearness(one, other) * weight / size) if size else 0.0


def _other_day(one: Profile, other: Profile) -> tuple[str, ...]:
    """The deeds that the two tell to be of different days."""
    both = one.days.keys() & other.days.keys()
    return tuple(sorted(deed for deed in both if _disjoint(one.days[deed], other.days[deed])))


@functools.cache
def _weights() -> Mapping[str, float]:
    file = resources.files("dragoman.link") / "likeness.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))["weights"]


def nearness(one: Profile, other: Profile) -> float:
    """1 for articles published within days of one another, less for those further apart, 0 for those too far apart."""
    if one.start is None or one.end is None or other.start is None or other.end is None:
        return UNDATED
    gap = max(days_between(one.end, other.start), days_between(other.end, one.start), 0)
    if gap > FAR:
        return 0.0
    return 1.0 if gap <= NEAR else 1.0 - (1.0 - LEAST) * (gap - NEAR) / (FAR - NEAR)


def days_between(one: datetime.date, other: datetime.date) -> int:
    return (other - one).days


def _size(profile: Profile, across: bool) -> float:
    """The weight of all that could be shared: words count only within a language."""
    features = profile.features.items()
    return sum(weight for feature, weight in features if not (across and feature.startswith(_WORDS)))


def _disjoint(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[1] + 1 < other[0] or other[1] + 1 < one[0]  # "at night" is of one day or of the next
