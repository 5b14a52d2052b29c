"""Statements: who is reported to say, think, ask, promise or deny what.

In: clauses, quotations and the cast of one article, and a language's speech lexicon. Out: `Statement`s with source, cue and
content, nested where one is told within another, denials linked to what they deny.
"""

from __future__ import annotations

import bisect
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from dragoman.extract.actors import Cast, Mention
from dragoman.extract.scenes import Scene, spans_of
from dragoman.extract.spanindex import SpanIndex
from dragoman.extract.speech import SpeechGroup, SpeechLexicon
from dragoman.extract.transcripts import find_turns
from dragoman.parse.clauses import Clause, Phrase
from dragoman.parse.relations import complements, conjunction_below, has_own_subject, joins, past_conditional
from dragoman.parse.words import Sentence, Word
from dragoman.records import Manner, Span, Stance, Statement, When

REACH = 60  # statements back that a denial may mean
TELLING = ("assert", "accuse", "believe", "confirm")
ATTITUDES = ("believe", "praise", "doubt", "ask")
MINIMUM_QUOTE = 4  # words; a shorter quotation that nobody is said to say is a scare quote or a title
SHARED_SUBJECTS = 3  # clauses up to the one whose subject an infinitive or participle shares
DASHES = ("-", "–", "—")
NAMING = ("DET", "ADJ", "NUM", "NOUN", "PROPN")
NEXT_QUOTE = 200  # code points between a cue and the other half of a quotation
LONGEST_NAME = 4  # words before the colon of a headline
NEAR = 8  # words between a cue and the head of the name beside it


@dataclass(frozen=True, slots=True)
class _Found:
    """A statement before it has a number."""

    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    source: tuple[str, ...]
    source_span: Span | None
    stance: Stance
    rule: str
    negated: bool = False
    denies_claim: bool = False
    anonymous: bool = False
    medium: Span | None = None
    frame: tuple[Span, ...] = ()  # the words of the clause that says so, without what is said
    direct: bool = False  # in somebody's own words, though no marks stand around them


def find_statements(
    text: str,
    scenes: Sequence[Scene],
    quotes: Sequence[Span],
    cast_: Cast,
    lexicon: SpeechLexicon,
    dates: Sequence[When] = (),
) -> tuple[Statement, ...]:
    """The statements of an article in text order. `dates` are those of the article, in text order too."""
    found: list[_Found] = []
    for scene in scenes:
        found.extend(_in_sentence(text, scene, quotes, cast_, lexicon))
    turns = list(_turns(text, cast_, lexicon))
    opened = {turn.cue for turn in turns}
    found = [f for f in found if f.cue not in opened]
    found = [replace(f, content=_with_whole_quotes(f, _around_of(f, quotes), text)) for f in found]
    found = _with_continuations(text, scenes, quotes, found, lexicon)
    found.extend(_quoted(text, scenes, quotes, found, cast_, lexicon))
    found.extend(turns)
    return _numbered(text, _without_doubles(found), quotes, cast_.unnamed, dates)


def _in_sentence(text: str, scene: Scene, quotes: Sequence[Span], cast_: Cast, lexicon: SpeechLexicon) -> list[_Found]:
    """What one sentence says that somebody said."""
    sentence = Span(scene.sentence.start, scene.sentence.end)
    here = [q for q in _touching(quotes, sentence) if q.overlaps(sentence)]
    found: list[_Found] = []
    for clause in scene.clauses:
        if clause.kind == "noun":
            one = _said_by_noun(text, scene, clause, cast_, lexicon)
        else:
            one = _said_by_verb(text, scene, clause, here, cast_, lexicon)
        if one is not None:
            found.append(one)
    whole = [*_according_to(text, scene, cast_, lexicon), *_according_to_verb(text, scene, cast_, lexicon)]
    found = [_cut_out(one, whole, text) for one in found] + whole
    found.extend(_hearsay(text, scene, found, lexicon))
    headline = _headline(text, scene, here, cast_, lexicon)
    if headline is not None and not any(f.content and headline.content[0].overlaps(f.content[0]) for f in found):
        found.append(headline)
    return found


def _touching(quotes: Sequence[Span], span: Span) -> Sequence[Span]:
    """The quotations from the last that begins before a span to the first that begins behind it; they never overlap."""
    first = bisect.bisect_left(quotes, Span(span.start, span.start + 1))
    last = bisect.bisect_left(quotes, Span(span.end, span.end + 1))
    return quotes[max(0, first - 1) : last + 1]


def _around_of(found: _Found, quotes: Sequence[Span]) -> Sequence[Span]:
    """The quotations that touch a statement or stand within a line of it."""
    spans = (*found.cue, *found.content)
    start = max(0, min(span.start for span in spans) - NEXT_QUOTE)
    return _touching(quotes, Span(start, max(span.end for span in spans) + NEXT_QUOTE))


# ---- verbs of saying ---------------------------------------------------------------------------------------------------


def _said_by_verb(
    text: str, scene: Scene, clause: Clause, quotes: Sequence[Span], cast_: Cast, lexicon: SpeechLexicon
) -> _Found | None:
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
        content = _content(text, scene, clause, quotes, group, companions, lexicon.conjunctions)
        pronoun = any(scene.sentence[p.head].pos == "PRON" for p in clause.role("object"))
        claim = group.stance == "deny" and (pronoun or bool((heads | _taken_up(scene, clause)) & lexicon.claims))
        if not content and not claim:
            continue
        if group.stance in ATTITUDES and _speaks_for_self(scene, clause, quotes):
            continue
        source_span, source = _source(text, scene, clause, cast_, quotes, group)
        if source_span is None and not source and not clause.passive and not any(_is_in_quote(content, quotes)):
            told = clause.finite and clause.link not in ("complement", "purpose", "without")
            if not told:  # "to say that ...": nobody is reported to have said it
                continue
        return _Found(
            cue=_cue(text, scene, clause),
            content=content,
            source=source,
            source_span=source_span,
            stance=group.stance,
            rule=group.id,
            negated=clause.negated,
            denies_claim=claim,
            anonymous=not source and _is_unnamed(scene, clause, lexicon),
            medium=_medium(text, scene, clause, content, lexicon),
            frame=spans_of(scene.sentence, clause.words, text),
        )
    return None


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


def _speaks_for_self(scene: Scene, clause: Clause, quotes: Sequence[Span]) -> bool:
    """ "I think" and "you know" within a quotation are ways of speaking, not reports."""
    if not any(_cue_inside(scene.sentence, clause, quote) for quote in quotes):
        return False
    return any(
        scene.sentence[phrase.head].has("Person=1") or scene.sentence[phrase.head].has("Person=2")
        for phrase in clause.role("subject")
    )


def _content(
    text: str,
    scene: Scene,
    clause: Clause,
    quotes: Sequence[Span],
    group: SpeechGroup,
    companions: Sequence[str],
    conjunctions: Collection[str],
) -> tuple[Span, ...]:
    """The characters of what is said: complement, quotation or object, whichever the group's frames allow."""
    sentence = scene.sentence
    words: set[int] = set()
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
    if not words and "clause" in group.frames and _comes_after(scene, clause, group):
        words = set(sentence.subtree(sentence[clause.head].head)) - set(sentence.subtree(clause.head))
    if not words and {"clause", "infinitive"} & group.frames:
        words = _complement(scene, clause, conjunctions)
    if "noun" in group.frames or "about" in group.frames:
        for role in ("object", *(c for c in companions if c in clause.roles)):
            for phrase in clause.role(role):
                if phrase.head != clause.head:
                    words |= set(sentence.subtree(phrase.head))
    words -= set(sentence.subtree(clause.head)) if _is_below(sentence, clause, words) else {clause.head}
    inverted = _inverted(scene, clause, group)
    for phrase in inverted or clause.role("subject"):
        if "noun" not in group.frames or phrase.head not in words:
            words -= set(sentence.subtree(phrase.head))
    found = spans_of(sentence, words, text)
    around = [q for q in quotes if _cue_inside(sentence, clause, q)]
    if around:  # said within a quotation: what is said ends with it
        return tuple(piece for part in found for piece in _clipped(part, around[0]))
    near = tuple(q for q in quotes if q.end - q.start > 3)
    if "quote" in group.frames and (not found or not any(q.overlaps(part) for q in near for part in found)):
        spoken = [q for q in near if _is_speech(text, q)] if found else near
        found = (*spoken, *(part for part in found if not spoken or part.start > sentence[clause.head].start))
    return found


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
    if not joins(scene.sentence, clause.head):
        return False
    behind = any(phrase.head > clause.head for phrase in clause.role("subject"))
    return behind or bool(_inverted(scene, clause, group))


def _inverted(scene: Scene, clause: Clause, group: SpeechGroup) -> tuple[Phrase, ...]:
    """ "..., ha aggiunto il ministro": what stands behind a verb that says no things, and has no subject, is its subject."""
    if "noun" in group.frames or clause.passive or not clause.finite or has_own_subject(scene.sentence, clause.head):
        return ()
    last = max(clause.head, *clause.trigger)
    return tuple(p for p in clause.role("object") if p.words and min(p.words) == last + 1)[:1]


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
        return ("clause" if child.finite else "infinitive") in frames
    if child.link == "parenthesis":
        return "clause" in frames and not has_content
    return child.link in ("adverbial", "purpose") and "about" in frames


def _is_below(sentence: Any, clause: Clause, words: Collection[int]) -> bool:
    """Whether the content stands above the cue, as around "..., the minister said, ..."."""
    return any(ancestor.index in words for ancestor in sentence.ancestors(clause.head))


def _cue_inside(sentence: Any, clause: Clause, quote: Span) -> bool:
    return quote.start <= sentence[clause.head].start < quote.end


def _is_in_quote(content: Iterable[Span], quotes: Sequence[Span]) -> Iterator[bool]:
    return (any(q.overlaps(part) for q in quotes) for part in content)


def _cue(text: str, scene: Scene, clause: Clause) -> tuple[Span, ...]:
    sentence = scene.sentence
    words = {clause.head, *clause.trigger}
    words |= {c.index for c in sentence.children(clause.head) if c.relation == "aux" or c.label == "compound:prt"}
    words |= {
        c.index for c in sentence.children(clause.head) if c.relation == "advmod" and clause.negated and len(c.text) < 5
    }
    return spans_of(sentence, words, text)


def _source(
    text: str, scene: Scene, clause: Clause, cast_: Cast, quotes: Sequence[Span] = (), group: SpeechGroup | None = None
) -> tuple[Span | None, tuple[str, ...]]:
    """The subject's span and actors; for a subject left out, the actor alone where it is known.

    What stands in a quotation that the cue stands outside of speaks there, not here.
    """
    cue = scene.sentence[clause.head].start
    outside = [q for q in quotes if not q.start <= cue < q.end]

    def is_free(phrase: Phrase) -> bool:
        return not any(q.start <= scene.sentence[phrase.head].start < q.end for q in outside)

    roles = group.source if group else ("subject",)
    given = tuple(phrase for role in roles for phrase in clause.role(role))
    phrases = (
        tuple(filter(is_free, _inverted(scene, clause, group) or given)) if group else tuple(filter(is_free, given))
    )
    above = clause
    for _ in range(SHARED_SUBJECTS):
        if phrases or above.finite or above.parent is None:
            break
        above = scene.clauses[above.parent]
        phrases = tuple(filter(is_free, above.role("subject")))
    if phrases:
        return _phrase_span(text, scene, phrases, quotes), _actors(scene, phrases, cast_)
    beside = None if clause.passive else _beside(scene, clause, cast_)
    if beside is not None and not any(q.covers(beside.span) for q in outside):
        return beside.span, beside.actors
    named = _named_beside(scene, clause) if clause.finite and not clause.passive and not given else None
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


def _named_beside(scene: Scene, clause: Clause) -> Span | None:
    """Words for somebody right before the cue ("Adelson said"), or right behind it where a comma or a quotation goes before
    ("..., said the nurse"), whom the parser makes no subject and the cast does not know."""
    sentence = scene.sentence
    first, last = min(clause.head, *clause.trigger), max(clause.head, *clause.trigger)
    start = first
    while start and sentence[start - 1].pos == "PROPN":
        start -= 1
    if start == first and first and sentence[first - 1].has("Case=Nom"):
        start -= 1
    if start < first:
        return Span(sentence[start].start, sentence[first - 1].end)
    if first and sentence[first - 1].pos != "PUNCT":
        return None
    end = last + 1
    while end < len(sentence) and sentence[end].pos in NAMING:
        end += 1
    if end > last + 1 and sentence[end - 1].pos in ("NOUN", "PROPN"):
        return Span(sentence[last + 1].start, sentence[end - 1].end)
    return None


def _phrase_span(text: str, scene: Scene, phrases: Sequence[Phrase], quotes: Sequence[Span] = ()) -> Span | None:
    """The characters of the phrases; what a parser wrongly hangs on them out of a quotation is left out."""
    words: set[int] = set()
    for phrase in phrases:
        head = scene.sentence[phrase.head].start
        closed = [q for q in quotes if not q.start <= head < q.end]
        words |= {i for i in phrase.words if not any(q.start <= scene.sentence[i].start < q.end for q in closed)}
    found = spans_of(scene.sentence, words, text)
    return Span(found[0].start, found[-1].end) if found else None


def _actors(scene: Scene, phrases: Sequence[Phrase], cast_: Cast) -> tuple[str, ...]:
    found: list[str] = []
    for phrase in phrases:
        ids = cast_.at(scene.number, phrase.head)
        if not ids:
            inside = cast_.inside(scene.number, phrase.words)
            ids = inside[0].actors if inside else ()
        found.extend(ids)
    return tuple(dict.fromkeys(found))


# ---- nouns, prepositions, headlines ------------------------------------------------------------------------------------


def _said_by_noun(text: str, scene: Scene, clause: Clause, cast_: Cast, lexicon: SpeechLexicon) -> _Found | None:
    """ "the claim that ...", "l'accusa di aver ...": the noun's complement clause is what is said."""
    group = lexicon.nouns.get(clause.predicate)
    if group is None:
        return None
    below = [
        c
        for c in scene.clauses
        if c.parent == clause.number and c.kind != "noun" and c.link in ("complement", "modifier", "relative")
        and _introduces(scene, c)
        and not any(phrase.head == clause.head for phrases in c.roles.values() for phrase in phrases)
    ]  # fmt: skip
    if not below:
        return None
    words = {index for c in below for index in scene.sentence.subtree(c.head)}
    owners = ("subject", *scene.grammar.agent_prepositions, *scene.grammar.own_prepositions)
    phrases = [phrase for role in owners for phrase in clause.role(role)]
    actors = _actors(scene, phrases, cast_)
    phrases = [p for p in phrases if _actors(scene, [p], cast_)]
    head = scene.sentence[clause.head]
    return _Found(
        cue=(Span(head.start, head.end),),
        content=spans_of(scene.sentence, words, text),
        source=actors,
        source_span=_phrase_span(text, scene, phrases) if phrases else None,
        stance=group.stance,
        rule=group.id,
    )


def _introduces(scene: Scene, clause: Clause) -> bool:
    """Whether a clause on a noun is its content, not a relative clause about it: it has a conjunction or is infinite."""
    children = list(scene.sentence.children(clause.head))
    if any(c.has("PronType=Rel") for c in children):
        return False
    return any(c.relation == "mark" for c in children)


def _according_to(text: str, scene: Scene, cast_: Cast, lexicon: SpeechLexicon) -> Iterator[_Found]:
    """ "according to X", "secondo X", "stando a X": the clause around it is X's, not the outlet's."""
    sentence = scene.sentence
    seen: set[int] = set()
    for clause in scene.clauses:
        for preposition in (lexicon.according | lexicon.according_first) & clause.roles.keys():
            for phrase in clause.role(preposition):
                if phrase.head in seen:
                    continue
                if preposition not in lexicon.according and not _opens_for_speaker(scene, phrase, cast_):
                    continue
                seen.add(phrase.head)
                top = _top(scene, clause)
                outside = set(sentence.subtree(phrase.head))
                words = set(sentence.subtree(top)) - outside
                before = {i for i in outside if i < min(phrase.words)}
                cue = before | set(range(max(0, min(phrase.words) - len(preposition.split())), min(phrase.words)))
                words -= cue
                actors = _actors(scene, (phrase,), cast_)
                if len(words) < 3 or not _may_speak(scene, phrase, actors):
                    continue
                yield _Found(
                    cue=spans_of(sentence, cue, text),
                    content=spans_of(sentence, words, text),
                    source=actors,
                    source_span=_phrase_span(text, scene, (phrase,)),
                    stance="assert",
                    rule=f"{lexicon.code}/speech/according-to",
                )


def _cut_out(one: _Found, whole: Sequence[_Found], text: str) -> _Found:
    """What a parser takes for the end of somebody's words, "..., according to X", is the frame around them."""
    content = one.content
    for frame in whole:
        outside = (*frame.cue, *((frame.source_span,) if frame.source_span else ()))
        around = Span(min(s.start for s in outside), max(s.end for s in outside))
        if any(part.covers(cue) for part in frame.content for cue in one.cue):
            kept = [piece for part in content for piece in _minus(part, around, text)]
            content = tuple(kept) or content
    return replace(one, content=content)


def _minus(part: Span, cut: Span, text: str) -> Iterator[Span]:
    if not part.overlaps(cut):
        yield part
        return
    for start, end in ((part.start, cut.start), (cut.end, part.end)):
        while end > start and text[end - 1] in " ,;\n":
            end -= 1
        while start < end and text[start] in " ,;\n":
            start += 1
        if end > start:
            yield Span(start, end)


def _according_to_verb(text: str, scene: Scene, cast_: Cast, lexicon: SpeechLexicon) -> Iterator[_Found]:
    """ "Stando alla polizia, l'uomo era armato": what comes behind is theirs, however the parser hangs it."""
    sentence = scene.sentence
    for clause in scene.clauses:
        if clause.finite or clause.predicate not in lexicon.according_verbs or clause.head > 0:
            continue
        for phrase in clause.role(lexicon.according_verbs[clause.predicate]):
            own = [i for i in phrase.words if i - phrase.head <= 1]
            last = max(own, default=phrase.head)
            comma = next((w.index for w in sentence if w.index > phrase.head and w.text == ","), None)
            last = comma - 1 if comma is not None and comma - phrase.head < NEAR else last
            words = set(range(last + 1, len(sentence)))
            if len(words) > 2:
                yield _Found(
                    cue=spans_of(sentence, set(range(clause.head, min(phrase.words))), text),
                    content=spans_of(sentence, words, text),
                    source=_actors(scene, (phrase,), cast_),
                    source_span=Span(sentence[min(phrase.words)].start, sentence[last].end),
                    stance="assert",
                    rule=f"{lexicon.code}/speech/according-to",
                )


def _opens_for_speaker(scene: Scene, phrase: Phrase, cast_: Cast) -> bool:
    """ "Per Mosca la guerra ...": at the head of the sentence, before a person, a seat of power or a body."""
    mention = cast_.mention_at(scene.number, phrase.head)
    if mention is None or min(scene.sentence.subtree(phrase.head)) > 0:
        return False
    actors = [actor for actor in cast_.actors if actor.id in mention.actors]
    return all(actor.kind == "person" or bool(actor.sectors) for actor in actors)


def _may_speak(scene: Scene, phrase: Phrase, actors: Collection[str]) -> bool:
    return bool(actors) or scene.sentence[phrase.head].pos in ("NOUN", "PROPN", "PRON")


def _top(scene: Scene, clause: Clause) -> int:
    """The word that heads everything the phrase speaks of: the verb's clause, up through participles and nouns."""
    seen: set[int] = set()  # strange trees have clauses that hang on one another
    while clause.parent is not None and (clause.kind == "noun" or not clause.finite) and clause.link != "relative":
        if clause.parent in seen:
            break
        seen.add(clause.parent)
        clause = scene.clauses[clause.parent]
    return clause.head


def _turns(text: str, cast_: Cast, lexicon: SpeechLexicon) -> Iterator[_Found]:
    """The turns of a transcript: "SMITH: We will not leave." """
    starts = sorted(cast_.mentions, key=lambda mention: mention.span.start)
    states = {actor.id for actor in cast_.actors if actor.kind == "state"}
    at = 0
    for turn in find_turns(text, lexicon.turns):
        while at < len(starts) and starts[at].span.end <= turn.speaker.start:
            at += 1
        named = at < len(starts) and turn.speaker.covers(starts[at].span)
        label = turn.speaker.of(text).casefold() in lexicon.turns
        if named and states.issuperset(starts[at].actors):  # "Israel: ..." heads a paragraph of a round-up
            continue
        colon = text.index(":", turn.speaker.end)
        yield _Found(
            cue=(Span(colon, colon + 1),),
            content=(turn.content,),
            source=starts[at].actors if named else (),
            source_span=None if label else turn.speaker,
            stance=lexicon.turns.get(turn.speaker.of(text).casefold(), "assert"),
            rule=f"{lexicon.code}/speech/turn",
            direct=True,
        )


def _hearsay(text: str, scene: Scene, told: Sequence[_Found], lexicon: SpeechLexicon) -> Iterator[_Found]:
    """ "Turkey reportedly asked", "avrebbe chiesto": told as reported, by nobody who is named."""
    sentence = scene.sentence
    for clause in scene.clauses:
        if clause.kind == "noun" or (clause.predicate in lexicon.verbs and clause.link == "parenthesis"):
            continue
        adverbs = {w.index for w in sentence.children(clause.head) if w.text.lower() in lexicon.hearsay}
        auxiliary = past_conditional(sentence, clause.head) if lexicon.reported_conditional else None
        cue = adverbs or ({auxiliary} if auxiliary is not None and _is_reported(scene, clause) else set[int]())
        words = set(sentence.subtree(clause.head)) - cue
        content = spans_of(sentence, words, text)
        if not cue or any(part.overlaps(said) for one in told for part in one.content for said in content):
            continue
        yield _Found(
            cue=spans_of(sentence, cue, text),
            content=content,
            source=(),
            source_span=None,
            stance="assert",
            rule=f"{lexicon.code}/speech/hearsay",
        )


def _is_reported(scene: Scene, clause: Clause) -> bool:
    """A main clause in the past conditional, beside no condition."""
    conditions = any(c.link == "condition" for c in scene.clauses)
    return clause.link in ("root", "relative") and not conditions and not clause.question


def _headline(text: str, scene: Scene, quotes: Sequence[Span], cast_: Cast, lexicon: SpeechLexicon) -> _Found | None:
    """ "Tajani: «Pronti al dialogo»": a name, a colon, and what it says."""
    sentence = scene.sentence
    opening = {quote.start for quote in quotes}
    colon = next((w.index for w in sentence if 0 < w.index <= 8 and _leads_to_words(sentence, w, opening)), None)
    if colon is None or colon + 2 >= len(sentence):
        return None
    if any(c.head < colon and c.kind != "noun" and c.finite for c in scene.clauses):
        return None
    mentions = cast_.inside(scene.number, range(colon))
    quoted = any(q.start == sentence[colon + 1].start for q in quotes)
    people = [m for m in mentions if m.span.end == sentence[colon - 1].end or quoted]
    named = quoted and colon <= LONGEST_NAME and all(w.text[0].isupper() for w in sentence.words[:colon])
    if not people and not named:
        return None
    words = [w.index for w in sentence if w.index > colon]
    return _Found(
        cue=(Span(sentence[colon].start, sentence[colon].end),),
        content=spans_of(sentence, words, text),
        source=people[-1].actors if people else (),
        source_span=people[-1].span if people else Span(sentence.start, sentence[colon - 1].end),
        stance="assert",
        rule=f"{lexicon.code}/speech/headline",
    )


def _leads_to_words(sentence: Sentence, word: Word, opening: Collection[int]) -> bool:
    """A colon; a dash where a quotation follows it: "Kerry – “We are close”"."""
    following = sentence[word.index + 1].start if word.index + 1 < len(sentence) else None
    return word.text == ":" or (word.text in DASHES and following in opening)


# ---- quotations --------------------------------------------------------------------------------------------------------


def _with_whole_quotes(found: _Found, quotes: Sequence[Span], text: str) -> tuple[Span, ...]:
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


def _with_continuations(
    text: str, scenes: Sequence[Scene], quotes: Sequence[Span], found: Sequence[_Found], lexicon: SpeechLexicon
) -> list[_Found]:
    """Quotations that nobody is said to say belong to whoever was quoted last: in the same paragraph they are more of
    what was said, in the next one a statement of its own without a cue."""
    taken = sorted(part for f in found for part in f.content if not any(_inside(cue, quotes, part) for cue in f.cue))
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
    more: list[_Found] = []
    at = touched = 0
    last: tuple[int, _Found] | None = None
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


def _quoted(
    text: str,
    scenes: Sequence[Scene],
    quotes: Sequence[Span],
    found: Sequence[_Found],
    cast_: Cast,
    lexicon: SpeechLexicon,
) -> Iterator[_Found]:
    """Quotations left over: said by whoever acts in the words around them ("he smiled: ..."), else by nobody named."""
    taken = sorted(part for f in found for part in f.content if not any(_inside(cue, quotes, part) for cue in f.cue))
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
            if clause.kind == "verb"
            and clause.finite
            and clause.role("subject")
            and not _cue_inside(scene.sentence, clause, quote)
        ]
        if not speakers and not opens:
            continue
        speaker = min(speakers, key=lambda c: abs(scene.sentence[c.head].start - quote.start), default=None)
        span, source = _source(text, scene, speaker, cast_) if speaker else (None, ())
        yield _Found(
            cue=_cue(text, scene, speaker) if speaker else (),
            content=(quote,),
            source=source,
            source_span=span if span is None or not quote.overlaps(span) else None,
            stance="assert",
            rule=f"{lexicon.code}/speech/quoted",
        )


def _inside(cue: Span, quotes: Sequence[Span], part: Span) -> bool:
    return any(quote.covers(cue) and quote.overlaps(part) for quote in _near(quotes, cue))


def _near(quotes: Sequence[Span], part: Span) -> Iterator[Span]:
    """The quotations that may touch a span, found by bisection."""
    at = bisect.bisect_left(quotes, Span(part.start, part.start + 1))
    return iter(quotes[max(0, at - 1) : at + 8])


# ---- from found to numbered --------------------------------------------------------------------------------------------


def _without_doubles(found: Iterable[_Found]) -> list[_Found]:
    kept: dict[tuple[tuple[Span, ...], Span | None, tuple[Span, ...]], _Found] = {}
    for one in found:
        key = (one.content, one.source_span, one.cue if not one.content else ())
        kept.setdefault(key, one)
    return sorted(kept.values(), key=lambda f: ((*f.cue, *f.content)[0].start, (f.content or f.cue)[0]))


def _numbered(
    text: str, found: Sequence[_Found], quotes: Sequence[Span], unnamed: frozenset[str], dates: Sequence[When]
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
    return tuple(_denying(text, found, nested))


def _dated(one: _Found, dates: Sequence[When], starts: Sequence[int]) -> Iterator[When]:
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
        for quote in _touching(quotes, part)
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


def _denying(text: str, found: Sequence[_Found], statements: Sequence[Statement]) -> Iterator[Statement]:
    """Denials of "the claim" are linked to the last claim by somebody else; denials in words to a claim in like words."""
    for at, (one, statement) in enumerate(zip(found, statements, strict=True)):
        if statement.stance != "deny" or statement.polarity == "negated":
            yield statement
            continue
        near = (*statements[max(0, at - REACH) : at], *statements[at + 1 : at + 4])
        before = [s for s in near if s.stance in TELLING and _starts(s) < _starts(statement)]
        others = [s for s in before if s.sources != statement.sources or not s.sources]
        if one.denies_claim and others:
            yield replace(statement, denies=max(others, key=_starts).id)
            continue
        mine = _words(text, statement.content)
        apart = [
            s for s in others if s.content and not any(p.overlaps(q) for p in s.content for q in statement.content)
        ]
        alike = [(len(mine & _words(text, s.content)) / max(1, len(mine)), s.id) for s in apart]
        best = max(alike, default=(0.0, ""))
        yield replace(statement, denies=best[1]) if best[0] >= 0.5 and len(mine) >= 2 else statement


def _starts(statement: Statement) -> int:
    return min(part.start for part in (*statement.cue, *statement.content))


def _words(text: str, spans: Iterable[Span]) -> set[str]:
    """The longer words, cut to stems of five letters: enough to see that two wordings speak of the same thing."""
    return {word[:5].casefold() for span in spans for word in span.of(text).split() if len(word) > 4}
