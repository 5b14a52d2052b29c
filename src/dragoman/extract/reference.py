"""Who is the same: designations of one article become figures, each with all its mentions.

In: designations in order, the world, the day of publication. Out: for each designation the figures it means. Known people
are found by full name, and by surname alone where the article or the day leaves one person; an office held by one person
that day is that person. Whoever cannot be told apart stays unlinked: a wrong link is worse than none.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

from dragoman.extract.designations import FORMER, Designation
from dragoman.extract.gazetteer import Entry, Gazetteer
from dragoman.parse.words import Sentence
from dragoman.records import Actor, Interval, Kind, Span
from dragoman.world import Office, Person

Sectors = tuple[str, ...]


@dataclass(slots=True)
class Figure:
    """An actor in the making. `office` is what the tables of the world call the office it was named by."""

    id: str
    name: str
    kind: Kind
    country: str | None
    sectors: Sectors
    title: str | None = None
    inferred_from: str | None = None
    person: Person | None = None
    office: str = ""
    offices: set[str] = field(default_factory=set[str])  # what else that office is called
    gender: str = ""  # "female" or "male" where it was told
    organization: str = ""  # id in the tables of the world
    plural: bool = False
    former: bool = False
    named: bool = False
    definite: bool = False  # "the minister", not "a minister"
    called: set[str] = field(default_factory=set[str])  # the nouns it was called by
    mentions: list[Span] = field(default_factory=list[Span])

    @property
    def is_one_person(self) -> bool:
        return self.kind == "person" and not self.plural

    def holds(self, office: str) -> bool:
        """Whether it is a person known to hold an office of that name."""
        return self.kind == "person" and (self.office == office or office in self.offices)

    def actor(self) -> Actor:
        return Actor(
            self.id, self.name, self.kind, tuple(sorted(set(self.mentions))), self.country, self.sectors, self.title,
            self.inferred_from,
        )  # fmt: skip


@dataclass
class Company:
    """The figures of one article. `context` is the country that a phrase without one is about, if that is known."""

    gazetteer: Gazetteer
    text: str
    day: datetime.date | None
    last_day: datetime.date | None
    context: str | None = None
    figures: dict[str, Figure] = field(default_factory=dict[str, Figure])
    people: list[Figure] = field(default_factory=list[Figure])  # single persons
    aliases: dict[str, Figure] = field(default_factory=dict[str, Figure])  # acronym -> what it was said to stand for
    _by_key: dict[tuple[object, ...], Figure] = field(default_factory=dict[tuple[object, ...], Figure])
    _full_names: dict[str, set[str]] = field(default_factory=dict[str, set[str]])  # part of a name -> full names, ids

    @classmethod
    def of(cls, text: str, gazetteer: Gazetteer, published: Interval | None, context: str | None = None) -> Company:
        first, last = (published.start, published.end) if published else (None, None)
        return cls(gazetteer, text, first, last, context)

    def learn_name(self, made: Designation, sentence: Sentence) -> None:
        """Keeps a full name, so that a part of it alone is understood anywhere in the article."""
        if made.sort == "person" and made.entry is not None:
            for surname in self.gazetteer.world.people[made.entry.id].surnames:
                self._full_names.setdefault(surname, set()).add(made.entry.id)
        elif made.sort == "name" and made.name is not None and made.name[1] - made.name[0] > 1:
            name = self._written(sentence, *made.name)
            for word in (sentence[made.name[0]].text, sentence[made.name[1] - 1].text):
                if len(word) > 1 and word[0].isupper():
                    self._full_names.setdefault(word, set()).add(name)

    def figures_of(self, made: Designation, sentence: Sentence) -> tuple[Figure, ...]:
        """The figures that a designation means, new ones where there are none yet."""
        if made.sort == "person" and made.entry is not None:
            return self._known(self.gazetteer.world.people[made.entry.id], made, sentence)
        if made.is_person:
            return self._called(made, sentence)
        if made.sort == "organization" and made.entry is not None:
            return self._organization(made, made.entry, sentence)
        if made.role is not None:
            return self._in_office(made, made.role, sentence)
        return self._state(made, sentence)

    def state(self, code: str) -> Figure:
        """The figure of a country."""
        return self._figure(("country", code), self.gazetteer.country_names.get(code, code), "state", code, ())

    # ---- people ----------------------------------------------------------------------------------------------------------

    def _known(self, person: Person, made: Designation, sentence: Sentence) -> tuple[Figure, ...]:
        """Somebody of the tables. What the text says of the office counts where the tables know no day or no office."""
        office, over = self._office(person)
        country, sectors, title, inferred = None, made.sectors if made.role else (), None, None
        if office is not None:
            country, inferred = office.country, "office"
            if not sectors or not (over or self.day is None):
                sectors = FORMER if over else office.sectors
            title = None if over else office.title or None
        elif made.countries:
            country = made.countries[0]
        elif later := next((o for o in person.offices if o.of in self.gazetteer.world.countries), None):
            country, inferred = later.country, "later office"
        if made.former:
            sectors, title = FORMER, None
        title = title or self._title(made, sentence)
        figure = self._figure(("person", person.id), person.name, "person", country, sectors, title, inferred)
        figure.person, figure.office = person, office.title if office else ""
        figure.offices.update((office.title, *office.roles) if office and not over else ())
        self._note(figure, made, sentence)
        return (figure,)

    def _office(self, person: Person) -> tuple[Office | None, bool]:
        """The office on the day of publication, and whether it was over by then. Without a day, the last one known: it is not
        told whether it was over."""
        if self.day is None or self.last_day is None:
            return max(person.offices, key=lambda office: (office.end is None, office.start), default=None), False
        held = person.office_on(self.day) or person.office_on(self.last_day)
        before = None if held else person.office_before(self.day)
        return held or before, before is not None

    def _called(self, made: Designation, sentence: Sentence) -> tuple[Figure, ...]:
        """A surname, or a name that the tables do not have."""
        assert made.name is not None
        name = self._written(sentence, *made.name)
        if made.sort == "surname" or made.name[1] - made.name[0] == 1:
            if name in self.aliases:
                return (self.aliases[name],)
            surname = made.entry.name if made.entry else name
            full = self._full_names.get(surname) or self._full_names.get(name) or set[str]()
            if len(full) > 1:
                return ()
            for known in full:
                person = self.gazetteer.world.people.get(known)
                return self._known(person, made, sentence) if person else self._unknown(known, made, sentence)
            if made.sort == "surname":
                people = self._bearers(surname, made)
                if len(people) == 1:
                    return self._known(people[0], made, sentence)
                codes = {office.country for person in people for office in person.offices}
                if made.role is not None and len(codes) == 1:  # "President Bush": which one is not told
                    made.countries = made.countries or list(codes)
            titled = made.role is not None and made.role.kind == "person"
            if not titled and (not made.countries or made.owner is not None):
                return ()
        if any(c.isdigit() for c in name):
            return ()
        return self._unknown(name, made, sentence)

    def _bearers(self, surname: str, made: Designation) -> list[Person]:
        """The known people of that surname who can be meant: in office that day, those at the head of a state first."""
        people = list(self.gazetteer.world.named(surname))
        role = made.role
        if role is not None and role.office:
            people = [p for p in people if any(o.is_called(role.office) for o in p.offices)] or people
        if made.countries:
            people = [p for p in people if any(o.country in made.countries for o in p.offices)]
        if made.entry is not None and made.entry.weak and role is None and not made.countries:
            return []
        if self.day is None:
            current = [p for p in people if any(o.end is None for o in p.offices)]
            return current if len(current) == 1 else people
        day = self.day
        held = [(p, o) for p in people if (o := p.office_on(day)) is not None]
        heads = [p for p, o in held if any(r.startswith("head of") for r in o.roles)]
        if len(heads) == 1:
            return heads
        fitting = [p for p, _ in held] or [p for p in people if p.office_before(day) is not None]
        titled = role is not None and bool(role.office)  # "President Obama", whatever day the article is said to be of
        return fitting or (people if titled and len(people) == 1 else [])

    def _unknown(self, name: str, made: Designation, sentence: Sentence) -> tuple[Figure, ...]:
        country, inferred = next(iter(made.countries), None), None
        if country is None and made.role is not None and self.context:
            country, inferred = self.context, "context"
        title = self._title(made, sentence)
        figure = self._figure(("name", name), name, "person", country, made.sectors, title, inferred)
        self._note(figure, made, sentence)
        return (figure,)

    # ---- organizations, offices, states ----------------------------------------------------------------------------------

    def _organization(self, made: Designation, entry: Entry, sentence: Sentence) -> tuple[Figure, ...]:
        if entry.id:
            code = self.gazetteer.world.organizations[entry.id].code_on(self.day)
            figure = self._figure(("organization", entry.id), entry.name, entry.kind, code.country, code.sectors)
            figure.organization = entry.id
        else:
            country = next(iter(made.countries), None)
            figure = self._figure(("called", entry.name), entry.name, "organization", country, made.sectors)
        self._note(figure, made, sentence)
        if made.name is not None:  # "the bank", after the Bank of England
            figure.called.update(self._written(sentence, *made.name).lower().split())
        return (figure,)

    def _in_office(self, made: Designation, role: Entry, sentence: Sentence) -> tuple[Figure, ...]:
        countries: list[str | None] = [*dict.fromkeys(made.countries)]
        if not countries:
            countries = [self.context]
        owner = made.owner
        of = (
            ""
            if owner is None
            else owner.entry.name
            if owner.entry
            else self._written(sentence, owner.first, owner.end)
        )
        found: dict[str, Figure] = {}
        for country in countries:
            holder = self.holder(role, made, country)
            if holder is not None:
                found |= {figure.id: figure for figure in self._known(holder, made, sentence)}
                continue
            several = len(countries) > 1
            name = self._written(sentence, made.first, made.end)
            if several:
                name = f"{role.name} ({self.gazetteer.country_names.get(country or '', country)})"
            key = ("role", country, made.sectors, role.name, tuple(made.modifiers), of)
            inferred = made.inferred_from if made.countries else "context" if country else None
            figure = self._figure(key, name, made.kind, country, made.sectors, None, inferred)
            figure.plural = figure.plural or (made.plural and not several)
            self._note(figure, made, sentence)
            found[figure.id] = figure
        return tuple(found.values())

    def holder(self, role: Entry, made: Designation, country: str | None) -> Person | None:
        """Who held the office that day, where the world knows one."""
        several = made.plural and len(made.countries) < 2
        if not role.office or country is None or self.day is None or self.last_day is None or several:
            return None
        if made.former or made.owner is not None or len(made.roles) > 1 or made.modifiers:
            return None
        world = self.gazetteer.world
        first = world.holder(country, role.office, self.day)
        return first if first is not None and world.holder(country, role.office, self.last_day) is first else None

    def _state(self, made: Designation, sentence: Sentence) -> tuple[Figure, ...]:
        entry = made.entry
        if entry is None:
            return ()
        if entry.country is None:  # which of several is open
            return (self._figure(("open", entry.name), entry.name, "state", None, ()),)
        if made.sort in ("capital", "seat"):
            sectors = tuple(s for s in entry.sectors if s == "PRE") if made.located else entry.sectors
            figure = self._figure(("seat", entry.name, sectors), entry.name, entry.kind, entry.country, sectors)
        elif made.sort == "city":
            sectors = entry.sectors or (() if made.located else ("CVL",))
            figure = self._figure(("city", entry.name, sectors), entry.name, "state", entry.country, sectors)
        elif made.sort == "nationality" and made.plural and not made.thing:
            name = self._written(sentence, made.first, made.end)
            figure = self._figure(("people", entry.id, made.sectors), name, "group", entry.country, made.sectors)
            figure.plural = True
        else:
            figure = self._figure(
                ("country", entry.id or entry.country), entry.name, "state", entry.country, entry.sectors
            )
        return (figure,)

    # ---- books -----------------------------------------------------------------------------------------------------------

    def _figure(
        self, key: tuple[object, ...], name: str, kind: Kind, country: str | None, sectors: Sectors,
        title: str | None = None, inferred: str | None = None,
    ) -> Figure:  # fmt: skip
        figure = self._by_key.get(key)
        if figure is None:
            figure = Figure(f"a{len(self.figures) + 1}", name, kind, country, sectors, title, inferred)
            self._by_key[key] = self.figures[figure.id] = figure
            if kind == "person":
                self.people.append(figure)
            return figure
        if figure.country is None or (figure.inferred_from == "context" and country and not inferred):
            figure.country, figure.inferred_from = country, inferred
        figure.sectors = figure.sectors or sectors
        figure.title = figure.title or title
        return figure

    def _note(self, figure: Figure, made: Designation, sentence: Sentence) -> None:
        """Remembers by which nouns a figure was called, and what they tell of it."""
        figure.former = figure.former or made.former
        figure.named = figure.named or made.name is not None
        figure.definite = figure.definite or made.definite
        for role in made.roles:
            figure.office = figure.office or role.office
            figure.called.add(role.name)
        if figure.is_one_person and not figure.gender:
            figure.gender = self._gender(figure, made, sentence)

    def _gender(self, figure: Figure, made: Designation, sentence: Sentence) -> str:
        """ "female" or "male" by given name, title ("Mrs") or noun ("spokeswoman"); "" where nothing tells."""
        habits = self.gazetteer.habits
        given = figure.name.split()[0]
        words = {text for i in range(made.first, made.end) for text in (sentence[i].text, sentence[i].text.lower())}
        for gender, names, nouns in (("female", habits.female, habits.women), ("male", habits.male, habits.men)):
            if (given in names and made.sort != "role") or words & nouns:
                return gender
        return ""

    def _title(self, made: Designation, sentence: Sentence) -> str | None:
        return self._written(sentence, *made.title) if made.title and made.role and made.role.kind == "person" else None

    def _written(self, sentence: Sentence, first: int, end: int) -> str:
        """Words as the article writes them, on one line."""
        return " ".join(self.text[sentence[first].start : sentence[end - 1].end].split())


def ids(figures: Iterable[Figure]) -> tuple[str, ...]:
    return tuple(figure.id for figure in figures)
