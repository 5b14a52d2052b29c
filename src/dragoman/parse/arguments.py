"""The roles of a predicate that its own words fill.

In: the `Draft` of a verb or an event noun. Out: its roles as the active clause has them: the agent of a passive is the subject.
"""

from __future__ import annotations

from dragoman.parse.clause import Draft, Phrase
from dragoman.parse.grammar import Grammar
from dragoman.parse.mood import is_blamed, is_unaccusative, opens_headline, read_mood
from dragoman.parse.phrases import complements, has, lemmas, own_words, phrases_of, preposition_of
from dragoman.parse.words import Sentence, Word


def read_verb(sentence: Sentence, grammar: Grammar, draft: Draft) -> None:
    children = list(sentence.children(draft.head))
    labels = {c.label for c in children}
    # "si sono ribellati", "è uscito": a clitic or auxiliary that is no passive's makes "nsubj:pass" a parser's slip
    told = labels & {"aux:pass", "expl:pass"} if "expl" not in labels else labels & {"expl:pass"}
    draft.passive = bool(told) or (bool(labels & {"nsubj:pass", "csubj:pass"}) and not labels & {"expl", "aux"})
    if not told and "ccomp" in labels and "obj" not in labels:
        draft.passive = False  # "the group insisted on its demand that ..."
    if is_unaccusative(sentence, grammar, sentence[draft.head]):
        draft.passive = False
    elif not draft.passive:
        head = sentence[draft.head]
        draft.passive = is_blamed(sentence, grammar, head, children) or opens_headline(head, children)
    read_mood(sentence, grammar, draft, children)
    for child in children:
        relation = child.relation
        if relation == "nsubj" and has(sentence, child, "cop") and has(sentence, child, "case"):
            continue  # "whose mother was from X": a predicate of its own, which a parser took for a subject
        if relation == "nsubj":
            phrases = phrases_of(sentence, grammar, child)
            draft.surface.extend(phrases)
            draft.add("object" if draft.passive else "subject", phrases)
            draft.companions.update(lemmas(sentence, phrases))
        elif relation == "obj" and _is_oblique(sentence, grammar, child):
            _read_oblique(sentence, grammar, draft, child)
        elif relation == "obj":
            phrases = phrases_of(sentence, grammar, child)
            draft.add("object", phrases)
            draft.companions.update(lemmas(sentence, phrases))
        elif relation == "iobj" or (relation == "expl" and child.has("Case=Dat")):
            draft.add("indirect", phrases_of(sentence, grammar, child))
        elif relation in ("obl", "nmod") or (relation == "advmod" and child.pos in ("NOUN", "PROPN")):
            _read_oblique(sentence, grammar, draft, child)
        elif (
            relation in ("compound", "advmod", "advcl", "xcomp", "fixed") and child.pos in ("ADP", "ADV", "PART", "ADJ")
        ) or (relation == "xcomp" and child.pos == "NOUN"):  # "si è rivelata falsa", "was elected president"
            draft.companions.add(child.lemma.lower())
            draft.adverbs.add(child.lemma.lower())
            if child.label == "compound:prt":
                draft.trigger.append(child.index)
    if draft.finite and not draft.surface:
        _read_counted_subject(sentence, grammar, draft, children)
    if draft.finite and not draft.surface:
        _read_stray_subject(sentence, grammar, draft, children)
    for phrase in tuple(draft.roles.get("object", ())):
        near = list(complements(sentence, grammar, phrase.head))
        # "un pacchetto di sanzioni contro la Russia", "500 milioni di dollari per il Libano"
        far = [
            c
            for name, found in near
            if name in grammar.own_prepositions
            for p in found
            for c in complements(sentence, grammar, p.head)
        ]
        for name, phrases in (*near, *far):
            if name not in draft.roles and name not in ("subject",):
                draft.add(name, phrases)
    for name, phrases in draft.inner:  # what hangs on an oblique comes after what hangs on the object
        if name not in ("subject", *draft.roles):
            draft.roles[name] = list(phrases)


def _is_oblique(sentence: Sentence, grammar: Grammar, word: Word) -> bool:
    """Whether an object has a preposition before it, and one that counts nothing: "up to 50 men", "dei soldati"."""
    preposition, head = preposition_of(sentence, grammar, word)
    if head != word.index:
        return True
    numbered = any(c.relation == "nummod" for c in sentence.children(word.index)) or word.pos in ("NUM", "SYM")
    return bool(preposition) and preposition != "'s" and not numbered and preposition not in grammar.own_prepositions


def _read_counted_subject(sentence: Sentence, grammar: Grammar, draft: Draft, children: list[Word]) -> None:
    """ "Up to 1,000 miners began a strike", "Almeno 20 ribelli": a number before the verb, not the preposition, makes the phrase."""
    for child in children:
        counted = any(c.relation == "nummod" and c.index > child.index - 4 for c in sentence.children(child.index))
        first = next((c for c in sentence.children(child.index) if c.relation == "case"), None)
        if child.relation != "obl" or child.index > draft.head or not counted or first is None or first.index:
            continue
        preposition = preposition_of(sentence, grammar, child)[0]
        if preposition not in grammar.counting_prepositions:
            continue
        phrases = phrases_of(sentence, grammar, child)
        draft.surface.extend(phrases)
        draft.roles.pop(preposition, None)
        draft.add("object" if draft.passive else "subject", phrases)
        return


def _read_stray_subject(sentence: Sentence, grammar: Grammar, draft: Draft, children: list[Word]) -> None:
    """A name at the head of a clause that a parser did not know: "Xi pledged ..." with "Xi" for an exclamation."""
    for child in children:
        bare = (
            child.pos == "PROPN" and child.relation in ("obl", "nmod", "compound") and not has(sentence, child, "case")
        )
        stray = bare or child.relation in ("discourse", "vocative", "dislocated", "dep")
        if (
            stray
            and child.index < draft.head
            and child.text[:1].isupper()
            and child.pos in ("PROPN", "INTJ", "X", "NOUN")
        ):
            phrases = phrases_of(sentence, grammar, child)
            draft.surface.extend(phrases)
            draft.add("object" if draft.passive else "subject", phrases)
            return


def _read_oblique(sentence: Sentence, grammar: Grammar, draft: Draft, child: Word) -> None:
    preposition, head = preposition_of(sentence, grammar, child)
    phrases = phrases_of(sentence, grammar, sentence[head], preposition)
    draft.companions.update(lemmas(sentence, phrases))
    draft.companions.update((preposition, *preposition.split(), child.lemma.lower()))
    # "si è ritirato da": a reflexive has no agent
    reflexive = any(c.relation == "expl" for c in sentence.children(draft.head))
    agent = not reflexive and (
        child.label == "obl:agent" or (preposition in grammar.agent_prepositions and draft.passive)
    )
    if agent and "subject" not in draft.roles:
        draft.add("subject", phrases)
    elif child.label in ("obl:arg",) and preposition == "":
        draft.add("indirect", phrases)
    elif preposition:
        draft.add(preposition, phrases)
    draft.inner.extend(complements(sentence, grammar, head))


def read_noun(sentence: Sentence, grammar: Grammar, draft: Draft) -> None:
    for name, phrases in complements(sentence, grammar, draft.head):
        draft.add(name, phrases)
    for phrase in [p for phrases in tuple(draft.roles.values()) for p in phrases if p.preposition]:
        for name, phrases in complements(sentence, grammar, phrase.head):  # "an attack with drones on the port"
            own = name == "subject" and phrases[0].preposition not in grammar.noun_agent_prepositions
            if not own and name not in (*grammar.own_prepositions, *draft.roles):
                draft.roles[name] = list(phrases)
    for child in sentence.children(draft.head):
        if child.relation == "compound" and child.pos == "PROPN":  # "the Paris attacks": a place, or whoever acts
            draft.add("compound", [Phrase(child.index, own_words(sentence, child.index))])
        if child.relation in ("amod", "compound", "flat", "nmod", "advmod", "fixed"):
            draft.companions.add(child.lemma.lower())
            draft.companions.add(child.text.lower())
        if child.relation == "det" and child.lemma.lower() in grammar.negative_words:
            draft.negated = True
    if any(c.relation == "cop" for c in sentence.children(draft.head)):
        for child in sentence.children(draft.head):  # "il ministro è in visita a Riad"
            if child.relation == "nsubj":
                draft.roles["subject"] = list(phrases_of(sentence, grammar, child))
        read_mood(sentence, grammar, draft, list(sentence.children(draft.head)))
