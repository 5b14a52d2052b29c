"""Who says it, and in which word: the source and the cue of a clause of saying.

In: a clause, its scene, the cast. Out: the characters that name the source, the actors it means, the characters of the cue.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dragoman.extract.actors import Cast, Mention
from dragoman.extract.scenes import Scene, spans_of
from dragoman.extract.speech import SpeechGroup
from dragoman.parse.clauses import Clause, Phrase
from dragoman.parse.relations import has_own_subject, is_expletive, whole_phrase
from dragoman.records import Span

SHARED_SUBJECTS = 3  # clauses up to the one whose subject an infinitive or participle shares
NAMING = ("DET", "ADJ", "NUM", "NOUN", "PROPN")
FARTHEST_CUE = 120  # code points between a quotation and the cue behind it
NEAR = 8  # words between a cue and the head of the name beside it


def inverted_subject(scene: Scene, clause: Clause, group: SpeechGroup) -> tuple[Phrase, ...]:
    """ "..., ha aggiunto il ministro": what stands behind a verb that says no things, and has no subject, is its subject."""
    if (
        {"noun", "small"} & group.frames
        or clause.passive
        or not clause.finite
        or has_own_subject(scene.sentence, clause.head)
    ):
        return ()
    last = max(clause.head, *clause.trigger)
    return tuple(p for p in clause.role("object") if p.words and min(p.words) == last + 1)[:1]


def source_of(
    text: str,
    scene: Scene,
    clause: Clause,
    cast_: Cast,
    quotes: Sequence[Span] = (),
    group: SpeechGroup | None = None,
    days: Sequence[Span] = (),
) -> tuple[Span | None, tuple[str, ...]]:
    """The subject's span and actors; for a subject left out, the actor alone where it is known.

    What stands in a quotation that the cue stands outside of speaks there, not here. `days` are the dates of the sentence:
    no day says anything.
    """
    cue = scene.sentence[clause.head].start
    outside = [q for q in quotes if not q.start <= cue < q.end]

    def is_free(phrase: Phrase) -> bool:
        return not any(q.start <= scene.sentence[phrase.head].start < q.end for q in (*outside, *days))

    roles = group.source if group else ("subject",)
    given = tuple(phrase for role in roles for phrase in clause.role(role))
    phrases = (
        tuple(filter(is_free, inverted_subject(scene, clause, group) or given))
        if group
        else tuple(filter(is_free, given))
    )
    above = clause
    for _ in range(SHARED_SUBJECTS):
        if phrases or above.finite or above.parent is None:
            break
        above = scene.clauses[above.parent]
        phrases = tuple(filter(is_free, above.role("subject")))
    framed = None if clause.passive else _between_quotation_and_cue(text, scene, clause, outside)
    if framed and not any(phrase.head in framed for phrase in phrases):
        inside = cast_.inside(scene.number, framed)
        span = Span(scene.sentence[framed[0]].start, scene.sentence[framed[-1]].end)
        return span, inside[0].actors if inside else ()
    if phrases:
        return span_of(text, scene, phrases, quotes, clause.head, cast_), actors_of(scene, phrases, cast_)
    if dated := _before_day(scene, clause, days):
        inside = cast_.inside(scene.number, dated)
        return Span(scene.sentence[dated[0]].start, scene.sentence[dated[-1]].end), inside[0].actors if inside else ()
    beside = None if clause.passive else _beside(scene, clause, cast_)
    if beside is not None and not any(q.covers(beside.span) for q in outside):
        return beside.span, beside.actors
    named = None if clause.passive or given else _named_beside(scene, clause)
    if named is not None and not any(q.covers(named) for q in outside):
        return named, ()
    if clause.finite and not clause.passive and not given:
        left_out = cast_.subject_left_out(scene.number, clause.head)
        quoted = {
            id
            for mention in cast_.inside(scene.number, range(len(scene.sentence)))
            if any(q.covers(mention.span) for q in outside)
            for id in mention.actors
        }
        return None, () if quoted.intersection(left_out) else left_out
    return None, ()


def _before_day(scene: Scene, clause: Clause, days: Sequence[Span]) -> range:
    """ "A report published Wednesday said": the words that the day stands behind, from the noun they hang on."""
    sentence = scene.sentence
    cue = min(clause.head, *clause.trigger)
    last = cue - 1
    while last >= 0 and any(day.start <= sentence[last].start < day.end for day in days):
        last -= 1
    if last < 0 or last == cue - 1 or sentence[last].pos not in (*NAMING, "VERB"):
        return range(0)
    top = sentence[last]
    for above in (top, *sentence.ancestors(last)):
        if above.index > last:
            break
        if above.pos in ("NOUN", "PROPN"):
            top = above
    if top.pos not in ("NOUN", "PROPN"):
        return range(0)
    return range(min(sentence.subtree(top.index)), last + 1)


def _beside(scene: Scene, clause: Clause, cast_: Cast) -> Mention | None:
    """Somebody named right before or right behind the cue whom the parser hangs elsewhere: "..., said Ada Rossi, ..."."""
    sentence = scene.sentence
    first, last = min(clause.head, *clause.trigger), max(clause.head, *clause.trigger)
    for mention in cast_.inside(scene.number, range(max(0, first - NEAR), min(len(sentence), last + NEAR + 1))):
        if mention.located:
            continue
        behind = mention.span.start >= sentence[last].end and mention.span.start - sentence[last].end <= 1
        before = mention.span.end <= sentence[first].start and sentence[first].start - mention.span.end <= 1
        if behind or before:
            return mention
    return None


def _between_quotation_and_cue(text: str, scene: Scene, clause: Clause, quotes: Sequence[Span]) -> range | None:
    """ "...," Ada Rossi, the head of the board, said: whoever stands between a quotation and the cue says it, whatever the
    parser makes of it. Words that have a verb of their own are no name."""
    sentence = scene.sentence
    last = min(clause.head, *clause.trigger)
    quote = next((q for q in quotes if 0 <= sentence[last].start - q.end <= FARTHEST_CUE), None)
    if quote is None or "\n" in text[quote.end : sentence[last].start]:
        return None
    first = next(word.index for word in sentence if word.start >= quote.end)
    while first < last and sentence[first].pos == "PUNCT":
        first += 1
    while first < last and sentence[last - 1].pos in ("PUNCT", "ADV", "AUX"):
        last -= 1
    words = [sentence[i] for i in range(first, last) if not is_expletive(sentence[i])]
    if not words or words[0].pos not in (*NAMING, "PRON") or any(w.pos == "VERB" or w.text in ":;" for w in words):
        return None
    return range(first, last) if any(w.pos in ("NOUN", "PROPN", "PRON") for w in words) else None


def _named_beside(scene: Scene, clause: Clause) -> Span | None:
    """Words for somebody right before the cue ("Adelson said"), or right behind it where a comma or a quotation goes before
    ("..., said the nurse"), whom the parser makes no subject and the cast does not know."""
    sentence = scene.sentence
    first, last = min(clause.head, *clause.trigger), max(clause.head, *clause.trigger)
    start = first
    while start and sentence[start - 1].pos == "PROPN":
        start -= 1
    if clause.finite and start == first and first and sentence[first - 1].has("Case=Nom"):
        start -= 1
    if start < first:
        return Span(sentence[start].start, sentence[first - 1].end)
    if not clause.finite or (first and sentence[first - 1].pos != "PUNCT"):
        return None
    end = last + 1
    while end < len(sentence) and sentence[end].pos in NAMING:
        end += 1
    if end > last + 1 and (sentence[end - 1].pos in ("NOUN", "PROPN") or sentence[last + 1].pos == "DET"):
        return Span(sentence[last + 1].start, sentence[end - 1].end)
    return None


def span_of(
    text: str,
    scene: Scene,
    phrases: Sequence[Phrase],
    quotes: Sequence[Span] = (),
    cue: int | None = None,
    cast_: Cast | None = None,
) -> Span | None:
    """The characters of the whole phrases, with appositions and relative clauses, on their side of the cue.

    What a parser wrongly hangs on them out of a quotation is left out.
    """
    words: set[int] = set()
    for phrase in phrases:
        head = scene.sentence[phrase.head].start
        closed = [q for q in quotes if not q.start <= head < q.end]
        whole = {*phrase.words, *whole_phrase(scene.sentence, phrase.head, scene.grammar.quantifiers)}
        if cue is not None:
            whole = {i for i in whole if (i < cue) == (phrase.head < cue) and i != cue}
        whole = _without_lead(scene, phrase.head, whole, cast_)
        words |= {i for i in whole if not any(q.start <= scene.sentence[i].start < q.end for q in closed)}
    found = spans_of(scene.sentence, words, text)
    return Span(found[0].start, found[-1].end) if found else None


def _without_lead(scene: Scene, head: int, words: set[int], cast_: Cast | None) -> set[int]:
    """What a parser wrongly hangs on a name from ahead of it: "Speaking in Lille, Rossi said", "Tuesday in Lille, Rossi said"."""
    sentence = scene.sentence
    lead = sorted(i for i in words if i < head)
    commas = [i for i in lead if sentence[i].text == ","]
    if commas:
        ahead = [sentence[i] for i in lead if i < commas[-1]]
        loose = bool(ahead) and (
            any(w.pos in ("VERB", "AUX", "SCONJ") for w in ahead) or ahead[0].pos in ("ADP", "ADV", "PUNCT")
        )
        prepositions = [w for w in ahead if w.pos == "ADP" and w.index > lead[0]]
        if loose or (prepositions and sentence[lead[0]].pos == "PROPN"):
            words = {i for i in words if i > commas[-1]}
    elif cast_ is not None and any(sentence[i].pos == "ADP" for i in lead):
        mention = cast_.mention_at(scene.number, head)
        if mention is not None and any(
            sentence[i].pos == "ADP" and sentence[i].end <= mention.span.start for i in lead
        ):
            words = {i for i in words if sentence[i].start >= mention.span.start}
    first = min(words, default=head)
    while first < head and sentence[first].pos in ("ADV", "SCONJ", "CCONJ") and sentence[first + 1].pos == "PROPN":
        words = words - {first}
        first = min(words)
    return words


def actors_of(scene: Scene, phrases: Sequence[Phrase], cast_: Cast) -> tuple[str, ...]:
    found: list[str] = []
    for phrase in phrases:
        ids = cast_.at(scene.number, phrase.head)
        if not ids:
            inside = cast_.inside(scene.number, phrase.words)
            ids = inside[0].actors if inside else ()
        found.extend(ids)
    return tuple(dict.fromkeys(found))


def cue_of(text: str, scene: Scene, clause: Clause) -> tuple[Span, ...]:
    sentence = scene.sentence
    words = {clause.head, *clause.trigger}
    words |= {c.index for c in sentence.children(clause.head) if c.relation == "aux" or c.label == "compound:prt"}
    words |= {
        c.index for c in sentence.children(clause.head) if c.relation == "advmod" and clause.negated and len(c.text) < 5
    }
    return spans_of(sentence, words, text)


def cue_inside(sentence: Any, clause: Clause, quote: Span) -> bool:
    return quote.start <= sentence[clause.head].start < quote.end
