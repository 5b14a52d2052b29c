"""Events: which rules a sentence's clauses fire, who the parties are, and how sure it is.

In: clauses, the cast of actors, statements and dates of one article, and a language's rulebook. Out: `Event`s. A rule names
words and roles; everything grammatical was undone in `parse/clauses.py`, everything about reality is read in
`factuality.py`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from dragoman.extract.actors import Cast
from dragoman.extract.eventdates import EventDates
from dragoman.extract.factuality import Embedding, Factuality, factuality
from dragoman.extract.lexicon import WordTable
from dragoman.extract.rules import Entry, Roles, Rule, Rulebook
from dragoman.extract.scenes import Scene
from dragoman.extract.spanindex import SpanIndex
from dragoman.ontology import Ontology
from dragoman.parse.clauses import Clause, Phrase
from dragoman.records import Event, Span, Statement

ABSORBING = frozenset({"REQUEST", "AGREE", "THREATEN", "REJECT", "CONCEDE"})
"""Types whose content is what is asked, promised or refused, not an event of its own."""


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
    political = lexicon.ontology.political
    coded = {actor.id for actor in cast_.actors if actor.country or not political.isdisjoint(actor.sectors)}
    for scene in scenes:
        lemmas = [word.lemma.lower() for word in scene.sentence]
        contexts: list[str] | None = None
        for match in _distinct(_matches(scene, cast_, lexicon)):
            if coded.isdisjoint((*match.actors, *match.recipients)):
                continue
            if contexts is None:
                contexts = lexicon.contexts.names_in(lemmas)
            events.append(_event(f"e{len(events) + 1}", match, scene, lemmas, contexts, telling, dates, lexicon))
    return tuple(events)


# ---- matching ----------------------------------------------------------------------------------------------------------


def _matches(scene: Scene, cast_: Cast, lexicon: EventLexicon) -> list[Match]:
    """The matches of a sentence, the best of each clause and type, without those that another one takes in."""
    found: list[Match] = []
    for clause in scene.clauses:
        best: dict[str, Match] = {}
        for match in candidates(scene, clause, cast_, lexicon):
            held = best.get(match.rule.event)
            if held is None or (match.weight, -match.rule.order) > (held.weight, -held.rule.order):
                best[match.rule.event] = match
        top = max((match.weight for match in best.values()), default=None)
        found.extend(match for match in best.values() if match.weight == top or match.rule.beside)
    return [match for match in found if not _taken_in(match, found, scene)]


def candidates(scene: Scene, clause: Clause, cast_: Cast, lexicon: EventLexicon) -> Iterator[Match]:
    """Every rule that fires on the clause."""
    for entry in lexicon.rulebook.entries(clause.kind, clause.predicate):
        match = _try(entry, scene, clause, cast_, lexicon)
        if match is not None:
            yield match


def _try(entry: Entry, scene: Scene, clause: Clause, cast_: Cast, lexicon: EventLexicon) -> Match | None:
    rule = entry.rule
    if not all(word in clause.companions for word in entry.companions):
        return None
    if rule.complement and not _complements(rule.complement, clause, scene.clauses):
        return None
    if any(not _holds(role, words, scene, clause, cast_) for role, words in rule.where.items()):
        return None
    if any(_holds(role, words, scene, clause, cast_) for role, words in rule.unless.items()):
        return None
    actors = _parties(rule.actor, scene, clause, cast_, acting=True)
    recipients = _parties(rule.recipient, scene, clause, cast_, acting=False)
    if rule.reciprocal:
        everybody = _parties((scene.grammar.mutual_prepositions,), scene, clause, cast_, acting=False)
        actors, recipients = _unique((*actors, *everybody, *recipients)), ()
    recipients = tuple(id for id in recipients if id not in actors)
    if not recipients and not rule.reciprocal and rule.event in ABSORBING:
        recipients = tuple(id for id in _in_content(scene, clause, cast_) if id not in actors)
    if not actors and not recipients:
        return None
    if rule.reciprocal:
        lacking = len(actors) < 2 and "recipient" in rule.needs
    else:
        lacking = ("actor" in rule.needs and not actors) or ("recipient" in rule.needs and not recipients)
    if lacking:
        return None
    return Match(
        rule, entry.companions, clause, actors, recipients, factuality(clause, scene.clauses, lexicon.embedding)
    )


def _in_content(scene: Scene, clause: Clause, cast_: Cast) -> Iterator[str]:
    """The first party in what is asked, promised or refused: "agreed to send aid to Peru" is towards Peru."""
    below = [c for c in scene.clauses if c.parent == clause.number and c.link in ("complement", "purpose")]
    heads = [c.head for c in below if c.kind != "noun"] + [p.head for p in clause.role("object")]
    subjects = {p.head for c in (clause, *below) for p in c.role("subject")}
    for head in heads:
        for mention in cast_.inside(scene.number, scene.sentence.subtree(head)):
            if mention.head not in subjects and scene.sentence[mention.head].pos != "PRON":
                yield from mention.actors
                return


def _complements(wanted: Collection[str], clause: Clause, clauses: Sequence[Clause]) -> bool:
    """Whether a clause that the verb governs is headed by one of the words."""
    below = [c for c in clauses if c.parent == clause.number and c.kind != "noun"]
    below = [c for c in below if c.link in ("complement", "purpose", "modifier")]
    if "@infinitive" in wanted and any(not c.finite and c.link != "modifier" for c in below):
        return True
    return any("@any" in wanted or c.predicate in wanted for c in below)


def _holds(role: str, words: frozenset[str], scene: Scene, clause: Clause, cast_: Cast) -> bool:
    """Whether one of the words heads the role, or stands right beside its head."""
    if role == "companion":
        return bool(clause.companions & words)
    for phrase in clause.role(role):
        beside = (
            word.lemma.lower() for word in scene.sentence.children(phrase.head) if word.relation in ("amod", "compound")
        )
        if "@any" in words or not words.isdisjoint((scene.sentence[phrase.head].lemma.lower(), *beside)):
            return True
        named = [actor.kind for actor in cast_.actors if actor.id in cast_.at(scene.number, phrase.head)]
        if named and "@actor" in words:
            return True
        if ("@country" in words and "state" in named) or ("@person" in words and "person" in named):
            return True
    return False


def _parties(roles: Roles, scene: Scene, clause: Clause, cast_: Cast, *, acting: bool) -> tuple[str, ...]:
    """Ids of the actors in the roles; of alternatives, the first that holds one."""
    found: list[str] = []
    for alternatives in roles:
        for name in alternatives:
            ids = _in_role(name, scene, clause, cast_, acting=acting)
            if ids:
                found.extend(ids)
                break
    return _unique(found)


def _in_role(name: str, scene: Scene, clause: Clause, cast_: Cast, *, acting: bool) -> list[str]:
    if name == "complement subject":
        below = [c for c in scene.clauses if c.parent == clause.number and c.link in ("complement", "purpose")]
        return [id for c in below for id in _in_role("subject", scene, c, cast_, acting=True)]
    phrases = clause.role(name)
    if not phrases and name == "subject" and clause.finite and clause.kind != "noun" and not clause.passive:
        left_out = cast_.subject_left_out(scene.number, clause.head)
        return list(left_out or _governing_subject(scene, clause, cast_))
    ids: list[str] = []
    for phrase in phrases:
        direct = cast_.at(scene.number, phrase.head)
        if not direct and name == "subject" and scene.sentence[phrase.head].has("Person=3"):
            direct = _governing_subject(scene, clause, cast_)
        ids.extend(direct or _behind(phrase, scene, cast_, acting=acting))
    if not ids and name == "object":  # "asked Beijing for help", "gave Kyiv arms": some parsers call it indirect
        return _in_role("indirect", scene, clause, cast_, acting=acting)
    return ids


def _governing_subject(scene: Scene, clause: Clause, cast_: Cast) -> tuple[str, ...]:
    """Who "they" are in "the rebels said they would leave": the subject of the clause above, where there is one."""
    if clause.link != "complement" or clause.parent is None:
        return ()
    above = scene.clauses[clause.parent]
    return _unique(id for phrase in above.role("subject") for id in cast_.at(scene.number, phrase.head))


def _behind(phrase: Phrase, scene: Scene, cast_: Cast, *, acting: bool) -> Iterable[str]:
    """The party that a thing stands for: "Russian missiles", "a market in Basra". Things act for their owner only."""
    for mention in cast_.inside(scene.number, phrase.words):
        word = scene.sentence[mention.head]
        owner = word.head == phrase.head and word.relation in ("amod", "compound", "nmod")
        if owner:
            cases = {c.lemma.lower() for c in scene.sentence.children(word.index) if c.relation == "case"}
            owner = not cases or not cases.isdisjoint(("'s", *scene.grammar.own_prepositions))
        if owner or not acting:
            return mention.actors
    return ()


def _unique(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ids))


def _taken_in(match: Match, found: Sequence[Match], scene: Scene) -> bool:
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
        if other.rule.event in ABSORBING and match.facts.asked and above.number in _above(clause, scene.clauses):
            return True
        if other.rule.event == match.rule.event and clause.kind == "noun" and is_parent and clause.head not in words:
            return True
    return False


def _near(clause: Clause, scene: Scene) -> set[int]:
    """Heads of the phrases that fill the clause's roles."""
    return {phrase.head for phrases in clause.roles.values() for phrase in phrases}


def _above(clause: Clause, clauses: Sequence[Clause]) -> set[int]:
    found: set[int] = set()
    while clause.parent is not None and clause.parent not in found:
        found.add(clause.parent)
        clause = clauses[clause.parent]
    return found


def _distinct(matches: Iterable[Match]) -> list[Match]:
    """One match for the same thing said twice in a sentence: same type, reality and parties, or some of them."""
    kept: list[Match] = []
    for match in matches:
        same = next((k for k in kept if _same(k, match)), None)
        if same is None:
            kept.append(match)
        elif len(match.actors) + len(match.recipients) > len(same.actors) + len(same.recipients):
            kept[kept.index(same)] = match
    return sorted(kept, key=lambda match: match.clause.head)


def _same(one: Match, other: Match) -> bool:
    if one.rule.event != other.rule.event or one.facts.polarity != other.facts.polarity:
        return False
    first, second = ({*m.actors, *m.recipients} for m in (one, other))
    return first <= second or second <= first


# ---- from match to event -----------------------------------------------------------------------------------------------


def _event(
    id: str,
    match: Match,
    scene: Scene,
    lemmas: Sequence[str],
    contexts: Sequence[str],
    telling: Telling,
    dates: EventDates,
    lexicon: EventLexicon,
) -> Event:
    sentence = scene.sentence
    first, last = match.clause.trigger[0], match.clause.trigger[-1]
    trigger = Span(sentence[first].start, sentence[last].end)
    facts = match.facts
    kind = lexicon.ontology.types[match.rule.event]
    mode = match.rule.mode or _mode(match, lemmas, lexicon)
    if facts.time == "future" and facts.polarity == "affirmed" and kind.still_to_come and not facts.asked:
        kind, mode = lexicon.ontology.types[kind.still_to_come], None
        facts = replace(facts, certainty="certain") if match.facts.certainty == "certain" else facts
    told, denied = telling.of(trigger)
    if denied and facts.certainty == "certain":
        facts = facts.at_most("possible")
    when = dates.of(match.clause, scene)
    extra = kind.modes[mode].context if mode else None
    return Event(
        id=id,
        type=kind.name,
        modes=(mode,) if mode else (),
        contexts=_unique((*contexts, *([extra] if extra else []))),
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


def _mode(match: Match, lemmas: Sequence[str], lexicon: EventLexicon) -> str | None:
    table = lexicon.modes.get(match.rule.event)
    if table is None:
        return None
    own = [lemmas[index] for index in match.clause.words]
    return next(iter(table.names_in(own)), None)


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
        told = _unique(s.id for _, s in around if s.stance != "deny")
        denied = [s.id for _, s in around if s.stance == "deny" and s.polarity == "affirmed"]
        denied += [denial for id in told for denial in self._denials.get(id, ())]
        return told, _unique(denied)


def modes_of(tables: Mapping[str, Mapping[str, Sequence[str]]]) -> dict[str, WordTable]:
    """The mode lexicon of `events/modes.toml`, one table a type."""
    return {event: WordTable(modes) for event, modes in tables.items()}
