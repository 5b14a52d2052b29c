"""How near two claims of a story are in meaning.

In: the claims of a story. Out: for a pair of them, how near they are in each of PARTS of their meaning, from -1 to 1. What the claims of
a language have in common in this story (its subject, and the language) is taken away first, so that what is left tells them apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from dragoman.link.meaning import PARTS
from dragoman.link.told import Claim

_AT_ONCE = 500  # claims that are compared with all others at a time


class Nearness:
    """The vectors of the claims of a story, by the place of the claim; all alike in length."""

    def __init__(self, claims: Sequence[Claim]) -> None:
        self._row: dict[int, int] = {}
        self._languages: list[str] = []
        known = [(place, claim) for place, claim in enumerate(claims) if claim.meaning is not None]
        self._vectors: Any = np.zeros((0, len(PARTS), 0), dtype=np.float32)
        if not known:
            return
        self._row = {place: row for row, (place, _) in enumerate(known)}
        self._languages = [claim.article.language for _, claim in known]
        vectors = np.array([claim.meaning for _, claim in known], dtype=np.float32)
        of_language: dict[str, list[int]] = defaultdict(list)
        for row, (_, claim) in enumerate(known):
            of_language[claim.article.language].append(row)
        for rows in of_language.values():
            vectors[rows] -= vectors[rows].mean(axis=0)
        lengths = np.linalg.norm(vectors, axis=2, keepdims=True)
        self._vectors = vectors / np.where(lengths > 0, lengths, 1.0)

    def of(self, one: int, other: int) -> dict[str, float]:
        """How near the claims of these places are, by part, once more where they are of two languages, since that tells another
        thing there; nothing where the meaning of one is not known."""
        left, right = self._row.get(one), self._row.get(other)
        if left is None or right is None:
            return {}
        near = (self._vectors[left] * self._vectors[right]).sum(axis=1)
        told = {f"{part} near": round(float(value), 4) for part, value in zip(PARTS, near, strict=True)}
        if self._languages[left] == self._languages[right]:
            return told
        return told | {f"{name}, across": value for name, value in told.items()}

    def nearest(self, most: int) -> Iterator[tuple[int, int]]:
        """For each claim the `most` others that are nearest to it in all parts together, as pairs of places."""
        if not self._row:
            return
        places = np.array(list(self._row), dtype=np.int64)
        flat = self._vectors.reshape(len(places), -1)
        for start in range(0, len(places), _AT_ONCE):
            near = flat[start : start + _AT_ONCE] @ flat.T
            for row, line in enumerate(near, start):
                best = np.argsort(-line.round(4), kind="stable")[: most + 1]
                yield from (
                    (int(min(places[row], places[n])), int(max(places[row], places[n]))) for n in best if n != row
                )
