"""How clauses hang together.

In: the `Draft`s of a sentence. Out: for each the one it is embedded in, and how: as what is said, a condition, a purpose, a cause.
"""

from __future__ import annotations

from collections.abc import Mapping

from dragoman.parse.clause import Draft
from dragoman.parse.control import blame, markers_of
from dragoman.parse.grammar import Grammar
from dragoman.parse.phrases import preposition_of
from dragoman.parse.words import Sentence, Word


def outermost_first(sentence: Sentence, drafts: Mapping[int, Draft]) -> list[int]:
    depth = {index: sum(1 for _ in sentence.ancestors(index)) for index in drafts}
    return sorted(drafts, key=lambda index: (depth[index], index))


def embed(sentence: Sentence, grammar: Grammar, drafts: Mapping[int, Draft], draft: Draft) -> None:
    """Find the clause that a clause is embedded in, and how."""
    word = sentence[draft.head]
    above = next((drafts[a.index] for a in sentence.ancestors(draft.head) if a.index in drafts), None)
    if word.relation == "conj" and word.head in drafts and drafts[word.head].kind == draft.kind:
        first = drafts[word.head]
        draft.parent, draft.link, draft.governor = first.parent, first.link, first.governor
        draft.governor_role = first.governor_role
        return
    if above is None:
        return
    draft.parent = above.head
    draft.governor = sentence[word.head].lemma.lower()
    markers = markers_of(sentence, grammar, draft)
    blamed = blame(sentence, grammar, drafts, draft, markers)
    if blamed is not None:
        verb, mark = blamed
        draft.parent, draft.governor = verb.head, sentence[verb.head].lemma.lower()
        draft.link = "cause" if mark in grammar.reason_marks else "complement"
    elif draft.kind == "noun":
        draft.link = "role"
        draft.governor_role = _role_of(grammar, sentence, word, above)
    elif word.relation in ("ccomp", "csubj") or word.label == "xcomp":
        draft.link = "complement"
        draft.question = draft.question or any(grammar.link_words.get(m) == "condition" for m in markers)
        if grammar.prospective.get(draft.governor) in markers and word.has("VerbForm=Inf"):
            draft.tense = "future"
    elif word.relation == "advcl":
        links = [grammar.link_words[m] for m in markers if m in grammar.link_words]
        infinitive = word.has("VerbForm=Inf")
        governed = infinitive and draft.governor in grammar.infinitive_verbs and not links
        governed = governed or (
            not infinitive and draft.head > word.head and not grammar.complement_marks.isdisjoint(markers)
        )
        if "condition" in links and draft.governor in grammar.wondering_verbs:  # "asked whether", "chiede se"
            draft.question = governed = True
        draft.link = "complement" if governed else links[0] if links else "purpose" if infinitive else "adverbial"  # type: ignore[assignment]
        if draft.link == "purpose" and draft.tense == "past" and not draft.finite:
            draft.link = "cause"  # "per aver venduto armi": what has been done is no aim
    elif word.relation == "acl":
        links = [grammar.link_words[m] for m in markers if grammar.link_words.get(m) == "condition"]
        relative = word.label == "acl:relcl"
        draft.link = "condition" if links else "relative" if relative else "modifier"
        if relative and _is_reported(sentence, word):
            draft.link = "complement"
    elif word.relation == "parataxis":
        draft.link = "parenthesis"
    elif word.relation == "obl":
        draft.link = "adverbial"
    else:
        draft.link = "complement" if word.relation in ("obj", "nsubj", "xcomp") else "adverbial"
    if draft.link in ("adverbial", "purpose", "complement") and any(m in grammar.without_words for m in markers):
        draft.link = "without"


def put_under_teller(sentence: Sentence, grammar: Grammar, drafts: Mapping[int, Draft], draft: Draft) -> None:
    """ "Japan must open its market, the ambassador said": who says so stands behind as a parenthesis, and governs the rest."""
    if (
        draft.link != "parenthesis"
        or draft.parent is None
        or sentence[draft.head].lemma.lower() not in grammar.telling_verbs
    ):
        return
    told = drafts[draft.parent]
    content = any(c.relation in ("ccomp", "xcomp") for c in sentence.children(draft.head))
    if told.link != "root" or told.head > draft.head or content or "subject" not in draft.roles or draft.passive:
        return
    draft.parent, draft.link, draft.governor = None, "root", ""
    told.parent, told.link, told.governor = draft.head, "complement", sentence[draft.head].lemma.lower()


def _is_reported(sentence: Sentence, word: Word) -> bool:
    """ "said on Sunday that ...": what a conjunction opens and no pronoun takes up is told, whatever noun it hangs on."""
    children = list(sentence.children(word.index))
    conjunction = any(c.relation == "mark" and c.pos == "SCONJ" for c in children)
    full = any(c.relation in ("obj", "ccomp", "xcomp", "cop") or c.label == "aux:pass" for c in children)
    return conjunction and full and not any(c.has("PronType=Rel") for c in children)


def _role_of(grammar: Grammar, sentence: Sentence, word: Word, above: Draft) -> str:
    """The role an event noun has in the clause above: "object", "subject" or a preposition."""
    for name, phrases in above.roles.items():
        if any(phrase.head == word.index for phrase in phrases):
            return name
    return preposition_of(sentence, grammar, word)[0] or word.relation
