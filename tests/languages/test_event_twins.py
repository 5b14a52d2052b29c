"""The same news in two languages gives the same record: both are read with the shipped pipelines and compared."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from dragoman.languages import read_toml
from dragoman.pipeline import Reader
from dragoman.records import Article, Interval, Reading

TWINS = Path(__file__).with_name("event_twins.toml")
PUBLISHED = Interval.from_dict({"start": "2022-06-16", "end": "2022-06-16", "precision": "day"})

Told = Counter[tuple[str, tuple[str, ...], tuple[str, ...], str]]


def told(reading: Reading) -> Told:
    """The events of a reading by what does not depend on the language."""

    def countries(ids: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(sorted(reading.actor(id).country or "-" for id in ids))

    return Counter((e.type, countries(e.actors), countries(e.recipients), e.polarity) for e in reading.events)


def test_twins_agree() -> None:
    table = read_toml(TWINS)
    pairs: list[dict[str, str]] = table["pair"]
    reader = Reader()

    def read(code: str) -> list[Told]:
        articles = [Article(str(number), pair[code], code, PUBLISHED) for number, pair in enumerate(pairs)]
        return [told(reading) for reading in reader.read_many(articles)]

    differ = [
        f"{pair['en']}\n  en {sorted(english)}\n  it {sorted(italian)}"
        for pair, english, italian in zip(pairs, read("en"), read("it"), strict=True)
        if english != italian or not english
    ]
    agree = len(pairs) - len(differ)
    assert agree >= table["floor"], f"{agree} of {len(pairs)} agree\n" + "\n".join(differ)
