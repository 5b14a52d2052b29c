"""Claims of passages in which no event was found: what sources say, whole sentences, and words that may name an event.

In: a reading, with who speaks in it. Out: `Claim`s without a type.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Literal

from dragoman.link.hedging import is_negated
from dragoman.link.hints import Hint, hints_in, types_hinted
from dragoman.link.marks import Marks
from dragoman.link.told import Claim, codes_of, parties_of
from dragoman.link.voices import Voice, Voices, around
from dragoman.link.words import stems_in
from dragoman.records import Article, Reading, Span

_BESIDE = 12  # characters between words that name one event together
_FEWEST = 2  # words that tell something, for what is said to be a claim of its own
_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?]+(?![ \t]+[A-ZÀ-Þ“\"«(\n]|\s*$)[^.!?\n]*)*[.!?]*")
_PIECE = re.compile(r"[^,;:()\"“”«»–—]+")


def of_statements(
    reading: Reading, voices: Voices, marks: Marks, events: list[Span], words: Sequence[Claim]
) -> Iterator[Claim]:
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
        span = around(statement.content)
        stems = stems_in(span.of(article.text), article.language)
        told = voices.of_statement(statement, span)
        if not told or len(stems) < _FEWEST or any(span.overlaps(other) for other in (*events, *seen)):
            continue
        seen.append(span)
        claim = _plain("statement", article, statement.id, span, span, marks, told)
        codes = codes_of(voices.actor(id) for id in statement.sources)
        yield replace(claim, codes=(codes, ()), compound=is_compound(span, words))


def of_sentences(
    reading: Reading, voices: Voices, marks: Marks, covered: list[Span], words: Sequence[Claim]
) -> Iterator[Claim]:
    """The sentences in which nothing else was found, nor several words that may name events; no negated ones, since what they
    negate is unknown."""
    article = reading.article
    for number, span in enumerate(_sentences(article.text)):
        if any(span.overlaps(other) for other in covered) or is_compound(span, words):
            continue
        voiced = voices.of_passage(span)
        text = span.of(article.text)
        stems = stems_in(text, article.language)
        if voiced and len(stems) >= _FEWEST and not is_negated(text, article.language):
            yield _plain("sentence", article, f"t{number}", span, span, marks, voiced)


def of_words(reading: Reading, voices: Voices, marks: Marks) -> Iterator[Claim]:
    """Words that may name an event, where none was found."""
    article = reading.article
    events = [span for event in reading.events for span in event.mentions]
    taken = [*events, *(cue for statement in reading.statements for cue in statement.cue)]
    for sentence in _sentences(article.text):
        found = _joined(
            hint
            for hint in hints_in(sentence.of(article.text), article.language, sentence.start)
            if not any(hint.span.overlaps(span) for span in taken) and not marks.names(hint.span)
        )
        for hint in found:
            if voiced := voices.of_passage(hint.span):
                others = [*(other.span for other in found if other is not hint), *events]
                stretch = _piece(article.text, sentence, hint.span, others)
                key = f"w{hint.span.start}"
                claim = _plain("words", article, key, hint.span, stretch, marks, voiced, hint.types)
                if not (claim.negated and all(voice.teller.kind == "outlet" for voice in voiced)):  # "not confirmed"
                    yield claim


def is_compound(span: Span, words: Iterable[Claim]) -> bool:
    """Whether several things may be told in a passage."""
    return sum(span.covers(claim.trigger) for claim in words if claim.kind == "words") > 1


def _joined(hints: Iterable[Hint]) -> list[Hint]:
    """Hints at one type that stand side by side are one: "imposed sanctions"."""
    found: list[Hint] = []
    for hint in hints:
        last = found[-1] if found else None
        if last and last.types & hint.types and hint.span.start - last.span.end <= _BESIDE:
            found[-1] = Hint(Span(last.span.start, hint.span.end), last.types & hint.types)
        else:
            found.append(hint)
    return found


def _sentences(text: str) -> Iterator[Span]:
    for match in _SENTENCE.finditer(text):
        start = match.start() + len(match.group()) - len(match.group().lstrip())
        if start < match.end():
            yield Span(start, match.end())


def _piece(text: str, sentence: Span, words: Span, others: Iterable[Span]) -> Span:
    """What stands around words between two marks of punctuation, or other words that may name an event."""
    start, end = words.start, words.end
    for match in _PIECE.finditer(text, sentence.start, sentence.end):
        if match.start() <= words.start < match.end():
            start, end = match.start(), max(match.end(), words.end)
    for other in others:
        if start < other.end <= words.start:
            start = other.end
        if words.end <= other.start < end:
            end = other.start
    return Span(start, end)


def _plain(
    kind: Literal["statement", "sentence", "words"], article: Article, key: str, trigger: Span, stretch: Span,
    marks: Marks, voices: Sequence[Voice], hints: frozenset[str] | None = None,
) -> Claim:  # fmt: skip
    text = stretch.of(article.text)
    before = article.text[stretch.start : min(stretch.end, trigger.end + _BESIDE)]
    mentioned = marks.parties(stretch)
    return Claim(
        kind=kind, article=article, key=key, type=None,
        hints=types_hinted(text, article.language) if hints is None else hints, score=None, quad=None,
        modes=frozenset(), actors=parties_of(mentioned), recipients=(), codes=((), ()), when=marks.day(stretch),
        place=None, background=False, negated=is_negated(before, article.language), trigger=trigger, sentence=stretch,
        heads=marks.heads(trigger) if kind == "words" else frozenset(),
        stems=stems_in(text, article.language), marks=marks.of(stretch), voices=tuple(voices),
    )  # fmt: skip
