"""The label scheme of spaCy's own English pipelines (ClearNLP) turned into Universal Dependencies.

In: words with ClearNLP labels. Out: the same words with UD heads and labels: prepositions become `case` of their
object, "be" becomes `cop` of its predicate. Labels are those of the CLEAR style guide (Choi and Palmer 2012).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from dragoman.parse.words import Word

RENAMED = {
    "dobj": "obj", "nsubjpass": "nsubj:pass", "csubjpass": "csubj:pass", "auxpass": "aux:pass", "poss": "nmod:poss",
    "relcl": "acl:relcl", "prt": "compound:prt", "neg": "advmod", "oprd": "xcomp", "npadvmod": "obl",
    "quantmod": "advmod", "predet": "det", "preconj": "cc", "intj": "discourse", "acomp": "xcomp", "attr": "xcomp",
    "dative": "iobj", "ROOT": "root", "nn": "compound", "num": "nummod",
}  # fmt: skip
VERBAL = ("VERB", "AUX", "ADJ", "ADV")


def is_clear(labels: Collection[str]) -> bool:
    """Whether a parser with these labels speaks ClearNLP."""
    return "pobj" in labels or "dobj" in labels


def to_universal(words: Sequence[Word]) -> list[Word]:
    """The words of one sentence with UD heads and labels."""
    head = [word.head for word in words]
    label = [word.label for word in words]
    for word in words:
        if word.label in ("pobj", "pcomp"):
            _turn_preposition(words, head, label, word)
    for word in words:
        if word.label in ("attr", "acomp") and words[word.head].lemma.lower() == "be":
            _turn_copula(head, label, word)
    return [
        replace(word, head=head[word.index], label=_universal(label[word.index], head[word.index] == word.index))
        for word in words
    ]


def _universal(label: str, is_root: bool) -> str:
    return "root" if is_root else RENAMED.get(label, label)


def _turn_preposition(words: Sequence[Word], head: list[int], label: list[str], word: Word) -> None:
    """ "met -prep-> with -pobj-> Xi" becomes "met -obl-> Xi -case-> with"."""
    preposition = word.head
    above = words[preposition].head
    if preposition == above:
        return
    kind = words[preposition].label
    if word.label == "pcomp" and word.pos in ("VERB", "AUX"):
        label[word.index] = "advcl"
    elif kind == "agent":
        label[word.index] = "obl:agent"
    elif words[above].pos in VERBAL:
        label[word.index] = "obl"
    else:
        label[word.index] = "nmod"
    head[word.index] = head[preposition]
    head[preposition] = word.index
    label[preposition] = "mark" if label[word.index] == "advcl" else "case"
    for other in words:  # what else hung on the preposition goes with its object
        if head[other.index] == preposition and other.index != word.index:
            head[other.index] = word.index


def _turn_copula(head: list[int], label: list[str], word: Word) -> None:
    """ "is -attr-> ready" becomes "ready -cop-> is"."""
    verb = word.head
    above, relation = head[verb], label[verb]
    if head[word.index] != verb:
        return
    for index, parent in enumerate(head):
        if parent == verb and index not in (word.index, verb):
            head[index] = word.index
    head[word.index] = word.index if above == verb else above
    label[word.index] = relation
    head[verb] = word.index
    label[verb] = "cop"
