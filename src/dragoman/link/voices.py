"""Who says what of an event, of a statement or of a passage, in one article.

In: a reading, and who speaks where its article does so itself. Out: `Voice`s. Who says what follows from the statements that
something is told in and those that deny it:

- told in no statement, it is told by the outlet in its own voice, and by whoever does it by saying it;
- told in statements, it is told by the source of the outermost one: the outlet only cites it, and whoever that source
  quotes in turn is cited by it ("The Kremlin said Xi had agreed" is the Kremlin's account, not China's);
- told in a statement that nobody makes ("is said to have"), it is hedged by the outlet;
- denied, it is denied by the source of the denial, and told by whoever says what is denied;
- called alleged, or what a claim is about, it is only hedged or passed on (vouching.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from dragoman import ontology
from dragoman.languages import find
from dragoman.link.hedging import is_hedged
from dragoman.link.hints import types_hinted
from dragoman.link.records import Cell, Evidence, Teller
from dragoman.link.sources import Sources
from dragoman.link.vouching import is_untrue, tone
from dragoman.records import Actor, Article, Event, Reading, Span, Statement
from dragoman.text.folding import fold

TELLING: Mapping[str, Cell] = {
    "assert": "asserts", "confirm": "asserts", "accuse": "asserts", "promise": "asserts", "threaten": "asserts",
    "praise": "asserts", "deny": "denies", "doubt": "hedges", "believe": "hedges",
}  # fmt: skip
_HEARSAY = "/hearsay"  # the rule of what nobody is said to say, in any language
_NEAR = 60  # characters within which a hedge before it belongs to an event
_CHARGES = frozenset({"ACCUSE", "REJECT"})  # "the accusations": what is said, not what was done
_BARE = 5  # words at most that say nothing of what is denied
_ASKED = frozenset({"ask", "demand"})  # what is asked for is not told


@dataclass(frozen=True, slots=True)
class Voice:
    """One teller's word on something, in one article. `cited_by` is the outlet that passes a source's word on."""

    teller: Teller
    stance: Cell
    evidence: Evidence
    cited_by: Teller | None = None


class Voices:
    """Who speaks in one article."""

    def __init__(self, reading: Reading, voice: Teller, non_state: frozenset[str]) -> None:
        self.outlet = voice
        self._article = reading.article
        self._statements = {statement.id: statement for statement in reading.statements}
        self._sources = Sources(reading, voice, non_state)

    def actor(self, id: str) -> Actor:
        return self._sources.actor(id)

    def of_event(self, event: Event, told: Span) -> Iterator[Voice]:
        """Who says what of an event. `told`: the words that tell it."""
        voices = [*self._of_event(event, told)]
        yield from self._toned(event.trigger, event.sentence, voices)

    def _of_event(self, event: Event, told: Span) -> Iterator[Voice]:
        own = evidence(self._article, told, event.id)
        performing = self._performing(event)
        stance = self._stance(event, performed=bool(performing))
        around = self._around(event.trigger)
        if around and _leaves_open(around[0]):
            yield from self._open(around[0], own)
            return
        if not event.according_to:
            if stance:
                yield Voice(self.outlet, stance, own)
                yield from (Voice(source, stance, own) for source in performing)
        elif stance and not any(self._statements[id].stance in _ASKED for id in event.according_to):
            for statement, sources in self._telling(event.according_to):
                words = evidence(self._article, told, event.id, statement.id)
                yield from self._said(statement, sources, stance, words)
        for id in event.denied_by:
            denial = self._statements[id]
            if denial in around and not self._denied(denial, event.trigger):
                continue
            span = (denial.cue or denial.content)[0]
            for source in self._sources.of(denial):
                yield Voice(source, "denies", evidence(self._article, span, event.id, id), self.outlet)

    def of_statement(self, statement: Statement, span: Span) -> tuple[Voice, ...]:
        """Who tells the content of a statement; nobody where it is not told as true or untrue, or nobody is named."""
        if statement.stance not in TELLING or statement.polarity == "negated":
            return ()
        hedged = is_hedged(span.of(self._article.text), self._article.language)
        told = [
            voice
            for outer, sources in self._telling(self._chain(statement))
            for voice in self._said(
                outer, sources, "hedges" if hedged else "asserts", evidence(self._article, span, None, outer.id)
            )
        ]
        for denial in self._statements.values():
            if denial.denies == statement.id:
                at = (denial.cue or denial.content)[0]
                words = evidence(self._article, at, None, denial.id)
                told += [Voice(source, "denies", words, self.outlet) for source in self._sources.of(denial)]
        return tuple(told)

    def of_passage(self, trigger: Span, sentence: Span, words: Span) -> tuple[Voice, ...]:
        """Who tells a passage of a sentence: the source of the statement that it is told in, or the article in its own voice."""
        voices = [*self._of_passage(trigger, words)]
        return tuple(self._toned(trigger, sentence, voices))

    def _of_passage(self, trigger: Span, words: Span) -> Iterable[Voice]:
        around = self._around(trigger)
        if around:
            innermost = around[0]
            if _leaves_open(innermost):
                return self._open(innermost, evidence(self._article, words, None))
            if innermost.stance == "deny" and not self._denied(innermost, trigger):
                return ()
            return self.of_statement(innermost, words)
        hedged = is_hedged(words.of(self._article.text), self._article.language)
        return (Voice(self.outlet, "hedges" if hedged else "asserts", evidence(self._article, words, None)),)

    def _around(self, span: Span) -> list[Statement]:
        """The statements that hold a span in what they say, the shortest first."""
        held = (s for s in self._statements.values() if any(content.covers(span) for content in s.content))
        return sorted(held, key=lambda s: sum(content.end - content.start for content in s.content))

    def _open(self, statement: Statement, words: Evidence) -> Iterator[Voice]:
        """Who does not rule something out says that it may be."""
        return (Voice(source, "hedges", words, self.outlet) for source in self._sources.of(statement))

    def _toned(self, span: Span, sentence: Span, voices: Iterable[Voice]) -> Iterator[Voice]:
        """What the words right before what is told leave of voices that assert it: "the alleged attack", "reports of an attack".

        Of a claim that it calls untrue nobody asserts what it is about. Else a newsroom passes it on, and a source leaves it open.
        """
        text, language = self._article.text, self._article.language
        tells = tone(text, span, language)
        untrue = tells == "reported" and is_untrue(sentence.of(text), language)
        for voice in voices:
            if voice.stance != "asserts" or tells == "plain":
                yield voice
            elif untrue:
                yield replace(voice, stance="denies")
            else:
                passed_on = tells == "reported" and voice.teller.kind == "outlet"
                yield replace(voice, stance="silent" if passed_on else "hedges")

    def of_act(self, statement: Statement, words: Span) -> tuple[Voice, ...]:
        """Who tells that somebody says something: who does it by saying it, whom the outlet cites. A denial tells nothing."""
        if statement.stance == "deny" or statement.polarity == "negated":
            return ()
        said = evidence(self._article, words, None, statement.id)
        return tuple(Voice(source, "asserts", said, self.outlet) for source in self._sources.of(statement))

    def of_denials(self) -> Iterator[Voice]:
        """Who denies something without saying what: "any involvement", "the accusations"."""
        for denial in self._statements.values():
            if denial.stance != "deny" or not denial.content:
                continue
            span = around(denial.content)
            types = types_hinted(span.of(self._article.text), self._article.language)
            if types <= _CHARGES and len(span.of(self._article.text).split()) <= _BARE:
                at = (denial.cue or denial.content)[0]
                words = evidence(self._article, at, None, denial.id)
                yield from (Voice(source, "denies", words, self.outlet) for source in self._sources.of(denial))

    def _denied(self, denial: Statement, span: Span) -> bool:
        """Whether a passage is what is denied: it opens the content, or the content is a clause. "Disputed an account of the
        call" denies no call."""
        text = denial.content[0].of(self._article.text)
        opens = find(self._article.language).table("speech").get("conjunctions", ())
        return span.start - denial.content[0].start <= _NEAR // 2 or fold(text.strip().partition(" ")[0]) in opens

    def _said(self, statement: Statement, sources: Sequence[Teller], stance: Cell, words: Evidence) -> Iterator[Voice]:
        """The voices of those who make a statement. `stance` is what its words make of what is told."""
        manner = TELLING.get(statement.stance, "asserts")
        if not sources:
            yield Voice(self.outlet, "hedges", words)
        told: Cell = stance if manner == "asserts" else manner
        yield from (Voice(source, told, words, self.outlet) for source in sources)

    def _stance(self, event: Event, *, performed: bool) -> Cell | None:
        """What the words make of an event; None where they do not tell it.

        What others report stays certain to them, whatever the mood that it is passed on in ("would have been killed"); only a
        word that hedges makes it less. What is still to come, and need not, is not told.
        """
        if event.polarity == "negated":
            return "denies"
        if performed or event.certainty == "certain":
            return "asserts"
        if event.certainty == "unknown":
            return None
        around = self._article.text[max(event.sentence.start, event.trigger.start - _NEAR) : event.trigger.end]
        if is_hedged(around, self._article.language):
            return "hedges"
        if event.certainty == "probable" or event.according_to:
            return "asserts"
        if event.denied_by:  # told only as what is denied
            return None
        if event.time == "future":
            return "asserts" if event.quad.startswith("verbal") else None
        return "hedges"

    def _performing(self, event: Event) -> list[Teller]:
        """Those of an event's actors who do it by saying it: who asks asserts that it asks."""
        said = (s for s in self._statements.values() if any(cue.overlaps(event.trigger) for cue in s.cue))
        sources = {source for statement in said for source in statement.sources}
        affirmed = event.polarity == "affirmed"  # "it is false that they asked" is not what they say
        spoken = event.type in ontology.load().spoken and affirmed and event.certainty == "certain"
        said_so = affirmed and event.quad.startswith("verbal")  # "imposed a curfew" is no demand
        return self._sources.tellers(id for id in event.actors if spoken or (said_so and id in sources))

    def _chain(self, statement: Statement) -> list[str]:
        """A statement and those that it is told in, innermost first."""
        found = [statement.id]
        while (outer := self._statements[found[-1]].within) and outer not in found:
            found.append(outer)
        return found

    def _telling(self, chain: Sequence[str]) -> list[tuple[Statement, list[Teller]]]:
        """The outermost statement of a chain that somebody named makes, and what it denies; hearsay where nobody is."""
        found: list[tuple[Statement, list[Teller]]] = []
        for id in reversed(chain):
            statement = self._statements[id]
            if statement.polarity == "affirmed" and (tellers := self._sources.of(statement)):
                found.append((statement, tellers))
                if statement.stance != "deny":
                    break
        if found:
            return found
        outermost = self._statements[chain[-1]]
        return [(outermost, [])] if outermost.rule.endswith(_HEARSAY) else []


def _leaves_open(statement: Statement) -> bool:
    """ "Does not rule out an attack"."""
    return statement.stance == "deny" and statement.polarity == "negated"


def around(spans: Sequence[Span]) -> Span:
    """The shortest span that covers all of them."""
    return Span(min(span.start for span in spans), max(span.end for span in spans))


def evidence(article: Article, span: Span, event: str | None, statement: str | None = None) -> Evidence:
    return Evidence(article.id, span, re.sub(r"\s+", " ", span.of(article.text)), event, statement)
