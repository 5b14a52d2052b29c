"""How sure an event is: polarity, certainty and time, read from the clause and from everything it is embedded in.

In: a clause, the clauses of its sentence, the language's embedding words. Out: `Factuality`. A hypothetical, a wish, a
plan, a demand, a denied or an averted act never comes out as certain and affirmed. The degrees follow the usual
distinction of factuality annotation (Saurí and Pustejovsky 2009, FactBank): certain, probable, possible, unknown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

from dragoman.languages import Language
from dragoman.parse.clauses import Clause
from dragoman.records import Certainty, Polarity, Time

ORDER: tuple[Certainty, ...] = ("certain", "probable", "possible", "unknown")


@dataclass(frozen=True, slots=True)
class Factuality:
    """What is said of an event's reality. `asked` is set where somebody asks for it, `planned` where it is to come."""

    polarity: Polarity = "affirmed"
    certainty: Certainty = "certain"
    time: Time = "past"
    asked: bool = False

    def at_most(self, certainty: Certainty) -> Factuality:
        weaker = max(self.certainty, certainty, key=ORDER.index)
        return replace(self, certainty=weaker)

    def negated(self) -> Factuality:
        return replace(self, polarity="negated" if self.polarity == "affirmed" else "affirmed")


@dataclass(frozen=True, slots=True)
class Embedding:
    """Words that say of what they govern whether it is so, as lower-case lemmas."""

    unrealised: frozenset[str]
    planned: frozenset[str]
    negative: frozenset[str]
    doubtful: frozenset[str]
    habitual: frozenset[str]
    content_prepositions: frozenset[str]


def embedding_of(language: Language) -> Embedding:
    """The `[embedding]` lists of a language; a list that is not given is empty."""
    facts = cast(Mapping[str, Sequence[str]], language.facts_of("embedding"))

    def words(key: str) -> frozenset[str]:
        return frozenset(word.lower() for word in facts.get(key, ()))

    return Embedding(
        *(words(key) for key in ("unrealised", "planned", "negative", "doubtful", "habitual", "content_prepositions"))
    )


def factuality(clause: Clause, clauses: Sequence[Clause], words: Embedding) -> Factuality:
    """The reality of what a clause tells, within its sentence and apart from who tells it."""
    state = _own(clause, words)
    if any(other.parent == clause.number and other.link == "condition" for other in clauses):
        state = state.at_most("possible")
    current = clause
    seen = {clause.number}
    while True:
        state = _under(current, clauses, state, words)
        if current.parent is None or current.parent in seen:
            return state
        seen.add(current.parent)
        parent = clauses[current.parent]
        if not _passes_on(current, words):
            return _only_outer(parent, clauses, state, words, seen)
        inherits = not current.finite or current.kind == "noun"
        if inherits and current.link in ("complement", "role", "modifier"):
            state = _inherited(parent, current, state, words)
        current = parent


def _own(clause: Clause, words: Embedding) -> Factuality:
    tense: Time = "past" if clause.tense in ("none", "past") else cast(Time, clause.tense)
    state = Factuality(time=tense)
    if clause.negated:
        state = state.negated()
    if clause.modality == "probable":
        state = state.at_most("probable")
    elif clause.modality != "none":
        state = state.at_most("possible")
        if clause.modality == "necessary" and clause.tense == "present":
            state = replace(state, time="future", asked=True)
    if clause.question:
        state = state.at_most("unknown")
    if clause.adverbs & words.habitual and state.time == "present":
        state = replace(state, time="habitual")
    if clause.kind == "noun":
        if clause.companions & words.planned:
            state = replace(state.at_most("possible"), time="future")
        if clause.companions & words.negative:
            state = state.negated()
        if clause.companions & words.doubtful:
            state = state.at_most("possible")
    return state


def _under(clause: Clause, clauses: Sequence[Clause], state: Factuality, words: Embedding) -> Factuality:
    """What the way a clause hangs on the one above makes of it."""
    if clause.link == "condition":
        return replace(
            state.at_most("possible"), time=state.time if state.time == "past" and clause.finite else "future"
        )
    if clause.link == "purpose":
        return replace(state.at_most("possible"), time="future", asked=True)
    if clause.link == "without":
        return state.negated()
    if clause.link not in ("complement", "modifier", "role") or clause.parent is None:
        return state
    parent = clauses[clause.parent]
    if clause.link == "role" and clause.governor_role not in ("object", "subject", *words.content_prepositions):
        return state
    if clause.link == "role" and clause.governor_role == "subject" and not parent.passive:
        # what fails or falls through did not happen
        return state.negated() if {clause.governor} & words.negative and not parent.role("object") else state
    governors = {
        clause.governor,
        *(f"{clause.governor} {c}" for c in parent.companions if parent.predicate == clause.governor),
    }
    if governors & words.negative:
        return state.negated()
    if governors & words.unrealised and not (clause.finite and clause.tense == "past" and clause.modality == "none"):
        return replace(state.at_most("possible"), time="future", asked=True)
    if governors & words.planned and not (clause.finite and clause.tense == "past"):
        return replace(state.at_most("possible"), time="future")
    if governors & words.doubtful:
        return state.at_most("possible")
    return state


def _inherited(parent: Clause, child: Clause, state: Factuality, words: Embedding) -> Factuality:
    """ "did not manage to", "could begin to", "will hold": what has no mood of its own has that of its governor."""
    if child.kind == "noun":  # what a noun names is taken for granted: "did not condemn the attack"
        return replace(state, time="future") if state.time == "past" and parent.tense == "future" else state
    blocked = {parent.predicate, child.governor} & (words.unrealised | words.negative)
    if parent.negated and not blocked:
        state = state.negated()
    if parent.modality == "probable":
        state = state.at_most("probable")
    elif parent.modality != "none":
        state = state.at_most("possible")
    if state.time == "past" and child.tense == "none" and parent.tense == "future":
        state = replace(state, time="future")
    if child.tense == "none" and parent.tense == "present" and state.time == "past":
        state = replace(state, time="present")
    if parent.question:
        state = state.at_most("unknown")
    return state


def _passes_on(clause: Clause, words: Embedding) -> bool:
    """Whether what stands above a clause bears on its reality."""
    if clause.link == "role":
        return clause.governor_role in ("object", "subject", *words.content_prepositions)
    return clause.link in ("complement", "modifier", "condition", "purpose", "without")


def _only_outer(
    clause: Clause, clauses: Sequence[Clause], state: Factuality, words: Embedding, seen: set[int]
) -> Factuality:
    """A relative or adverbial clause within something conditional or wished for is told within that, too."""
    while clause.parent is not None and clause.parent not in seen:
        if clause.link == "condition":
            return state.at_most("possible")
        seen.add(clause.parent)
        clause = clauses[clause.parent]
    return state
