"""What an article tells: each event, each statement and each sentence once, with who says what of it.

In: the readings of a story. Out: `Claim`s. A claim is an event; or what a source says that no event type covers; or a sentence
in which no event was found, which counts only where another article has the same as an event or a statement.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from dragoman.languages import installed, load
from dragoman.link.hints import types_hinted
from dragoman.link.records import Teller
from dragoman.link.voices import Voice, Voices
from dragoman.link.words import names_in, numbers_in, stems_in
from dragoman.records import Actor, Article, Event, Interval, Place, Reading, Span, Statement
from dragoman.text.folding import fold

_FEWEST = 2  # words that tell something, for what is said to be a claim of its own
_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?]+(?![ \t]+[A-ZÀ-Þ“\"«(\n]|\s*$)[^.!?\n]*)*[.!?]*")


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody who takes part: the country or PLOVER code where it is known, and the name."""

    country: str | None
    name: str

    def same_as(self, other: Party) -> bool:
        """Whether both may be one, or one of them part of the other: "China" and "Xi Jinping"."""
        if self.country and other.country:
            return self.country == other.country
        return bool(set(self.name.split()) & set(other.name.split()))


@dataclass(frozen=True, slots=True)
class Claim:
    """Something that an article tells, with all that it is compared by.

    `hints` are the types that its words may name besides its own; `stems` are its telling words; `marks` what is the same in every language: parties, names, numbers and days.
    `denials`: the statements that deny it; `negated`: its words hold a negation, which for events is told by their polarity instead.
    """

    kind: Literal["event", "statement", "sentence"]
    article: Article
    key: str
    type: str | None
    hints: frozenset[str]
    score: float | None
    quad: str | None
    modes: frozenset[str]
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    codes: tuple[tuple[str, ...], tuple[str, ...]]
    when: Interval | None
    place: Place | None
    background: bool
    negated: bool
    trigger: Span
    sentence: Span
    stems: frozenset[str]
    marks: frozenset[str]
    voices: tuple[Voice, ...]
    denials: frozenset[str] = frozenset()

    @property
    def parties(self) -> tuple[Party, ...]:
        return (*self.actors, *self.recipients)

    @property
    def words(self) -> str:
        """The words that it is told in: those that name it alone say too little."""
        return " ".join(self.sentence.of(self.article.text).split())


def claims_of(reading: Reading, voice: Teller, non_state: frozenset[str]) -> list[Claim]:
    """The claims of an article in the order of their words. `voice`: who speaks where the article does so itself."""
    voices = Voices(reading, voice, non_state)
    marks = _Marks(reading)
    found = [*_of_events(reading, voices, marks)]
    found += _of_statements(reading, voices, marks, [claim.trigger for claim in found])
    covered = [claim.trigger for claim in found] + [claim.sentence for claim in found if claim.kind == "event"]
    covered += [cue for statement in reading.statements for cue in statement.cue if statement.denies]
    found += _of_sentences(reading, voices, marks, covered)
    return sorted(found, key=lambda claim: (claim.trigger, claim.key))


class _Marks:
    """What the parts of an article say that is the same in every language."""

    def __init__(self, reading: Reading) -> None:
        self._text = reading.article.text
        self._marked: list[tuple[Span, str]] = []
        for actor in reading.actors:
            name = fold(actor.name).split()[-1]
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
        words = span.of(self._text)
        within = [(marked, mark) for marked, mark in self._marked if span.covers(marked)]
        for marked, _ in within:
            start, end = marked.start - span.start, marked.end - span.start
            words = words[:start] + "." * (end - start) + words[end:]
        return frozenset(mark for _, mark in within) | names_in(words) | numbers_in(words)


def _of_events(reading: Reading, voices: Voices, marks: _Marks) -> Iterator[Claim]:
    article = reading.article
    dates = {when.id: when.interval for when in reading.dates}
    places = {place.id: place for place in reading.places}
    told = [event for event in reading.events if event.time != "habitual"]
    for event in told:
        span = _stretch(event, told)
        actors, recipients = ([*map(voices.actor, ids)] for ids in (event.actors, event.recipients))
        yield Claim(
            kind="event", article=article, key=event.id, type=event.type,
            hints=types_hinted(span.of(article.text), article.language), score=event.score, quad=event.quad,
            modes=frozenset(event.modes), actors=_parties(actors), recipients=_parties(recipients),
            codes=(_codes(actors), _codes(recipients)), when=dates.get(event.date or ""),
            place=places.get(event.place or ""), background=event.background, negated=False, trigger=event.trigger,
            sentence=event.sentence, stems=stems_in(span.of(article.text), article.language),
            marks=marks.of(span), voices=tuple(voices.of_event(event)),
            denials=frozenset(event.denied_by),
        )  # fmt: skip


def _stretch(event: Event, told: Iterable[Event]) -> Span:
    """The part of its sentence that an event is told in: up to the next event's words, and from the one before on."""
    others = [other.trigger for other in told if event.sentence.covers(other.trigger) and other is not event]
    start = max((o.end for o in others if o.end <= event.trigger.start), default=event.sentence.start)
    end = min((o.start for o in others if o.start >= event.trigger.end), default=event.sentence.end)
    return Span(start, end)


def _of_statements(reading: Reading, voices: Voices, marks: _Marks, events: list[Span]) -> Iterator[Claim]:
    """What sources say that no event covers: a claim each, so that nothing that is told is lost."""
    article = reading.article
    seen: list[Span] = []
    for statement in reading.statements:
        if (
            not statement.content
            or statement.denies
            or any(cue.overlaps(event) for cue in statement.cue for event in events)
        ):
            continue
        span = Span(statement.content[0].start, statement.content[-1].end)
        stems = stems_in(span.of(article.text), article.language)
        told = voices.of_statement(statement, span)
        if not told or len(stems) < _FEWEST or any(span.overlaps(other) for other in (*events, *seen)):
            continue
        seen.append(span)
        sources = [voices.actor(id) for id in statement.sources]
        yield _plain("statement", article, statement.id, span, stems, marks, told, sources)


def _of_sentences(reading: Reading, voices: Voices, marks: _Marks, covered: list[Span]) -> Iterator[Claim]:
    """The sentences in which neither an event nor a statement was found; no negated ones, since what they negate is unknown."""
    article = reading.article
    told: list[Statement] = [statement for statement in reading.statements if statement.content]
    for number, match in enumerate(_SENTENCE.finditer(article.text)):
        start = match.start() + len(match.group()) - len(match.group().lstrip())
        if start >= match.end():
            continue
        span = Span(start, match.end())
        if any(span.overlaps(other) for other in covered):
            continue
        within = next((s for s in told if any(span.overlaps(content) for content in s.content)), None)
        voiced = (voices.of_sentence(span),) if within is None else voices.of_statement(within, span)
        stems = stems_in(match.group(), article.language)
        if voiced and len(stems) >= _FEWEST and not _is_negated(match.group(), article.language):
            yield _plain("sentence", article, f"t{number}", span, stems, marks, voiced, [])


def _plain(
    kind: Literal["statement", "sentence"], article: Article, key: str, span: Span, stems: frozenset[str],
    marks: _Marks, voices: tuple[Voice, ...], sources: list[Actor],
) -> Claim:  # fmt: skip
    return Claim(
        kind=kind, article=article, key=key, type=None,
        hints=types_hinted(span.of(article.text), article.language), score=None, quad=None, modes=frozenset(),
        actors=_parties(sources), recipients=(), codes=(_codes(sources), ()), when=None, place=None, background=False,
        negated=_is_negated(span.of(article.text), article.language), trigger=span, sentence=span, stems=stems,
        marks=marks.of(span), voices=voices,
    )  # fmt: skip


def _is_negated(text: str, language: str) -> bool:
    """Whether a negation stands in it; what it negates only a parse could tell."""
    return bool(set(re.findall(r"\w+", fold(text))) & _negations(language))


@functools.cache
def _negations(language: str) -> frozenset[str]:
    grammar = load(language).facts_of("grammar") if language in installed() else {}
    return frozenset(fold(word) for name in ("negations", "negative_words") for word in grammar.get(name, ()))


def _parties(actors: Iterable[Actor]) -> tuple[Party, ...]:
    return tuple(Party(actor.country, fold(actor.name)) for actor in actors)


def _codes(actors: Iterable[Actor]) -> tuple[str, ...]:
    """How parties are shown: country and sector, or the name."""
    return tuple(dict.fromkeys(actor.code for actor in actors))
