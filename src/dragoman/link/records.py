"""The types of what many articles tell together: stories, occurrences, accounts.

In: nothing. Out: frozen records, the counterpart of `dragoman.records` for more than one article. Whatever is said here
points at an article and at characters of its text.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Self

from dragoman.records import Interval, Span

Cell = Literal["asserts", "denies", "hedges", "silent"]
Status = Literal["uncontested", "single-sourced", "contested", "denied", "alleged", "withdrawn", "confirmed later"]
TellerKind = Literal["outlet", "source"]


@dataclass(frozen=True, slots=True)
class Teller:
    """Who tells: an outlet in its own voice, or a source that statements name.

    `id` is "outlet:NAME" for an outlet; for a source its country and sector ("RUS GOV": a government with its leader,
    ministries and readouts is one teller), or "name:NAME" where these are not known.
    """

    id: str
    name: str
    kind: TellerKind

    def to_dict(self) -> dict[str, Any]:
        return {"id": self.id, "name": self.name, "kind": self.kind}


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of an article. `event` and `statement` are ids within that article's reading, where the words are theirs."""

    article: str
    span: Span
    words: str
    event: str | None = None
    statement: str | None = None

    def to_dict(self) -> dict[str, Any]:
        return {
            "article": self.article, "span": self.span.to_list(), "words": self.words, "event": self.event,
            "statement": self.statement,
        }  # fmt: skip

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        return cls(data["article"], Span(*data["span"]), data["words"], data.get("event"), data.get("statement"))


@dataclass(frozen=True, slots=True)
class Telling:
    """What one teller says of one occurrence: a cell of the matrix.

    `since` is the first day of publication of an article that has it so, where that is known; `cites`: whose telling the
    teller passes on without making it its own; `history` every stance it took, with the day, the oldest first.
    """

    teller: str
    stance: Cell
    evidence: tuple[Evidence, ...] = ()
    since: datetime.date | None = None
    cites: tuple[str, ...] = ()
    history: tuple[tuple[datetime.date | None, Cell], ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return {
            "teller": self.teller, "stance": self.stance, "since": self.since.isoformat() if self.since else None,
            "cites": list(self.cites), "evidence": [evidence.to_dict() for evidence in self.evidence],
            "history": [{"day": day.isoformat() if day else None, "stance": stance} for day, stance in self.history],
        }  # fmt: skip

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        return cls(
            data["teller"], data["stance"], tuple(Evidence.from_dict(one) for one in data["evidence"]),
            _day(data["since"]), tuple(data["cites"]),
            tuple((_day(one["day"]), one["stance"]) for one in data["history"]),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One happening in the world, as the articles of a story tell it.

    `type` is None for a claim: something that is said and that no event type covers. `events` are (article, event) pairs, or
    (article, statement) pairs for a claim. `actors` and `recipients` are codes or names; `when` and `place` what all that
    tell them agree on. `tellings` are of those who say something of it; whoever is not there is silent.
    """

    id: str
    type: str | None
    title: str
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    events: tuple[tuple[str, str], ...]
    tellings: tuple[Telling, ...]
    status: Status
    modes: tuple[str, ...] = ()
    when: Interval | None = None
    place: str | None = None
    quad: str | None = None
    score: float | None = None

    def telling(self, teller: str) -> Telling:
        """What a teller says of it; silence where nothing is known."""
        return next((one for one in self.tellings if one.teller == teller), Telling(teller, "silent"))

    def to_dict(self) -> dict[str, Any]:
        return {
            "id": self.id, "type": self.type, "title": self.title, "modes": list(self.modes),
            "actors": list(self.actors), "recipients": list(self.recipients),
            "when": self.when.to_dict() if self.when else None, "place": self.place, "quad": self.quad,
            "score": self.score, "status": self.status, "events": [list(pair) for pair in self.events],
            "tellings": [telling.to_dict() for telling in self.tellings],
        }  # fmt: skip

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        return cls(
            id=data["id"], type=data["type"], title=data["title"], actors=tuple(data["actors"]),
            recipients=tuple(data["recipients"]), events=tuple((article, event) for article, event in data["events"]),
            tellings=tuple(Telling.from_dict(one) for one in data["tellings"]), status=data["status"],
            modes=tuple(data["modes"]), when=Interval.from_dict(data["when"]) if data["when"] else None,
            place=data["place"], quad=data["quad"], score=data["score"],
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Account:
    """One teller's version of a story: what it says of each occurrence, in the order of the story's occurrences."""

    teller: Teller
    tellings: tuple[tuple[str, Telling], ...]

    def of(self, occurrence: str) -> Telling:
        return next((telling for id, telling in self.tellings if id == occurrence), Telling(self.teller.id, "silent"))

    def to_dict(self) -> dict[str, Any]:
        return {
            "teller": self.teller.to_dict(),
            "tellings": [{"occurrence": id, **telling.to_dict()} for id, telling in self.tellings],
        }


@dataclass(frozen=True, slots=True)
class Membership:
    """An article of a story: how alike it is to the story's first report, and the features that both share.

    `voice` is who speaks where the article does so itself, `copy_of` the article that this one is a copy of: both are one
    source. `via` is the article by way of which it belongs here, where the first report alone would not do.
    """

    article: str
    outlet: str | None
    language: str
    title: str | None
    published: Interval | None
    likeness: float
    voice: Teller
    shared: tuple[str, ...] = ()
    copy_of: str | None = None
    via: str | None = None

    def to_dict(self) -> dict[str, Any]:
        return {
            "article": self.article, "outlet": self.outlet, "language": self.language, "title": self.title,
            "published": self.published.to_dict() if self.published else None, "likeness": round(self.likeness, 3),
            "voice": self.voice.id, "shared": list(self.shared), "copy_of": self.copy_of, "via": self.via,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Story:
    """The articles that report the same happening, what they tell, and who tells it. `id` is its first report's."""

    id: str
    title: str
    articles: tuple[Membership, ...]
    occurrences: tuple[Occurrence, ...] = ()
    tellers: tuple[Teller, ...] = ()
    start: datetime.date | None = None
    end: datetime.date | None = None
    parties: tuple[str, ...] = field(default=())

    @property
    def accounts(self) -> tuple[Account, ...]:
        """One for each teller."""
        return tuple(
            Account(teller, tuple((one.id, one.telling(teller.id)) for one in self.occurrences))
            for teller in self.tellers
        )

    def account(self, teller: str) -> Account:
        """The account of a teller, by id or name. Raises KeyError where nobody of the story is called so."""
        for account in self.accounts:
            if teller.casefold() in (account.teller.id.casefold(), account.teller.name.casefold()):
                return account
        raise KeyError(teller)

    def occurrence(self, id: str) -> Occurrence:
        for one in self.occurrences:
            if one.id == id:
                return one
        raise KeyError(id)

    def to_dict(self) -> dict[str, Any]:
        return {
            "id": self.id, "title": self.title, "start": self.start.isoformat() if self.start else None,
            "end": self.end.isoformat() if self.end else None, "parties": list(self.parties),
            "articles": [article.to_dict() for article in self.articles],
            "tellers": [teller.to_dict() for teller in self.tellers],
            "occurrences": [occurrence.to_dict() for occurrence in self.occurrences],
        }  # fmt: skip


def _day(value: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(value) if value else None
