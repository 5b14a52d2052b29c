"""How many an event killed, injured, had arrested or brought together.

In: events, scenes, dates and the cast of one article, and a `CountLexicon`. Out: the events with what is told of them.
A number counts only where words say what it counts: the people that a verb kills, the dead, the arrest of so many. Ages,
dates, sums and distances count nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast, get_args

from dragoman.extract.actors import Cast
from dragoman.extract.eventclauses import EventClauses, within
from dragoman.extract.gazetteer import Gazetteer
from dragoman.extract.scenes import Scene
from dragoman.languages import Language
from dragoman.parse.clauses import Clause
from dragoman.parse.words import Word
from dragoman.records import Count, Counted, Event, Span, When

# Types of event that may have such a count; the first is the one that has it where nothing but the sentence joins the two.
CARRIED: Mapping[Counted, tuple[str, ...]] = {
    "killed": ("ASSAULT", "PROTEST", "COERCE", "MOBILIZE"),
    "injured": ("ASSAULT", "PROTEST", "COERCE", "MOBILIZE"),
    "arrested": ("COERCE", "PROTEST", "SANCTION"),
    "crowd": ("PROTEST",),
}
WHOLE = re.compile(r"\d{1,3}(?:[.,\u00a0\u202f’']\d{3})+|\d+")
DECIMAL = re.compile(r"(\d+)[.,](\d{1,2})")
LED = re.compile(r"(\d+(?:[.,]\d{3})*)([^\W\d_]+)")
YEARS = range(1900, 2100)
MOST = 20_000_000  # more are no count of one event
LONGEST_WAY = 7  # words between a number and what it counts: "20 members of the Syrian security forces" is beyond
MONEY = frozenset("$€£¥%")


@dataclass(frozen=True, slots=True)
class Said:
    """The words that tell one kind of count. Verbs of several words have their companions behind the first."""

    verbs: Mapping[str, tuple[frozenset[str], ...]]  # whose object is counted
    dying: Mapping[str, tuple[frozenset[str], ...]]  # whose subject is counted
    lives: Mapping[str, frozenset[str]]  # noun -> verbs with which it counts
    nouns: frozenset[str]  # whose "of" is counted
    told: frozenset[str]  # words that a number counts, or that stand behind the people counted
    tolls: frozenset[str]  # nouns that are such a number


@dataclass(frozen=True)
class CountLexicon:
    """What a language says about numbers of people."""

    gazetteer: Gazetteer
    words: Mapping[str, int]
    pieces: re.Pattern[str] | None
    multipliers: Mapping[str, int]
    least: Mapping[tuple[str, ...], int]
    round: Mapping[tuple[str, ...], int]
    bounds: Mapping[str, tuple[tuple[str, ...], ...]]
    people: frozenset[str]
    further: frozenset[str]
    linked: frozenset[str]
    parts: tuple[tuple[str, ...], ...]
    none: frozenset[str]
    ones: frozenset[str]
    reached: frozenset[str]
    said: Mapping[Counted, Said]
    disasters: frozenset[str]


def compile_counts(language: Language, gazetteer: Gazetteer) -> CountLexicon:
    """The count lexicon of a language; one without `counts.toml` counts nobody."""
    table = language.table("counts")
    numbers = table.get("numbers", {})
    dates: Mapping[str, Any] = language.table("dates").get("numbers", {})
    words = {str(word): int(value) for word, value in dates.get("words", {}).items()}
    multipliers: Mapping[str, int] = numbers.get("multipliers", {})
    longest = sorted({**words, **multipliers}, key=len, reverse=True)
    bounds: Mapping[str, Sequence[str]] = table.get("bounds", {})
    return CountLexicon(
        gazetteer=gazetteer,
        words={**words, **multipliers},
        pieces=re.compile("|".join(map(re.escape, longest))) if dates.get("joined") else None,
        multipliers=multipliers,
        least=_phrases(numbers.get("least", {})),
        round=_phrases(numbers.get("round", {})),
        bounds={
            name: tuple(sorted((_tokens(p) for p in some), key=len, reverse=True)) for name, some in bounds.items()
        },
        people=frozenset(table.get("people", ())),
        further=frozenset(table.get("further", ())),
        linked=frozenset(table.get("linked", ())),
        parts=tuple(_tokens(phrase) for phrase in table.get("parts", ())),
        none=frozenset(table.get("none", ())),
        ones=frozenset(table.get("ones", ())),
        reached=frozenset(table.get("reached", ())),
        said={of: _said(table[of]) for of in cast(tuple[Counted, ...], get_args(Counted)) if of in table},
        disasters=frozenset(language.facts_of("classes").get("disaster", ())),
    )


def _tokens(phrase: str) -> tuple[str, ...]:
    return tuple(phrase.lower().replace("'", "' ").split())


def _phrases(table: Mapping[str, int]) -> dict[tuple[str, ...], int]:
    return {_tokens(phrase): value for phrase, value in table.items()}


def _said(table: Mapping[str, Any]) -> Said:
    def verbs(key: str) -> Mapping[str, tuple[frozenset[str], ...]]:
        found: dict[str, tuple[frozenset[str], ...]] = {}
        for entry in table.get(key, ()):
            first, *others = str(entry).split()
            found[first] = (*found.get(first, ()), frozenset(others))
        return found

    lives: Mapping[str, Sequence[str]] = table.get("lives", {})
    return Said(
        verbs("verbs"), verbs("dying"), {noun: frozenset(some) for noun, some in lives.items()},
        frozenset(table.get("nouns", ())), frozenset(table.get("told", ())),
        frozenset(table.get("tolls", ())),
    )  # fmt: skip


# ---- numbers -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Quantity:
    """Words `[first, end)` that say how many; `bare` begins at the number itself, behind "at least"."""

    first: int
    bare: int
    end: int
    low: int | None
    best: int | None
    high: int | None

    @property
    def is_known(self) -> bool:
        known = [value for value in (self.low, self.best, self.high) if value is not None]
        return bool(known) and 0 < max(known) <= MOST


class Numbers:
    """Finds the quantities of a sentence."""

    def __init__(self, words: Sequence[Word], lexicon: CountLexicon) -> None:
        self._words = words
        self._low = [word.text.lower().replace("’", "'") for word in words]
        self._lexicon = lexicon

    def find(self) -> list[Quantity]:
        """The quantities in order. "Between 20 and 30", "20 to 30" and "20-30" are one."""
        found: list[Quantity] = []
        at = 0
        while at < len(self._words):
            quantity = self._quantity(at)
            if quantity is None:
                at += 1
                continue
            if quantity.is_known:
                found.append(quantity)
            at = quantity.end
        return found

    def _quantity(self, at: int) -> Quantity | None:
        number = self._number(at)
        if number is None:
            return None
        low, best, high, end = number
        first, exact = at, low is not None and low == high
        between, second = self._range(at, end)
        if second is not None and best is not None:
            low, high, end, first, best = best, second[1], second[3], between, None
            if low is None or high is None or low > high:
                return Quantity(at, at, end, None, None, None)
            return Quantity(first, at, end, low, best, high)
        bound, first = self._bound(at)
        if bound == "low":
            low, high = best if best is not None else low, None
        elif bound == "high":
            low, high = None, best if best is not None else high
        elif bound == "about" and exact:
            low = high = None
        if exact and any(self._at(phrase, end) for phrase in self._lexicon.bounds.get("or_more", ())):
            high, end = None, end + len(self._lexicon.bounds["or_more"][0])
        return Quantity(first, at, end, low, best, high)

    def _range(self, at: int, end: int) -> tuple[int, tuple[int | None, int | None, int | None, int] | None]:
        """The second number of a range, and where the range begins."""
        if end >= len(self._words):
            return at, None
        begins = at > 0 and (self._low[at - 1],) in self._lexicon.bounds.get("between", ())
        joint = (self._low[end],) in self._lexicon.bounds.get("and", ())
        dash = self._low[end] in ("-", "–", "—")
        if at > 0 and (self._low[at - 1],) in self._lexicon.bounds.get("from", ()):
            return at, None
        if not dash and not (joint and (begins or not self._is_conjunction(end))):
            return at, None
        second = self._number(end + 1)
        if second is None or second[1] is None:
            return at, None
        return at - 1 if begins else at, second

    def _is_conjunction(self, at: int) -> bool:
        """ "20 and 30" are two numbers, "20 or 30" and "20 to 30" are one."""
        return (self._low[at],) == self._lexicon.bounds.get("and", ((),))[0] or self._low[at] in _ADDING(self._lexicon)

    def _bound(self, at: int) -> tuple[str, int]:
        """Which bound the words before a number say, and where they begin."""
        first, kind = at, ""
        for _ in range(2):  # "at least some 20", "more than the 20"
            longest = max(
                (
                    (len(phrase), name)
                    for name in ("low", "high", "about", "exact")
                    for phrase in self._lexicon.bounds.get(name, ())
                    if first >= len(phrase) and tuple(self._low[first - len(phrase) : first]) == phrase
                ),
                default=None,
            )
            if longest is None:
                break
            first -= longest[0]
            kind = longest[1] if kind in ("", "about", "exact") else kind
        return kind, first if kind != "exact" else at

    def _at(self, phrase: tuple[str, ...], at: int) -> bool:
        return tuple(self._low[at : at + len(phrase)]) == phrase

    def _number(self, at: int) -> tuple[int | None, int | None, int | None, int] | None:
        """Low, best and high of the number that begins at a word, and where it ends."""
        lexicon = self._lexicon
        if at >= len(self._words):
            return None
        for table, vague in ((lexicon.least, True), (lexicon.round, False)):
            best = max((p for p in table if self._at(p, at)), key=len, default=None)
            if best is not None and not (at > 0 and self._value(at - 1) is not None):
                end = at + len(best)
                while (
                    vague
                    and end + 1 < len(self._words)
                    and self._low[end] in lexicon.linked
                    and (self._low[end + 1],) in table
                ):
                    return None
                return (table[best], None, None, end) if vague else (None, table[best], None, end)
        total, current, end = 0, 0, at
        multiplied = False
        while end < len(self._words):
            value = self._value(end)
            if value is None:
                joint = multiplied and end + 1 < len(self._words) and self._low[end] in _ADDING(lexicon)
                hyphen = self._low[end] == "-" and current and current % 10 == 0 and not self._low[end - 1].isdigit()
                following = self._value(end + 1) if end + 1 < len(self._words) else None
                if following is None or (not (joint and following < 100) and not (hyphen and following < 10)):
                    break
                multiplied = False
                end += 1
                continue
            factor = self._low[end] in lexicon.multipliers
            if (
                end > at
                and not factor
                and not multiplied
                and self._low[end - 1] != "-"
                and not (current % 100 >= 20 and value < 10)
            ):
                break  # two numbers in a row
            if factor and value >= 1000:
                total, current = total + max(current, 1) * value, 0
            elif factor:
                current = max(current, 1) * value
            else:
                current += value
            multiplied = factor
            end += 1
        if end == at:
            return None
        fraction = DECIMAL.fullmatch(self._low[at])
        if fraction and end == at + 2 and multiplied:
            value = round(float(f"{fraction[1]}.{fraction[2]}") * lexicon.multipliers[self._low[at + 1]])
            return value, value, value, end
        if fraction:
            return None, None, None, end
        value = total + current
        return value, value, value, end

    def _value(self, at: int) -> int | None:
        """The number that one word is."""
        text = self._low[at]
        if WHOLE.fullmatch(text):
            digits = "".join(filter(str.isdecimal, text))
            return int(digits) if len(digits) < 12 else None
        if fraction := DECIMAL.fullmatch(text):
            return int(fraction[1])
        if text in self._lexicon.words:
            return self._lexicon.words[text]
        if (led := LED.fullmatch(text)) and led[2] in self._lexicon.multipliers:  # "10mila"
            return int("".join(filter(str.isdecimal, led[1]))) * self._lexicon.multipliers[led[2]]
        if "-" in text:
            parts = [self._lexicon.words.get(part) for part in text.split("-")]
            if len(parts) == 2 and parts[0] and parts[1] and parts[0] % 10 == 0 and parts[1] < 10:
                return parts[0] + parts[1]
        return self._joined(text)

    def _joined(self, text: str) -> int | None:
        """A number written as one word: "duemilacinquecento"."""
        pieces = self._lexicon.pieces
        if pieces is None or not text.isalpha():
            return None
        at, total, current = 0, 0, 0
        while at < len(text):
            found = pieces.match(text, at)
            if found is None:
                return None
            value = self._lexicon.words[found[0]]
            if value >= 1000:
                total, current = total + max(current, 1) * value, 0
            elif value == 100:
                current = max(current, 1) * 100
            else:
                current += value
            at = found.end()
        return total + current


def _ADDING(lexicon: CountLexicon) -> frozenset[str]:  # noqa: N802
    return lexicon.gazetteer.habits.conjunctions


# ---- what is counted ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Told:
    """A quantity of one kind, the word that it counts, and the clause that tells it."""

    of: Counted
    quantity: Quantity
    end: int
    clause: Clause | None


def with_counts(
    events: Sequence[Event], scenes: Sequence[Scene], cast_: Cast, dates: Sequence[When], lexicon: CountLexicon
) -> tuple[Event, ...]:
    """The events with the numbers of people that their words tell."""
    if not lexicon.said:
        return tuple(events)
    return _Teller(events, scenes, cast_, dates, lexicon).told()


class _Teller:
    """Walks through the sentences of one article."""

    def __init__(
        self,
        events: Sequence[Event],
        scenes: Sequence[Scene],
        cast_: Cast,
        dates: Sequence[When],
        lexicon: CountLexicon,
    ) -> None:
        self.events = events
        self.scenes = scenes
        self.cast = cast_
        self.dates = dates
        self.lexicon = lexicon
        self.kinds = {actor.id: actor.kind for actor in cast_.actors}
        clauses = EventClauses(scenes)
        self.here: dict[int, list[tuple[Event, Clause]]] = {}
        for event in events:
            for scene, clause in clauses.of(event):
                self.here.setdefault(scene.number, []).append((event, clause))

    def told(self) -> tuple[Event, ...]:
        counts: dict[str, list[Count]] = {}
        for scene in self.scenes:
            if scene.number not in self.here and scene.number - 1 not in self.here:
                continue
            found: list[tuple[str, _Told]] = []
            for one in self._in(scene):
                event = self._event_of(one, scene)
                if event is not None:
                    found.append((event.id, one))
            for id, count in _added(found, scene, self.lexicon):
                if count not in counts.setdefault(id, []):
                    counts[id].append(count)
        return tuple(
            replace(event, counts=tuple(counts[event.id])) if event.id in counts else event for event in self.events
        )

    def _in(self, scene: Scene) -> Iterator[_Told]:
        words = scene.sentence.words
        for quantity in self._quantities(scene):
            if self._is_no_count(quantity, scene):
                continue
            counted, end = self._counted(quantity.end, scene)
            if end is None or (counted is None and self._is_year(quantity, scene)):
                continue
            if told := self._told(quantity, counted, end, scene, words):
                yield told

    def _quantities(self, scene: Scene) -> list[Quantity]:
        words = scene.sentence.words
        found = Numbers(words, self.lexicon).find()
        taken = {i for quantity in found for i in range(quantity.first, quantity.end)}
        for word in words:
            if word.text.lower() not in self.lexicon.ones or word.index in taken:
                continue
            counted, end = self._counted(word.index + 1, scene)
            if counted is not None and end is not None and self._is_one_person(scene.sentence[counted], scene):
                found.append(Quantity(word.index, word.index, word.index + 1, 1, 1, 1))
        return sorted(found, key=lambda quantity: quantity.first)

    def _is_one_person(self, word: Word, scene: Scene) -> bool:
        entry = self.lexicon.gazetteer.meaning(word.text)
        person = entry is not None and entry.sort == "role" and entry.kind == "person" and not entry.plural
        listed = word.text.lower() in self.lexicon.people and not word.has("Number=Plur")
        return (person or listed) and word.text.lower() not in self.lexicon.further

    def _is_no_count(self, quantity: Quantity, scene: Scene) -> bool:
        """Whether a number is a date, a sum, an age, a part of what was counted before."""
        words = scene.sentence.words
        low = [word.text.lower() for word in words]
        before = low[quantity.first - 1] if quantity.first else ""
        after = low[quantity.end] if quantity.end < len(low) else ""
        if before in MONEY or after in MONEY or before in self.lexicon.none or after.startswith("-"):
            return True
        if after in ("-", "–", "—") and words[quantity.end].start == words[quantity.end - 1].end:
            return True
        for phrase in self.lexicon.parts:
            if tuple(low[max(0, quantity.first - len(phrase)) : quantity.first]) == phrase:
                return True
            if tuple(low[quantity.end : quantity.end + len(phrase)]) == phrase:
                return True
        span = Span(words[quantity.bare].start, words[quantity.end - 1].end)
        return any(when.type in ("DATE", "TIME") and when.span.overlaps(span) for when in self.dates)

    @staticmethod
    def _is_year(quantity: Quantity, scene: Scene) -> bool:
        return (
            quantity.first == quantity.bare
            and quantity.best in YEARS
            and scene.sentence[quantity.bare].text.isdecimal()
        )

    def _counted(self, at: int, scene: Scene) -> tuple[int | None, int | None]:
        """The word for people that a number counts and where it ends; (None, end) where it stands alone, (None, None)
        where it counts something else."""
        words, lexicon = scene.sentence.words, self.lexicon
        start = at
        while at < len(words) and at - start < LONGEST_WAY:
            word = words[at]
            low = word.text.lower()
            told = any(low in said.told for said in lexicon.said.values())
            compound = word.relation == "compound" and word.head > at and words[word.head].pos in ("NOUN", "PROPN")
            if not compound and (low in lexicon.people or self._is_somebody(word, scene)):
                other = low in lexicon.further and at + 1 < len(words) and words[at + 1].pos in ("NOUN", "ADJ", "PROPN")
                if not other:
                    return at, at + 1
            elif (told and not compound) or any(
                low in said.lives or word.lemma.lower() in said.lives for said in lexicon.said.values()
            ):
                return at, at + 1
            skipped = (
                word.pos in ("ADJ", "DET", "NUM")
                or compound
                or low in lexicon.further
                or low in lexicon.linked
                or "-" in (low, words[min(at + 1, len(words) - 1)].text)  # "a 20-year-old man"
                or (word.pos in ("PROPN", "NOUN") and self._is_nationality(word))
                or (word.pos == "PROPN" and at + 1 < len(words) and words[at + 1].pos in ("NOUN", "PROPN", "ADJ"))
            )
            if not skipped:
                stands_alone = word.pos in ("VERB", "AUX", "PUNCT", "CCONJ", "ADP", "SCONJ", "ADV", "PRON", "PART")
                return None, (start if stands_alone and at == start else None)
            at += 1
        return None, (start if at == start else None)

    def _is_nationality(self, word: Word) -> bool:
        gazetteer = self.lexicon.gazetteer
        entry = gazetteer.cased.get((word.text,)) or gazetteer.lowered.get((word.text.lower(),))
        return entry is not None and entry.sort == "nationality"

    def _is_somebody(self, word: Word, scene: Scene) -> bool:
        entry = self.lexicon.gazetteer.meaning(word.text)
        if entry is not None and entry.sort == "role":
            return entry.kind == "person" or entry.plural
        follower = scene.sentence[word.index + 1] if word.index + 1 < len(scene.sentence) else None
        noun_follows = follower is not None and (follower.pos in ("NOUN", "PROPN", "ADJ"))
        return self._is_nationality(word) and not noun_follows

    # ---- killed, injured, arrested, or come together --------------------------------------------------------------------

    def _told(
        self, quantity: Quantity, counted: int | None, end: int, scene: Scene, words: Sequence[Word]
    ) -> _Told | None:
        heads = {*range(quantity.bare, quantity.end), *([counted] if counted is not None else [])}
        owner = self._owner(quantity.bare, scene)
        for of, said in self.lexicon.said.items():
            if (
                counted is not None
                and words[counted].text.lower() in said.told
                and self._is_told(counted, heads, scene)
            ):
                return _Told(of, quantity, end, owner)
        for of, said in self.lexicon.said.items():
            if counted is not None and (verbs := said.lives.get(words[counted].lemma.lower())) is not None:
                return _Told(of, quantity, end, owner) if owner is not None and owner.predicate in verbs else None
        for of, said in self.lexicon.said.items():
            if end < len(words) and words[end].text.lower() in said.told and self._is_told(end, heads, scene):
                return _Told(of, quantity, end + 1, owner)
        for of, said in self.lexicon.said.items():
            if counted is None and self._is_toll(quantity, said, words):
                return _Told(of, quantity, end, owner)
        for of, said in self.lexicon.said.items():
            if self._of_noun(quantity, said, words):
                return _Told(of, quantity, end, owner)
            if clause := self._beside_verb(quantity, end, said, scene):
                return _Told(of, quantity, end, clause)
        for of, said in self.lexicon.said.items():
            for clause in scene.clauses:
                if clause.kind == "noun":
                    continue
                if _is_verb(clause, said.verbs) and self._in_role("object", clause, heads):
                    return _Told(of, quantity, end, clause)
                behind = "object" if not clause.role("subject") else "subject"  # "sono morte 17 persone"
                if _is_verb(clause, said.dying) and any(self._in_role(r, clause, heads) for r in ("subject", behind)):
                    return _Told(of, quantity, end, clause)
        return self._of_protest(quantity, end, heads, scene)

    def _is_told(self, at: int, heads: set[int], scene: Scene) -> bool:
        """Whether a word tells what became of those counted: not "killed" in "20 gunmen killed two"."""
        for clause in scene.clauses:
            if clause.head == at and clause.kind == "verb":
                others = [p for p in clause.role("object") if p.head not in heads]
                return not others or clause.passive
        return True

    @staticmethod
    def _in_role(role: str, clause: Clause, heads: set[int]) -> bool:
        return any(phrase.head in heads for phrase in clause.role(role))

    def _of_noun(self, quantity: Quantity, said: Said, words: Sequence[Word]) -> bool:
        """ "the death of nine soldiers", "a crowd of 5,000" """
        at = quantity.first - 1
        while at >= 0 and words[at].pos == "DET":
            at -= 1
        if at < 1 or words[at].lemma.lower() not in self.lexicon.linked:
            return False
        return words[at - 1].lemma.lower() in said.nouns

    def _beside_verb(self, quantity: Quantity, end: int, said: Said, scene: Scene) -> Clause | None:
        """The verb right before or behind a number, where a parser lost what belongs to it."""
        words = scene.sentence.words
        at = quantity.first - 1
        while at > 0 and (words[at].pos == "ADV" or (words[at].pos == "PRON" and words[at].head == at - 1)):
            at -= 1
        verbs = {clause.head: clause for clause in scene.clauses if clause.kind != "noun"}
        before = verbs.get(at)
        if (
            before is not None
            and not before.passive
            and _is_verb(before, said.verbs)
            and not _has_other_object(before, quantity, end)
        ):
            return before
        if (
            before is None
            and at > 0
            and words[at].pos == "ADJ"
            and frozenset[str]() in said.verbs.get(words[at].lemma.lower(), ())
        ):
            if (
                words[at - 1].pos == "CCONJ"
            ):  # "shot dead two and injured ten": a verb that a parser took for an adjective
                return self._owner(at, scene)
        at = end
        while at < len(words) and words[at].pos in ("AUX", "ADV"):
            at += 1
        behind = verbs.get(at)
        if at > end and behind is not None and behind.passive and _is_verb(behind, said.verbs):
            return behind
        if (
            behind is not None
            and _is_verb(behind, said.dying)
            and not any(p.head < quantity.first for p in behind.role("subject"))
        ):
            return behind
        return None

    def _is_toll(self, quantity: Quantity, said: Said, words: Sequence[Word]) -> bool:
        """ "The death toll rose to 34", "the wounded are 80" """
        at, verbs = quantity.first - 1, 0
        while at >= 0 and quantity.first - at < LONGEST_WAY:
            word, low = words[at], words[at].text.lower()
            if low in said.tolls or word.lemma.lower() in said.tolls:
                return True
            if low in said.told:
                return verbs > 0 and at > 0 and words[at - 1].pos == "DET"
            verbs += word.pos in ("AUX", "VERB")
            if (
                word.pos not in ("AUX", "VERB", "ADV", "DET")
                and low not in self.lexicon.reached
                and word.lemma.lower() not in self.lexicon.reached
            ):
                return False
            at -= 1
        return False

    def _of_protest(self, quantity: Quantity, end: int, heads: set[int], scene: Scene) -> _Told | None:
        """Those who protest: the subject of an event that brings people together, or "by" and "of" them."""
        for event, clause in self.here.get(scene.number, ()):
            if event.type not in CARRIED["crowd"]:
                continue
            roles = ("subject", *scene.grammar.agent_prepositions, *scene.grammar.own_prepositions)
            if any(self._in_role(role, clause, heads) for role in roles):
                return _Told("crowd", quantity, end, clause)
        return None

    @staticmethod
    def _owner(index: int, scene: Scene) -> Clause | None:
        return next((clause for clause in scene.clauses if clause.kind != "noun" and index in clause.words), None)

    # ---- whose count it is ----------------------------------------------------------------------------------------------

    def _event_of(self, told: _Told, scene: Scene) -> Event | None:
        """The event whose clause or noun phrase tells a count; for a toll, the one of the sentence before."""
        types = CARRIED[told.of]
        ranked = sorted(
            (
                (self._distance(told, event, clause, scene), abs(clause.head - told.quantity.bare), number)
                for number, (event, clause) in enumerate(self.here.get(scene.number, ()))
                if event.type in types
            ),
        )
        for distance, _, number in ranked:
            event = self.here[scene.number][number][0]
            if distance < _SAME_SENTENCE or event.type == types[0]:
                return event
        return self._of_toll(told, scene)

    def _distance(self, told: _Told, event: Event, clause: Clause, scene: Scene) -> int:
        own = told.clause
        if own is not None and clause.number == own.number:
            return 0
        if clause.kind == "noun" and told.quantity.bare in scene.sentence.subtree(clause.head):
            return 1
        if own is None:
            return _SAME_SENTENCE
        if scene.sentence[clause.head].head == own.head and clause.kind == "noun":
            return 1  # "the attack killed twenty"
        if clause.number in {above.number for above in within(own, scene.clauses)}:
            return 2
        if own.number in {above.number for above in within(clause, scene.clauses)}:
            return 3
        if scene.sentence[own.head].head == clause.head or scene.sentence[clause.head].head == own.head:
            return 4
        return _SAME_SENTENCE

    def _of_toll(self, told: _Told, scene: Scene) -> Event | None:
        clause = told.clause
        if clause is not None and (
            clause.negated or clause.modality != "none" or clause.tense == "future" or clause.question
        ):
            return None
        if not self.lexicon.disasters.isdisjoint(word.lemma.lower() for word in scene.sentence):
            return None
        before = [event for event, _ in self.here.get(scene.number - 1, ()) if event.type == CARRIED[told.of][0]]
        before = [event for event in before if event.polarity == "affirmed" and event.time != "future"]
        if not before:
            return None
        event = before[-1]
        span = Span(scene.sentence.start, scene.sentence.end)
        own = next((when for when in self.dates if when.id == event.date), None)
        for when in self.dates:  # a toll of other days is another toll
            if span.covers(when.span) and (own is None or when.interval != own.interval):
                return None
        return event


_SAME_SENTENCE = 9


def _is_verb(clause: Clause, verbs: Mapping[str, tuple[frozenset[str], ...]]) -> bool:
    return any(others <= clause.companions for others in verbs.get(clause.predicate, ()))


def _has_other_object(clause: Clause, quantity: Quantity, end: int) -> bool:
    return any(not quantity.first <= phrase.head < end for phrase in clause.role("object"))


def _added(found: Sequence[tuple[str, _Told]], scene: Scene, lexicon: CountLexicon) -> Iterator[tuple[str, Count]]:
    """The counts of a sentence; "three soldiers and five civilians" are eight."""
    words = scene.sentence.words
    runs: list[list[tuple[str, _Told]]] = []
    for id, told in found:
        if runs:
            last_id, last = runs[-1][-1]
            between = words[last.end : told.quantity.first]
            joined = any(word.pos == "CCONJ" for word in between) and all(
                word.pos == "CCONJ" or word.text == "," or word.text.lower() in lexicon.further for word in between
            )
            if (last_id, last.of) == (id, told.of) and joined:
                runs[-1].append((id, told))
                continue
        runs.append([(id, told)])
    for run in runs:
        id, first = run[0]
        quantities = [told.quantity for _, told in run]
        yield (
            id,
            Count(
                first.of,
                Span(words[first.quantity.first].start, words[run[-1][1].end - 1].end),
                *(_sum(values) for values in zip(*((q.low, q.best, q.high) for q in quantities), strict=True)),
            ),
        )


def _sum(values: Sequence[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if len(known) == len(values) else None
