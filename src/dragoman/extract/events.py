"""Events: which rules a sentence's clauses fire, who the parties are, and how sure it is.

In: clauses, the cast of actors, statements and dates of one article, and a language's rulebook. Out: `Event`s. A rule names
words and roles; everything grammatical was undone in `parse/clauses.py`, everything about reality is read in
`factuality.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from dragoman.extract.actors import Cast
from dragoman.extract.eventdates import EventDates
from dragoman.extract.factuality import Embedding, Factuality, factuality
from dragoman.extract.lexicon import WordTable
from dragoman.extract.matching import ABSORBING, Obstacle, fit, unique
from dragoman.extract.prospects import for_now
from dragoman.extract.rules import Entry, Rule, Rulebook
from dragoman.extract.scenes import Scene
from dragoman.extract.spanindex import SpanIndex
from dragoman.ontology import Ontology
from dragoman.parse.clauses import Clause
from dragoman.records import Event, Span, Statement


@dataclass(frozen=True, slots=True)
class EventLexicon:
    """What event coding needs of a language and the codebook."""

    rulebook: Rulebook
    embedding: Embedding
    modes: Mapping[str, WordTable]
    contexts: WordTable
    ontology: Ontology


@dataclass(frozen=True, slots=True)
class Match:
    """A rule that fired on a clause, with the parties it found."""

    rule: Rule
    companions: tuple[str, ...]
    clause: Clause
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    facts: Factuality

    @property
    def weight(self) -> tuple[int, bool]:
        return len(self.companions), self.rule.is_narrow


def find_events(
    scenes: Sequence[Scene],
    cast_: Cast,
    statements: Sequence[Statement],
    dates: EventDates,
    lexicon: EventLexicon,
) -> tuple[Event, ...]:
    """The events of an article in text order, each with the rule that found it. One party at least has a country or a political sector."""
    events: list[Event] = []
    telling = Telling(statements)
    subject = _subject_of(scenes, lexicon.contexts)
    coded = coded_parties(cast_, lexicon.ontology)
    for scene in scenes:
        lemmas = [word.lemma.lower() for word in scene.sentence]
        contexts: Mapping[str, Span] | None = None
        for match in distinct(_matches(scene, cast_, lexicon)):
            if coded.isdisjoint((*match.actors, *match.recipients)):
                continue
            if contexts is None:
                contexts = {**subject, **spans_in(lexicon.contexts, scene)}
            events.append(_event(f"e{len(events) + 1}", match, scene, cast_, lemmas, contexts, telling, dates, lexicon))
    return tuple(events)


def coded_parties(cast_: Cast, ontology: Ontology) -> set[str]:
    """Ids of the actors that make an event: those with a country or a political sector."""
    return {a.id for a in cast_.actors if a.country or not ontology.political.isdisjoint(a.sectors)}


# ---- matching ----------------------------------------------------------------------------------------------------------


def _matches(scene: Scene, cast_: Cast, lexicon: EventLexicon) -> list[Match]:
    """The matches of a sentence, the best of each clause and type, without those that another one takes in."""
    found: list[Match] = []
    for clause in scene.clauses:
        found.extend(strongest(candidates(scene, clause, cast_, lexicon)))
    return [match for match in found if not taken_in(match, found, scene)]


def strongest(matches: Iterable[Match]) -> list[Match]:
    """Of the matches of one clause the most specific of each type, without types that a more specific rule outranks."""
    best: dict[str, Match] = {}
    for match in matches:
        held = best.get(match.rule.event)
        if held is None or (match.weight, -match.rule.order) > (held.weight, -held.rule.order):
            best[match.rule.event] = match
    top = max((match.weight for match in best.values() if not match.rule.beside), default=None)
    return [match for match in best.values() if match.weight == top or match.rule.beside]


def candidates(scene: Scene, clause: Clause, cast_: Cast, lexicon: EventLexicon) -> Iterator[Match]:
    """Every rule that fires on the clause."""
    for entry in lexicon.rulebook.entries(clause.kind, clause.predicate):
        match = _try(entry, scene, clause, cast_, lexicon)
        if match is not None:
            yield match


def _try(entry: Entry, scene: Scene, clause: Clause, cast_: Cast, lexicon: EventLexicon) -> Match | None:
    fitting = fit(entry, scene, clause, cast_)
    if isinstance(fitting, Obstacle):
        return None
    facts = factuality(clause, scene.clauses, lexicon.embedding)
    return Match(entry.rule, entry.companions, clause, fitting.actors, fitting.recipients, facts)


def taken_in(match: Match, found: Sequence[Match], scene: Scene) -> bool:
    """Whether a match is part of another's words, or the content of what another asks, promises or refuses."""
    clause = match.clause
    lemma = scene.sentence[clause.head].lemma.lower()
    for other in found:
        if other is match:
            continue
        above = other.clause
        is_parent = clause.parent == above.number
        words = set(range(min(above.trigger), max(above.trigger) + 1))
        if clause.kind == "noun" and lemma in other.companions and (is_parent or clause.head in _near(above, scene)):
            return True
        if above.number in _above(clause, scene.clauses) and _is_content(match, other):
            return True
        part = is_parent or (above.kind == "verb" and clause.head in _near(above, scene))
        # "the loan from Kuwait was paid": the noun tells more
        part = part and bool(other.actors or not match.actors) and bool(other.recipients or not match.recipients)
        if other.rule.event == match.rule.event and clause.kind == "noun" and part and clause.head not in words:
            return True
    return False


def _is_content(match: Match, other: Match) -> bool:
    """Whether what a match tells is only what the other one, above it, asks for, promises, refuses, demands or aims at."""
    if other.rule.event in ABSORBING and match.facts.asked:
        return True
    if other.rule.event == "REJECT" and match.facts.polarity == "negated":
        return True
    if other.rule.event == "PROTEST" and match.rule.event == "REQUEST":
        return True
    return match.facts.asked and match.clause.link == "purpose"


def _near(clause: Clause, scene: Scene) -> set[int]:
    """Heads of the phrases that fill the clause's roles."""
    return {phrase.head for phrases in clause.roles.values() for phrase in phrases}


def _above(clause: Clause, clauses: Sequence[Clause]) -> set[int]:
    found: set[int] = set()
    while clause.parent is not None and clause.parent not in found:
        found.add(clause.parent)
        clause = clauses[clause.parent]
    return found


def distinct(matches: Iterable[Match]) -> list[Match]:
    """One match for the same thing said twice in a sentence: same type, reality and parties, or some of them."""
    kept: list[Match] = []
    for match in matches:
        same = next((k for k in kept if is_same(k, match)), None)
        if same is None:
            kept.append(match)
        elif len(match.actors) + len(match.recipients) > len(same.actors) + len(same.recipients):
            kept[kept.index(same)] = match
    return sorted(kept, key=lambda match: match.clause.head)


def is_same(one: Match, other: Match) -> bool:
    if one.rule.event != other.rule.event or one.facts.polarity != other.facts.polarity:
        return False
    first, second = ({*m.actors, *m.recipients} for m in (one, other))
    return first <= second or second <= first


# ---- from match to event -----------------------------------------------------------------------------------------------


def _event(
    id: str,
    match: Match,
    scene: Scene,
    cast_: Cast,
    lemmas: Sequence[str],
    contexts: Mapping[str, Span],
    telling: Telling,
    dates: EventDates,
    lexicon: EventLexicon,
) -> Event:
    sentence = scene.sentence
    first, last = match.clause.trigger[0], match.clause.trigger[-1]
    trigger = Span(sentence[first].start, sentence[last].end)
    facts = match.facts
    kind = lexicon.ontology.types[match.rule.event]
    shown = _mode(match, lemmas, lexicon)
    mode = match.rule.mode or (shown[0] if shown else None)
    if match.rule.asserts:
        kind, mode, facts = for_now(kind, mode, facts, match.clause, match.actors, scene, cast_, lexicon.ontology)
    if facts.time == "present" and dates.recurs(match.clause, scene):
        facts = replace(facts, time="habitual")
    told, denied = telling.of(trigger)
    if denied and facts.certainty == "certain":
        facts = facts.at_most("possible")
    when = dates.of(match.clause, scene)
    extra = kind.modes[mode].context if mode else None
    modes = {mode: _span_of(scene, shown[1]) if shown and shown[0] == mode else trigger} if mode else {}
    if mode and (second := _mode(match, lemmas, lexicon, kind.modes[mode].beside)):
        modes[second[0]] = _span_of(scene, second[1])
    evidence = {**({extra: trigger} if extra else {}), **contexts, **modes}
    return Event(
        id=id,
        type=kind.name,
        modes=tuple(modes),
        contexts=unique((*contexts, *([extra] if extra else []))),
        evidence=tuple(evidence.items()),
        actors=match.actors,
        recipients=match.recipients,
        trigger=trigger,
        sentence=Span(sentence.start, sentence.end),
        date=when.id if when else None,
        polarity=facts.polarity if match.rule.asserts else facts.negated().polarity,
        certainty=facts.certainty,
        time=facts.time,
        background=dates.is_background(when, match.clause, scene),
        according_to=told,
        denied_by=denied,
        quad=kind.quad,
        score=kind.score_of(mode),
        cameo=kind.cameo_of(mode),
        rule=match.rule.id,
    )


def _mode(
    match: Match, lemmas: Sequence[str], lexicon: EventLexicon, only: str | None = ""
) -> tuple[str, range] | None:
    """The mode that the words of the clause show, and the numbers of those words in the sentence; `only` that one, if named."""
    table = lexicon.modes.get(match.rule.event)
    if table is None or only is None:
        return None
    own = list(match.clause.words)
    places = table.places_in([lemmas[index] for index in own])
    found = next(((name, words) for name, words in places.items() if only in ("", name)), None)
    return (found[0], range(own[found[1].start], own[found[1].stop - 1] + 1)) if found else None


def _span_of(scene: Scene, words: range) -> Span:
    return Span(scene.sentence[words.start].start, scene.sentence[words.stop - 1].end)


def spans_in(table: WordTable, scene: Scene) -> dict[str, Span]:
    """The names whose words occur in a sentence, each with the characters it was read from."""
    places = table.places_in([word.lemma.lower() for word in scene.sentence])
    return {name: _span_of(scene, words) for name, words in places.items()}


def _subject_of(scenes: Sequence[Scene], table: WordTable) -> dict[str, Span]:
    """The contexts of a whole article: those of a third of its sentences, and of three at least."""
    places: dict[str, list[Span]] = {}
    for scene in scenes:
        for name, span in spans_in(table, scene).items():
            places.setdefault(name, []).append(span)
    return {name: spans[0] for name, spans in places.items() if len(spans) >= max(3, len(scenes) / 3)}


class Telling:
    """Who tells and who denies what stands at a place of the article."""

    def __init__(self, statements: Sequence[Statement]) -> None:
        self._contents = SpanIndex((part, statement) for statement in statements for part in statement.content)
        self._denials: dict[str, list[str]] = {}
        for statement in statements:
            if statement.denies:
                self._denials.setdefault(statement.denies, []).append(statement.id)

    def of(self, trigger: Span) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The statements an event is told in, innermost first, and those that deny it."""
        around = sorted(self._contents.covering(trigger), key=lambda found: found[0].end - found[0].start)
        told = unique(s.id for _, s in around if s.stance != "deny")
        denied = [s.id for _, s in around if s.stance == "deny" and s.polarity == "affirmed"]
        denied += [denial for id in told for denial in self._denials.get(id, ())]
        return told, unique(denied)


def modes_of(tables: Mapping[str, Mapping[str, Sequence[str]]]) -> dict[str, WordTable]:
    """The mode lexicon of `events/modes.toml`, one table a type."""
    return {event: WordTable(modes) for event, modes in tables.items()}
