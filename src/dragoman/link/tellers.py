"""Who tells: the outlet in its own voice, or the source of a statement.

In: an actor, or an article. Out: a `Teller`. A government, its leader, its ministries and its spokespeople are one teller, so
that its readout is one account wherever it is quoted; its forces, its parliament and its opposition are tellers of their own.
"""

from __future__ import annotations

from dragoman.link.records import Teller
from dragoman.records import Actor, Article
from dragoman.text.folding import fold

GOVERNMENT = "GOV"
NEWSROOM = "JRN"
# Codes that stand for one body; under the others ("IGO", "NGO") many bodies are found, which are told apart by name.
_ONE_BODY = {"UNO": "UNO", "EUR": "EUR GOV"}


def voice_of(article: Article, publisher: Actor | None, non_state: frozenset[str]) -> Teller:
    """Who speaks where an article tells something in its own voice: the outlet, or the body that the outlet is of.

    `publisher`: whom the outlet's name means, where that is known. A ministry's readout is the government's word; a state's
    news agency is an outlet, and so is a paper that is named after a capital ("Beijing Review").
    """
    if publisher and _is_body(publisher):
        return source_of(publisher, non_state)
    name = article.outlet or article.id
    return Teller(f"outlet:{name}", name, "outlet")


def _is_body(publisher: Actor) -> bool:
    """Whether it is known whose body it is and what for: no newsroom, and no place that stands for a government elsewhere."""
    known = bool(publisher.country) and bool(publisher.sectors)
    return known and publisher.kind != "state" and NEWSROOM not in publisher.sectors


def source_of(actor: Actor, non_state: frozenset[str]) -> Teller:
    """The teller that an actor speaks for. `non_state`: the codes that are no country's."""
    if actor.country in _ONE_BODY:
        return Teller(_ONE_BODY[actor.country], actor.name, "source")
    if actor.country in non_state:
        return Teller(f"{actor.country}:{fold(actor.name)}", actor.name, "source")
    if actor.country:
        official = GOVERNMENT in actor.sectors or (actor.kind == "state" and not actor.sectors)
        sector = GOVERNMENT if official else actor.sectors[0] if actor.sectors else None
        if sector:
            return Teller(f"{actor.country} {sector}", actor.name, "source")
    return Teller(f"name:{fold(actor.name)}", actor.name, "source")
