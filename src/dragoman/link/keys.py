"""By what an article is found again among all others: a few whole numbers that articles of one story share.

In: a profile. Out: its keys: hashes of its most telling features. Two articles that report one happening share several
of them in all likelihood, so a new article is compared with those few that share a key, however large the record is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from dragoman.link.profile import Profile

# How many features of each kind are keys. Those of the smallest hashes are taken, so that two articles with many features
# take the same ones.
QUOTAS: Mapping[str, int] = {"deed": 6, "main": 1, "person": 5, "group": 3, "place": 3, "number": 4, "name": 5}
_SHORT = 3  # characters of a number or a name that is too common to find anything by


def keys(profile: Profile) -> tuple[int, ...]:
    """Whole numbers of 64 bits, the same for the same features in any language."""
    by_kind: dict[str, list[int]] = {}
    for feature in profile.features:
        kind, _, what = feature.partition(":")
        if kind in QUOTAS and not (kind in ("number", "name") and len(what) < _SHORT):
            by_kind.setdefault(kind, []).append(_number(feature))
    return tuple(sorted({number for kind, found in by_kind.items() for number in sorted(found)[: QUOTAS[kind]]}))


def _number(feature: str) -> int:
    return int.from_bytes(hashlib.blake2b(feature.encode(), digest_size=8).digest(), signed=True)
