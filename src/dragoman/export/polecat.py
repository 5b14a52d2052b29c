"""POLECAT: 40 columns with tabs between, one row an event; what is missing is `None`, several values are joined by `; `.

In: readings. Out: the file. Days are those of the event where they are known to the day, else those of publication.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from dragoman.export.flat import Flat, country_name, cow_number, flat_events, note_folded, write_row
from dragoman.export.loss import Loss
from dragoman.records import Actor, Interval, Reading

COLUMNS = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts", "Actor Name",
    "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title", "Actor Name Raw",
    "Wikipedia Actor ID", "Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector",
    "Recipient Sectors", "Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID", "Placename", "City",
    "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename", "Feature Type",
    "Source", "Publication Date", "Story People", "Story Organizations", "Story Locations", "Language", "Version",
)  # fmt: skip
VERSION = "dragoman"


def write(readings: Iterable[Reading], path: Path, loss: Loss) -> None:
    """Writes the events of the readings."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        write_row(stream, COLUMNS, "None")
        for flat in flat_events(readings, loss):
            note_folded(flat.event, loss)
            loss.note("modes", len(flat.event.modes) - 1 if flat.event.modes else 0)
            write_row(stream, _row(flat), "None")
            loss.rows += 1


def _row(flat: Flat) -> list[object]:
    event, reading = flat.event, flat.reading
    place = reading.place(event.place) if event.place else None
    return [
        flat.id, flat.day, event.type, event.modes[0] if event.modes else None, event.score, event.quad.upper(),
        _joined(event.contexts), *_side(flat, flat.actors), *_side(flat, flat.recipients),
        place.name if place else None, None, None, None, country_name(place.country) if place else None,
        place.latitude if place else None, place.longitude if place else None, place.geonames if place else None,
        place.mentions[0].of(reading.article.text) if place else None, None, reading.article.outlet,
        _day(reading.article.published), _joined(a.name for a in reading.actors if a.kind == "person"),
        _joined(a.name for a in reading.actors if a.kind in ("organization", "group")),
        _joined(p.name for p in reading.places), reading.article.language, VERSION,
    ]  # fmt: skip


def _side(flat: Flat, actors: Sequence[Actor]) -> list[object]:
    """The eight columns of a side: all its parties in each, in one order."""
    text = flat.reading.article.text
    sectors = [sector for actor in actors for sector in actor.sectors]
    return [
        _joined(actor.name for actor in actors),
        _each(actor.country for actor in actors),
        _each(cow_number(actor.country) for actor in actors),
        _each(actor.sectors[0] if actor.sectors else None for actor in actors),
        _joined(dict.fromkeys(sectors)),
        _each(actor.title for actor in actors),
        _joined(actor.mentions[0].of(text) for actor in actors),
        None,
    ]


def _joined(values: Iterable[str]) -> str | None:
    return "; ".join(values) or None


def _each(values: Iterable[object]) -> str | None:
    """Values of several parties in their order, `None` in the place of one that has none."""
    found = list(values)
    return "; ".join(map(str, found)) if any(value is not None for value in found) else None


def _day(published: Interval | None) -> object:
    return published.day if published else None
