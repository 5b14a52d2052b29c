"""Days that an article tells later than the event: "Macron met Scholz. The talks took place on Monday."

In: events with all their mentions, the dates of the article, its scenes. Out: the events, those without a day of their own
given the one that a noun which takes them up has. A noun of other days, or of what is still to come, is no mention after all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dragoman.extract.eventclauses import EventClauses
from dragoman.extract.eventdates import EventDates
from dragoman.extract.scenes import Scene
from dragoman.parse.clauses import Clause
from dragoman.records import Event, Interval, Span, When


def with_later_days(
    events: Sequence[Event], dates: Sequence[When], known: EventDates, scenes: Sequence[Scene]
) -> tuple[Event, ...]:
    """The events with the days that their later mentions tell."""
    clauses = EventClauses(scenes)
    by_id = {when.id: when for when in dates}
    return tuple(_told_later(event, by_id, known, clauses) if len(event.mentions) > 1 else event for event in events)


def _told_later(event: Event, dates: dict[str, When], known: EventDates, clauses: EventClauses) -> Event:
    when = dates[event.date] if event.date else None
    kept: list[Span] = []
    for mention in event.mentions:
        found = clauses.clause_at(mention) if mention != event.trigger else None
        if found is None:
            kept.append(mention)
            continue
        scene, clause = found
        told = known.of(clause, scene)
        if clause.kind == "noun" and (_is_another(clause, scene, event) or not _may_be_one(told, when)):
            continue
        kept.append(mention)
        if told is not None and told.interval is not None and (when is None or when.anchor == "story"):
            when = told
    if when is None or when.id == event.date:
        return replace(event, mentions=tuple(kept))
    return replace(event, mentions=tuple(kept), date=when.id, background=event.background or known.lies_back(when))


def _is_another(clause: Clause, scene: Scene, event: Event) -> bool:
    """Whether a noun names one more, or one that is still to come: "the next talks", "the talks will be held"."""
    above = scene.clauses[clause.parent] if clause.parent is not None else clause
    to_come = event.time == "past" and "future" in (clause.tense, above.tense)
    return to_come or bool(clause.companions & scene.grammar.further_words)


def _may_be_one(told: When | None, when: When | None) -> bool:
    """Whether two dates may be of one event: one is unknown or only the story's, or they share a day."""
    if told is None or when is None or when.anchor == "story":
        return True
    return _meet(told.interval, when.interval)


def _meet(one: Interval | None, other: Interval | None) -> bool:
    return one is None or other is None or (one.start <= other.end and other.start <= one.end)
