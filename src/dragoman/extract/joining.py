"""Designations joined with what follows: complements, counted people, appositions.

In: the designations of a sentence, each noun phrase by itself. Out: those that remain, complete: "president of Chile,
Gabriel Boric", "spokesman for the ministry", "police in Nairobi", "dozens of protesters".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dragoman.extract.designations import Designation, countries_of, sectors_of
from dragoman.extract.gazetteer import Gazetteer
from dragoman.extract.nounphrases import DESCRIBING, Phrases, read_phrases
from dragoman.extract.pieces import Piece
from dragoman.parse.words import Sentence

LINKS = frozenset({"of", "by", "in"})
BEFORE_HEAD = DESCRIBING | {"nationality", "country", "role"}
MOST_COUNTRIES = 6
MOST_LINKS = 3
FARTHEST = 6  # pieces between a link and the head it leads to


def designations_of(sentence: Sentence, pieces: Sequence[Piece], gazetteer: Gazetteer) -> list[Designation]:
    """The designations of a sentence, in order."""
    phrases = read_phrases(sentence, pieces, gazetteer.habits)
    for made in reversed(phrases.found):  # a complement is complete before it is joined
        if _is_located(phrases, made):
            made.located = True
            _put_on_map(made)
        _join_complements(phrases, made)
    for made in phrases.found:
        _join_quantity(phrases, made)
    for made in phrases.found:
        _join_apposition(phrases, made)
    kept = [made for made in phrases.found if not made.consumed]
    for made in kept:
        made.sectors = sectors_of(made)
        made.countries = countries_of(made)
    return kept


def _is_located(phrases: Phrases, made: Designation) -> bool:
    """ "in Geneva": a place, and nobody who acts."""
    number = phrases.start(made) - 1
    while number >= 0 and phrases.pieces[number].sort in ("article", "word", "number"):
        number -= 1
    if number < 0 or phrases.pieces[number].sort != "in" or _leads_to(phrases, number, made):
        return False
    return made.is_bare_place or made.sort == "seat"


def _leads_to(phrases: Phrases, link: int, made: Designation) -> bool:
    """ "aiuti all'Ucraina": a preposition that sets no country anywhere."""
    word = phrases.sentence[phrases.pieces[link].first].text.lower()
    return made.sort in ("country", "nationality") and word in phrases.habits.towards


def _put_on_map(made: Designation) -> None:
    """ "in Brussels" is in Belgium, whoever has his seat there."""
    entry = made.entry
    if made.sort == "seat" and entry is not None and entry.id:
        made.sort, made.name = "city", None
        made.entry = replace(entry, sort="city", country=entry.id, sectors=())
        made.countries = [entry.id]


def _next(phrases: Phrases, number: int) -> Designation | None:
    """The designation that begins at a piece, or after the words before its head."""
    noun = False
    for i in range(number, min(number + FARTHEST, len(phrases.pieces))):
        piece = phrases.pieces[i]
        if noun and piece.sort in ("article", "own"):  # another phrase begins
            return None
        made = phrases.starting.get(i)
        if made is not None and not made.consumed:
            return made
        if piece.sort not in BEFORE_HEAD:
            return None
        noun = noun or (piece.sort == "word" and phrases.sentence[piece.first].pos in ("NOUN", "PROPN"))
    return None


def _after_words(phrases: Phrases, number: int) -> int:
    """The piece after a phrase that is no party."""
    noun = False
    while number < len(phrases.pieces):
        piece = phrases.pieces[number]
        if piece.sort not in DESCRIBING or (noun and piece.sort in ("article", "own")):
            break
        noun = noun or (piece.sort == "word" and phrases.sentence[piece.first].pos in ("NOUN", "PROPN"))
        number += 1
    return number


# ---- complements -----------------------------------------------------------------------------------------------------------


def _join_complements(phrases: Phrases, made: Designation) -> None:
    """What comes next tells whose: "president of Chile", "spokesman for the ministry", "police in Nairobi"."""
    role = made.role
    pieces = phrases.pieces
    number = phrases.end(made)
    if role is None or (made.name is not None and made.title is not None and made.title[0] < made.name[0]):
        return
    for _ in range(MOST_LINKS):
        if number >= len(pieces) or pieces[number].sort not in LINKS:
            return
        link = pieces[number].sort
        if link == "by" and not role.belonging:
            return
        other = _next(phrases, number + 1)
        if other is None:  # "professor of history at the university": what is no party is passed over
            number = _after_words(phrases, number + 1)
            continue
        if other.thing and not (link == "in" and other.is_bare_place):
            return
        if other.sort == "name" and not other.countries and not other.roles and link == "of" and role.kind != "person":
            number = phrases.end(other)  # "the University of Saint Ives in Wales"
            phrases.stretch(made, number)
            other.consumed = True
            continue
        if link == "in" and _leads_to(phrases, number, other):
            return
        _join(phrases, made, other, link)
        number = max(phrases.end(made), phrases.end(other))
        if made.name is not None or made.consumed or (made.countries and made.owner):
            return


def _join(phrases: Phrases, made: Designation, other: Designation, link: str) -> None:
    role = made.role
    if role is None:
        return
    if other.is_bare_place and link == "in":
        # "police in Nairobi" are Kenya's; "massed troops near Ukraine" says where, and the place stays what it is
        if not made.countries and made.owner is None and _hangs_on(phrases, other, made):
            made.countries = list(other.countries)
        return
    if other.is_bare_place:
        if not made.countries:
            _join_places(phrases, made, other)
        return
    if link == "in":
        made.countries = made.countries or list(other.countries)
        return
    if role.belonging and other.plural and role.name in phrases.habits.quantities:
        other.core.extend(made.core)  # "a group of thieves" are thieves
        other.first = min(other.first, made.first)
        made.consumed = True
        return
    if other.is_person and not other.roles and phrases.pieces[phrases.start(other)].sort in ("country", "capital"):
        made.countries = made.countries or list(other.countries)  # "president of Russia Vladimir Putin"
        _name_after(phrases, made, other)
        return
    made.owner = made.owner or other
    phrases.stretch(made, phrases.end(other))
    if role.kind == "person" and not made.plural and not other.is_person:
        _following_name(phrases, made)


def _hangs_on(phrases: Phrases, other: Designation, made: Designation) -> bool:
    """Whether the parser hangs the one on the other, or at least not on a verb."""
    heads = [phrases.sentence[word].head for word in other.core if phrases.sentence[word].head not in other.core]
    return any(head in made.core for head in heads) or not any(
        phrases.sentence[head].pos in ("VERB", "AUX") for head in heads
    )


def _join_places(phrases: Phrases, made: Designation, place: Designation) -> None:
    places = [place, *_coordinated(phrases, place)]
    made.countries = [country for place in places for country in place.countries]
    for place in places:
        place.consumed = True
    phrases.stretch(made, phrases.end(places[-1]))
    _following_name(phrases, made)


def _coordinated(phrases: Phrases, first: Designation) -> list[Designation]:
    """ "of France, Germany and Italy": the other countries of a list that ends with "and"."""
    places: list[Designation] = []
    number = phrases.end(first)
    pieces = phrases.pieces
    closed = False
    while not closed and number < len(pieces) and len(places) < MOST_COUNTRIES:
        if pieces[number].sort not in ("and", "comma"):
            break
        closed = pieces[number].sort == "and"
        number += 1
        while number < len(pieces) and pieces[number].sort in ("of", "article"):
            number += 1
        place = phrases.starting.get(number)
        if place is None or not place.is_bare_place or place.thing or place.consumed:
            return []
        places.append(place)
        number = phrases.end(place)
    return places if closed else []


def _following_name(phrases: Phrases, made: Designation) -> None:
    """ "presidente della Russia Vladimir Putin": the name belongs to the office."""
    following = phrases.starting.get(phrases.end(made))
    if (
        following is not None
        and following.is_person
        and not following.roles
        and not following.consumed
        and not made.plural
    ):
        _name_after(phrases, made, following)


def _name_after(phrases: Phrases, made: Designation, other: Designation) -> None:
    if made.name is None and other.name is not None:
        made.name, made.sort, made.entry = other.name, other.sort, other.entry
        made.core.extend(range(*other.name))
        other.consumed = True
        phrases.stretch(made, phrases.end(other))


# ---- counted people, appositions -------------------------------------------------------------------------------------------


def _join_quantity(phrases: Phrases, made: Designation) -> None:
    """ "dozens of protesters", "one of the soldiers": the counted are meant."""
    number = phrases.start(made) - 1
    while number >= 0 and phrases.pieces[number].sort in ("article", "number"):
        number -= 1
    if number < 1 or phrases.pieces[number].sort != "of" or not (made.roles or made.sort == "nationality"):
        return
    counted = phrases.pieces[number - 1]
    if counted.sort in ("word", "number") and phrases.sentence[counted.first].text.lower() in phrases.habits.quantities:
        made.core.append(counted.first)


def _join_apposition(phrases: Phrases, made: Designation) -> None:
    """ "Wang Yi, China's foreign minister," and "China's foreign minister, Wang Yi,"."""
    number = phrases.end(made)
    if made.consumed or number >= len(phrases.pieces) or phrases.pieces[number].sort not in ("comma", "open"):
        return
    other = _next(phrases, number + 1)
    if other is None or other is made or not _closes(phrases, phrases.end(other)):
        return
    office, named = (other, made) if made.is_person else (made, other)
    role = office.role
    if role is None or role.kind != "person" or office.name is not None or office.plural or not named.is_person:
        return
    if office is made and named.roles:
        return
    if office is other and (named.roles and named.countries):
        return
    made.roles = made.roles or other.roles
    made.title = made.title or other.title
    made.countries = made.countries or other.countries
    made.owner = made.owner or other.owner
    made.modifiers.extend(other.modifiers)
    made.former = made.former or other.former
    made.core.extend(other.core)
    if office is made:
        made.name, made.sort, made.entry = other.name, other.sort, other.entry
    other.consumed = True
    phrases.stretch(made, phrases.end(other))


def _closes(phrases: Phrases, number: int) -> bool:
    """Whether an apposition ends here: at a comma, a bracket, a stop or the end."""
    if number >= len(phrases.pieces):
        return True
    piece = phrases.pieces[number]
    return piece.sort in ("comma", "close") or phrases.sentence[piece.first].text in (".", ";", ":", "!", "?", "-")
