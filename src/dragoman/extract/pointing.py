"""Phrases that point back: "the minister", "the two leaders", "both sides", "his Chinese counterpart", "the latter".

In: designations in text order and what was mentioned so far. Out: the figures a designation means, or nobody where the
article leaves it open.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from dragoman.extract.designations import OFFICIAL, Designation
from dragoman.extract.gazetteer import Entry, Gazetteer
from dragoman.extract.memory import Memory, distinct
from dragoman.extract.reference import Company, Figure
from dragoman.parse.words import Sentence

HEAD = "head of"
FARTHEST = 3  # sentences back
Keep = Callable[[Figure], bool]


@dataclass
class Pointing:
    """Reads the designations of one article in text order."""

    sentences: Sequence[Sentence]
    gazetteer: Gazetteer
    company: Company
    memory: Memory

    def figures_of(self, number: int, made: Designation) -> tuple[Figure, ...]:
        """The figures that a designation means, also where it points back."""
        word = min(made.core)
        if made.sort == "two people":
            return self._people(number, word, 2, lambda figure: figure.named)
        if made.sort == "two states":
            return self._sides(number, word)
        if made.sort == "both":
            return self._both(number, word, self._count(number, made))
        if made.sort == "latter":
            return self._latter(number, word)
        role = made.role
        if role is not None and role.name in self.gazetteer.habits.counterparts:
            return self._counterpart(number, made, role)
        if role is not None and made.name is None and not made.countries and made.owner is None:
            count = self._count(number, made)
            if count > 1 and made.definite:
                return self._people(number, word, count, lambda figure: self._is_called(figure, role))
            self._take_owner(number, made, role)
        if role is not None and made.plural and made.definite and made.name is None and made.owner is None:
            group = self._group_before(number, made, role)
            if group is not None:
                return (group,)
        single = made.name is None and not made.plural and self._count(number, made) < 2
        if role is not None and single and made.definite:
            before = self._called_before(number, made, role)
            if before is not None:
                return (before,)
        if made.weak and not made.countries:
            return ()
        return self.company.figures_of(made, self.sentences[number])

    # ---- one office, one body ----------------------------------------------------------------------------------------

    def _called_before(self, number: int, made: Designation, role: Entry) -> Figure | None:
        """ "the president" again: the one figure that was called so, holds such an office, or is such a body."""
        if made.owner is not None or (made.countries and self.company.holder(role, made, made.countries[0])):
            return None
        levels: tuple[Keep, ...] = (
            lambda figure: role.name in figure.called,
            lambda figure: bool(role.office) and figure.holds(role.office),
            lambda figure: any(self._is_short_for(role.name, noun) for noun in figure.called),
            lambda figure: not made.countries and self._is_body(figure, role.name),
        )
        for fits in levels:
            fitting = [
                figure
                for figure in self.company.figures.values()
                if figure.mentions
                and not figure.plural
                and fits(figure)
                and (not made.countries or figure.country in made.countries)
                and (figure.former == made.former or (made.former and not role.office))
            ]
            if len(fitting) > 1:
                fitting = self._nearest(number, min(made.core), fitting)
            if fitting:
                return fitting[0] if len(fitting) == 1 else None
        return None

    def _group_before(self, number: int, made: Designation, role: Entry) -> Figure | None:
        """ "the rebels" again: the one group that was called so."""
        fitting = [
            figure
            for figure in self.company.figures.values()
            if figure.plural
            and figure.mentions
            and role.name in figure.called
            and (not made.countries or figure.country in made.countries)
            and figure.former == made.former
        ]
        if len(fitting) > 1:
            fitting = self._nearest(number, min(made.core), fitting)
        return fitting[0] if len(fitting) == 1 else None

    def _nearest(self, number: int, word: int, figures: Iterable[Figure]) -> list[Figure]:
        """Those of the figures that the nearest sentence mentions."""
        ids = {figure.id for figure in figures}
        for _, mentions in self.memory.back(number, word, 1):
            here = [f for f in distinct(f for seen in mentions for f in seen.figures) if f.id in ids]
            if here:
                return here
        return []

    def _is_short_for(self, noun: str, called: str) -> bool:
        """ "minister" for "foreign minister", "ministro" for "ministro degli Esteri"."""
        words = called.split()
        return len(words) > 1 and noun == (words[0] if self.gazetteer.habits.adjectives_after else words[-1])

    def _is_called(self, figure: Figure, role: Entry) -> bool:
        if not figure.is_one_person:
            return False
        called = any(noun == role.name or self._is_short_for(role.name, noun) for noun in figure.called)
        held = bool(role.office) and figure.holds(role.office)
        return called or held or (role.belonging and (bool(figure.called) or figure.person is not None))

    def _is_body(self, figure: Figure, noun: str) -> bool:
        """Whether a noun says what a body is: "the bloc" after the European Union."""
        organization = self.gazetteer.world.organizations.get(figure.organization)
        kind = self.gazetteer.habits.bodies.get(noun, ())
        return organization is not None and organization.kind in kind

    def _take_owner(self, number: int, made: Designation, role: Entry) -> None:
        """ "its troops", "his foreign minister": of the country of whoever is meant."""
        if made.own is None or (role.kind == "person" and not OFFICIAL.intersection(made.sectors or role.sectors)):
            return
        owners = self.memory.at(number, made.own)
        countries = [figure.country for figure in owners if figure.country]
        if len(countries) == len(owners):
            made.countries = list(dict.fromkeys(countries))
            made.inferred_from = "owner" if countries else None

    def _counterpart(self, number: int, made: Designation, role: Entry) -> tuple[Figure, ...]:
        """ "his Chinese counterpart Wang Yi" holds the like office."""
        others = self.memory.at(number, made.own) if made.own is not None else ()
        if not others:
            others = self._person_before(number, min(made.core))
        if others and (made.countries or made.name):
            other = others[0]
            made.roles = [replace(role, office=other.office, sectors=other.sectors, belonging=False, weak=False)]
            made.sectors = other.sectors
            made.owner = None
        elif not made.name and not made.countries:
            return ()
        return self.company.figures_of(made, self.sentences[number])

    def _person_before(self, number: int, word: int) -> tuple[Figure, ...]:
        """The person named last before a word in its sentence, if there are not too many to tell."""
        seen = [f for one in self.memory.before(number, word) for f in one.figures if f.is_one_person]
        return tuple(seen[-1:]) if len(distinct(seen)) <= 2 else ()

    def _latter(self, number: int, word: int) -> tuple[Figure, ...]:
        """Whoever was mentioned last."""
        for _, mentions in self.memory.back(number, word, 1):
            single = [seen.figures for seen in mentions if len(seen.figures) == 1 and not seen.located]
            if single:
                return single[-1]
        return ()

    # ---- several -----------------------------------------------------------------------------------------------------

    def _count(self, number: int, made: Designation) -> int:
        """How many a phrase says there are; 0 where it does not."""
        numbers = self.gazetteer.habits.numbers
        sentence = self.sentences[number]
        words = [sentence[i].text.lower() for i in range(max(0, made.first - 2), made.end)]
        return next((numbers[word] for word in words if word in numbers), 0)

    def _gather(
        self, number: int, word: int, count: int, figures: Callable[[Figure], Figure | None]
    ) -> tuple[Figure, ...]:
        """The last `count` figures, whole sentences at a time; nobody where a sentence brings too many."""
        found: dict[str, Figure] = {}
        for _, mentions in self.memory.back(number, word, FARTHEST):
            for seen in mentions:
                together = [figure for mentioned in seen.figures if (figure := figures(mentioned)) is not None]
                if (
                    count > 1 and len(together) == count and not seen.located
                ):  # "the foreign ministers of Peru and Chile"
                    return tuple(together)
                for mentioned in seen.figures:
                    figure = None if seen.located else figures(mentioned)
                    if figure is not None:
                        found[figure.id] = figure
            if len(found) >= count:
                break
        return tuple(found.values()) if len(found) == count else ()

    def _people(self, number: int, word: int, count: int, fits: Keep) -> tuple[Figure, ...]:
        found = self._gather(
            number, word, count, lambda figure: figure if figure.is_one_person and fits(figure) else None
        )
        return found or self._gather(number, word, count, lambda figure: figure if self._is_head(figure) else None)

    def _is_head(self, figure: Figure) -> bool:
        day = self.company.day
        if figure.person is None or day is None:
            return False
        office = figure.person.office_on(day)
        return office is not None and any(role.startswith(HEAD) for role in office.roles)

    def _sides(self, number: int, word: int) -> tuple[Figure, ...]:
        """The last two states, or those of the last two parties; else two bodies that are of no state."""
        return self._gather(number, word, 2, self._state_of) or self._gather(
            number, word, 2, lambda figure: None if figure.kind == "person" else figure
        )

    def _state_of(self, figure: Figure) -> Figure | None:
        official = figure.kind == "state" or bool(OFFICIAL.intersection(figure.sectors))
        if figure.country in self.gazetteer.world.countries and figure.country and official:
            return self.company.state(figure.country)
        return None

    def _both(self, number: int, word: int, count: int) -> tuple[Figure, ...]:
        """ "the two": the last two people, else the last two of whatever kind."""
        return self._gather(number, word, count, lambda f: f if f.is_one_person else None) or self._gather(
            number, word, count, lambda f: None if f.plural else f
        )
