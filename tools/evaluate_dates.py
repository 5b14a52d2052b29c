"""How well dates are anchored: days of expressions and of events, on the project's own articles.

In: the sets in tests/extract/dates. Out: figures on standard output.

    python tools/evaluate_dates.py dev --language en --misses
    python tools/evaluate_dates.py new

An article has `published` (a day, a month, a year or ""), `text`, `dates` and `events`: pairs of words that stand in the
text and the days that a careful reader takes them to mean: a day, a month, a year, "first/last", or "unknown" where nobody
could say. An entry is right where exactly those days come out. A date is invented where days come out for "unknown".
"""

from __future__ import annotations

import argparse
import calendar
import datetime
import functools
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dragoman.pipeline import Reader
from dragoman.records import Article, Interval, Reading, When
from dragoman.text.publication import parse_date

SETS = Path(__file__).parents[1] / "tests" / "extract" / "dates"
Days = tuple[datetime.date, datetime.date]


@dataclass
class Tally:
    """Entries of one sort: all, right, not found at all, and days given where nobody could say."""

    name: str
    entries: int = 0
    right: int = 0
    absent: int = 0
    invented: int = 0
    misses: list[str] = field(default_factory=list[str])

    @property
    def accuracy(self) -> float:
        return self.right / max(1, self.entries)

    @property
    def invention(self) -> float:
        return self.invented / max(1, self.entries)

    def add(self, wanted: Days | None, found: Days | None, absent: bool, miss: str) -> None:
        right = wanted == found and not absent
        self.entries += 1
        self.right += right
        self.absent += absent
        self.invented += wanted is None and found is not None
        if not right:
            self.misses.append(miss)

    def __str__(self) -> str:
        return (
            f"{self.name:<12} exactly right {self.accuracy:.3f} ({self.right} of {self.entries})   "
            f"not found {self.absent}   invented {self.invention:.3f} ({self.invented})"
        )


def days(written: str) -> Days | None:
    """The first and the last day of what an entry says."""
    if written == "unknown":
        return None
    first, _, last = written.partition("/")
    return _days(first)[0], _days(last or first)[1]


def _days(written: str) -> Days:
    numbers = [int(part) for part in written.split("-")]
    year, month, day = (*numbers, None, None)[:3]
    assert year is not None
    last = day or calendar.monthrange(year, month or 12)[1]
    return datetime.date(year, month or 1, day or 1), datetime.date(year, month or 12, last)


def articles(code: str, half: str) -> Iterator[dict[str, Any]]:
    yield from tomllib.loads((SETS / f"{code}_{half}.toml").read_text(encoding="utf-8"))["article"]


@functools.cache
def anchoring(code: str, half: str) -> tuple[Tally, Tally]:
    """How the dates and the events of a set come out. Raises IndexError where an entry's words are not in its text."""
    dates, events = Tally("expressions"), Tally("events")
    entries = list(articles(code, half))
    texts = [
        Article(str(number), entry["text"], code, parse_date(entry["published"]) if entry["published"] else None)
        for number, entry in enumerate(entries)
    ]
    for entry, reading in zip(entries, Reader().read_many(texts), strict=True):
        for words, written in entry["dates"]:
            start, end = place(words, entry["text"])
            when = _nearest(reading.dates, start, end)
            _add(dates, words, written, when.interval if when else None, when is None, entry)
        for words, written in entry["events"]:
            _add(events, words, written, *_of_event(reading, words), entry)
    return dates, events


def place(words: str, text: str) -> tuple[int, int]:
    return next(found.span() for found in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text))


def _nearest(dates: Sequence[When], start: int, end: int) -> When | None:
    """The date that has most of the words; those that only stand for the day of the story do not count."""
    there = [when for when in dates if when.span.start < end and start < when.span.end and when.anchor != "story"]
    return max(there, key=lambda when: min(when.span.end, end) - max(when.span.start, start), default=None)


def _of_event(reading: Reading, words: str) -> tuple[Interval | None, bool]:
    """The days of the event that the words name, first or again ("the call"), and whether there is none."""
    start, end = place(words, reading.article.text)
    there = [event for event in reading.events if any(m.start < end and start < m.end for m in event.mentions)]
    dated = [event for event in there if event.date]
    return (reading.date(dated[0].date).interval if dated and dated[0].date else None), not there


def _add(tally: Tally, words: str, written: str, found: Interval | None, absent: bool, entry: dict[str, Any]) -> None:
    given = (found.start, found.end) if found else None
    shown = "not found" if absent else f"{given[0]}/{given[1]}" if given else "unknown"
    # Whoever leaves open what nobody could say is right, whether or not the words were seen.
    absent = absent and (tally.name == "events" or written != "unknown")
    tally.add(
        days(written),
        given,
        absent,
        f"{words!r}: {written}, came out {shown}\n    [{entry['published']}] {entry['text']}",
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("half", choices=("dev", "new"))
    parser.add_argument("--language", action="append", choices=("en", "it"))
    parser.add_argument("--misses", action="store_true")
    arguments = parser.parse_args()
    for code in arguments.language or ("en", "it"):
        for tally in anchoring(code, arguments.half):
            print(code, tally)
            if arguments.misses:
                print("\n".join(tally.misses))


if __name__ == "__main__":
    main()
