"""Grammar undone once: from the words of a sentence to clauses with predicate and roles.

In: a `Sentence` and a language's grammar. Out: `Clause`s whose roles are those of the active, full, simple clause: the
passive's agent is the subject, the relative pronoun is what it stands for, the promiser is the helper in "promised to
help", and an event noun has the doer and the prepositions of its light verb. Only the package `parse` knows dependency
labels; rules name roles and prepositions.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from dragoman.parse.grammar import Grammar
from dragoman.parse.words import Sentence, Word

Link = Literal[
    "root", "complement", "condition", "purpose", "concession", "cause", "time", "without", "adverbial",
    "relative", "modifier", "parenthesis", "role",
]  # fmt: skip
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
class _Draft:
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


CLAUSAL = frozenset({"acl", "advcl", "ccomp", "csubj", "parataxis", "discourse", "list", "vocative"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ", "X"})
COORDINATION = frozenset({"cc", "conj", "punct"})


def find_clauses(
    sentence: Sentence, grammar: Grammar, event_nouns: Collection[str] = frozenset()
) -> tuple[Clause, ...]:
    """The clauses of a sentence in text order. `event_nouns` are the lemmas of nouns that may be predicates."""
    drafts: dict[int, _Draft] = {}
    for word in sentence:
        if kind := _predicate_kind(sentence, word, event_nouns):
            drafts[word.index] = _Draft(word.index, kind, trigger=[word.index])
    for draft in drafts.values():
        if draft.kind == "noun":
            _read_noun(sentence, grammar, draft)
        else:
            _read_verb(sentence, grammar, draft)
    order = _outermost_first(sentence, drafts)
    for index in order:
        _embed(sentence, grammar, drafts, drafts[index])
        _fill_missing(sentence, grammar, drafts, drafts[index])
    for index in order:
        _put_under_teller(sentence, grammar, drafts, drafts[index])
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
        and (word.label == "acl:relcl" or _has(sentence, word, "nsubj"))
        and not _has(sentence, word, "cop")
    ):
        return "verb"  # "a claim that both deny": what has a subject and no copula is a verb, whatever the tagger says
    if word.pos in ("ADJ", "NOUN", "PROPN") and any(child.relation == "cop" for child in sentence.children(word.index)):
        return "adjective" if word.pos == "ADJ" or word.lemma.lower() not in event_nouns else "noun"
    if word.pos in ("NOUN", "PROPN") and word.lemma.lower() in event_nouns and word.relation != "compound":
        return "noun"
    if word.pos == "ADJ" and word.relation in ("root", "xcomp", "acl", "conj", "ccomp", "advcl"):
        return "adjective"
    if word.pos == "AUX" and word.relation in ("root", "ccomp", "advcl", "acl", "parataxis"):
        return "verb"
    return None


def _has(sentence: Sentence, word: Word, relation: str) -> bool:
    return any(child.relation == relation for child in sentence.children(word.index))


# ---- arguments ---------------------------------------------------------------------------------------------------------


def _read_verb(sentence: Sentence, grammar: Grammar, draft: _Draft) -> None:
    children = list(sentence.children(draft.head))
    labels = {c.label for c in children}
    # "si sono ribellati", "è uscito": a clitic or auxiliary that is no passive's makes "nsubj:pass" a parser's slip
    told = labels & {"aux:pass", "expl:pass"} if "expl" not in labels else labels & {"expl:pass"}
    draft.passive = bool(told) or (bool(labels & {"nsubj:pass", "csubj:pass"}) and not labels & {"expl", "aux"})
    if not told and "ccomp" in labels and "obj" not in labels:
        draft.passive = False  # "the group insisted on its demand that ..."
    if _is_unaccusative(sentence, grammar, sentence[draft.head]):
        draft.passive = False
    elif not draft.passive:
        head = sentence[draft.head]
        draft.passive = _is_blamed(sentence, grammar, head, children) or _opens_headline(head, children)
    _read_mood(sentence, grammar, draft, children)
    for child in children:
        relation = child.relation
        if relation == "nsubj" and _has(sentence, child, "cop") and _has(sentence, child, "case"):
            continue  # "whose mother was from X": a predicate of its own, which a parser took for a subject
        if relation == "nsubj":
            phrases = _phrases(sentence, grammar, child)
            draft.surface.extend(phrases)
            draft.add("object" if draft.passive else "subject", phrases)
            draft.companions.update(_lemmas(sentence, phrases))
        elif relation == "obj" and _is_oblique(sentence, grammar, child):
            _read_oblique(sentence, grammar, draft, child)
        elif relation == "obj":
            phrases = _phrases(sentence, grammar, child)
            draft.add("object", phrases)
            draft.companions.update(_lemmas(sentence, phrases))
        elif relation == "iobj" or (relation == "expl" and child.has("Case=Dat")):
            draft.add("indirect", _phrases(sentence, grammar, child))
        elif relation in ("obl", "nmod") or (relation == "advmod" and child.pos in ("NOUN", "PROPN")):
            _read_oblique(sentence, grammar, draft, child)
        elif relation in ("compound", "advmod", "advcl", "xcomp", "fixed") and child.pos in (
            "ADP",
            "ADV",
            "PART",
            "ADJ",
        ):
            draft.companions.add(child.lemma.lower())
            draft.adverbs.add(child.lemma.lower())
            if child.label == "compound:prt":
                draft.trigger.append(child.index)
    if draft.finite and not draft.surface:
        _read_counted_subject(sentence, grammar, draft, children)
    if draft.finite and not draft.surface:
        _read_stray_subject(sentence, grammar, draft, children)
    for phrase in tuple(draft.roles.get("object", ())):
        near = list(_complements(sentence, grammar, phrase.head))
        # "un pacchetto di sanzioni contro la Russia", "500 milioni di dollari per il Libano"
        far = [
            c
            for name, found in near
            if name in grammar.own_prepositions
            for p in found
            for c in _complements(sentence, grammar, p.head)
        ]
        for name, phrases in (*near, *far):
            if name not in draft.roles and name not in ("subject",):
                draft.add(name, phrases)
    for name, phrases in draft.inner:  # what hangs on an oblique comes after what hangs on the object
        if name not in ("subject", *draft.roles):
            draft.roles[name] = list(phrases)


def _is_oblique(sentence: Sentence, grammar: Grammar, word: Word) -> bool:
    """Whether an object has a preposition before it, and one that counts nothing: "up to 50 men", "dei soldati"."""
    preposition, head = _preposition(sentence, grammar, word)
    if head != word.index:
        return True
    numbered = any(c.relation == "nummod" for c in sentence.children(word.index)) or word.pos in ("NUM", "SYM")
    return bool(preposition) and preposition != "'s" and not numbered and preposition not in grammar.own_prepositions


def _read_counted_subject(sentence: Sentence, grammar: Grammar, draft: _Draft, children: list[Word]) -> None:
    """ "Up to 1,000 miners began a strike", "Almeno 20 ribelli": a number before the verb, not the preposition, makes the phrase."""
    for child in children:
        counted = any(c.relation == "nummod" and c.index > child.index - 4 for c in sentence.children(child.index))
        first = next((c for c in sentence.children(child.index) if c.relation == "case"), None)
        if child.relation != "obl" or child.index > draft.head or not counted or first is None or first.index:
            continue
        preposition = _preposition(sentence, grammar, child)[0]
        if preposition not in grammar.counting_prepositions:
            continue
        phrases = _phrases(sentence, grammar, child)
        draft.surface.extend(phrases)
        draft.roles.pop(preposition, None)
        draft.add("object" if draft.passive else "subject", phrases)
        return


def _read_stray_subject(sentence: Sentence, grammar: Grammar, draft: _Draft, children: list[Word]) -> None:
    """A name at the head of a clause that a parser did not know: "Xi pledged ..." with "Xi" for an exclamation."""
    for child in children:
        bare = (
            child.pos == "PROPN" and child.relation in ("obl", "nmod", "compound") and not _has(sentence, child, "case")
        )
        stray = bare or child.relation in ("discourse", "vocative", "dislocated", "dep")
        if (
            stray
            and child.index < draft.head
            and child.text[:1].isupper()
            and child.pos in ("PROPN", "INTJ", "X", "NOUN")
        ):
            phrases = _phrases(sentence, grammar, child)
            draft.surface.extend(phrases)
            draft.add("object" if draft.passive else "subject", phrases)
            return


def _read_oblique(sentence: Sentence, grammar: Grammar, draft: _Draft, child: Word) -> None:
    preposition, head = _preposition(sentence, grammar, child)
    phrases = _phrases(sentence, grammar, sentence[head], preposition)
    draft.companions.update(_lemmas(sentence, phrases))
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
    draft.inner.extend(_complements(sentence, grammar, head))


def _read_noun(sentence: Sentence, grammar: Grammar, draft: _Draft) -> None:
    for name, phrases in _complements(sentence, grammar, draft.head):
        draft.add(name, phrases)
    for phrase in [p for phrases in tuple(draft.roles.values()) for p in phrases if p.preposition]:
        for name, phrases in _complements(sentence, grammar, phrase.head):  # "an attack with drones on the port"
            own = name == "subject" and phrases[0].preposition not in grammar.noun_agent_prepositions
            if not own and name not in (*grammar.own_prepositions, *draft.roles):
                draft.roles[name] = list(phrases)
    for child in sentence.children(draft.head):
        if child.relation == "compound" and child.pos == "PROPN":  # "the Paris attacks": a place, or whoever acts
            draft.add("compound", [Phrase(child.index, _own_words(sentence, child.index))])
        if child.relation in ("amod", "compound", "flat", "nmod", "advmod", "fixed"):
            draft.companions.add(child.lemma.lower())
            draft.companions.add(child.text.lower())
        if child.relation == "det" and child.lemma.lower() in grammar.negative_words:
            draft.negated = True
    if any(c.relation == "cop" for c in sentence.children(draft.head)):
        for child in sentence.children(draft.head):  # "il ministro è in visita a Riad"
            if child.relation == "nsubj":
                draft.roles["subject"] = list(_phrases(sentence, grammar, child))
        _read_mood(sentence, grammar, draft, list(sentence.children(draft.head)))


def _complements(sentence: Sentence, grammar: Grammar, head: int) -> Iterator[tuple[str, tuple[Phrase, ...]]]:
    """What hangs on a noun, by role: possessor, nationality and agent are its subject, the rest by preposition."""
    for child in sentence.children(head):
        if child.relation == "nmod" or (child.relation == "obl" and child.pos in ("NOUN", "PROPN", "PRON")):
            preposition, inner = _preposition(sentence, grammar, child)
            phrases = _phrases(sentence, grammar, sentence[inner], preposition)
            owner = child.label == "nmod:poss" and preposition in ("", "'s")
            # of a noun, Italian "da" is where it comes from, "da parte di" who does it
            if owner or preposition in grammar.noun_agent_prepositions:
                yield "subject", phrases
            elif preposition:
                yield preposition, phrases
        elif child.relation in ("amod", "compound") or (child.relation == "det" and child.has("Poss=Yes")):
            yield "subject", (Phrase(child.index, _own_words(sentence, child.index)),)
            for below in sentence.children(
                child.index
            ):  # "una conversazione telefonica con X": X may hang on the adjective
                preposition, inner = _preposition(sentence, grammar, below)
                if below.relation in ("obl", "nmod") and preposition:
                    yield preposition, _phrases(sentence, grammar, sentence[inner], preposition)


def _preposition(sentence: Sentence, grammar: Grammar, word: Word) -> tuple[str, int]:
    """The preposition of a phrase and the head it introduces; "nei confronti di X" is one preposition of X."""
    cases = [c for c in sentence.children(word.index) if c.relation == "case" and c.index < word.index]
    simple = " ".join(
        part.lemma.lower()
        for case in cases
        for part in (case, *(c for c in sentence.children(case.index) if c.relation == "fixed"))
    )
    for child in sentence.children(word.index):
        if child.relation == "nmod" and child.index > word.index:
            inner = [c.lemma.lower() for c in sentence.children(child.index) if c.relation == "case"]
            name = grammar.complex_prepositions.get(f"{simple} {word.lemma.lower()} {inner[0]}") if inner else None
            if name:
                return name, child.index
    if not cases and any(c.lemma == "'s" for c in sentence.children(word.index)):
        return "'s", word.index
    return grammar.complex_prepositions.get(simple, simple), word.index


def _phrases(sentence: Sentence, grammar: Grammar, word: Word, preposition: str = "") -> tuple[Phrase, ...]:
    """The phrase that a word heads, and those coordinated with it, each on its own."""
    counted = _counted(sentence, grammar, word)
    found = [Phrase(counted, _own_words(sentence, counted), preposition)]
    for child in sentence.children(word.index):
        if child.relation == "conj" and child.pos in NOMINAL:
            found.extend(_phrases(sentence, grammar, child, preposition))
        elif child.relation in (
            "flat",
            "compound",
            "appos",
        ):  # "and Putin" may hang on "Jinping" in "Xi Jinping and Putin"
            for conjunct in sentence.children(child.index):
                if conjunct.relation == "conj" and conjunct.pos in NOMINAL:
                    found.extend(_phrases(sentence, grammar, conjunct, preposition))
    return tuple(found)


def _counted(sentence: Sentence, grammar: Grammar, word: Word) -> int:
    """The head of what a quantity counts: "all of its troops" are troops."""
    if word.lemma.lower() not in grammar.quantifiers:
        return word.index
    for child in sentence.children(word.index):
        if child.relation == "nmod" and _preposition(sentence, grammar, child)[0] in grammar.own_prepositions:
            return child.index
    return word.index


def _own_words(sentence: Sentence, index: int) -> tuple[int, ...]:
    """The words of a noun phrase without its preposition, its relative clauses and what is coordinated with it."""
    out: list[int] = []
    todo = [index]
    seen = {index}
    while todo:
        current = todo.pop()
        out.append(current)
        for child in sentence.children(current):
            cut = (
                child.relation in CLAUSAL
                or (
                    current == index
                    and (child.relation in COORDINATION or child.relation in ("case", "cop", "mark", "nsubj"))
                )
                or (child.relation == "conj" and sentence[current].relation in ("flat", "compound", "appos"))
            )
            if not cut and child.index not in seen:
                seen.add(child.index)
                todo.append(child.index)
    return tuple(sorted(out))


def _lemmas(sentence: Sentence, phrases: Collection[Phrase]) -> set[str]:
    found: set[str] = set()
    for phrase in phrases:
        found.add(sentence[phrase.head].lemma.lower())
        for child in sentence.children(phrase.head):
            if child.relation in ("amod", "compound", "nummod"):
                found.add(child.lemma.lower())
    return found


# ---- mood, tense, negation ---------------------------------------------------------------------------------------------


def _read_mood(sentence: Sentence, grammar: Grammar, draft: _Draft, children: list[Word]) -> None:
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
        active = not _only_passive(auxiliaries) or _is_unaccusative(sentence, grammar, head)
        draft.perfect = done and active
        draft.perfect &= any(w.lemma.lower() in grammar.perfect_auxiliaries for w in chain if w is not head)
        if draft.perfect and finite is not head and finite.lemma.lower() in grammar.perfect_auxiliaries:
            draft.tense = "past" if draft.tense != "future" else "future"
    elif head.has("VerbForm=Part") and head.has("Tense=Past"):
        draft.tense = "past"
    for modality in ("possible", "necessary", "probable", "conditional", "advised"):
        if forms & grammar.modals.get(modality, frozenset()) - ({head.lemma.lower(), head.text.lower()}):
            draft.modality = modality
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
        if child.relation in ("nsubj", "obj", "obl") and _is_negative(sentence, grammar, child):
            draft.negated = True
        if child.relation in ("advmod", "obl") and lemma in grammar.modal_adverbs:
            draft.modality = grammar.modal_adverbs[lemma]


def _read_prospect(grammar: Grammar, draft: _Draft, auxiliaries: list[Word], beside: set[str]) -> None:
    """ "are to resume", "have yet to ratify": an infinitive whose auxiliary says that it is to come, or has not come."""
    for lemma in (auxiliary.lemma.lower() for auxiliary in auxiliaries):
        if grammar.prospective.get(lemma) in beside:
            draft.tense = "future"
        if grammar.unfulfilled.get(lemma) in beside:
            draft.tense, draft.modality, draft.negated = "future", "none", True


def _is_blamed(sentence: Sentence, grammar: Grammar, verb: Word, children: list[Word]) -> bool:
    """ "è accusato di": a participle that must have an object, and has none, beside what makes the passive."""
    lemma = verb.lemma.lower()
    participle = verb.has("VerbForm=Part") and not verb.has("Tense=Pres")
    if not participle or any(c.relation in ("obj", "expl") for c in children):
        return False
    auxiliaries = [c.lemma.lower() for c in children if c.relation in ("aux", "cop")]
    if not auxiliaries or auxiliaries[-1] not in grammar.passive_auxiliaries:
        return False
    return any(lemma in verbs for verbs in grammar.object_control.values())


def _opens_headline(verb: Word, children: list[Word]) -> bool:
    """ "Condannato a morte un generale": a participle alone before its subject is passive."""
    participle = verb.has("VerbForm=Part") and not verb.has("Tense=Pres") and verb.pos == "VERB"
    if not participle or verb.head != verb.index:
        return False
    parties = [c.index for c in children if c.relation == "nsubj" or (c.relation == "obj" and verb.index == 0)]
    alone = not any(c.relation in ("aux", "cop", "expl", "ccomp", "mark") for c in children)
    return alone and len(parties) == 1 and parties[0] > verb.index


def _is_unaccusative(sentence: Sentence, grammar: Grammar, verb: Word) -> bool:
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


# ---- how clauses hang together -----------------------------------------------------------------------------------------


def _outermost_first(sentence: Sentence, drafts: Mapping[int, _Draft]) -> list[int]:
    depth = {index: sum(1 for _ in sentence.ancestors(index)) for index in drafts}
    return sorted(drafts, key=lambda index: (depth[index], index))


def _embed(sentence: Sentence, grammar: Grammar, drafts: Mapping[int, _Draft], draft: _Draft) -> None:
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
    markers = _markers(sentence, grammar, draft)
    blamed = _blame(sentence, grammar, drafts, draft, markers)
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


def _put_under_teller(sentence: Sentence, grammar: Grammar, drafts: Mapping[int, _Draft], draft: _Draft) -> None:
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


def _markers(sentence: Sentence, grammar: Grammar, draft: _Draft) -> list[str]:
    """The words that open a clause, as lemmas."""
    return [
        " ".join((c.lemma.lower(), *(f.lemma.lower() for f in sentence.children(c.index) if f.relation == "fixed")))
        for c in sentence.children(draft.head)
        if c.relation in ("mark", "case") or (c.relation == "advmod" and c.lemma.lower() in grammar.link_words)
    ]


def _blame(
    sentence: Sentence, grammar: Grammar, drafts: Mapping[int, _Draft], draft: _Draft, markers: Collection[str]
) -> tuple[_Draft, str] | None:
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


def _blame_for_noun(sentence: Sentence, grammar: Grammar, drafts: Mapping[int, _Draft], draft: _Draft) -> None:
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


def _is_reported(sentence: Sentence, word: Word) -> bool:
    """ "said on Sunday that ...": what a conjunction opens and no pronoun takes up is told, whatever noun it hangs on."""
    children = list(sentence.children(word.index))
    conjunction = any(c.relation == "mark" and c.pos == "SCONJ" for c in children)
    full = any(c.relation in ("obj", "ccomp", "xcomp", "cop") or c.label == "aux:pass" for c in children)
    return conjunction and full and not any(c.has("PronType=Rel") for c in children)


def _role_of(grammar: Grammar, sentence: Sentence, word: Word, above: _Draft) -> str:
    """The role an event noun has in the clause above: "object", "subject" or a preposition."""
    for name, phrases in above.roles.items():
        if any(phrase.head == word.index for phrase in phrases):
            return name
    return _preposition(sentence, grammar, word)[0] or word.relation


def _fill_missing(sentence: Sentence, grammar: Grammar, drafts: Mapping[int, _Draft], draft: _Draft) -> None:
    """Give a clause the subject or object that grammar leaves unsaid."""
    word = sentence[draft.head]
    if draft.kind == "noun":
        _blame_for_noun(sentence, grammar, drafts, draft)
        return
    head = drafts.get(word.head)
    blamed = _blame(sentence, grammar, drafts, draft, _markers(sentence, grammar, draft))
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


def _inherit(draft: _Draft, phrases: list[Phrase]) -> None:
    if not phrases:
        return
    role = "object" if draft.passive else "subject"
    if role not in draft.roles:
        draft.surface = list(phrases)
        draft.roles[role] = list(phrases)


def _controller(grammar: Grammar, sentence: Sentence, parent: _Draft) -> list[Phrase]:
    """Who is to do what an infinitive says: "urged X to", "ha chiesto a X di", but "promised X to"."""
    if sentence[parent.head].lemma.lower() in grammar.subject_control:  # "is committed to": of the passive, its subject
        return parent.roles.get("subject") or parent.surface
    return _controlled(grammar, sentence, parent) or parent.surface or parent.roles.get("subject", [])


def _controlled(grammar: Grammar, sentence: Sentence, parent: _Draft) -> list[Phrase]:
    """The object of a verb, or its dative: who is told, asked, helped or kept from doing something."""
    actions = {"VERB", "AUX", "ADJ"}
    for role in ("object", "indirect", *grammar.control_prepositions):
        phrases = [p for p in parent.roles.get(role, []) if sentence[p.head].pos not in actions]
        if phrases:
            return phrases
    return []


def _fill_relative(
    sentence: Sentence, grammar: Grammar, drafts: Mapping[int, _Draft], draft: _Draft, word: Word
) -> None:
    """Relative and participle clauses: the noun they hang on takes the role of the pronoun, or the one left open."""
    noun = Phrase(word.head, _own_words(sentence, word.head))
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
    if participle and _has(sentence, word, "obj"):
        _raise_to_clause(sentence, drafts, draft, noun)
    elif participle and _is_unaccusative(sentence, grammar, word):  # "i ribelli fuggiti in Ciad"
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
        preposition, inner = _preposition(sentence, grammar, child) if child.relation == "nmod" else ("", child.index)
        owner = child.label == "nmod:poss" or (child.relation == "nmod" and preposition in grammar.own_prepositions)
        national = child.relation in ("amod", "compound") and child.index < noun.index and child.text[0].isupper()
        if (owner and child.pos in ("PROPN", "NOUN")) or national:
            return list(_phrases(sentence, grammar, sentence[inner]))
    return []


def _raise_to_clause(sentence: Sentence, drafts: Mapping[int, _Draft], draft: _Draft, noun: Phrase) -> None:
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


def _agent(draft: _Draft, grammar: Grammar) -> None:
    """A participle turned out to be passive: its agent is the subject."""
    for preposition in grammar.agent_prepositions:
        if preposition in draft.roles:
            draft.roles["subject"] = draft.roles.pop(preposition)
            return


def _lend_light_verb(sentence: Sentence, grammar: Grammar, drafts: Mapping[int, _Draft], draft: _Draft) -> None:
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


def _finish(sentence: Sentence, grammar: Grammar, drafts: Mapping[int, _Draft]) -> tuple[Clause, ...]:
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
