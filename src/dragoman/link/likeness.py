"""How likely two articles report the same happening, and what says so.

In: two profiles. Out: `Likeness`: a number from 0 to 1, and the features that both share. It depends on the two alone.
"""

from __future__ import annotations

import datetime
import math
from dataclasses import dataclass

from dragoman.link.profile import Profile

SAME = 0.17  # from here on two articles report the same happening
SURELY = 0.2  # and from here on so surely that a third one may stand between two
NEAR = 2  # days apart in publication that count for nothing
FAR = 8  # days apart, beyond which two articles are of different stories
LEAST = 0.5  # of how alike they are that is left to articles so far apart
UNDATED = 0.9  # what is not known to be near
OTHER_DAY = 0.55  # the same deed is told to be of another day
_WORDS = "word:"


@dataclass(frozen=True, slots=True)
class Likeness:
    """`score` from 0 to 1; `shared` features, those that tell most first; `other_day`: deeds that are told of different days."""

    score: float
    shared: tuple[str, ...]
    other_day: tuple[str, ...] = ()


def likeness(one: Profile, other: Profile) -> Likeness:
    """How alike two articles are. The same whichever comes first."""
    if (near := nearness(one, other)) == 0.0:
        return Likeness(0.0, ())
    shared = one.features.keys() & other.features.keys()
    across = one.language != other.language
    weight = sum(min(one.features[feature], other.features[feature]) for feature in shared)
    size = math.sqrt(_size(one, across) * _size(other, across))
    apart = tuple(
        sorted(deed for deed in one.days.keys() & other.days.keys() if _disjoint(one.days[deed], other.days[deed]))
    )
    score = near * (weight / size if size else 0.0) * (OTHER_DAY if apart else 1.0)
    ordered = sorted(shared, key=lambda feature: (-min(one.features[feature], other.features[feature]), feature))
    return Likeness(round(min(score, 1.0), 4), tuple(ordered), apart)


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
