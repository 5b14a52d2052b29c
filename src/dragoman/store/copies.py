"""Wire copies and near-duplicates: one text or nearly one, sent by several outlets or sent twice.

In: a text. Out: its bands, which nearly equal texts share (MinHash), and the share of word triples that two texts have in
common (Jaccard), counted and not estimated, so that a link rests on the texts themselves. A copy is no independent source.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Sequence
from typing import Any

import rensa

from dragoman.records import Interval
from dragoman.text.folding import fold

ALIKE = 0.8  # share of word triples from which two texts are one
DAYS = 14  # apart in publication at most: a form that is filled in anew each month is no copy
BANDS, VALUES = 12, 6  # texts alike at 0.8 share a band in 97 of 100 cases, at 0.5 in 17
CANDIDATES = 8  # texts that are compared at most: those that share most bands
FEWEST = 12  # words; of shorter texts only equal ones are copies
_MINHASH: Any = rensa.RMinHash  # pyright: ignore[reportAttributeAccessIssue, reportUnknownVariableType]  # no stubs
METHOD = f"minhash {BANDS}x{VALUES} of word triples, algorithm {_MINHASH.ALGORITHM_VERSION}"


def shingles(text: str) -> frozenset[str]:
    """The word triples of a text; none where it is too short to compare."""
    words = fold(text).split()
    if len(words) < FEWEST:
        return frozenset()
    return frozenset(" ".join(words[at : at + 3]) for at in range(len(words) - 2))


def bands(found: frozenset[str]) -> tuple[int, ...]:
    """Whole numbers of 64 bits; two texts that share one are likely alike. None for no shingles."""
    if not found:
        return ()
    minhash = _MINHASH(num_perm=BANDS * VALUES, seed=1)
    minhash.update(sorted(found))
    values: Sequence[int] = minhash.digest()
    rows = (values[at : at + VALUES] for at in range(0, BANDS * VALUES, VALUES))
    return tuple(
        int.from_bytes(hashlib.blake2b(repr((number, row)).encode(), digest_size=8).digest(), signed=True)
        for number, row in enumerate(rows)
    )


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of word triples that both have: 1 where they are the same, 0 where nothing is."""
    both = len(one & other)
    return both / (len(one) + len(other) - both) if both else 0.0


def near_in_time(one: Interval | None, other: tuple[datetime.date, datetime.date] | None) -> bool:
    """Whether two days of publication lie near enough for copies; what is not known may be near."""
    if one is None or other is None:
        return True
    return (one.start - other[1]).days <= DAYS and (other[0] - one.end).days <= DAYS
