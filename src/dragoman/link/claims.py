"""What an article tells: each event, each statement and each passage once, with who says what of it.

In: the readings of a story. Out: `Claim`s. A claim is an event; or what a source says that no event type covers; or a passage in
which no event was found (passages.py), which counts only where another article has the same as an event or a statement.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dragoman.link.hints import types_hinted
from dragoman.link.marks import Marks
from dragoman.link.passages import of_sentences, of_statements, of_words
from dragoman.link.records import Teller
from dragoman.link.told import Claim, codes_of, parties_of
from dragoman.link.voices import Voices
from dragoman.link.words import stems_in
from dragoman.records import Event, Reading, Span


def claims_of(reading: Reading, voice: Teller, non_state: frozenset[str]) -> list[Claim]:
    """The claims of an article in the order of their words. `voice`: who speaks where the article does so itself."""
    voices = Voices(reading, voice, non_state)
    marks = Marks(reading)
    found = [*_of_events(reading, voices, marks)]
    words = [*of_words(reading, voices, marks)]
    found += of_statements(reading, voices, marks, [claim.trigger for claim in found], words)
    covered = [claim.trigger for claim in found] + [claim.sentence for claim in found if claim.kind == "event"]
    covered += [cue for statement in reading.statements for cue in statement.cue if statement.stance == "deny"]
    found += [*of_sentences(reading, voices, marks, covered, words), *words]
    return sorted(found, key=lambda claim: (claim.trigger, claim.key))


def _of_events(reading: Reading, voices: Voices, marks: Marks) -> Iterator[Claim]:
    article = reading.article
    dates = {when.id: when.interval for when in reading.dates}
    places = {place.id: place for place in reading.places}
    told = [event for event in reading.events if event.time != "habitual" and event.certainty != "unknown"]
    for event in told:
        span = _stretch(event, told)
        actors, recipients = ([*map(voices.actor, ids)] for ids in (event.actors, event.recipients))
        yield Claim(
            kind="event", article=article, key=event.id, type=event.type,
            hints=types_hinted(span.of(article.text), article.language), score=event.score, quad=event.quad,
            modes=frozenset(event.modes), actors=parties_of(actors), recipients=parties_of(recipients),
            codes=(codes_of(actors), codes_of(recipients)), when=dates.get(event.date or ""),
            place=places.get(event.place or ""), background=event.background, negated=False, trigger=event.trigger,
            sentence=event.sentence, heads=marks.heads(event.trigger), stems=stems_in(span.of(article.text), article.language),
            marks=marks.of(span), voices=tuple(voices.of_event(event)),
            denials=frozenset(event.denied_by),
        )  # fmt: skip


def _stretch(event: Event, told: Iterable[Event]) -> Span:
    """The part of its sentence that an event is told in: up to the next event's words, and from the one before on."""
    others = [other.trigger for other in told if event.sentence.covers(other.trigger) and other is not event]
    start = max((o.end for o in others if o.end <= event.trigger.start), default=event.sentence.start)
    end = min((o.start for o in others if o.start >= event.trigger.end), default=event.sentence.end)
    return Span(start, end)
