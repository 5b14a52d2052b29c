"""ICEWS: 20 columns with tabs between, one row a pair of parties; a reciprocal event stands twice, from either side.

In: readings. Out: the file. Codes are CAMEO's, written as text with their leading zero; the key is Event ID and Event Date.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path

from dragoman.export.flat import Flat, cameo_code, country_name, flat_events, note_folded, number_of, pairs, write_row
from dragoman.export.loss import Loss
from dragoman.records import Actor, Reading

COLUMNS = (
    "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code",
    "Intensity", "Target Name", "Target Sectors", "Target Country", "Story ID", "Sentence Number", "Publisher", "City",
    "District", "Province", "Country", "Latitude", "Longitude",
)  # fmt: skip


def write(readings: Iterable[Reading], path: Path, loss: Loss) -> None:
    """Writes the events that have a day and two sides."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        write_row(stream, COLUMNS, "")
        for flat in flat_events(readings, loss):
            found = pairs(flat)
            if not found or flat.day is None:
                loss.note("no day" if found else "no parties")
                continue
            note_folded(flat.event, loss)
            loss.note("contexts", len(flat.event.contexts))
            loss.note("title", sum(actor.title is not None for actor in (*flat.actors, *flat.recipients)))
            loss.note("modes", len(flat.event.modes) - 1 if flat.event.modes else 0)
            loss.note("compound parties", len(found) - (1 if flat.recipients else 2))
            for number, (source, target) in enumerate(found):
                write_row(stream, _row(flat, number, source, target), "")
                loss.rows += 1


def _row(flat: Flat, number: int, source: Actor, target: Actor) -> list[object]:
    event, reading = flat.event, flat.reading
    place = reading.place(event.place) if event.place else None
    sentences = sorted({one.sentence for one in reading.events})
    return [
        number_of(flat.id, number), flat.day, source.name, _sectors(source), country_name(source.country),
        cameo_text(cameo_code(event)), cameo_code(event), event.score, target.name, _sectors(target), country_name(target.country),
        number_of(reading.article.id), sentences.index(event.sentence) + 1, reading.article.outlet,
        place.name if place else None, None, None, country_name(place.country) if place else None,
        place.latitude if place else None, place.longitude if place else None,
    ]  # fmt: skip


def _sectors(actor: Actor) -> str:
    return ",".join(_words()["sectors"].get(sector, sector) for sector in actor.sectors)


def cameo_text(code: str) -> str:
    """What a CAMEO code stands for; of a code that is not listed, what the one above it does."""
    texts = _words()["cameo"]
    while code and code not in texts:
        code = code[:-1]
    return texts.get(code, "")


@functools.cache
def _words() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(Path(__file__).with_name("cameo.toml").read_text(encoding="utf-8"))
