"""Who depends on whom, in the words of grammar: the subject of a verb, what is coordinated, the clauses above a word.

In: a parsed sentence. Out: indices of words. For those above parse/ who need less than a clause and more than a word; no
dependency label is read there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Literal

from dragoman.parse.words import Sentence, Word

Role = Literal["subject", "object", "oblique", "other"]
PHRASE = frozenset({"conj", "appos", "flat", "compound", "fixed", "nummod", "list"})
CLAUSAL = frozenset({"root", "ccomp", "xcomp", "advcl", "csubj", "parataxis", "acl", "conj"})
CONTINUED = frozenset({"conj", "ccomp", "advcl", "xcomp", "csubj", "parataxis", "acl"})
ROLES: dict[str, Role] = {"nsubj": "subject", "csubj": "subject", "obj": "object", "iobj": "object", "obl": "oblique"}


def root_of(sentence: Sentence) -> int | None:
    return next((word.index for word in sentence if word.head == word.index), None)


def subject_of(sentence: Sentence, verb: int) -> int | None:
    """The word that heads the subject of a verb, passive or not."""
    return next((child.index for child in sentence.children(verb) if child.relation == "nsubj"), None)


def conjuncts(sentence: Sentence, word: int) -> tuple[int, ...]:
    """The word and those coordinated with it, if it is the first of them."""
    return (word, *(child.index for child in sentence.children(word) if child.relation == "conj"))


def clauses_above(sentence: Sentence, word: int) -> Iterator[Word]:
    """The predicates of the clauses that a word stands in, innermost first."""
    if _is_predicate(sentence, sentence[word]):
        yield sentence[word]
    for above in sentence.ancestors(word):
        if _is_predicate(sentence, above):
            yield above


def _is_predicate(sentence: Sentence, word: Word) -> bool:
    if word.head == word.index:
        return True
    if word.relation == "conj":
        return word.pos in ("VERB", "AUX") or subject_of(sentence, word.index) is not None
    return word.relation in CLAUSAL


def role_of(sentence: Sentence, word: int) -> Role:
    """What a phrase is to the predicate above it: its top is sought through coordination and apposition."""
    seen = {word}
    while sentence[word].relation in PHRASE and sentence[word].head not in seen:
        word = sentence[word].head
        seen.add(word)
    return ROLES.get(sentence[word].relation, "other")


def shares_subject(sentence: Sentence, verb: int) -> bool:
    """Whether a clause says what somebody said, or goes on with another: its "he" is mostly the subject of that one."""
    return sentence[verb].relation in ("ccomp", "xcomp", "conj")


def complements(sentence: Sentence, verb: int) -> tuple[int, ...]:
    """The heads of what a verb of saying has for a complement, whatever it is: a clause, a small clause."""
    return tuple(c.index for c in sentence.children(verb) if c.relation in ("ccomp", "xcomp") and c.index > verb)


def conjunction_below(sentence: Sentence, verb: int, conjunctions: Collection[str]) -> int | None:
    """The head of the clause that a conjunction ("that") behind the verb opens, however deep a parser hangs it, also as a
    relative clause on an oblique: "ha detto al premier che deve ..."."""
    for index in sentence.subtree(verb):
        word = sentence[index]
        if index <= verb or word.text.lower() not in conjunctions:
            continue
        clause = sentence[word.head]
        oblique = clause.label == "acl:relcl" and sentence[clause.head].relation in ("obl", "iobj")
        if word.relation == "mark" or (oblique and index == min(sentence.subtree(word.head))):
            return word.head
    return None


def joins(sentence: Sentence, verb: int) -> bool:
    """Whether a parser coordinates a verb with another one, or sets it beside it, as behind a comma: "..., Rossi argued"."""
    word = sentence[verb]
    if word.relation == "ccomp" and word.head < verb:
        first = min(sentence.subtree(verb))
        marked = any(child.relation == "mark" for child in sentence.children(verb))
        return not marked and first > 0 and "," in (sentence[first].text, sentence[first - 1].text)
    return word.relation in ("conj", "parataxis")


def past_conditional(sentence: Sentence, verb: int) -> int | None:
    """The auxiliary of a past conditional: "avrebbe chiesto"."""
    if not sentence[verb].has("VerbForm=Part"):
        return None
    return next((c.index for c in sentence.children(verb) if c.relation == "aux" and c.has("Mood=Cnd")), None)


def has_own_subject(sentence: Sentence, verb: int) -> bool:
    return subject_of(sentence, verb) is not None


def is_expletive(word: Word) -> bool:
    """ "it" in "it rained"."""
    return word.relation == "expl"


def is_definite(sentence: Sentence, noun: int) -> bool:
    """ "the call", "that call", "nel colloquio": a noun for something that was told of before."""
    return any(
        c.relation in ("det", "case") and (c.has("Definite=Def") or c.has("PronType=Dem"))
        for c in sentence.children(noun)
    )


def is_possessive(word: Word) -> bool:
    """ "its", "suo": a word that says whose."""
    return word.has("Poss=Yes") or word.label in ("det:poss", "nmod:poss")


def stands_alone(sentence: Sentence, word: Word) -> bool:
    """Whether a numeral is a phrase of its own ("the two said") and counts no noun ("two ships")."""
    if word.relation in ("nummod", "det", "amod", "compound", "flat", "advmod", "cc", "nmod"):
        return False
    following = sentence[word.index + 1] if word.index + 1 < len(sentence) else None
    return following is None or following.pos not in ("NOUN", "PROPN", "ADJ", "NUM", "SYM")


def finite_of(sentence: Sentence, verb: int) -> Word | None:
    """The finite word of a predicate: the verb itself, its auxiliary or its copula."""
    word = sentence[verb]
    if word.has("VerbForm=Fin"):
        return word
    return next((c for c in sentence.children(verb) if c.relation in ("aux", "cop") and c.has("VerbForm=Fin")), None)


def has_auxiliary(sentence: Sentence, verb: int, lemmas: Collection[str]) -> bool:
    """Whether one of the words is an auxiliary of the predicate."""
    return any(c.relation == "aux" and c.lemma.lower() in lemmas for c in sentence.children(verb))


def leaves_out_subject(sentence: Sentence, word: Word) -> bool:
    """Whether a finite predicate in the third person has no subject of its own."""
    finite = finite_of(sentence, word.index)
    if finite is None or not finite.has("Person=3"):
        return False
    children = list(sentence.children(word.index))
    if any(c.relation in ("nsubj", "csubj") or c.label == "expl:impers" for c in children):
        return False
    return not (word.pos != "VERB" and any(c.relation in ("ccomp", "xcomp", "advcl") for c in children))


def clause_continued(sentence: Sentence, verb: int) -> int | None:
    """The predicate of the clause that this one goes on with or hangs on, whose subject it may share."""
    word = sentence[verb]
    if word.head != verb and word.relation in CONTINUED and word.label != "acl:relcl":
        return word.head
    return None


def whole_phrase(sentence: Sentence, head: int, quantifiers: Collection[str]) -> frozenset[int]:
    """All words of the noun phrase that a word heads: with what counts it ("most of the senators"), what stands beside it
    ("Weaver, the manager"), and the clauses on it ("a poll taken in May"); without its preposition and what is joined to it."""
    top = sentence[head]
    while top.relation == "nmod" and sentence[top.head].lemma.lower() in quantifiers:
        top = sentence[top.head]
    out = {top.index}
    for child in sentence.children(top.index):
        words = sentence.subtree(child.index)
        apart = child.label == "acl" and (sentence[min(words)].text == "," or sentence[min(words) - 1].text == ",")
        if child.relation not in OUTSIDE_PHRASE and not apart:
            out.update(words)
    return frozenset(out)


OUTSIDE_PHRASE = frozenset(
    {"case", "cop", "mark", "nsubj", "conj", "cc", "punct", "advcl", "ccomp", "parataxis", "aux"}
)
