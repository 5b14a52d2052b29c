"""Fit the weights by which claims are told to be one happening (src/dragoman/link/weights.toml) on annotated stories.

    python tools/fit_resemblance.py [--write] [--folds N]

In: tests/link/stories/dev-*.toml. Out: the F1 of pairs of mentions in stories that the weights were not fitted on, by the threshold;
with --write the weights fitted on all of them. A pair of annotated mentions is one happening or is not; a mention and any
claim of an article that does not tell of its happening are none. The likeness that the second weights are fitted on comes from
stories that the first were not fitted on.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from pathlib import Path
from typing import Any, Self

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "link"))

import read_stories
from read_stories import AnnotatedStory

from dragoman import ontology
from dragoman.link import occurrences, resemblance
from dragoman.link.claims import claims_of
from dragoman.link.countries import with_countries
from dragoman.link.meaning import meaning_of
from dragoman.link.resemblance import Signs
from dragoman.link.tellers import voice_of
from dragoman.link.told import Claim
from dragoman.pipeline import Reader

WEIGHTS = Path(resemblance.__file__).with_name("weights.toml")
STRAY = 0.3  # how much a pair of a mention and any other claim counts
PENALTY = {"first": 3.0, "second": 1.0}
THRESHOLDS = (-3.0, -2.5, -2.0, -1.5, -1.0, -0.5)
Pair = tuple[int, int]


@dataclass(frozen=True)
class Examples:
    """Pairs with their signs, a column each; whether they are one, and how much they count."""

    names: list[str]
    signs: Any
    one: Any
    weight: Any

    @classmethod
    def of(cls, pairs: Iterable[tuple[Signs, bool, float]]) -> Self:
        rows = list(pairs)
        names = sorted({name for signs, _, _ in rows for name in signs})
        signs = np.array([[signs.get(name, 0.0) for name in names] for signs, _, _ in rows])
        return cls(names, signs, np.array([float(one) for _, one, _ in rows]), np.array([w for *_, w in rows]))

    def under(self, names: Sequence[str]) -> Any:
        """The signs with the columns of these names; 0 where there is none."""
        found = np.zeros((len(self.one), len(names)))
        for column, name in enumerate(self.names):
            found[:, names.index(name)] = self.signs[:, column]
        return found


@dataclass(frozen=True)
class Told:
    """A story with the claims of its articles, copies aside; `mentions`: each annotated occurrence's claims by number."""

    story: AnnotatedStory
    claims: Sequence[Claim]
    mentions: Sequence[tuple[str, int | None, str]]
    signs: dict[Pair, Signs]

    @cached_property
    def examples(self) -> Examples:
        return Examples.of((self.signs[pair], one, weight) for pair, one, weight in self.labelled if pair in self.signs)

    @cached_property
    def labelled(self) -> list[tuple[Pair, bool, float]]:
        return list(self._labelled())

    def _labelled(self) -> Iterable[tuple[Pair, bool, float]]:
        """The pairs that are known to be one or not, and how much they count."""
        named = [(occurrence, number) for occurrence, number, _ in self.mentions if number is not None]
        told: dict[str, set[str]] = defaultdict(set)
        for occurrence, _, article in self.mentions:
            told[occurrence].add(article)
        for (one, a), (other, b) in combinations(named, 2):
            if self.claims[a].article.id != self.claims[b].article.id:
                yield (min(a, b), max(a, b)), one == other, 1.0
        annotated = {number for _, number in named}
        for occurrence, a in named:
            for b, claim in enumerate(self.claims):
                if b not in annotated and claim.article.id not in told[occurrence]:
                    yield (min(a, b), max(a, b)), False, STRAY


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--folds", type=int, default=8)
    asked = parser.parse_args()
    stories = told_of(read_stories.load("dev"))
    for threshold, (precision, recall, f1) in crossed(stories, asked.folds).items():
        print(f"{threshold:5.1f}  P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}")
    if asked.write:
        write(*fit(stories))


def told_of(stories: Sequence[AnnotatedStory]) -> list[Told]:
    reader, codes = Reader(), ontology.load()
    found: list[Told] = []
    for story in stories:
        articles = sorted((a for a in story.articles if a.id not in story.copies), key=lambda a: a.language)
        claims: list[Claim] = []
        readings = list(reader.read_many(articles))
        voices = {r.article.id: voice_of(r.article, reader.publisher(r.article), codes.non_state) for r in readings}
        for reading in with_countries(readings, voices, codes.non_state):
            claims += claims_of(reading, voices[reading.article.id], codes.non_state, meaning_of(reading))
        claims.sort(key=lambda claim: (claim.article.id, claim.trigger, claim.key))
        mentions = [
            (occurrence.id, named(claims, telling, occurrence.types), telling.article)
            for occurrence in story.occurrences
            for telling in occurrence.tellings
            if telling.article not in story.copies
        ]
        found.append(Told(story, claims, mentions, dict(occurrences.first_signs(claims, codes))))
    return found


def named(claims: Sequence[Claim], telling: read_stories.Telling, types: Sequence[str]) -> int | None:
    """The number of the claim that an annotated mention names: of the right type, else an event, else the first."""
    found = [
        (claim.type not in types, claim.type is None, number)
        for number, claim in enumerate(claims)
        if claim.article.id == telling.article and claim.trigger.overlaps(telling.span)
    ]
    return min(found)[2] if found else None


def fit(stories: Sequence[Told]) -> tuple[dict[str, float], dict[str, float]]:
    """The weights of the signs of two claims alone, and of those that all pairs of a story tell."""
    first = fitted([story.examples for story in stories], PENALTY["first"])
    second: list[Examples] = []
    for part in range(3):
        others = fitted([s.examples for n, s in enumerate(stories) if n % 3 != part], PENALTY["first"])
        for story in stories[part::3]:
            again = occurrences.second_signs(story.claims, likeness(story, others))
            second.append(
                Examples.of((again[pair], one, weight) for pair, one, weight in story.labelled if pair in again)
            )
    return first, fitted(second, PENALTY["second"])


def likeness(story: Told, weights: dict[str, float]) -> dict[int, dict[int, float]]:
    found: dict[int, dict[int, float]] = defaultdict(dict)
    for (one, other), signs in story.signs.items():
        found[one][other] = found[other][one] = round(resemblance.weighed(signs, weights), 9)
    return found


def fitted(examples: Sequence[Examples], penalty: float) -> dict[str, float]:
    """Logistic regression with a penalty on the squares of the weights, by Newton's method."""
    names = ["base", *sorted({name for some in examples for name in some.names})]
    x = np.vstack([some.under(names) for some in examples])
    x[:, 0] = 1.0
    y, counted = (np.concatenate([getattr(some, part) for some in examples]) for part in ("one", "weight"))
    ridge = np.diag([1e-6] + [penalty] * (len(names) - 1))
    weights = np.zeros(len(names))
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ weights))
        gradient = x.T @ (counted * (p - y)) + ridge @ weights
        curvature = (x * (counted * p * (1 - p))[:, None]).T @ x + ridge
        step = np.linalg.solve(curvature, gradient)
        weights -= step
        if np.abs(step).max() < 1e-6:
            break
    return {name: round(float(weight), 2) for name, weight in zip(names, weights, strict=True)}


def crossed(stories: Sequence[Told], folds: int) -> dict[float, tuple[float, float, float]]:
    """Precision, recall and F1 of pairs in stories that nothing was fitted on, by threshold."""
    counts = {threshold: np.zeros(3) for threshold in THRESHOLDS}
    for part in range(folds):
        first, second = fit([s for n, s in enumerate(stories) if n % folds != part])
        for story in stories[part::folds]:
            for threshold in THRESHOLDS:
                counts[threshold] += pairs(story, first, second, threshold)
    return {threshold: scored(*count) for threshold, count in counts.items()}


def pairs(story: Told, first: dict[str, float], second: dict[str, float], threshold: float) -> tuple[int, int, int]:
    """Pairs of mentions that are one, that were found to be, and both."""
    groups = occurrences.grouped(
        story.claims, likeness(story, first), lambda s: resemblance.weighed(s, second), threshold
    )
    of = {number: group for group, numbers in enumerate(groups) for number in numbers}
    placed = [(o, None if n is None else of[n]) for o, n, _ in story.mentions]
    wanted = got = hit = 0
    for (one, a), (other, b) in combinations(placed, 2):
        found = a is not None and a == b
        wanted, got, hit = wanted + (one == other), got + found, hit + (found and one == other)
    return wanted, got, hit


def scored(wanted: float, got: float, hit: float) -> tuple[float, float, float]:
    precision, recall = hit / max(1, got), hit / max(1, wanted)
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def write(first: dict[str, float], second: dict[str, float]) -> None:
    head = [
        "# How much each sign speaks for two claims being one happening, as log-odds: fitted by tools/fit_resemblance.py on stories",
        "# that were written for this project (tests/link/stories/dev-*.toml).",
    ]
    lines = [*head, "", "[first]", *(f'"{n}" = {w}' for n, w in first.items()), "", "[second]"]
    lines += [f'"{n}" = {w}' for n, w in second.items()]
    WEIGHTS.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
