"""Many articles out of few, for long runs: paragraphs of real dispatches in new combinations, with other names and dates.

    python tools/resample.py COUNT [--texts MORE.jsonl ...] [--seed 1] > many.jsonl

The sample dispatches are the stock, and whatever `--texts` adds: JSON lines with `text` and `language` (or `lang`). In each
article countries, capitals, people, days, months, years and numbers are changed, each everywhere in the same way, so that no
two articles are equal and names never end, as in the news. What comes out is for measuring how fast and in how much memory it
is read: what it says is nonsense.
"""

from __future__ import annotations

import argparse
import datetime
import functools
import hashlib
import itertools
import json
import random
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import cast

import babel

from dragoman import world
from dragoman.samples import DISPATCHES
from dragoman.world.countries import capital_names, country_names

LONGEST = 90  # words of a paragraph; longer ones are cut between sentences
PARAGRAPHS = (2, 3, 3, 4, 5)
OUTLETS = [f"Agency {number}" for number in range(1, 41)]
_PERSON = re.compile(r"\b([A-ZÀ-Þ][a-zà-ÿ]+) ([A-ZÀ-Þ][a-zà-ÿ]{2,})\b")
_SENTENCE = re.compile(r"(?<=[.!?»”\"]) +(?=[A-ZÀ-Þ«“\"])")
_SYLLABLES = [a + b for a in ("b", "d", "f", "k", "l", "m", "n", "r", "s", "t", "v") for b in "aeiou"]


def resampled(stock: Mapping[str, list[str]], count: int, seed: int) -> Iterator[dict[str, str]]:
    """That many articles, none equal to another, as rows of JSON lines; `stock` has the paragraphs of each language."""
    chance = random.Random(seed)
    seen: set[bytes] = set()
    languages = sorted(stock)
    while len(seen) < count:
        language = chance.choice(languages)
        paragraphs = stock[language]
        picked = chance.sample(paragraphs, min(chance.choice(PARAGRAPHS), len(paragraphs)))
        day = datetime.date(2005, 1, 1) + datetime.timedelta(days=chance.randrange(7000))
        text = changed("\n\n".join(picked), language, chance)
        digest = hashlib.sha256(text.encode()).digest()
        if digest not in seen:
            seen.add(digest)
            row = {"id": f"resampled-{len(seen)}", "language": language, "published": day.isoformat()}
            yield {**row, "outlet": chance.choice(OUTLETS), "text": text}


def changed(text: str, language: str, chance: random.Random) -> str:
    """The text with other names and dates, each changed everywhere in the same way."""
    given = list(_known().given_names)
    known = set(given)
    for first, last in dict.fromkeys(_PERSON.findall(text)):
        if first in known:
            other = "".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4))).title()
            text = text.replace(f"{first} {last}", f"{chance.choice(given)} {other}")
            text = re.sub(rf"\b{last}\b", other, text)
    names, pattern = _names(language)
    swapped: dict[str, str] = {}
    for name in pattern.findall(text):
        if name not in swapped:
            swapped[name] = chance.choice(names[name])
    text = pattern.sub(lambda found: swapped[found[0]], text)

    def number(found: re.Match[str]) -> str:
        digits = found[0]
        if len(digits) == 4:
            return str(chance.randint(1990, 2025)) if digits[:2] in ("19", "20") else str(chance.randint(1000, 9999))
        return str(chance.randint(1, 28) if len(digits) < 3 else chance.randint(100, 999))

    return re.sub(r"\b\d{1,4}\b", number, text)


@functools.cache
def _known() -> world.World:
    return world.load()


@functools.cache
def _names(language: str) -> tuple[Mapping[str, list[str]], re.Pattern[str]]:
    """Names of countries, capitals, months and weekdays, each with all others of its kind."""
    locale = babel.Locale.parse(language)
    kinds = [
        [names[0] for names in country_names(language).values()],
        [names[0] for names in capital_names(language).values()],
        *(list(cast(Mapping[int, str], table["format"]["wide"]).values()) for table in (locale.months, locale.days)),
    ]
    found = {name: kind for kind in kinds for name in kind}
    longest_first = sorted(found, key=len, reverse=True)
    return found, re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b")


def paragraphs(text: str) -> Iterator[str]:
    """The paragraphs of a text, long ones cut between sentences."""
    for paragraph in re.split(r"\n\s*\n", text):
        piece: list[str] = []
        for sentence in _SENTENCE.split(paragraph.strip()):
            if piece and sum(len(one.split()) for one in (*piece, sentence)) > LONGEST:
                yield " ".join(piece)
                piece = []
            piece.append(sentence)
        if any(piece):
            yield " ".join(piece)


def stock_of(files: Iterable[Path]) -> dict[str, list[str]]:
    """The paragraphs of texts by their language, each once."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for line in itertools.chain.from_iterable(file.read_text(encoding="utf-8").splitlines() for file in files):
        row = json.loads(line)
        found[row.get("language") or row["lang"]].update(dict.fromkeys(paragraphs(row["text"])))
    return {language: list(texts) for language, texts in found.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int)
    parser.add_argument("--texts", type=Path, nargs="*", default=[], help="more texts, as JSON lines")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    for row in resampled(stock_of([DISPATCHES, *arguments.texts]), arguments.count, arguments.seed):
        sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
