"""What the rest of a reading knows about the place where a date stands: the tense of its clause, whose birthday it may be.

In: the scenes and the cast of one article, the world. Out: `Surroundings`, which `find_dates` asks.
"""

from __future__ import annotations

import bisect
import datetime
from collections.abc import Collection, Sequence

from dragoman.extract.actors import Cast
from dragoman.extract.dates import Births, Surroundings, Tense
from dragoman.extract.factuality import Embedding, factuality
from dragoman.extract.scenes import Scene
from dragoman.parse.clauses import Clause
from dragoman.parse.words import Word
from dragoman.records import Actor
from dragoman.world import World

_POSSESSOR_WITHIN = 6  # characters between "Xi" and "69th birthday", or "compleanno" and "Xi"
_LONGEST_NAME = 80
_GOVERNING = frozenset({"ADP", "SCONJ"})


def surroundings_of(
    scenes: Sequence[Scene], cast: Cast, world: World, embedding: Embedding, planned: Collection[str] = ()
) -> Surroundings:
    """What `find_dates` may ask about the places of one article. `planned`: verbs whose present tense tells what is to come."""
    known = _Article(scenes, cast, world, embedding, planned)
    return Surroundings(known.tense, known.births, known.governs, known.counts)


class _Article:
    """Answers by offset, sentence by sentence."""

    def __init__(
        self, scenes: Sequence[Scene], cast: Cast, world: World, embedding: Embedding, planned: Collection[str]
    ) -> None:
        self._planned = planned
        self._scenes = scenes
        self._starts = [scene.sentence.start for scene in scenes]
        self._cast = cast
        self._world = world
        self._embedding = embedding
        self._mentions = sorted(cast.mentions, key=lambda mention: mention.span)
        self._tenses: dict[int, dict[int, Tense | None]] = {}

    def _word_at(self, offset: int) -> tuple[Scene, Word] | None:
        at = bisect.bisect_right(self._starts, offset) - 1
        if at < 0:
            return None
        scene = self._scenes[at]
        words = scene.sentence.words
        word = words[max(0, bisect.bisect_right(words, offset, key=lambda word: word.start) - 1)]
        return (scene, word) if word.start <= offset < word.end else None

    def tense(self, offset: int) -> Tense | None:
        """The time that the clause at an offset speaks of; None where it does not tell."""
        found = self._word_at(offset)
        if found is None:
            return None
        scene, word = found
        if scene.number not in self._tenses:
            self._tenses[scene.number] = self._tenses_of(scene)
        return self._tenses[scene.number].get(word.index)

    def _tenses_of(self, scene: Scene) -> dict[int, Tense | None]:
        """The time of each word's clause, the innermost that has a verb; of words in none, the one that all finite verbs have."""
        verbs = [clause for clause in scene.clauses if clause.kind != "noun"]
        finite: set[Tense | None] = {self._time(clause, scene) for clause in verbs if clause.finite}
        default: Tense | None = finite.pop() if len(finite) == 1 else None
        tenses: dict[int, Tense | None] = dict.fromkeys(range(len(scene.sentence)), default)
        for clause in sorted(verbs, key=lambda clause: -len(clause.words)):
            time = self._time(clause, scene)
            tenses |= dict.fromkeys(clause.words, time)
        return tenses

    def _time(self, clause: Clause, scene: Scene) -> Tense | None:
        perfect = scene.sentence[clause.head].has("VerbForm=Part")
        if clause.tense == "future" or (clause.modality == "conditional" and not perfect):
            return "future"
        if clause.finite and clause.tense == "past" and clause.modality == "none":
            return "past"  # its own verb tells more than the one above: "vowed to reply and accused him on Friday"
        if factuality(clause, scene.clauses, self._embedding).time == "future":
            return "future"
        unmarked = clause.tense == "present" or (clause.tense == "none" and clause.link == "root")
        if unmarked and clause.predicate in self._planned and not perfect:
            return "future"
        return "past" if clause.tense == "past" else "present" if clause.tense == "present" else None

    def governs(self, offset: int) -> bool:
        """Whether the word at an offset governs others, as far as the parse tells: a preposition, no adverb."""
        found = self._word_at(offset)
        if found is None:
            return True
        scene, word = found
        if word.pos not in _GOVERNING or word.relation not in ("case", "mark") or word.head <= word.index:
            return False
        # "Due giorni dopo i talebani hanno attaccato": who is right before a verb does what it says
        after = scene.sentence[word.head + 1] if word.head + 1 < len(scene.sentence) else None
        acting = after is not None and after.pos in ("VERB", "AUX")
        return not (acting and self._cast.at(scene.number, word.head))

    def counts(self, offset: int) -> bool:
        """Whether the number at an offset counts what follows, as far as the parse tells: "four" in "four activists"."""
        found = self._word_at(offset)
        if found is None:
            return False
        scene, word = found
        if word.relation == "nummod" and word.head > word.index:
            return scene.sentence[word.head].pos == "NOUN"
        # some parsers hang the number on the day before it; "lunedì 20 ore 18" has no hours that are counted
        after, then = (scene.sentence[i] if i < len(scene.sentence) else None for i in (word.index + 1, word.index + 2))
        plural = after is not None and after.pos == "NOUN" and after.has("Number=Plur")
        return plural and (then is None or then.pos != "NUM")

    def births(self, start: int, end: int) -> Births:
        """When those were born whose birthday the words from `start` to `end` may speak of."""
        first = bisect.bisect_left(self._mentions, start - _LONGEST_NAME, key=lambda mention: mention.span.start)
        last = bisect.bisect_right(self._mentions, end + _POSSESSOR_WITHIN, key=lambda mention: mention.span.start)
        ids = {
            id
            for mention in self._mentions[first:last]
            if len(mention.actors) == 1 and mention.span.end >= start - _POSSESSOR_WITHIN
            if mention.span.end <= start
            or mention.span.start >= end
            or start <= mention.span.start < mention.span.end <= end
            for id in mention.actors
        }
        people = [actor for actor in self._cast.actors if actor.kind == "person"]
        return Births(
            tuple(filter(None, (self._born(actor) for actor in people if actor.id in ids))),
            tuple(filter(None, (self._born(actor) for actor in people))),
        )

    def _born(self, actor: Actor) -> datetime.date | None:
        born = {person.born for person in self._world.named(actor.name) if person.born}
        return born.pop() if len(born) == 1 else None
