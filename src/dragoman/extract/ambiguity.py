"""Names of which one cannot know by themselves what country they mean: settled by what else the article says, else left open.

In: the section `ambiguous` of a language's actors.toml, and a text. Out: the country that a name means there, if any.
"Georgia" beside Tbilisi is the country, beside Atlanta the state; "Congo" beside nothing is neither.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Reading:
    """What a name may mean: a country's code, and words that tell that it does."""

    country: str
    evidence: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Ambiguity:
    """The readings of a name. `usual` is the country it means where nothing tells; None leaves it open."""

    readings: tuple[Reading, ...]
    usual: str | None

    def settled(self, text: str) -> str | None:
        """The country meant in an article: the one reading it has evidence for, else the usual one."""
        told = [reading.country for reading in self.readings if reading.evidence.search(text)]
        return told[0] if len(told) == 1 else self.usual


def ambiguities(table: Mapping[str, Any]) -> Mapping[str, Ambiguity]:
    """Name -> what it may mean. `table` is the section `ambiguous`: name -> { usual, CODE = [words], ... }."""
    return {
        name: Ambiguity(
            tuple(Reading(code, _words(words)) for code, words in entry.items() if code != "usual"), entry.get("usual")
        )
        for name, entry in table.items()
    }


def _words(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, words))})(?!\w)")
