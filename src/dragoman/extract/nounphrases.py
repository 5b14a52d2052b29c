"""Noun phrases read for who they designate: nationality, office and name, in the order that the language has them.

In: the pieces of a sentence. Out: `Phrases`, the designations with the numbers of the pieces they begin and end at.
"Chinese foreign minister Wang Yi", "il ministro degli Esteri cinese Wang Yi". The order of pieces is read and not the
tree, so that a wrong attachment does not change who somebody is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from dragoman.extract.designations import NAMED, PEOPLE, Designation
from dragoman.extract.gazetteer import STATES, Entry, Habits
from dragoman.extract.pieces import Piece
from dragoman.parse.words import Sentence

DESCRIBING = frozenset({"word", "number", "modifier", "article", "own", "former", "title"})
POINTING = frozenset({"two people", "two states", "both", "latter"})
NOMINAL = DESCRIBING | STATES | NAMED | POINTING | {"role"}


@dataclass
class Phrases:
    """The designations of a sentence, and where each begins and ends among its pieces."""

    sentence: Sentence
    pieces: Sequence[Piece]
    habits: Habits
    found: list[Designation] = field(default_factory=list[Designation])
    starting: dict[int, Designation] = field(default_factory=dict[int, Designation])
    _starts: dict[int, int] = field(default_factory=dict[int, int])
    _ends: dict[int, int] = field(default_factory=dict[int, int])

    def keep(self, made: Designation, start: int, end: int) -> None:
        self.found.append(made)
        self._starts[id(made)] = start
        self._ends[id(made)] = end
        self.starting[start] = made

    def start(self, made: Designation) -> int:
        return self._starts[id(made)]

    def end(self, made: Designation) -> int:
        """The number of the piece after the designation."""
        return self._ends[id(made)]

    def stretch(self, made: Designation, end: int) -> None:
        """Lets a designation end before the piece `end`."""
        self._ends[id(made)] = max(self._ends[id(made)], end)
        made.end = max(made.end, self.pieces[end - 1].end)

    def begins_at(self, made: Designation, start: int) -> None:
        self.starting[start] = made
        self._starts[id(made)] = start


def read_phrases(sentence: Sentence, pieces: Sequence[Piece], habits: Habits) -> Phrases:
    """The designations of a sentence, each noun phrase by itself."""
    phrases = Phrases(sentence, pieces, habits)
    read = _read_noun_first if habits.adjectives_after else _read_noun_last
    i = 0
    while i < len(pieces):
        if pieces[i].sort not in NOMINAL:
            i += 1
            continue
        end = _run_end(pieces, i)
        owner: Designation | None = None
        begin = i
        for j in range(i, end + 1):  # what owns comes before what is owned: "China's foreign minister"
            if j == end or pieces[j].sort == "possessive":
                if begin < j:
                    owner = read(phrases, begin, j, owner)
                begin = j + 1
        i = end
    return phrases


def _is_nation(piece: Piece) -> bool:
    """A nationality, or a country's acronym in its place ("French and US troops")."""
    return piece.sort == "nationality" or (piece.sort == "country" and piece.acronym)


def _run_end(pieces: Sequence[Piece], start: int) -> int:
    """The end of a noun phrase without complements. Coordinated nationalities stay together."""
    i = start + 1
    while i < len(pieces):
        sort = pieces[i].sort
        following = pieces[i + 1].sort if i + 1 < len(pieces) else ""
        if sort in ("article", "own") or (sort == "possessive" and following in ("article", "")):
            return i
        led = sort == "hyphen" and _is_nation(pieces[i - 1]) and following == "role"  # "a Saudi-led coalition"
        if sort in NOMINAL or sort == "possessive" or led:
            i += 1
        elif (
            sort in ("and", "comma") and _is_nation(pieces[i - 1]) and i + 1 < len(pieces) and _is_nation(pieces[i + 1])
        ):
            i += 2
        else:
            return i
    return i


# ---- what describes comes before the noun --------------------------------------------------------------------------------


def _read_noun_last(phrases: Phrases, start: int, end: int, owner: Designation | None) -> Designation | None:
    """One noun phrase without "'s". Returns the designation that heads it."""
    pieces = phrases.pieces
    stop = end
    while stop > start and pieces[stop - 1].sort in DESCRIBING:
        stop -= 1
    if stop == start:
        return None
    made = _headed(phrases, start, stop - 1, owner)
    made.thing = any(phrases.sentence[piece.first].pos in ("NOUN", "PROPN") for piece in pieces[stop:end])
    phrases.keep(made, start, stop)
    return made


def _headed(phrases: Phrases, start: int, last: int, owner: Designation | None) -> Designation:
    """The designation whose last piece is at `last`; what stands before it qualifies it or is a party of its own."""
    pieces = phrases.pieces
    head = pieces[last]
    made = _of_piece(phrases, head)
    before = last - 1
    if head.sort in NAMED:
        while before >= start and pieces[before].sort == "title":
            _take(made, pieces[before])
            before -= 1
    if head.sort in NAMED or head.sort == "role":
        offices = before
        while before >= start and pieces[before].sort == "role":
            made.roles.insert(0, _entry(pieces[before]))
            if head.sort in PEOPLE:
                _take(made, pieces[before])
            made.first = pieces[before].first
            before -= 1
        if before < offices:
            made.title = (pieces[before + 1].first, pieces[offices].end)
    _describe(phrases, made, start, before)
    if owner is not None:
        _own(phrases, made, owner)
    return made


def _describe(phrases: Phrases, made: Designation, start: int, before: int) -> None:
    """What stands before the head in the same phrase, from the right to the left."""
    can_have_country = bool(made.roles) or made.sort in NAMED
    for i in range(before, start - 1, -1):
        piece = phrases.pieces[i]
        if _mark(phrases, made, piece):
            continue
        if piece.sort == "role":
            made.modifiers.extend(_entry(piece).sectors)
            made.first = piece.first
            if not made.roles and made.sort in NAMED:
                made.roles.append(_entry(piece))
                made.title = (piece.first, piece.end)
        elif piece.sort in STATES and can_have_country:
            made.countries.insert(0, _entry(piece).country or "")
            made.first = piece.first
        elif piece.sort in STATES or piece.sort in NAMED:
            other = _headed(phrases, start, i, None)
            other.thing = True
            phrases.keep(other, start, i + 1)
            made.former = made.former or (other.former and not other.roles)
            made.definite = made.definite or other.definite
            other.first = piece.first if made.former else other.first
            if can_have_country and other.sort != "name":
                made.owner = made.owner or other
                made.first = min(made.first, other.first)
            return


def _own(phrases: Phrases, made: Designation, owner: Designation) -> None:
    """ "China's foreign minister": a bare country is part of the phrase, any other owner a party of its own."""
    if not made.roles and made.sort not in ("name", "organization", "surname", "person"):
        return
    made.definite = True
    if owner.is_bare_place:
        made.countries = made.countries or list(owner.countries)
        owner.consumed = True
        phrases.begins_at(made, phrases.start(owner))
    else:
        made.owner = made.owner or owner
    made.first = min(made.first, owner.first)


# ---- what describes comes after the noun ---------------------------------------------------------------------------------


def _read_noun_first(phrases: Phrases, start: int, end: int, owner: Designation | None) -> Designation | None:
    """One noun phrase, from the left to the right; `made` is the designation that still takes what follows."""
    made: Designation | None = None
    last: Designation | None = None
    before: list[Piece] = []
    for i in range(start, end):
        piece = phrases.pieces[i]
        if piece.sort == "role" and made is not None and made.name is None and _qualifies(made, piece):
            made.roles.insert(0, _entry(piece))
            phrases.stretch(made, i + 1)
        elif piece.sort == "role":
            made = last = _begun(phrases, piece, before, i)
        elif piece.sort in ("nationality", "country") and made is not None and made.name is None:
            made.countries.extend(filter(None, [_entry(piece).country]))
            phrases.stretch(made, i + 1)
        elif piece.sort in NAMED and made is not None and made.name is None and _is_name_of(made, piece):
            _name(made, piece)
            phrases.stretch(made, i + 1)
        elif piece.sort in STATES or piece.sort in NAMED or piece.sort in POINTING:
            last = _other(phrases, piece, before, made, i)
            if piece.sort in NAMED and made is None:
                made = last
        elif piece.sort == "modifier" and made is not None and made.name is None:
            made.modifiers.extend(_entry(piece).sectors)
            phrases.stretch(made, i + 1)
        elif piece.sort == "word" and made is not None and made.name is None:
            if phrases.sentence[piece.first].pos == "ADJ":
                phrases.stretch(made, i + 1)
            else:
                made = None
        elif piece.sort == "former" and made is not None and made.name is None:
            made.former = True
        before.append(piece)
    if owner is not None and last is not None:
        _own(phrases, last, owner)
    return last


def _qualifies(made: Designation, piece: Piece) -> bool:
    """ "capo ribelle": a second noun that tells more of the first."""
    role = made.role
    return role is not None and (role.belonging or role.weak or _entry(piece).kind == "person")


def _is_name_of(made: Designation, piece: Piece) -> bool:
    """ "il presidente Putin", "il colosso Gazprom", but "funzionari Nato" are of NATO."""
    role = made.role
    if piece.sort in PEOPLE:
        return role is not None and role.kind == "person" and not made.plural
    return piece.sort == "organization" and role is not None and role.kind != "person"


def _begun(phrases: Phrases, piece: Piece, before: Sequence[Piece], number: int) -> Designation:
    made = _of_piece(phrases, piece)
    for earlier in reversed(before):
        if not _mark(phrases, made, earlier):
            break
    phrases.keep(made, number, number + 1)
    return made


def _other(
    phrases: Phrases, piece: Piece, before: Sequence[Piece], made: Designation | None, number: int
) -> Designation:
    """A name, country or nationality that is no part of the designation before it."""
    other = _of_piece(phrases, piece)
    nations = [
        d for d in phrases.found if before and d.sort == "nationality" and d.end == before[-1].end == piece.first
    ]
    if piece.sort in NAMED and nations:  # "l'italiana Eni"
        other.countries = list(nations[0].countries)
        other.first = nations[0].first
        nations[0].consumed = True
    other.definite = any(p.sort == "article" for p in before)
    other.thing = made is not None or any(
        p.sort == "word" and phrases.sentence[p.first].pos in ("NOUN", "PROPN") for p in before
    )
    if made is not None and made.name is None and made.roles and piece.sort in NAMED and piece.sort not in PEOPLE:
        made.owner = made.owner or other
    phrases.keep(other, number, number + 1)
    return other


# ---- parts ---------------------------------------------------------------------------------------------------------------


def _name(made: Designation, piece: Piece) -> None:
    """A noun of office is followed by its holder's name."""
    made.name = (piece.first, piece.end)
    made.sort = piece.sort
    made.entry = piece.entry
    made.core.extend(range(piece.first, piece.end))
    made.end = max(made.end, piece.end)


def _entry(piece: Piece) -> Entry:
    assert piece.entry is not None
    return piece.entry


def _take(made: Designation, piece: Piece) -> None:
    made.core.extend(range(piece.first, piece.end))
    made.first = min(made.first, piece.first)


def _mark(phrases: Phrases, made: Designation, piece: Piece) -> bool:
    """Notes what an article, an adjective or "former" says. False where the piece is none of these."""
    if piece.sort in ("article", "own"):
        made.definite = phrases.sentence[piece.first].text.lower() not in phrases.habits.indefinite
        if piece.sort == "own":
            made.own = piece.first
        return True
    if piece.sort == "former":
        made.former = True
    elif piece.sort == "modifier":
        made.modifiers.extend(_entry(piece).sectors)
    elif piece.sort not in ("word", "number", "title", "and", "comma"):
        return False
    if made.roles and piece.sort in ("former", "modifier", "word", "title"):
        made.first = min(made.first, piece.first)
    return True


def _of_piece(phrases: Phrases, piece: Piece) -> Designation:
    made = Designation(piece.first, piece.end, list(range(piece.first, piece.end)), piece.sort, piece.entry)
    if piece.sort == "role":
        made.roles = [_entry(piece)]
        made.title = (piece.first, piece.end)
    elif piece.sort in NAMED:
        made.name = (piece.first, piece.end)
    elif piece.sort in STATES:
        made.countries = [code] if (code := _entry(piece).country) else []
    if piece.entry is not None and piece.sort not in NAMED:
        head = phrases.sentence[piece.first if phrases.habits.adjectives_after else piece.end - 1]
        made.plural = head.has("Number=Plur") or (
            piece.entry.plural and not (phrases.habits.adjectives_after and head.has("Number=Sing"))
        )
    return made
