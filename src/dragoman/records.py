"""The central types: what Dragoman says about one dispatch.

In: nothing. Out: frozen records that every stage passes on and every screen prints. A finding cannot be built
without the characters that support it, and a `Reading` refuses findings whose spans lie outside its article or
whose references lead nowhere. All offsets are half-open and count Unicode code points of `Article.text`.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, Self, TypeVar, cast, get_args

if TYPE_CHECKING:
    import pandas

Precision = Literal["year", "season", "quarter", "month", "week", "day", "hour", "minute", "decade", "century"]
Kind = Literal["state", "person", "organization", "group"]
Manner = Literal["direct", "indirect", "mixed"]
Polarity = Literal["affirmed", "negated"]
Certainty = Literal["certain", "probable", "possible", "unknown"]
Time = Literal["past", "present", "future", "habitual"]
Counted = Literal["killed", "injured", "arrested", "crowd"]
Auxiliary = Literal["historical", "future", "hypothetical", "negation"]
Stance = Literal[
    "assert", "deny", "confirm", "ask", "demand", "promise", "threaten", "accuse",
    "praise", "doubt", "believe", "decline",
]  # fmt: skip


class GroundingError(ValueError):
    """A finding does not lie on the characters of its article, or refers to a finding that is not there."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters `[start, end)` of an article's text, in Unicode code points. Never empty."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise GroundingError(f"a span must hold at least one character: [{self.start}, {self.end})")

    def of(self, text: str) -> str:
        """The characters of `text` that the span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def to_list(self) -> list[int]:
        return [self.start, self.end]


@dataclass(frozen=True, slots=True)
class Interval:
    """Days from `start` to `end`, both included, and how exactly they are known."""

    start: datetime.date
    end: datetime.date
    precision: Precision = "day"

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"an interval ends before it starts: {self.start} to {self.end}")

    @classmethod
    def of_day(cls, day: datetime.date) -> Self:
        return cls(day, day, "day")

    @property
    def day(self) -> datetime.date | None:
        """The day, where one day is known."""
        return self.start if self.start == self.end else None

    def to_dict(self) -> dict[str, str]:
        return {"start": self.start.isoformat(), "end": self.end.isoformat(), "precision": self.precision}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        return cls(
            datetime.date.fromisoformat(data["start"]), datetime.date.fromisoformat(data["end"]), data["precision"]
        )


@dataclass(frozen=True, slots=True)
class Article:
    """One dispatch. `published` is None where it is not known; no date is ever put in its place."""

    id: str
    text: str
    language: str
    published: Interval | None = None
    title: str | None = None
    url: str | None = None
    outlet: str | None = None

    def to_dict(self) -> dict[str, Any]:
        return {
            "id": self.id, "url": self.url, "outlet": self.outlet, "title": self.title, "language": self.language,
            "published": self.published.to_dict() if self.published else None, "text": self.text,
        }  # fmt: skip

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        published = data.get("published")
        return cls(
            id=data["id"], text=data["text"], language=data["language"], title=data.get("title"),
            url=data.get("url"), outlet=data.get("outlet"),
            published=Interval.from_dict(published) if published else None,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Actor:
    """Who. `country` is ISO 3166-1 alpha-3 or a PLOVER non-state code; `sectors` are PLOVER's, most telling first."""

    id: str
    name: str
    kind: Kind
    mentions: tuple[Span, ...]
    country: str | None = None
    sectors: tuple[str, ...] = ()
    title: str | None = None
    inferred_from: str | None = None

    def __post_init__(self) -> None:
        if not self.mentions:
            raise GroundingError(f"actor {self.name!r} is mentioned nowhere")

    @property
    def code(self) -> str:
        """Country and sectors as one label, such as 'CHN GOV'; the name where neither is known."""
        return " ".join([*([self.country] if self.country else []), *self.sectors[:1]]) or self.name

    def to_dict(self) -> dict[str, Any]:
        return {
            "id": self.id, "name": self.name, "kind": self.kind, "country": self.country,
            "sectors": list(self.sectors), "title": self.title, "mentions": _lists(self.mentions),
            "inferred_from": self.inferred_from,
        }  # fmt: skip

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        return cls(
            id=data["id"], name=data["name"], kind=data["kind"], mentions=_spans(data["mentions"]),
            country=data.get("country"), sectors=tuple(data.get("sectors") or ()), title=data.get("title"),
            inferred_from=data.get("inferred_from"),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class When:
    """A time expression. `value` and `type` are TIMEX3's; `interval` is None where the days cannot be known.

    `anchor` says what the value was read from: 'text' (complete in itself), 'published', 'dateline', 'date'
    (another expression), 'birthday' and the like. None where nothing was resolved.
    """

    id: str
    span: Span
    value: str
    type: Literal["DATE", "TIME", "DURATION", "SET"]
    interval: Interval | None = None
    anchor: str | None = None

    def to_dict(self) -> dict[str, Any]:
        found = self.interval.to_dict() if self.interval else {"start": None, "end": None, "precision": None}
        return {
            "id": self.id, "span": self.span.to_list(), "value": self.value, "type": self.type, **found,
            "anchor": self.anchor,
        }  # fmt: skip

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        return cls(
            id=data["id"], span=Span(*data["span"]), value=data["value"], type=data["type"],
            interval=Interval.from_dict(data) if data.get("start") else None, anchor=data.get("anchor"),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Statement:
    """Somebody is reported to say something. `within` is the id of the statement that this one is told in.

    `sources` are actors' ids, several for "both deny", none where the source is unnamed or left out; `denies` is the id of the statement
    whose content this one denies; `anonymous`: the source is somebody of whom nothing tells who it is ("a senior official"). `medium` is what it was
    said in ("a letter", "Twitter"), `date` the id of when, as far as they are told.
    """

    id: str
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    manner: Manner
    stance: Stance
    rule: str
    sources: tuple[str, ...] = ()
    source_span: Span | None = None
    polarity: Polarity = "affirmed"
    within: str | None = None
    denies: str | None = None
    anonymous: bool = False
    medium: Span | None = None
    date: str | None = None

    @property
    def source(self) -> str | None:
        """The source, the first of several."""
        return self.sources[0] if self.sources else None

    def __post_init__(self) -> None:
        if not self.content and not self.cue:
            raise GroundingError(f"statement {self.id}: neither a cue nor a content")

    def to_dict(self) -> dict[str, Any]:
        return {
            "id": self.id, "source": self.source, "sources": list(self.sources),
            "source_span": self.source_span.to_list() if self.source_span else None,
            "cue": _lists(self.cue), "content": _lists(self.content), "manner": self.manner, "stance": self.stance,
            "polarity": self.polarity, "within": self.within, "denies": self.denies, "anonymous": self.anonymous,
            "medium": self.medium.to_list() if self.medium else None, "date": self.date, "rule": self.rule,
        }  # fmt: skip

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        return cls(
            id=data["id"], cue=_spans(data["cue"]), content=_spans(data["content"]), manner=data["manner"],
            stance=data["stance"], rule=data["rule"], sources=_sources(data),
            source_span=Span(*data["source_span"]) if data.get("source_span") else None,
            polarity=data.get("polarity", "affirmed"), within=data.get("within"), denies=data.get("denies"),
            anonymous=data.get("anonymous", False), date=data.get("date"),
            medium=Span(*data["medium"]) if data.get("medium") else None,
        )  # fmt: skip


def _sources(data: Mapping[str, Any]) -> tuple[str, ...]:
    """The sources of a statement; a single one where the data have but that."""
    return tuple(data.get("sources") or ([data["source"]] if data.get("source") else ()))


@dataclass(frozen=True, slots=True)
class Place:
    """Where. `latitude` and `longitude` in degrees and `geonames` (the id there) only where the place is settled.

    A name that several places bear, with nothing in the article to tell which, has neither country nor coordinates.
    """

    id: str
    name: str
    mentions: tuple[Span, ...]
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    geonames: int | None = None

    def __post_init__(self) -> None:
        if not self.mentions:
            raise GroundingError(f"place {self.name!r} is mentioned nowhere")

    def to_dict(self) -> dict[str, Any]:
        return {
            "id": self.id, "name": self.name, "country": self.country, "latitude": self.latitude,
            "longitude": self.longitude, "geonames": self.geonames, "mentions": _lists(self.mentions),
        }  # fmt: skip

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        return cls(
            id=data["id"], name=data["name"], mentions=_spans(data["mentions"]), country=data.get("country"),
            latitude=data.get("latitude"), longitude=data.get("longitude"), geonames=data.get("geonames"),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Count:
    """How many people an event killed, injured, had arrested or brought together, as the words at `span` tell it.

    `best` is the number told; `low` and `high` are the bounds that the words leave ("at least 20" has no high, "between
    20 and 30" has both and no best). At least one of the three is known.
    """

    of: Counted
    span: Span
    low: int | None = None
    best: int | None = None
    high: int | None = None

    def __post_init__(self) -> None:
        if self.low is None and self.best is None and self.high is None:
            raise GroundingError(f"a count of {self.of} without a number")

    def to_dict(self) -> dict[str, Any]:
        return {"of": self.of, "low": self.low, "best": self.best, "high": self.high, "span": self.span.to_list()}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        return cls(data["of"], Span(*data["span"]), data.get("low"), data.get("best"), data.get("high"))


@dataclass(frozen=True, slots=True)
class Event:
    """Who did what to whom, coded in PLOVER, and how sure it is.

    `according_to` lists the statements it is told in, innermost first; empty means the outlet's own voice.
    `denied_by` lists statements that deny it. `trigger` is the span of the words that name it first, `mentions` all
    spans that name it in the article, the trigger among them. `evidence` is the word that a mode or context was read from.
    """

    id: str
    type: str
    trigger: Span
    sentence: Span
    rule: str
    quad: str
    score: float
    cameo: str
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    modes: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()
    date: str | None = None
    place: str | None = None
    polarity: Polarity = "affirmed"
    certainty: Certainty = "certain"
    time: Time = "past"
    background: bool = False
    according_to: tuple[str, ...] = ()
    denied_by: tuple[str, ...] = ()
    mentions: tuple[Span, ...] = ()
    counts: tuple[Count, ...] = ()
    evidence: tuple[tuple[str, Span], ...] = ()

    def __post_init__(self) -> None:
        if not self.sentence.covers(self.trigger):
            raise GroundingError(f"event {self.id}: its trigger lies outside its sentence")
        if not self.mentions:
            object.__setattr__(self, "mentions", (self.trigger,))
        if self.trigger not in self.mentions:
            raise GroundingError(f"event {self.id}: its trigger is none of its mentions")

    @property
    def is_fact(self) -> bool:
        """Told by the outlet itself as having happened or happening, and denied by nobody."""
        return (
            self.polarity == "affirmed" and self.certainty == "certain" and self.time in ("past", "present")
            and not self.according_to and not self.denied_by
        )  # fmt: skip

    @property
    def auxiliaries(self) -> tuple[Auxiliary, ...]:
        """PLOVER's auxiliary modes, which follow from background, time, certainty and polarity."""
        applies: tuple[tuple[Auxiliary, bool], ...] = (
            ("historical", self.background),
            ("future", self.time == "future"),
            ("hypothetical", self.certainty in ("possible", "unknown")),
            ("negation", self.polarity == "negated"),
        )
        return tuple(name for name, holds in applies if holds)

    def to_dict(self) -> dict[str, Any]:
        return {
            "id": self.id, "type": self.type, "modes": list(self.modes), "contexts": list(self.contexts),
            "actors": list(self.actors), "recipients": list(self.recipients), "trigger": self.trigger.to_list(),
            "mentions": _lists(self.mentions), "sentence": self.sentence.to_list(), "date": self.date,
            "place": self.place, "counts": [count.to_dict() for count in self.counts], "polarity": self.polarity,
            "certainty": self.certainty, "time": self.time, "background": self.background,
            "auxiliaries": list(self.auxiliaries), "according_to": list(self.according_to),
            "denied_by": list(self.denied_by), "quad": self.quad, "score": self.score, "cameo": self.cameo,
            "evidence": {name: span.to_list() for name, span in self.evidence}, "rule": self.rule,
        }  # fmt: skip

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        lists = ("actors", "recipients", "modes", "contexts", "according_to", "denied_by")
        made = ("trigger", "sentence", "mentions", "counts", "evidence", "auxiliaries")
        plain: dict[str, Any] = {k: v for k, v in data.items() if k not in (*lists, *made)}
        several: dict[str, Any] = {k: tuple(data.get(k) or ()) for k in lists}
        evidence = cast(Mapping[str, Sequence[int]], data.get("evidence") or {})
        return cls(
            **plain, **several, trigger=Span(*data["trigger"]), sentence=Span(*data["sentence"]),
            mentions=_spans(data.get("mentions") or ()),
            counts=tuple(Count.from_dict(count) for count in data.get("counts") or ()),
            evidence=tuple((name, Span(*span)) for name, span in evidence.items()),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Passage:
    """The smallest piece of an article that tells something: a predicate with its words, whether or not it is an event.

    `sentence` is the sentence that it stands in, `trigger` the words of the predicate, `words` all that belong to it and to no passage within it, in the order of the
    text; `subjects` and `objects` who and what take part, by their words; `within` is the number, in `Reading.passages`, of the
    passage that it is embedded in.
    """

    sentence: Span
    trigger: tuple[Span, ...]
    words: tuple[Span, ...]
    subjects: tuple[Span, ...] = ()
    objects: tuple[Span, ...] = ()
    within: int | None = None
    negated: bool = False

    def to_list(self) -> list[Any]:
        """The passage in few characters: how a record keeps it."""
        spans = [_lists(some) for some in (self.trigger, self.words, self.subjects, self.objects)]
        return [self.sentence.to_list(), *spans, self.within, int(self.negated)]

    @classmethod
    def from_list(cls, data: Sequence[Any]) -> Self:
        """The inverse of `to_list`."""
        sentence, trigger, words, subjects, objects, within, negated = data
        return cls(
            Span(*sentence), _spans(trigger), _spans(words), _spans(subjects), _spans(objects), within, bool(negated)
        )


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything found in one article. Raises `GroundingError` for a span or a reference that leads nowhere.

    `passages` is what articles are compared by: kept in a record, but no finding, and so no part of the published contract, nor
    of what makes two readings equal.
    """

    article: Article
    actors: tuple[Actor, ...] = ()
    dates: tuple[When, ...] = ()
    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()
    places: tuple[Place, ...] = ()
    passages: tuple[Passage, ...] = field(default=(), compare=False, repr=False)

    def __post_init__(self) -> None:
        length = len(self.article.text)
        for finding, span in self._spans():
            if span.end > length:
                raise GroundingError(f"{finding} ends at {span.end}, beyond the {length} characters of its article")
        known = {
            "actor": _ids(self.actors), "date": _ids(self.dates), "statement": _ids(self.statements),
            "event": _ids(self.events), "place": _ids(self.places),
        }  # fmt: skip
        for finding, kind, reference in self._references():
            if reference not in known[kind]:
                raise GroundingError(f"{finding} refers to {kind} {reference!r}, which is not in the reading")

    def _spans(self) -> Iterator[tuple[str, Span]]:
        for actor in self.actors:
            yield from ((actor.id, span) for span in actor.mentions)
        for when in self.dates:
            yield when.id, when.span
        for statement in self.statements:
            own = tuple(span for span in (statement.source_span, statement.medium) if span)
            yield from ((statement.id, span) for span in (*statement.cue, *statement.content, *own))
        for event in self.events:
            told = (*event.mentions, *(count.span for count in event.counts), *(span for _, span in event.evidence))
            yield from ((event.id, span) for span in (event.sentence, *told))
        for place in self.places:
            yield from ((place.id, span) for span in place.mentions)
        for number, passage in enumerate(self.passages):
            told = (passage.sentence, *passage.trigger, *passage.words, *passage.subjects, *passage.objects)
            yield from ((f"passage {number}", span) for span in told)

    def _references(self) -> Iterator[tuple[str, str, str]]:
        for statement in self.statements:
            yield from ((statement.id, "actor", source) for source in statement.sources)
            if statement.date:
                yield statement.id, "date", statement.date
            for other in (statement.within, statement.denies):
                if other:
                    yield statement.id, "statement", other
        for event in self.events:
            yield from ((event.id, "actor", actor) for actor in (*event.actors, *event.recipients))
            yield from ((event.id, "statement", s) for s in (*event.according_to, *event.denied_by))
            if event.date:
                yield event.id, "date", event.date
            if event.place:
                yield event.id, "place", event.place

    def actor(self, id: str) -> Actor:
        """The actor of that id. Raises KeyError where there is none."""
        return _by_id(self.actors, id)

    def statement(self, id: str) -> Statement:
        return _by_id(self.statements, id)

    def date(self, id: str) -> When:
        return _by_id(self.dates, id)

    def place(self, id: str) -> Place:
        return _by_id(self.places, id)

    def to_dict(self) -> dict[str, Any]:
        """The reading in the published contract: what `dragoman read --format jsonl` prints, one a line."""
        return {
            "article": self.article.to_dict(),
            "actors": [actor.to_dict() for actor in self.actors],
            "dates": [when.to_dict() for when in self.dates],
            "places": [place.to_dict() for place in self.places],
            "statements": [statement.to_dict() for statement in self.statements],
            "events": [event.to_dict() for event in self.events],
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """The inverse of `to_dict`. Raises GroundingError or KeyError for what is no reading."""
        return cls(
            article=Article.from_dict(data["article"]),
            actors=tuple(Actor.from_dict(x) for x in data["actors"]),
            dates=tuple(When.from_dict(x) for x in data["dates"]),
            places=tuple(Place.from_dict(x) for x in data.get("places") or ()),
            statements=tuple(Statement.from_dict(x) for x in data["statements"]),
            events=tuple(Event.from_dict(x) for x in data["events"]),
        )

    def to_pandas(self) -> pandas.DataFrame:
        """One row an event, with names, codes and words in place of ids; of each number that it tells (`killed`, `injured`,
        `arrested`, `crowd`) the best figure and its bounds. Needs pandas (extra `pandas`)."""
        try:
            import pandas
        except ModuleNotFoundError:
            raise ModuleNotFoundError("pandas is wanted: pip install 'dragoman[pandas]'", name="pandas") from None

        text = self.article.text

        def names(ids: Iterable[str]) -> str:
            return "; ".join(self.actor(id).name for id in ids)

        def codes(ids: Iterable[str]) -> str:
            return "; ".join(self.actor(id).code for id in ids)

        def sources(ids: Iterable[str]) -> str:
            found = (self.statement(id) for id in ids)
            return "; ".join(
                self.actor(s.source).name if s.source else s.source_span.of(text) if s.source_span else "unnamed"
                for s in found
            )

        events = self.events
        places = [self.place(e.place) if e.place else None for e in events]
        frame = pandas.DataFrame({
            "article": [self.article.id for _ in events], "event": [e.id for e in events],
            "type": [e.type for e in events], "modes": ["; ".join(e.modes) for e in events],
            "contexts": ["; ".join(e.contexts) for e in events],
            "actors": [names(e.actors) for e in events], "actor_codes": [codes(e.actors) for e in events],
            "recipients": [names(e.recipients) for e in events], "recipient_codes": [codes(e.recipients) for e in events],
            "date": [self.date(e.date).value if e.date else None for e in events],
            "place": [place and place.name for place in places],
            "place_country": [place and place.country for place in places],
            "latitude": [place and place.latitude for place in places],
            "longitude": [place and place.longitude for place in places],
            "trigger": [e.trigger.of(text) for e in events], "polarity": [e.polarity for e in events],
            "certainty": [e.certainty for e in events], "time": [e.time for e in events],
            "background": [e.background for e in events], "according_to": [sources(e.according_to) for e in events],
            "denied_by": [sources(e.denied_by) for e in events], "quad": [e.quad for e in events],
            "score": [e.score for e in events], "rule": [e.rule for e in events],
            "sentence": [e.sentence.of(text) for e in events],
        })  # fmt: skip
        for of in get_args(Counted):
            told = [next((count for count in e.counts if count.of == of), None) for e in events]
            frame[of] = pandas.array([count and count.best for count in told], dtype="Int64")
            frame[f"{of}_low"] = pandas.array([count and count.low for count in told], dtype="Int64")
            frame[f"{of}_high"] = pandas.array([count and count.high for count in told], dtype="Int64")
        return frame

    def _repr_html_(self) -> str:
        """The view in a notebook: the text with its findings, and the events beside it."""
        from dragoman.show.page import fragment

        return fragment(self)


def _spans(pairs: Sequence[Sequence[int]]) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in pairs)


def _lists(spans: Iterable[Span]) -> list[list[int]]:
    return [span.to_list() for span in spans]


def _ids(findings: Iterable[Any]) -> set[str]:
    return {cast(str, finding.id) for finding in findings}


_Finding = TypeVar("_Finding", Actor, When, Statement, Place)


def _by_id(findings: Iterable[_Finding], id: str) -> _Finding:
    for finding in findings:
        if finding.id == id:
            return finding
    raise KeyError(id)
