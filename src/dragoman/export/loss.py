"""What an export could not hold.

In: notes, one each time that something is left out or made coarser. Out: a small JSON file beside the export, in which
each kind of loss has its number and is explained.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Literal

Kind = Literal[
    "negated", "no parties", "no day", "statements", "according to", "denied by", "certainty", "time", "background",
    "modes", "contexts", "compound parties", "counts", "place", "evidence", "mentions", "dates", "title",
]  # fmt: skip
MEANS: dict[Kind, str] = {
    "negated": "events left out: they are told as not having happened, which the format cannot say",
    "no parties": "events left out: the format wants two sides, and only one is told",
    "no day": "events left out: neither their own day nor that of publication is known to the day",
    "statements": "statements left out",
    "according to": "events that are told by a source, written as if the outlet itself told them",
    "denied by": "events that somebody denies, written as if nobody did",
    "certainty": "events that are only probable, possible or of unknown certainty, written as if they were certain",
    "time": "events that are yet to come or habitual, written as if they had happened",
    "background": "events of an earlier time, written without saying so",
    "modes": "modes left out: the format holds one an event, or none",
    "contexts": "contexts left out",
    "compound parties": "rows beyond the first of an event with several actors or recipients: one row a pair",
    "counts": "numbers of killed, injured, arrested and present left out",
    "place": "places left out or without coordinates",
    "evidence": "words that modes and contexts were read from, left out",
    "mentions": "further mentions of an event left out",
    "dates": "events whose own date is known to the week, month or year only; the day stays empty",
    "title": "titles of actors left out",
}


class Loss:
    """Counts what an export loses, and what it holds."""

    def __init__(self, format: str) -> None:
        self.format = format
        self.articles = 0
        self.events = 0
        self.rows = 0
        self.lost: Counter[Kind] = Counter()

    def note(self, kind: Kind, count: int = 1) -> None:
        if count:
            self.lost[kind] += count

    def write(self, path: Path) -> None:
        """Writes the counts; `path` is that of the export."""
        told = {kind: {"count": count, "means": MEANS[kind]} for kind, count in sorted(self.lost.items())}
        data = {
            "format": self.format, "articles": self.articles, "events": self.events, "rows": self.rows, "lost": told,
        }  # fmt: skip
        beside(path).write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")


def beside(path: Path) -> Path:
    """Where the counts of an export lie."""
    return path.with_name(f"{path.name}.loss.json")
