"""Control: who does what a clause leaves without a doer.

In: a `Draft`, and the one it is embedded in. Out: the subject or object that grammar leaves unsaid: the one urged to do it, the
one accused of it, the first of two verbs' subject, the noun that a relative clause hangs on.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from dragoman.parse.clause import Draft, Phrase
from dragoman.parse.grammar import Grammar
from dragoman.parse.mood import is_unaccusative
from dragoman.parse.phrases import has, own_words, phrases_of, preposition_of
from dragoman.parse.words import Sentence, Word


def fill_missing(sentence: Sentence, grammar: Grammar, drafts: Mapping[int, Draft], draft: Draft) -> None:
    """Give a clause the subject or object that grammar leaves unsaid."""
    word = sentence[draft.head]
    if draft.kind == "noun":
        _blame_for_noun(sentence, grammar, drafts, draft)
        return
    head = drafts.get(word.head)
    blamed = blame(sentence, grammar, drafts, draft, markers_of(sentence, grammar, draft))
    if blamed is not None:
        doers = _controlled(grammar, sentence, blamed[0])
        asked = sentence[blamed[0].head].lemma.lower() in grammar.asking_verbs
        _inherit(draft, doers or (blamed[0].roles.get("subject", []) if asked else []))
        return
    if word.relation == "conj" and head is not None and head.kind != "noun":
        if not draft.finite:
            bare = not any(c.relation == "aux" for c in sentence.children(draft.head))
            draft.passive = draft.passive or (bare and head.passive and word.has("VerbForm=Part"))
            draft.tense = head.tense if draft.tense == "none" or bare else draft.tense
            if bare and draft.modality == "none":
                draft.modality = head.modality
        if not draft.surface:
            _inherit(draft, head.surface or head.roles.get("subject", []))
        return
    if word.relation == "acl" and draft.link not in ("condition", "complement"):
        _fill_relative(sentence, grammar, drafts, draft, word)
        return
    parent = drafts.get(draft.parent) if draft.parent is not None else None
    if parent is None or draft.surface or draft.finite:
        return
    if draft.link == "complement" and parent.kind != "noun":
        _inherit(draft, _controller(grammar, sentence, parent))
    elif parent.kind != "noun":
        _inherit(draft, parent.surface or parent.roles.get("subject", []))
    elif draft.link in ("complement", "modifier"):
        _inherit(draft, parent.roles.get("subject", []))


def blame(
    sentence: Sentence, grammar: Grammar, drafts: Mapping[int, Draft], draft: Draft, markers: Collection[str]
) -> tuple[Draft, str] | None:
    """The verb whose object does what the clause says, and the word that opens it: "accused X of shelling". Some parsers
    hang the clause on X, or on whoever accuses."""
    word = sentence[draft.head]
    if draft.finite or word.relation not in ("advcl", "xcomp", "acl", "ccomp", "obl"):
        return None
    if draft.kind == "noun" or word.label == "acl:relcl":
        return None
    above = drafts.get(word.head)
    if word.relation == "acl":
        verbs = (drafts[a.index] for a in sentence.ancestors(draft.head) if a.index in drafts)
        above = next((verb for verb in verbs if verb.kind != "noun"), None)
        near = {i for phrases in above.roles.values() for p in phrases for i in p.words} if above is not None else ()
        above = above if word.head in near else None
    if above is None or above.kind == "noun" or above.head > draft.head:
        return None
    lemma = sentence[above.head].lemma.lower()
    return next(((above, mark) for mark in markers if lemma in grammar.object_control.get(mark, ())), None)


def _blame_for_noun(sentence: Sentence, grammar: Grammar, drafts: Mapping[int, Draft], draft: Draft) -> None:
    """ "accused X of attacks": an event noun that nobody owns is X's, too."""
    verb = drafts.get(draft.parent) if draft.parent is not None else None
    mark = draft.governor_role
    if verb is None or verb.kind != "verb" or "subject" in draft.roles:
        return
    if mark not in grammar.reason_marks and mark not in grammar.own_prepositions:
        return
    if sentence[verb.head].lemma.lower() in grammar.object_control.get(mark, ()):
        doers = [
            p for p in _controlled(grammar, sentence, verb) if p.head not in drafts or drafts[p.head].kind != "noun"
        ]
        draft.add("subject", doers)


def _inherit(draft: Draft, phrases: list[Phrase]) -> None:
    if not phrases:
        return
    role = "object" if draft.passive else "subject"
    if role not in draft.roles:
        draft.surface = list(phrases)
        draft.roles[role] = list(phrases)


def _controller(grammar: Grammar, sentence: Sentence, parent: Draft) -> list[Phrase]:
    """Who is to do what an infinitive says: "urged X to", "ha chiesto a X di", but "promised X to"."""
    if sentence[parent.head].lemma.lower() in grammar.subject_control:  # "is committed to": of the passive, its subject
        return parent.roles.get("subject") or parent.surface
    return _controlled(grammar, sentence, parent) or parent.surface or parent.roles.get("subject", [])


def _controlled(grammar: Grammar, sentence: Sentence, parent: Draft) -> list[Phrase]:
    """The object of a verb, or its dative: who is told, asked, helped or kept from doing something."""
    actions = {"VERB", "AUX", "ADJ"}
    for role in ("object", "indirect", *grammar.control_prepositions):
        phrases = [p for p in parent.roles.get(role, []) if sentence[p.head].pos not in actions]
        if phrases:
            return phrases
    return []


def _fill_relative(sentence: Sentence, grammar: Grammar, drafts: Mapping[int, Draft], draft: Draft, word: Word) -> None:
    """Relative and participle clauses: the noun they hang on takes the role of the pronoun, or the one left open."""
    noun = Phrase(word.head, own_words(sentence, word.head))
    if word.label != "acl:relcl" and word.has("VerbForm=Inf"):
        heads = (word.head, *(a.index for a in sentence.ancestors(word.head)))
        above = next((drafts[i] for i in heads if i in drafts and drafts[i].kind != "noun"), None)
        if "subject" not in draft.roles:
            owners = _owners(sentence, grammar, sentence[word.head])
            _inherit(draft, owners or (above.surface or above.roles.get("subject", []) if above is not None else []))
        return
    replaced = False
    for role, phrases in draft.roles.items():
        for at, phrase in enumerate(phrases):
            if sentence[phrase.head].has("PronType=Rel") and phrase.head > word.head:
                phrases[at] = Phrase(noun.head, noun.words, phrase.preposition)
                draft.surface = [noun] if role in ("subject", "object") and not draft.surface else draft.surface
                replaced = True
    if replaced:
        draft.surface = [noun if sentence[p.head].has("PronType=Rel") else p for p in draft.surface]
        return
    participle = word.has("VerbForm=Part") and not word.has("Tense=Pres") and word.label != "acl:relcl"
    if participle and has(sentence, word, "obj"):
        _raise_to_clause(sentence, drafts, draft, noun)
    elif participle and is_unaccusative(sentence, grammar, word):  # "i ribelli fuggiti in Ciad"
        draft.tense = "past"
        draft.roles["subject"] = draft.surface = [noun]
    elif participle:
        draft.passive = True
        draft.tense = "past"
        draft.add("object", [noun])
        if "subject" not in draft.roles:
            _agent(draft, grammar)
    elif "subject" not in draft.roles and "object" not in draft.roles and draft.passive:
        draft.add("object", [noun])
    elif "subject" not in draft.roles:
        draft.add("subject", [noun])
        draft.surface = [noun]
    elif "object" not in draft.roles and word.label == "acl:relcl":
        draft.add("object", [noun])


def _owners(sentence: Sentence, grammar: Grammar, noun: Word) -> list[Phrase]:
    """Who is to do what an infinitive under a noun says: "Morocco's decision to", "la decisione di Parigi di"; a pronoun
    ("its decision to") stands for the subject anyway, and what one asks is for another to do ("its request to")."""
    lemma = noun.lemma.lower()
    if lemma not in grammar.infinitive_verbs or lemma in grammar.object_control_nouns:
        return []
    for child in sentence.children(noun.index):
        preposition, inner = preposition_of(sentence, grammar, child) if child.relation == "nmod" else ("", child.index)
        owner = child.label == "nmod:poss" or (child.relation == "nmod" and preposition in grammar.own_prepositions)
        national = child.relation in ("amod", "compound") and child.index < noun.index and child.text[0].isupper()
        if (owner and child.pos in ("PROPN", "NOUN")) or national:
            return list(phrases_of(sentence, grammar, sentence[inner]))
    return []


def _raise_to_clause(sentence: Sentence, drafts: Mapping[int, Draft], draft: Draft, noun: Phrase) -> None:
    """ "Missiles hit the port, she said": what has an object of its own is no participle of the passive, but a clause
    that a parser took for one; its noun is its subject, and not that of the verb above."""
    draft.passive, draft.finite, draft.link, draft.tense = False, True, "complement", "past"
    draft.surface = [noun]
    draft.roles["subject"] = [noun]
    above = drafts.get(draft.parent) if draft.parent is not None else None
    for role in ("subject", "object"):
        phrases = above.roles.get(role, []) if above is not None else []
        if above is not None and len(phrases) > 1 and any(phrase.head == noun.head for phrase in phrases):
            above.roles[role] = [phrase for phrase in phrases if phrase.head != noun.head]
            above.surface = [phrase for phrase in above.surface if phrase.head != noun.head]


def _agent(draft: Draft, grammar: Grammar) -> None:
    """A participle turned out to be passive: its agent is the subject."""
    for preposition in grammar.agent_prepositions:
        if preposition in draft.roles:
            draft.roles["subject"] = draft.roles.pop(preposition)
            return


def markers_of(sentence: Sentence, grammar: Grammar, draft: Draft) -> list[str]:
    """The words that open a clause, as lemmas."""
    return [
        " ".join((c.lemma.lower(), *(f.lemma.lower() for f in sentence.children(c.index) if f.relation == "fixed")))
        for c in sentence.children(draft.head)
        if c.relation in ("mark", "case") or (c.relation == "advmod" and c.lemma.lower() in grammar.link_words)
    ]
