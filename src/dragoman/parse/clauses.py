"""Grammar undone once: from the words of a sentence to clauses with predicate and roles.

In: a `Sentence` and a language's grammar. Out: `Clause`s whose roles are those of the active, full, simple clause: the
passive's agent is the subject, the relative pronoun is what it stands for, the promiser is the helper in "promised to
help", and an event noun has the doer and the prepositions of its light verb. Only the package `parse` knows dependency
labels; rules name roles and prepositions.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Literal

from dragoman.parse.arguments import read_noun, read_verb
from dragoman.parse.clause import Clause, Draft, Phrase
from dragoman.parse.control import fill_missing
from dragoman.parse.embedding import embed, outermost_first, put_under_teller
from dragoman.parse.grammar import Grammar
from dragoman.parse.phrases import has
from dragoman.parse.words import Sentence, Word

__all__ = ["Clause", "Phrase", "find_clauses"]


def find_clauses(
    sentence: Sentence, grammar: Grammar, event_nouns: Collection[str] = frozenset()
) -> tuple[Clause, ...]:
    """The clauses of a sentence in text order. `event_nouns` are the lemmas of nouns that may be predicates."""
    drafts: dict[int, Draft] = {}
    for word in sentence:
        if kind := _predicate_kind(sentence, word, event_nouns):
            drafts[word.index] = Draft(word.index, kind, trigger=[word.index])
    for draft in drafts.values():
        if draft.kind == "noun":
            read_noun(sentence, grammar, draft)
        else:
            read_verb(sentence, grammar, draft)
    order = outermost_first(sentence, drafts)
    for index in order:
        embed(sentence, grammar, drafts, drafts[index])
        fill_missing(sentence, grammar, drafts, drafts[index])
    for index in order:
        put_under_teller(sentence, grammar, drafts, drafts[index])
    for index in order:
        if drafts[index].kind == "noun":
            _lend_light_verb(sentence, grammar, drafts, drafts[index])
    return _finish(sentence, grammar, drafts)


def _predicate_kind(
    sentence: Sentence, word: Word, event_nouns: Collection[str]
) -> Literal["verb", "noun", "adjective"] | None:
    if word.pos == "VERB" and word.relation not in ("aux", "case", "mark", "amod", "fixed", "cop"):
        return "verb"
    if (
        word.pos == "VERB"
        and word.relation == "amod"
        and any(c.relation == "obl" for c in sentence.children(word.index))
    ):
        return "verb"
    if (
        word.pos == "NOUN"
        and word.relation not in ("nsubj", "obj", "iobj", "nmod")
        and (word.label == "acl:relcl" or has(sentence, word, "nsubj"))
        and not has(sentence, word, "cop")
    ):
        return "verb"  # "a claim that both deny": what has a subject and no copula is a verb, whatever the tagger says
    if word.pos in ("ADJ", "NOUN", "PROPN") and any(child.relation == "cop" for child in sentence.children(word.index)):
        return "adjective" if word.pos == "ADJ" or word.lemma.lower() not in event_nouns else "noun"
    if (
        word.pos == "ADV"
        and has(sentence, word, "cop")
        and (has(sentence, word, "ccomp") or has(sentence, word, "csubj"))
    ):
        return "adjective"  # "non è certo che ...", whatever the tagger says
    if word.pos in ("NOUN", "PROPN") and word.lemma.lower() in event_nouns and word.relation != "compound":
        return "noun"
    if word.pos == "ADJ" and word.relation in ("root", "xcomp", "acl", "conj", "ccomp", "advcl"):
        return "adjective"
    if word.pos == "AUX" and word.relation in ("root", "ccomp", "advcl", "acl", "parataxis"):
        return "verb"
    return None


def _lend_light_verb(sentence: Sentence, grammar: Grammar, drafts: Mapping[int, Draft], draft: Draft) -> None:
    """ "held talks with X": the noun takes doer, prepositions, tense and polarity from its light verb."""
    verb = drafts.get(draft.parent) if draft.parent is not None else None
    if verb is None or verb.kind != "verb" or draft.governor_role not in ("object", "subject"):
        return
    lemma = sentence[verb.head].lemma.lower()
    particle = {f"{lemma} {c}" for c in verb.companions}
    light = draft.governor_role == "object" and (lemma in grammar.light_verbs or bool(particle & grammar.light_verbs))
    happens = lemma in grammar.happening_verbs or bool(particle & grammar.happening_verbs)
    if not light and not happens:
        return
    if light:
        doers = [p for p in verb.roles.get("subject", []) if p.head != draft.head]
        if doers:
            draft.roles["subject"] = doers + [
                p for p in draft.roles.get("subject", []) if not verb.roles.get("subject")
            ]
        if verb.roles.get("indirect"):
            draft.add("indirect", verb.roles["indirect"])
    for name, phrases in verb.roles.items():
        if name not in ("subject", "object", "indirect") and name not in draft.roles:
            draft.roles[name] = [p for p in phrases if p.head != draft.head]
    draft.companions |= {lemma, *verb.adverbs}
    draft.tense, draft.modality, draft.question = verb.tense, verb.modality, verb.question
    draft.negated = draft.negated or verb.negated
    draft.finite, draft.perfect, draft.contrasted = verb.finite, verb.perfect, verb.contrasted
    draft.adverbs |= verb.adverbs
    draft.parent, draft.link, draft.governor = verb.parent, verb.link, verb.governor
    draft.governor_role = ""


def _finish(sentence: Sentence, grammar: Grammar, drafts: Mapping[int, Draft]) -> tuple[Clause, ...]:
    numbers = {index: number for number, index in enumerate(sorted(drafts))}
    verbal = {index for index, draft in drafts.items() if draft.kind != "noun"}
    owned: dict[int, list[int]] = {}
    for word in sentence:
        owner = word.index
        if owner not in verbal:
            owner = next((a.index for a in sentence.ancestors(word.index) if a.index in verbal), -1)
        owned.setdefault(owner, []).append(word.index)
    clauses: list[Clause] = []
    for index in sorted(drafts):
        draft = drafts[index]
        words = owned.get(index, []) if index in verbal else [*sentence.subtree(index)]
        clauses.append(
            Clause(
                number=numbers[index],
                predicate=sentence[index].lemma.lower(),
                head=index,
                kind=draft.kind,
                trigger=tuple(sorted(draft.trigger)),
                roles={name: tuple(phrases) for name, phrases in draft.roles.items()},
                companions=frozenset(draft.companions - {""}),
                words=tuple(words),
                parent=numbers[draft.parent] if draft.parent is not None else None,
                link=draft.link,
                governor=draft.governor,
                governor_role=draft.governor_role,
                tense=draft.tense,
                modality=draft.modality,
                negated=draft.negated,
                question=draft.question,
                passive=draft.passive,
                finite=draft.finite,
                perfect=draft.perfect,
                contrasted=draft.contrasted,
                adverbs=frozenset(draft.adverbs),
            )
        )
    return tuple(clauses)
