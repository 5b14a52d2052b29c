"""What a parser hands on: sentences of words with Universal Dependencies labels and offsets into the text.

In: nothing. Out: `Word` and `Sentence`, read from a spaCy Doc (`pipelines.py`) or from frozen CoNLL-U
(`conllu.py`). The rest of Dragoman sees parses in this form alone, so any parser can feed it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Word:
    """One syntactic word. `head` is the index of its head in the sentence, its own for the root.

    `label` is the Universal Dependencies relation with its subtype ("nsubj:pass"), `pos` the universal part of
    speech, `feats` the features as UD writes them ("Mood=Ind|Tense=Past"), `start` and `end` code points.
    """

    index: int
    start: int
    end: int
    text: str
    lemma: str
    pos: str
    feats: str
    head: int
    label: str

    @property
    def relation(self) -> str:
        """The label without its subtype."""
        return self.label.partition(":")[0]

    def has(self, feature: str) -> bool:
        """Whether a feature such as "Mood=Cnd" is set."""
        return feature in self.feats


class Sentence:
    """The words of one sentence, and its tree."""

    __slots__ = ("_bounds", "_children", "words")

    def __init__(self, words: tuple[Word, ...]) -> None:
        self.words = words
        children: list[list[int]] = [[] for _ in words]
        for word in words:
            if word.head != word.index:
                children[word.head].append(word.index)
        self._children = tuple(map(tuple, children))
        self._bounds: dict[int, tuple[int, ...]] = {}

    @property
    def start(self) -> int:
        return self.words[0].start

    @property
    def end(self) -> int:
        return self.words[-1].end

    def __len__(self) -> int:
        return len(self.words)

    def __iter__(self) -> Iterator[Word]:
        return iter(self.words)

    def __getitem__(self, index: int) -> Word:
        return self.words[index]

    def children(self, index: int) -> Iterator[Word]:
        """The words that hang on the word at `index`, in order."""
        return (self.words[i] for i in self._children[index])

    def subtree(self, index: int) -> tuple[int, ...]:
        """Indices of the word and everything below it, in order. Safe on trees with cycles."""
        if index not in self._bounds:
            seen = {index}
            todo = [index]
            while todo:
                for child in self._children[todo.pop()]:
                    if child not in seen:
                        seen.add(child)
                        todo.append(child)
            self._bounds[index] = tuple(sorted(seen))
        return self._bounds[index]

    def ancestors(self, index: int) -> Iterator[Word]:
        """The heads above the word, nearest first. Ends at the root, or where a cycle would begin."""
        seen = {index}
        while (head := self.words[index].head) not in seen:
            seen.add(head)
            index = head
            yield self.words[index]
