"""What an act still to come is for now: help to come is a promise, help that will not come a refusal, a blow to come a threat.

In: the type and reality that a rule gave an event, its clause and doers, the cast. Out: type, mode and reality as the codebook has
them for what lies ahead. A refusal and a threat are told by the doer or by nobody: what others foresee is neither.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from dragoman.extract.actors import Cast
from dragoman.extract.factuality import Factuality
from dragoman.extract.scenes import Scene
from dragoman.ontology import EventType, Ontology
from dragoman.parse.clauses import Clause


def for_now(
    kind: EventType,
    mode: str | None,
    facts: Factuality,
    clause: Clause,
    doers: Sequence[str],
    scene: Scene,
    cast: Cast,
    ontology: Ontology,
) -> tuple[EventType, str | None, Factuality]:
    """Type, mode and reality of an event; as they were given unless it lies ahead and the codebook turns it into another."""
    if facts.time != "future" or facts.asked:
        return kind, mode, facts
    if facts.polarity == "affirmed" and kind.still_to_come:
        return ontology.types[kind.still_to_come], None, facts
    if facts.certainty != "certain" or not doers:
        return kind, mode, facts
    told = _tellers(clause, scene, cast)
    own = told is not None and _is_one_of(told, doers, cast)
    if facts.polarity == "negated" and kind.refusal and (own or told is None):
        turn = kind.refusal
        return ontology.types[turn.type], turn.mode, facts.negated()
    if facts.polarity == "affirmed" and kind.threat and own:
        turn = kind.threat
        return ontology.types[turn.type], turn.mode, facts
    return kind, mode, facts


def _tellers(clause: Clause, scene: Scene, cast: Cast) -> tuple[str, ...] | None:
    """Who tells what a clause says, within its sentence; None where it stands for itself."""
    if clause.parent is None:
        return None
    above = scene.clauses[clause.parent]
    if clause.link != "complement" or above.predicate not in scene.grammar.telling_verbs:
        return ()
    return tuple(id for phrase in above.role("subject") for id in cast.at(scene.number, phrase.head))


def _is_one_of(tellers: Collection[str], doers: Collection[str], cast: Cast) -> bool:
    """Whether the doers speak, themselves or by somebody of their country."""
    if not set(tellers).isdisjoint(doers):
        return True
    countries = {actor.id: actor.country for actor in cast.actors}
    theirs = {countries[id] for id in doers} - {None}
    return any(countries[id] in theirs for id in tellers)
