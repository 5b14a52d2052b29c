"""What can be asked of a record.

In: values as a user writes them. Out: a `Question`, checked; query.py answers it. Everything that is given must hold.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, get_args

from dragoman import ontology
from dragoman.records import Certainty, Polarity, Stance, Time
from dragoman.store.errors import QuestionError
from dragoman.text import parse_date
from dragoman.world.countries import read_countries

OWN_VOICE = "outlet"  # --according-to: told by the outlet itself
ANONYMOUS = "anonymous"  # --according-to: told by somebody of whom nothing tells who it is
SORTS = ("date", "oldest", "score", "type", "added")


@dataclass(frozen=True, slots=True)
class Party:
    """Whom a question is about: a country or PLOVER code, a sector, both, or words of a name."""

    country: str | None = None
    sector: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """What must hold of each row. Of several values of one field, one must hold.

    `since` and `until` bound the days on which something certainly happened: an event of "June" lies within June only.
    """

    between: tuple[Party, Party] | None = None
    party: Party | None = None
    actor: Party | None = None
    recipient: Party | None = None
    type: tuple[str, ...] = ()
    mode: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    place: str | None = None
    since: datetime.date | None = None
    until: datetime.date | None = None
    according_to: Party | str | None = None
    denied: bool | None = None
    denied_by: Party | None = None
    certainty: tuple[str, ...] = ()
    polarity: tuple[str, ...] = ()
    time: tuple[str, ...] = ()
    facts: bool = False
    stance: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    outlet: tuple[str, ...] = ()
    text: str | None = None
    article: tuple[str, ...] = ()
    independent: bool = False
    confirmed: bool = False
    sort: str = "date"
    limit: int | None = None

    @property
    def about_events(self) -> bool:
        """Whether something is said of events, and not of articles or statements alone."""
        return bool(
            self.between or self.party or self.place or self.recipient or self.type or self.mode or self.context or self.denied is not None
            or self.denied_by or self.certainty or self.time or self.facts
        )  # fmt: skip


def question(**asked: Any) -> Question:
    """A question from values as users write them: strings, or lists of them where several may hold; dates as
    "2022-06-15", "2022-06", "2022" or dates. Raises QuestionError where one cannot be understood."""
    values = {name.rstrip("_"): value for name, value in asked.items() if value not in (None, (), [])}
    values = {{"from": "since", "to": "until"}.get(name, name): value for name, value in values.items()}
    made: dict[str, Any] = {}
    for name, value in values.items():
        if name not in Question.__slots__:
            raise QuestionError(f"no such question: {name}; one of {', '.join(Question.__slots__)}")
        made[name] = _value(name, value)
    found = Question(**made)
    if found.since and found.until and found.until < found.since:
        raise QuestionError(f"from {found.since} to {found.until}: ends before it begins")
    return found


def _value(name: str, value: Any) -> Any:
    if name == "between":
        pair = value.split() if isinstance(value, str) else list(value)
        if len(pair) != 2:
            raise QuestionError(f"between {value!r}: name two, such as CHN RUS")
        return tuple(map(party, pair))
    if name in ("party", "actor", "recipient", "denied_by"):
        return party(value)
    if name == "according_to":
        return value if value in (OWN_VOICE, ANONYMOUS) else party(value)
    if name in ("since", "until"):
        return _day(value, end=name == "until")
    if name == "place":
        if not isinstance(value, str) or not value.strip():
            raise QuestionError(f"place {value!r}: a country's code, a place's name, or latitude,longitude is wanted")
        return value.strip()
    if name == "sort":
        return _one_of("sort", value, SORTS)
    if name == "limit":
        if not isinstance(value, int) or value < 1:
            raise QuestionError(f"limit {value!r}: a whole number from 1")
        return value
    if name in ("denied", "facts", "independent", "confirmed"):
        if not isinstance(value, bool):
            raise QuestionError(f"{name} {value!r}: True or False is wanted")
        return value
    if name == "text":
        return _one_of(name, value, ())
    values = (value,) if isinstance(value, str) else tuple(value)
    return tuple(_one_of(name, one, _known(name)) for one in values)


def _known(name: str) -> Sequence[str]:
    """The values that a field may have; none where any may."""
    codebook = ontology.load()
    known: dict[str, Sequence[str]] = {
        "type": sorted(codebook.types),
        "mode": sorted({mode for facts in codebook.types.values() for mode in facts.modes}),
        "context": sorted(codebook.contexts),
        "certainty": get_args(Certainty), "polarity": get_args(Polarity), "time": get_args(Time),
        "stance": get_args(Stance),
    }  # fmt: skip
    return known.get(name, ())


def _one_of(name: str, value: Any, known: Sequence[str]) -> str:
    if not isinstance(value, str) or not value.strip():
        raise QuestionError(f"{name} {value!r}: words are wanted")
    if not known:
        return value
    for one in known:
        if one.casefold() == value.casefold():
            return one
    raise QuestionError(f"{name} {value!r}: one of {', '.join(known)}")


def party(words: Any) -> Party:
    """Whom words mean: "CHN", "CHN GOV", "REB" are codes, also in small letters; anything else is part of a name."""
    if isinstance(words, Party):
        return words
    if not isinstance(words, str) or not words.strip():
        raise QuestionError(f"actor {words!r}: a code such as CHN or CHN GOV, or words of a name, are wanted")
    codebook = ontology.load()
    first, *rest = (words.upper() if words.islower() else words).split()
    if first in codebook.sectors and not rest:
        return Party(sector=first)
    if first in read_countries() or first in codebook.non_state:
        if not rest:
            return Party(country=first)
        if rest[0] in codebook.sectors and len(rest) == 1:
            return Party(country=first, sector=rest[0])
    return Party(name=words)


def _day(value: Any, *, end: bool) -> datetime.date:
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    if not isinstance(value, str):
        raise QuestionError(f"date {value!r}: write 2022-06-15, 2022-06 or 2022")
    try:
        interval = parse_date(value)
    except ValueError as problem:
        raise QuestionError(str(problem)) from None
    return interval.end if end else interval.start
