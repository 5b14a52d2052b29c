"""How many an event killed, injured, had arrested or brought together.

In: events, scenes, dates and the cast of one article, and a `CountLexicon`. Out: the events with what is told of them.
A number counts only where words say what it counts: the people that a verb kills, the dead, the arrest of so many. Ages,
dates, sums and distances count nobody.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast, get_args

from dragoman.extract.actors import Cast
from dragoman.extract.eventclauses import EventClauses, within
from dragoman.extract.gazetteer import Gazetteer
from dragoman.extract.quantities import Numbers, NumberWords, Quantity, number_words, tokens_of
from dragoman.extract.scenes import Scene
from dragoman.languages import Language
from dragoman.parse.clauses import Clause
from dragoman.parse.words import Word
from dragoman.records import Count, Counted, Event, Span, When

# Types of event that may have such a count; the first is the one that has it where nothing but the sentence joins the two.
CARRIED: Mapping[Counted, tuple[str, ...]] = {
    "killed": ("ASSAULT", "PROTEST"),
    "injured": ("ASSAULT", "PROTEST"),
    "arrested": ("COERCE", "PROTEST", "SANCTION"),
    "crowd": ("PROTEST",),
}
YEARS = range(1900, 2100)
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
    numbers: NumberWords
    people: frozenset[str]
    bodies: frozenset[str]
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
    return CountLexicon(
        gazetteer=gazetteer,
        numbers=number_words(language),
        people=frozenset(table.get("people", ())),
        bodies=frozenset(table.get("bodies", ())),
        further=frozenset(table.get("further", ())),
        linked=frozenset(table.get("linked", ())),
        parts=tuple(tokens_of(phrase) for phrase in table.get("parts", ())),
        none=frozenset(table.get("none", ())),
        ones=frozenset(table.get("ones", ())),
        reached=frozenset(table.get("reached", ())),
        said={of: _said(table[of]) for of in cast(tuple[Counted, ...], get_args(Counted)) if of in table},
        disasters=frozenset(language.facts_of("classes").get("disaster", ())),
    )


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
                if event is not None and not (one.of == "crowd" and one.quantity.best == 1):
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
            end = self._with_adjectives(counted, end, scene)
            if self._is_whole(quantity, scene):
                continue
            if told := self._told(quantity, counted, end, scene, words):
                yield told

    def _quantities(self, scene: Scene) -> list[Quantity]:
        words = scene.sentence.words
        found = Numbers(words, self.lexicon.numbers).find()
        taken = {i for quantity in found for i in range(quantity.first, quantity.end)}
        for word in words:
            if word.text.lower() not in self.lexicon.ones or word.index in taken:
                continue
            counted, end = self._counted(word.index + 1, scene)
            if counted is not None and end is not None and self._is_one(counted, scene):
                found.append(Quantity(word.index, word.index, word.index + 1, 1, 1, 1))
        return sorted(found, key=lambda quantity: quantity.first)

    def _is_one(self, counted: int, scene: Scene) -> bool:
        """Whether the word behind "a" is one person ("a soldier"), or one of those counted ("un morto")."""
        word = scene.sentence[counted]
        low = word.text.lower()
        entry = self.lexicon.gazetteer.meaning(word.text)
        person = entry is not None and entry.sort == "role" and entry.kind == "person" and not entry.plural
        listed = low in self.lexicon.people and not word.has("Number=Plur")
        beyond = scene.sentence[counted + 1].pos if counted + 1 < len(scene.sentence) else ""
        told = beyond not in ("NOUN", "PROPN", "ADJ") and any(low in said.told for said in self.lexicon.said.values())
        return (person or listed or told) and low not in self.lexicon.further

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

    def _is_whole(self, quantity: Quantity, scene: Scene) -> bool:
        """ "Twenty of the 30 passengers": it is the twenty that something happened to."""
        words, at = scene.sentence.words, quantity.first - 1
        while at >= 0 and words[at].pos == "DET":
            at -= 1
        if at < 1 or words[at].lemma.lower() not in self.lexicon.linked:
            return False
        return words[at - 1].pos == "NUM"

    def _with_adjectives(self, counted: int | None, end: int, scene: Scene) -> int:
        """Where "tre soldati indiani" ends."""
        words = scene.sentence.words
        while counted is not None and end < len(words):
            adjective = words[end].pos == "ADJ" and words[end].head == counted
            if not adjective and not (words[end].text.islower() and self._is_nationality(words[end])):
                break
            if any(words[end].text.lower() in said.told for said in self.lexicon.said.values()):
                break
            end += 1
        return end

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
            compound = word.relation == "compound" and word.head > at
            if low in lexicon.bodies and not compound:
                return None, None
            if not compound and (low in lexicon.people or self._is_somebody(word, scene)):
                other = low in lexicon.further and at + 1 < len(words) and words[at + 1].pos in ("NOUN", "ADJ", "PROPN")
                if not other:
                    return at, at + 1
            elif (told and not compound) or any(word.lemma.lower() in said.lives for said in lexicon.said.values()):
                return at, at + 1
            skipped = (
                word.pos in ("ADJ", "DET", "NUM")
                or compound
                or word.relation == "amod"
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
            at = end  # "were killed", "sono rimasti uccisi"
            while at < len(words) and words[at].text.lower() not in said.told:
                if words[at].pos not in ("AUX", "ADV") and words[at].lemma.lower() not in said.dying:
                    break
                at += 1
            if end < at < len(words) and words[at].text.lower() in said.told and self._is_told(at, heads, scene):
                return _Told(of, quantity, end, self._owner(at, scene))
        for of, said in self.lexicon.said.items():
            if counted is None and self._is_toll(quantity, said, words):
                return _Told(of, quantity, end, owner)
        for of, said in self.lexicon.said.items():
            if self._of_noun(quantity, said, words):
                return _Told(of, quantity, end, owner)
            if clause := self._beside_verb(of, quantity, end, scene):
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

    def _beside_verb(self, of: Counted, quantity: Quantity, end: int, scene: Scene) -> Clause | None:
        """The verb right before or behind a number, where a parser lost what belongs to it."""
        words, said = scene.sentence.words, self.lexicon.said[of]
        at = quantity.first - 1
        while at > 0 and (words[at].pos == "ADV" or (words[at].pos == "PRON" and words[at].head == at - 1)):
            at -= 1
        verbs = {clause.head: clause for clause in scene.clauses if clause.kind != "noun"}
        before = verbs.get(at)
        late = before is not None and of != "crowd" and _is_verb(before, said.dying)  # "sono morte 17 persone"
        lacking = before is not None and not (before.passive and before.role("object"))  # "e ferite altre 18"
        if before is not None and (late or (lacking and _is_verb(before, said.verbs))):
            return before
        # "shot dead two and injured ten": a verb that a parser took for an adjective
        lost = before is None and at > 0 and words[at].pos == "ADJ" and words[at - 1].pos == "CCONJ"
        if lost and frozenset[str]() in said.verbs.get(words[at].lemma.lower(), ()):
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
            and not any(word.relation == "nsubj" for word in scene.sentence.children(behind.head))
        ):
            return behind
        return None

    def _is_toll(self, quantity: Quantity, said: Said, words: Sequence[Word]) -> bool:
        """ "The death toll rose to 34", "the wounded are 80" """
        at, verbs = quantity.first - 1, 0
        steps = {
            *self.lexicon.reached,
            *(word for phrase in self.lexicon.numbers.bounds.get("from", ()) for word in phrase),
        }
        if at >= 0 and words[at].text.lower() in steps - self.lexicon.reached:
            return False  # "from 20 to 34"
        while at >= 0 and quantity.first - at < LONGEST_WAY:
            word, low = words[at], words[at].text.lower()
            if low in said.tolls or word.lemma.lower() in said.tolls:
                return True
            if low in said.told:
                return verbs > 0 and at > 0 and words[at - 1].pos == "DET"
            verbs += word.pos in ("AUX", "VERB")
            if (
                word.pos not in ("AUX", "VERB", "ADV", "DET", "NUM")
                and low not in steps
                and word.lemma.lower() not in steps
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
