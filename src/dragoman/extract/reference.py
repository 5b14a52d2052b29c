"""Who is the same: designations of one article become actors, each with all its mentions.

In: designations in order, the world, the day of publication. Out: for each designation the ids of the actors it means.
Known people are found by full name, and by surname alone where the article or the day leaves one person; an office held
by one person that day is that person. Whoever cannot be told apart stays unlinked: a wrong link is worse than none.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from dragoman.extract.designations import Designation
from dragoman.extract.gazetteer import Entry, Gazetteer
from dragoman.parse.words import Sentence
from dragoman.records import Actor, Interval, Kind, Span
from dragoman.world import Office, Person

FORMER = ("ELI",)


@dataclass(slots=True)
class Figure:
    """An actor in the making. `roles` are the dictionary forms of the nouns it was called by."""

    id: str
    name: str
    kind: Kind
    country: str | None
    sectors: tuple[str, ...]
    title: str | None = None
    inferred_from: str | None = None
    person: Person | None = None
    office: str = ""
    plural: bool = False
    state: str | None = None
    roles: set[str] = field(default_factory=set[str])
    mentions: list[Span] = field(default_factory=list[Span])

    @property
    def is_one_person(self) -> bool:
        return self.kind == "person" and not self.plural

    def actor(self) -> Actor:
        return Actor(
            self.id, self.name, self.kind, tuple(sorted(set(self.mentions))), self.country, self.sectors, self.title,
            self.inferred_from,
        )  # fmt: skip


@dataclass
class Company:
    """The figures of one article, and how they are called."""

    gazetteer: Gazetteer
    day: datetime.date | None
    last_day: datetime.date | None
    context: str | None = None  # the country that an undated, unplaced phrase is about
    figures: list[Figure] = field(default_factory=list[Figure])
    by_key: dict[tuple[object, ...], Figure] = field(default_factory=dict[tuple[object, ...], Figure])
    by_id: dict[str, Figure] = field(default_factory=dict[str, Figure])
    aliases: dict[str, Figure] = field(default_factory=dict[str, Figure])  # acronym -> what it was said to stand for
    full_names: dict[str, set[str]] = field(default_factory=dict[str, set[str]])  # word of a name -> full names

    @classmethod
    def at(cls, gazetteer: Gazetteer, published: Interval | None, context: str | None = None) -> Company:
        return cls(gazetteer, published.start if published else None, published.end if published else None, context)

    # ---- names ---------------------------------------------------------------------------------------------------------

    def learn_name(self, made: Designation, words: Sequence[str]) -> None:
        """Keeps a full name, so that a part of it alone is understood anywhere in the article."""
        if made.sort == "person" and made.entry is not None:
            for surname in self.gazetteer.world.people[made.entry.id].surnames:
                self.full_names.setdefault(surname, set()).add(made.entry.id)
        elif made.sort == "name" and len(words) > 1:
            for word in (words[0], words[-1]):
                if len(word) > 1 and word[0].isupper():
                    self.full_names.setdefault(word, set()).add(" ".join(words))

    def figures_of(self, made: Designation, text: str, sentence: Sentence) -> tuple[Figure, ...]:
        """The figures that a designation means, new ones where there are none yet. `text` is the article's."""
        words = [sentence[i].text for i in range(*made.name)] if made.name else []
        if made.sort == "person" and made.entry is not None:
            return self._known(self.gazetteer.world.people[made.entry.id], made, sentence)
        if made.sort in ("surname", "name"):
            return self._called(made, words, sentence)
        if made.sort == "organization":
            return self._organization(made)
        if made.role is not None:
            return self._in_office(made, text, sentence)
        return self._state(made, sentence, text)

    def _known(self, person: Person, made: Designation, sentence: Sentence) -> tuple[Figure, ...]:
        office, former = self._office(person)
        country, sectors = (office.country, office.sectors) if office else (None, ())
        title = office.title if office and not former else None
        inferred = "office" if office else None
        if former:
            sectors = FORMER
        stated = made.sectors if made.role is not None else ()
        if made.former:
            sectors, title = FORMER, None
        elif stated and (office is None or former or self.day is None):
            sectors, inferred = stated, None
        if office is None and made.countries:
            country = made.countries[0]
        sectors = sectors or stated
        key = ("person", person.id)
        figure = self._figure(key, person.name, "person", country, sectors, title or self._title(made, sentence), inferred)
        figure.person, figure.office = person, office.title if office else ""
        self._note(figure, made)
        return (figure,)

    def _office(self, person: Person) -> tuple[Office | None, bool]:
        """The office on the day of publication, and whether it was over by then. Without a day, the last one known."""
        if self.day is None or self.last_day is None:
            last = max(person.offices, key=lambda office: (office.end is None, office.start), default=None)
            return last, bool(last and last.end is not None)
        office = person.office_on(self.day)
        if office is not None:
            return office, False
        office = person.office_on(self.last_day)
        if office is not None:
            return office, False
        office = person.office_before(self.day)
        if office is not None:
            return office, True
        return None, False

    def _called(self, made: Designation, words: Sequence[str], sentence: Sentence) -> tuple[Figure, ...]:
        """A surname, or a name that is not known."""
        alone = words[-1] if words else ""
        if len(words) == 1 and alone in self.aliases:
            return (self.aliases[alone],)
        if len(words) == 1 or made.sort == "surname":
            surname = made.entry.name if made.entry else alone
            names = self.full_names.get(surname) or self.full_names.get(alone) or set[str]()
            if len(names) == 1:
                return self._by_full_name(next(iter(names)), made, sentence)
            if names:
                return ()
            if made.sort == "surname":
                person = self._by_surname(surname, made)
                if person is not None:
                    return self._known(person, made, sentence)
            if made.role is None and not made.countries and not (made.sort == "surname" and len(words) > 1):
                return ()
        return (self._unknown(" ".join(words), made, sentence),)

    def _by_full_name(self, name: str, made: Designation, sentence: Sentence) -> tuple[Figure, ...]:
        person = self.gazetteer.world.people.get(name)
        if person is not None:
            return self._known(person, made, sentence)
        return (self._unknown(name, made, sentence),)

    def _by_surname(self, surname: str, made: Designation) -> Person | None:
        """The one person of that surname who can be meant: in office that day, first of all at the head of a state."""
        people = list(self.gazetteer.world.named(surname))
        if made.role is not None and made.role.office:
            titled = [p for p in people if any(o.is_called(made.role.office) or made.role.name == o.title for o in p.offices)]
            people = titled or people
        if made.countries:
            people = [p for p in people if any(o.country in made.countries for o in p.offices)] or people
        if made.entry is not None and made.entry.weak and made.role is None and not made.countries:
            return None
        if self.day is not None:
            day = self.day
            held = [(p, o) for p in people if (o := p.office_on(day)) is not None]
            heads = [p for p, o in held if any(role.startswith("head of") for role in o.roles)]
            for group in (heads, [p for p, _ in held]):
                if len(group) == 1:
                    return group[0]
            if held:
                return None
            people = [p for p in people if p.office_before(day) is not None]
        else:
            current = [p for p in people if any(o.end is None for o in p.offices)]
            people = current if len(current) == 1 else people
        return people[0] if len(people) == 1 else None

    def _unknown(self, name: str, made: Designation, sentence: Sentence) -> Figure:
        country = made.countries[0] if made.countries else None
        inferred = None
        if country is None and made.role is not None and self.context:
            country, inferred = self.context, "context"
        figure = self._figure(("name", name), name, "person", country, made.sectors, self._title(made, sentence), inferred)
        self._note(figure, made)
        return figure

    # ---- organizations, offices, states --------------------------------------------------------------------------------

    def _organization(self, made: Designation) -> tuple[Figure, ...]:
        entry = made.entry
        assert entry is not None
        if not entry.id:
            country = made.countries[0] if made.countries else None
            figure = self._figure(("called", entry.name), entry.name, "organization", country, made.sectors)
            self._note(figure, made)
            return (figure,)
        organization = self.gazetteer.world.organizations[entry.id]
        code = organization.code_on(self.day)
        figure = self._figure(("organization", entry.id), entry.name, entry.kind, code.country, code.sectors)
        self._note(figure, made)
        return (figure,)

    def _in_office(self, made: Designation, text: str, sentence: Sentence) -> tuple[Figure, ...]:
        role = made.role
        assert role is not None
        name = phrase_of(made, sentence, text)
        countries = list(dict.fromkeys(made.countries))
        if not countries and self.context:
            countries = [self.context]
        if not countries:
            same = self._mentioned_before(made)
            if same is not None:
                self._note(same, made)
                return (same,)
        found: list[Figure] = []
        for country in countries or [None]:
            holder = self._holder(role, made, country)
            if holder is not None:
                found.extend(self._known(holder, made, sentence))
                continue
            several = len(countries) > 1
            sectors = made.sectors
            key = ("role", country, sectors, role.name, tuple(made.modifiers), self._owner_name(made, sentence))
            kind = made.kind
            shown = f"{role.name} ({self.gazetteer.country_names.get(country or '', country)})" if several else name
            inferred = "context" if self.context and not made.countries else None
            figure = self._figure(key, shown, kind, country, sectors, None, inferred)
            figure.plural = figure.plural or (made.plural and not several)
            self._note(figure, made)
            found.append(figure)
        return _distinct(found)

    def _owner_name(self, made: Designation, sentence: Sentence) -> str:
        owner = made.owner
        if owner is None:
            return ""
        return owner.entry.name if owner.entry is not None else " ".join(sentence[i].text for i in sorted(owner.core))

    def _mentioned_before(self, made: Designation) -> Figure | None:
        """ "the president" again: the one figure so far that was called so."""
        role = made.role
        if role is None or made.plural or not made.definite or made.owner is not None or made.former:
            return None
        fitting = [f for f in self.figures if role.name in f.roles and not f.plural]
        return fitting[0] if len(fitting) == 1 else None

    def _holder(self, role: Entry, made: Designation, country: str | None) -> Person | None:
        """Who held the office that day, where the world knows one."""
        if not role.office or country is None or self.day is None or self.last_day is None:
            return None
        if made.former or made.plural and len(made.countries) < 2 or len(made.roles) > 1 or made.modifiers:
            return None
        if made.owner is not None:
            return None
        world = self.gazetteer.world
        first = world.holder(country, role.office, self.day)
        return first if first is not None and world.holder(country, role.office, self.last_day) is first else None

    def _state(self, made: Designation, sentence: Sentence, text: str) -> tuple[Figure, ...]:
        entry = made.entry
        if entry is None or entry.country is None:
            return ()
        acts = made.sort in ("capital", "seat") and not made.located
        if made.sort in ("capital", "seat"):
            sectors = entry.sectors if acts else tuple(s for s in entry.sectors if s == "PRE")
            figure = self._figure(("seat", entry.name, sectors), entry.name, entry.kind, entry.country, sectors)
        elif made.sort == "city":
            sectors = entry.sectors or (() if made.located else ("CVL",))
            figure = self._figure(("city", entry.name), entry.name, "state", entry.country, sectors)
        elif made.sort == "nationality" and made.plural and not made.thing:
            figure = self._figure(("people", entry.id), phrase_of(made, sentence, text), "group", entry.country, made.sectors)
            figure.plural = True
        else:
            figure = self._figure(("country", entry.id or entry.country), entry.name, "state", entry.country, entry.sectors)
        figure.state = entry.country
        self._note(figure, made)
        return (figure,)

    def state(self, code: str) -> Figure:
        """The figure of a country."""
        name = self.gazetteer.country_names.get(code, code)
        figure = self._figure(("country", code), name, "state", code, ())
        figure.state = code
        return figure

    # ---- books ---------------------------------------------------------------------------------------------------------

    def _figure(
        self, key: tuple[object, ...], name: str, kind: Kind, country: str | None, sectors: tuple[str, ...],
        title: str | None = None, inferred: str | None = None,
    ) -> Figure:  # fmt: skip
        known = self.by_key.get(key)
        if known is None:
            known = Figure(f"a{len(self.figures) + 1}", name, kind, country, sectors, title, inferred)
            self.by_key[key] = known
            self.figures.append(known)
            self.by_id[known.id] = known
            return known
        if known.country is None or (known.inferred_from == "context" and country and not inferred):
            known.country, known.inferred_from = country, inferred
        if not known.sectors:
            known.sectors = sectors
        known.title = known.title or title
        return known

    def _note(self, figure: Figure, made: Designation) -> None:
        figure.roles.update(role.name for role in made.roles)
        for role in made.roles:
            figure.office = figure.office or role.office
        figure.state = figure.state or figure.country

    def _title(self, made: Designation, sentence: Sentence) -> str | None:
        if made.role is None or made.role_words is None:
            return None
        return " ".join(sentence[i].text for i in range(*made.role_words)).replace("' ", "'")


def _distinct(figures: Iterable[Figure]) -> tuple[Figure, ...]:
    return tuple({figure.id: figure for figure in figures}.values())


def phrase_of(made: Designation, sentence: Sentence, text: str) -> str:
    """The phrase as written, on one line."""
    return " ".join(text[sentence[made.first].start : sentence[made.end - 1].end].split())

