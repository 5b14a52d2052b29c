"""Sentences that close with who said so: "Police seized arms from the rebels, the army said Friday."

In: the words of a sentence as parsed and mended. Out: which of them, before the closing attribution, make no clause though they
hold a verb, so that they are worth parsing on their own; and the tree with those words put in as the content of what was said.
Parsers trained on other texts than news often see the subject of the last verb in all that stands before it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from dragoman.parse.words import Word

LONGEST_TAIL = 14
SHORTEST_CLAUSE = 4
CONTENTS = ("ccomp", "parataxis", "root")


@dataclass(frozen=True, slots=True)
class Segment:
    """The words from `start` to before `end`, to be parsed alone, and the verb of telling that stands behind them."""

    start: int
    end: int
    teller: int


def broken_segments(words: Sequence[Word], tellers: Collection[str]) -> list[Segment]:
    """What to parse again, the longest first: all before the attribution, and the same without its opening adverbial."""
    found = _attribution(words, tellers)
    if found is None:
        return []
    end, teller = found
    if end < SHORTEST_CLAUSE or _is_clause(words, 0, end, teller):
        return []
    segments = [Segment(0, end, teller)]
    comma = next((word.index for word in words[:end] if word.text == ","), None)
    if comma is not None and words[0].pos == "ADP" and end - comma > SHORTEST_CLAUSE:
        segments.append(Segment(comma + 1, end, teller))
    return segments


def _attribution(words: Sequence[Word], tellers: Collection[str]) -> tuple[int, int] | None:
    """Where the closing attribution begins (at its comma), and its verb."""
    comma = next((word.index for word in reversed(words) if word.text == ","), None)
    if comma is None or len(words) - comma > LONGEST_TAIL:
        return None
    tail = words[comma + 1 :]
    verb = next((w for w in tail if w.pos == "VERB" and w.lemma.lower() in tellers), None)
    if verb is None or not any("VerbForm=Fin" in w.feats for w in tail) or tail[0].pos in ("CCONJ", "SCONJ", "ADP"):
        return None
    if any("PronType=Rel" in w.feats for w in tail) or any(w.pos == "VERB" for w in tail if w.index != verb.index):
        return None
    named = any(w.pos in ("NOUN", "PROPN", "PRON") for w in tail if w.index != verb.index)
    return (comma, verb.index) if named else None


def _is_clause(words: Sequence[Word], start: int, end: int, teller: int) -> bool:
    """Whether the words hang together under one predicate, as what is told or as what the teller hangs on."""
    tops = [w for w in words[start:end] if (w.head == w.index or not start <= w.head < end) and w.pos != "PUNCT"]
    if not any(w.pos == "VERB" for w in words[start:end]):
        return True  # nothing to find
    if len(tops) != 1:
        return False
    top = tops[0]
    return is_predicate(words, top) and (top.relation in CONTENTS or top.head != teller)


def is_predicate(words: Sequence[Word], word: Word) -> bool:
    """Whether a word is a finite verb, or what stands with a copula or an auxiliary."""
    below = [w for w in words if w.head == word.index and w.index != word.index]
    finite = "VerbForm=Fin" in word.feats or any(w.relation in ("aux", "cop") for w in below)
    return finite and (word.pos in ("VERB", "AUX") or any(w.relation in ("cop", "nsubj") for w in below))


def grafted(words: Sequence[Word], segment: Segment, parsed: Sequence[Word]) -> list[Word] | None:
    """The words with a segment's own parse as what is told; None where that is no clause with a subject."""
    size = segment.end - segment.start
    if [w.text for w in parsed[:size]] != [w.text for w in words[segment.start : segment.end]]:
        return None
    root = next((w for w in parsed[:size] if w.head == w.index), None)
    if root is None or not is_predicate(parsed, root):
        return None
    if not any(w.head == root.index and w.relation == "nsubj" for w in parsed[:size]):
        return None
    if any(w.head >= size for w in parsed[:size]):
        return None
    top = segment.start + root.index
    mended = list(words)
    for word in parsed[:size]:
        index = segment.start + word.index
        mended[index] = replace(
            word, index=index, start=words[index].start, end=words[index].end, head=segment.start + word.head
        )
    for word in words[: segment.start]:  # an opening adverbial is the clause's own
        inside = word.head < segment.start and word.head != word.index
        mended[word.index] = (
            word if inside else replace(word, head=top, label="punct" if word.pos == "PUNCT" else "obl")
        )
    verb = mended[segment.teller]
    for word in words[segment.end :]:
        if word.head == word.index or word.head < segment.end:
            mended[word.index] = replace(word, head=segment.teller, label=_in_tail(word))
    mended[segment.teller] = replace(verb, head=segment.teller, label="root")
    mended[top] = replace(mended[top], head=segment.teller, label="ccomp")
    return mended


def _in_tail(word: Word) -> str:
    if word.relation != "root":
        return word.label
    return "nsubj" if word.pos in ("NOUN", "PROPN", "PRON") else "dep"
