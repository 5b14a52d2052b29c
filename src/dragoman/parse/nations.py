"""Adjectives of nations that a parser took for something else: "il presidente haitiano è stato ucciso".

In: a parsed sentence and the forms that are known to be adjectives of nations. Out: the sentence with each such word,
where it follows a noun, as that noun's adjective; what hung on it goes where the noun belongs.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from dragoman.parse.words import Sentence, Word

VERBAL = ("VERB", "AUX")
NOMINAL = ("NOUN", "PROPN")


def with_national_adjectives(sentence: Sentence, forms: Collection[str]) -> Sentence:
    """The sentence with misread adjectives of nations made the adjectives of the nouns before them."""
    words = list(sentence.words)
    changed = False
    for word in sentence.words[1:]:
        if word.text not in forms:
            continue
        word = words[word.index]
        noun = _noun_before(words, word)
        settled = (
            word.pos == "ADJ" and word.head == noun.index and word.relation in ("amod", "flat", "compound", "nmod")
        )
        if noun.pos in NOMINAL and not settled:
            before = list(words)
            _settle(words, word, noun)
            if all(_reaches_root(words, touched.index) for touched in (word, noun)):
                changed = True
            else:
                words = before
    return Sentence(tuple(words)) if changed else sentence


def _reaches_root(words: list[Word], index: int) -> bool:
    """Whether the heads above a word end at a root."""
    top = _climbs(words, index)
    return any(words[i].head == i for i in top)


def _noun_before(words: list[Word], word: Word) -> Word:
    """The noun right before, or the one whose office that names: "il ministro degli Esteri turco"."""
    noun = words[word.index - 1]
    if noun.pos == "ADJ" and noun.relation == "amod" and noun.head < noun.index:  # "un capo separatista catalano"
        noun = words[noun.head]
    top = noun
    while top.head < word.index and top.head != top.index and words[top.head].head != top.index:
        top = words[top.head]
    office = noun.text[0].isupper() and top.head == word.index and top.pos in NOMINAL
    return top if office else noun


def _settle(words: list[Word], word: Word, noun: Word) -> None:
    below = [w for w in words if w.head == word.index and w.index not in (word.index, noun.index)]
    words[word.index] = replace(word, pos="ADJ", head=noun.index, label="amod", feats="")
    verb = words[noun.head]
    if noun.head == word.index:  # the adjective had taken the noun's place, or that of its verb
        verb = _verb_freed(words, word, noun, below)
        if verb.index != noun.index:
            words[noun.index] = replace(noun, head=verb.index, label=_role(words, noun, verb))
    above = _climbs(words, noun.index)
    if word.head == word.index and any(child.index in above for child in below):  # it stood for the whole sentence
        freed = next((w for w in below if w.pos in VERBAL and w.relation not in ("aux", "cop")), None)
        if freed is not None:
            verb = words[freed.index] = replace(freed, head=freed.index, label="root")
            above = set[int]()
    for child in below:
        if words[child.index].head != word.index:
            continue
        if child.index in above:  # the phrase that the noun stands in takes the adjective's place
            root = word.head == word.index
            head, label = (child.index, "root") if root else (word.head, word.label)
        else:
            near = child.relation in ("det", "amod", "case")
            head, label = noun.index if near else verb.index, child.label
        words[child.index] = replace(words[child.index], head=head, label=label)


def _verb_freed(words: list[Word], word: Word, noun: Word, below: list[Word]) -> Word:
    """The predicate that the noun belongs to, put where the adjective stood."""
    if word.head != word.index and words[word.head].pos in VERBAL:
        return words[word.head]
    verb = next((w for w in below if w.pos in VERBAL and w.relation not in ("aux", "cop")), None)
    if word.head == word.index and verb is not None:
        words[verb.index] = replace(verb, head=verb.index, label="root")
        return words[verb.index]
    head, label = (noun.index, "root") if word.head == word.index else (word.head, word.label)
    words[noun.index] = replace(noun, head=head, label=label)
    return words[noun.index]


def _role(words: list[Word], noun: Word, verb: Word) -> str:
    """Subject before its verb, object behind it where the verb has a subject."""
    theirs = [w for w in words if w.head == verb.index and w.index != noun.index]
    if any(w.relation == "case" and w.head == noun.index for w in words):
        return "obl"
    if noun.index > verb.index and any(w.relation == "nsubj" for w in theirs):
        return "obj"
    return "nsubj:pass" if any(w.label == "aux:pass" for w in theirs) else "nsubj"


def _climbs(words: list[Word], index: int) -> set[int]:
    """The words above one, itself included."""
    seen: set[int] = set()
    while index not in seen:
        seen.add(index)
        index = words[index].head
    return seen
