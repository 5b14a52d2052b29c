"""What an article has mentioned so far, sentence by sentence: whom a word that points back can mean.

In: mentions in text order. Out: `Memory`, asked for what stands in a sentence or just before a word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from dragoman.extract.reference import Figure


@dataclass(frozen=True, slots=True)
class Seen:
    """A mention: its head word and whom it means. `located`: only says where something is."""

    head: int
    figures: tuple[Figure, ...]
    located: bool = False


@dataclass
class Memory:
    """Mentions by sentence, in the order in which they were met."""

    _seen: dict[int, list[Seen]] = field(default_factory=dict[int, list[Seen]])
    _at: dict[tuple[int, int], tuple[Figure, ...]] = field(default_factory=dict[tuple[int, int], tuple[Figure, ...]])

    def note(self, sentence: int, words: Iterable[int], seen: Seen) -> None:
        """Keeps a mention; `words` are all that count as its head."""
        self._seen.setdefault(sentence, []).append(seen)
        for word in words:
            self._at.setdefault((sentence, word), seen.figures)

    def at(self, sentence: int, word: int) -> tuple[Figure, ...]:
        """Whom the phrase headed by a word means."""
        return self._at.get((sentence, word), ())

    def group(self, sentence: int, words: Iterable[int]) -> tuple[Figure, ...]:
        """Whom several words mean together, each once."""
        return distinct(figure for word in words for figure in self.at(sentence, word))

    def before(self, sentence: int, word: int) -> list[Seen]:
        """What a sentence mentions before a word."""
        return [seen for seen in self._seen.get(sentence, ()) if seen.head < word]

    def back(self, sentence: int, word: int, sentences: int) -> Iterator[tuple[int, Sequence[Seen]]]:
        """(sentence, what it mentions): this one before the word, then those before it, nearest first."""
        yield sentence, self.before(sentence, word)
        for number in range(sentence - 1, max(-1, sentence - 1 - sentences), -1):
            yield number, self._seen.get(number, ())


def distinct(figures: Iterable[Figure]) -> tuple[Figure, ...]:
    """Each figure once, in order."""
    return tuple({figure.id: figure for figure in figures}.values())
