"""GDELT 2.0 events: 61 columns with tabs between and no header, one row a pair of parties.

In: readings. Out: the file. Actors are coded as CAMEO's are, country then sector; scores are PLOVER's; tone is not measured.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from pathlib import Path

from dragoman import ontology
from dragoman.export.flat import Flat, cameo_code, country_name, flat_events, note_folded, number_of, write_row
from dragoman.export.loss import Loss
from dragoman.records import Actor, Event, Reading

_ACTOR = (
    "Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code", "Type1Code",
    "Type2Code", "Type3Code",
)  # fmt: skip
_GEO = ("Type", "Fullname", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
COLUMNS = (
    "GlobalEventID", "Day", "MonthYear", "Year", "FractionDate",
    *(f"Actor1{name}" for name in _ACTOR), *(f"Actor2{name}" for name in _ACTOR),
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale", "NumMentions",
    "NumSources", "NumArticles", "AvgTone",
    *(f"{side}Geo_{name}" for side in ("Actor1", "Actor2", "Action") for name in _GEO), "DATEADDED", "SOURCEURL",
)  # fmt: skip
_QUADS = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")
_ROOT = 600  # an event that the first characters of an article tell is one of its main events


def write(readings: Iterable[Reading], path: Path, loss: Loss) -> None:
    """Writes the events that have a day; one without a recipient has no second actor."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        for flat in flat_events(readings, loss):
            if flat.day is None or not flat.actors:
                loss.note("no parties" if flat.day else "no day")
                continue
            note_folded(flat.event, loss)
            loss.note("contexts", len(flat.event.contexts))
            loss.note("title", sum(actor.title is not None for actor in (*flat.actors, *flat.recipients)))
            loss.note("modes", len(flat.event.modes) - 1 if flat.event.modes else 0)
            found = _pairs(flat)
            loss.note("compound parties", len(found) - 1)
            for number, (one, other) in enumerate(found):
                write_row(stream, _row(flat, flat.day, number, one, other), "")
                loss.rows += 1


def _pairs(flat: Flat) -> list[tuple[Actor, Actor | None]]:
    """Each actor with each recipient; of a reciprocal event each pair once; else each actor alone."""
    actors = flat.actors
    if flat.recipients:
        return [(one, other) for one in actors for other in flat.recipients]
    together = [(one, other) for at, one in enumerate(actors) for other in actors[at + 1 :]]
    return [*together] or [(one, None) for one in actors]


def _row(flat: Flat, day: datetime.date, number: int, one: Actor, other: Actor | None) -> list[object]:
    event, article = flat.event, flat.reading.article
    published = article.published.start if article.published else day
    return [
        number_of(flat.id, number), f"{day:%Y%m%d}", f"{day:%Y%m}", f"{day:%Y}",
        f"{day.year + (day.month * 30 + day.day) / 365:.4f}", *_actor(one), *_actor(other),
        int(event.sentence.start < _ROOT), cameo_code(event), cameo_code(event)[:3], event.cameo[:2], _quad(event), event.score,
        len(event.mentions), 1, 1, None, *[0, *[None] * 7] * 2, *_place(flat), f"{published:%Y%m%d}000000",
        article.url or article.id,
    ]  # fmt: skip


def _actor(actor: Actor | None) -> list[object]:
    if actor is None:
        return [None] * len(_ACTOR)
    is_group = actor.country in ontology.load().non_state
    country = None if is_group else actor.country
    types = [*actor.sectors[:3], None, None, None][:3]
    code = "".join([actor.country or "", *actor.sectors[:3]])
    return [code, actor.name.upper(), country, actor.country if is_group else None, None, None, None, *types]


def _place(flat: Flat) -> list[object]:
    """Where it happened: type 4 is a city of the world, 1 a country."""
    place = flat.reading.place(flat.event.place) if flat.event.place else None
    if place is None:
        return [0, *[None] * 7]
    name = ", ".join(part for part in (place.name, country_name(place.country)) if part)
    return [
        4 if place.latitude is not None else 1,
        name,
        None,
        None,
        None,
        place.latitude,
        place.longitude,
        place.geonames,
    ]


def _quad(event: Event) -> int:
    return _QUADS.index(event.quad) + 1
