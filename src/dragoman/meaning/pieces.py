"""Words cut into the pieces that the encoder knows.

In: a text. Out: the numbers of its pieces, each with the characters it stands for. A word is cut so that its pieces are together
most probable (unigram language model, Kudo 2018).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

BEGINS = "▁"  # what a piece that begins a word begins with
_KNOWN = 50_000  # words whose pieces are remembered
_RARE = 10.0  # how much less probable a letter that no piece has is than the rarest piece
_WORD = re.compile(r"\S+")
_LONGEST = 200  # characters; what is longer is no word


class Piece(NamedTuple):
    number: int
    start: int
    end: int


class Pieces:
    """All pieces, by their letters. `known`: their letters and log-probabilities; `unknown`: the number of what is none."""

    def __init__(self, known: Sequence[tuple[str, float]], unknown: int) -> None:
        self._number = {piece: number for number, (piece, _) in enumerate(known)}
        self._score = [score for _, score in known]
        self._unknown = unknown
        self._unseen = min(self._score) - _RARE
        self._longest = max(len(piece) for piece, _ in known)
        self._words: dict[str, list[Piece]] = {}

    def __getitem__(self, piece: str) -> int:
        return self._number[piece]

    def of(self, text: str) -> list[Piece]:
        """The pieces of a text in order, with code points of it, half-open."""
        found: list[Piece] = []
        for word in _WORD.finditer(text):
            start = word.start()
            found += (Piece(number, start + a, start + b) for number, a, b in self.of_word(word.group()[:_LONGEST]))
        return found

    def of_word(self, word: str) -> list[Piece]:
        """The pieces of a word, with code points of the word."""
        if word not in self._words:
            if len(self._words) >= _KNOWN:
                self._words.clear()
            self._words[word] = self._cut(word)
        return self._words[word]

    def _cut(self, word: str) -> list[Piece]:
        letters, places = BEGINS, [0]
        for place, letter in enumerate(word):
            plain = unicodedata.normalize("NFKC", letter)
            letters += plain
            places += [place] * len(plain)
        places.append(len(word))
        best: list[tuple[float, int, int]] = [(0.0, 0, 0)]  # by end: the score, where the last piece begins, its number
        for end in range(1, len(letters) + 1):
            score, _, _ = best[end - 1]
            found = (score + self._unseen, end - 1, self._unknown)
            for start in range(max(0, end - self._longest), end):
                number = self._number.get(letters[start:end])
                if number is not None and (score := best[start][0] + self._score[number]) > found[0]:
                    found = (score, start, number)
            best.append(found)
        pieces: list[Piece] = []
        end = len(letters)
        while end:
            _, start, number = best[end]
            pieces.append(Piece(number, places[start], places[end]))
            end = start
        return pieces[::-1]
