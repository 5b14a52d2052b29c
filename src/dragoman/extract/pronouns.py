"""Who "he", "it", "their" and a subject left out mean, where that can be told.

In: sentences and what was mentioned so far. Out: figures, or nobody: a wrong link is worse than none. The subject of a
clause above goes first, then whoever alone fits in this sentence, then the nearest sentence that mentions somebody who
fits; there the subject of the main clause wins over those who stand deeper, but not over another party to the same verb.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from dragoman.extract.gazetteer import Habits
from dragoman.extract.memory import Memory, Seen, distinct
from dragoman.extract.reference import Figure
from dragoman.parse.relations import (
    clause_continued,
    clauses_above,
    conjuncts,
    finite_of,
    is_expletive,
    is_possessive,
    leaves_out_subject,
    role_of,
    root_of,
    shares_subject,
    subject_of,
)
from dragoman.parse.words import Sentence, Word

FARTHEST = 3  # sentences back
DEEPEST = 40  # clauses in a chain of subjects left out
ARGUMENTS = ("subject", "object", "oblique")
Fits = Callable[[Figure], bool]


@dataclass
class Pronouns:
    """Reads the pronouns of one article, in text order."""

    sentences: Sequence[Sentence]
    habits: Habits
    memory: Memory
    _known: dict[tuple[int, int], tuple[Figure, ...]] = field(default_factory=dict[tuple[int, int], tuple[Figure, ...]])

    def is_pronoun(self, word: Word) -> bool:
        form = word.text.lower()
        if form in self.habits.whose:
            return is_possessive(word)
        known = form in self.habits.he or form in self.habits.she or form in self.habits.it or form in self.habits.they
        return known and word.pos in ("PRON", "DET", "NOUN")

    def meant(self, number: int, word: int) -> tuple[Figure, ...]:
        """Whom a pronoun means: one figure, several for "they", nobody where it cannot be told."""
        form = self.sentences[number][word].text.lower()
        if is_expletive(self.sentences[number][word]):
            return ()
        if form in self.habits.they:
            return self._several(number, word)
        return self._one(number, word, self._fitting(form))

    def _fitting(self, form: str) -> Fits:
        habits = self.habits
        if form in habits.he:
            return lambda figure: figure.is_one_person and figure.gender != "female"
        if form in habits.she:
            return lambda figure: figure.is_one_person and figure.gender != "male"
        if form in habits.it:
            return is_body
        return lambda figure: figure.is_one_person or is_body(figure)

    # ---- one ---------------------------------------------------------------------------------------------------------

    def _one(self, number: int, word: int, fits: Fits) -> tuple[Figure, ...]:
        sentence = self.sentences[number]
        form = sentence[word].text.lower()
        possessive = is_possessive(sentence[word])
        clauses = list(clauses_above(sentence, word))
        # "A told B that he ...", "A met B and he ...": mostly A
        told = form not in self.habits.it and bool(clauses) and shares_subject(sentence, clauses[0].index)
        here = [seen for seen in self.memory.before(number, word) if _is_one(seen, fits)]
        partners: set[str] = set()
        if clauses and not possessive and form not in self.habits.reflexive:
            partners = {figure.id for figure in self._subject(number, clauses[0].index, set())}
            clauses = clauses[1:]
        candidates = distinct(f for seen in here for f in seen.figures if f.id not in partners)
        for clause in clauses:
            subject = [f for f in self._subject_before(number, clause.index, word) if fits(f) and f.id not in partners]
            if len(subject) == 1:
                return (subject[0],) if told else self._unless_rivalled(number, here, subject[0], partners)
        if candidates:
            return candidates if len(candidates) == 1 and candidates[0].kind == "person" else ()
        return self._from_before(number, word, fits)

    def _subject_before(self, number: int, verb: int, word: int) -> tuple[Figure, ...]:
        """The subject of a clause, if it was said before the word or left out."""
        subject = subject_of(self.sentences[number], verb)
        if subject is not None and subject >= word:
            return ()
        return self._subject(number, verb, set())

    def _unless_rivalled(
        self, number: int, seen: Iterable[Seen], figure: Figure, out: Iterable[str] = ()
    ) -> tuple[Figure, ...]:
        """The figure, unless another one is a party to the same sentence: who of the two is meant is open.

        Of states and organizations, which own and are owned, any other one leaves it open.
        """
        rivals = {
            other.id
            for one in seen
            if is_body(figure) or role_of(self.sentences[number], one.head) in ARGUMENTS
            for other in one.figures
            if other.id != figure.id
        }
        return () if rivals.difference(out) else (figure,)

    def _from_before(self, number: int, word: int, fits: Fits) -> tuple[Figure, ...]:
        for back, mentions in self.memory.back(number, word, FARTHEST):
            seen = [one for one in mentions if back != number and _is_one(one, fits) and not one.located]
            figures = distinct(figure for one in seen for figure in one.figures)
            if not figures:
                continue
            main = [figure for figure in self._main_subjects(back) if fits(figure)]
            if len(figures) == 1 and (figures[0].kind == "person" or figures[0] in main):
                return figures
            return self._unless_rivalled(back, seen, main[0]) if len(main) == 1 else ()
        return ()

    # ---- several -----------------------------------------------------------------------------------------------------

    def _several(self, number: int, word: int) -> tuple[Figure, ...]:
        sentence = self.sentences[number]
        possessive = is_possessive(sentence[word])
        reflexive = sentence[word].text.lower() in self.habits.reflexive
        for i, clause in enumerate(clauses_above(sentence, word)):
            subject = subject_of(sentence, clause.index)
            if subject is None or subject >= word or (i == 0 and not (possessive or reflexive)):
                continue
            figures = self.memory.group(number, conjuncts(sentence, subject))
            if are_several(figures):
                return figures
            if reflexive:
                return ()
        for back, mentions in self.memory.back(number, word, FARTHEST - 1):
            figures = self._group_in(back, mentions)
            if figures is not None:
                return figures
        return ()

    def _group_in(self, number: int, mentions: Sequence[Seen]) -> tuple[Figure, ...] | None:
        """Those in a sentence who can be "they": its subject, its only group, its only two. () if open, None if nobody."""
        sentence = self.sentences[number]
        root = root_of(sentence)
        subject = subject_of(sentence, root) if root is not None else None
        if subject is not None and any(seen.head == subject for seen in mentions):
            figures = self.memory.group(number, conjuncts(sentence, subject))
            if are_several(figures):
                return figures
        groups = {tuple(f.id for f in seen.figures): seen.figures for seen in mentions if are_several(seen.figures)}
        if groups:
            return next(iter(groups.values())) if len(groups) == 1 else ()
        people = distinct(f for seen in mentions for f in seen.figures if f.is_one_person)
        if len(people) > 1:
            return people if len(people) == 2 else ()
        bodies = distinct(f for seen in mentions for f in seen.figures if f.kind == "organization" and not seen.located)
        if not bodies:
            return None
        return bodies if len(bodies) == 1 and not people else ()

    # ---- subjects left out -------------------------------------------------------------------------------------------

    def subjects_left_out(self) -> dict[tuple[int, int], tuple[str, ...]]:
        """(sentence, verb) -> ids, for finite verbs in the third person whose subject is not said."""
        self._known.clear()  # what was asked while the article was read knew only its beginning
        found: dict[tuple[int, int], tuple[str, ...]] = {}
        for number, sentence in enumerate(self.sentences):
            for word in sentence:
                if word.pos in ("VERB", "ADJ", "NOUN", "AUX") and self._leaves_out(sentence, word):
                    figures = self._left_out(number, word.index, set())
                    if figures:
                        found[number, word.index] = tuple(figure.id for figure in figures)
        return found

    def _leaves_out(self, sentence: Sentence, word: Word) -> bool:
        return word.lemma.lower() not in self.habits.impersonal and leaves_out_subject(sentence, word)

    def _subject(self, number: int, verb: int, seen: set[tuple[int, int]]) -> tuple[Figure, ...]:
        sentence = self.sentences[number]
        subject = subject_of(sentence, verb)
        if subject is not None:
            return self.memory.group(number, conjuncts(sentence, subject))
        if self.habits.null_subjects and self._leaves_out(sentence, sentence[verb]):
            return self._left_out(number, verb, seen)
        return ()

    def _left_out(self, number: int, verb: int, seen: set[tuple[int, int]]) -> tuple[Figure, ...]:
        if (number, verb) in self._known:
            return self._known[number, verb]
        if (number, verb) in seen or len(seen) > DEEPEST:
            return ()
        seen.add((number, verb))
        sentence = self.sentences[number]
        figures: tuple[Figure, ...] = ()
        above = clause_continued(sentence, verb)
        if above is not None:
            figures = self._subject(number, above, seen)
        elif sentence[verb].head == verb and number:
            figures = self._main_subjects(number - 1, seen)
        if not self._agrees(sentence, verb, figures):
            figures = ()
        self._known[number, verb] = figures
        return figures

    def _main_subjects(self, number: int, seen: set[tuple[int, int]] | None = None) -> tuple[Figure, ...]:
        """The subject of a sentence's main clause, or of the one that says who speaks."""
        sentence = self.sentences[number]
        root = root_of(sentence)
        if root is None:
            return ()
        seen = set() if seen is None else seen
        speaking = [c.index for c in sentence.children(root) if c.relation == "parataxis"]
        for verb in (*speaking, root):
            if figures := self._subject(number, verb, seen):
                return figures
        return ()

    def _agrees(self, sentence: Sentence, verb: int, figures: Sequence[Figure]) -> bool:
        """Whether a verb can be said of somebody: number, and the gender of a participle."""
        finite = finite_of(sentence, verb)
        plural = finite is not None and finite.has("Number=Plur")
        if plural != (len(figures) > 1 or any(figure.plural for figure in figures)):
            return False
        told = "female" if sentence[verb].has("Gender=Fem") else "male" if sentence[verb].has("Gender=Masc") else ""
        passive = any(child.label == "aux:pass" for child in sentence.children(verb))
        return not (passive and told and any(f.gender and f.gender != told for f in figures))


def is_body(figure: Figure) -> bool:
    """A state or an organization: what can be "it"."""
    return figure.kind in ("state", "organization", "group") and not figure.plural


def are_several(figures: Sequence[Figure]) -> bool:
    return len(figures) > 1 or any(figure.plural or figure.kind == "group" for figure in figures)


def _is_one(seen: Seen, fits: Fits) -> bool:
    return len(seen.figures) == 1 and fits(seen.figures[0])
