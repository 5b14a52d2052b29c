"""The part of an article that is compared with others: its head.

In: a reading. Out: the reading of its first characters, with the first of its findings. What an article is about stands at its
head; a book of a hundred thousand words must not take minutes to find its story.
"""

from __future__ import annotations

import itertools
from dataclasses import replace

from dragoman.records import Event, Reading, Span, Statement

LONGEST = 20_000  # characters
EVENTS = 120
STATEMENTS = 160
PASSAGES = 600


def head_of(reading: Reading) -> Reading:
    """The reading itself where it is short, else that of its head. A finding that leads beyond it is left out whole."""
    if (
        len(reading.article.text) <= LONGEST and len(reading.events) <= EVENTS
        and len(reading.statements) <= STATEMENTS and len(reading.passages) <= PASSAGES
    ):  # fmt: skip
        return reading
    actors = tuple(
        replace(actor, mentions=kept)
        for actor in reading.actors
        if (kept := tuple(mention for mention in actor.mentions if _within(mention)))
    )
    dates = tuple(when for when in reading.dates if _within(when.span))
    places = tuple(
        replace(place, mentions=kept)
        for place in reading.places
        if (kept := tuple(mention for mention in place.mentions if _within(mention)))
    )
    known = {finding.id for finding in (*actors, *dates, *places)}
    statements: dict[str, Statement] = {}
    for one in reading.statements:
        spans = (*one.cue, *one.content, *filter(None, (one.source_span, one.medium)))
        if len(statements) < STATEMENTS and all(map(_within, spans)) and known.issuperset(one.sources):
            statements[one.id] = one
    told = tuple(
        replace(
            one, date=one.date if one.date in known else None, within=one.within if one.within in statements else None,
            denies=one.denies if one.denies in statements else None,
        )
        for one in statements.values()
    )  # fmt: skip
    events = [event for event in reading.events if _holds(event, known | statements.keys())][:EVENTS]
    article = replace(reading.article, text=reading.article.text[:LONGEST])
    kept = itertools.takewhile(lambda passage: _within(passage.sentence), reading.passages)
    passages = tuple(itertools.islice(kept, PASSAGES))
    return Reading(article, actors, dates, told, tuple(map(_cut, events)), places, passages)


def _within(span: Span) -> bool:
    return span.end <= LONGEST


def _holds(event: Event, known: set[str]) -> bool:
    """Whether all that an event needs to be understood is at hand: who has a part in it, and who tells or denies it."""
    needed = (*event.actors, *event.recipients, *event.according_to, *event.denied_by)
    return _within(event.sentence) and known.issuperset(needed) and {event.date, event.place} <= known | {None}


def _cut(event: Event) -> Event:
    """An event without what of it lies further down."""
    return replace(
        event, mentions=tuple(filter(_within, event.mentions)),
        counts=tuple(count for count in event.counts if _within(count.span)),
        evidence=tuple((name, span) for name, span in event.evidence if _within(span)),
    )  # fmt: skip
