"""What the API says of its data: readings in the published contract, rows as the views have them.

In: nothing. Out: models and schemas for the description; the data themselves come from the store as they are.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from pydantic import BaseModel, ConfigDict

from dragoman.records import Auxiliary, Certainty, Counted, Kind, Manner, Polarity, Precision, Stance, Time
from dragoman.store import views
from dragoman.store.answer import columns_of

Offsets = tuple[int, int]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Interval(_Model):
    start: str
    end: str
    precision: Precision


class Article(_Model):
    id: str
    url: str | None
    outlet: str | None
    title: str | None
    language: str
    published: Interval | None
    text: str


class Actor(_Model):
    id: str
    name: str
    kind: Kind
    country: str | None
    sectors: list[str]
    title: str | None
    mentions: list[Offsets]
    inferred_from: str | None


class When(_Model):
    id: str
    span: Offsets
    value: str
    type: str
    start: str | None
    end: str | None
    precision: Precision | None
    anchor: str | None


class Place(_Model):
    id: str
    name: str
    country: str | None
    latitude: float | None
    longitude: float | None
    geonames: int | None
    mentions: list[Offsets]


class Statement(_Model):
    id: str
    source: str | None
    sources: list[str]
    source_span: Offsets | None
    cue: list[Offsets]
    content: list[Offsets]
    manner: Manner
    stance: Stance
    polarity: Polarity
    within: str | None
    denies: str | None
    anonymous: bool
    medium: Offsets | None
    date: str | None
    rule: str


class Count(_Model):
    of: Counted
    low: int | None
    best: int | None
    high: int | None
    span: Offsets


class Event(_Model):
    id: str
    type: str
    modes: list[str]
    contexts: list[str]
    actors: list[str]
    recipients: list[str]
    trigger: Offsets
    mentions: list[Offsets]
    sentence: Offsets
    date: str | None
    place: str | None
    counts: list[Count]
    polarity: Polarity
    certainty: Certainty
    time: Time
    background: bool
    auxiliaries: list[Auxiliary]
    according_to: list[str]
    denied_by: list[str]
    quad: str
    score: float
    cameo: str
    evidence: dict[str, Offsets]
    rule: str


class Reading(_Model):
    """Everything found in one article. Offsets are half-open and count Unicode code points of `article.text`."""

    article: Article
    actors: list[Actor]
    dates: list[When]
    places: list[Place]
    statements: list[Statement]
    events: list[Event]


_JSON_TYPES: dict[type, dict[str, Any]] = {
    sa.Date: {"type": "string", "format": "date"}, sa.DateTime: {"type": "string", "format": "date-time"},
    sa.Boolean: {"type": "boolean"}, sa.Integer: {"type": "integer"}, sa.Float: {"type": "number"}, sa.Text: {"type": "string"},
}  # fmt: skip
_OBJECTS = ("machine", "value")  # columns of `corrections` that hold JSON


def row_schema(kind: str) -> dict[str, Any]:
    """The schema of a row of a view."""
    columns = columns_of(kind)
    means = {name: facts.means for name, facts in views.COLUMNS[kind].items()}
    properties = {
        name: {
            "anyOf": [
                {"type": "object"} if name in _OBJECTS and kind == "corrections" else _JSON_TYPES[type(of)],
                {"type": "null"},
            ],
            "description": means.get(name, "how many of its events were asked for"),
        }
        for name, of in columns.items()
    }
    return {"type": "object", "properties": properties, "required": list(columns), "additionalProperties": False}


def page_schema(kind: str) -> dict[str, Any]:
    """The schema of a page of rows."""
    return {
        "type": "object",
        "properties": {
            "rows": {"type": "array", "items": row_schema(kind)},
            "next": {
                "anyOf": [{"type": "string"}, {"type": "null"}],
                "description": "`after` of the next page; null where this is the last",
            },
        },
        "required": ["rows", "next"],
        "additionalProperties": False,
    }


def answered(
    schema: dict[str, Any], *, csv: bool = False, status: int = 200, what: str = "A page of rows."
) -> dict[int | str, dict[str, Any]]:
    """An answer of that schema, as the description of the API has it."""
    content: dict[str, Any] = {"application/json": {"schema": schema}}
    if csv:
        content["text/csv"] = {"schema": {"type": "string"}}
    return {status: {"description": what, "content": content}}
