"""The forms of a noun or adjective from its dictionary form, by ending rules that are the language's data.

In: a word or compound ("foreign minister", "ministro degli esteri") and rules [ending, replacements...], the first that
fits. Out: its other forms. Rules make some forms that nobody writes; these do no harm in a lookup table.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator, Sequence

Rules = Sequence[Sequence[str]]


def replaced(word: str, rules: Rules) -> tuple[str, ...]:
    """What the first fitting rule makes of one word; nothing where none fits."""
    for ending, *replacements in rules:
        if word.endswith(ending):
            return tuple(word[: len(word) - len(ending)] + replacement for replacement in replacements)
    return ()


def inflected(phrase: str, rules: Rules, *, last: bool, links: Collection[str]) -> Iterator[str]:
    """Other forms of a compound. `last`: its last word is inflected, else its first and the adjectives after it.

    What comes from a linking word on ("of state", "degli esteri") stays as it is.
    """
    words = phrase.split()
    end = next((i for i, word in enumerate(words) if i and (word in links or "'" in word[:-1])), len(words))
    fixed = words[end:]
    if last:
        for form in replaced(words[end - 1], rules):
            yield " ".join([*words[: end - 1], form, *fixed])
        return
    forms = [(word, *replaced(word, rules)) for word in words[:end]]
    for choice in itertools.product(*forms[:3]):
        yield " ".join([*choice, *words[3:end], *fixed])
