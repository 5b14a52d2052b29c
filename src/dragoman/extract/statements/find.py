"""Statements: who is reported to say, think, ask, promise or deny what.

In: clauses, quotations and the cast of one article, and a language's speech lexicon. Out: `Statement`s with source, cue and
content, nested where one is told within another, denials linked to what they deny.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from dragoman.extract.actors import Cast
from dragoman.extract.scenes import Scene
from dragoman.extract.spanindex import SpanIndex
from dragoman.extract.speech import SpeechLexicon
from dragoman.extract.statements.denials import with_denials
from dragoman.extract.statements.frames import (
    according_first,
    according_to,
    according_to_verb,
    cut_out,
    headline,
    hearsay,
    said_by_noun,
    turns,
)
from dragoman.extract.statements.insertions import with_insertions
from dragoman.extract.statements.quotations import (
    around,
    left_over,
    said_beside,
    touching,
    with_continuations,
    with_whole_quotes,
)
from dragoman.extract.statements.sources import actors_of
from dragoman.extract.statements.told import Told
from dragoman.extract.statements.verbs import said_by_verb
from dragoman.records import Manner, Span, Statement, When


def find_statements(
    text: str,
    scenes: Sequence[Scene],
    quotes: Sequence[Span],
    cast_: Cast,
    lexicon: SpeechLexicon,
    dates: Sequence[When] = (),
) -> tuple[Statement, ...]:
    """The statements of an article in text order. `dates` are those of the article, in text order too."""
    found: list[Told] = []
    days = [when.span for when in dates]
    previous: Span | None = None
    speaker: tuple[str, ...] = ()
    for scene in scenes:
        here = _in_sentence(text, scene, quotes, cast_, lexicon, days, previous, speaker)
        found.extend(here)
        previous = Span(scene.sentence.start, scene.sentence.end)
        speaker = _speaking(here, scene, cast_)
    spoken = list(turns(text, cast_, lexicon))
    opened = {turn.cue for turn in spoken}
    found = [f for f in found if f.cue not in opened]
    found = [replace(f, content=with_whole_quotes(f, around(f, quotes), text)) for f in found]
    found.extend(said_beside(text, scenes, quotes, found, cast_, lexicon))
    found = with_continuations(text, scenes, quotes, found, lexicon)
    found.extend(left_over(text, scenes, quotes, found, cast_, lexicon))
    found.extend(spoken)
    return _numbered(text, _without_doubles(found), quotes, cast_.unnamed, dates)


def _in_sentence(
    text: str,
    scene: Scene,
    quotes: Sequence[Span],
    cast_: Cast,
    lexicon: SpeechLexicon,
    days: Sequence[Span],
    previous: Span | None,
    speaker: tuple[str, ...],
) -> list[Told]:
    """What one sentence says that somebody said. `days` are the dates of the article in text order, `previous` is the
    sentence before, `speaker` whom that one speaks of."""
    sentence = Span(scene.sentence.start, scene.sentence.end)
    beside = touching(quotes, sentence)
    here = [q for q in beside if q.overlaps(sentence)]
    before = next(
        (q for q in beside if 0 <= sentence.start - q.end <= 1 and "\n" not in text[q.end : sentence.start]), None
    )
    first = bisect.bisect_left(days, Span(sentence.start, sentence.start + 1))
    days = list(days[first : bisect.bisect_left(days, Span(sentence.end, sentence.end + 1))])
    found: list[Told] = []
    for clause in scene.clauses:
        if clause.kind == "noun":
            one = said_by_noun(text, scene, clause, cast_, lexicon)
        else:
            one = said_by_verb(text, scene, clause, here, cast_, lexicon, before, days, previous)
        if one is not None:
            found.append(one)
    whole = [*according_to(text, scene, cast_, lexicon), *according_to_verb(text, scene, cast_, lexicon)]
    if not any(one.cue[0].start == sentence.start for one in whole):
        whole.extend(according_first(text, scene, cast_, lexicon))
    found = [cut_out(one, whole, text) for one in found] + whole
    found = with_insertions(text, scene, found, cast_, lexicon, speaker)
    found.extend(hearsay(text, scene, found, lexicon))
    headed = headline(text, scene, here, cast_, lexicon)
    if headed is not None and not any(
        f.content and headed.content[0].overlaps(f.content[0]) and not _is_within(f, headed) for f in found
    ):
        found.append(headed)
    return found


def _speaking(said: Sequence[Told], scene: Scene, cast_: Cast) -> tuple[str, ...]:
    """Who is spoken of at the end of a sentence: who says something there, else who does."""
    sources = [one.source for one in said if one.source]
    if sources:
        return sources[-1]
    roots = (clause for clause in scene.clauses if clause.link == "root" and clause.kind != "noun")
    subjects = next((clause.role("subject") for clause in roots if clause.role("subject")), ())
    return actors_of(scene, subjects, cast_)


def _is_within(inner: Told, outer: Told) -> bool:
    return all(any(around.covers(part) for around in outer.content) for part in (*inner.cue, *inner.content))


def _without_doubles(found: Iterable[Told]) -> list[Told]:
    kept: dict[tuple[tuple[Span, ...], Span | None, tuple[Span, ...]], Told] = {}
    for one in found:
        key = (one.content, one.source_span, one.cue if not one.content else ())
        kept.setdefault(key, one)
    return sorted(kept.values(), key=lambda f: ((*f.cue, *f.content)[0].start, (f.content or f.cue)[0]))


def _numbered(
    text: str, found: Sequence[Told], quotes: Sequence[Span], unnamed: frozenset[str], dates: Sequence[When]
) -> tuple[Statement, ...]:
    statements: list[Statement] = []
    starts = [when.span.start for when in dates]
    for number, one in enumerate(found, 1):
        statements.append(
            Statement(
                id=f"s{number}",
                cue=one.cue,
                content=one.content,
                manner="direct" if one.direct else _manner(one.content, quotes),
                stance=one.stance,
                rule=one.rule,
                sources=tuple(one.source),
                source_span=one.source_span,
                polarity="negated" if one.negated else "affirmed",
                medium=one.medium,
                date=next((when.id for when in _dated(one, dates, starts)), None),
                anonymous=one.anonymous or (bool(one.source) and unnamed.issuperset(one.source)),
            )
        )
    contents = SpanIndex((part, statement) for statement in statements for part in statement.content)
    nested = [replace(s, within=_around(s, contents)) for s in statements]
    return tuple(with_denials(text, found, nested))


def _dated(one: Told, dates: Sequence[When], starts: Sequence[int]) -> Iterator[When]:
    """The dates in the words that say who said it."""
    for part in one.frame:
        for when in dates[bisect.bisect_left(starts, part.start) : bisect.bisect_left(starts, part.end)]:
            if not any(said.overlaps(when.span) for said in one.content):
                yield when


def _manner(content: Sequence[Span], quotes: Sequence[Span]) -> Manner:
    total = _length(content)
    inside = sum(
        max(0, min(part.end, quote.end) - max(part.start, quote.start))
        for part in content
        for quote in touching(quotes, part)
    )
    return "indirect" if not inside else "direct" if inside >= total - 3 else "mixed"


def _around(statement: Statement, contents: SpanIndex[Statement]) -> str | None:
    """The innermost statement whose content holds this one's cue (its content, where it has no cue) and is larger."""
    anchor = (statement.cue or statement.content)[0]
    own = _length(statement.content)
    around = ((_length(other.content), other.id) for _, other in contents.covering(anchor) if other.id != statement.id)
    return min((holder for holder in around if holder[0] > own), default=(0, None))[1]


def _length(spans: Iterable[Span]) -> int:
    return sum(span.end - span.start for span in spans)
