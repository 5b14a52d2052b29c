"""A phrase that designates somebody, and what country and sectors it gives them.

In: the parts of a phrase, put together by nounphrases.py and joining.py. Out: country and sectors by what the nouns of
office are, by what qualifies them and by whom they belong to: "army spokesman" is military, "president of the parliament"
of the legislature, "former minister" of the elite.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from dragoman.extract.gazetteer import STATES, Entry
from dragoman.records import Kind

PEOPLE = frozenset({"person", "surname", "name"})
NAMED = PEOPLE | {"organization", "seat"}
OFFICIAL = frozenset({"GOV", "LEG", "MIL", "JUD", "SPY", "COP", "PTY"})  # former ones are elites
FORMER = ("ELI",)
UNALIGNED = "UAF"  # armed and of nobody: "fighters", but not those of somebody
ARMED = frozenset({"MIL", "REB", "PRM", "SEP", "CRM", "COP", "SPY"})
DEEPEST = 4  # "spokesman of the chief of the staff of the president"


@dataclass(slots=True)
class Designation:
    """One phrase that designates somebody. `core` are the words that stand for them, `first` to `end` the whole phrase.

    `sort` is that of the name where there is one ("person", "organization", "country" ...), else "role"; `entry` is what
    is known of it. `roles` are the nouns of office, the head last; `name` and `title` are ranges of words. `countries`
    may be several ("the foreign ministers of France and Italy").
    """

    first: int
    end: int
    core: list[int]
    sort: str
    entry: Entry | None = None
    roles: list[Entry] = field(default_factory=list[Entry])
    title: tuple[int, int] | None = None
    name: tuple[int, int] | None = None
    modifiers: list[str] = field(default_factory=list[str])
    countries: list[str] = field(default_factory=list[str])
    sectors: tuple[str, ...] = ()
    owner: Designation | None = None
    former: bool = False
    definite: bool = False
    own: int | None = None  # the word that says whose: "its troops"
    inferred_from: str | None = None  # what the country was told by, if not by the phrase
    plural: bool = False
    located: bool = False  # stands after "in": a place and nobody who acts
    thing: bool = False  # belongs to a thing: "Russian missiles"
    weak: bool = False  # nobody by itself; may point back to somebody
    consumed: bool = False  # part of another designation

    @property
    def role(self) -> Entry | None:
        return self.roles[-1] if self.roles else None

    @property
    def is_bare_place(self) -> bool:
        """A country, nationality or city, and nothing more."""
        return self.sort in STATES and not self.roles

    @property
    def is_person(self) -> bool:
        return self.sort in PEOPLE and self.name is not None

    @property
    def kind(self) -> Kind:
        if self.is_person:
            return "person"
        if self.role is None:
            return self.entry.kind if self.entry else "person"
        if self.role.kind == "person" and self.plural:
            return "group"
        return self.role.kind


def countries_of(made: Designation, depth: int = DEEPEST) -> list[str]:
    """Own countries, else those of the owner, else what the name or the noun brings along."""
    if made.countries:
        return made.countries
    if made.owner is not None and depth and (found := countries_of(made.owner, depth - 1)):
        return found
    if made.entry is not None and made.entry.country and made.sort not in PEOPLE:
        return [made.entry.country]
    if made.role is not None and made.role.country:
        return [made.role.country]
    return []


def sectors_of(made: Designation, depth: int = DEEPEST) -> tuple[str, ...]:
    """Sectors by role, by what qualifies it, and by what it belongs to; former officials are elites."""
    role = made.role
    unknown = made.entry is not None and made.sort == "organization" and not made.entry.id and not made.entry.sectors
    if role is None and unknown and made.owner is not None and depth:
        return sectors_of(made.owner, depth - 1)
    if role is None:
        return made.entry.sectors if made.entry and made.sort != "nationality" else tuple(dict.fromkeys(made.modifiers))
    qualifying = [s for entry in made.roles[:-1] if not entry.belonging for s in entry.sectors] + made.modifiers
    owned: tuple[str, ...] = ()
    if made.owner is not None and depth and not made.owner.is_bare_place:
        owned = made.owner.sectors or sectors_of(made.owner, depth - 1)
    if role.presides and owned and made.owner is not None and made.owner.kind != "person":
        found = list(owned)
    elif role.belonging:
        found = qualifying or list(owned) or [s for entry in reversed(made.roles) for s in entry.sectors]
    elif UNALIGNED in role.sectors and ARMED.intersection(owned):
        found = list(owned)
    else:
        found = [*role.sectors, *qualifying]
    if made.former and OFFICIAL.intersection(found):
        return FORMER
    return tuple(dict.fromkeys(found))
