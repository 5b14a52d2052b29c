"""A sentence cut into pieces that matter for telling who is who: names, nationalities, nouns of office, and what links them.

In: a sentence and what the gazetteer found in it. Out: `Piece`s in order. Unknown capitalised words are joined to names
here, and known names that turn out to be part of another ("Denzel Washington", "Jordan Peterson") are taken back.
Only parts of speech are read, never the tree: a name stays a name where the parser misplaced it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from dragoman.extract.gazetteer import STATES, Entry, Gazetteer, Habits, Match
from dragoman.parse.relations import is_possessive, stands_alone
from dragoman.parse.words import Sentence, Word

Sort = Literal[
    "country", "nationality", "capital", "city", "seat", "person", "surname", "organization", "role", "modifier",
    "two people", "two states", "both", "latter", "title", "name", "word", "number", "article", "own", "of", "by", "in", "and", "comma", "hyphen",
    "possessive", "former", "open", "close", "other",
]  # fmt: skip
VERBAL = ("VERB", "AUX")
COMMAS = frozenset({",", "–", "—"})
OPEN, CLOSE = frozenset("(["), frozenset(")]")
QUOTES = frozenset("\"'“”«»„‘’")
LONGEST_NAME = 10
LONGEST_ACRONYM = 5


@dataclass(frozen=True, slots=True)
class Piece:
    """Words `[first, end)` of a sentence. `entry` is what the gazetteer knows of them; `acronym`: "US", "U.K."."""

    sort: Sort
    first: int
    end: int
    entry: Entry | None = None
    acronym: bool = False


def pieces_of(sentence: Sentence, matches: Sequence[Match], gazetteer: Gazetteer) -> list[Piece]:
    """The pieces of a sentence; `matches` are those that begin in it, in order."""
    habits = gazetteer.habits
    by_word = _by_word(sentence, matches)
    pieces: list[Piece] = []
    i = 0
    while i < len(sentence):
        end, entry = by_word.get(i, (i + 1, None))
        if entry is not None and _describes(sentence, i, end, entry, pieces, habits):
            pieces.append(Piece("word", i, end))
            i = end
        elif entry is not None and _counts(sentence, i, end, entry, habits):
            interposed = _interposed(sentence, i, end, entry, by_word, gazetteer)
            if interposed:
                pieces.extend(interposed)
                i = interposed[0].end
                continue
            if entry.sort == "nationality" and i and sentence[i - 1].text.lower() in habits.ethnic:
                entry = Entry("role", entry.name, None, ("CVL",), "person", plural=entry.plural)  # of no state
            acronym = sentence[i].text.replace(".", "").isupper() and len(sentence[i].text) <= LONGEST_ACRONYM
            pieces.append(Piece(entry.sort, i, end, entry, acronym))
            i = end
        else:
            compounded = entry is not None and entry.sort in STATES and not entry.weak  # "Iran-backed", "pro-Russian"
            pieces.append(Piece("word", i, i + 1) if compounded else _plain_piece(sentence, i, habits))
            i += 1
    return _join_names(sentence, pieces, gazetteer)


def _describes(sentence: Sentence, first: int, end: int, entry: Entry, before: Sequence[Piece], habits: Habits) -> bool:
    """Whether a noun for people is an adjective here: "strutture portuali" are no dockers. Those of a "capo ribelle" are."""
    if entry.sort != "role" or entry.kind != "person" or end != first + 1 or not habits.adjectives_after or not before:
        return False
    return sentence[first].pos == "ADJ" and sentence[first - 1].pos == "NOUN" and before[-1].sort == "word"


def _by_word(sentence: Sentence, matches: Sequence[Match]) -> dict[int, tuple[int, Entry]]:
    """First word of each match -> word after its last. A match that ends within a word is not of these words."""
    found: dict[int, tuple[int, Entry]] = {}
    i = 0
    for match in matches:
        while i < len(sentence) and sentence[i].start < match.start:
            i += 1
        if i == len(sentence):
            break
        if sentence[i].start != match.start:
            continue
        end = i
        while end < len(sentence) and sentence[end].end <= match.end:
            end += 1
        rest = sentence[end].text[match.end - sentence[end].start :] if end < len(sentence) else ""
        if end < len(sentence) and sentence[end].start < match.end:
            if rest.strip(".'’") not in ("", "s"):  # "U.S." may be one word, "Iran-backed" as well
                continue
            end += 1
        if end > i:
            found[i] = (end, match.entry)
    return found


def _counts(sentence: Sentence, first: int, end: int, entry: Entry, habits: Habits) -> bool:
    """Whether an entry is meant here: "Iran-backed" is not Iran, and a verb "to judge" is no judge."""
    word = sentence[first]
    following = sentence[end] if end < len(sentence) else None
    before = sentence[first - 1] if first else None
    glued = following is not None and following.text == "-" and following.start == sentence[end - 1].end
    if glued and end + 1 < len(sentence):
        beyond = sentence[end + 1].text
        if beyond.islower() and beyond not in habits.named_after and entry.sort != "role":
            return False
    against = first >= 2 and sentence[first - 2].text.lower() in habits.unlike
    if against and before is not None and before.text == "-" and before.end == word.start:
        return False
    if entry.sort in ("role", "modifier") and end == first + 1:
        if word.pos in VERBAL and not word.text[0].isupper() and word.relation != "amod" and len(sentence) > 2:
            return False
        if word.pos in ("ADV", "ADP", "SCONJ", "PRON", "CCONJ", "DET", "INTJ"):
            return False
    if entry.sort == "both":
        definite = before is not None and before.text.lower() in habits.articles - habits.indefinite
        return (definite or not entry.weak) and stands_alone(sentence, sentence[end - 1])
    if entry.sort == "nationality" and word.text.islower() and word.pos in (*VERBAL, "ADV", "ADP", "DET"):
        return False
    if entry.sort == "surname" and entry.weak and first == 0:
        return word.pos == "PROPN" and following is not None
    return True


def _interposed(
    sentence: Sentence, first: int, end: int, entry: Entry, by_word: dict[int, tuple[int, Entry]], gazetteer: Gazetteer
) -> list[Piece]:
    """ "il ministro russo della Difesa": a nationality within a compound. The compound comes first, then the nationality."""
    if entry.sort != "role" or end != first + 1 or not gazetteer.habits.adjectives_after:
        return []
    middle_end, middle = by_word.get(end, (0, None))
    if middle is None or middle.sort != "nationality" or middle_end >= len(sentence):
        return []
    for length in (3, 2):
        rest = sentence.words[middle_end : middle_end + length]
        glue = "".join(word.text + ("" if word.text.endswith("'") else " ") for word in rest)
        meaning = gazetteer.meaning(f"{sentence[first].text} {glue}")
        if len(rest) == length and meaning is not None and meaning.sort == "role":
            stop = middle_end + length
            return [Piece("role", first, stop, meaning), Piece("nationality", end, middle_end, middle)]
    return []


def _plain_piece(sentence: Sentence, i: int, habits: Habits) -> Piece:
    return Piece(_plain_sort(sentence, sentence[i], habits), i, i + 1)


def _plain_sort(sentence: Sentence, word: Word, habits: Habits) -> Sort:
    text = word.text
    low = text.lower()
    if text in habits.possessive and word.index and (word.pos == "PART" or word.label == "case" or text == "'s"):
        return "possessive"
    if low in habits.former:
        return "former"
    if low in habits.articles:
        return "article"
    if low in habits.conjunctions:
        return "and"
    if low in habits.of:
        return "of"
    if low in habits.by:
        return "by"
    if low in habits.places and word.pos not in VERBAL:
        return "in"
    if text in COMMAS:
        return "comma"
    if text in OPEN:
        return "open"
    if text in CLOSE:
        return "close"
    if text == "-":
        return "hyphen"
    if low in habits.calendar:  # "A marzo funzionari americani": when is no part of who
        return "other"
    if _is_name_word(sentence, word, habits):
        return "name"
    if word.pos in ("DET", "PRON") and is_possessive(word):
        return "own"
    if word.pos == "DET":
        return "article"
    if word.pos == "NUM":
        return "number"
    if word.pos in ("NOUN", "ADJ", "PROPN", "X"):
        return "word"
    if word.relation == "amod" and (word.index == 0 or sentence[word.index - 1].pos not in ("NOUN", "PROPN")):
        return "word"
    if word.pos == "ADV" and word.index + 1 < len(sentence) and word.head == word.index + 1:
        return "word" if sentence[word.head].pos == "ADJ" or sentence[word.head].relation == "amod" else "other"
    return "other"


def _is_name_word(sentence: Sentence, word: Word, habits: Habits) -> bool:
    """A capitalised word that may be part of an unknown name."""
    text = word.text
    if not text[0].isupper() or not any(c.isalpha() for c in text) or text in habits.not_names:
        return False
    if word.pos == "PROPN":
        return True
    starts = word.index == 0 or sentence[word.index - 1].text in QUOTES or sentence[word.index - 1].text in ".:!?"
    return not starts and word.pos in ("NOUN", "ADJ", "X", "VERB") and not text.isupper()


def _join_names(sentence: Sentence, pieces: list[Piece], gazetteer: Gazetteer) -> list[Piece]:
    """Runs of name words become one piece, with the surname, place or particle that belongs to them."""
    joined: list[Piece] = []
    i = 0
    while i < len(pieces):
        end = _name_end(sentence, pieces, i, gazetteer.habits)
        if end == i:
            joined.append(pieces[i])
            i += 1
            continue
        run = pieces[i:end]
        joined.append(_named(sentence, run, gazetteer))
        i = end
    return joined


def _name_end(sentence: Sentence, pieces: Sequence[Piece], start: int, habits: Habits) -> int:
    """The piece after a name that begins at `start`; `start` itself where none does."""
    first = pieces[start]
    following = pieces[start + 1].sort if start + 1 < len(pieces) else ""
    if not _may_begin(sentence, first, habits) and not (following == "name" and _opens(sentence, first, habits)):
        return start
    end = start + 1
    while end < len(pieces) and end - start < LONGEST_NAME:
        piece = pieces[end]
        if _continues(sentence, pieces[end - 1], piece, habits):
            end += 1
            continue
        text = sentence[piece.first].text
        if text == "-" and end + 1 < len(pieces) and _glued(sentence, piece.first) and pieces[end + 1].sort != "role":
            end += 2
            continue
        joint = piece.end - piece.first == 1 and (text.lower() in habits.particles or text == "-" or text == "'")
        if joint and end + 1 < len(pieces) and _continues(sentence, piece, pieces[end + 1], habits):
            if text.lower() in habits.of and first.sort in ("city", "capital", "country", "seat", "organization"):
                break
            if pieces[end + 1].sort in ("name", "surname") or text == "-":
                end += 2
                continue
        break
    if first.sort == "organization":  # "Boeing Defense" is still Boeing, but "Boeing Joe Bloggs" is not
        return end if end == start + 2 and pieces[start + 1].sort == "name" else start
    if end == start + 1 and first.sort != "name":
        return start
    given = sentence[first.first].text
    if (
        first.sort == "city"
        and given not in habits.male | habits.female
        and not any(piece.sort in ("name", "surname") for piece in pieces[start:end])
    ):
        return start
    return end


def _glued(sentence: Sentence, hyphen: int) -> bool:
    """Whether a hyphen stands without blanks: "Ho-jen"."""
    return (
        0 < hyphen < len(sentence) - 1
        and sentence[hyphen - 1].end == sentence[hyphen].start
        and sentence[hyphen].end == sentence[hyphen + 1].start
        and sentence[hyphen + 1].text[0].isalpha()
    )


def _may_begin(sentence: Sentence, piece: Piece, habits: Habits) -> bool:
    if piece.sort in ("name", "surname", "person", "organization"):
        return True
    if piece.sort == "city" and piece.entry is not None and piece.entry.weak:
        return True
    return piece.sort in ("city", "capital", "country") and sentence[piece.first].text in habits.given_too


def _opens(sentence: Sentence, piece: Piece, habits: Habits) -> bool:
    """A capitalised word at the start of a sentence, which taggers often take for no name though one follows."""
    text = sentence[piece.first].text
    return piece.sort == "word" and piece.first == 0 and text[0].isupper() and text not in habits.not_names


def _continues(sentence: Sentence, before: Piece, piece: Piece, habits: Habits) -> bool:
    """Whether a piece goes on with the name before it."""
    text = sentence[piece.first].text
    if before.sort == "person" and piece.sort not in ("name", "surname"):
        return text in habits.suffixes
    if piece.sort in ("name", "surname", "city"):
        return before.sort != "person" or piece.sort != "city"
    if piece.sort in ("capital", "country"):
        given = sentence[before.first].text
        known = given in habits.male or given in habits.female
        return (before.sort == "name" and piece.sort == "capital" and given not in habits.directions) or (
            known and before.sort in ("name", "city") and before.end - before.first == 1
        )
    if text in habits.suffixes:
        return True
    return _names_body(piece, text, habits) and before.sort in ("name", "surname")


def _names_body(piece: Piece, text: str, habits: Habits) -> bool:
    """ "Board" in "Southern Relief Board": a noun that is the end of an organization's name."""
    return piece.sort == "role" and piece.entry is not None and text in habits.organization_words


def _named(sentence: Sentence, run: Sequence[Piece], gazetteer: Gazetteer) -> Piece:
    """One piece of a run: a known person where the surname and the given name fit, else an unknown name."""
    habits = gazetteer.habits
    first, end = run[0].first, run[-1].end
    words = [sentence[i].text for i in range(first, end)]
    if len(run) > 1 and sentence[run[0].first].text in habits.directions and run[1].entry is not None:
        return Piece(run[1].sort, first, end, run[1].entry)
    if len(run) == 2 and run[0].sort == "person" and words[-1] in habits.suffixes:
        return Piece("person", first, end, run[0].entry)
    if run[0].sort == "organization":
        return Piece("organization", first, end, run[0].entry)
    if any(word in habits.organization_words for word in words):
        return Piece(
            "organization", first, end, Entry("organization", " ".join(words), None, _told_by(words, gazetteer))
        )
    surname = next((piece for piece in reversed(run) if piece.sort in ("surname", "person")), None)
    if surname is not None and surname.entry is not None and surname.sort == "surname" and len(run) > 1:
        given = _joined(sentence, [i for i in range(first, end) if not surname.first <= i < surname.end])
        person = _same_person(gazetteer, surname.entry.name, given)
        if person is not None:
            return Piece("person", first, end, person)
    if len(run) == 1 and run[0].entry is not None:
        return replace(run[0], first=first, end=end)
    return Piece("name", first, end, None)


def _told_by(words: Sequence[str], gazetteer: Gazetteer) -> tuple[str, ...]:
    """The sectors that the nouns in a name tell, the last first: the "Northern Nurses Union" is of labour, then of health."""
    sectors: dict[str, None] = {}
    for length in (2, 1):
        for i in range(len(words) - length, -1, -1):
            entry = gazetteer.meaning(" ".join(words[i : i + length]))
            if entry is not None and entry.sort in ("role", "modifier") and not entry.belonging and not entry.weak:
                sectors |= dict.fromkeys(entry.sectors)
    return tuple(sectors)


def _joined(sentence: Sentence, words: Sequence[int]) -> list[str]:
    """The texts of words, those without a blank between them as one: "Ho-jen"."""
    joined: list[str] = []
    for before, i in zip((None, *words), words, strict=False):
        if before is not None and sentence[before].end == sentence[i].start:
            joined[-1] += sentence[i].text
        else:
            joined.append(sentence[i].text)
    return joined


def _same_person(gazetteer: Gazetteer, surname: str, given: Sequence[str]) -> Entry | None:
    """The one known person of that surname whose given name is written much like this one."""
    fitting = [
        person
        for person in gazetteer.world.named(surname)
        if any(alike(word, known) for word in given for known in _given_names(person.names, surname))
    ]
    if len(fitting) != 1:
        return None
    return Entry("person", fitting[0].name, kind="person", id=fitting[0].id)


def _given_names(names: Sequence[str], surname: str) -> set[str]:
    return {word for name in names for word in name.replace(surname, "").split() if len(word) > 2}


def alike(one: str, other: str) -> bool:
    """Whether two words are spellings of one name: "Aleksandr", "Alexander"; but not "Jill", "Joe"."""
    one, other = one.lower(), other.lower()
    if one == other:
        return True
    if len(one) < 4 or len(other) < 4 or one[0] != other[0]:
        return False
    pairs = [{word[i : i + 2] for i in range(len(word) - 1)} for word in (one, other)]
    return 2 * len(pairs[0] & pairs[1]) / (len(pairs[0]) + len(pairs[1])) >= 0.6
