"""How well stories, occurrences and accounts are found in the annotated stories of the tests.

    python tools/evaluate_stories.py dev|new|hard [--misses N]

In: tests/link/stories. Out: B-cubed F1 of the grouping of all articles of that part; F1 of pairs of mentions that are one
occurrence, among the mentions annotated; the share of cells that are right, and of those that are not silent.
A mention is found where an event, a passage or a statement of an occurrence overlaps it, or else an event of a right type
stands in its sentence; one that is not found counts as missed in all its pairs.
"""

from __future__ import annotations

import argparse
import itertools
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, get_args

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "link"))

import read_stories

from dragoman.link.grouping import stories_of
from dragoman.link.likeness import FAR
from dragoman.link.records import Occurrence, Story
from dragoman.pipeline import Reader

Pair = frozenset[tuple[str, str]]


def b_cubed(gold: Sequence[Iterable[str]], found: Sequence[Iterable[str]]) -> dict[str, float]:
    """Precision, recall and F1 of a grouping (Bagga and Baldwin 1998)."""
    of_gold = {item: frozenset(group) for group in gold for item in group}
    of_found = {item: frozenset(group) for group in found for item in group}
    shared = {item: len(of_gold[item] & of_found[item]) for item in of_gold}
    precision = sum(shared[item] / len(of_found[item]) for item in of_gold) / len(of_gold)
    recall = sum(shared[item] / len(of_gold[item]) for item in of_gold) / len(of_gold)
    return {"p": precision, "r": recall, "f1": 2 * precision * recall / (precision + recall)}


def parts_of(story: read_stories.AnnotatedStory) -> list[list[str]]:
    """The articles of an annotated story, cut where it rests longer than a story may: what follows is another story of its
    thread. Articles without a day of publication stay with the first."""
    dated = sorted(
        (article.published.start, article.id)
        for article in story.articles
        if article.published and article.published.day
    )
    parts: list[list[str]] = [[a.id for a in story.articles if not (a.published and a.published.day)]]
    last = dated[0][0]
    for day, id in dated:
        if (day - last).days > FAR:
            parts.append([])
        parts[-1].append(id)
        last = day
    return parts


def spans_of(story: Story, readings: dict[str, Any]) -> dict[tuple[str, str], tuple[Occurrence, list[Any]]]:
    """Each event, statement or passage of a story with its occurrence and the spans that name it."""
    found: dict[tuple[str, str], tuple[Occurrence, list[Any]]] = {}
    for occurrence in story.occurrences:
        for article, key in occurrence.events:
            reading = readings[article]
            event = next((event for event in reading.events if event.id == key), None)
            if event:
                spans = list(event.mentions)
            elif key.startswith("p"):
                spans = list(reading.passages[int(key[1:])].trigger)
            else:
                spans = list(reading.statement(key).content)
            found[article, key] = (occurrence, spans)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("half", choices=get_args(read_stories.Half))
    parser.add_argument("--misses", type=int, default=0)
    asked = parser.parse_args()
    gold = read_stories.load(asked.half)
    figures, misses = measure(gold)
    for miss in misses[: asked.misses]:
        print("-", miss)
    for name, value in figures.items():
        print(f"{name:28}{value:.3f}" if isinstance(value, float) else f"{name:28}{value}")


def measure(gold: Sequence[read_stories.AnnotatedStory]) -> tuple[dict[str, float | int], list[str]]:
    """The figures, and what went wrong, a line each."""
    reader = Reader()
    articles = sorted((a for story in gold for a in story.articles), key=lambda a: a.language)
    readings = {reading.article.id: reading for reading in reader.read_many(articles)}
    copies = {copy: original for story in gold for copy, original in story.copies.items()}
    stories = stories_of(list(readings.values()), reader.publisher, copies)
    of_article = {member.article: story for story in stories for member in story.articles}
    grouping = b_cubed([part for s in gold for part in parts_of(s)], [[m.article for m in s.articles] for s in stories])
    whole = b_cubed([[a.id for a in s.articles] for s in gold], [[m.article for m in s.articles] for s in stories])
    known = {key: value for story in stories for key, value in spans_of(story, readings).items()}
    misses = [
        f"grouping: {story.id}: {len({of_article[a.id].id for a in story.articles})} stories"
        for story in gold
        if len({of_article[a.id].id for a in story.articles}) > 1
    ]
    wanted: set[Pair] = set()
    got: set[Pair] = set()
    seen = mentions = right = cells = told = told_right = 0
    for story in gold:
        aligned: dict[tuple[str, str], Occurrence] = {}
        for one in story.occurrences:
            votes: dict[str, list[Occurrence]] = defaultdict(list)
            for telling in one.tellings:
                hits = [
                    occurrence
                    for (article, _), (occurrence, spans) in known.items()
                    if article == telling.article and any(span.overlaps(telling.span) for span in spans)
                ]
                hits.sort(key=lambda occurrence: (occurrence.type not in one.types, occurrence.type is None))
                hits = hits or beside(telling, one.types, known, readings)
                mentions += 1
                seen += bool(hits)
                if hits:
                    aligned[telling.article, one.id] = hits[0]
                    votes[f"{of_article[telling.article].id} {hits[0].id}"].append(hits[0])
                else:
                    misses.append(f"mention: {story.id}/{one.id}: {telling.article}: {telling.words!r}: nothing found")
            best = max(votes.values(), key=len)[0] if votes else None
            for teller, cell in one.cells.items():
                found = cell_of(best, teller)
                cells += 1
                right += found == cell
                told += cell != "silent"
                told_right += cell != "silent" and found == cell
                if found != cell:
                    misses.append(f"cell: {story.id}/{one.id}: {teller}: {cell}, found {found}")
            wanted |= {
                frozenset(((a.article, one.id), (b.article, one.id)))
                for a, b in itertools.combinations(one.tellings, 2)
            }
        items = list(aligned.items())
        for (a, x), (b, y) in itertools.combinations(items, 2):
            if x is y:
                got.add(frozenset((a, b)))
                if a[1] != b[1]:
                    misses.append(f"pair: {story.id}: {a} and {b} taken for one ({x.type} {x.title!r})")
            elif a[1] == b[1]:
                misses.append(f"pair: {story.id}: {a} and {b} apart ({x.type} {x.title!r}, {y.type} {y.title!r})")
    hit = len(wanted & got)
    precision, recall = hit / max(1, len(got)), hit / max(1, len(wanted))
    return {
        "articles": len(articles), "grouping P": grouping["p"], "grouping R": grouping["r"], "grouping F1": grouping["f1"],
        "grouping F1, uncut": whole["f1"],
        "mentions": mentions, "mentions found": seen / max(1, mentions), "pairs": len(wanted), "pairs P": precision,
        "pairs R": recall, "pairs F1": 2 * precision * recall / max(1e-9, precision + recall), "cells": cells,
        "cells right": right / max(1, cells), "told cells": told, "told cells right": told_right / max(1, told),
    }, misses  # fmt: skip


def beside(
    telling: read_stories.Telling, types: Sequence[str], known: dict[tuple[str, str], Any], readings: dict[str, Any]
) -> list[Occurrence]:
    """The event of a right type in the same sentence whose words stand nearest: "received" of "received a call"."""
    found = [
        (min(abs(span.start - telling.span.start) for span in spans), occurrence)
        for (article, key), (occurrence, spans) in known.items()
        if article == telling.article and occurrence.type in types
        for event in readings[article].events
        if event.id == key and event.sentence.covers(telling.span)
    ]
    return [occurrence for _, occurrence in sorted(found, key=lambda pair: pair[0])[:1]]


def cell_of(occurrence: Occurrence | None, teller: str) -> str:
    """What a teller says of an occurrence; a bare code stands for whoever has it."""
    if occurrence is None:
        return "silent"
    teller = teller.casefold()
    stances = [
        one.stance
        for one in occurrence.tellings
        if one.teller.casefold() == teller or one.teller.casefold().startswith(f"{teller}:")
    ]
    return next((stance for stance in stances if stance != "silent"), "silent")


if __name__ == "__main__":
    main()
