"""Fit the weights by which articles are told to be of one story (src/dragoman/link/likeness.toml) on annotated stories.

    python tools/fit_likeness.py [--write]

In: tests/link/stories/dev-*.toml, training/stories and, for each of these, a story of the same countries in the same days that is not
the same (training/confusers). Out: B-cubed of groupings of stories that the weights were not fitted on; with --write the weights
fitted on all of them. Stories are moved into the same two weeks, each with the one that it may be taken for, so that the record is
as dense as news are.
"""

from __future__ import annotations

import argparse
import datetime
import hashlib
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import combinations
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "link"))

import read_stories

from dragoman.link import likeness
from dragoman.link.keys import keys
from dragoman.link.profile import Profile, profile
from dragoman.link.stories import Grouping
from dragoman.pipeline import Reader
from dragoman.records import Article
from dragoman.text import parse_date
from evaluate_stories import b_cubed, parts_of
from fit_resemblance import Examples, fitted

TRAINING = Path(__file__).parents[1] / "training"
WEIGHTS = Path(likeness.__file__).with_name("likeness.toml")
PENALTY = 1.0
DOUBT = 2.0  # how much two stories taken for one count, against one taken for two
SEEDS = ("first", "second", "third")
WEEKS = 14  # days that all stories are moved into
DAY = datetime.date(2024, 3, 1)


@dataclass(frozen=True)
class Told:
    """Stories that may be taken for one another: the profiles of their articles, and which belong together."""

    name: str
    profiles: Sequence[Profile]
    parts: Sequence[Sequence[str]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    reader = Reader()
    dev, written = dev_stories(reader), written_stories(reader)
    every = sorted(written, key=lambda told: hashlib.sha256(told.name.encode()).digest())
    for number, half in enumerate((every[::2], every[1::2])):
        found = measured(half, fit([told for told in every if told not in half], dev))
        print(f"half {number + 1}  P {found['p']:.3f}  R {found['r']:.3f}  F1 {found['f1']:.3f}")
    if asked.write:
        write(fit(every, dev))


def dev_stories(reader: Reader) -> list[Told]:
    found = [(story.id, list(story.articles), parts_of(story)) for story in read_stories.load("dev")]
    return told_of(found, reader)


def written_stories(reader: Reader) -> list[Told]:
    """The stories of training/stories, each together with the one it may be taken for."""
    found: list[tuple[str, list[Article], list[list[str]]]] = []
    for path in sorted((TRAINING / "stories").glob("*.toml")):
        story = read_stories.read_story(path)
        articles, parts = list(story.articles), parts_of(story)
        beside = TRAINING / "confusers" / path.name
        if beside.exists():
            others = [
                Article(
                    f"{path.stem} {row['id']}", row["text"].strip(), row["language"], parse_date(row["published"]),
                    row["title"], outlet=row["outlet"],
                )
                for row in tomllib.loads(beside.read_text(encoding="utf-8"))["article"]
            ]  # fmt: skip
            articles, parts = articles + others, [*parts, [article.id for article in others]]
        found.append((path.stem, articles, parts))
    return told_of(found, reader)


def told_of(stories: Sequence[tuple[str, list[Article], list[list[str]]]], reader: Reader) -> list[Told]:
    articles = sorted((a for _, some, _ in stories for a in some), key=lambda article: article.language)
    profiles = {reading.article.id: profile(reading) for reading in reader.read_many(articles)}
    return [
        Told(name, [profiles[a.id] for a in some], [part for part in parts if part]) for name, some, parts in stories
    ]


def moved(told: Told, seed: str) -> list[Profile]:
    """The profiles, all by the same number of days, which follows from name and seed."""
    days = [one.start for one in told.profiles if one.start]
    first = min(days, default=DAY)
    by = (DAY - first).days + int(hashlib.sha256(f"{seed} {told.name}".encode()).hexdigest(), 16) % WEEKS
    shift = datetime.timedelta(by)
    return [
        replace(
            one, start=one.start + shift if one.start else None, end=one.end + shift if one.end else None,
            days={deed: (first + by, last + by) for deed, (first, last) in one.days.items()},
        )
        for one in told.profiles
    ]  # fmt: skip


def pairs(stories: Iterable[Told], seed: str) -> Examples:
    """All pairs of articles that a record would compare, and those of one story."""
    stories = list(stories)
    profiles = {one.article: one for told in stories for one in moved(told, seed)}
    of = {id: (told.name, number) for told in stories for number, part in enumerate(told.parts) for id in part}
    having: dict[int, list[str]] = defaultdict(list)
    for id, one in profiles.items():
        for key in keys(one):
            having[key].append(id)
    groups = [*having.values(), *(part for told in stories for part in told.parts)]
    compared = sorted({(min(a, b), max(a, b)) for group in groups for a, b in combinations(group, 2)})
    rows = [
        (likeness.signs(profiles[a], profiles[b]), of[a] == of[b], 1.0 if of[a] == of[b] else DOUBT)
        for a, b in compared
        if likeness.nearness(profiles[a], profiles[b]) > 0
    ]
    return Examples.of(rows)


def fit(written: Sequence[Told], dev: Sequence[Told]) -> dict[str, float]:
    return fitted([*(pairs(written, seed) for seed in SEEDS), *(pairs(dev, seed) for seed in SEEDS[:2])], PENALTY)


def measured(stories: Sequence[Told], weights: dict[str, float]) -> dict[str, float]:
    """B-cubed of the grouping of moved stories by these weights."""
    alike = partial(likeness.likeness, weights=weights)
    grouping = Grouping((one for told in stories for one in moved(told, "measured")), alike)
    return b_cubed([part for told in stories for part in told.parts], [*grouping.stories().values()])


def write(weights: dict[str, float]) -> None:
    head = [
        "# How much each sign speaks for two articles being of one story, as log-odds: fitted by tools/fit_likeness.py on stories that were",
        "# written for this project (tests/link/stories/dev-*.toml, training/stories, training/confusers).",
        "",
        "[weights]",
    ]
    lines = [*head, *(f'"{name}" = {weight}' for name, weight in weights.items())]
    WEIGHTS.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
