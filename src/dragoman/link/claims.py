"""What an article tells: each event and each passage once, with who says what of it.

In: the reading of an article of a story, and who speaks in it. Out: `Claim`s. A claim is an event; or the passage that opens what a
source says, where no event type covers that; or another passage, which counts only where another article has the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from dragoman.link.meaning import Meaning
from dragoman.link.records import Teller
from dragoman.link.told import Claim, codes_of, parties_of
from dragoman.link.traits import Traits, TraitsOf, party_of
from dragoman.link.voices import Voices, around
from dragoman.link.vouching import is_disowned
from dragoman.records import Article, Event, Reading, Span, Statement


def claims_of(
    reading: Reading, voice: Teller, non_state: frozenset[str], meaning: Meaning | None = None
) -> list[Claim]:
    """The claims of an article in the order of their words. `voice`: who speaks where the article does so itself; `meaning`: that of
    its passages, where they are compared by it."""
    events = [event for event in reading.events if event.time != "habitual" and event.certainty != "unknown"]
    article = _Article(reading, Voices(reading, voice, non_state), events, meaning)
    found = [*map(article.of_event, events), *article.of_passages()]
    return sorted(found, key=lambda claim: (claim.trigger, claim.key))


class _Article:
    """An article that claims are made of."""

    def __init__(self, reading: Reading, voices: Voices, events: Iterable[Event], meaning: Meaning | None) -> None:
        self._reading = reading
        self._voices = voices
        self._meaning = meaning
        self._traits = TraitsOf(reading)
        self._places = {place.id: place for place in reading.places}
        self._dates = {when.id: when.interval for when in reading.dates}
        mentions = [mention for event in events for mention in event.mentions]
        cued = [(cue, statement) for statement in reading.statements for cue in statement.cue]
        self._coded = [_meet(passage.trigger, mentions) for passage in reading.passages]
        self._cues = [
            next((statement for cue, statement in cued if _meet(passage.trigger, [cue])), None)
            for passage in reading.passages
        ]

    def of_event(self, event: Event) -> Claim:
        actors, recipients = ([*map(self._voices.actor, ids)] for ids in (event.actors, event.recipients))
        when = self._dates.get(event.date or "")
        naming = self._naming(event)
        named = [self._traits.of(number) for number in naming]
        own = named[0].joined(named[1:]) if named else Traits(-1)
        told = self._told(naming[0]) if naming else event.trigger
        traits = replace(
            own, subjects=frozenset(map(party_of, actors)) or own.subjects,
            objects=frozenset(map(party_of, recipients)) or own.objects,
            days=frozenset([when]) if when else own.days,
        )  # fmt: skip
        return Claim(
            kind="event", article=self._reading.article, key=event.id, type=event.type, traits=traits,
            score=event.score, quad=event.quad, modes=frozenset(event.modes), actors=parties_of(actors),
            recipients=parties_of(recipients), codes=(codes_of(actors), codes_of(recipients)), when=when,
            place=self._places.get(event.place or ""), negated=False, trigger=event.trigger, sentence=event.sentence,
            voices=tuple(self._voices.of_event(event, told)), denials=frozenset(event.denied_by),
            meaning=self._meant(naming[0]) if naming else None,
        )  # fmt: skip

    def _meant(self, number: int) -> Meaning | None:
        return None if self._meaning is None else self._meaning[number]

    def _naming(self, event: Event) -> list[int]:
        """The numbers of the passages that name an event, its own first."""
        found = [
            (not _meet(passage.trigger, [event.trigger]), number)
            for number, passage in enumerate(self._reading.passages)
            if _meet(passage.trigger, event.mentions)
        ]
        return [number for _, number in sorted(found)]

    def of_passages(self) -> Iterator[Claim]:
        """The claims of the passages that no event covers."""
        parts = [self._is_part(number) for number in range(len(self._reading.passages))]
        opened = {self._opening(statement, parts): statement for statement in reversed(self._reading.statements)}
        for number, coded in enumerate(self._coded):
            if not coded:
                part = parts[number] or self._cues[number] is not None
                yield self._of_passage(number, opened.get(number), part=part and number not in opened)

    def _is_part(self, number: int) -> bool:
        """Whether a passage tells a part of what another one tells: it is within one, and not as what somebody says."""
        above = self._traits.above(number)
        if any(self._coded[other] or self._cues[other] is None for other in above):
            return True
        trigger = self._reading.passages[number].trigger[0]
        return bool(above) and not any(_covered(trigger, s.content) for s in self._reading.statements)

    def _opening(self, statement: Statement, parts: list[bool]) -> int:
        """The number of the passage with which begins what somebody says; that of its cue where there is none; else -1."""
        passages = self._reading.passages
        inner = [n for n, passage in enumerate(passages) if _covered(passage.trigger[0], statement.content)]
        own = [n for n in inner if self._cues[n] is None and not parts[n] and not self._coded[n]]
        if not inner:
            own = [n for n, cue in enumerate(self._cues) if cue is statement and not self._coded[n]]
        return next(iter(own), -1)

    def _told(self, number: int) -> Span:
        """The words of a passage, with those of all that is within it."""
        passages = self._reading.passages
        return around([*passages[number].words, *self._traits.words_below(number)])

    def _of_passage(self, number: int, said: Statement | None, *, part: bool) -> Claim:
        """The claim of a passage. `said`: the statement that it opens."""
        article, passage = self._reading.article, self._reading.passages[number]
        traits = self._traits.of(number)
        told = self._told(number)
        cue = self._cues[number]
        trigger = passage.trigger[0]
        if cue and cue is said:
            voices = self._voices.of_statement(cue, around(cue.content)) if cue.content else ()
        elif cue:
            voices = self._voices.of_act(cue, told)
        else:
            voices = self._voices.of_passage(trigger, passage.sentence, told)
        parties = [actor for actor in self._reading.actors if any(map(told.covers, actor.mentions))]
        return Claim(
            kind="statement" if said else "passage", article=article, key=said.id if said else f"p{number}", type=None,
            traits=traits, score=None, quad=None, modes=frozenset(), actors=parties_of(parties), recipients=(),
            codes=(codes_of(map(self._voices.actor, said.sources)) if said else (), ()),
            when=next(iter(traits.days)) if len(traits.days) == 1 else None, place=None,
            negated=passage.negated or _is_disowned(passage.words, article), trigger=trigger, sentence=told, voices=voices,
            part=part, meaning=self._meant(number),
        )  # fmt: skip


def _is_disowned(words: Iterable[Span], article: Article) -> bool:
    return is_disowned(" ".join(span.of(article.text) for span in words), article.language)


def _meet(some: Iterable[Span], others: Iterable[Span]) -> bool:
    others = tuple(others)
    return any(one.overlaps(other) for one in some for other in others)


def _covered(span: Span, by: Iterable[Span]) -> bool:
    return any(other.covers(span) for other in by)
