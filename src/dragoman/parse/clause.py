"""A clause, and a clause in the making.

In: nothing. Out: `Clause`, one predicate with its roles, which is all that the rules see of grammar; the `Phrase`s that fill the
roles; and `Draft`, which the modules beside this one fill in, one after the other.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Literal

Link = Literal[
    "root", "complement", "condition", "purpose", "concession", "cause", "time", "without", "adverbial",
    "relative", "modifier", "parenthesis", "role",
]  # fmt: skip  # fmt: skip


Modality = Literal["none", "possible", "probable", "necessary", "advised", "conditional"]


Tense = Literal["past", "present", "future", "none"]


@dataclass(frozen=True, slots=True)
class Phrase:
    """One party or thing in a role: its head word, all its words without preposition, and the preposition."""

    head: int
    words: tuple[int, ...]
    preposition: str = ""


@dataclass(frozen=True, slots=True)
class Clause:
    """One predicate with its roles. Word numbers are indices into the sentence.

    `roles` maps "subject", "object", "indirect" and prepositions to the phrases that fill them; `companions` are the
    lemmas beside the predicate that belong to its meaning (particles, objects, adverbs). `parent` is the number of
    the clause it is embedded in, `link` how, `governor` the lemma of the word it hangs on and `governor_role` the
    role in which an event noun stands to it. `perfect`: told as done ("may have left"); `contrasted`: what goes on with "but"
    is set against it. `words` are the clause's own, without those of clauses embedded in it.
    """

    number: int
    predicate: str
    head: int
    kind: Literal["verb", "noun", "adjective"]
    trigger: tuple[int, ...]
    roles: Mapping[str, tuple[Phrase, ...]]
    companions: frozenset[str]
    words: tuple[int, ...]
    parent: int | None = None
    link: Link = "root"
    governor: str = ""
    governor_role: str = ""
    tense: Tense = "none"
    modality: Modality = "none"
    negated: bool = False
    question: bool = False
    passive: bool = False
    finite: bool = False
    perfect: bool = False
    contrasted: bool = False
    adverbs: frozenset[str] = frozenset()

    def role(self, name: str) -> tuple[Phrase, ...]:
        return self.roles.get(name, ())


@dataclass(slots=True)
class Draft:
    """A clause in the making."""

    head: int
    kind: Literal["verb", "noun", "adjective"]
    roles: dict[str, list[Phrase]] = field(default_factory=dict[str, list[Phrase]])
    surface: list[Phrase] = field(default_factory=list[Phrase])
    companions: set[str] = field(default_factory=set[str])
    adverbs: set[str] = field(default_factory=set[str])
    inner: list[tuple[str, tuple[Phrase, ...]]] = field(default_factory=list[tuple[str, tuple[Phrase, ...]]])
    trigger: list[int] = field(default_factory=list[int])
    parent: int | None = None
    link: Link = "root"
    governor: str = ""
    governor_role: str = ""
    tense: Tense = "none"
    modality: Modality = "none"
    negated: bool = False
    question: bool = False
    passive: bool = False
    finite: bool = False
    perfect: bool = False
    contrasted: bool = False

    def add(self, role: str, phrases: Collection[Phrase]) -> None:
        if phrases:
            self.roles.setdefault(role, []).extend(phrases)
