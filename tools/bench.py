"""How fast Dragoman reads: documents and words a second on one core, start to first reading, peak memory, where time goes.

Rates are given by the processor's time, which other programs on the machine do not change much, and by the clock.

The sample dispatches are read over and over, each time with another number in the text so that no cache is of use.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from dragoman import pipeline
from dragoman.records import Article
from dragoman.samples import DISPATCHES
from dragoman.text import parse_date

STAGES = ("prose", "scenes_of", "find_quotes", "find_actors", "find_dates", "find_statements", "find_events")


def dispatches(code: str, words: int) -> Iterator[Article]:
    """Sample dispatches of a language, repeated until they hold that many words."""
    rows = [json.loads(line) for line in DISPATCHES.read_text(encoding="utf-8").splitlines()]
    rows = [row for row in rows if row["language"] == code]
    number = 0
    while words > 0:
        row = rows[number % len(rows)]
        text = f"{row['text']}\n\n({number})"
        words -= len(text.split())
        number += 1
        yield Article(f"{row['id']}-{number}", text, code, parse_date(row["published"]))


def timed(spent: Counter[str], name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    def run(*args: Any, **kwargs: Any) -> Any:
        start = time.process_time()
        try:
            return function(*args, **kwargs)
        finally:
            spent[name] += time.process_time() - start

    return run


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--words", type=int, default=60_000, help="words to read in each language")
    arguments = parser.parse_args()
    start = time.perf_counter()
    command = [sys.executable, "-m", "dragoman", "read", "--format", "jsonl", "--language", "en", "-"]
    subprocess.run(command, input="France praised Germany.", text=True, check=True, stdout=subprocess.DEVNULL)
    print(f"start to first reading: {time.perf_counter() - start:.1f} s")
    for code in ("en", "it"):
        articles = list(dispatches(code, arguments.words))
        words = sum(len(a.text.split()) for a in articles)
        reader = pipeline.Reader()
        for _ in reader.read_many(articles[:20]):
            pass
        spent: Counter[str] = Counter()
        plain = {name: getattr(pipeline, name) for name in STAGES}
        for name in STAGES:
            setattr(pipeline, name, timed(spent, name, plain[name]))
        start, clock = time.process_time(), time.perf_counter()
        count = sum(1 for _ in reader.read_many(articles))
        seconds, clock = time.process_time() - start, time.perf_counter() - clock
        for name in STAGES:
            setattr(pipeline, name, plain[name])
        spent["parse and the rest"] = seconds - sum(spent.values())
        print(
            f"{code}: {count} dispatches, {words} words: {count / seconds:.1f} a second of the processor, "
            f"{words / seconds:.0f} words; by the clock {count / clock:.1f} and {words / clock:.0f}"
        )
        for name, share in spent.most_common():
            print(f"    {name:20} {100 * share / seconds:5.1f} %")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"peak memory: {peak / 1024:.0f} MB")


if __name__ == "__main__":
    main()
