"""Trees mended by what a language knows of single words: days are no doers, "over" in "handed over" is no preposition.

In: the words of a sentence, and the grammar of its language. Out: the words mended in place. What needs no word list stands
in `repair.py`, which calls this.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dragoman.parse.grammar import Grammar
from dragoman.parse.words import Word

NOMINAL = ("NOUN", "PROPN", "PRON", "NUM")
NAMING = ("compound", "flat", "nmod", "appos")


def mend_by_words(words: list[Word], grammar: Grammar) -> None:
    """Each repair in turn, on the words of one sentence."""
    _name_particles(words, grammar)
    _full_verbs(words, grammar)
    _measured_times(words, grammar)
    _auxiliaries(words)
    _particles(words, grammar)
    _told_to(words, grammar)
    _amounts(words, grammar)
    _bare_objects(words, grammar)
    _past_forms(words, grammar)


def _below(words: Sequence[Word], index: int) -> Iterator[Word]:
    return (word for word in words if word.head == index and word.index != index)


def _name_particles(words: list[Word], grammar: Grammar) -> None:
    """ "Von der Leyen ha promesso": a small word within a name is no verb; the name is one phrase."""
    for particle in words[1:-1]:
        first, last = words[particle.index - 1], words[particle.index + 1]
        if particle.text not in grammar.name_particles or particle.pos not in ("VERB", "AUX", "NOUN", "ADJ", "X"):
            continue
        if not (first.text[0].isupper() and last.text[0].isupper() and first.pos == last.pos == "PROPN"):
            continue
        root = particle.head == particle.index
        label = {"csubj": "nsubj", "ccomp": "nsubj", "root": "root"}.get(particle.relation, particle.label)
        words[first.index] = replace(first, head=first.index if root else particle.head, label=label)
        for word in list(_below(words, particle.index)):
            words[word.index] = replace(word, head=first.index)
        words[first.index] = replace(words[first.index], head=first.index if root else particle.head)
        words[particle.index] = replace(particle, pos="PROPN", feats="", head=first.index, label="flat:name")
        words[last.index] = replace(words[last.index], head=first.index, label="flat:name")


def _measured_times(words: list[Word], grammar: Grammar) -> None:
    """ "three months after Russia invaded Ukraine": the measure is no subject; the name behind the conjunction is."""
    for verb in list(words[3:]):
        name = words[verb.index - 1]
        measure = words[name.head]
        if verb.pos != "VERB" or verb.relation != "advcl" or name.relation != "nmod" or name.pos not in NOMINAL:
            continue
        if measure.relation != "nsubj" or measure.head != verb.index:
            continue
        mark = next((w for w in _below(words, name.index) if w.relation == "case"), None)
        counted = any(w.relation == "nummod" for w in _below(words, measure.index))
        if mark is None or not counted or grammar.link_words.get(mark.lemma.lower()) != "time":
            continue
        words[name.index] = replace(name, head=verb.index, label="nsubj")
        words[mark.index] = replace(mark, head=verb.index, label="mark", pos="SCONJ")
        words[measure.index] = replace(measure, head=verb.index, label="obl")


def _full_verbs(words: list[Word], grammar: Grammar) -> None:
    """ "Rebels reject proposed changes": what is no auxiliary is the verb, and the participle behind it goes with its noun."""
    for verb in list(words[:-1]):
        participle = words[verb.index + 1]
        if verb.label != "aux" or verb.lemma.lower() in grammar.auxiliaries or verb.text.lower() in grammar.auxiliaries:
            continue
        noun = next((w for w in _below(words, participle.index) if w.label == "obj" and w.index > verb.index), None)
        if (
            not grammar.auxiliaries
            or verb.head != participle.index
            or "VerbForm=Part" not in participle.feats
            or not noun
        ):
            continue
        root = participle.head == participle.index
        head, label = (verb.index, "root") if root else (participle.head, participle.label)
        for word in _below(words, participle.index):
            words[word.index] = replace(word, head=verb.index)
        words[verb.index] = replace(verb, pos="VERB", head=head, label=label, feats="Mood=Ind|Tense=Pres|VerbForm=Fin")
        words[participle.index] = replace(participle, head=noun.index, label="amod")


def _auxiliaries(words: list[Word]) -> None:
    """ "Poland has yet to ratify": what hangs on an auxiliary hangs on its verb."""
    for word in words:
        above = words[word.head]
        if word.relation in ("nsubj", "obj", "obl", "ccomp", "advcl") and above.label in ("aux", "aux:pass"):
            words[word.index] = replace(word, head=above.head)


def mend_days(words: list[Word], grammar: Grammar) -> None:
    """ "Japan on Friday lifted sanctions": a day or month beside another subject says when, and hangs on the verb."""
    for index in range(len(words)):
        day = words[index]
        if day.text.lower() in grammar.day_words:
            _mend_day_before_verb(words, day)
            continue
        if day.text.lower() not in grammar.calendar:
            continue
        if day.pos == "VERB":  # "Lunedì" at the head of a sentence
            day = words[index] = replace(day, pos="NOUN", feats="")
        above = words[day.head]
        if day.relation in NAMING and above.index > index and _mend_opening_day(words, day, above):
            continue
        if (
            day.relation == "obj"
            and above.pos == "VERB"
            and not any(w.relation == "case" for w in _below(words, index))
        ):
            _mend_day_object(words, day, above)
        elif day.relation == "nsubj" and above.index != index:
            for word in list(
                _below(words, index)
            ):  # "Sabato i ribelli avevano sequestrato", with the rebels on the day
                if word.relation == "nsubj" and word.index > index and word.pos in NOMINAL:
                    words[word.index] = replace(word, head=above.index, label="nsubj")
            name = next((w for w in _below(words, index) if w.relation in NAMING and w.index == index - 1), None)
            if name is not None and name.pos in NOMINAL:
                words[name.index] = replace(name, head=above.index, label=day.label)
            marked = any(w.relation == "case" for w in _below(words, index))
            others = any(w.relation == "nsubj" and w.index != index for w in _below(words, above.index))
            if marked or others:
                words[index] = replace(day, label="obl")
        elif above.relation == "nsubj" and above.index < index and day.relation in (*NAMING, "obl"):
            verb = words[above.head]
            bare = not any(w.relation == "case" for w in _below(words, index))
            if verb.pos == "VERB" and verb.index > index and (bare or above.pos == "PROPN"):
                words[index] = replace(day, head=verb.index, label="obl")


def _mend_opening_day(words: list[Word], day: Word, noun: Word) -> bool:
    """ "In March American officials met ...": the preposition is that of the month, and the noun behind it the subject."""
    case = words[day.index - 1] if day.index else day
    verb = words[noun.head]
    if case.relation != "case" or case.head != noun.index or noun.relation != "obl" or verb.pos != "VERB":
        return False
    if verb.index < noun.index or any(w.relation == "nsubj" for w in _below(words, verb.index)):
        return False
    words[day.index] = replace(day, head=verb.index, label="obl")
    words[case.index] = replace(case, head=day.index)
    words[noun.index] = replace(noun, label="nsubj")
    return True


def _mend_day_object(words: list[Word], day: Word, verb: Word) -> None:
    """ "The army lifted Friday a blockade": a day is no object; the noun behind it, which a parser took for a predicate, is."""
    words[day.index] = replace(day, label="obl")
    behind = [w for w in _below(words, verb.index) if w.label == "xcomp" and w.index > day.index and w.pos in NOMINAL]
    if len(behind) == 1 and not any(w.relation in ("case", "cop", "mark") for w in _below(words, behind[0].index)):
        words[behind[0].index] = replace(behind[0], label="obj")


def _mend_day_before_verb(words: list[Word], day: Word) -> None:
    """ "Pakistan today threatened": a name on a word for a day belongs to the verb behind, where that has no subject."""
    verb = words[day.head]
    if verb.pos != "VERB" or verb.index < day.index or any(w.relation == "nsubj" for w in _below(words, verb.index)):
        return
    name = next((w for w in _below(words, day.index) if w.relation in NAMING and w.index == day.index - 1), None)
    if name is not None and name.pos in NOMINAL:
        words[name.index] = replace(name, head=verb.index, label="nsubj")
        for word in list(_below(words, day.index)):
            if word.index < name.index:
                words[word.index] = replace(word, head=name.index)


def _particles(words: list[Word], grammar: Grammar) -> None:
    """ "handed over the bodies": the particle of a verb that has no other object is no preposition."""
    for particle in list(words[1:]):
        noun = words[particle.head]
        verb = words[particle.index - 1]
        if particle.relation != "case" or verb.pos != "VERB" or noun.head != verb.index or noun.relation != "obl":
            continue
        if verb.lemma.lower() not in grammar.particles.get(particle.lemma.lower(), ()):
            continue
        below = [w for w in _below(words, verb.index) if w.index > verb.index]
        passive = any(w.label == "aux:pass" for w in _below(words, verb.index))
        cases = sum(w.relation == "case" for w in _below(words, noun.index))  # "pulled out of the talks"
        if passive or cases > 1 or noun.text.lower() in grammar.calendar:
            continue
        if any(w.relation in ("obj", "ccomp") for w in below):
            continue
        words[particle.index] = replace(particle, head=verb.index, label="compound:prt")
        words[noun.index] = replace(noun, label="obj")


def _told_to(words: list[Word], grammar: Grammar) -> None:
    """ "told police that the man had fled": what a conjunction opens behind whom it is told to is what is told."""
    for clause in list(words):
        hearer = words[clause.head]
        teller = words[hearer.head]
        if clause.relation != "acl" or hearer.relation not in ("iobj", "obj", "obl") or clause.index < hearer.index:
            continue
        if teller.pos != "VERB" or teller.lemma.lower() not in grammar.telling_verbs:
            continue
        below = list(_below(words, clause.index))
        opened = any(w.relation == "mark" and w.pos in ("SCONJ", "PRON") for w in below)
        relative = any("PronType=Rel" in w.feats and w.relation != "mark" for w in below)
        if opened and not relative and any(w.relation == "nsubj" for w in below):
            words[clause.index] = replace(clause, head=teller.index, label="ccomp")


def _amounts(words: list[Word], grammar: Grammar) -> None:
    """ "gave $2 million to Niger": what is given has no object beside it, and is one where it is counted or somebody gets it."""
    for word in list(words):
        if word.label != "iobj" or word.pos == "PRON" or word.index < word.head:
            continue
        others = [w for w in _below(words, word.head) if w.index != word.index]
        if any(w.relation in ("obj", "ccomp", "xcomp") for w in others):
            continue
        counted = word.pos in ("SYM", "NUM") or any(w.relation == "nummod" for w in _below(words, word.index))
        given = any(
            case.relation == "case" and case.lemma.lower() in grammar.control_prepositions
            for other in others
            if other.relation == "obl" and other.index > word.index
            for case in _below(words, other.index)
        )
        if counted or given:
            words[word.index] = replace(word, label="obj")


def _bare_objects(words: list[Word], grammar: Grammar) -> None:
    """ "Mosca annuncia ritiro", "ammassa truppe al confine": the bare noun right behind a headline's verb is its object,
    though it may look like a verb."""
    for noun in list(words[1:]):
        verb = words[noun.index - 1]
        if noun.label != "xcomp" or noun.head != verb.index or verb.pos != "VERB" or "VerbForm=Fin" not in verb.feats:
            continue
        if not grammar.infinitive_endings or verb.lemma.lower() in grammar.copular_verbs | grammar.unaccusative_verbs:
            continue
        beside = [w for w in _below(words, verb.index) if w.index != noun.index]
        below = list(_below(words, noun.index))
        if any(w.relation in ("obj", "expl", "ccomp", "iobj") for w in beside):
            continue
        if any(w.relation in ("mark", "aux", "cop", "nsubj", "obj", "expl", "iobj") for w in below):
            continue
        looks = noun.pos == "VERB" and "VerbForm=Ger" not in noun.feats and "VerbForm=Part" not in noun.feats
        misread = looks and not noun.text.lower().endswith(tuple(grammar.infinitive_endings))
        if not misread and noun.pos not in ("NOUN", "X"):
            continue
        feats, lemma = ("", noun.text.lower()) if misread else (noun.feats, noun.lemma)
        words[noun.index] = replace(noun, pos="NOUN", feats=feats, lemma=lemma, label="obj")
        for word in below:
            if word.relation in ("obl", "advmod", "punct", "advcl", "parataxis"):
                words[word.index] = replace(word, head=verb.index)


def _whole_object(words: list[Word], noun: Word) -> Word:
    """ "lifts travel ban": where the noun has been taken for a verb with the next one for its object, that one is the head."""
    behind = words[noun.index + 1] if noun.index + 1 < len(words) else noun
    if behind.relation != "obj" or behind.head != noun.index or behind.pos not in NOMINAL:
        return noun
    for word in list(_below(words, noun.index)):
        if word.index > behind.index:
            words[word.index] = replace(word, head=behind.index, label="nmod" if word.relation == "obl" else word.label)
    words[noun.index] = replace(noun, pos="NOUN", head=behind.index, label="compound")
    return behind


def _past_forms(words: list[Word], grammar: Grammar) -> None:
    """ "Israel withheld food": in a sentence without a verb, a form of the past between two nouns is it."""
    if any("VerbForm=Fin" in word.feats for word in words):
        return
    root = next((word for word in words if word.head == word.index), None)
    for verb in words[1:]:
        before = words[verb.index - 1]
        form = verb.text.lower()
        headline = form in grammar.headline_forms and before.pos == "PROPN"
        past = form in grammar.past_forms or (verb.pos == "ADJ" and form.endswith(tuple(grammar.past_endings)))
        known = past or headline
        if not known or before.pos not in NOMINAL or root is None:
            continue
        while before.head < verb.index and before.head != before.index:
            before = words[before.head]
        noun = root if root.index > verb.index else words[verb.head]
        if root.index == verb.index:
            noun = next((w for w in _below(words, verb.index) if w.index > verb.index and w.pos in NOMINAL), verb)
        if noun.index <= verb.index or noun.pos not in (*NOMINAL, "SYM") or root.index not in (verb.index, noun.index):
            continue
        if any(w.relation == "case" for w in _below(words, noun.index)):
            continue
        for word in list(words):
            if word.head == noun.index and (word.index < verb.index or word.relation == "punct"):
                words[word.index] = replace(word, head=verb.index)
            elif word.head == verb.index and word.relation in NAMING and verb.index < word.index != noun.index:
                words[word.index] = replace(word, head=verb.index, label="iobj" if word.pos == "PROPN" else "obl")
        for word in list(words):
            if (
                word.index < before.index
                and word.head == verb.index
                and word.relation in ("det", "amod", "nmod", "nummod")
            ):
                words[word.index] = replace(word, head=before.index)
        noun = _whole_object(words, noun)
        feats = f"Mood=Ind|Tense={'Past' if past else 'Pres'}|VerbForm=Fin"
        words[verb.index] = replace(verb, pos="VERB", head=verb.index, label="root", feats=feats)
        words[before.index] = replace(words[before.index], head=verb.index, label="nsubj")
        words[noun.index] = replace(noun, head=verb.index, label="obj")
        return
