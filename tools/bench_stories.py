"""What it costs to find the story of an article, in a small record and in a large one.

    python tools/bench_stories.py [--articles 100000]

In: the sample dispatches, resampled: five articles make a story, with words, names and countries of its own and days near one another, ninety
articles a day. Out: milliseconds of processor time an article for the first thousand and for a thousand more when so many are
there, and peak memory. Those in between are entered with their profiles and keys alone, by which the others find their stories;
their readings are not stored.
"""

from __future__ import annotations

import argparse
import datetime
import hashlib
import json
import re
import resource
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import sqlalchemy as sa

from dragoman.link.keys import keys
from dragoman.link.profile import profile
from dragoman.pipeline import Reader
from dragoman.records import Article, Interval, Reading
from dragoman.samples import DISPATCHES
from dragoman.store import schema, storytables
from dragoman.store.coder import coder_of
from dragoman.store.record import Record
from dragoman.world.countries import read_countries

MEASURED = 1000
STORY = 5  # articles
A_DAY = 90
FIRST = datetime.date(2000, 1, 1)
COUNTRIES = tuple(sorted(read_countries()))
_WORD = re.compile(r"[^\W\d_]{4,}")


def samples(reader: Reader) -> list[Reading]:
    rows = [json.loads(line) for line in DISPATCHES.read_text(encoding="utf-8").splitlines()]
    return list(reader.read_many(Article(r["id"], r["text"], r["language"], None, r["title"]) for r in rows))


def resampled(found: Sequence[Reading], start: int, count: int) -> Iterator[Reading]:
    """Readings of articles that are not there: words are replaced letter by letter, so that all spans stay, and so are countries."""
    for number in range(start, start + count):
        story = number // STORY
        reading = found[story % len(found)]

        def other(match: re.Match[str], story: int = story) -> str:
            word = match.group()
            letters = _number(f"{story} {word}", 26 ** min(len(word), 12))
            made = "".join(chr(97 + letters // 26**at % 26) for at in range(len(word)))
            return made.capitalize() if word[0].isupper() else made

        text = _WORD.sub(other, reading.article.text)
        countries = {a.country: COUNTRIES[_number(f"{story} {a.country}", len(COUNTRIES))] for a in reading.actors}
        actors = tuple(replace(a, country=countries[a.country] if a.country else None) for a in reading.actors)
        day = FIRST + datetime.timedelta(days=number // A_DAY)
        article = replace(
            reading.article, id=f"a{number}", text=text, published=Interval.of_day(day), outlet=f"outlet {number % 40}",
            title=None,
        )  # fmt: skip
        yield replace(reading, article=article, actors=actors)


def _number(of: str, below: int) -> int:
    """A number that depends on the words alone."""
    return int.from_bytes(hashlib.blake2b(of.encode()).digest()) % below


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=100_000)
    asked = parser.parse_args()
    reader = Reader()
    found = samples(reader)
    coders = {language: coder_of(reader, language) for language in {r.article.language for r in found}}
    with tempfile.TemporaryDirectory() as folder, Record(Path(folder) / "news.sqlite", create=True) as record:
        measure(record, found, coders, 0, "the first thousand")
        fill(record, found, MEASURED, asked.articles - 2 * MEASURED)
        measure(record, found, coders, asked.articles - MEASURED, f"a thousand more in {asked.articles}")
        stories = [line.articles for line in record.stories()]
        print(f"{len(stories)} stories of {sum(stories) / len(stories):.1f} articles among those measured")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def measure(record: Record, found: Sequence[Reading], coders: dict[str, object], start: int, what: str) -> None:
    readings = list(resampled(found, start, MEASURED))
    begun, wall = time.process_time(), time.monotonic()
    for at in range(0, MEASURED, 100):
        record.store(readings[at : at + 100], coders)  # type: ignore[arg-type]
    used, passed = time.process_time() - begun, time.monotonic() - wall
    print(f"{what}: {1000 * used / MEASURED:.1f} ms of processor, {1000 * passed / MEASURED:.1f} ms in all an article")


def fill(record: Record, found: Sequence[Reading], start: int, count: int) -> None:
    with record.engine.begin() as connection:
        coder = connection.execute(sa.select(schema.coder.c.id)).scalars().first()
        text = connection.execute(sa.select(schema.text.c.id)).scalars().first()
        number = connection.execute(sa.select(sa.func.max(schema.article.c.id))).scalar_one()
        now = datetime.datetime(2000, 1, 1)
        for at in range(start, start + count, 1000):
            articles, profiles, entries = [], [], []
            for reading in resampled(found, at, min(1000, start + count - at)):
                number += 1
                one = profile(reading)
                articles.append(
                    {
                        "id": number, "key": one.article, "version": 1, "digest": b"", "text_id": text, "language": one.language,
                        "coder_id": coder, "added": now, "published_start": one.start, "published_end": one.end,
                        "published_precision": "day",
                    }
                )  # fmt: skip
                data = json.dumps(one.to_dict(), ensure_ascii=False)
                profiles.append(
                    {
                        "article_id": number, "start": one.start, "key": one.article, "voice": "", "voice_name": "",
                        "voice_kind": "outlet", "data": data,
                    }
                )  # fmt: skip
                entries += [{"key": key, "start": one.start, "article_id": number} for key in keys(one)]
            connection.execute(sa.insert(schema.article), articles)
            connection.execute(sa.insert(storytables.profile), profiles)
            connection.execute(sa.insert(storytables.story_key), entries)


if __name__ == "__main__":
    main()
