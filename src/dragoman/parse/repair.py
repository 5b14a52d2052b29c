"""Trees that cannot be: what parsers get wrong in short sentences and headlines, set right where grammar leaves one reading.

In: the words of a sentence as parsed. Out: the words with heads, labels and parts of speech mended. Each repair says what
it mends; anything else is left as the parser gave it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from dragoman.parse.grammar import Grammar
from dragoman.parse.known_words import mend_by_words, mend_days
from dragoman.parse.words import Word

OBJECTS = ("obj", "appos", "flat", "dep", "list", "parataxis")
NOMINAL = ("NOUN", "PROPN", "PRON", "NUM")


def repaired(words: Sequence[Word], grammar: Grammar | None = None) -> tuple[Word, ...]:
    """The words of one sentence, mended. Without the grammar of its language, what needs no word list is mended."""
    mended = list(words)
    auxiliaries = grammar.perfect_auxiliaries if grammar else frozenset[str]()
    if grammar:
        mend_by_words(mended, grammar)
        words = tuple(mended)
    children: list[list[int]] = [[] for _ in words]
    for word in words:
        if word.head != word.index:
            children[word.head].append(word.index)
    _infinitives(mended, children)
    _possessed(mended)
    _verbs_for_nouns(mended, children)
    _perfects(mended, children, auxiliaries)
    _participles(mended, children)
    _active_passives(mended, children)
    _raised_subjects(mended)
    _second_subjects(mended, children)
    _verbless_roots(mended, children)
    _statements_for_names(mended, children)
    if grammar:
        mend_days(mended, grammar)
    _finite_participles(mended)
    return tuple(mended)


def _infinitives(words: list[Word], children: Sequence[Sequence[int]]) -> None:
    """ "declined to comment": what an infinitive's particle introduces is a verb, whatever it looks like."""
    for word in words:
        marked = any(words[i].label == "mark" and words[i].pos == "PART" for i in children[word.index])
        if marked and word.pos == "NOUN" and word.relation in ("obl", "obj", "nmod", "advmod"):
            words[word.index] = replace(word, pos="VERB", feats="VerbForm=Inf", label="xcomp")


def _possessed(words: list[Word]) -> None:
    """ "Kenya's leading activist": what stands behind a possessor is no verb with a subject, but describes what is possessed."""
    for verb in words[2:]:
        mark, owner = words[verb.index - 1], words[verb.index - 2]
        if mark.lemma != "'s" or verb.pos != "VERB" or not verb.text.endswith("ing") or owner.head != verb.index:
            continue
        noun = next((w for w in words if w.head == verb.index and w.relation == "obj" and w.index > verb.index), None)
        if noun is None or owner.relation not in ("nsubj", "nmod"):
            continue
        words[noun.index] = replace(noun, head=verb.head, label="appos" if verb.relation == "acl" else verb.label)
        for word in words:
            if word.head == verb.index and word.index not in (noun.index, verb.index):
                words[word.index] = replace(word, head=noun.index)
        words[owner.index] = replace(words[owner.index], label="nmod:poss", head=noun.index)
        words[verb.index] = replace(verb, pos="ADJ", feats="", head=noun.index, label="amod")


def _verbs_for_nouns(words: list[Word], children: Sequence[Sequence[int]]) -> None:
    """ "Turkey, which often mediates": what heads a relative clause and has a subject is a verb, of the present as it looks."""
    for word in words:
        labels = {words[i].relation for i in children[word.index]}
        if word.pos == "NOUN" and word.label == "advcl" and {"mark", "obj"} <= labels:  # "for bombing the town"
            words[word.index] = replace(word, pos="VERB", feats="VerbForm=Ger")
        if "nsubj" not in labels or "cop" in labels:
            continue
        if word.pos == "NOUN" and word.label == "acl:relcl":
            words[word.index] = replace(word, pos="VERB", feats="Mood=Ind|Tense=Pres|VerbForm=Fin")
        elif word.pos == "ADJ" and "obj" in labels:  # "jets struck the port"
            words[word.index] = replace(word, pos="VERB", feats="Mood=Ind|Tense=Past|VerbForm=Fin")


def _active_passives(words: list[Word], children: Sequence[Sequence[int]]) -> None:
    """ "ha avvertito la Grecia": where nothing makes the verb passive its subject is none; behind the verb it is the object."""
    for word in words:
        if word.label != "nsubj:pass" or words[word.head].pos != "VERB":
            continue
        others = [words[i] for i in children[word.head] if i != word.index]
        if any(w.label in ("aux:pass", "expl:pass") for w in others) or not any(w.label == "aux" for w in others):
            continue
        if word.index < word.head:
            words[word.index] = replace(word, label="nsubj")
        elif not any(w.relation == "obj" for w in others):
            words[word.index] = replace(word, label="obj")


def _raised_subjects(words: list[Word]) -> None:
    """ "ha accusato la Russia di avere compiuto": what stands before an infinitive's particle is the object of the verb above."""
    for name in list(words):
        infinitive = words[name.head]
        verb = words[infinitive.head]
        if (
            name.label != "nsubj"
            or infinitive.relation != "xcomp"
            or "VerbForm=Fin" in infinitive.feats
            or verb.pos != "VERB"
        ):
            continue
        below = [w for w in words if w.head == infinitive.index and w.index != infinitive.index]
        if not verb.index < name.index or not any(w.relation == "mark" and w.index > name.index for w in below):
            continue
        beside = [w for w in words if w.head == verb.index and w.relation in ("obj", "iobj", "expl")]
        if not beside and not any(w.relation in ("mark", "cop") and w.index < name.index for w in below):
            words[name.index] = replace(name, head=verb.index, label="obj")


def _second_subjects(words: list[Word], children: Sequence[Sequence[int]]) -> None:
    """ "Mosca ha definito illegittime le sanzioni": a verb has one subject; what stands behind it is its object."""
    for verb in words:
        if verb.pos != "VERB":
            continue
        below = [words[i] for i in children[verb.index]]
        before = [w for w in below if w.label == "nsubj" and w.index < verb.index]
        behind = [w for w in below if w.label == "nsubj" and w.index > verb.index]
        taken = any(w.relation in ("obj", "ccomp") or w.label in ("aux:pass", "expl:pass") for w in below)
        if before and len(behind) == 1 and not taken:
            words[behind[0].index] = replace(behind[0], label="obj")


def _participles(words: list[Word], children: Sequence[Sequence[int]]) -> None:
    """ "Canada imposed sanctions": no participle before a noun has a subject; it is the verb, the noun its object."""
    finite = any("VerbForm=Fin" in w.feats and w.label != "amod" and not _is_aside(words, children, w) for w in words)
    for verb in list(words):
        if verb.label != "amod" or verb.pos not in ("VERB", "ADJ") or verb.head <= verb.index or verb.index == 0:
            continue
        if not (
            verb.pos == "VERB"
            or "VerbForm=Part" in verb.feats
            or any(words[i].relation == "nsubj" for i in children[verb.index])
        ):
            continue
        noun = words[verb.head]
        subject = next((words[i] for i in children[verb.index] if words[i].relation == "nsubj"), None)
        before = words[verb.index - 1]
        claimed = noun.head == before.index and before.pos in NOMINAL and noun.relation in OBJECTS
        if subject is None and (claimed or not finite):
            subject = before if claimed else _left_of(words, verb, noun)
        if subject is None:
            continue
        subject = _out_of_phrase(words, children, noun, subject)
        _make_clause(words, verb, noun, subject)
        return


def _out_of_phrase(words: list[Word], children: Sequence[Sequence[int]], noun: Word, name: Word) -> Word:
    """ "Police in Jericho seized arms": a name behind a preposition is no subject, but says where the subject is."""
    case = next((words[i] for i in children[noun.index] if words[i].relation == "case" and i < name.index), None)
    above = words[noun.head]
    if case is None or above.pos not in NOMINAL or above.index >= case.index:
        return name
    words[name.index] = replace(name, head=above.index, label="nmod")
    words[case.index] = replace(case, head=name.index)
    return above


def _finite_participles(words: list[Word]) -> None:
    """ "The army lifted the blockade, officials said": a participle with subject and object and no auxiliary is a finite verb."""
    for verb in words:
        if verb.pos != "VERB" or "VerbForm=Part" not in verb.feats or "Tense=Past" not in verb.feats:
            continue
        if verb.relation not in ("root", "ccomp", "parataxis"):
            continue
        below = [w for w in words if w.head == verb.index and w.index != verb.index]
        labels = {w.label for w in below}
        before = any(w.label == "nsubj" and w.index < verb.index for w in below)
        if before and "obj" in labels and not any(label.startswith(("aux", "cop", "expl")) for label in labels):
            words[verb.index] = replace(verb, feats="Mood=Ind|Tense=Past|VerbForm=Fin")


def _is_aside(words: Sequence[Word], children: Sequence[Sequence[int]], word: Word) -> bool:
    """Whether a verb stands in a clause that a conjunction opens, or that the relative pronoun does."""
    seen = {word.index}
    while word.head not in seen:
        marked = word.label == "acl:relcl" or any(words[i].relation == "mark" for i in children[word.index])
        if marked and word.relation in ("advcl", "acl"):
            return True
        seen.add(word.head)
        word = words[word.head]
    return False


def _perfects(words: list[Word], children: Sequence[Sequence[int]], auxiliaries: Collection[str]) -> None:
    """ "has imposed sanctions": a participle right behind "have" is its verb, not what its object is like."""
    for verb in words[1:]:
        before = words[verb.index - 1]
        if verb.label != "amod" or "VerbForm=Part" not in verb.feats:
            continue
        if before.relation in ("aux", "cop") and before.head == verb.head and "Tense=Pres" in verb.feats:
            _progressive(words, children, verb)
            continue
        if before.lemma.lower() not in auxiliaries:
            continue
        if before.relation == "aux" or words[verb.head].head != before.index or words[verb.head].relation != "obj":
            continue
        root = before.head == before.index
        place = words[before.index]
        words[verb.index] = replace(
            verb, pos="VERB", head=verb.index if root else place.head, label="root" if root else place.label
        )
        words[before.index] = replace(before, pos="AUX", head=verb.index, label="aux")
        for i in children[before.index]:
            if i != verb.index:
                words[i] = replace(words[i], head=verb.index)


def _progressive(words: list[Word], children: Sequence[Sequence[int]], verb: Word) -> None:
    """ "is pressing the group": a present participle behind its auxiliary is the verb, the noun that was to be it its object."""
    noun = words[verb.head]
    root = noun.head == noun.index
    words[verb.index] = replace(
        verb, pos="VERB", head=verb.index if root else noun.head, label="root" if root else noun.label
    )
    words[noun.index] = replace(noun, head=verb.index, label="obj")
    for i in children[noun.index]:
        child = words[i]
        if i < verb.index or child.relation in ("punct", "acl", "advcl", "parataxis", "ccomp"):
            label = "aux" if child.relation == "cop" else "advcl" if child.label == "acl" else child.label
            words[i] = replace(child, head=verb.index, label=label)


def _verbless_roots(words: list[Word], children: Sequence[Sequence[int]]) -> None:
    """ "Xi Jinping spoke by phone": a name is no sentence beside a finite verb without subject; it is the subject."""
    root = next((word for word in words if word.head == word.index), None)
    if root is None or root.pos not in ("PROPN", "NOUN") or any(words[i].label == "cop" for i in children[root.index]):
        return
    below = [word for word in words if word.head == root.index and word.index != root.index]
    verb = next((word for word in below if word.relation in ("parataxis", "dep", "ccomp")), None)
    if verb is None:  # "Japan on Friday lifted sanctions", with the verb for an attribute of its subject
        attributes = [word for word in below if word.pos == "VERB" and word.relation in ("nmod", "appos")]
        objects = {word.head for word in words if word.label == "obj"}
        verb = next((word for word in attributes if word.index in objects), None)
    if verb is None:  # "Washington along with its allies demanded that ...", with the verb on the last noun
        verb = next((word for word in words if _ends_phrase(words, children, word, root)), None)
    if verb is None or verb.index < root.index or "VerbForm=Fin" not in verb.feats:
        return
    between = range(root.index + 1, verb.index)
    if any(words[i].relation == "nsubj" for i in children[verb.index]) or any(
        words[i].text in ":;–—-" for i in between
    ):
        return
    words[verb.index] = replace(words[verb.index], head=verb.index, label="root")
    words[root.index] = replace(root, head=verb.index, label="nsubj")
    for i in children[root.index]:
        if i > verb.index or words[i].relation in ("punct", "advmod", "obl", "advcl"):
            words[i] = replace(words[i], head=verb.index)


def _ends_phrase(words: Sequence[Word], children: Sequence[Sequence[int]], verb: Word, root: Word) -> bool:
    """Whether a finite verb without a subject hangs, like an attribute, on a noun within the phrase that a root heads."""
    if (
        verb.pos != "VERB"
        or verb.label != "acl"
        or "VerbForm=Fin" not in verb.feats
        or words[verb.head].pos not in NOMINAL
    ):
        return False
    below = [words[i] for i in children[verb.index]]
    if any("PronType=Rel" in w.feats or w.relation in ("mark", "nsubj") for w in below):
        return False
    above, seen = words[verb.head], {verb.index}
    while above.index != root.index and above.relation in ("nmod", "appos", "conj", "flat") and above.index not in seen:
        seen.add(above.index)
        above = words[above.head]
    return above.index == root.index


def _statements_for_names(words: list[Word], children: Sequence[Sequence[int]]) -> None:
    """ "Students protested against the law." What ends with a stop is a sentence: the participle behind its noun is its verb."""
    root = next((word for word in words if word.head == word.index), None)
    if root is None or root.pos not in NOMINAL or words[-1].text != ".":
        return
    verb = next((words[i] for i in children[root.index] if words[i].label == "acl"), None)
    if verb is None or any("VerbForm=Fin" in w.feats and not _is_told_by(words, w, verb) for w in words):
        return
    if verb.pos != "VERB" or verb.index < root.index or "VerbForm=Part" not in verb.feats:
        return
    if "Tense=Past" not in verb.feats or any(words[i].label == "obl:agent" for i in range(len(words))):
        return
    words[verb.index] = replace(verb, head=verb.index, label="root", feats="Mood=Ind|Tense=Past|VerbForm=Fin")
    words[root.index] = replace(root, head=verb.index, label="nsubj")
    for i in children[root.index]:
        if i > verb.index:
            words[i] = replace(words[i], head=verb.index)


def _is_told_by(words: Sequence[Word], word: Word, verb: Word) -> bool:
    """Whether a finite verb stands in the content of another verb: "the group insisted that they leave"."""
    seen = {word.index}
    while word.head not in seen:
        if word.head == verb.index:
            return word.relation == "ccomp"
        seen.add(word.head)
        word = words[word.head]
    return False


def _left_of(words: Sequence[Word], verb: Word, noun: Word) -> Word | None:
    """The noun just before the participle that nothing else claims: the subject, or the root of a verbless sentence."""
    before = words[verb.index - 1]
    if before.pos not in NOMINAL:
        return None
    while before.relation in ("flat", "compound") and before.head < verb.index and before.head != before.index:
        before = words[before.head]
    free = before.head == before.index or before.head == noun.index or words[before.head].index >= verb.index
    return before if free and before.relation in ("root", "nsubj", "compound", "nmod", "appos", "dep") else None


def _make_clause(words: list[Word], verb: Word, noun: Word, subject: Word) -> None:
    """The verb takes the place in the tree that the topmost of the two nouns had."""
    top = subject if noun.head == subject.index or subject.head == subject.index else noun
    place = words[top.index]
    root = place.head == place.index
    words[verb.index] = replace(
        verb,
        pos="VERB",
        feats="Tense=Past|VerbForm=Fin",
        head=verb.index if root else place.head,
        label="root" if root else place.label,
    )
    words[noun.index] = replace(noun, head=verb.index, label="obj")
    words[subject.index] = replace(words[subject.index], head=verb.index, label="nsubj")
    if top is noun:
        for word in list(words):  # what hung on the noun from the left, or closes the sentence, hangs on the verb
            if (
                word.head == noun.index
                and word.index not in (verb.index, subject.index)
                and (word.index < verb.index or word.relation in ("punct", "parataxis", "advcl", "ccomp"))
            ):
                words[word.index] = replace(word, head=verb.index)
    else:
        for word in list(words):
            if word.head == subject.index and word.index > verb.index and word.index != noun.index:
                joined = word.relation == "conj" and word.pos in NOMINAL and word.index > noun.index
                words[word.index] = replace(word, head=noun.index if joined else verb.index)
            elif word.head == subject.index and word.relation == "nsubj":  # "the bloc ECOWAS" is one name
                words[word.index] = replace(word, label="nmod")
