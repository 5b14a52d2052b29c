"""Word tables: which named lists a run of lemmas touches.

In: lists of lemmas or lemma sequences by name. Out: `WordTable`, which finds the names in a sentence in linear time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence


class WordTable:
    """Names (modes, contexts) and the lemmas or lemma sequences that stand for them."""

    def __init__(self, words: Mapping[str, Sequence[str]]) -> None:
        self._starts: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for name, phrases in words.items():
            for phrase in phrases:
                parts = tuple(phrase.lower().split())
                if parts:
                    self._starts.setdefault(parts[0], []).append((parts, name))

    def places_in(self, lemmas: Sequence[str]) -> dict[str, range]:
        """The names whose words occur, in order of first occurrence, each with where its words stand in `lemmas`."""
        found: dict[str, range] = {}
        for at, lemma in enumerate(lemmas):
            for parts, name in self._starts.get(lemma, ()):
                if name not in found and tuple(lemmas[at : at + len(parts)]) == parts:
                    found[name] = range(at, at + len(parts))
        return found
