"""Insertions that say who says what stands around them, however a parser hangs them: "..., the ministry insisted on Monday",
"Due uomini, dice il governo, sono ...", "The rebels, according to the army, fired first".

In: a scene, the cast and a language's speech lexicon. Out: `Told`s whose content is the clause around the insertion.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dragoman.extract.actors import Cast, Mention
from dragoman.extract.scenes import Scene, spans_of
from dragoman.extract.speech import SpeechGroup, SpeechLexicon
from dragoman.extract.statements.told import Told
from dragoman.parse.words import Word
from dragoman.records import Span, Stance

LONGEST = 10  # words between the commas
FEWEST = 3  # words that are told
STANCES: tuple[Stance, ...] = ("assert", "confirm", "accuse")
STOPS = (";", ":", ".", "!", "?", "(", ")", "—", "–", "“", "”", "«", "»", '"')
SHORT = 3  # words that say when
ACCORDING = "/speech/according-to"
LINKS = ("SCONJ", "CCONJ")
_Insertion = tuple[Sequence[Word], Sequence[Word], tuple[str, ...], str, Stance]  # cue, source, actors, rule, stance


def with_insertions(
    text: str, scene: Scene, found: Sequence[Told], cast_: Cast, lexicon: SpeechLexicon, speaker: tuple[str, ...] = ()
) -> list[Told]:
    """What was found in a sentence and what insertions say, in place of what takes their words for more or less than they are.
    `speaker`: whom the sentence before speaks of, who goes on where nobody is named: "..., ha aggiunto"."""
    kept = list(found)
    for inside, around in _insertions(scene.sentence.words):
        one = (
            _by_preposition(inside, scene, cast_, lexicon)
            or _by_verb(inside, scene, cast_, lexicon)
            or _by_verb_alone(inside, scene, cast_, lexicon, speaker)
        )
        beside = [other for other in kept if any(_overlaps(inside, cue) for cue in other.cue)]
        if one is None:
            continue
        cue, source, actors, rule, stance = one
        inverted = cue[0] is inside[0] and cue[0].pos in ("VERB", "AUX") and not rule.endswith(ACCORDING)
        if beside and source and (inverted or not all(_is_astray(other, inside, around) for other in beside)):
            continue
        kept = [other for other in kept if other not in beside]
        kept.append(
            Told(
                cue=spans_of(scene.sentence, {word.index for word in cue}, text),
                content=spans_of(scene.sentence, {word.index for word in around}, text),
                source=actors,
                source_span=Span(source[0].start, source[-1].end) if source else None,
                stance=stance,
                rule=rule,
                frame=(Span(inside[0].start, inside[-1].end),),
            )
        )
    return kept


def _insertions(words: Sequence[Word]) -> Iterator[tuple[Sequence[Word], Sequence[Word]]]:
    """What stands between a comma and the next, or the end; and the clause around it."""
    commas = [word.index for word in words if word.text == ","]
    for number, comma in enumerate(commas):
        last = commas[number + 1] if number + 1 < len(commas) else len(words)
        inside = words[comma + 1 : last]
        while inside and inside[-1].text in (".", "!", "?"):
            inside = inside[:-1]
        around = _around(words, comma, last)
        told = [word for word in around if word.pos != "PUNCT"]
        if (
            0 < len(inside) <= LONGEST
            and not any(word.text in STOPS for word in inside)
            and len(told) >= FEWEST
            and any(word.has("VerbForm=Fin") for word in told)
        ):
            yield inside, around


def _is_astray(one: Told, inside: Sequence[Word], around: Sequence[Word]) -> bool:
    """Whether a parser has taken what stands before the insertion for part of it ("The ship, the ministry | said"), or has left
    out the verb that follows ("The rebels | , according to the army, fired first")."""
    behind = [word for word in around if word.start > inside[-1].end]
    before = [word for word in around if word.end < inside[0].start]
    if any(word.has("VerbForm=Fin") for word in before) or not any(word.has("VerbForm=Fin") for word in behind):
        return False
    told = any(part.end > inside[-1].end for part in one.content)
    return not told or (one.source_span is not None and one.source_span.start < inside[0].start)


def _overlaps(inside: Sequence[Word], span: Span) -> bool:
    return span.start < inside[-1].end and inside[0].start < span.end


def _around(words: Sequence[Word], comma: int, last: int) -> list[Word]:
    """The words of the same stretch before and behind an insertion."""
    first = next((i + 1 for i in range(comma - 1, -1, -1) if words[i].text in STOPS), 0)
    end = next((i for i in range(last, len(words)) if words[i].text in STOPS), len(words))
    return [*words[first:comma], *words[last + 1 : end]]


def _by_preposition(inside: Sequence[Word], scene: Scene, cast_: Cast, lexicon: SpeechLexicon) -> _Insertion | None:
    for preposition in lexicon.according:
        parts = preposition.split()
        opening = inside[: len(parts)]
        fits = all(part in (w.text.lower(), w.lemma.lower()) for part, w in zip(parts, opening, strict=False))
        source = inside[len(parts) :]
        if len(opening) == len(parts) and source and fits and not _verbs(source):
            mentions = cast_.inside(scene.number, [word.index for word in source])
            if mentions:
                return opening, source, mentions[0].actors, f"{lexicon.code}{ACCORDING}", "assert"
    return None


def _by_verb(inside: Sequence[Word], scene: Scene, cast_: Cast, lexicon: SpeechLexicon) -> _Insertion | None:
    """One finite verb of saying, with nothing beside it but who says it, and when."""
    verbs = _verbs(inside)
    said = [verb for verb in verbs if verb.pos != "AUX" and _group(verb, lexicon)]
    mentions = cast_.inside(scene.number, [word.index for word in inside])
    if len(said) != 1 or not mentions or inside[0].pos in LINKS or any(word.has("PronType=Rel") for word in inside):
        return None
    verb, mention = said[0], mentions[0]
    group = _group(verb, lexicon)
    cue = [word for word in verbs if 0 <= verb.index - word.index <= 1]
    source = [word for word in inside if word.index < cue[0].index]
    behind = [word for word in inside if word.index > verb.index]
    if group is None or len(cue) < len(verbs):
        return None
    if not source:  # "dice il governo"
        source = [word for word in behind if word.start < mention.span.end]
        opens = verb.has("VerbForm=Fin") or cue[0].has("VerbForm=Fin")
        return (cue, source, mention.actors, group.id, group.stance) if opens and _begins(source, mention) else None
    past = group.stance == "assert" or verb.has("VerbForm=Fin")  # "insisted on Monday", read as a participle
    alone = len(mentions) == 1 and len(behind) <= SHORT and not any(word.pos == "PRON" for word in behind)
    fits = past and alone and _begins(source, mention) and mention.span.end <= verb.start
    return (cue, source, mention.actors, group.id, group.stance) if fits else None


def _by_verb_alone(
    inside: Sequence[Word], scene: Scene, cast_: Cast, lexicon: SpeechLexicon, speaker: tuple[str, ...]
) -> _Insertion | None:
    """A finite verb of saying by itself, in a language that leaves out who it is: "spiega", "ha poi aggiunto"."""
    verbs = _verbs(inside)
    if len(inside) > FEWEST or any(word.pos not in ("VERB", "AUX", "ADV") for word in inside) or not verbs:
        return None
    verb, group = verbs[-1], _group(verbs[-1], lexicon)
    finite = any(word.has("VerbForm=Fin") and word.has("Person=3") for word in verbs)
    if group is None or verb.pos == "AUX" or not finite or any(word.pos == "VERB" for word in verbs[:-1]):
        return None
    source = speaker or cast_.subject_left_out(scene.number, verb.index)
    return verbs, (), source, group.id, group.stance


def _begins(source: Sequence[Word], mention: Mention) -> bool:
    """Whether nothing but an article stands ahead of who speaks."""
    return len(source) > 0 and mention.span.start <= source[min(1, len(source) - 1)].start


def _verbs(inside: Sequence[Word]) -> list[Word]:
    return [word for word in inside if word.pos in ("VERB", "AUX")]


def _group(verb: Word, lexicon: SpeechLexicon) -> SpeechGroup | None:
    """The group that a verb belongs to by itself, where what it says may be a clause."""
    groups = (group for group, companions in lexicon.verbs.get(verb.lemma.lower(), ()) if not companions)
    return next((group for group in groups if group.stance in STANCES and "clause" in group.frames), None)
