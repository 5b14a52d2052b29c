"""Noun phrases: which words are theirs, which preposition opens them, what hangs on their head.

In: a `Sentence` and the word that heads a phrase. Out: `Phrase`s, each conjunct on its own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from dragoman.parse.clause import Phrase
from dragoman.parse.grammar import Grammar
from dragoman.parse.words import Sentence, Word

CLAUSAL = frozenset({"acl", "advcl", "ccomp", "csubj", "parataxis", "discourse", "list", "vocative"})


NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ", "X"})


COORDINATION = frozenset({"cc", "conj", "punct"})


def complements(sentence: Sentence, grammar: Grammar, head: int) -> Iterator[tuple[str, tuple[Phrase, ...]]]:
    """What hangs on a noun, by role: possessor, nationality and agent are its subject, the rest by preposition."""
    for child in sentence.children(head):
        if child.relation == "nmod" or (child.relation == "obl" and child.pos in ("NOUN", "PROPN", "PRON")):
            preposition, inner = preposition_of(sentence, grammar, child)
            phrases = phrases_of(sentence, grammar, sentence[inner], preposition)
            owner = child.label == "nmod:poss" and preposition in ("", "'s")
            # of a noun, Italian "da" is where it comes from, "da parte di" who does it
            if owner or preposition in grammar.noun_agent_prepositions:
                yield "subject", phrases
            elif preposition:
                yield preposition, phrases
        elif child.relation in ("amod", "compound") or (child.relation == "det" and child.has("Poss=Yes")):
            yield "subject", (Phrase(child.index, own_words(sentence, child.index)),)
            for below in sentence.children(
                child.index
            ):  # "una conversazione telefonica con X": X may hang on the adjective
                preposition, inner = preposition_of(sentence, grammar, below)
                if below.relation in ("obl", "nmod") and preposition:
                    yield preposition, phrases_of(sentence, grammar, sentence[inner], preposition)


def preposition_of(sentence: Sentence, grammar: Grammar, word: Word) -> tuple[str, int]:
    """The preposition of a phrase and the head it introduces; "nei confronti di X" is one preposition of X."""
    cases = [c for c in sentence.children(word.index) if c.relation == "case" and c.index < word.index]
    simple = " ".join(
        part.lemma.lower()
        for case in cases
        for part in (case, *(c for c in sentence.children(case.index) if c.relation == "fixed"))
    )
    for child in sentence.children(word.index):
        if child.relation == "nmod" and child.index > word.index:
            inner = [c.lemma.lower() for c in sentence.children(child.index) if c.relation == "case"]
            name = grammar.complex_prepositions.get(f"{simple} {word.lemma.lower()} {inner[0]}") if inner else None
            if name:
                return name, child.index
    if not cases and any(c.lemma == "'s" for c in sentence.children(word.index)):
        return "'s", word.index
    return grammar.complex_prepositions.get(simple, simple), word.index


def phrases_of(sentence: Sentence, grammar: Grammar, word: Word, preposition: str = "") -> tuple[Phrase, ...]:
    """The phrase that a word heads, and those coordinated with it, each on its own."""
    counted = _counted(sentence, grammar, word)
    found = [Phrase(counted, own_words(sentence, counted), preposition)]
    for child in sentence.children(word.index):
        if child.relation == "conj" and child.pos in NOMINAL:
            found.extend(phrases_of(sentence, grammar, child, preposition))
        elif child.relation in (
            "flat",
            "compound",
            "appos",
        ):  # "and Putin" may hang on "Jinping" in "Xi Jinping and Putin"
            for conjunct in sentence.children(child.index):
                if conjunct.relation == "conj" and conjunct.pos in NOMINAL:
                    found.extend(phrases_of(sentence, grammar, conjunct, preposition))
    return tuple(found)


def _counted(sentence: Sentence, grammar: Grammar, word: Word) -> int:
    """The head of what a quantity counts: "all of its troops" are troops."""
    if word.lemma.lower() not in grammar.quantifiers:
        return word.index
    for child in sentence.children(word.index):
        if child.relation == "nmod" and preposition_of(sentence, grammar, child)[0] in grammar.own_prepositions:
            return child.index
    return word.index


def own_words(sentence: Sentence, index: int) -> tuple[int, ...]:
    """The words of a noun phrase without its preposition, its relative clauses and what is coordinated with it."""
    out: list[int] = []
    todo = [index]
    seen = {index}
    while todo:
        current = todo.pop()
        out.append(current)
        for child in sentence.children(current):
            cut = (
                child.relation in CLAUSAL
                or (
                    current == index
                    and (child.relation in COORDINATION or child.relation in ("case", "cop", "mark", "nsubj"))
                )
                or (child.relation == "conj" and sentence[current].relation in ("flat", "compound", "appos"))
            )
            if not cut and child.index not in seen:
                seen.add(child.index)
                todo.append(child.index)
    return tuple(sorted(out))


def lemmas(sentence: Sentence, phrases: Collection[Phrase]) -> set[str]:
    found: set[str] = set()
    for phrase in phrases:
        found.add(sentence[phrase.head].lemma.lower())
        for child in sentence.children(phrase.head):
            if child.relation in ("amod", "compound", "nummod"):
                found.add(child.lemma.lower())
    return found


def has(sentence: Sentence, word: Word, relation: str) -> bool:
    return any(child.relation == relation for child in sentence.children(word.index))
