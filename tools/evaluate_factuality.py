"""How sure events are read to be: polarity, certainty and time against the sets beside the tests; with --misses, what went wrong.

In: tests/extract/factuality/*.toml, which were written without looking at the rules. Out: a table on standard output.

    python tools/evaluate_factuality.py --language en --half dev --misses 20

A case is right where the event at its words has the polarity, certainty and time that it should have. Where the words give
no event, the case is missing and counts for nothing, unless it is one whose event is rightly absorbed (the content of a
request, a promise, a threat, a refusal). `false facts` are events told as facts that are none.
"""

from __future__ import annotations

import argparse
import functools
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dragoman.pipeline import Reader
from dragoman.records import Article, Event, Interval, Reading, Span

SETS = Path(__file__).parents[1] / "tests" / "extract" / "factuality"
FIELDS = ("polarity", "certainty", "time")


@dataclass
class Score:
    """Cases by what came of them; `by_kind` counts (kind, right or not)."""

    cases: int = 0
    absorbed: int = 0
    missing: int = 0
    right: Counter[str] = field(default_factory=Counter[str])
    by_kind: Counter[tuple[str, bool]] = field(default_factory=Counter[tuple[str, bool]])
    false_facts: int = 0
    misses: list[str] = field(default_factory=list[str])

    @property
    def found(self) -> int:
        return self.cases - self.missing - self.absorbed

    @property
    def accuracy(self) -> float:
        """The share of the events found whose polarity, certainty and time are all right."""
        return self.right["all"] / max(1, self.found)

    def rows(self) -> Iterator[str]:
        yield f"  cases {self.cases}, found {self.found}, absorbed {self.absorbed}, missing {self.missing}"
        yield f"  all three right {self.accuracy:.3f}; " + ", ".join(
            f"{name} {self.right[name] / max(1, self.found):.3f}" for name in (*FIELDS, "background")
        )
        yield f"  false facts {self.false_facts}"
        for kind in sorted({kind for kind, _ in self.by_kind}):
            right, wrong = self.by_kind[kind, True], self.by_kind[kind, False]
            yield f"    {kind:<15} right {right:>3}   wrong {wrong:>3}"


def cases(code: str, half: str) -> Sequence[dict[str, Any]]:
    """The cases of a language, "dev" or "new"."""
    return tomllib.loads((SETS / f"{code}_{half}.toml").read_text(encoding="utf-8"))["case"]


@functools.cache
def _reader() -> Reader:
    return Reader()


def evaluate(code: str, half: str) -> Score:
    """Reads every case and compares."""
    score = Score()
    for case in cases(code, half):
        score.cases += 1
        published = Interval.from_dict({"start": case["published"], "end": case["published"], "precision": "day"})
        reading = _reader().read(Article("case", case["text"], code, published))
        event = event_at(case, reading)
        if event is None:
            score.absorbed += case["absorbed"]
            score.missing += not case["absorbed"]
            if not case["absorbed"]:
                score.misses.append(f"missing   {case['type']:<9} {case['text']} [{case['word']}]")
            continue
        told = {name: getattr(event, name) for name in (*FIELDS, "background")}
        for name, value in told.items():
            score.right[name] += value == case[name]
        right = all(told[name] == case[name] for name in FIELDS)
        score.right["all"] += right
        score.by_kind[case["kind"], right] += 1
        is_fact = case["polarity"] == "affirmed" and case["certainty"] == "certain" and case["time"] != "future"
        score.false_facts += event.is_fact and not is_fact
        if not right:
            wanted = " ".join(case[name] for name in FIELDS)
            score.misses.append(
                f"{case['kind']:<14} {case['text']} [{case['word']}] wanted {wanted}; {event.rule} "
                + " ".join(str(told[name]) for name in FIELDS)
            )
    return score


def event_at(case: dict[str, Any], reading: Reading) -> Event | None:
    """The event at the words of a case, of its type where there is one."""
    start = case["text"].index(case["word"])
    words = Span(start, start + len(case["word"]))
    near = [event for event in reading.events if any(mention.overlaps(words) for mention in event.mentions)]
    return min(near, key=lambda event: event.type != case["type"], default=None)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--language", choices=("en", "it"))
    parser.add_argument("--half", choices=("dev", "new"))
    parser.add_argument("--misses", type=int, default=0)
    given = parser.parse_args()
    for code in [given.language] if given.language else ["en", "it"]:
        for half in [given.half] if given.half else ["dev", "new"]:
            score = evaluate(code, half)
            print(f"{code} {half}", *score.rows(), *score.misses[: given.misses], sep="\n")


if __name__ == "__main__":
    main()
