"""Quotations: taken whole, continued over paragraphs, and given to somebody where no verb of saying does.

In: the quotations of an article and what was found so far. Out: the same with whole quotations, and the quotations left over.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from dragoman.extract.actors import Cast
from dragoman.extract.scenes import Scene
from dragoman.extract.speech import SpeechGroup, SpeechLexicon
from dragoman.extract.statements.sources import cue_inside, cue_of, source_of
from dragoman.extract.statements.told import Told
from dragoman.parse.words import Sentence, Word
from dragoman.records import Span

MINIMUM_QUOTE = 4  # words; a shorter quotation that nobody is said to say is a scare quote or a title
NAMING = ("DET", "ADJ", "NUM", "NOUN", "PROPN", "PRON")
LONGEST_NAME = 8  # words of a name beside a cue
NEXT_QUOTE = 200  # code points between a cue and the other half of a quotation


def touching(quotes: Sequence[Span], span: Span) -> Sequence[Span]:
    """The quotations from the last that begins before a span to the first that begins behind it; they never overlap."""
    first = bisect.bisect_left(quotes, Span(span.start, span.start + 1))
    last = bisect.bisect_left(quotes, Span(span.end, span.end + 1))
    return quotes[max(0, first - 1) : last + 1]


def around(found: Told, quotes: Sequence[Span]) -> Sequence[Span]:
    """The quotations that touch a statement or stand within a line of it."""
    spans = (*found.cue, *found.content)
    start = max(0, min(span.start for span in spans) - NEXT_QUOTE)
    return touching(quotes, Span(start, max(span.end for span in spans) + NEXT_QUOTE))


def with_whole_quotes(found: Told, quotes: Sequence[Span], text: str) -> tuple[Span, ...]:
    """Content that lies in a quotation takes all of it, marks and further sentences included.

    What is said within a quotation stays as it is. A quotation broken by its cue is one content in two spans.
    """
    spans = list(found.content)
    outside = [q for q in quotes if not any(q.covers(cue) for cue in found.cue)]
    for quote in outside:
        for at, part in enumerate(spans):
            shared = min(part.end, quote.end) - max(part.start, quote.start)
            if shared > 0 and (quote.covers(part) or shared >= 0.5 * (part.end - part.start) or part.covers(quote)):
                spans[at] = Span(min(part.start, quote.start), max(part.end, quote.end))
    if found.cue and any(q.covers(part) for q in outside for part in spans):
        cue = found.cue[0]
        spans += [q for q in outside if _broken_by(cue, q, spans, text)]
    return _merged(spans)


def _broken_by(cue: Span, quote: Span, spans: Sequence[Span], text: str) -> bool:
    """Whether the cue stands between a quotation and its other half in the same line: "...," he said, "..."."""
    if quote.end <= cue.start and cue.start - quote.end < 80 and any(part.start >= cue.end for part in spans):
        return "\n" not in text[quote.end : cue.start]
    return False


def _merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)


def with_continuations(
    text: str, scenes: Sequence[Scene], quotes: Sequence[Span], found: Sequence[Told], lexicon: SpeechLexicon
) -> list[Told]:
    """Quotations that nobody is said to say belong to whoever was quoted last: in the same paragraph they are more of
    what was said, in the next one a statement of its own without a cue."""
    taken = _said(found, quotes)
    starts = {scene.sentence.start for scene in scenes}
    speaking = sorted(
        (
            f
            for f in found
            if any(q.covers(p) or p.covers(q) for p in f.content for q in _near(quotes, p))
            and not any(q.covers(cue) for cue in f.cue for q in _near(quotes, cue))
        ),
        key=lambda f: f.content[0].start,
    )
    out = {id(f): f for f in found}
    more: list[Told] = []
    at = touched = 0
    last: tuple[int, Told] | None = None
    for quote in quotes:
        while touched < len(taken) and taken[touched].end <= quote.start:
            touched += 1
        while at < len(speaking) and speaking[at].content[0].start < quote.start:
            last = (id(speaking[at]), speaking[at])
            at += 1
        if any(part.overlaps(quote) for part in taken[max(0, touched - 2) : touched + 4]) or last is None:
            continue
        if text[quote.start : quote.end].count(" ") + 1 < MINIMUM_QUOTE or quote.start not in starts:
            continue
        speaker = out[last[0]] if last[0] in out else last[1]
        between = text[speaker.content[-1].end : quote.start]
        if "\n" not in between and last[0] in out and len(between) < 300:
            out[last[0]] = replace(speaker, content=_merged((*speaker.content, quote)))
        elif between.count("\n") <= 3 and len(between) < 300:
            one = replace(
                speaker, cue=(), content=(quote,), rule=f"{lexicon.code}/speech/continued", denies_claim=False
            )
            more.append(one)
            last = (id(one), one)
    return [*out.values(), *more]


def said_beside(
    text: str,
    scenes: Sequence[Scene],
    quotes: Sequence[Span],
    found: Sequence[Told],
    cast_: Cast,
    lexicon: SpeechLexicon,
) -> Iterator[Told]:
    """Quotations with a cue and a name right beside them ("...," Rossi urged. - Stated Rossi: "...") of which the parser
    makes no clause: what stands between a quotation and the next verb of saying is a name."""
    taken = _said(found, quotes)
    cues = {cue.start for f in found for cue in f.cue}
    starts = [scene.sentence.start for scene in scenes]
    for quote in quotes:
        near = taken[max(0, bisect.bisect_left(taken, Span(quote.start, quote.start + 1)) - 3) :][:8]
        if any(part.overlaps(quote) for part in near) or text.count(" ", quote.start, quote.end) + 1 < MINIMUM_QUOTE:
            continue
        at = bisect.bisect_right(starts, quote.end - 1) - 1
        behind = _cue_behind(text, quote, scenes[max(0, at) : at + 2], lexicon)
        first = bisect.bisect_right(starts, quote.start) - 1
        beside = behind or _cue_before(text, quote, scenes[max(0, first - 1) : first + 1], lexicon)
        if beside is None or beside[0].sentence[beside[1]].start in cues:
            continue
        scene, cue, name = beside
        word, group = scene.sentence[cue], _quoting(scene.sentence, cue, lexicon)
        inside = cast_.inside(scene.number, name)
        if group is not None:
            yield Told(
                cue=(Span(word.start, word.end),),
                content=(quote,),
                source=inside[0].actors if inside else (),
                source_span=Span(scene.sentence[name[0]].start, scene.sentence[name[-1]].end),
                stance=group.stance,
                rule=group.id,
            )


def _quoting(sentence: Sentence, index: int, lexicon: SpeechLexicon) -> SpeechGroup | None:
    """The group of a verb that may stand beside a quotation; taggers take "Rossi answers" for a noun."""
    named = index > 0 and sentence[index - 1].pos == "PROPN" and sentence[index].text.islower()
    if sentence[index].pos != "VERB" and not (sentence[index].pos == "NOUN" and named):
        return None
    following = [word.text.lower() for word in sentence.words[index + 1 : index + 3]]
    groups = lexicon.verbs.get(sentence[index].lemma.lower(), ())
    fits = (group for group, more in groups if list(more) == following[: len(more)] and "quote" in group.frames)
    return next(fits, None)


def _cue_behind(
    text: str, quote: Span, scenes: Sequence[Scene], lexicon: SpeechLexicon
) -> tuple[Scene, int, range] | None:
    """ "...," Ada Rossi, the head of the board, urged - or: "...," urged Ada Rossi."""
    for scene in scenes:
        words = [word for word in scene.sentence if word.start >= quote.end]
        stops = (w for w in words if _stops(w) or _quoting(scene.sentence, w.index, lexicon))
        cue = next(stops, None)
        if cue is None or _quoting(scene.sentence, cue.index, lexicon) is None or "\n" in text[quote.end : cue.start]:
            if words:
                return None
            continue
        name = _name(scene, words[0].index, cue.index) or _name(scene, cue.index + 1, len(scene.sentence))
        return (scene, cue.index, name) if name else None
    return None


def _stops(word: Word) -> bool:
    return word.pos in ("VERB", "SCONJ") or word.text in ":;.!?"


def _cue_before(
    text: str, quote: Span, scenes: Sequence[Scene], lexicon: SpeechLexicon
) -> tuple[Scene, int, range] | None:
    """ "Ada Rossi echoed: “..." - or: "Stated Ada Rossi: “..."."""
    for scene in reversed(scenes):
        words = [word for word in scene.sentence if word.end <= quote.start]
        if not words:
            continue
        cue = next((word for word in reversed(words) if word.pos == "VERB"), None)
        if words[-1].text != ":" or cue is None or _quoting(scene.sentence, cue.index, lexicon) is None:
            return None
        behind = _name(scene, cue.index + 1, words[-1].index)
        name = behind if cue.index + 1 + len(behind) == words[-1].index else range(0)
        return (scene, cue.index, name) if (name := name or _name_before(scene, cue.index)) else None
    return None


def _name(scene: Scene, first: int, last: int) -> range:
    """The words of a name from here on, at most to there: nouns and what belongs to them."""
    sentence = scene.sentence
    while first < last and sentence[first].pos == "PUNCT":
        first += 1
    end = first
    while end < last and end - first < LONGEST_NAME and sentence[end].pos in NAMING:
        end += 1
    while end > first and sentence[end - 1].pos not in ("NOUN", "PROPN", "PRON"):
        end -= 1
    return range(first, end)


def _name_before(scene: Scene, cue: int) -> range:
    sentence = scene.sentence
    first = cue
    while first and cue - first < LONGEST_NAME and sentence[first - 1].pos in NAMING:
        first -= 1
    named = any(word.pos in ("NOUN", "PROPN", "PRON") for word in sentence.words[first:cue])
    return range(first, cue) if named else range(0)


def left_over(
    text: str,
    scenes: Sequence[Scene],
    quotes: Sequence[Span],
    found: Sequence[Told],
    cast_: Cast,
    lexicon: SpeechLexicon,
) -> Iterator[Told]:
    """Quotations left over: said by whoever acts in the words around them ("he smiled: ..."), else by nobody named."""
    taken = _said(found, quotes)
    starts = [scene.sentence.start for scene in scenes]
    for quote in quotes:
        near = taken[max(0, bisect.bisect_left(taken, Span(quote.start, quote.start + 1)) - 3) :][:8]
        if any(part.overlaps(quote) for part in near) or text.count(" ", quote.start, quote.end) + 1 < MINIMUM_QUOTE:
            continue
        number = max(0, bisect.bisect_right(starts, quote.start) - 1)
        scene = scenes[number]
        opens = quote.start in (scene.sentence.start, scene.sentence.start - 1)
        before = text[max(0, quote.start - 3) : quote.start].rstrip()[-1:]
        if not opens and before not in (":", ",", "–", "—"):
            continue
        if opens and number and scenes[number - 1].sentence.words[-1].text == ":":
            scene = scenes[number - 1]
        speakers = [
            clause
            for clause in scene.clauses
            if clause.kind != "noun"
            and clause.finite
            and clause.role("subject")
            and not cue_inside(scene.sentence, clause, quote)
        ]
        if not speakers and not opens:
            continue
        acting = [clause for clause in speakers if clause.kind == "verb"] or speakers
        speaker = min(acting, key=lambda c: abs(scene.sentence[c.head].start - quote.start), default=None)
        span, source = source_of(text, scene, speaker, cast_) if speaker else (None, ())
        yield Told(
            cue=cue_of(text, scene, speaker) if speaker else (),
            content=(quote,),
            source=source,
            source_span=span if span is None or not quote.overlaps(span) else None,
            stance="assert",
            rule=f"{lexicon.code}/speech/quoted",
        )


def _said(found: Sequence[Told], quotes: Sequence[Span]) -> list[Span]:
    """What somebody is known to say, in text order; what is told within a quotation leaves that one to be told."""
    return sorted(part for f in found for part in f.content if not any(_inside(cue, quotes, part) for cue in f.cue))


def _inside(cue: Span, quotes: Sequence[Span], part: Span) -> bool:
    return any(quote.covers(cue) and quote.overlaps(part) for quote in _near(quotes, cue))


def _near(quotes: Sequence[Span], part: Span) -> Iterator[Span]:
    """The quotations that may touch a span, found by bisection."""
    at = bisect.bisect_left(quotes, Span(part.start, part.start + 1))
    return iter(quotes[max(0, at - 1) : at + 8])
