"""What is reported without a verb of saying: speech nouns, "according to X", hearsay, headlines, turns of a transcript.

In: the clauses of a sentence and a language's speech lexicon. Out: `Told`s.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from dragoman.extract.actors import Cast, Mention
from dragoman.extract.scenes import Scene, spans_of
from dragoman.extract.speech import SpeechLexicon
from dragoman.extract.statements.sources import actors_of, span_of
from dragoman.extract.statements.told import Told
from dragoman.extract.transcripts import find_turns
from dragoman.parse.clauses import Clause, Phrase
from dragoman.parse.relations import past_conditional
from dragoman.parse.words import Sentence, Word
from dragoman.records import Span

DASHES = ("-", "–", "—")
SHORTEST_PLACE = 4  # letters: UK and NATO speak
LONGEST_NAME = 4  # words before the colon of a headline
OPENING = (",", "“", "«", '"')  # what may follow at once on the name in "According to Rossi, ..."
NEAR = 8  # words between a cue and the head of the name beside it


def said_by_noun(text: str, scene: Scene, clause: Clause, cast_: Cast, lexicon: SpeechLexicon) -> Told | None:
    """ "the claim that ...", "l'accusa di aver ...": the noun's complement clause is what is said. A denial need not say what
    it denies: "Moscow's denial", "a denial by the ministry"."""
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
    words = {index for c in below for index in scene.sentence.subtree(c.head)} or _predicated(scene, clause)
    owners = ("subject", *scene.grammar.agent_prepositions, *scene.grammar.own_prepositions)
    phrases = [phrase for role in owners for phrase in clause.role(role)]
    actors = actors_of(scene, phrases, cast_)
    phrases = [p for p in phrases if actors_of(scene, [p], cast_)]
    bare = not words and group.stance == "deny" and bool(actors)
    if not words and not bare:
        return None
    head = scene.sentence[clause.head]
    return Told(
        cue=(Span(head.start, head.end),),
        content=spans_of(scene.sentence, words, text),
        source=actors,
        source_span=span_of(text, scene, phrases) if phrases else None,
        stance=group.stance,
        rule=group.id,
        denies_claim=bare,
    )


def _predicated(scene: Scene, clause: Clause) -> set[int]:
    """ "Their version is that ...": the clause that a copula makes of the noun."""
    if clause.link != "role" or clause.governor_role != "subject" or clause.parent is None:
        return set()
    sentence, above = scene.sentence, scene.clauses[clause.parent]
    outer = sentence[clause.head].label == "nsubj:outer"
    if not outer and above.predicate not in scene.grammar.copular_verbs:
        return set()
    heads = [above.head] if outer else [
        c.head for c in scene.clauses if c.parent == above.number and c.link == "complement" and c.finite
    ]  # fmt: skip
    marks = [word.index for head in heads for word in sentence.children(head) if word.relation == "mark"]
    return {i for head in heads for i in sentence.subtree(head) if marks and i >= min(marks)}


def _introduces(scene: Scene, clause: Clause) -> bool:
    """Whether a clause on a noun is its content, not a relative clause about it: it has a conjunction or is infinite."""
    children = list(scene.sentence.children(clause.head))
    if any(c.has("PronType=Rel") and c.relation != "mark" for c in children):
        return _is_complete(scene, clause)
    return any(c.relation == "mark" for c in children)


def _is_complete(scene: Scene, clause: Clause) -> bool:
    """Whether a clause lacks nothing that "that" could stand for: "the claim that Chad had armed the rebels"."""
    sentence = scene.sentence
    opening = min(sentence.subtree(clause.head))
    children = [c for c in sentence.children(clause.head) if c.index != opening]
    subject = any(c.relation == "nsubj" for c in children)
    return (
        clause.finite and subject and (clause.passive or any(c.relation in ("obj", "cop", "ccomp") for c in children))
    )


def according_to(text: str, scene: Scene, cast_: Cast, lexicon: SpeechLexicon) -> Iterator[Told]:
    """ "according to X", "secondo X", "stando a X": the clause around it is X's, not the outlet's."""
    sentence = scene.sentence
    seen: set[int] = set()
    for clause in scene.clauses:
        for preposition in (
            lexicon.according | lexicon.according_first | lexicon.accounts.keys()
        ) & clause.roles.keys():
            for phrase in clause.role(preposition):
                if phrase.head in seen:
                    continue
                account = _is_account(scene, phrase, lexicon.accounts.get(preposition, ()))
                speaks = preposition in lexicon.according_first and _opens_for_speaker(scene, phrase, cast_)
                if preposition not in lexicon.according and not account and not speaks:
                    continue
                seen.add(phrase.head)
                outside = set(sentence.subtree(phrase.head))
                relative = next((c for c in sentence.children(clause.head) if c.has("PronType=Rel")), None)
                if relative and relative.index > phrase.head and _hangs_behind(scene, clause):
                    phrase = replace(phrase, head=relative.index)  # "the rumour according to which": what it hangs on
                    outside = set(sentence.subtree(relative.index))
                if sentence[phrase.head].has("PronType=Rel"):
                    yield from _according_to_whom(text, scene, clause, outside, cast_, lexicon)
                    continue
                top = _top(scene, clause)
                if _is_set_apart(sentence, min(outside)):  # "..., according to X": all that goes before is theirs
                    top = _main(scene, clause, outside) or top
                words = set(sentence.subtree(top)) - outside
                before = {i for i in outside if i < min(phrase.words)}
                cue = before | set(range(max(0, min(phrase.words) - len(preposition.split())), min(phrase.words)))
                inside = cast_.inside(scene.number, sorted(outside)) if account else ()
                actors = inside[0].actors if inside else actors_of(scene, (phrase,), cast_)
                if not cue or not _may_speak(scene, phrase, actors):
                    continue
                source_span = span_of(text, scene, (phrase,))
                words -= cue
                opens = min(cue, default=1) == 0
                comma = next((w.index for w in sentence if w.index > phrase.head and w.text in OPENING), None)
                if opens and len(words) < 3 and comma is not None:  # a parser hangs on the name all that follows it
                    words = set(range(comma + (sentence[comma].text == ","), len(sentence)))
                    source_span = Span(sentence[min(phrase.words)].start, sentence[comma - 1].end)
                elif not opens and sentence[min(cue) - 1].text == "," and _ends_sentence(sentence, max(outside)):
                    words = {i for i in words if i < min(cue)}  # "..., according to a poll | taken in May"
                if len(words) < 3:
                    continue
                yield Told(
                    cue=spans_of(sentence, cue, text),
                    content=spans_of(sentence, words, text),
                    source=actors,
                    source_span=source_span,
                    stance="assert",
                    rule=f"{lexicon.code}/speech/according-to",
                )


def _goes_on(sentence: Sentence, index: int) -> bool:
    """Whether a finite verb stands there."""
    return index < len(sentence) and sentence[index].pos in ("VERB", "AUX") and sentence[index].has("VerbForm=Fin")


def _hangs_behind(scene: Scene, clause: Clause) -> bool:
    """Whether a clause is a relative one, also of a noun that is no clause, or what a parser takes for another in its place."""
    return clause.link in ("relative", "adverbial") or scene.sentence[clause.head].relation == "acl"


def _is_account(scene: Scene, phrase: Phrase, nouns: Collection[str]) -> bool:
    """ "By Kenya's account, ...": set apart, and somebody's."""
    sentence = scene.sentence
    head = sentence[phrase.head]
    if not {head.lemma.lower(), head.text.lower()} & set(nouns) or not _is_set_apart(
        sentence, min(sentence.subtree(head.index))
    ):
        return False
    return any(child.relation == "nmod" for child in sentence.children(head.index))


def _according_to_whom(
    text: str, scene: Scene, clause: Clause, outside: Collection[int], cast_: Cast, lexicon: SpeechLexicon
) -> Iterator[Told]:
    """ "the director, according to whom the group obeys Tehran": the relative clause is the word of whom it hangs on."""
    sentence = scene.sentence
    mention = cast_.mention_at(scene.number, sentence[clause.head].head)
    words = set(sentence.subtree(clause.head)) - set(outside)
    if sentence[min(outside) - 1].text == ",":  # "..., resigned": the verb that it is set into
        ends = (w.index for w in sentence.words[clause.head :] if w.text == "," and _goes_on(sentence, w.index + 1))
        words = {i for i in words if i < next(ends, len(sentence))}
    if mention is None:  # hung elsewhere by a parser: whoever is named right before it
        named = cast_.inside(scene.number, range(max(0, min(outside) - NEAR), min(outside)))
        mention = next((one for one in reversed(named) if sentence[min(outside)].start - one.span.end <= 2), None)
    if _hangs_behind(scene, clause) and len(words) > 2:
        yield Told(
            cue=spans_of(sentence, outside, text),
            content=spans_of(sentence, words, text),
            source=mention.actors if mention else (),
            source_span=mention.span if mention else None,
            stance="assert",
            rule=f"{lexicon.code}/speech/according-to",
        )


def according_first(text: str, scene: Scene, cast_: Cast, lexicon: SpeechLexicon) -> Iterator[Told]:
    """ "According to a poll published by X, ...": a sentence that opens so, however the parser hangs what follows the comma."""
    sentence = scene.sentence
    for preposition in lexicon.according:
        words = preposition.split()
        opening = [sentence[i] for i in range(min(len(words), len(sentence)))]
        if len(opening) < len(words) or any(
            w not in (o.text.lower(), o.lemma.lower()) for w, o in zip(words, opening, strict=True)
        ):
            continue
        comma = next((w.index for w in sentence if w.index > len(words) and w.text == ","), len(sentence))
        said = set(range(comma + 1, len(sentence)))
        if len(said) < 3 or any(w.has("VerbForm=Fin") for w in sentence.words[len(words) : comma]):
            continue
        inside = cast_.inside(scene.number, range(len(words), comma))
        yield Told(
            cue=(Span(sentence.start, opening[-1].end),),
            content=spans_of(sentence, said, text),
            source=inside[0].actors if inside else (),
            source_span=Span(sentence[len(words)].start, sentence[comma - 1].end),
            stance="assert",
            rule=f"{lexicon.code}/speech/according-to",
        )
        return


def _ends_sentence(sentence: Sentence, last: int) -> bool:
    """Whether no comma and no conjunction comes behind a word."""
    return not any(word.text == "," or word.pos == "CCONJ" for word in sentence.words[last + 1 :])


def _is_set_apart(sentence: Sentence, first: int) -> bool:
    """Whether a phrase opens the sentence or stands behind a comma."""
    return first == 0 or sentence[first - 1].text in (",", "”", '"', "»", "“")


def _main(scene: Scene, clause: Clause, outside: Collection[int]) -> int | None:
    """The word that heads all of the sentence around a phrase, if that is a clause of ours."""
    top = clause
    seen: set[int] = set()
    while top.parent is not None and top.parent not in seen:
        seen.add(top.number)
        top = scene.clauses[top.parent]
    return top.head if top.kind != "noun" and top.head not in outside else None


def cut_out(one: Told, whole: Sequence[Told], text: str) -> Told:
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


def according_to_verb(text: str, scene: Scene, cast_: Cast, lexicon: SpeechLexicon) -> Iterator[Told]:
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
                yield Told(
                    cue=spans_of(sentence, set(range(clause.head, min(phrase.words))), text),
                    content=spans_of(sentence, words, text),
                    source=actors_of(scene, (phrase,), cast_),
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


def turns(text: str, cast_: Cast, lexicon: SpeechLexicon) -> Iterator[Told]:
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
        yield Told(
            cue=(Span(colon, colon + 1),),
            content=(turn.content,),
            source=starts[at].actors if named else (),
            source_span=None if label else turn.speaker,
            stance=lexicon.turns.get(turn.speaker.of(text).casefold(), "assert"),
            rule=f"{lexicon.code}/speech/turn",
            direct=True,
        )


def hearsay(text: str, scene: Scene, told: Sequence[Told], lexicon: SpeechLexicon) -> Iterator[Told]:
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
        yield Told(
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


def headline(text: str, scene: Scene, quotes: Sequence[Span], cast_: Cast, lexicon: SpeechLexicon) -> Told | None:
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
    first = next((m for m in mentions if m.span.start == sentence.start), None)  # "Rossi to Ankara: ..."
    speaker = (first or people[-1]) if people else None
    if speaker and not quoted and _is_filed_from(text, sentence, colon, speaker, cast_):
        return None
    return Told(
        cue=(Span(sentence[colon].start, sentence[colon].end),),
        content=spans_of(sentence, words, text),
        source=speaker.actors if speaker else (),
        source_span=speaker.span if speaker else Span(sentence.start, sentence[colon - 1].end),
        stance="assert",
        rule=f"{lexicon.code}/speech/headline",
    )


def _is_filed_from(text: str, sentence: Sentence, colon: int, place: Mention, cast_: Cast) -> bool:
    """ "TUNIS: The police have ...": whence an article is filed stands in capitals at its head, and what follows does not."""
    named = text[sentence.start : sentence[colon - 1].end]
    states = {actor.id for actor in cast_.actors if actor.kind == "state"}
    follows = text[sentence[colon].end : sentence[len(sentence) - 1].end]
    return (
        not text[: sentence.start].strip() and named.isupper() and len(named) >= SHORTEST_PLACE
        and not states.isdisjoint(place.actors) and any(letter.islower() for letter in follows)
    )  # fmt: skip


def _leads_to_words(sentence: Sentence, word: Word, opening: Collection[int]) -> bool:
    """A colon; a dash where a quotation follows it: "Kerry – “We are close”"."""
    following = sentence[word.index + 1].start if word.index + 1 < len(sentence) else None
    return word.text == ":" or (word.text in DASHES and following in opening)
