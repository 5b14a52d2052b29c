"""Verbs of saying: what a clause reports that its subject says, thinks, asks, promises or denies.

In: a clause and a language's speech lexicon. Out: a `Told` with the content that the verb's frames allow, or nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from dragoman.extract.actors import Cast
from dragoman.extract.scenes import Scene, spans_of
from dragoman.extract.speech import SpeechGroup, SpeechLexicon
from dragoman.extract.statements.sources import cue_inside, cue_of, inverted_subject, source_of
from dragoman.extract.statements.told import Told
from dragoman.parse.clauses import Clause
from dragoman.parse.relations import complements, conjunction_below, has_own_subject, joins
from dragoman.parse.words import Sentence, Word
from dragoman.records import Span

ATTITUDES = ("believe", "praise", "doubt", "ask")
UNSAID = (*ATTITUDES, "accuse", "demand")  # what a passive without an agent does not report
DASHES = ("-", "–", "—")
LONGEST_ASIDE = 12  # words between dashes on either side of a cue
LONGEST_TAKING_UP = 14  # words of a sentence that only says who said what stands before it
FARTHEST_NAME = 60  # code points from "called" to the quotation that says what somebody is called
LONGEST_VERDICT = 6  # words that say of a claim only that it is not true
MINIMUM_QUOTE = 4  # words; a shorter quotation that nobody is said to say is a scare quote or a title


def said_by_verb(
    text: str,
    scene: Scene,
    clause: Clause,
    quotes: Sequence[Span],
    cast_: Cast,
    lexicon: SpeechLexicon,
    before: Span | None = None,
    days: Sequence[Span] = (),
    previous: Span | None = None,
) -> Told | None:
    """What a clause reports. `quotes` are those of its sentence, `before` is the one that ends where the sentence begins,
    `days` are the dates of the sentence, `previous` is the sentence ahead of it."""
    for group, companions in lexicon.verbs.get(clause.predicate, ()):
        if not all(word in clause.companions for word in companions):
            continue
        heads = {scene.sentence[p.head].lemma.lower() for p in clause.role("object")}
        if group.objects and not heads & group.objects:
            continue
        if group.complement and not any(
            c.predicate in group.complement
            for c in scene.clauses
            if c.parent == clause.number and c.link == "complement"
        ):
            continue
        content = _content(text, scene, clause, quotes, group, companions, lexicon)
        if not content and before is not None and clause.link == "root" and "quote" in group.frames:
            content = (before,)
        if (
            previous is not None
            and group.stance in ("assert", "confirm")
            and _takes_up(scene, clause, content, lexicon)
        ):
            content = (previous,)
        if group.content and not _has_words(scene, content, group):
            continue
        pronoun = any(scene.sentence[p.head].pos == "PRON" for p in clause.role("object"))
        bare = group.bare and not content and _stands_alone(scene, clause)
        claim = group.stance == "deny" and (
            pronoun
            or bare
            or bool((heads | _taken_up(scene, clause)) & lexicon.claims)
            or _is_verdict(scene, content, group)
        )
        if not content and not claim:
            continue
        source_span, source = source_of(text, scene, clause, cast_, quotes, group, days)
        if bare and not source:
            continue
        if len(aside := _aside(scene, clause)) and "clause" in group.frames:
            content = spans_of(scene.sentence, set(range(len(scene.sentence))) - set(aside), text)
        if source_span is not None and content and source_span.end == content[-1].end:  # "...," Rossi, the head, said
            content = tuple(p for p in _cut_off(content, source_span, text)) or content
        if _is_quoted(scene, clause, quotes) and not _tells_of_another(scene, clause, source, group, cast_):
            continue
        if source_span is None and not source and not clause.passive and not any(_is_in_quote(content, quotes)):
            told = clause.finite and clause.link not in ("complement", "purpose", "without")
            if not told:  # "to say that ...": nobody is reported to have said it
                continue
        if clause.passive and source_span is None and not source and group.stance in UNSAID:
            told = group.stance in ("believe", "ask") and _has_complement(scene, clause)
            if not told:  # "was charged with": nobody is told of who says so, as in "is expected to"
                continue
        return Told(
            cue=cue_of(text, scene, clause),
            content=content,
            source=source,
            source_span=source_span,
            stance=group.stance,
            rule=group.id,
            negated=clause.negated != _is_declined(scene, clause, lexicon),
            denies_claim=claim,
            anonymous=not source and _is_unnamed(scene, clause, lexicon),
            medium=_medium(text, scene, clause, content, lexicon),
            frame=spans_of(scene.sentence, clause.words, text),
        )
    return None


def _words_of(scene: Scene, content: Sequence[Span]) -> list[Word]:
    return [word for word in scene.sentence if any(part.start <= word.start < part.end for part in content)]


def _has_words(scene: Scene, content: Sequence[Span], group: SpeechGroup) -> bool:
    """Whether one of the words that a group asks for stands in what is said, and that is no longer than the group allows."""
    words = _words_of(scene, content)
    said = [word for word in words if word.pos != "PUNCT"]
    fits = group.longest is None or len(said) <= group.longest
    return fits and any({word.lemma.lower(), word.text.lower()} & group.content for word in words)


def _is_verdict(scene: Scene, content: Sequence[Span], group: SpeechGroup) -> bool:
    """ "called that pure invention", "“A lie,” he said": all that is said is that something is untrue; a claim, then."""
    words = [word for word in _words_of(scene, content) if word.pos != "PUNCT"]
    return bool(group.content) and len(words) <= LONGEST_VERDICT


def _stands_alone(scene: Scene, clause: Clause) -> bool:
    """ "Moscow denies": a finite verb with nobody and nothing that it is done to."""
    return clause.finite and not clause.passive and not clause.role("object") and not _has_complement(scene, clause)


def _has_complement(scene: Scene, clause: Clause) -> bool:
    return any(c.parent == clause.number and c.link == "complement" and c.kind != "noun" for c in scene.clauses)


def _takes_up(scene: Scene, clause: Clause, content: Sequence[Span], lexicon: SpeechLexicon) -> bool:
    """ "This was reported by Reuters", "Lo riferisce l'Ansa", "So says the minister": what is said stands in the sentence
    before, and a word for it here."""
    sentence = scene.sentence
    if clause.link != "root" or not clause.finite or clause.question or len(sentence) > LONGEST_TAKING_UP:
        return False
    words = [
        word
        for word in sentence.children(clause.head)
        if word.text.lower() in lexicon.anaphors
        and word.index < clause.head
        and not list(sentence.children(word.index))
    ]
    spans = [Span(word.start, word.end) for word in words]
    return bool(words) and all(part in spans for part in content)


def _aside(scene: Scene, clause: Clause) -> range:
    """The words between two dashes, "... — the minister said — ...", if the clause and nothing else stands there."""
    sentence = scene.sentence
    first = last = clause.head
    while first > 0 and sentence[first - 1].text not in DASHES and clause.head - first < LONGEST_ASIDE:
        first -= 1
    while last + 1 < len(sentence) and sentence[last + 1].text not in DASHES and last - clause.head < LONGEST_ASIDE:
        last += 1
    if first < 2 or last + 2 >= len(sentence):
        return range(0)
    if sentence[first - 1].text not in DASHES or sentence[last + 1].text not in DASHES:
        return range(0)
    subjects = [phrase for phrase in (*clause.role("subject"), *clause.role("object")) if first <= phrase.head <= last]
    verbs = [word for word in sentence.words[first : last + 1] if word.pos == "VERB"]
    return range(first - 1, last + 2) if subjects and len(verbs) == 1 else range(0)


def _cut_off(content: Sequence[Span], name: Span, text: str) -> Iterator[Span]:
    """The content without a name at its end."""
    for part in content:
        end = part.end if part.end <= name.start else name.start
        while end > part.start and text[end - 1] in " ,;\n":
            end -= 1
        if end > part.start:
            yield Span(part.start, end)


def _is_declined(scene: Scene, clause: Clause, lexicon: SpeechLexicon) -> bool:
    """ "refused to rule out", "declined to confirm": what somebody refuses to say is not said."""
    if clause.parent is None or clause.link != "complement" or clause.finite:
        return False
    above = scene.clauses[clause.parent]
    groups = [group for group, _ in lexicon.verbs.get(above.predicate, ()) if group.stance == "decline"]
    return bool(groups) and not above.negated


def _medium(text: str, scene: Scene, clause: Clause, content: Sequence[Span], lexicon: SpeechLexicon) -> Span | None:
    """ "in a statement", "on Twitter", "in un'intervista": what it was said in."""
    for role, phrases in clause.roles.items():
        for phrase in phrases:
            if role in ("subject", "object") or scene.sentence[phrase.head].lemma.lower() not in lexicon.media:
                continue
            spans = spans_of(scene.sentence, phrase.words, text)
            whole = Span(spans[0].start, spans[-1].end)
            if not any(part.overlaps(whole) for part in content):
                return whole
    return None


def _is_unnamed(scene: Scene, clause: Clause, lexicon: SpeechLexicon) -> bool:
    """ "Sources said": nouns for those who speak and are not named."""
    return any(scene.sentence[phrase.head].lemma.lower() in lexicon.unnamed for phrase in clause.role("subject"))


def _taken_up(scene: Scene, clause: Clause) -> set[str]:
    """What the content's verb has for an object: "denied that it had made such a request" takes up a request."""
    below = [c for c in scene.clauses if c.parent == clause.number and c.link == "complement" and c.kind != "noun"]
    return {scene.sentence[phrase.head].lemma.lower() for c in below for phrase in c.role("object")}


def _is_quoted(scene: Scene, clause: Clause, quotes: Sequence[Span]) -> bool:
    return any(cue_inside(scene.sentence, clause, quote) for quote in quotes)


def _tells_of_another(scene: Scene, clause: Clause, source: Sequence[str], group: SpeechGroup, cast_: Cast) -> bool:
    """Whether a clause within a quotation reports somebody else: "Putin told me that ...". "I think", "you know", "they
    say" are ways of speaking; what "voters" say is the speaker's view. Parties of the record and persons are others."""
    subjects = [scene.sentence[phrase.head] for phrase in clause.role("subject")]
    if not subjects or any(word.has("Person=1") or word.has("Person=2") for word in subjects):
        return False
    told = [actor for actor in cast_.actors if actor.id in source]
    return any(actor.country or (actor.kind == "person" and group.stance not in ATTITUDES) for actor in told)


def _content(
    text: str,
    scene: Scene,
    clause: Clause,
    quotes: Sequence[Span],
    group: SpeechGroup,
    companions: Sequence[str],
    lexicon: SpeechLexicon,
) -> tuple[Span, ...]:
    """The characters of what is said: complement, quotation or object, whichever the group's frames allow."""
    sentence = scene.sentence
    conjunctions = lexicon.conjunctions
    words: set[int] = set()
    if "small" in group.frames and (called := _small_clause(scene, clause, quotes, lexicon)):
        return spans_of(sentence, called, text)
    for child in scene.clauses:
        if child.parent != clause.number or child.number == clause.number or child.kind == "noun":
            continue
        word = sentence[child.head]
        if word.head != clause.head and child.link != "complement":
            continue
        if _fits(child, group.frames, bool(words)):
            words |= set(sentence.subtree(child.head))
    if not words and clause.link == "parenthesis" and clause.parent is not None and "clause" in group.frames:
        words = set(sentence.subtree(scene.clauses[clause.parent].head))
    if not words and "clause" in group.frames and _is_as_told(scene, clause, group, lexicon):
        words = set(sentence.subtree(sentence[clause.head].head)) - set(sentence.subtree(clause.head))
    if not words and "clause" in group.frames and _comes_after(scene, clause, group):
        words = set(sentence.subtree(sentence[clause.head].head)) - set(sentence.subtree(clause.head))
    if not words and {"clause", "infinitive"} & group.frames:
        words = _complement(scene, clause, conjunctions)
    told_of = clause.passive and _has_complement(scene, clause)  # "Peru is expected to close ...": not Peru alone
    if ("noun" in group.frames or "about" in group.frames) and not told_of:
        for role in ("object", *(c for c in companions if c in clause.roles)):
            for phrase in clause.role(role):
                if phrase.head != clause.head:
                    words |= set(sentence.subtree(phrase.head))
        if words and "about" in group.frames:  # "asked Beijing for weapons": not Beijing alone
            about = (p for role in lexicon.about & clause.roles.keys() for p in clause.role(role))
            words |= {i for p in about if p.head > clause.head for i in range(min(p.words) - 1, max(p.words) + 1)}
    words -= set(sentence.subtree(clause.head)) if _is_below(sentence, clause, words) else {clause.head}
    inverted = inverted_subject(scene, clause, group)
    for phrase in inverted or clause.role("subject"):
        if "noun" not in group.frames or phrase.head not in words:
            words -= set(sentence.subtree(phrase.head))
    if words and told_of and group.stance == "believe":
        words |= {index for phrase in clause.role("object") for index in phrase.words}
    if words and "clause" in group.frames:
        words |= _joined(sentence, max(words), conjunctions)
    if not words and "clause" in group.frames:
        words = _behind(scene, clause, group, conjunctions) or _ahead(scene, clause, quotes)
    found = spans_of(sentence, words, text)
    around = [q for q in quotes if cue_inside(sentence, clause, q)]
    if around:  # said within a quotation: what is said ends with it
        return tuple(piece for part in found for piece in _clipped(part, around[0]))
    # "said Ada Rossi, who writes for ...", "..., he said, adding ...": these have no part in what stands before them
    aside = not clause.finite or clause.link in ("relative", "modifier")
    near = tuple(q for q in quotes if q.end - q.start > 3 and not (aside and q.start < sentence[clause.head].start))
    if "quote" in group.frames and (not found or not any(q.overlaps(part) for q in near for part in found)):
        spoken = [q for q in near if _is_speech(text, q)] if found else near
        found = (*spoken, *(part for part in found if not spoken or part.start > sentence[clause.head].start))
    return found


def _is_as_told(scene: Scene, clause: Clause, group: SpeechGroup, lexicon: SpeechLexicon) -> bool:
    """ "As the paper reported, ...": what it hangs on is what is said; a comma or the head of the sentence sets it apart."""
    sentence = scene.sentence
    opening = min(sentence.subtree(clause.head))
    if not clause.finite or clause.passive or sentence[opening].text.lower() not in lexicon.as_what:
        return False
    behind = max(sentence.subtree(clause.head)) + 1
    apart = (opening == 0 or sentence[opening - 1].text == ",") and behind < len(sentence)
    others = [phrase for phrase in clause.role("object") if phrase not in inverted_subject(scene, clause, group)]
    return apart and sentence[clause.head].head != clause.head and not others


def _small_clause(scene: Scene, clause: Clause, quotes: Sequence[Span], lexicon: SpeechLexicon) -> set[int]:
    """ "called the vote illegal", "described the talks as useful", "called him “a liar”": who or what, and what it is called."""
    sentence = scene.sentence
    last = max(clause.head, *clause.trigger)
    if clause.passive or last + 1 >= len(sentence) or sentence[last + 1].pos in ("ADP", "PUNCT", "CCONJ"):
        return set()
    subjects = clause.role("subject") if any(phrase.head < clause.head for phrase in clause.role("subject")) else ()
    objects = [phrase for phrase in (*clause.role("object"), *subjects) if phrase.head > last]
    named = [phrase.head for role in lexicon.as_what & clause.roles.keys() for phrase in clause.role(role)]
    named += complements(sentence, clause.head)
    named = [head for head in named if head > last]
    start = sentence[last].end
    marked = [q for q in quotes if q.start > start and all(q.start > sentence[o.head].start for o in objects)]
    near = [q for q in marked if q.start - start < FARTHEST_NAME] if objects else []
    if (not named and not near) or (not objects and len(named) < 2 and not _has_two(sentence, named)):
        return set()
    ends = [index for head in (*named, *(o.head for o in objects)) for index in sentence.subtree(head)]
    if not named:
        ends += [word.index for word in sentence if near[0].start <= word.start < near[0].end]
    return set(range(last + 1, max(ends) + 1))


def _has_two(sentence: Sentence, heads: Sequence[int]) -> bool:
    """Whether what a parser takes for one complement has a subject of its own: "called [the vote] [a farce]"."""
    return any(has_own_subject(sentence, head) for head in heads)


def _behind(scene: Scene, clause: Clause, group: SpeechGroup, conjunctions: Collection[str]) -> set[int]:
    """What follows a finite verb of saying up to the end of the sentence, where a parser makes no clause of it: "says the
    movement that is sweeping the country appeals to ..."."""
    sentence = scene.sentence
    first = max(clause.head, *clause.trigger) + 1
    subjects = clause.role("subject")
    if not clause.finite or clause.passive or not subjects or first + 2 >= len(sentence):
        return set()
    if any(phrase.head > clause.head for phrase in subjects):
        return set()
    opened = sentence[first].text.lower() in conjunctions
    if not opened and group.stance != "assert":
        return set()
    if not opened and sentence[first].pos not in ("DET", "PRON", "NOUN", "PROPN", "ADJ", "NUM"):
        return set()
    if not opened and not any(word.has("VerbForm=Fin") for word in sentence.words[first + 1 :]):
        return set()
    return {word.index for word in sentence.words[first:]}


def _ahead(scene: Scene, clause: Clause, quotes: Sequence[Span]) -> set[int]:
    """What stands ahead of "..., Rossi wrote in May.", where a parser makes no clause of it."""
    sentence = scene.sentence
    subjects = [i for phrase in clause.role("subject") for i in phrase.words if phrase.head < clause.head]
    if not clause.finite or clause.passive or not subjects or sentence.words[-1].text == ":":
        return set()
    comma = min(subjects) - 1
    if comma < 3 or sentence[comma].text != "," or sentence[0].pos in ("SCONJ", "ADP", "ADV", "CCONJ", "PUNCT"):
        return set()
    rest = sentence.words[clause.head + 1 :]
    if any(word.has("VerbForm=Fin") for word in rest) or any(q.end > sentence[clause.head].start for q in quotes):
        return set()
    if any(sentence[comma].end <= q.end + 2 and q.end <= sentence[comma].end + 2 for q in quotes):
        return set()
    ahead = sentence.words[:comma]
    return {word.index for word in ahead} if any(word.has("VerbForm=Fin") for word in ahead) else set()


def _joined(sentence: Sentence, last: int, conjunctions: Collection[str]) -> set[int]:
    """What goes on behind a comma with "and that ...", wherever a parser hangs it."""
    following = [word for word in sentence.words[last + 1 : last + 4] if word.text != ","]
    if len(following) < 2 or following[0].relation != "cc" or following[1].text.lower() not in conjunctions:
        return set()
    return {i for i in sentence.subtree(following[1].head) if i > last and i != following[0].index}


def _clipped(part: Span, quote: Span) -> Iterator[Span]:
    start, end = max(part.start, quote.start + 1), min(part.end, quote.end - 1)
    if start < end:
        yield Span(start, end)


def _is_speech(text: str, quote: Span) -> bool:
    """Whether a quotation is a whole utterance: long enough, and ended by a stop or comma."""
    inner = text[quote.start + 1 : quote.end - 1].rstrip()
    follows = text[quote.end : quote.end + 1]
    return inner.count(" ") + 1 >= MINIMUM_QUOTE and (inner[-1:] in ".,!?…" or follows == ",")


def _comes_after(scene: Scene, clause: Clause, group: SpeechGroup) -> bool:
    """ "..., ha detto il ministro": a parser joins it to what is said; its subject behind it gives it away."""
    first = min(scene.sentence.subtree(clause.head))
    apart = clause.link == "adverbial" and clause.finite and first > 0 and scene.sentence[first - 1].text == ","
    if not joins(scene.sentence, clause.head) and not apart:
        return False
    behind = any(phrase.head > clause.head for phrase in clause.role("subject"))
    return behind or bool(inverted_subject(scene, clause, group))


def _complement(scene: Scene, clause: Clause, conjunctions: Collection[str]) -> set[int]:
    """What a parser makes a complement though it is no clause of ours, or opens with "that" below the verb, or follows at
    once with a question word ("did not say when ...")."""
    sentence = scene.sentence
    heads = complements(sentence, clause.head)
    if not heads and (opened := conjunction_below(sentence, clause.head, conjunctions)) is not None:
        heads = (opened,)
    if not heads:
        follows = max(clause.head, *clause.trigger) + 1
        heads = tuple(
            c.head
            for c in scene.clauses
            if c.parent == clause.number and c.kind != "noun" and min(sentence.subtree(c.head)) == follows
        )
    below = {index for head in heads for index in sentence.subtree(head)}
    return {index for index in below if index > clause.head}


def _fits(child: Clause, frames: Collection[str], has_content: bool) -> bool:
    """Whether a clause under a verb of saying is its content, by the shapes that the verb allows."""
    if child.link == "complement":
        return "clause" in frames if child.finite else not {"infinitive", "about"}.isdisjoint(frames)
    if child.link == "parenthesis":
        return "clause" in frames and not has_content
    return (
        child.link in ("adverbial", "purpose") or (child.link == "cause" and not child.finite)
    ) and "about" in frames


def _is_below(sentence: Any, clause: Clause, words: Collection[int]) -> bool:
    """Whether the content stands above the cue, as around "..., the minister said, ..."."""
    return any(ancestor.index in words for ancestor in sentence.ancestors(clause.head))


def _is_in_quote(content: Iterable[Span], quotes: Sequence[Span]) -> Iterator[bool]:
    return (any(q.overlaps(part) for q in quotes) for part in content)
