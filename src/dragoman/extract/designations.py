"""Noun phrases that tell who somebody is: nationality, office, name and apposition put together.

In: the pieces of a sentence. Out: `Designation`s with countries, sectors, role and name, in order: "Beijing's foreign
ministry spokesman Wang Wenbin" is one, of China, in government, with a name. Read from the order of pieces and not from
the tree, so that a wrong attachment does not change who somebody is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from dragoman.extract.gazetteer import STATES, Entry, Gazetteer, Habits
from dragoman.extract.pieces import Piece
from dragoman.parse.words import Sentence
from dragoman.records import Kind

NOMINAL = frozenset({
    "country", "nationality", "capital", "city", "seat", "person", "surname", "organization", "role", "modifier", "two people",
    "two states", "title", "name", "word", "number", "article", "own", "former",
})  # fmt: skip
NAMED = frozenset({"person", "surname", "organization", "seat", "name"})
PASSED_OVER = frozenset({"word", "number", "article", "own", "modifier", "name", "title"})
OFFICIAL = frozenset({"GOV", "LEG", "MIL", "JUD", "SPY", "COP", "PTY"})
FORMER = ("ELI",)
AT_MOST_COUNTRIES = 6
AT_MOST_LINKS = 3


@dataclass(slots=True)
class Designation:
    """One phrase that designates somebody. `core` are the words that stand for them, `first` to `end` the whole phrase.

    `name` are the words of a proper name, `entry` what is known of it; `roles` the nouns of office, the head last.
    `countries` may be several ("the foreign ministers of France and Italy").
    """

    first: int
    end: int
    core: list[int]
    sort: str
    entry: Entry | None = None
    roles: list[Entry] = field(default_factory=list[Entry])
    role_words: tuple[int, int] | None = None
    name: tuple[int, int] | None = None
    modifiers: list[str] = field(default_factory=list[str])
    countries: list[str] = field(default_factory=list[str])
    sectors: tuple[str, ...] = ()
    former: bool = False
    definite: bool = False
    own: bool = False
    plural: bool = False
    located: bool = False  # stands after "in", "at": a place and nobody who acts
    thing: bool = False  # belongs to a thing that follows: "Russian missiles"
    owner: Designation | None = None
    consumed: bool = False

    @property
    def role(self) -> Entry | None:
        return self.roles[-1] if self.roles else None

    @property
    def kind(self) -> Kind:
        if self.name and self.sort in ("person", "surname", "name"):
            return "person"
        if self.role is not None:
            if self.role.kind == "organization" and not self.role.belonging:
                return "organization"
            return "group" if self.plural else "person"
        return self.entry.kind if self.entry else "person"


def designations_of(sentence: Sentence, pieces: Sequence[Piece], gazetteer: Gazetteer) -> list[Designation]:
    """The designations of a sentence, in order."""
    reader = _Reader(sentence, pieces, gazetteer.habits)
    reader.read()
    return [d for d in reader.found if not d.consumed]


@dataclass
class _Reader:
    sentence: Sentence
    pieces: Sequence[Piece]
    habits: Habits
    found: list[Designation] = field(default_factory=list[Designation])
    ends: dict[int, int] = field(default_factory=dict[int, int])  # id of a designation -> number of the piece after it
    starts: dict[int, int] = field(default_factory=dict[int, int])  # id -> number of its first piece
    at_start: dict[int, Designation] = field(default_factory=dict[int, Designation])

    def read(self) -> None:
        i = 0
        while i < len(self.pieces):
            if self.pieces[i].sort in NOMINAL:
                end = self._run_end(i)
                self._read_run(i, end)
                i = end
            else:
                i += 1
        for designation in reversed(self.found):
            self._locate(designation)
            self._complement(designation)
        for designation in self.found:
            self._quantity(designation)
        self._appositions()
        for designation in self.found:
            self._settle(designation)

    def _run_end(self, start: int) -> int:
        """The end of a noun phrase without complements. Coordinated nationalities stay together."""
        i = start + 1
        while i < len(self.pieces):
            piece = self.pieces[i]
            if piece.sort in ("article", "own") and i > start:
                break
            if piece.sort in NOMINAL or piece.sort == "possessive":
                if piece.sort == "possessive" and i + 1 < len(self.pieces) and self.pieces[i + 1].sort == "article":
                    break
                i += 1
                continue
            if (
                piece.sort in ("and", "comma")
                and self.pieces[i - 1].sort == "nationality"
                and i + 1 < len(self.pieces)
                and self.pieces[i + 1].sort == "nationality"
            ):
                i += 2
                continue
            break
        return i

    # ---- one run -------------------------------------------------------------------------------------------------------

    def _read_run(self, start: int, end: int) -> None:
        """Splits a run at possessives; what owns comes before what is owned."""
        owner: Designation | None = None
        begin = start
        for i in range(start, end + 1):
            if i == end or self.pieces[i].sort == "possessive":
                if begin < i:
                    owner = self._read_segment(begin, i, owner, owned=i < end)
                begin = i + 1

    def _read_segment(self, start: int, end: int, owner: Designation | None, *, owned: bool) -> Designation | None:
        """One noun phrase without "'s". Returns the designation that heads it."""
        stop = end
        while stop > start and self.pieces[stop - 1].sort in ("word", "number", "modifier", "article", "own", "former", "title"):
            stop -= 1
        if stop == start:
            return self._bare_modifier(start, end)
        thing = any(self.sentence[self.pieces[i].first].pos in ("NOUN", "PROPN") for i in range(stop, end) if self.pieces[i].sort != "modifier")
        if self.habits.adjectives_after:
            return self._noun_first(start, stop, end, owner)
        return self._noun_last(start, stop, owner, thing=thing)

    def _bare_modifier(self, start: int, end: int) -> Designation | None:
        """ "a military offensive" designates nobody."""
        return None

    def _noun_last(self, start: int, stop: int, owner: Designation | None, *, thing: bool) -> Designation | None:
        """Languages where what describes comes first: "Chinese foreign minister Wang Yi"."""
        last = stop - 1
        made = self._titled(start, last, owner)
        if made is None:
            return None
        made.thing = thing
        self._keep(made, start, stop)
        return made

    def _titled(self, start: int, last: int, owner: Designation | None) -> Designation | None:
        """The designation whose last piece is at `last`; what stands before it is evidence or a party of its own."""
        pieces = self.pieces
        head = pieces[last]
        before = last - 1
        made = self._of_piece(head)
        if head.sort in NAMED:
            while before >= start and pieces[before].sort == "title":
                made.core.extend(range(pieces[before].first, pieces[before].end))
                made.first = pieces[before].first
                before -= 1
            role_end = before
            while before >= start and pieces[before].sort == "role":
                self._take_role(made, pieces[before], name_follows=True)
                before -= 1
            if role_end != before:
                made.roles.reverse()
                made.role_words = (pieces[before + 1].first, pieces[role_end].end)
        elif head.sort == "role":
            while before >= start and pieces[before].sort == "role":
                made.roles.insert(0, self._entry(pieces[before]))
                made.role_words = (pieces[before].first, head.end)
                before -= 1
        self._evidence(made, start, before, owner)
        return made

    def _evidence(self, made: Designation, start: int, before: int, owner: Designation | None) -> None:
        """What stands before the head in the same phrase."""
        taken = made.roles or made.sort in ("name", "person", "surname", "organization")
        nationality_used = False
        for i in range(before, start - 1, -1):
            piece = self.pieces[i]
            made.first = min(made.first, piece.first) if piece.sort != "article" else made.first
            if piece.sort in ("article",):
                made.definite = True
            elif piece.sort == "own":
                made.own = made.definite = True
            elif piece.sort == "former":
                made.former = True
            elif piece.sort == "modifier":
                made.modifiers.extend(self._entry(piece).sectors)
            elif piece.sort == "role":
                made.modifiers.extend(self._entry(piece).sectors)
                if made.role is None and made.sort in ("name", "organization", "person"):
                    self._take_role(made, piece, name_follows=True)
            elif piece.sort in STATES and taken and (piece.sort != "city" or not self._entry(piece).weak or made.roles):
                made.countries.insert(0, self._country(piece))
                nationality_used = True
            elif piece.sort in (*STATES, *NAMED) and not (piece.sort == "name"):
                other = self._titled(start, i, None)
                if other is not None:
                    other.thing = True
                    self._keep(other, start, i + 1)
                    if taken and not nationality_used:
                        made.owner = made.owner or other
                        made.former = made.former or (other.former and not other.roles)
                        made.definite = made.definite or other.definite
                    made.first = max(made.first, piece.end)
                break
        if owner is not None:
            self._owned(made, owner)

    def _owned(self, made: Designation, owner: Designation) -> None:
        """ "China's foreign minister": the owner is evidence, and a party of its own unless it is just a country."""
        if made.roles or made.sort in ("name", "organization", "surname"):
            if owner.sort in STATES and not owner.roles:
                made.countries = made.countries or list(owner.countries)
                owner.consumed = True
                made.first = min(made.first, owner.first)
                self.at_start[self.starts[id(owner)]] = made
            else:
                made.owner = owner
            made.definite = True

    def _noun_first(self, start: int, stop: int, end: int, owner: Designation | None) -> Designation | None:
        """Languages where what describes comes after: "il ministro degli Esteri cinese Wang Yi"."""
        i = start
        made: Designation | None = None
        pending: list[Piece] = []
        last: Designation | None = None
        while i < end:
            piece = self.pieces[i]
            if piece.sort == "role" and (made is None or made.name is not None or self._entry(piece).sort != "role"):
                made = last = self._begin(piece, pending, start)
                self._keep(made, i, i + 1)
            elif piece.sort == "role" and made is not None:
                if made.roles and made.role is not None and (made.role.belonging or made.role.weak or self._entry(piece).kind == "person"):
                    self._take_role(made, piece, name_follows=False)
                    self._stretch(made, piece, i)
                else:
                    made = last = self._begin(piece, [], start)
                    self._keep(made, i, i + 1)
            elif piece.sort in STATES and made is not None and piece.sort == "nationality" and made.name is None:
                made.countries.append(self._country(piece))
                self._stretch(made, piece, i)
            elif piece.sort in NAMED and made is not None and made.name is None and made.sort == "role":
                self._name(made, piece)
                self._stretch(made, piece, i)
            elif piece.sort in STATES or piece.sort in NAMED or piece.sort in ("two people", "two states"):
                other = self._of_piece(piece)
                nations = [p for p in pending if p.sort == "nationality"]
                if piece.sort in NAMED and nations:
                    other.countries = [self._country(p) for p in nations]
                    other.first = nations[0].first
                    for d in self.found[-len(nations) :]:
                        d.consumed = d.sort == "nationality"
                other.thing = bool(made) or any(p.sort == "word" for p in pending)
                other.definite = any(p.sort == "article" for p in pending)
                self._keep(other, i, i + 1)
                last = other
                if piece.sort in NAMED:
                    made = other
            elif piece.sort == "modifier" and made is not None:
                made.modifiers.extend(self._entry(piece).sectors)
                self._stretch(made, piece, i)
            elif piece.sort == "former" and made is not None and made.name is None:
                made.former = True
            elif piece.sort == "word" and made is not None and self.sentence[piece.first].pos == "ADJ" and made.name is None:
                self._stretch(made, piece, i)
            elif piece.sort in ("and", "comma"):
                pass
            elif piece.sort == "word" and made is not None:
                made = None
            pending.append(piece)
            i += 1
        if owner is not None and last is not None:
            self._owned(last, owner)
        return last

    def _begin(self, piece: Piece, pending: Sequence[Piece], start: int) -> Designation:
        made = self._of_piece(piece)
        for before in pending:
            if before.sort == "former":
                made.former = True
            elif before.sort == "article":
                made.definite = True
            elif before.sort == "own":
                made.own = made.definite = True
            elif before.sort == "modifier":
                made.modifiers.extend(self._entry(before).sectors)
            if before.sort in ("former", "modifier", "word", "number"):
                made.first = min(made.first, before.first)
        return made

    # ---- parts ---------------------------------------------------------------------------------------------------------

    def _entry(self, piece: Piece) -> Entry:
        assert piece.entry is not None
        return piece.entry

    def _country(self, piece: Piece) -> str:
        return self._entry(piece).country or ""

    def _of_piece(self, piece: Piece) -> Designation:
        made = Designation(piece.first, piece.end, list(range(piece.first, piece.end)), piece.sort, piece.entry)
        if piece.sort == "role":
            made.roles = [self._entry(piece)]
            made.role_words = (piece.first, piece.end)
            made.plural = self._is_plural(piece)
        elif piece.sort in NAMED:
            made.name = (piece.first, piece.end)
        elif piece.sort in STATES:
            made.countries = [self._country(piece)]
            made.plural = self._is_plural(piece)
        else:
            made.plural = bool(piece.entry and piece.entry.plural)
        return made

    def _is_plural(self, piece: Piece) -> bool:
        feats = [self.sentence[i] for i in range(piece.first, piece.end)]
        head = feats[0] if self.habits.adjectives_after else feats[-1]
        if head.has("Number=Sing"):
            return self._entry(piece).plural and not self.habits.adjectives_after
        return head.has("Number=Plur") or self._entry(piece).plural

    def _take_role(self, made: Designation, piece: Piece, *, name_follows: bool) -> None:
        made.roles.append(self._entry(piece))
        made.core.extend(range(piece.first, piece.end))
        made.core.sort()
        made.first = min(made.first, piece.first)
        if made.role_words is None:
            made.role_words = (piece.first, piece.end)

    def _name(self, made: Designation, piece: Piece) -> None:
        """A noun of office is followed by its holder's name."""
        made.name = (piece.first, piece.end)
        made.sort = piece.sort
        made.entry = piece.entry
        made.core.extend(range(piece.first, piece.end))
        made.end = max(made.end, piece.end)

    def _stretch(self, made: Designation, piece: Piece, number: int) -> None:
        made.first = min(made.first, piece.first)
        made.end = max(made.end, piece.end)
        self.ends[id(made)] = number + 1

    def _keep(self, made: Designation, start: int, stop: int) -> None:
        self.found.append(made)
        self.starts[id(made)] = start
        self.ends[id(made)] = stop
        self.at_start[start] = made

    # ---- complements and appositions -----------------------------------------------------------------------------------

    def _next(self, number: int) -> Designation | None:
        """The designation that begins at a piece, or after the words before its head."""
        for i in range(number, min(number + 6, len(self.pieces))):
            if i in self.at_start and not self.at_start[i].consumed:
                return self.at_start[i]
            if self.pieces[i].sort not in ("article", "own", "word", "number", "former", "modifier", "title", "nationality", "role", "country"):
                return None
        return None

    def _locate(self, made: Designation) -> None:
        """ "in Geneva": a place, and nobody who acts."""
        number = self.starts[id(made)] - 1
        while number >= 0 and self.pieces[number].sort in ("article", "word", "number"):
            number -= 1
        made.located = made.sort in STATES and not made.roles and number >= 0 and self.pieces[number].sort == "in"

    def _complement(self, made: Designation) -> None:
        """ "president of Chile", "spokesman for the ministry", "police in Nairobi": what comes next tells whose."""
        role = made.role
        number = self.ends[id(made)]
        for _ in range(AT_MOST_LINKS):
            if number >= len(self.pieces) or self.pieces[number].sort not in ("of", "by", "in"):
                return
            link = self.pieces[number]
            if role is None or (made.name is not None and made.name[0] > (made.role_words or (0, 0))[0]):
                return
            if link.sort == "by" and not role.belonging:
                return
            other = self._next(number + 1)
            if other is None:  # "professor of history at the university": what is no party is passed over
                number += 1
                while number < len(self.pieces) and self.pieces[number].sort in PASSED_OVER:
                    number += 1
                continue
            if other.thing:
                return
            if other.sort == "name" and not other.countries and not other.roles and link.sort == "of":
                number = self.ends[id(other)]  # "University of Saint Ives in Wales"
                continue
            self._join(made, other, link)
            number = max(self.ends[id(made)], self.ends[id(other)])
            if made.name is not None or (made.countries and made.owner):
                return

    def _join(self, made: Designation, other: Designation, link: Piece) -> None:
        bare = other.sort in STATES and not other.roles and not other.thing
        if bare:
            if made.countries or (made.owner is not None and link.sort == "in"):
                return
            places = [other, *self._coordinated(other)]
            made.countries = [country for place in places for country in place.countries]
            for place in places:
                place.consumed = True
            made.end = max(made.end, places[-1].end)
            self.ends[id(made)] = self.ends[id(places[-1])]
            self._following_name(made)
            return
        if link.sort == "in":
            if not made.countries and other.countries:
                made.countries = list(other.countries)
            return
        if other.sort in ("person", "name", "surname") and not other.roles and self.pieces[self.starts[id(other)]].sort in ("country", "capital"):
            made.countries = made.countries or list(other.countries)
            self._name(made, Piece(other.sort, *other.name, other.entry))
            other.consumed = True
            self.ends[id(made)] = self.ends[id(other)]
            return
        quantity = made.role is not None and made.role.name in self.habits.quantities and other.plural and made.role.belonging
        if quantity:
            other.core.extend(made.core)
            other.first = min(other.first, made.first)
            made.consumed = True
            return
        if made.owner is None:
            made.owner = other
        if not made.countries and other.sort in STATES:
            made.countries = list(other.countries)
        made.end = max(made.end, other.end)
        self.ends[id(made)] = self.ends[id(other)]
        if other.roles and not other.name and not other.plural:
            self._following_name(made)

    def _following_name(self, made: Designation) -> None:
        """ "president of Russia Vladimir Putin": the name belongs to the office."""
        number = self.ends[id(made)]
        following = self.at_start.get(number)
        if following is None or following.roles or following.consumed or made.plural:
            return
        if following.sort in ("person", "surname", "name"):
            self._name(made, Piece(following.sort, following.name[0], following.name[1], following.entry))  # type: ignore[index,arg-type]
            following.consumed = True
            self.ends[id(made)] = self.ends[id(following)]

    def _coordinated(self, other: Designation) -> list[Designation]:
        """ "of France, Germany and Italy": the other countries of a list that ends with "and"."""
        places: list[Designation] = []
        number = self.ends[id(other)]
        closed = False
        while number < len(self.pieces) and len(places) < AT_MOST_COUNTRIES and not closed:
            if self.pieces[number].sort not in ("and", "comma"):
                break
            closed = self.pieces[number].sort == "and"
            number += 1
            while number < len(self.pieces) and self.pieces[number].sort in ("of", "article"):
                number += 1
            place = self.at_start.get(number)
            if place is None or place.sort not in STATES or place.roles or place.thing or place.consumed:
                return []
            places.append(place)
            number = self.ends[id(place)]
        return places if closed else []

    def _quantity(self, made: Designation) -> None:
        """ "dozens of protesters", "one of the soldiers": the counted are meant."""
        number = self.starts[id(made)] - 1
        while number >= 0 and self.pieces[number].sort in ("article", "number"):
            number -= 1
        if number < 1 or self.pieces[number].sort != "of" or not (made.roles or made.sort == "nationality"):
            return
        counted = self.pieces[number - 1]
        if counted.sort in ("word", "number") and self.sentence[counted.first].text.lower() in self.habits.quantities:
            made.core.append(counted.first)
            made.first = min(made.first, counted.first)

    def _appositions(self) -> None:
        """ "Wang Yi, China's foreign minister," and "China's foreign minister, Wang Yi,"."""
        for made in self.found:
            number = self.ends[id(made)]
            if made.consumed or number >= len(self.pieces) or self.pieces[number].sort not in ("comma", "open"):
                continue
            other = self._next(number + 1)
            if other is None or other.consumed or other is made:
                continue
            after = self.ends[id(other)]
            if after < len(self.pieces) and not self._closes(after):
                continue
            if after == len(self.pieces) and self.sentence[self.pieces[-1].first].pos != "PUNCT" and self.pieces[number].sort == "open":
                continue
            if self._is_person(made) and other.role is not None and other.name is None and not other.plural:
                if other.role.kind == "person" and (not made.roles or not made.countries):
                    self._merge(made, other, self.ends[id(other)])
            elif made.role is not None and made.name is None and not made.plural and self._is_person(other) and not other.roles:
                if made.role.kind == "person":
                    self._merge(made, other, self.ends[id(other)])
                    made.sort, made.entry, made.name = other.sort, other.entry, other.name

    def _closes(self, number: int) -> bool:
        piece = self.pieces[number]
        return piece.sort in ("comma", "close") or self.sentence[piece.first].text in ".;:!?-"

    def _is_person(self, made: Designation) -> bool:
        return made.sort in ("person", "surname", "name") and made.name is not None and made.sort != "surname"

    def _merge(self, made: Designation, other: Designation, end: int) -> None:
        made.roles = made.roles or other.roles
        made.role_words = made.role_words or other.role_words
        made.countries = made.countries or other.countries
        made.owner = made.owner or other.owner
        made.modifiers.extend(other.modifiers)
        made.former = made.former or other.former
        made.core.extend(other.core)
        made.end = max(made.end, other.end)
        other.consumed = True
        self.ends[id(made)] = end

    # ---- sectors -------------------------------------------------------------------------------------------------------

    def _settle(self, made: Designation) -> None:
        """Sectors and missing countries, once everything is joined. Owners come before what they own, or are settled here."""
        made.sectors = sectors_of(made, self.habits)
        if not made.countries:
            made.countries = countries_of(made)


def countries_of(made: Designation, depth: int = 4) -> list[str]:
    """Own countries, else those of the owner, else what the name or the noun brings along."""
    if made.countries:
        return made.countries
    if made.owner is not None and depth:
        found = countries_of(made.owner, depth - 1)
        if found:
            return found
    if made.entry is not None and made.entry.country and made.sort not in ("person", "surname"):
        return [made.entry.country]
    if made.role is not None and made.role.country:
        return [made.role.country]
    return []


def sectors_of(made: Designation, habits: Habits, depth: int = 4) -> tuple[str, ...]:
    """Sectors by role, by what qualifies it, and by what it belongs to; former officials are elites."""
    role = made.role
    if role is not None and role.presides and made.owner is not None and depth:
        presided = () if made.owner.sort in STATES and not made.owner.roles else sectors_of(made.owner, habits, depth - 1)
        if presided and made.owner.kind != "person":
            return FORMER if made.former else presided
    if role is None:
        return made.entry.sectors if made.entry and made.sort != "nationality" else tuple(made.modifiers)
    qualifying = [sector for entry in made.roles[:-1] for sector in entry.sectors if not entry.belonging] + made.modifiers
    found: list[str] = []
    if role.belonging:
        found = list(qualifying)
        if not found and made.owner is not None and depth:
            bare = made.owner.sort in STATES and not made.owner.roles
            found = [] if bare else list(made.owner.sectors or sectors_of(made.owner, habits, depth - 1))
        found = found or [sector for entry in reversed(made.roles) for sector in entry.sectors]
    else:
        found = [*role.sectors, *qualifying]
    former = made.former and OFFICIAL & set(found)
    return FORMER if former else tuple(dict.fromkeys(found))
