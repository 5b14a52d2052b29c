"""How fast a record is asked: a record of a million made-up events, and the time and plan of each question.

    python tools/bench_store.py make FILE [--events 1000000]     make the record
    python tools/bench_store.py ask FILE                         time and plan of each question, as a Markdown table

The events are made up by chance with the shares that news has: few countries are in most events, some types are frequent,
a fifth is attributed, a few are denied. Everything goes through the same tables and indexes as what was read.
"""

from __future__ import annotations

import argparse
import datetime
import itertools
import random
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

from dragoman import ontology
from dragoman.records import Actor, Article, Event, Interval, Reading, Span, Statement, When
from dragoman.store.coder import Coder
from dragoman.store.load import batched
from dragoman.store.record import Record
from dragoman.world.countries import read_countries

EVENTS_AN_ARTICLE = 10
CODERS = {language: Coder("0", "bench", language, "none", "none") for language in ("en", "it")}
OUTLETS = [f"Agency {number}" for number in range(1, 41)]


def readings(events: int, seed: int = 1) -> Iterator[Reading]:
    """Readings that hold that many events."""
    chance = random.Random(seed)
    codebook = ontology.load()
    first = ["CHN", "RUS", "USA", "UKR", "IRN", "FRA", "DEU", "ISR", "GBR", "ITA"]
    countries = first + [code for code in read_countries() if code not in first]
    weights = list(itertools.accumulate(1 / (rank + 3) for rank in range(len(countries))))
    sectors = ["GOV"] * 6 + ["MIL", "CVL", "LEG", "OPP", "JUD", "COP", "REB", "JRN", "BUS"]
    types = sorted(codebook.types)
    syllables = [a + b for a in "bdfgklmnprstv" for b in ("a", "e", "i", "o", "u", "an", "or", "is")]
    words = ["".join(chance.choices(syllables, k=chance.randint(1, 4))) for _ in range(20_000)]
    ranks = list(itertools.accumulate(1 / (rank + 5) for rank in range(len(words))))
    outlets = list(itertools.accumulate(1 / (rank + 2) for rank in range(len(OUTLETS))))
    start = datetime.date(2015, 1, 1)
    for number in range(events // EVENTS_AN_ARTICLE):
        day = start + datetime.timedelta(days=number * 4000 * EVENTS_AN_ARTICLE // events)
        text = " ".join(chance.choices(words, cum_weights=ranks, k=260))
        sentence, trigger = Span(0, 120), Span(10, 18)
        there = chance.choices(countries, cum_weights=weights, k=6)
        actors = tuple(
            Actor(f"a{n}", f"{words[hash((code, n)) % 4000].title()} of {code}" if n % 2 else code,
                  "person" if n % 2 else "state", (Span(n, n + 5),), code, (chance.choice(sectors),))
            for n, code in enumerate(there)
        )  # fmt: skip
        statements = tuple(
            Statement(f"s{n}", (Span(20, 24),), (Span(25, 90),), "indirect", "deny" if n == 3 else "assert",
                      "en/speech/say", (f"a{chance.randrange(6)}",))
            for n in range(4)
        )  # fmt: skip
        date = When(
            "d0", Span(5, 9), day.isoformat(), "DATE", Interval.of_day(day - datetime.timedelta(days=1)), "text"
        )
        made: list[Event] = []
        for n in range(EVENTS_AN_ARTICLE):
            kind = codebook.types[types[int(len(types) * chance.random() ** 1.7)]]
            modes = (chance.choice(sorted(kind.modes)),) if kind.modes and chance.random() < 0.6 else ()
            one, other = chance.sample(range(6), 2)
            two_sided = chance.random() < 0.15
            event = Event(
                f"e{n}", kind.name, trigger, sentence, "bench/made/up", kind.quad, kind.score_of(modes[0] if modes else None),
                kind.cameo_of(modes[0] if modes else None), (f"a{one}", f"a{other}") if two_sided else (f"a{one}",),
                () if two_sided or chance.random() < 0.2 else (f"a{other}",), modes,
                tuple(chance.sample(sorted(codebook.contexts), chance.randrange(2))),
                "d0" if chance.random() < 0.4 else None, None, "negated" if chance.random() < 0.04 else "affirmed",
                chance.choices(("certain", "probable", "possible", "unknown"), (80, 5, 10, 5))[0],
                chance.choices(("past", "present", "future", "habitual"), (75, 12, 10, 3))[0], False,
                ("s0",) if chance.random() < 0.2 else (), ("s3",) if chance.random() < 0.02 else (),
            )  # fmt: skip
            made.append(event)
        article = Article(
            f"made-{number}", text, "it" if chance.random() < 0.3 else "en", Interval.of_day(day), None, None,
            chance.choices(OUTLETS, cum_weights=outlets)[0],
        )  # fmt: skip
        yield Reading(article, actors, (date,), statements, tuple(made))


def make(path: Path, events: int) -> None:
    begun = time.monotonic()
    count = 0
    with Record(path, create=True) as record:
        for batch in batched(readings(events), 500):
            tally = record.store(batch, CODERS)
            count += tally.events
            took = time.monotonic() - begun
            print(f"\r{count:,} events, {count / took:,.0f} a second", end="", file=sys.stderr, flush=True)
    print(f"\r{path}: {count:,} events in {time.monotonic() - begun:.0f} s, {path.stat().st_size / 1e6:,.0f} MB")


QUESTIONS: list[tuple[str, dict[str, Any]]] = [
    ("events", {}), ("events", {"between": "CHN RUS"}), ("events", {"actor": "CHN"}), ("events", {"actor": "CHN GOV"}),
    ("events", {"actor": "REB"}), ("events", {"actor": "of FRA"}), ("events", {"recipient": "RUS"}),
    ("events", {"type": "CONSULT"}), ("events", {"mode": "phone"}), ("events", {"from_": "2022-01", "to": "2022-06"}),
    ("events", {"according_to": "RUS"}), ("events", {"according_to": "outlet"}), ("events", {"denied": True}),
    ("events", {"certainty": "possible"}), ("events", {"language": "it"}), ("events", {"outlet": "Agency 3"}),
    ("events", {"text": "ba"}), ("events", {"text": "bada doga"}), ("events", {"facts": True}),
    ("events", {"independent": True}), ("events", {"sort": "score"}), ("events", {"sort": "type"}),
    ("events", {"between": "CHN RUS", "type": "CONSULT", "from_": "2020", "language": "it"}),
    ("events", {"between": ("CHN GOV", "RUS MIL")}), ("events", {"facts": True, "actor": "CHN", "context": "military"}),
    ("statements", {"according_to": "RUS"}), ("statements", {"stance": "deny"}), ("statements", {"between": "CHN RUS"}),
    ("statements", {"type": "CONSULT"}), ("statements", {"denied": True, "language": "it"}),
    ("articles", {"outlet": "Agency 3"}), ("articles", {"text": "ba"}), ("articles", {"type": "PROTEST"}),
    ("articles", {"between": "CHN RUS"}), ("articles", {"type": "ACCUSE", "to": "2016"}),
    ("actors", {}), ("actors", {"actor": "CHN"}), ("actors", {"type": "CONSULT"}), ("actors", {"between": "CHN RUS"}),
    ("actors", {"type": "PROTEST", "from_": "2024"}), ("actors", {"language": "it"}),
]  # fmt: skip


def ask(path: Path) -> None:
    """Prints a line a question: the best of five after the first, by the processor and by the clock, and the plan."""
    print("| question | processor, ms | wall, ms | plan |\n|---|---|---|---|")
    with Record(path) as record:
        for kind, asked in QUESTIONS:
            took: list[tuple[float, float]] = []
            for _ in range(6):
                wall, cpu = time.perf_counter(), time.process_time()
                getattr(record, kind)(**asked, limit=50).to_list()
                took.append((time.perf_counter() - wall, time.process_time() - cpu))
            steps = record.plan(kind, **asked, limit=50)
            plan = ", ".join(dict.fromkeys(word for step in steps if (word := _step(step))))
            words = " ".join([kind, *(_option(name, value) for name, value in asked.items())])
            wall, cpu = (min(times) * 1000 for times in zip(*took[1:], strict=True))
            print(f"| `{words}` | {cpu:.0f} | {wall:.0f} | {plan} |", flush=True)


def _option(name: str, value: Any) -> str:
    """A part of a question as it is written on the command line."""
    option = "--" + name.strip("_").replace("_", "-")
    if isinstance(value, tuple):
        return " ".join([option, *(f"'{party}'" for party in cast(tuple[str, ...], value))])
    return option if value is True else f"{option} {value}"


def _step(step: str) -> str | None:
    """A step of a plan in few words: the index that is used, or the table whose rows are looked up."""
    if found := re.search(r"USING (?:COVERING )?INDEX (\w+)", step):
        return found[1]
    if found := re.match(r"SEARCH (\w+?)(?:_\d+)? USING (?:INTEGER )?PRIMARY KEY", step):
        return f"{found[1]} by number"
    if "VIRTUAL TABLE" in step:
        return "full text"
    if step.startswith("USE TEMP B-TREE FOR"):
        return "grouped" if "GROUP BY" in step else "sorted"
    return f"all of {found[1]}" if (found := re.match(r"SCAN (\w+)$", step)) else None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    making = commands.add_parser("make")
    making.add_argument("path", type=Path)
    making.add_argument("--events", type=int, default=1_000_000)
    asking = commands.add_parser("ask")
    asking.add_argument("path", type=Path)
    arguments = parser.parse_args()
    if arguments.command == "make":
        make(arguments.path, arguments.events)
    else:
        ask(arguments.path)


if __name__ == "__main__":
    main()
