"""What the parts of an article say that is the same in every language.

In: a reading. Out: for any span of its text, the names, numbers, days, places, countries and concepts in it, and the parties.
"""

from __future__ import annotations

from dragoman.link.concepts import concepts_in
from dragoman.link.words import names_in, numbers_in, numerals_in, stems_in
from dragoman.records import Actor, Interval, Reading, Span
from dragoman.text.folding import fold

CONCEPT = "concept "


class Marks:
    """The marks of one article."""

    def __init__(self, reading: Reading) -> None:
        self._text = reading.article.text
        self._language = reading.article.language
        self._actors = reading.actors
        self._dates = reading.dates
        self._marked: list[tuple[Span, str]] = []
        for actor in reading.actors:
            name = fold(actor.name).strip().rpartition(" ")[2]
            of = actor.country if actor.kind == "state" or "GOV" in actor.sectors else None
            self._marked += [(mention, of or name) for mention in actor.mentions]
            if of and actor.kind == "person":
                self._marked += [(mention, name) for mention in actor.mentions]
        for when in reading.dates:
            if when.interval and when.interval.day:
                self._marked.append((when.span, when.interval.day.isoformat()))
        for place in reading.places:
            self._marked += [(mention, f"place {place.geonames}") for mention in place.mentions if place.geonames]

    def of(self, span: Span) -> frozenset[str]:
        """What tells a span from others in any language."""
        words = span.of(self._text)
        numerals = numerals_in(words, self._language)
        within = [(marked, mark) for marked, mark in self._marked if span.covers(marked)]
        concepts = frozenset(f"{CONCEPT}{name}" for name in concepts_in(words, self._language))
        for marked, _ in within:
            start, end = marked.start - span.start, marked.end - span.start
            words = words[:start] + "." * (end - start) + words[end:]
        return frozenset(mark for _, mark in within) | names_in(words) | numbers_in(words) | numerals | concepts

    def heads(self, span: Span) -> frozenset[str]:
        """The stems and the concepts of words that name an event."""
        words = span.of(self._text)
        concepts = frozenset(f"{CONCEPT}{name}" for name in concepts_in(words, self._language))
        return concepts | stems_in(words, self._language)

    def parties(self, span: Span) -> list[Actor]:
        """Who is mentioned in it."""
        return [actor for actor in self._actors if any(span.covers(mention) for mention in actor.mentions)]

    def day(self, span: Span) -> Interval | None:
        """The day that is told in it, where it is only one."""
        told = {when.interval for when in self._dates if when.interval and when.interval.day and span.covers(when.span)}
        return next(iter(told)) if len(told) == 1 else None

    def names(self, span: Span) -> bool:
        """Whether a span is part of what somebody or a day is called."""
        called = (mention for actor in self._actors for mention in actor.mentions)
        return any(mention.overlaps(span) for mention in (*called, *(when.span for when in self._dates)))
