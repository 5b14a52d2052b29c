"""What an article tells: each event, each statement and each passage once, with who says what of it.

In: the reading of an article of a story, and who speaks in it. Out: `Claim`s. A claim is an event; or the passage that a statement
opens with, which is what a source says that no event type covers; or another passage, which counts only where another article
has the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from dragoman.link.records import Teller
from dragoman.link.told import Claim, codes_of, parties_of
from dragoman.link.traits import Traits, TraitsOf, party_of
from dragoman.link.voices import Voices, around
from dragoman.records import Event, Passage, Reading, Span


def claims_of(reading: Reading, voice: Teller, non_state: frozenset[str]) -> list[Claim]:
    """The claims of an article in the order of their words. `voice`: who speaks where the article does so itself."""
    voices = Voices(reading, voice, non_state)
    traits = TraitsOf(reading)
    events = [event for event in reading.events if event.time != "habitual" and event.certainty != "unknown"]
    mentions = [mention for event in events for mention in event.mentions]
    found = [_of_event(event, reading, voices, traits) for event in events]
    opened: set[str] = set()
    for number, passage in enumerate(reading.passages):
        if not any(trigger.overlaps(mention) for trigger in passage.trigger for mention in mentions):
            found.append(_of_passage(number, passage, reading, voices, traits, opened))
    return sorted(found, key=lambda claim: (claim.trigger, claim.key))


def _of_event(event: Event, reading: Reading, voices: Voices, traits: TraitsOf) -> Claim:
    places = {place.id: place for place in reading.places}
    dates = {when.id: when.interval for when in reading.dates}
    actors, recipients = ([*map(voices.actor, ids)] for ids in (event.actors, event.recipients))
    when = dates.get(event.date or "")
    told = [traits.of(number) for number in _naming(event, reading)]
    own = told[0].joined(told[1:]) if told else Traits(-1)
    known = {
        "subjects": frozenset(map(party_of, actors)) or own.subjects,
        "objects": frozenset(map(party_of, recipients)) or own.objects,
        "days": frozenset([when] if when else own.days),
    }
    return Claim(
        kind="event", article=reading.article, key=event.id, type=event.type, traits=replace(own, **known),
        score=event.score, quad=event.quad, modes=frozenset(event.modes), actors=parties_of(actors),
        recipients=parties_of(recipients), codes=(codes_of(actors), codes_of(recipients)), when=when,
        place=places.get(event.place or ""), negated=False, trigger=event.trigger, sentence=event.sentence,
        voices=tuple(voices.of_event(event)), denials=frozenset(event.denied_by),
    )  # fmt: skip


def _naming(event: Event, reading: Reading) -> Iterator[int]:
    """The numbers of the passages that name an event, its own first."""
    found = [
        (not any(trigger.overlaps(event.trigger) for trigger in passage.trigger), number)
        for number, passage in enumerate(reading.passages)
        if any(trigger.overlaps(mention) for trigger in passage.trigger for mention in event.mentions)
    ]
    return (number for _, number in sorted(found))


def _of_passage(
    number: int, passage: Passage, reading: Reading, voices: Voices, traits: TraitsOf, opened: set[str]
) -> Claim:
    """The claim of a passage that no event covers. `opened`: statements that have their claim."""
    article = reading.article
    trigger = passage.trigger[0]
    span = around(passage.words)
    said = next((s for s in reading.statements if s.id not in opened and _opens(trigger, s.content)), None)
    cue = next((s for s in reading.statements if any(cue.overlaps(trigger) for cue in s.cue)), None)
    voiced = voices.of_act(cue, span) if cue else voices.of_passage(trigger, span)
    if said:
        opened.add(said.id)
    parties = [actor for actor in reading.actors if any(span.covers(mention) for mention in actor.mentions)]
    of = traits.of(number)
    return Claim(
        kind="statement" if said else "passage", article=article, key=said.id if said else f"p{number}", type=None,
        traits=of, score=None, quad=None, modes=frozenset(), actors=parties_of(parties), recipients=(),
        codes=(codes_of(map(voices.actor, said.sources)) if said else (), ()),
        when=next(iter(of.days)) if len(of.days) == 1 else None, place=None,
        negated=passage.negated,
        trigger=trigger, sentence=span, voices=voiced,
    )  # fmt: skip


def _opens(trigger: Span, content: Iterable[Span]) -> bool:
    return any(span.covers(trigger) for span in content)
