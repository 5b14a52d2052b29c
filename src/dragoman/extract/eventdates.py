"""When an event was: the date that the sentence's grammar gives it, the day of the story, and what lies further back.

In: scenes, the dates of an article, a language's prepositions. Out: for a clause the `When` that belongs to it, or None. A
date belongs to the noun it stands in ("Wednesday's call"), else to the verb it hangs on; an event noun has its verb's date
where the verb only says that it happened, and a verb that of what it happened in ("in the March call"). A date after "since",
"before" or "until" is nobody's day. No event is dated by default.
"""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from dragoman.extract.dates import Attachment, Landmark
from dragoman.extract.scenes import Scene
from dragoman.extract.spanindex import SpanIndex
from dragoman.parse.clauses import Clause
from dragoman.parse.relations import is_definite
from dragoman.parse.words import Word
from dragoman.records import Event, Interval, Span, When

BACKGROUND_DAYS = 7
_TAKEN_UP_WITHIN = 600  # characters
_LONGEST_PREPOSITION = 3  # words
_SEPARATORS = frozenset({",", ";", ":", "-", "–", "—"})


@dataclass(frozen=True)
class Placed:
    """A date in its sentence: the words it covers and the one of them that hangs on others."""

    when: When
    words: range
    head: int
    apart: bool


@dataclass
class EventDates:
    """The dates of one article, ready to be asked for those of clauses.

    `story` is the date that says on which day the story was written, `landmarks` the known happenings that the text names.
    """

    dates: Sequence[When]
    attachment: Attachment
    published: Interval | None = None
    story: When | None = None
    landmarks: Sequence[Landmark] = ()
    _owned: dict[int, Mapping[int, Sequence[Placed]]] = field(
        default_factory=dict[int, Mapping[int, Sequence["Placed"]]], repr=False
    )

    def of(self, clause: Clause, scene: Scene) -> When | None:
        """The date that belongs to the clause."""
        owned = self._owners(scene)
        if not owned:
            return None
        return _of_noun(clause, scene, owned, self.attachment) if clause.kind == "noun" else _of_verb(
            clause, scene, owned, self.attachment
        )  # fmt: skip

    def _owners(self, scene: Scene) -> Mapping[int, Sequence[Placed]]:
        if scene.number not in self._owned:
            self._owned[scene.number] = _owners(scene, self._inside(scene), self.attachment)
        return self._owned[scene.number]

    def _all_inside(self, scene: Scene) -> Sequence[When]:
        first = bisect.bisect_left(self.dates, scene.sentence.start, key=lambda date: date.span.start)
        last = bisect.bisect_left(self.dates, scene.sentence.end, key=lambda date: date.span.start)
        return self.dates[first:last]

    def _inside(self, scene: Scene) -> list[When]:
        return [
            date
            for date in self._all_inside(scene)
            if date.type in ("DATE", "TIME") and date != self.story and not date.value.endswith("_REF")
        ]  # fmt: skip

    def recurs(self, clause: Clause, scene: Scene) -> bool:
        """Whether the clause, or the verb of its noun, says how often: "every winter", "twice a year"."""
        verbs = (c.words for c in scene.clauses if c.kind != "noun" and clause.head in c.words)
        words = {*clause.words, *(index for own in verbs for index in own)}
        starts = {scene.sentence[i].start for i in words}
        return any(date.type == "SET" and date.span.start in starts for date in self._all_inside(scene))

    def is_background(self, when: When | None, clause: Clause, scene: Scene) -> bool:
        """Whether the event lies clearly before what the dispatch is about: by its own date, else by its tense."""
        if when is not None and when.interval is not None:
            return self.lies_back(when)
        return clause.kind != "noun" and clause.link in ("root", "relative") and _is_pluperfect(clause, scene)

    def lies_back(self, when: When) -> bool:
        """Whether a date lies clearly before the day of the story, or else before publication."""
        today = self.story.interval if self.story and self.story.interval else self.published
        return bool(today and when.interval and (today.start - when.interval.end).days > BACKGROUND_DAYS)

    def is_vague(self, scene: Scene) -> bool:
        """Whether the sentence has a date that is nobody's day ("since May")."""
        return any(date.apart for owned in self._owners(scene).values() for date in owned)


# ---- which clause a date belongs to ------------------------------------------------------------------------------------


def _owners(scene: Scene, dates: Sequence[When], attachment: Attachment) -> Mapping[int, Sequence[Placed]]:
    """The dates of a sentence by the number of the clause they belong to."""
    placed = [found for date in dates if (found := _placed(date, scene, attachment))]
    covered = {word for date in placed for word in date.words}
    clauses = [clause for clause in scene.clauses if clause.head not in covered]
    owned: dict[int, list[Placed]] = {}
    for date in placed:
        owner = _owner(date, scene, clauses, attachment)
        if owner is not None:
            owned.setdefault(owner, []).append(date)
    return owned


def _placed(date: When, scene: Scene, attachment: Attachment) -> Placed | None:
    sentence = scene.sentence
    first = bisect.bisect_right(sentence.words, date.span.start, key=lambda word: word.end)
    last = bisect.bisect_left(sentence.words, date.span.end, key=lambda word: word.start)
    if first >= last:
        return None
    inside = range(first, last)
    head = next((i for i in inside if sentence[i].head not in inside or sentence[i].head == i), inside[0])
    is_range = "/" in date.value
    return Placed(date, inside, head, not is_range and _is_apart(inside.start, scene, attachment))


def _is_apart(first: int, scene: Scene, attachment: Attachment) -> bool:
    """Whether a preposition such as "since" or "before" stands right before a word, articles aside."""
    sentence = scene.sentence
    at = first - 1
    while at >= 0 and sentence[at].pos == "DET":
        at -= 1
    return any(
        " ".join(sentence[i].lemma.lower() for i in range(at - size, at + 1)) in attachment.apart
        for size in range(min(_LONGEST_PREPOSITION, at + 1))
    )


def _owner(date: Placed, scene: Scene, clauses: Sequence[Clause], attachment: Attachment) -> int | None:
    """The number of the clause that a date belongs to; None where it belongs to a thing ("the 2015 accord")."""
    sentence = scene.sentence
    verbs = {clause.head: clause for clause in clauses if clause.kind != "noun"}
    nouns = {clause.head: clause for clause in clauses if clause.kind == "noun" and sentence[clause.head].pos == "NOUN"}
    below = date.head
    owner: Clause | None = None
    for word in sentence.ancestors(date.head):
        noun = nouns.get(word.index)
        if noun is not None and not _only_follows(date, below, noun, scene, attachment):
            within = _is_within(date, below, word, scene)
            nested = noun.parent is not None and scene.clauses[noun.parent].kind == "noun"  # "sanctions on gangs"
            if within or (word.index < date.head and not nested):
                return noun.number
        if word.index in verbs:
            owner = verbs[word.index]
            break
        if word.pos == "NOUN" and word.lemma.lower() not in attachment.times and _is_within(date, below, word, scene):
            return None
        below = word.index
    if owner is None:
        owner = _nearest_verb(date, verbs)
    return _corrected(date, owner, scene, verbs).number if owner else None


def _is_within(date: Placed, below: int, noun: Word, scene: Scene) -> bool:
    """Whether a date stands in a noun's own phrase: "the March attack", "Friday's talks", "the accord of 1991"."""
    sentence = scene.sentence
    cases = {c.lemma.lower() for c in sentence.children(below) if c.relation == "case"}
    if not cases.isdisjoint((*scene.grammar.own_prepositions, "'s")):
        return True
    between = [sentence[i].pos for i in range(date.words[-1] + 1, noun.index)]
    first = date.words[0]
    marked = first > 0 and sentence[first - 1].pos == "ADP"  # "on Tuesday protesters": no Tuesday protesters
    return first < noun.index and not marked and set(between) <= {"ADJ", "NOUN"} and len(between) <= 2


def _only_follows(date: Placed, below: int, noun: Clause, scene: Scene, attachment: Attachment) -> bool:
    """ "imposed sanctions on Friday", "spoke by phone on Friday": what follows a verb's object or manner without "of" is the
    verb's, whatever parsers say; not so "after talks on Friday"."""
    if noun.parent is None or noun.link != "role" or date.words[0] < noun.head:
        return False
    if noun.governor_role != "object" and noun.governor_role not in attachment.manner:
        return False
    return scene.clauses[noun.parent].kind != "noun" and not _is_within(date, below, scene.sentence[noun.head], scene)


def _nearest_verb(date: Placed, verbs: Mapping[int, Clause]) -> Clause | None:
    """What a date belongs to that hangs on nothing: the verb it is nearest to, of equals the one after it."""
    heads = sorted(verbs, key=lambda head: (min(abs(head - date.words[0]), abs(head - date.words[-1])), -head))
    return verbs[heads[0]] if heads else None


def _corrected(date: Placed, owner: Clause, scene: Scene, verbs: Mapping[int, Clause]) -> Clause:
    """What parsers get wrong: "said Wednesday they had ...", "... Kyiv and on Monday it shelled ..."."""
    sentence = scene.sentence
    before = date.words[0] - 1
    while before >= 0 and sentence[before].pos in ("ADP", "DET"):
        before -= 1
    if before < 0:
        return owner
    above = scene.clauses[owner.parent] if owner.parent is not None else None
    if above is not None and owner.link == "complement" and before == above.head and owner.head > date.words[-1]:
        return above
    inner = _after_link(date, owner, scene, verbs)
    if inner is not None:
        return inner
    opens = sentence[before].pos == "CCONJ" or sentence[before].text == ";"
    if opens and owner.head < date.words[0]:
        after = min((head for head in verbs if head > date.words[-1]), default=None)
        if after is not None and verbs[after].finite:
            return verbs[after]
    return owner


def _after_link(date: Placed, owner: Clause, scene: Scene, verbs: Mapping[int, Clause]) -> Clause | None:
    """ "came a day after Russia signed an accord on Friday", "After Russia signed it on Friday, Kyiv ...": behind "after", a
    date belongs to the verb behind it, where what it was given to stands before "after", or behind a comma."""
    words = scene.sentence.words
    after = words[date.words[-1] + 1].text if date.words[-1] + 1 < len(words) else ""
    first = owner.head + 1 if owner.head < date.words[0] else 0
    if first == 0 and after != ",":
        return None
    link = next(
        (
            word.index
            for word in reversed(words[first : date.words[0]])
            if scene.grammar.link_words.get(word.lemma.lower()) == "time"
        ),
        None,
    )
    if link is None:
        return None
    inside = [head for head in verbs if link < head < date.words[0]]
    return verbs[max(inside)] if inside else None


# ---- which date a clause has -------------------------------------------------------------------------------------------


def _own(clause: Clause, owned: Mapping[int, Sequence[Placed]], scene: Scene) -> When | None:
    """The nearest date of a clause's own, one whose days are known before others."""
    there = [date for date in owned.get(clause.number, ()) if not date.apart]
    if any(_are_two(one, other, scene) for one, other in itertools.pairwise(there)):
        return None
    best = min(
        there, key=lambda d: (d.when.interval is None, min(abs(d.words[0] - clause.head), abs(d.words[-1] - clause.head))),
        default=None,
    )  # fmt: skip
    return best.when if best else None


def _are_two(one: Placed, other: Placed, scene: Scene) -> bool:
    """Whether two dates stand in a row as two times: "in 2021 and 2022"."""
    between = scene.sentence.words[one.words[-1] + 1 : other.words[0]]
    joined = any(word.pos == "CCONJ" for word in between) and all(
        word.pos in ("CCONJ", "ADP", "DET") for word in between
    )
    return joined and one.when.interval != other.when.interval


def _of_verb(
    clause: Clause, scene: Scene, owned: Mapping[int, Sequence[Placed]], attachment: Attachment
) -> When | None:
    if (own := _own(clause, owned, scene)) or owned.get(clause.number):
        return own  # whatever is told "since May" or "before Friday" has no day
    below = [other for other in scene.clauses if other.parent == clause.number]
    for other in below:
        # "in a call on Saturday she urged ...", "shelled the town, killing nine people on Monday"
        during = other.kind == "noun" and other.link == "role" and other.governor_role in attachment.during
        hangs = scene.sentence[other.head].head == clause.head
        result = hangs and other.kind == "verb" and not other.finite and other.link in ("adverbial", "modifier")
        if (during or (result and other.head > clause.head)) and (found := _own(other, owned, scene)):
            return found
    if _only_happens(clause, scene):  # "Wednesday's attack killed nine soldiers"
        subjects = {phrase.head for phrase in clause.role("subject")}
        led = (_own(other, owned, scene) for other in scene.clauses if other.kind == "noun" and other.head in subjects)
        if found := next(filter(None, led), None):
            return found
    word = scene.sentence[clause.head]
    first = next((c for c in scene.clauses if c.head == word.head and c.kind != "noun"), None)
    if word.relation == "conj" and first is not None and first is not clause:
        # "on Tuesday Egypt agreed and called on Syria to ...": what stands before both holds of both
        found = _own(first, owned, scene)
        if found and found.span.end <= scene.sentence[first.head].start and not _has_subject(clause, scene):
            return found
        return None
    if not clause.finite and clause.link == "adverbial" and clause.parent is not None:
        above = scene.clauses[clause.parent]
        return _own(above, owned, scene) if above.kind != "noun" else None
    return None


def _has_subject(clause: Clause, scene: Scene) -> bool:
    return any(word.relation == "nsubj" for word in scene.sentence.children(clause.head))


def _of_noun(
    clause: Clause, scene: Scene, owned: Mapping[int, Sequence[Placed]], attachment: Attachment
) -> When | None:
    if (own := _own(clause, owned, scene)) or owned.get(clause.number):
        return own
    if clause.link == "role" and clause.parent is not None and clause.governor_role in ("appos", *attachment.during):
        noun = scene.clauses[clause.parent]  # "an attack during Friday's talks", and what parsers make of a comma
        if noun.kind == "noun":
            return _own(noun, owned, scene)
    above, role = _verb_above(clause, scene)
    if above is None:
        return None
    light = role in ("object", "subject") and above.predicate in scene.grammar.light_verbs | attachment.makes
    happens = role in ("subject", "object") and _only_happens(above, scene)
    if light or happens:
        return _of_verb(above, scene, owned, attachment)
    return _own(above, owned, scene) if role in attachment.during else None


def _verb_above(clause: Clause, scene: Scene) -> tuple[Clause | None, str]:
    """The verb that an event noun hangs on, and in which role; a noun that a light verb lent all it had still hangs on it."""
    if clause.link == "role" and clause.parent is not None:
        above = scene.clauses[clause.parent]
        return (above, clause.governor_role) if above.kind != "noun" else (None, "")
    word = scene.sentence[clause.head]
    lent = next((c for c in scene.clauses if c.head == word.head and c.kind != "noun" and c is not clause), None)
    return (lent, "object") if lent is not None and word.relation in ("obj", "nsubj", "obl") else (None, "")


def _only_happens(clause: Clause, scene: Scene) -> bool:
    """Whether a verb says no more than that its subject took place."""
    for verb in scene.grammar.happening_verbs:
        first, *rest = verb.split()
        if clause.predicate in (verb, first) and all(word in clause.companions for word in rest):
            return True
    return False


def _is_pluperfect(clause: Clause, scene: Scene) -> bool:
    """Whether a clause tells what had been before: "had warned", "aveva avvertito"."""
    if not scene.sentence[clause.head].has("VerbForm=Part"):
        return False
    return any(
        word.label == "aux"
        and word.lemma.lower() in scene.grammar.perfect_auxiliaries
        and (word.has("Tense=Past") or word.has("Tense=Imp"))
        for word in scene.sentence.children(clause.head)
    )


# ---- what the whole article tells --------------------------------------------------------------------------------------


def with_story_days(
    events: Sequence[Event],
    dates: Sequence[When],
    known: EventDates,
    scenes: Sequence[Scene],
    kinds: Callable[[str], Collection[str]],
) -> tuple[tuple[Event, ...], tuple[When, ...]]:
    """The events, those without a date given one where the article as a whole tells it, and the dates with those added.

    A known happening has its own day (anchor "calendar"). What the lead tells in the past tense was on the day of the
    dateline (anchor "story"). What takes up the event of the lead ("the call") has that one's date, and what happened "during
    the call" that of the last event that was one. `kinds` says what types of event a noun may name.
    """
    added: dict[tuple[Span, str], When] = {}
    landmarks = SpanIndex((mark.span, mark) for mark in known.landmarks)
    lead = _lead(scenes, known.story)
    main: Event | None = None
    done: list[Event] = []
    for event in events:
        in_lead = lead is not None and event.sentence.start == lead.sentence.start
        if event.date is None and event.time == "past":
            when = _landmark_of(event, landmarks)
            if when is None and lead is not None and in_lead:
                when = _story_of(event, lead, known)
            if when is not None and when.interval is not None:
                when = added.setdefault(
                    (when.span, str(when.anchor)), replace(when, id=f"d{len(dates) + len(added) + 1}")
                )
                event = replace(event, date=when.id, background=event.background or known.lies_back(when))
            elif main is not None and not in_lead and _takes_up(event, main, scenes):
                event = replace(event, date=main.date)
            elif earlier := _happened_in(event, done, known, scenes, kinds):
                event = replace(event, date=earlier.date, background=earlier.background)
        tells = event.date and event.time == "past" and event.polarity == "affirmed" and not event.background
        if main is None and in_lead and tells:
            main = event
        done.append(event)
    return tuple(done), (*dates, *added.values())


def _landmark_of(event: Event, landmarks: SpanIndex[Landmark]) -> When | None:
    """The day of the known happening that an event's words name."""
    mark = next((mark for _, mark in landmarks.covering(event.trigger)), None)
    return When("", mark.span, mark.value, "DATE", mark.interval, "calendar") if mark else None


def _story_of(event: Event, lead: Scene, known: EventDates) -> When | None:
    """The day of the dateline, for what the lead tells."""
    clause = _clause_of(event, lead)
    if known.story is None or event.certainty != "certain" or clause is None or not _is_told(clause, lead, known):
        return None
    return replace(known.story, anchor="story")


def _lead(scenes: Sequence[Scene], story: When | None) -> Scene | None:
    """The first sentence of the story itself: with the dateline or right after it, else the first that has a verb."""
    for scene in scenes:
        if story is not None and scene.sentence.end <= story.span.end:
            continue
        if any(clause.kind != "noun" and clause.finite for clause in scene.clauses):
            return scene
    return None


def _clause_of(event: Event, scene: Scene) -> Clause | None:
    for clause in scene.clauses:
        if scene.sentence[clause.trigger[0]].start == event.trigger.start:
            return clause
    return None


def _is_told(clause: Clause, scene: Scene, known: EventDates) -> bool:
    """Whether a clause of the lead is what the lead tells: in a main clause or what is reported, in a simple past."""
    for current in _upwards(clause, scene):
        if known.of(current, scene) is not None or _is_pluperfect(current, scene):
            return False
        if current.kind == "noun":
            above, role = _verb_above(current, scene)
            if above is None or role not in ("object", "subject"):
                return False
            makes = above.predicate in scene.grammar.light_verbs | known.attachment.makes
            if not (makes or _only_happens(above, scene)) or known.of(above, scene) is not None:
                return False
        elif current.tense == "future" or not _stands_for_itself(current, scene):
            return False
    return not known.is_vague(scene)


def _stands_for_itself(clause: Clause, scene: Scene) -> bool:
    """A main clause, or what is told before it is said who tells it: "Rebels attacked the town, the army said"."""
    if clause.link == "complement" and clause.parent is not None:
        return clause.finite and clause.head < scene.clauses[clause.parent].head
    return clause.link in ("root", "parenthesis")


def _upwards(clause: Clause, scene: Scene) -> Iterator[Clause]:
    seen: set[int] = set()
    current: Clause | None = clause
    while current is not None and current.number not in seen:
        seen.add(current.number)
        yield current
        current = scene.clauses[current.parent] if current.parent is not None else None


def _takes_up(event: Event, main: Event, scenes: Sequence[Scene]) -> bool:
    """Whether an event noun with an article takes up the event of the lead: "the call", of the same kind and parties."""
    if event.type != main.type or event.polarity != "affirmed":
        return False
    parties, others = {*event.actors, *event.recipients}, {*main.actors, *main.recipients}
    if not parties or not parties <= others:
        return False
    scene = _scene_of(event, scenes)
    clause = _clause_of(event, scene) if scene else None
    return (
        scene is not None and clause is not None and clause.kind == "noun" and is_definite(scene.sentence, clause.head)
    )


def _happened_in(
    event: Event,
    before: Sequence[Event],
    known: EventDates,
    scenes: Sequence[Scene],
    kinds: Callable[[str], Collection[str]],
) -> Event | None:
    """The event of the sentences before in whose course this one happened: "during the meeting she urged ..."."""
    scene = _scene_of(event, scenes)
    clause = _clause_of(event, scene) if scene else None
    if scene is None or clause is None or clause.kind == "noun":
        return None
    for other in scene.clauses:
        inside = (
            other.parent == clause.number and other.kind == "noun" and other.governor_role in known.attachment.during
        )
        if not inside or not is_definite(scene.sentence, other.head) or known.of(other, scene) is not None:
            continue
        named = kinds(scene.sentence[other.head].lemma.lower())
        for earlier in reversed(before):
            if earlier.sentence.end <= event.sentence.start - _TAKEN_UP_WITHIN:
                return None
            if earlier.sentence.end <= event.sentence.start and earlier.type in named:
                return earlier if earlier.date else None
    return None


def _scene_of(event: Event, scenes: Sequence[Scene]) -> Scene | None:
    at = bisect.bisect_right(scenes, event.sentence.start, key=lambda scene: scene.sentence.start) - 1
    return scenes[at] if at >= 0 else None
