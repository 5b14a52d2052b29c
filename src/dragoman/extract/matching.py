"""Matching: whether a rule fits a clause, check by check, and who its parties are.

In: a pattern of a rule, a clause in its sentence, the cast. Out: a `Fit` with the parties, or the `Obstacle` that keeps the
rule from firing. Coding and `dragoman explain` ask here, so that what is explained is what is done.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from dragoman.extract.actors import Cast
from dragoman.extract.rules import Entry, Roles
from dragoman.extract.scenes import Scene
from dragoman.parse.clauses import Clause, Phrase
from dragoman.parse.relations import has_auxiliary

ABSORBING = frozenset({"REQUEST", "AGREE", "THREATEN", "REJECT", "CONCEDE"})
"""Types whose content is what is asked, promised or refused, not an event of its own."""

Check = Literal["companion", "complement", "where", "unless", "parties", "needs"]


@dataclass(frozen=True, slots=True)
class Obstacle:
    """What keeps a rule from firing: a check that fails, and where: a missing companion, a role, an empty party."""

    check: Check
    at: str = ""


@dataclass(frozen=True, slots=True)
class Fit:
    """The parties of a rule on a clause, as ids of actors."""

    actors: tuple[str, ...]
    recipients: tuple[str, ...]


def fit(entry: Entry, scene: Scene, clause: Clause, cast_: Cast) -> Fit | Obstacle:
    """The parties of a rule that fires on the clause, else the first obstacle. The cheap checks come first."""
    obstacle = next(_unmet(entry, scene, clause, cast_), None)
    if obstacle is not None:
        return obstacle
    found = _fill(entry, scene, clause, cast_)
    return next(_lacking(entry, found), found)


def obstacles(entry: Entry, scene: Scene, clause: Clause, cast_: Cast) -> Iterator[Obstacle]:
    """All that keeps a rule from firing on the clause."""
    yield from _unmet(entry, scene, clause, cast_)
    yield from _lacking(entry, _fill(entry, scene, clause, cast_))


def _unmet(entry: Entry, scene: Scene, clause: Clause, cast_: Cast) -> Iterator[Obstacle]:
    """The rule's conditions on words that the clause does not meet."""
    rule = entry.rule
    for word in entry.companions:
        if word not in clause.companions:
            yield Obstacle("companion", word)
    if rule.complement and not complements(rule.complement, clause, scene, is_request=rule.event == "REQUEST"):
        yield Obstacle("complement")
    for role, words in rule.where.items():
        if not holds(role, words, scene, clause, cast_):
            yield Obstacle("where", role)
    for role, words in rule.unless.items():
        if holds(role, words, scene, clause, cast_):
            yield Obstacle("unless", role)


def _fill(entry: Entry, scene: Scene, clause: Clause, cast_: Cast) -> Fit:
    """Who stands in the rule's roles."""
    rule = entry.rule
    actors = parties_in(rule.actor, scene, clause, cast_, acting=True)
    recipients = parties_in(rule.recipient, scene, clause, cast_, acting=False)
    if rule.reciprocal:
        everybody = parties_in((scene.grammar.mutual_prepositions,), scene, clause, cast_, acting=False)
        actors, recipients = unique((*actors, *everybody, *recipients)), ()
        if len(actors) < 2 and "recipient" in rule.needs:
            actors = unique((*actors, *_taking_part(scene, clause, cast_, alone=not actors)))
    recipients = tuple(id for id in recipients if id not in actors)
    if not recipients and not rule.reciprocal and (rule.event in ABSORBING or rule.event == "PROTEST"):
        recipients = tuple(id for id in _in_content(scene, clause, cast_) if id not in actors)
    return Fit(actors, recipients)


def _taking_part(scene: Scene, clause: Clause, cast_: Cast, *, alone: bool) -> Iterator[str]:
    """Who does something in the course of a call or meeting takes part: "in a call with Putin, Macron asked for ...". So does whom he
    speaks to there, where nobody else is told: "in Monday's call Macron urged Putin to ..."."""
    if clause.kind != "noun" or clause.parent is None or clause.governor_role not in scene.grammar.course_prepositions:
        return
    above = scene.clauses[clause.parent]
    if above.kind == "noun" or above.negated:
        return
    doers = in_role("subject", scene, above, cast_, acting=True)
    yield from doers
    if doers and alone:
        roles = ("object", *scene.grammar.control_prepositions) if governed(above, scene.clauses) else ()
        told = next((phrases for role in ("indirect", *roles) if (phrases := above.role(role))), ())
        yield from (id for phrase in told for id in cast_.at(scene.number, phrase.head))


def _lacking(entry: Entry, found: Fit) -> Iterator[Obstacle]:
    """The parties that the rule needs and that are not there."""
    rule = entry.rule
    if not found.actors and not found.recipients:
        yield Obstacle("parties")
    elif rule.reciprocal:
        if len(found.actors) < 2 and "recipient" in rule.needs:
            yield Obstacle("needs", "recipient")
    else:
        if "actor" in rule.needs and not found.actors:
            yield Obstacle("needs", "actor")
        if "recipient" in rule.needs and not found.recipients:
            yield Obstacle("needs", "recipient")


def _in_content(scene: Scene, clause: Clause, cast_: Cast) -> Iterator[str]:
    """The first party in what is asked, promised or refused: "agreed to send aid to Peru" is towards Peru. Parties of a
    known country go before others."""
    below = [c for c in scene.clauses if c.parent == clause.number and c.link in ("complement", "purpose", "modifier")]
    heads = [c.head for c in below if c.kind != "noun"] + [p.head for p in clause.role("object")]
    subjects = {p.head for c in (clause, *below) for p in c.role("subject")}
    mentions = [
        mention
        for head in heads
        for mention in cast_.inside(scene.number, scene.sentence.subtree(head))
        if mention.head not in subjects and scene.sentence[mention.head].pos != "PRON"
    ]
    coded = (m for m in mentions if any(a.country for a in cast_.actors if a.id in m.actors))
    first = next(coded, mentions[0] if mentions else None)
    yield from first.actors if first else ()


def governed(clause: Clause, clauses: Sequence[Clause]) -> list[Clause]:
    """The clauses that the verb governs."""
    below = [c for c in clauses if c.parent == clause.number and c.kind != "noun"]
    return [c for c in below if c.link in ("complement", "purpose", "modifier")]


def complements(wanted: Collection[str], clause: Clause, scene: Scene, *, is_request: bool = False) -> bool:
    """Whether a clause that the verb governs is headed by one of the words."""
    below = governed(clause, scene.clauses)
    if is_request and clause.predicate in scene.grammar.telling_verbs:
        below = [c for c in below if _can_be_asked(c)]
    if "@infinitive" in wanted and any(not c.finite and c.link != "modifier" for c in below):
        return True
    going_on = [c for c in below if c.predicate in scene.grammar.aspectual_verbs]  # "ready to go on helping"
    below += [inner for c in going_on for inner in governed(c, scene.clauses)]
    if "@obligation" in wanted and any(_obliges(c, scene) for c in below):
        return True
    return any("@any" in wanted or (c.predicate in wanted and not c.negated) for c in below)


def _can_be_asked(clause: Clause) -> bool:
    """ "told them to leave", "insisted that they leave", but not "told them that they had left, or would leave"."""
    return not clause.finite or (clause.tense == "present" and clause.modality in ("none", "necessary", "advised"))


def _obliges(clause: Clause, scene: Scene) -> bool:
    """ "must withdraw", "should withdraw", not "must have withdrawn", nor "vuole ritirarsi"."""
    if not clause.finite or clause.perfect or clause.tense != "present":
        return False
    wishes = has_auxiliary(scene.sentence, clause.head, scene.grammar.wishing_auxiliaries)
    return clause.modality in ("necessary", "advised") and not wishes


def holds(role: str, words: frozenset[str], scene: Scene, clause: Clause, cast_: Cast) -> bool:
    """Whether one of the words heads the role, or stands right beside its head."""
    if role == "companion":
        return bool(clause.companions & words)
    phrases = clause.role(role) or (clause.role("indirect") if role == "object" else ())
    for phrase in phrases:
        if "@any" in words or not words.isdisjoint(heading(phrase, scene)):
            return True
        named = [actor.kind for actor in cast_.actors if actor.id in cast_.at(scene.number, phrase.head)]
        if named and "@actor" in words:
            return True
        if ("@country" in words and "state" in named) or ("@person" in words and "person" in named):
            return True
    return False


def heading(phrase: Phrase, scene: Scene) -> tuple[str, ...]:
    """The lemmas that a condition looks at: of the head, then of what stands right beside it."""
    beside = (w.lemma.lower() for w in scene.sentence.children(phrase.head) if w.relation in ("amod", "compound"))
    return (scene.sentence[phrase.head].lemma.lower(), *beside)


def parties_in(roles: Roles, scene: Scene, clause: Clause, cast_: Cast, *, acting: bool) -> tuple[str, ...]:
    """Ids of the actors in the roles; of alternatives, the first that holds one."""
    found: list[str] = []
    for alternatives in roles:
        for name in alternatives:
            ids = in_role(name, scene, clause, cast_, acting=acting)
            if ids:
                found.extend(ids)
                break
    return unique(found)


def in_role(name: str, scene: Scene, clause: Clause, cast_: Cast, *, acting: bool) -> list[str]:
    if name == "complement subject":
        below = [c for c in scene.clauses if c.parent == clause.number and c.link in ("complement", "purpose")]
        below = [c for c in below if _obliges(c, scene)] or below
        return [id for c in below for id in in_role("subject", scene, c, cast_, acting=True)]
    if name == "content":
        return list(_in_content(scene, clause, cast_))
    if name == "object doer":
        return _doers_of_object(scene, clause, cast_)
    phrases = clause.role(name)
    if not phrases and name == "subject" and clause.finite and clause.kind != "noun" and not clause.passive:
        left_out = cast_.subject_left_out(scene.number, clause.head)
        return list(left_out or _governing_subject(scene, clause, cast_))
    ids: list[str] = []
    for phrase in phrases:
        if name == "subject" and acting and _only_names_place(phrase, scene, clause, cast_):
            continue
        direct = cast_.at(scene.number, phrase.head)
        if (
            direct
            and name == "subject"
            and clause.kind == "noun"
            and _only_qualifies(phrase.head, direct, scene, cast_)
        ):
            continue
        if not direct and name == "subject" and scene.sentence[phrase.head].has("Person=3"):
            direct = _governing_subject(scene, clause, cast_)
        ids.extend(
            direct or behind(phrase, scene, cast_, acting=acting) or _through_noun(name, phrase, scene, clause, cast_)
        )
    if not ids and name == "object":  # "asked Beijing for help", "gave Kyiv arms": some parsers call it indirect
        return in_role("indirect", scene, clause, cast_, acting=acting)
    return ids


def _through_noun(name: str, phrase: Phrase, scene: Scene, clause: Clause, cast_: Cast) -> list[str]:
    """ "Turkey issued a declaration demanding ...": what a text says its author says."""
    if name != "subject" or clause.link not in ("modifier", "relative"):
        return []
    text = next((c for c in scene.clauses if c.kind == "noun" and c.head == phrase.head and c is not clause), None)
    return [id for p in text.role("subject") for id in cast_.at(scene.number, p.head)] if text is not None else []


def _only_qualifies(head: int, ids: Collection[str], scene: Scene, cast_: Cast) -> bool:
    """ "an official protest": an adjective is somebody's only where it names a country."""
    adjective = scene.sentence[head].pos == "ADJ" and scene.sentence[head].relation == "amod"
    return adjective and not any(actor.country for actor in cast_.actors if actor.id in ids)


def _only_names_place(phrase: Phrase, scene: Scene, clause: Clause, cast_: Cast) -> bool:
    """ "the Paris attacks", "the Paris agreement": a town beside a noun does nothing, unless the noun tells to whom."""
    word = scene.sentence[phrase.head]
    mention = cast_.mention_at(scene.number, phrase.head)
    if word.relation != "compound" or mention is None or not mention.city:
        return False
    return clause.kind != "noun" or clause.roles.keys() <= {"subject", "compound", *scene.grammar.own_prepositions}


def _doers_of_object(scene: Scene, clause: Clause, cast_: Cast) -> list[str]:
    """Who did what the object names, not whom it was done to: "condemned Chad's attack on Togo". A thing that is no deed
    stands for itself."""
    ids: list[str] = []
    deeds = {c.head: c for c in scene.clauses if c.kind == "noun"}
    for phrase in clause.role("object"):
        if (deed := deeds.get(phrase.head)) is None:
            ids.extend(cast_.at(scene.number, phrase.head) or behind(phrase, scene, cast_, acting=False))
        else:
            doers = (*deed.role("subject"), *(p for by in scene.grammar.agent_prepositions for p in deed.role(by)))
            for p in doers:
                found = cast_.at(scene.number, p.head)
                ids.extend(() if _only_qualifies(p.head, found, scene, cast_) else found)
    return ids


def _governing_subject(scene: Scene, clause: Clause, cast_: Cast) -> tuple[str, ...]:
    """Who "they" are in "the rebels said they would leave": the subject of the clause above, where there is one."""
    if clause.link != "complement" or clause.parent is None:
        return ()
    above = scene.clauses[clause.parent]
    return unique(id for phrase in above.role("subject") for id in cast_.at(scene.number, phrase.head))


def behind(phrase: Phrase, scene: Scene, cast_: Cast, *, acting: bool) -> Iterable[str]:
    """The party that a thing stands for: "Russian missiles", "a market in Basra". Things act for their owner only."""
    for mention in cast_.inside(scene.number, phrase.words):
        word = scene.sentence[mention.head]
        if word.pos == "ADJ" and _only_qualifies(word.index, mention.actors, scene, cast_):
            continue
        owner = word.head == phrase.head and word.relation in ("amod", "compound", "nmod")
        if owner:
            cases = {c.lemma.lower() for c in scene.sentence.children(word.index) if c.relation == "case"}
            owner = not cases or not cases.isdisjoint(("'s", *scene.grammar.own_prepositions))
        if owner or not acting:
            return mention.actors
    return ()


def unique(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ids))
