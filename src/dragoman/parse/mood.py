"""Tense, modality, negation and voice of a predicate.

In: a predicate and the words that hang on it. Out: those fields of its `Draft`, and whether it is passive for want of an object.
"""

from __future__ import annotations

from dragoman.parse.clause import Draft
from dragoman.parse.grammar import Grammar
from dragoman.parse.words import Sentence, Word


def read_mood(sentence: Sentence, grammar: Grammar, draft: Draft, children: list[Word]) -> None:
    head = sentence[draft.head]
    auxiliaries = [c for c in children if c.relation in ("aux", "cop")]
    chain = [*auxiliaries, head] if head.pos in ("VERB", "AUX") else auxiliaries
    draft.finite = any(word.has("VerbForm=Fin") or word.has("Mood=") for word in chain)
    draft.question = any(w.text == "?" for w in sentence.children(draft.head))
    lemmas = [word.lemma.lower() for word in chain]
    forms = {word.text.lower() for word in chain} | set(lemmas)
    finite = next((w for w in chain if w.has("VerbForm=Fin") or w.has("Mood=")), None)
    if finite is not None:
        if finite.has("Tense=Past") or finite.has("Tense=Imp"):
            draft.tense = "past"
        elif finite.has("Tense=Fut"):
            draft.tense = "future"
        elif finite is head and finite.pos == "VERB" and finite.text.lower().endswith(tuple(grammar.past_endings)):
            draft.tense = "past"  # "bombed", which some parsers take for a present
        else:
            draft.tense = "present"
        if finite.has("Mood=Cnd") or (finite.has("Mood=Sub") and finite.has("Tense=Imp")):
            draft.modality = "conditional"
        done = any(w.has("VerbForm=Part") for w in chain) or (head.pos == "VERB" and head.has("Tense=Past"))
        active = not _only_passive(auxiliaries) or is_unaccusative(sentence, grammar, head)
        draft.perfect = done and active
        draft.perfect &= any(w.lemma.lower() in grammar.perfect_auxiliaries for w in chain if w is not head)
        if draft.perfect and finite is not head and finite.lemma.lower() in grammar.perfect_auxiliaries:
            draft.tense = "past" if draft.tense != "future" else "future"
    elif head.has("VerbForm=Part") and head.has("Tense=Past"):
        draft.tense = "past"
    for modality in ("possible", "necessary", "probable", "conditional", "advised"):
        if forms & grammar.modals.get(modality, frozenset()) - ({head.lemma.lower(), head.text.lower()}):
            draft.modality = modality
    if _is_inverted(sentence, grammar, auxiliaries, children):
        draft.modality = "conditional"
    if draft.modality == "possible":
        draft.tense = "past" if draft.perfect else "future"
    if draft.modality == "necessary" and finite is not None and finite.has("Mood=Cnd"):
        draft.modality = "advised"
    draft.contrasted = any(
        c.relation == "conj" and any(m.lemma.lower() in grammar.adversatives for m in sentence.children(c.index))
        for c in children
    )
    if forms & grammar.future_auxiliaries - {head.lemma.lower()}:
        draft.tense = "future"
    if head.has("VerbForm=Inf"):
        _read_prospect(grammar, draft, auxiliaries, {c.lemma.lower() for c in children if c not in auxiliaries})
    for child in children:
        lemma = child.lemma.lower()
        if child.relation in ("advmod", "aux", "det", "cc") and (
            lemma in grammar.negations or child.text.lower() in grammar.negations
        ):
            draft.negated = True
        if child.relation == "det" and lemma in grammar.negative_words and auxiliaries:  # "was no hoax"
            draft.negated = True
        if child.relation in ("nsubj", "obj", "obl") and _is_negative(sentence, grammar, child):
            draft.negated = True
        if child.relation in ("advmod", "obl") and lemma in grammar.modal_adverbs:
            draft.modality = grammar.modal_adverbs[lemma]


def _is_inverted(sentence: Sentence, grammar: Grammar, auxiliaries: list[Word], children: list[Word]) -> bool:
    """ "Had they attacked, ...": an auxiliary ahead of the subject, with which a clause begins that is no question."""
    first = next(iter(auxiliaries), None)
    subject = next((child for child in children if child.relation == "nsubj"), None)
    if first is None or subject is None or first.text.lower() not in grammar.inverted_conditions:
        return False
    begins = first.index == 0 or sentence[first.index - 1].pos == "PUNCT"
    return begins and first.index < subject.index and not any(word.text == "?" for word in sentence)


def _read_prospect(grammar: Grammar, draft: Draft, auxiliaries: list[Word], beside: set[str]) -> None:
    """ "are to resume", "have yet to ratify": an infinitive whose auxiliary says that it is to come, or has not come."""
    for lemma in (auxiliary.lemma.lower() for auxiliary in auxiliaries):
        if grammar.prospective.get(lemma) in beside:
            draft.tense = "future"
        if grammar.unfulfilled.get(lemma) in beside:
            draft.tense, draft.modality, draft.negated = "future", "none", True


def is_blamed(sentence: Sentence, grammar: Grammar, verb: Word, children: list[Word]) -> bool:
    """ "è accusato di": a participle that must have an object, and has none, beside what makes the passive."""
    lemma = verb.lemma.lower()
    participle = verb.has("VerbForm=Part") and not verb.has("Tense=Pres")
    if not participle or any(c.relation in ("obj", "expl") for c in children):
        return False
    auxiliaries = [c.lemma.lower() for c in children if c.relation in ("aux", "cop")]
    if not auxiliaries or auxiliaries[-1] not in grammar.passive_auxiliaries:
        return False
    return any(lemma in verbs for verbs in grammar.object_control.values())


def opens_headline(verb: Word, children: list[Word]) -> bool:
    """ "Condannato a morte un generale": a participle alone before its subject is passive."""
    participle = verb.has("VerbForm=Part") and not verb.has("Tense=Pres") and verb.pos == "VERB"
    if not participle or verb.head != verb.index:
        return False
    parties = [c.index for c in children if c.relation == "nsubj" or (c.relation == "obj" and verb.index == 0)]
    alone = not any(c.relation in ("aux", "cop", "expl", "ccomp", "mark") for c in children)
    return alone and len(parties) == 1 and parties[0] > verb.index


def is_unaccusative(sentence: Sentence, grammar: Grammar, verb: Word) -> bool:
    """Whether a verb has one auxiliary, that of its perfect: "è uscita", but not "è stata aumentata"."""
    if verb.lemma.lower() not in grammar.unaccusative_verbs:
        return False
    auxiliaries = [c for c in sentence.children(verb.index) if c.relation == "aux"]
    perfect = all(c.lemma.lower() in grammar.perfect_auxiliaries and c.pos == "AUX" for c in auxiliaries)
    reflexive = any(c.label == "expl:pass" for c in sentence.children(verb.index))
    return perfect and len(auxiliaries) <= 1 and not reflexive


def _only_passive(auxiliaries: list[Word]) -> bool:
    return all(word.label == "aux:pass" for word in auxiliaries) and bool(auxiliaries)


def _is_negative(sentence: Sentence, grammar: Grammar, word: Word) -> bool:
    """Whether a noun phrase is denied to exist: "no troops", "nobody", "nessun accordo"."""
    return word.lemma.lower() in grammar.negative_words or any(
        c.relation in ("det", "advmod", "cc") and c.lemma.lower() in grammar.negative_words
        for c in sentence.children(word.index)
    )
