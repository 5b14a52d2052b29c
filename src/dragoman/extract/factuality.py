"""How sure an event is: polarity, certainty and time, read from the clause and from everything it is embedded in.

In: a clause, the clauses of its sentence, the language's embedding words. Out: `Factuality`. A hypothetical, a wish, a
plan, a demand, a denied or an averted act never comes out as certain and affirmed. The degrees follow the usual
distinction of factuality annotation (Saurí and Pustejovsky 2009, FactBank): certain, probable, possible, unknown.
"""

from __future__ import annotations

from collections.abc import Sequence
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
    """Words that say of what they govern whether it is so, as lower-case lemmas.

    `reporting` are verbs of telling, in whose past a conditional is a future ("said it would send") and whose passive is
    hearsay ("is said to have shot"); `happening` are verbs that say of a noun that there is such a thing, so that their
    negation is its own ("there was no meeting"); `condition_prepositions` open a condition ("in case of an attack"),
    `lacking_prepositions` one that was not met ("without the storm"). `reported_conditional`: a past conditional beside no
    condition is what others report; in a language without it what would have been was not.
    """

    unrealised: frozenset[str]
    planned: frozenset[str]
    negative: frozenset[str]
    doubtful: frozenset[str]
    likely: frozenset[str]
    open: frozenset[str]
    habitual: frozenset[str]
    reporting: frozenset[str]
    happening: frozenset[str]
    content_prepositions: frozenset[str]
    condition_prepositions: frozenset[str]
    lacking_prepositions: frozenset[str]
    reported_conditional: bool


WORD_LISTS = (
    "unrealised", "planned", "negative", "doubtful", "likely", "open", "habitual", "reporting", "happening",
    "content_prepositions", "condition_prepositions", "lacking_prepositions",
)  # fmt: skip


def embedding_of(language: Language) -> Embedding:
    """The `[embedding]` lists of a language; a list that is not given is empty."""
    facts = language.facts_of("embedding")
    lists = {key: frozenset(str(word).lower() for word in facts.get(key, ())) for key in WORD_LISTS}
    return Embedding(**lists, reported_conditional=bool(facts.get("reported_conditional")))


def factuality(clause: Clause, clauses: Sequence[Clause], words: Embedding) -> Factuality:
    """The reality of what a clause tells, within its sentence and apart from who tells it."""
    state = _own(clause, clauses, words)
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
            state = _inherited(parent, current, clauses, state, words)
        elif current.link == "complement":
            state = _as_far_as(parent, state)
        current = parent


def _own(clause: Clause, clauses: Sequence[Clause], words: Embedding) -> Factuality:
    tense: Time = "past" if clause.tense in ("none", "past") else cast(Time, clause.tense)
    state = Factuality(time=tense)
    if clause.negated:
        state = state.negated()
    state = _by_mood(clause, clauses, state, words)
    if clause.question:
        state = state.at_most("unknown")
    if state.time in ("present", "past") and (clause.adverbs | clause.companions) & words.habitual:
        state = replace(state, time="habitual")
    if clause.kind == "noun":
        if clause.companions & words.planned:
            state = replace(state.at_most("possible"), time="future")
        if clause.companions & words.negative:
            state = state.negated()
        if clause.companions & words.doubtful:
            state = state.at_most("possible")
    return state


def _by_mood(clause: Clause, clauses: Sequence[Clause], state: Factuality, words: Embedding) -> Factuality:
    """What modals, the conditional and conditions beside a clause make of it."""
    conditions = bool(words.condition_prepositions & clause.roles.keys()) or any(
        c.parent == clause.number and c.link == "condition" for c in clauses
    )
    if clause.modality == "conditional" and clause.link != "condition":
        parent = clauses[clause.parent] if clause.parent is not None and clause.link == "complement" else None
        if parent is not None and parent.tense == "past" and parent.predicate in words.reporting and not conditions:
            return replace(state, time="future")  # "said that it would send", "ha detto che avrebbe inviato"
        unmet = conditions or bool(words.lacking_prepositions & clause.roles.keys()) or clause.contrasted
        if clause.perfect and (unmet or not words.reported_conditional):
            return _unfulfilled(state)
        if clause.perfect:
            return replace(state.at_most("possible"), time="past")
        return replace(state.at_most("possible"), time="future")
    if clause.modality == "advised" and clause.perfect:
        return _unfulfilled(state)
    if clause.modality in ("necessary", "advised"):
        if clause.perfect:  # "must have left"
            return replace(state.at_most("probable"), time="past")
        state = state.at_most("possible")
        return replace(state, time="future", asked=True) if clause.tense == "present" else state
    if clause.modality == "possible":
        if clause.contrasted and clause.perfect:  # "could have freed him, but ..."
            return _unfulfilled(state)
        state = state.at_most("possible")
    elif clause.modality == "probable":
        state = state.at_most("probable")
    if conditions:
        state = state.at_most("possible")
        state = state if state.time == "past" else replace(state, time="future")
    return state


def _unfulfilled(state: Factuality) -> Factuality:
    """What would have been, or should have been, was not."""
    return replace(state.negated(), time="past")


def _under(clause: Clause, clauses: Sequence[Clause], state: Factuality, words: Embedding) -> Factuality:
    """What the way a clause hangs on the one above makes of it."""
    parent = clauses[clause.parent] if clause.parent is not None else None
    if clause.link == "condition":
        return _as_condition(clause, parent, state)
    if clause.link == "purpose":
        return replace(state.at_most("possible"), time="future", asked=True)
    if clause.link == "without":
        return state.negated()
    if parent is not None and clause.link == "adverbial" and not clause.finite and {clause.governor} & words.negative:
        return state.negated()  # "refrained from criticising"
    if clause.link not in ("complement", "modifier", "role") or parent is None:
        return state
    if clause.link == "role" and clause.governor_role in words.condition_prepositions:
        return replace(state.at_most("possible"), time="future")
    if clause.link == "role" and clause.governor_role not in ("object", "subject", *words.content_prepositions):
        return state
    if clause.link == "role" and clause.governor_role == "subject" and not parent.passive:
        # what fails or falls through did not happen
        return state.negated() if {clause.governor} & words.negative and not parent.role("object") else state
    governors = {
        clause.governor,
        *(f"{clause.governor} {c}" for c in parent.companions if parent.predicate == clause.governor),
    }
    if clause.link == "complement" and (clause.question or governors & words.open):
        return state.at_most("unknown")
    if governors & words.habitual:
        return replace(state, time="habitual")
    told = clause.finite and (clause.tense == "past" or clause.perfect)
    if governors & words.negative:
        # "it is not ruled out that": neither so nor not so
        return state.at_most("possible") if parent.negated else state.negated()
    if governors & words.likely:
        state = state.at_most("probable")
        return state if told else replace(state, time="future")
    if governors & words.unrealised and not told:
        return replace(state.at_most("possible"), time="future", asked=True)
    if governors & words.planned and not told:
        return replace(state.at_most("possible"), time="future")
    if governors & words.doubtful or (governors & words.reporting and parent.passive and not clause.finite):
        return state.at_most("possible")
    return state


def _as_condition(clause: Clause, parent: Clause | None, state: Factuality) -> Factuality:
    """ "if X attacked": open; "if X had attacked, Y would have ...": it did not."""
    unreal = parent is not None and parent.modality == "conditional"
    if clause.perfect and unreal and parent is not None and parent.perfect:
        return _unfulfilled(replace(state, certainty="certain"))
    past = state.time == "past" and clause.finite and clause.modality == "none" and not unreal
    return replace(state.at_most("possible"), time="past" if past else "future")


def _as_far_as(parent: Clause, state: Factuality) -> Factuality:
    """ "it may be that ...": a clause that is all an impersonal verb says is as sure as the verb."""
    if parent.role("subject") or parent.modality not in ("possible", "probable"):
        return state
    return state.at_most(parent.modality)


def _inherited(
    parent: Clause, child: Clause, clauses: Sequence[Clause], state: Factuality, words: Embedding
) -> Factuality:
    """ "did not manage to", "could begin to", "will hold": what has no mood of its own has that of its governor."""
    if child.kind == "noun":
        return _of_noun(parent, child, clauses, state, words)
    blocked = {parent.predicate, child.governor} & (words.unrealised | words.negative)
    if parent.negated and not blocked:
        state = state.negated()
    if parent.modality == "probable":
        state = state.at_most("probable")
    elif parent.modality != "none":
        state = state.at_most("possible")
    if state.time == "past" and child.tense == "none" and not child.perfect and parent.tense == "future":
        state = replace(state, time="future")
    if child.tense == "none" and not child.perfect and parent.tense == "present" and state.time == "past":
        state = replace(state, time="present")
    if parent.question:
        state = state.at_most("unknown")
    return state


def _of_noun(
    parent: Clause, child: Clause, clauses: Sequence[Clause], state: Factuality, words: Embedding
) -> Factuality:
    """What a noun names is taken for granted ("did not condemn the attack"), unless its verb only says that
    there is such a thing: then it is as real as the verb."""
    happens = child.governor_role == "subject" and child.governor in words.happening
    if happens:
        own = _own(parent, clauses, words)
        certainty = max(state.certainty, own.certainty, key=ORDER.index)
        state = state.negated() if own.polarity == "negated" else state
        time = own.time if state.time == "past" else state.time
        return replace(state, certainty=certainty, time=time, asked=state.asked or own.asked)
    return replace(state, time="future") if state.time == "past" and parent.tense == "future" else state


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
