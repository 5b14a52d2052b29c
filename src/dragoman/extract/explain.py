"""Why there is an event and why there is none: what the rules make of each clause of an article.

In: the scenes, the cast and the events of an article. Out: for each clause who stands in which role, the rules that fired
with their fate, and those that nearly did with all that kept them from it. What is asked here is asked of the functions that
code events (matching.py, events.py), in their order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from dragoman.extract import matching
from dragoman.extract.actors import Cast
from dragoman.extract.events import (
    EventLexicon,
    Match,
    candidates,
    coded_parties,
    distinct,
    is_same,
    strongest,
    taken_in,
)
from dragoman.extract.matching import Check, Obstacle
from dragoman.extract.reasons import Reason, reasons
from dragoman.extract.rules import Entry, Rule
from dragoman.extract.scenes import Scene, spans_of
from dragoman.parse.clauses import Clause, Phrase
from dragoman.records import Event, Span

Missed = tuple[Entry, list[Obstacle]]
Fate = Literal["coded", "outranked", "taken in", "same", "no party", "merged"]


@dataclass(frozen=True, slots=True)
class Holder:
    """Who or what fills a role. `actors` are ids; `stands_for`: they are those it belongs to ("Russian missiles"). Where a
    subject is left out there is no span."""

    role: str
    spans: tuple[Span, ...]
    actors: tuple[str, ...]
    stands_for: bool = False


@dataclass(frozen=True, slots=True)
class Fired:
    """A rule that fits a clause. `by` is the rule, and the number of its clause, that it gave way to; `event` what it became."""

    rule: Rule
    pattern: tuple[str, ...]
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    polarity: str
    certainty: str
    time: str
    reasons: tuple[Reason, ...]
    fate: Fate
    by: tuple[str, int] | None = None
    event: Event | None = None


@dataclass(frozen=True, slots=True)
class Hindrance:
    """Something that keeps a rule from firing: `wanted` words or roles, and what is there: `words`, `holders`."""

    check: Check
    at: str
    wanted: tuple[str, ...]
    words: tuple[str, ...] = ()
    holders: tuple[Holder, ...] = ()


@dataclass(frozen=True, slots=True)
class Miss:
    """A rule that knows the predicate and does not fire."""

    rule: Rule
    pattern: tuple[str, ...]
    hindrances: tuple[Hindrance, ...]


@dataclass(frozen=True, slots=True)
class ClauseReport:
    """One clause. `further` counts the rules that know its predicate and are not among the misses."""

    clause: Clause
    trigger: Span
    holders: tuple[Holder, ...]
    fired: tuple[Fired, ...]
    misses: tuple[Miss, ...]
    further: int


@dataclass(frozen=True, slots=True)
class SentenceReport:
    span: Span
    clauses: tuple[ClauseReport, ...]


def explain(
    scenes: Sequence[Scene],
    cast: Cast,
    text: str,
    events: Sequence[Event],
    lexicon: EventLexicon,
    only: Callable[[Rule], bool] | None = None,
) -> Iterator[SentenceReport]:
    """What the rules make of each sentence. With `only`, of the rules it picks alone, those far from firing among them."""
    coded = coded_parties(cast, lexicon.ontology)
    for scene in scenes:
        fired = _fired(scene, cast, events, lexicon, coded)
        reports = [_clause(clause, scene, cast, text, fired, lexicon, only) for clause in scene.clauses]
        yield SentenceReport(Span(scene.sentence.start, scene.sentence.end), tuple(reports))


# ---- rules that fired --------------------------------------------------------------------------------------------------


def _fired(
    scene: Scene, cast: Cast, events: Sequence[Event], lexicon: EventLexicon, coded: set[str]
) -> dict[int, list[Fired]]:
    """The rules that fit, by clause, each rule once, those that were coded first."""
    matches = {c.number: list(candidates(scene, c, cast, lexicon)) for c in scene.clauses}
    strong = {number: strongest(found) for number, found in matches.items()}
    together = [match for found in strong.values() for match in found]
    free = [match for match in together if not taken_in(match, together, scene)]
    kept = distinct(free)

    def fate(match: Match) -> tuple[Fate, Match | None]:
        held = strong[match.clause.number]
        if match not in held:
            return "outranked", max(held, key=lambda m: (m.rule.event == match.rule.event, m.weight))
        if match not in free:
            return "taken in", next((m for m in together if m != match and taken_in(match, [m], scene)), None)
        if match not in kept:
            return "same", next((m for m in kept if is_same(m, match)), None)
        return ("no party" if coded.isdisjoint((*match.actors, *match.recipients)) else "coded"), None

    found: dict[int, list[Fired]] = {}
    for number, group in matches.items():
        by_rule: dict[str, Fired] = {}
        for match in group:
            end, by = fate(match)
            event = _event_of(match, scene, events, lexicon) if end == "coded" else None
            end = "merged" if end == "coded" and event is None else end
            if match.rule.id not in by_rule or end == "coded":
                by_rule[match.rule.id] = _report(match, scene, lexicon, end, by, event)
        found[number] = sorted(by_rule.values(), key=lambda f: f.fate != "coded")
    return found


def _report(
    match: Match, scene: Scene, lexicon: EventLexicon, fate: Fate, by: Match | None, event: Event | None
) -> Fired:
    why = reasons(match.clause, scene.clauses, lexicon.embedding)
    return Fired(
        rule=match.rule,
        pattern=(match.clause.predicate, *match.companions),
        actors=match.actors,
        recipients=match.recipients,
        polarity=match.facts.polarity,
        certainty=match.facts.certainty,
        time=match.facts.time,
        reasons=why,
        fate=fate,
        by=(by.rule.id, by.clause.number) if by else None,
        event=event,
    )


def _event_of(match: Match, scene: Scene, events: Sequence[Event], lexicon: EventLexicon) -> Event | None:
    """The event that a match became; its type may be another where it is still to come."""
    trigger = _trigger(match.clause, scene)
    kind = lexicon.ontology.types[match.rule.event]
    types = (kind.name, kind.still_to_come, *(turn.type for turn in (kind.refusal, kind.threat) if turn))
    here = [event for event in events if trigger in event.mentions and event.type in types]
    return next((event for event in here if event.rule == match.rule.id), here[0] if here else None)


def _trigger(clause: Clause, scene: Scene) -> Span:
    return Span(scene.sentence[clause.trigger[0]].start, scene.sentence[clause.trigger[-1]].end)


# ---- rules that did not ------------------------------------------------------------------------------------------------


def _clause(
    clause: Clause,
    scene: Scene,
    cast: Cast,
    text: str,
    fired: dict[int, list[Fired]],
    lexicon: EventLexicon,
    only: Callable[[Rule], bool] | None,
) -> ClauseReport:
    here = fired[clause.number]
    known = lexicon.rulebook.entries(clause.kind, clause.predicate)
    closest: dict[str, Missed] = {}
    for entry in known:
        obstacles = list(matching.obstacles(entry, scene, clause, cast))
        held = closest.get(entry.rule.id)
        if held is None or len(obstacles) < len(held[1]):
            closest[entry.rule.id] = (entry, obstacles)
    missed = [(e, o) for e, o in closest.values() if o and (only is None or only(e.rule))]
    near = missed if only is not None else _near(missed)
    misses = [
        Miss(
            entry.rule,
            (clause.predicate, *entry.companions),
            tuple(_hindrance(obstacle, entry.rule, scene, clause, cast, text) for obstacle in obstacles),
        )
        for entry, obstacles in sorted(near, key=lambda pair: (_lacking(pair[1]), len(pair[1])))
    ]
    return ClauseReport(
        clause=clause,
        trigger=_trigger(clause, scene),
        holders=tuple(_holders(dict.fromkeys(("subject", *clause.roles)), scene, clause, cast, text)),
        fired=tuple(f for f in here if only is None or only(f.rule)),
        misses=tuple(misses),
        further=len(missed) - len(misses),
    )


def _near(missed: Sequence[Missed]) -> list[Missed]:
    """Those whose words are all there, with two obstacles at most, and those that lack one word and nothing else."""
    return [(entry, held) for entry, held in missed if len(held) <= (1 if _lacking(held) else 2)]


def _lacking(held: Sequence[Obstacle]) -> int:
    """How many words of the pattern are not there."""
    return sum(obstacle.check == "companion" for obstacle in held)


def _hindrance(obstacle: Obstacle, rule: Rule, scene: Scene, clause: Clause, cast: Cast, text: str) -> Hindrance:
    check, at = obstacle.check, obstacle.at
    if check == "companion":
        return Hindrance(check, at, (at,), tuple(sorted(clause.companions)))
    if check == "complement":
        below = tuple(c.predicate for c in matching.governed(clause, scene.clauses))
        return Hindrance(check, at, tuple(sorted(rule.complement)), below)
    if check in ("where", "unless"):
        words = (rule.where if check == "where" else rule.unless)[at]
        if at == "companion":
            there = sorted(clause.companions & words) if check == "unless" else sorted(clause.companions)
        else:
            there = [lemma for phrase in clause.role(at) for lemma in matching.heading(phrase, scene)]
        return Hindrance(
            check, at, tuple(sorted(words)), tuple(there), tuple(_holders((at,), scene, clause, cast, text))
        )
    roles = {"actor": rule.actor, "recipient": rule.recipient}.get(at, (*rule.actor, *rule.recipient))
    if rule.reciprocal:
        roles = (*rule.actor, scene.grammar.mutual_prepositions, *rule.recipient)
    names = tuple(dict.fromkeys(name for alternatives in roles for name in alternatives))
    return Hindrance(check, at, names, (), tuple(_holders(names, scene, clause, cast, text)))


def _holders(roles: Iterable[str], scene: Scene, clause: Clause, cast: Cast, text: str) -> Iterator[Holder]:
    """Who or what stands in the roles."""
    for role in roles:
        phrases = clause.role(role)
        for phrase in phrases:
            yield _holder(role, phrase, scene, cast, text)
        if not phrases and (ids := matching.in_role(role, scene, clause, cast, acting=role == "subject")):
            yield Holder(role, (), matching.unique(ids))


def _holder(role: str, phrase: Phrase, scene: Scene, cast: Cast, text: str) -> Holder:
    spans = spans_of(scene.sentence, phrase.words, text)
    actors = cast.at(scene.number, phrase.head)
    if actors:
        return Holder(role, spans, actors)
    owners = matching.unique(matching.behind(phrase, scene, cast, acting=role == "subject"))
    return Holder(role, spans, owners, stands_for=bool(owners))
