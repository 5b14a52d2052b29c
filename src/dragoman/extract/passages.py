"""The passages of an article: every predicate with its words, whether or not a rule makes an event of it.

In: scenes, and the nouns that name happenings. Out: `Passage`s, by which articles are compared (link/). A sentence in which no
predicate is found is a passage of its own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from dragoman.extract.factuality import Embedding, factuality
from dragoman.extract.scenes import Scene, spans_of
from dragoman.languages import Language
from dragoman.parse.clauses import Clause, Phrase
from dragoman.records import Event, Passage, Span
from dragoman.text.folding import fold, root

SUBJECT = "subject"
_KNOWN = ("Definite=Def", "PronType=Dem", "Poss=Yes")  # features of what stands before a noun for something known


def named_happenings(language: Language) -> frozenset[str]:
    """The roots of the nouns that name happenings ("outage", "recount"), whether or not a rule makes an event of them."""
    table = language.table("happenings")
    return frozenset(root(fold(noun)) for told in table.values() for noun in told.get("names", ()))


def passages_of(
    scenes: Iterable[Scene],
    text: str,
    embedding: Embedding,
    events: Iterable[Event] = (),
    names: Collection[str] = (),
) -> tuple[Passage, ...]:
    """The passages in the order of their sentences. A noun makes one where an event was found in it, or its root is one of
    `names`, which name happenings. `embedding` says which are told as what is not so."""
    mentions = [mention for event in events for mention in event.mentions]
    # A curfew that is lifted, a charge that is rejected: there was one.
    embedding = replace(embedding, negative=frozenset())
    found: list[Passage] = []
    for scene in scenes:
        found += _of_scene(scene, text, len(found), mentions, names, embedding)
    return tuple(found)


def _of_scene(
    scene: Scene, text: str, first: int, mentions: Collection[Span], names: Collection[str], embedding: Embedding
) -> list[Passage]:
    """The passages of a sentence. `first`: the number of the first one; `mentions`: the words of events."""

    def tells(clause: Clause) -> bool:
        trigger = spans_of(scene.sentence, clause.trigger, text)
        if not trigger or clause.kind != "noun":
            return bool(trigger)
        if any(span.overlaps(mention) for span in trigger for mention in mentions):
            return True
        return root(fold(scene.sentence[clause.head].text)) in names

    sentence = Span(scene.sentence.start, scene.sentence.end)
    told = [clause for clause in scene.clauses if tells(clause)]
    if not told:
        words = spans_of(scene.sentence, range(len(scene.sentence)), text)
        return [Passage(sentence, words, words)] if words else []
    numbers = {clause.number: first + position for position, clause in enumerate(told)}

    def spans(phrases: Iterable[Phrase]) -> tuple[Span, ...]:
        return spans_of(scene.sentence, {word for phrase in phrases for word in phrase.words}, text)

    unreal = {clause.number for clause in told if factuality(clause, scene.clauses, embedding).polarity == "negated"}
    found = [
        Passage(
            sentence=sentence,
            trigger=spans_of(scene.sentence, clause.trigger, text),
            words=spans_of(scene.sentence, {*clause.words, *clause.trigger}, text),
            subjects=spans(clause.role(SUBJECT)),
            objects=spans(phrase for role, phrases in clause.roles.items() if role != SUBJECT for phrase in phrases),
            within=_above(clause, scene.clauses, numbers),
            negated=clause.number in unreal,
        )
        for clause in told
    ]
    return found + [
        Passage(
            sentence, spans_of(scene.sentence, [noun.head], text), spans((noun,)),
            within=numbers[above.number] if above else None,
            negated=above is not None and above.number in unreal and _is_lacking(noun.head, above, scene, embedding),
        )
        for noun, above in _nouns(scene, told, names)
    ]  # fmt: skip


def _nouns(scene: Scene, told: Sequence[Clause], names: Collection[str]) -> Iterator[tuple[Phrase, Clause | None]]:
    """The phrases of nouns that name happenings and are no predicates, each with the clause it stands in."""
    taken = {word for clause in told for word in clause.trigger}
    below = {clause.head: frozenset(scene.sentence.subtree(clause.head)) for clause in told}
    for word in scene.sentence:
        if word.pos != "NOUN" or word.index in taken or root(fold(word.text)) not in names:
            continue
        around = [clause for clause in told if word.index in clause.words]
        words = set(scene.sentence.subtree(word.index))
        for head, inner in below.items():
            if head in words:
                words -= inner
        within = min(around, key=lambda clause: len(clause.words), default=None)
        yield Phrase(word.index, tuple(sorted({word.index, *words}))), within


def _is_lacking(noun: int, clause: Clause, scene: Scene, embedding: Embedding) -> bool:
    """Whether a noun names what a negated clause says that there was not: "paid no ransom", "found no trace of an attack", but
    not "did not condemn the attack", which there was."""
    word = scene.sentence[noun]
    above = scene.sentence[word.head]
    if above.lemma.lower() in embedding.evidence:  # whatever stands before it
        return word.head == clause.head or above.relation in ("nsubj", "obj")
    known = any(child.has(feature) for child in scene.sentence.children(noun) for feature in _KNOWN)
    return word.head == clause.head and word.relation in ("nsubj", "obj") and not known


def _above(clause: Clause, clauses: Sequence[Clause], numbers: Mapping[int, int]) -> int | None:
    """The number of the passage that a clause is embedded in."""
    parents = {other.number: other.parent for other in clauses}
    parent = clause.parent
    seen = {clause.number}
    while parent is not None and parent not in numbers and parent not in seen:
        seen.add(parent)
        parent = parents.get(parent)
    return numbers.get(parent) if parent is not None and parent not in seen else None
