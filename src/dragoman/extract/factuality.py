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
    `lacking_prepositions` one that was not met ("without the storm").

    What is `untrue`, and what is not `true`, did not happen, nor what it is `wrong` to report; `claims` are nouns for what is
    told, which stays told when it is untrue. Of what there is no `evidence`, and what is not `sure`, it is open whether it
    happened; who had no `involvement` in something ("part in") did not do it; what somebody is said to be accused of, by verbs
    of `accusing`, is open.

    `reported_conditional`: a past conditional beside no condition is what others report; in a language without it what would
    have been was not.
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
    untrue: frozenset[str]
    true: frozenset[str]
    wrong: frozenset[str]
    sure: frozenset[str]
    claims: frozenset[str]
    evidence: frozenset[str]
    involvement: frozenset[str]
    accusing: frozenset[str]
    content_prepositions: frozenset[str]
    condition_prepositions: frozenset[str]
    lacking_prepositions: frozenset[str]
    reported_conditional: bool

    @property
    def lemmas(self) -> frozenset[str]:
        """The words that the lists know, of whatever part of speech."""
        lists = (words for words in (getattr(self, name) for name in WORD_LISTS if not name.endswith("prepositions")))
        return frozenset(word for words in lists for word in words if " " not in word)


WORD_LISTS = (
    "unrealised", "planned", "negative", "doubtful", "likely", "open", "habitual", "reporting", "happening",
    "untrue", "true", "wrong", "sure", "claims", "evidence", "involvement", "accusing",
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
        if (
            current.question and current.link == "complement"
        ):  # what is asked is open, whatever stands above the question
            return state
        if current.parent is None or current.parent in seen:
            return state
        seen.add(current.parent)
        parent = clauses[current.parent]
        state = _by_truth(current, parent, clauses, state, words, itself=current is clause)
        if not _passes_on(current, words) and not _is_told(current, parent, words):
            return _only_outer(parent, clauses, state, words, seen)
        inherits = not current.finite or current.kind == "noun"
        if inherits and current.link in ("complement", "role", "modifier"):
            time = state.time
            state = _inherited(parent, current, clauses, state, words, itself=current is clause)
            if clause.tense != "none" and current is not clause:  # "it is wrong to say that he left": he left before
                state = replace(state, time=time)
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
    accused = parent is not None and parent.passive and not clause.finite and clause.governor in words.accusing
    if accused and clause.link in ("cause", "complement", "role"):
        return state.at_most("possible")
    if clause.link not in ("complement", "modifier", "role") or parent is None:
        return state
    if clause.link == "role" and clause.governor_role in words.condition_prepositions:
        return replace(state.at_most("possible"), time="future")
    if clause.link == "role" and clause.governor_role not in ("object", "subject", *words.content_prepositions):
        return state
    governors = {
        clause.governor,
        *(f"{clause.governor} {c}" for c in parent.companions if parent.predicate == clause.governor),
    }
    if clause.link == "role" and clause.governor_role == "subject" and not parent.passive:
        # what fails or falls through did not happen
        return state.negated() if governors & words.negative and not parent.role("object") else state
    if clause.link == "complement" and (clause.question or governors & words.open):
        return state.at_most("unknown")
    if governors & words.habitual:
        return replace(state, time="habitual")
    told = clause.finite and (clause.tense == "past" or clause.perfect)
    if governors & words.negative:
        if parent.negated:  # "it is not ruled out that": neither so nor not so
            state = state.at_most("possible")
            return state if told else replace(state, time="future")
        return state.negated()
    if governors & words.likely:
        state = state.at_most("probable")
        return state if told else replace(state, time="future")
    ordered = bool(governors & words.reporting) and not clause.finite and not parent.passive  # "told X to leave"
    if (governors & words.unrealised or ordered) and not told and not clause.perfect:
        return replace(state.at_most("possible"), time="future", asked=True)
    if governors & words.planned and not told:
        return replace(state.at_most("possible"), time="future")
    if governors & words.doubtful or (governors & words.reporting and parent.passive and not clause.finite):
        return state.at_most("possible")
    return state


def _by_truth(
    clause: Clause, parent: Clause, clauses: Sequence[Clause], state: Factuality, words: Embedding, *, itself: bool
) -> Factuality:
    """What is said of a clause above it: that it is untrue, or not true ("it is false that", "the report of the attack is a lie"), that
    nothing shows it ("found no trace of an attack"), or that somebody had no part in it. `itself`: it is this clause, not one
    within it, that is asked about."""
    if _is_unproven(clause, parent, words):
        return state.negated().at_most("possible")
    if _is_uninvolved(clause, parent, clauses, words):
        return state.negated()
    told = clause.link == "complement" or _is_told(clause, parent, words)
    if not told and not _is_named(clause, parent, words, itself=itself):
        return state
    verdicts = {parent.predicate}
    if not told and clause.governor_role == "subject":  # "the report proved false"
        verdicts |= parent.adverbs | {
            c.predicate for c in clauses if c.parent == parent.number and c.link == "complement"
        }
    if verdicts & words.untrue or (parent.predicate in words.wrong and clause.predicate in words.reporting):
        return state.at_most("probable") if parent.negated else state.negated()
    if parent.negated and {parent.predicate, *parent.companions} & words.true:
        return state.negated()
    if parent.negated and told and {parent.predicate, *parent.companions} & words.sure:
        return state.at_most("possible")
    return state


def _is_unproven(clause: Clause, parent: Clause, words: Embedding) -> bool:
    """ "no evidence of an attack", whether or not the evidence is a clause of its own."""
    if clause.predicate in words.evidence and parent.predicate not in words.happening:
        return (clause.negated or parent.negated) and clause.governor_role in ("subject", "object")
    return parent.negated and clause.governor in words.evidence and parent.predicate not in words.evidence


def _is_uninvolved(clause: Clause, parent: Clause, clauses: Sequence[Clause], words: Embedding) -> bool:
    """ "played no part in the attack", "has nothing to do with the attack"."""
    if clause.link != "role":
        return False
    named = {f"{word} {clause.governor_role}" for word in (clause.governor, *parent.companions)}
    outer = clauses[parent.parent] if parent.parent is not None and not parent.finite else parent
    return bool(named & words.involvement) and (parent.negated or outer.negated)


def _is_named(clause: Clause, parent: Clause, words: Embedding, *, itself: bool) -> bool:
    """Whether a noun names what a word above it judges: "the attack is a hoax", "they invented the attack". A false accusation has been
    made all the same; it is what it says that is false."""
    if clause.link != "role":
        return False
    if clause.governor in words.claims and clause.governor_role in words.content_prepositions:
        return clause.governor != parent.predicate
    judged = clause.governor == parent.predicate and clause.governor_role in ("subject", "object")
    return judged and not (itself and clause.predicate in words.claims)


def _is_told(clause: Clause, parent: Clause, words: Embedding) -> bool:
    """Whether what is parsed as a relative clause is what a claim says: "it is a lie that they attacked the town" (they attacked no
    lie), "the rumour according to which they left"."""
    if clause.link != "relative":
        return False
    if clause.governor == parent.predicate and parent.finite:
        return clause.governor in words.untrue | words.true
    first = min(clause.words, default=0)
    fills = {role for role, phrases in clause.roles.items() if any(phrase.head < first for phrase in phrases)}
    within = fills.isdisjoint(("subject", "object")) or len(clause.role("object")) > 1
    return clause.governor in words.claims and within


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
    parent: Clause, child: Clause, clauses: Sequence[Clause], state: Factuality, words: Embedding, *, itself: bool
) -> Factuality:
    """ "did not manage to", "could begin to", "will hold": what has no mood of its own has that of its governor."""
    if child.kind == "noun":
        return _of_noun(parent, child, clauses, state, words, itself=itself)
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
    parent: Clause, child: Clause, clauses: Sequence[Clause], state: Factuality, words: Embedding, *, itself: bool
) -> Factuality:
    """What a noun names is taken for granted ("did not condemn the attack"), unless its verb only says that
    there is such a thing: then it is as real as the verb. The "no" of "there were no talks" stands in both, and counts once."""
    happens = child.governor_role == "subject" and child.governor in words.happening
    if happens:
        own = _own(parent, clauses, words)
        certainty = max(state.certainty, own.certainty, key=ORDER.index)
        if own.polarity == "negated" and not (itself and child.negated):
            state = state.negated()
        if child.predicate in words.evidence:
            certainty = max(certainty, "possible", key=ORDER.index) if own.polarity == "negated" else certainty
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
