"""One event once: what headline, lead and later sentences tell of the same happening becomes one event with all its mentions.

In: the events of an article in text order, scenes, statements, dates, places, the rulebook. Out: the events, merged and
numbered anew. Two are one only where nothing speaks against it (type, reality, who tells it, parties, day, place, numbers)
and something for it: the same word, a definite noun that takes the event up ("the call"), or a headline. What different
parties tell stays apart, for it may differ.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from dragoman.extract.actors import Cast
from dragoman.extract.eventclauses import EventClauses
from dragoman.extract.rules import Rulebook
from dragoman.extract.scenes import Scene
from dragoman.parse.clauses import Clause
from dragoman.parse.relations import is_definite
from dragoman.records import Actor, Event, Interval, Place, Span, Statement, When

BACK = 40  # events back that a later one may mean
TAKEN_UP_WITHIN = 8  # sentences from an event to a noun that takes it up
LEAD = 3  # sentences in which a headline is told again


@dataclass(frozen=True)
class _Told:
    """An event with where it stands, who tells it, and its parties: a government and its state are one."""

    event: Event
    scene: Scene
    clause: Clause
    tellers: frozenset[str]
    actors: frozenset[str]
    recipients: frozenset[str]


def merged(
    events: Sequence[Event],
    scenes: Sequence[Scene],
    cast_: Cast,
    statements: Sequence[Statement],
    dates: Sequence[When],
    places: Sequence[Place],
    rulebook: Rulebook,
) -> tuple[Event, ...]:
    """The events, those that are one merged into the first, with the nouns that take them up among their mentions."""
    clauses = EventClauses(scenes)
    parties = {actor.id: _party(actor) for actor in cast_.actors}
    tellers = {statement.id: frozenset(statement.sources or (statement.id,)) for statement in statements}
    days = {when.id: when.interval for when in dates}
    lands = {place.id: place for place in places}
    kept: list[_Told | Event] = []
    for event in events:
        found = clauses.clause_at(event.trigger)
        if found is None:
            kept.append(event)
            continue
        told = _Told(
            event,
            *found,
            frozenset(t for id in event.according_to for t in tellers[id]),
            frozenset(parties[id] for id in event.actors),
            frozenset(parties[id] for id in event.recipients),
        )
        same = next((at for at in _recent(kept) if _are_one(kept[at], told, days, lands)), None)
        if same is None:
            kept.append(told)
        else:
            first = kept[same]
            assert isinstance(first, _Told)
            kept[same] = replace(
                first,
                event=_joined(first.event, event),
                actors=max(first.actors, told.actors, key=len),
                recipients=max(first.recipients, told.recipients, key=len),
            )
    known = [item for item in kept if isinstance(item, _Told)]
    taken = _taken_up(known, scenes, cast_, rulebook)
    out = [item.event if isinstance(item, _Told) else item for item in kept]
    return tuple(
        replace(event, id=f"e{number}", mentions=tuple(sorted({*event.mentions, *taken.get(event.id, ())})))
        for number, event in enumerate(out, 1)
    )


def _recent(kept: Sequence[object]) -> Iterator[int]:
    yield from range(len(kept) - 1, max(-1, len(kept) - 1 - BACK), -1)


def _are_one(
    first: _Told | Event, then: _Told, days: Mapping[str, Interval | None], places: Mapping[str, Place]
) -> bool:
    if not isinstance(first, _Told) or first.scene.number == then.scene.number:
        return False
    one, other = first.event, then.event
    alike = (
        one.type == other.type
        and (one.polarity, one.certainty) == (other.polarity, other.certainty)
        and (one.time == other.time or {one.time, other.time} == {"past", "present"})
        and first.tellers == then.tellers
        and bool(one.denied_by) == bool(other.denied_by)
        and (not one.modes or not other.modes or not set(one.modes).isdisjoint(other.modes))
    )
    return (
        alike
        and _parties_fit(first, then)
        and _days_fit(one, other, days)
        and _places_fit(one, other, places)
        and _counts_fit(one, other)
        and _is_taken_up(first, then)
    )


def _party(actor: Actor) -> str:
    """What makes two mentions one party: the state for itself, its government and its forces, else the actor."""
    governs = actor.kind == "state" or actor.sectors[:1] in (("GOV",), ("MIL",))
    return actor.country if governs and actor.country else actor.id


def _parties_fit(one: _Told, other: _Told) -> bool:
    """Whether one's parties are among the other's, role by role, and they share one."""

    def nested(left: AbstractSet[str], right: AbstractSet[str]) -> bool:
        return left <= right or right <= left

    shared = (one.actors | one.recipients) & (other.actors | other.recipients)
    return bool(shared) and nested(one.actors, other.actors) and nested(one.recipients, other.recipients)


def _days_fit(one: Event, other: Event, days: Mapping[str, Interval | None]) -> bool:
    first, second = (days.get(event.date) if event.date else None for event in (one, other))
    return first is None or second is None or (first.start <= second.end and second.start <= first.end)


def _places_fit(one: Event, other: Event, places: Mapping[str, Place]) -> bool:
    """The same place, none known of one of them, or a country and a city in it."""
    if one.place is None or other.place is None or one.place == other.place:
        return True
    first, second = places[one.place], places[other.place]
    return first.country == second.country is not None and (first.geonames is None or second.geonames is None)


def _counts_fit(one: Event, other: Event) -> bool:
    told = {count.of: (count.low, count.best, count.high) for count in one.counts}
    return all(told.get(c.of, (c.low, c.best, c.high)) == (c.low, c.best, c.high) for c in other.counts)


def _is_taken_up(first: _Told, then: _Told) -> bool:
    """Whether something says that it is the same one, and nothing that it is one more."""
    if then.clause.companions & then.scene.grammar.further_words:
        return False
    if then.clause.kind == "noun" and is_definite(then.scene.sentence, then.clause.head):
        return True
    if first.scene.number == 0 and then.scene.number < LEAD:
        return True
    return first.clause.predicate == then.clause.predicate


def _joined(first: Event, then: Event) -> Event:
    """The first event with what only the later mention tells."""
    evidence = {**dict(then.evidence), **dict(first.evidence)}
    told = {count.of for count in first.counts}
    return replace(
        first,
        actors=first.actors if len(first.actors) >= len(then.actors) else then.actors,
        recipients=first.recipients if len(first.recipients) >= len(then.recipients) else then.recipients,
        contexts=tuple(dict.fromkeys((*first.contexts, *then.contexts))),
        date=first.date or then.date,
        place=first.place or then.place,
        counts=(*first.counts, *(count for count in then.counts if count.of not in told)),
        background=first.background and then.background,
        mentions=tuple(sorted({*first.mentions, *then.mentions})),
        evidence=tuple(evidence.items()),
    )


def _taken_up(
    known: Sequence[_Told], scenes: Sequence[Scene], cast_: Cast, rulebook: Rulebook
) -> dict[str, list[Span]]:
    """Definite nouns without parties of their own, by the event that they take up: "the call lasted an hour"."""
    named = {span for told in known for span in told.event.mentions}
    taken: dict[str, list[Span]] = {}
    last: dict[str, _Told] = {}
    waiting = sorted(known, key=lambda told: told.event.trigger.start)
    at = 0
    for scene in scenes:
        for clause in scene.clauses:
            word = scene.sentence[clause.head]
            while at < len(waiting) and waiting[at].event.trigger.start < word.start:
                last[waiting[at].event.type] = waiting[at]
                at += 1
            span = Span(word.start, word.end)
            if clause.kind != "noun" or not is_definite(scene.sentence, clause.head):
                continue
            if any(span.overlaps(other) for other in named) or cast_.inside(scene.number, clause.words):
                continue
            types = dict.fromkeys(entry.rule.event for entry in rulebook.entries("noun", clause.predicate))
            told = next((last[name] for name in types if name in last), None)
            if told is not None and 0 < scene.number - told.scene.number <= TAKEN_UP_WITHIN:
                taken.setdefault(told.event.id, []).append(span)
    return taken
