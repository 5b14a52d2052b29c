"""Parties told of without a country belong where the sentence sets them: "a journalist was killed in Beirut".

In: the cast and the scenes of an article. Out: the cast, with the country of such parties filled in and what it was inferred
from. Only parties with a role ("police", "opposition leaders") are settled, and only where one single place is in question.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from dragoman.extract.actors import Cast
from dragoman.extract.scenes import Scene
from dragoman.records import Actor


def settle(cast: Cast, scenes: Sequence[Scene], place_prepositions: Iterable[str]) -> Cast:
    """The cast with countries inferred from places. Actors that have one, and names without a role, stay as they are."""
    places = frozenset(place_prepositions)
    actors = {actor.id: actor for actor in cast.actors}
    homeless = {actor.id for actor in cast.actors if _may_be_settled(actor)}
    found: dict[str, set[str]] = {}
    for mention in cast.mentions:
        for id in homeless.intersection(mention.actors):
            scene = scenes[mention.sentence]
            here = set(_places_of(scene, mention.head, cast, actors, places)) or _only_place(scene, cast, actors)
            found.setdefault(id, set()).update(here)
    settled = {id: next(iter(countries)) for id, countries in found.items() if len(countries) == 1}
    return replace(
        cast,
        actors=tuple(
            replace(actor, country=settled[actor.id], inferred_from="place") if actor.id in settled else actor
            for actor in cast.actors
        ),
    )


def _may_be_settled(actor: Actor) -> bool:
    return actor.country is None and bool(actor.sectors) and actor.kind != "state"


def _places_of(scene: Scene, head: int, cast: Cast, actors: dict[str, Actor], places: frozenset[str]) -> Iterator[str]:
    """Countries of the places in the clauses in which the word has a role."""
    for clause in scene.clauses:
        if not any(phrase.head == head for phrases in clause.roles.values() for phrase in phrases):
            continue
        for preposition in places & clause.roles.keys():
            for phrase in clause.role(preposition):
                mention = cast.mention_at(scene.number, phrase.head)
                if mention is not None and mention.located:
                    yield from _countries(mention.actors, actors)


def _only_place(scene: Scene, cast: Cast, actors: dict[str, Actor]) -> set[str]:
    """The one country that the sentence names, if it is one."""
    ids = [id for mention in cast.inside(scene.number, range(len(scene.sentence))) for id in mention.actors]
    countries = set(_countries(ids, actors))
    return countries if len(countries) == 1 else set()


def _countries(ids: Iterable[str], actors: dict[str, Actor]) -> Iterator[str]:
    for id in ids:
        country = actors[id].country
        if country is not None and len(country) == 3 and country not in NON_STATES:
            yield country


NON_STATES = frozenset({"IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"})
