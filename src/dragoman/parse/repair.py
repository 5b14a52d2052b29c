"""Trees that cannot be: what parsers get wrong in short sentences and headlines, set right where grammar leaves one reading.

In: the words of a sentence as parsed. Out: the words with heads, labels and parts of speech mended. Each repair says what
it mends; anything else is left as the parser gave it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dragoman.parse.words import Word

NOMINAL = ("NOUN", "PROPN", "PRON", "NUM")


def repaired(words: Sequence[Word]) -> tuple[Word, ...]:
    """The words of one sentence, mended. Linear in their number for each repair made."""
    mended = list(words)
    children: list[list[int]] = [[] for _ in words]
    for word in words:
        if word.head != word.index:
            children[word.head].append(word.index)
    _infinitives(mended, children)
    _participles(mended, children)
    return tuple(mended)


def _infinitives(words: list[Word], children: Sequence[Sequence[int]]) -> None:
    """ "declined to comment": what an infinitive's particle introduces is a verb, whatever it looks like."""
    for word in words:
        marked = any(words[i].label == "mark" and words[i].pos == "PART" for i in children[word.index])
        if marked and word.pos == "NOUN" and word.relation in ("obl", "obj", "nmod", "advmod"):
            words[word.index] = replace(word, pos="VERB", feats="VerbForm=Inf", label="xcomp")


def _participles(words: list[Word], children: Sequence[Sequence[int]]) -> None:
    """ "Canada imposed sanctions": no participle before a noun has a subject; it is the verb, the noun its object."""
    finite = any("VerbForm=Fin" in word.feats for word in words)
    for verb in list(words):
        if verb.label != "amod" or verb.pos not in ("VERB", "ADJ") or verb.head <= verb.index or verb.index == 0:
            continue
        if not (
            verb.pos == "VERB"
            or "VerbForm=Part" in verb.feats
            or any(words[i].relation == "nsubj" for i in children[verb.index])
        ):
            continue
        noun = words[verb.head]
        subject = next((words[i] for i in children[verb.index] if words[i].relation == "nsubj"), None)
        if subject is None and not finite:
            subject = _left_of(words, verb, noun)
        if subject is None:
            continue
        _make_clause(words, verb, noun, subject)
        return


def _left_of(words: Sequence[Word], verb: Word, noun: Word) -> Word | None:
    """The noun just before the participle that nothing else claims: the subject, or the root of a verbless sentence."""
    before = words[verb.index - 1]
    if before.pos not in NOMINAL:
        return None
    while before.relation in ("flat", "compound") and before.head < verb.index and before.head != before.index:
        before = words[before.head]
    free = before.head == before.index or before.head == noun.index or words[before.head].index >= verb.index
    return before if free and before.relation in ("root", "nsubj", "compound", "nmod", "appos", "dep") else None


def _make_clause(words: list[Word], verb: Word, noun: Word, subject: Word) -> None:
    """The verb takes the place in the tree that the topmost of the two nouns had."""
    top = subject if noun.head == subject.index or subject.head == subject.index else noun
    place = words[top.index]
    root = place.head == place.index
    words[verb.index] = replace(
        verb,
        pos="VERB",
        feats="Tense=Past|VerbForm=Fin",
        head=verb.index if root else place.head,
        label="root" if root else place.label,
    )
    words[noun.index] = replace(noun, head=verb.index, label="obj")
    words[subject.index] = replace(words[subject.index], head=verb.index, label="nsubj")
    if top is noun:
        for word in list(words):  # what hung on the noun from the left, or closes the sentence, hangs on the verb
            if (
                word.head == noun.index
                and word.index not in (verb.index, subject.index)
                and (word.index < verb.index or word.relation in ("punct", "parataxis", "advcl", "ccomp"))
            ):
                words[word.index] = replace(word, head=verb.index)
    else:
        for word in list(words):
            if word.head == subject.index and word.index > verb.index and word.index != noun.index:
                words[word.index] = replace(word, head=verb.index)
