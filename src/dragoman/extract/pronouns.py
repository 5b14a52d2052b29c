"""Who "he", "the two leaders", "his counterpart" and a subject left out mean, where that can be told.

In: sentences and the figures met so far. Out: figures, or nobody: a wrong link is worse than none.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from dragoman.extract.designations import Designation
from dragoman.extract.gazetteer import Gazetteer
from dragoman.extract.reference import Company, Figure
from dragoman.parse.words import Sentence, Word

HEAD = "head of"
MOST_PEOPLE = 40
FARTHEST = 60  # words between a counterpart and whose counterpart it is
CLAUSES = frozenset({"ccomp", "advcl", "xcomp", "csubj", "parataxis", "acl"})


def subject_of(sentence: Sentence, verb: int) -> int | None:
    """The word that heads the subject of a verb, passive or not."""
    return next((child.index for child in sentence.children(verb) if child.relation == "nsubj"), None)


@dataclass
class Pronouns:
    sentences: Sequence[Sentence]
    gazetteer: Gazetteer
    company: Company
    figure_at: Callable[[int, int], tuple[Figure, ...]]
    _known: dict[tuple[int, int], tuple[Figure, ...]] = field(default_factory=dict[tuple[int, int], tuple[Figure, ...]])

    # ---- phrases -------------------------------------------------------------------------------------------------------

    def figures_of(self, number: int, made: Designation) -> tuple[Figure, ...]:
        """The figures that a designation means, also where it points back."""
        if made.sort == "two people":
            return self._two_people()
        if made.sort == "two states":
            return self._two_states()
        if made.role is not None and made.role.name in self.gazetteer.habits.counterparts:
            other = self._person_before(number, min(made.core))
            if other is not None and (made.countries or made.name):
                role = replace(made.role, office=other.office, sectors=other.sectors, belonging=False, weak=False)
                made.roles = [role]
                made.sectors = other.sectors
                made.owner = None
            elif not made.name and not made.countries:
                return ()
        return self.company.figures_of(made, self.sentences[number])

    def _person_before(self, number: int, word: int) -> Figure | None:
        """The person named last before a word in its sentence; the subject of the sentence first."""
        people = [
            figure
            for index in range(word - 1, max(-1, word - FARTHEST), -1)
            for figure in self.figure_at(number, index)
            if figure.is_one_person
        ]
        return people[0] if people and len({figure.id for figure in people}) <= 2 else None

    def _two_people(self) -> tuple[Figure, ...]:
        people = [figure for figure in self._people() if figure.country or figure.title]
        if len(people) > 2:
            people = [f for f in people if f.person and self._heads(f)]
        return tuple(people) if len(people) == 2 else ()

    def _people(self) -> list[Figure]:
        """Single persons so far, in order of their first mention. Too many to point at are nobody."""
        people = self.company.people
        return [figure for figure in people if figure.mentions] if len(people) <= MOST_PEOPLE else []

    def _heads(self, figure: Figure) -> bool:
        day = self.company.day
        if figure.person is None or day is None:
            return False
        office = figure.person.office_on(day)
        return office is not None and any(role.startswith(HEAD) for role in office.roles)

    def _two_states(self) -> tuple[Figure, ...]:
        """The states of the two people, or the only two states so far."""
        world = self.gazetteer.world
        people = [figure for figure in self._people() if figure.country in world.countries]
        codes = list(dict.fromkeys(f.country for f in people if f.country))
        if len(codes) != 2:
            codes = list(
                dict.fromkeys(
                    f.country for f in self.company.figures.values() if f.country in world.countries and f.country
                )
            )
        if len(codes) != 2:
            return ()
        return tuple(self.company.state(code) for code in codes)

    # ---- he, she, they ---------------------------------------------------------------------------------------------

    def is_pronoun(self, word: Word) -> bool:
        habits = self.gazetteer.habits
        return word.text.lower() in (habits.he | habits.she | habits.they) and word.pos in ("PRON", "DET", "NOUN")

    def meant(self, number: int, word: int) -> tuple[Figure, ...]:
        """The subject of a governing clause or of the sentence before; for one person, else the only one so far."""
        sentence = self.sentences[number]
        form = sentence[word].text.lower()
        for above in sentence.ancestors(sentence[word].head):
            subject = subject_of(sentence, above.index)
            if subject is not None and subject < word and (found := self._fitting(number, subject, form)):
                return found
        if number and (found := self._root_subject(number - 1, form)):
            return found
        people = [] if form in self.gazetteer.habits.they else [p for p in self._people() if self._may_be(p, form)]
        return tuple(people) if len(people) == 1 and self._is_surely_human(people[0]) else ()

    def _fitting(self, number: int, word: int, form: str) -> tuple[Figure, ...]:
        """The figures at a word, if they are several and meant to be, or one person."""
        figures = self.figure_at(number, word)
        if form in self.gazetteer.habits.they:
            return figures if len(figures) > 1 or any(figure.plural for figure in figures) else ()
        return figures if len(figures) == 1 and figures[0].is_one_person and self._may_be(figures[0], form) else ()

    def _root_subject(self, number: int, form: str) -> tuple[Figure, ...]:
        sentence = self.sentences[number]
        root = next((word.index for word in sentence if word.head == word.index), None)
        subject = subject_of(sentence, root) if root is not None else None
        return self._fitting(number, subject, form) if subject is not None else ()

    def _may_be(self, figure: Figure, form: str) -> bool:
        """Whether somebody of that given name can be "he", or "she"."""
        habits = self.gazetteer.habits
        against = habits.female if form in habits.he else habits.male
        return figure.name.split()[0] not in against

    def _is_surely_human(self, figure: Figure) -> bool:
        given = figure.name.split()[0]
        return (
            figure.person is not None
            or bool(figure.title)
            or given in self.gazetteer.habits.female | self.gazetteer.habits.male
        )

    # ---- subjects left out ---------------------------------------------------------------------------------------------

    def subjects_left_out(self) -> dict[tuple[int, int], tuple[str, ...]]:
        """(sentence, verb) -> ids, for finite verbs in the third person whose subject is not said."""
        found: dict[tuple[int, int], tuple[str, ...]] = {}
        for number, sentence in enumerate(self.sentences):
            for word in sentence:
                if word.pos in ("VERB", "ADJ", "NOUN", "AUX") and self._leaves_out(sentence, word):
                    figures = self._left_out(number, word.index, set())
                    if figures:
                        found[number, word.index] = tuple(figure.id for figure in figures)
        return found

    def _leaves_out(self, sentence: Sentence, word: Word) -> bool:
        finite = _finite(sentence, word.index)
        if finite is None or not finite.has("Person=3") or word.lemma.lower() in self.gazetteer.habits.impersonal:
            return False
        children = list(sentence.children(word.index))
        if any(c.relation in ("nsubj", "csubj") or c.label == "expl:impers" for c in children):
            return False
        return not (word.pos != "VERB" and any(c.relation in ("ccomp", "xcomp", "advcl") for c in children))

    def _subject(self, number: int, verb: int, seen: set[tuple[int, int]]) -> tuple[Figure, ...]:
        subject = subject_of(self.sentences[number], verb)
        if subject is not None:
            return self.figure_at(number, subject)
        if self._leaves_out(self.sentences[number], self.sentences[number][verb]):
            return self._left_out(number, verb, seen)
        return ()

    def _left_out(self, number: int, verb: int, seen: set[tuple[int, int]]) -> tuple[Figure, ...]:
        if (number, verb) in self._known:
            return self._known[number, verb]
        if (number, verb) in seen or len(seen) > 40:
            return ()
        seen.add((number, verb))
        sentence = self.sentences[number]
        word = sentence[verb]
        figures: tuple[Figure, ...] = ()
        if word.head != verb and word.relation in ("conj", *CLAUSES) and word.label != "acl:relcl":
            figures = self._subject(number, word.head, seen)
        elif word.head == verb and number:
            before = self.sentences[number - 1]
            root = next((w.index for w in before if w.head == w.index), None)
            if root is not None:
                figures = self._subject(number - 1, root, seen)
        finite = _finite(sentence, verb)
        plural = finite is not None and finite.has("Number=Plur")
        if plural != (len(figures) > 1 or any(figure.plural for figure in figures)):
            figures = ()
        self._known[number, verb] = figures
        return figures


def _finite(sentence: Sentence, verb: int) -> Word | None:
    """The finite word of a predicate: the verb itself, its auxiliary or its copula."""
    word = sentence[verb]
    if word.has("VerbForm=Fin"):
        return word
    return next((c for c in sentence.children(verb) if c.relation in ("aux", "cop") and c.has("VerbForm=Fin")), None)
