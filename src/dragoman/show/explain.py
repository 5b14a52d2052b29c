"""Why there is an event and why there is none, for people and programs.

In: an `Explanation`. Out: lines on a terminal, or plain tables for JSON. What is outranked, taken in or nearly fired says by
what or for want of what.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from dragoman.extract.explain import ClauseReport, Fired, Hindrance, Holder, Miss
from dragoman.extract.reasons import Reason
from dragoman.extract.rules import Rule
from dragoman.pipeline import Explanation
from dragoman.records import Span
from dragoman.show.labels import NOTHING
from dragoman.show.pieces import inert
from dragoman.show.rules import some, title

MOST = 6  # misses of a clause that are shown; --rule shows all of some rules
COUNTRY = "no party of it has a country or a political sector"


def show_explanation(explanation: Explanation, console: Console, chosen: Sequence[Rule] = ()) -> None:
    """Print it sentence by sentence. `chosen` are the rules that were asked for, where some were."""
    words = _Words(explanation)
    _print(console, 0, Text(words.line(explanation.article.title or explanation.article.id), style="bold underline"))
    if not explanation.sentences:
        _print(console, 0, Text("no sentence to explain"))
    for sentence in explanation.sentences:
        _print(console, 0, Text(f"\n{words.of([sentence.span])}", style="bold"))
        if not sentence.clauses:
            _print(console, 1, Text("no predicate here", style="dim"))
        for clause in sentence.clauses:
            _show_clause(clause, sentence.clauses, words, console, bool(chosen))
        met = {r.rule.id for c in sentence.clauses for r in (*c.fired, *c.misses)}
        unmet = [rule.id for rule in chosen if rule.id not in met]
        if unmet:
            _print(console, 1, Text(f"× no predicate of the sentence is a word of {some(unmet, 'rules')}", style="dim"))


def _show_clause(
    report: ClauseReport, clauses: Sequence[ClauseReport], words: _Words, console: Console, chosen: bool
) -> None:
    clause = report.clause
    head = Text(f"{clause.number}  ").append(words.of([report.trigger]), style="bold yellow")
    _print(console, 1, head.append(f"  {' · '.join(_about(report, clauses))}", style="dim"))
    for holder in report.holders:
        _print(console, 3, Text(f"{inert(holder.role)}: ", style="dim").append(words.holder(holder), style="cyan"))
    if clause.companions:
        _print(console, 3, Text(f"beside it: {inert(', '.join(sorted(clause.companions)))}", style="dim"))
    for fired in report.fired:
        _show_fired(fired, report.trigger, words, console)
    shown = report.misses if chosen else report.misses[:MOST]
    for miss in shown:
        line = Text(f"× {_rule(miss)}: ").append("; ".join(_hindrance(h, miss, words) for h in miss.hindrances), "red")
        _print(console, 3, line)
    more = report.further + len(report.misses) - len(shown)
    if more:
        _print(
            console,
            3,
            Text(
                f"{more} more {'rule knows' if more == 1 else 'rules know'} the word; --rule NAME shows why one does not fire",
                style="dim",
            ),
        )
    elif not (report.fired or report.misses or chosen):
        _print(console, 3, Text(f"no rule knows {inert(clause.predicate)} as a {clause.kind}", style="dim"))


def _about(report: ClauseReport, clauses: Sequence[ClauseReport]) -> list[str]:
    """The word and its grammar: "receive (verb)", "past", "negated", "complement of 0 say"."""
    clause = report.clause
    found = [f"{inert(clause.predicate)} ({clause.kind})"]
    found += [clause.tense] if clause.tense != "none" else []
    found += [clause.modality] if clause.modality != "none" else []
    found += [name for name in ("negated", "question", "passive") if getattr(clause, name)]
    if clause.parent is not None:
        above = clauses[clause.parent].clause.predicate
        role = f" ({clause.governor_role})" if clause.governor_role else ""
        found.append(inert(f"{clause.link}{role} of {clause.parent} {above}"))
    return found


# ---- what fired --------------------------------------------------------------------------------------------------------


def _show_fired(fired: Fired, trigger: Span, words: _Words, console: Console) -> None:
    event = fired.event
    sign = "–" if event is None else "●" if event.is_fact else "○"
    line = Text(f"{sign} {_rule(fired)}: ", style="default" if event else "dim")
    line.append(words.parties(fired), style="cyan" if event else "").append(f" · {_reality(fired)}")
    _print(console, 3, line)
    for reason in fired.reasons:
        _print(console, 4, Text(f"{', '.join(reason.effect.values())}: {_reason(reason)}"))
    _print(console, 4, Text(_fate(fired, trigger), style="green" if event else "red"))


def _reality(fired: Fired) -> str:
    return f"{fired.polarity}, {fired.certainty}, {fired.time}"


def _reason(reason: Reason) -> str:
    """Which word or link it is."""
    if reason.kind == "word":
        return inert(f"“{reason.word}” is one of [embedding] {reason.of}")
    if reason.kind == "link":
        return f"clause {reason.clause} says a {reason.word}" if reason.word != "without" else "it follows “without”"
    return f"clause {reason.clause} is {reason.word}" + ("" if reason.word == reason.of else f" ({reason.of})")


def _fate(fired: Fired, trigger: Span) -> str:
    """What became of it, in words."""
    by = f"{fired.by[0]} (clause {fired.by[1]})" if fired.by else "another"
    event = fired.event
    if event is not None and event.trigger != trigger:
        return inert(f"is a mention of event {event.id}, which {event.rule} coded")
    if event is not None:
        notes = [f"still to come, so {event.type}"] if event.type != fired.rule.event else []
        notes += [f"told in {', '.join(event.according_to)}"] if event.according_to else []
        notes += [f"denied by {', '.join(event.denied_by)}"] if event.denied_by else []
        notes += ["the rule says what does not happen"] if not fired.rule.asserts else []
        notes += ["its date recurs"] if event.time == "habitual" != fired.time else []
        is_now = [
            getattr(event, x) for x in ("polarity", "certainty", "time") if getattr(event, x) != getattr(fired, x)
        ]
        notes += [f"coded as {', '.join(is_now)}"] if is_now else []
        return inert("; ".join([f"is event {event.id}", *notes]))
    told = {
        "outranked": f"no event: outranked by the more specific {by}",
        "taken in": f"no event: part or content of {by}",
        "same": f"no event of its own: the same as {by}",
        "no party": f"no event: {COUNTRY}",
    }
    return inert(told.get(fired.fate, "no event of its own: told elsewhere in the article"))


# ---- what did not ------------------------------------------------------------------------------------------------------


def _rule(report: Fired | Miss) -> str:
    return inert(f"{report.rule.id} ({' '.join(report.pattern)}) {title(report.rule)}")


def _hindrance(hindrance: Hindrance, miss: Miss, words: _Words) -> str:
    """What was wanted, and what there is instead."""
    at, wanted, there = hindrance.at, some(hindrance.wanted), some(hindrance.words) or "nothing"
    if hindrance.check == "companion":
        return inert(f"“{at}” is not beside it")
    if hindrance.check == "complement":
        return f"must govern one of {wanted}; it governs {there}"
    if hindrance.check == "where":
        return inert(f"must have as {at} one of {wanted}; there is {there}")
    if hindrance.check == "unless":
        return inert(f"must not have as {at} one of {wanted}; there is {there}")
    if hindrance.check == "needs" and miss.rule.reciprocal:
        lead = "needs two parties"
    elif hindrance.check == "needs":
        lead = f"needs {'an actor' if at == 'actor' else 'a recipient'}"
    else:
        lead = "has no party"
    return f"{lead}: {', '.join(_standing(name, hindrance.holders, words) for name in hindrance.wanted)}"


def _standing(role: str, holders: Iterable[Holder], words: _Words) -> str:
    """Who stands in a role: "object “a festival” is nobody known"."""
    here = [holder for holder in holders if holder.role == role]
    if not here:
        return inert(f"no {role}")
    return inert(
        ", ".join(f"{role} {words.holder(holder)}" + ("" if holder.actors else " is nobody known") for holder in here)
    )


# ---- words of the dispatch ---------------------------------------------------------------------------------------------


class _Words:
    """Words and names of one article, fit to be shown."""

    def __init__(self, explanation: Explanation) -> None:
        self._text = explanation.article.text
        self._actors = {actor.id: actor for actor in explanation.actors}

    def line(self, text: str) -> str:
        return " ".join(inert(text).split())

    def of(self, spans: Iterable[Span]) -> str:
        return " … ".join(self.line(span.of(self._text)) for span in spans)

    def names(self, ids: Iterable[str]) -> str:
        return inert(", ".join(f"{self._actors[id].name} [{self._actors[id].code}]" for id in ids))

    def parties(self, fired: Fired) -> str:
        parts = [self.names(fired.actors) or NOTHING, *([self.names(fired.recipients)] if fired.recipients else [])]
        return " → ".join(parts)

    def holder(self, holder: Holder) -> str:
        """ "“Xi” = Xi Jinping [CHN GOV]", "“Russian missiles”, of Russia [RUS]", "left out, = ..."."""
        said = f"“{self.of(holder.spans)}”" if holder.spans else "not named"
        if not holder.actors:
            return said
        return (
            f"{said}, of {self.names(holder.actors)}" if holder.stands_for else f"{said} = {self.names(holder.actors)}"
        )


def _print(console: Console, level: int, what: Text) -> None:
    """Wrapped under its own beginning on a terminal, one line each in a file."""
    if console.is_terminal:
        console.print(Padding(what, (0, 0, 0, 2 * level)), highlight=False, markup=False)
    else:
        console.print(Text("  " * level).append_text(what), highlight=False, markup=False, soft_wrap=True)


# ---- for programs ------------------------------------------------------------------------------------------------------


def explanation_dict(explanation: Explanation) -> dict[str, Any]:
    """The whole explanation as plain tables."""
    text = explanation.article.text
    return {
        "article": explanation.article.id,
        "language": explanation.article.language,
        "actors": [
            {"id": a.id, "name": a.name, "kind": a.kind, "country": a.country, "sectors": list(a.sectors)}
            for a in explanation.actors
        ],
        "sentences": [
            {
                "span": sentence.span.to_list(),
                "text": sentence.span.of(text),
                "clauses": [_clause_dict(clause, text) for clause in sentence.clauses],
            }
            for sentence in explanation.sentences
        ],
    }


def _clause_dict(report: ClauseReport, text: str) -> dict[str, Any]:
    clause = report.clause
    plain = ("number", "predicate", "kind", "tense", "modality", "negated", "question", "passive", "parent", "link")
    return {
        **{name: getattr(clause, name) for name in plain},
        "governor": clause.governor,
        "governor_role": clause.governor_role,
        "trigger": report.trigger.to_list(),
        "companions": sorted(clause.companions),
        "roles": [_holder_dict(holder, text) for holder in report.holders],
        "fired": [_fired_dict(fired) for fired in report.fired],
        "missed": [_miss_dict(miss, text) for miss in report.misses],
        "further": report.further,
    }


def _holder_dict(holder: Holder, text: str) -> dict[str, Any]:
    return {
        "role": holder.role,
        "spans": [span.to_list() for span in holder.spans],
        "words": " … ".join(span.of(text) for span in holder.spans),
        "actors": list(holder.actors),
        "stands_for": holder.stands_for,
    }


def _rule_dict(report: Fired | Miss) -> dict[str, Any]:
    rule = report.rule
    return {"rule": rule.id, "pattern": " ".join(report.pattern), "type": rule.event, "mode": rule.mode}


def _fired_dict(fired: Fired) -> dict[str, Any]:
    return {
        **_rule_dict(fired),
        "actors": list(fired.actors),
        "recipients": list(fired.recipients),
        "polarity": fired.polarity,
        "certainty": fired.certainty,
        "time": fired.time,
        "reasons": [
            {"kind": r.kind, "clause": r.clause, "word": r.word, "of": r.of or None, "effect": dict(r.effect)}
            for r in fired.reasons
        ],
        "fate": fired.fate,
        "by": {"rule": fired.by[0], "clause": fired.by[1]} if fired.by else None,
        "event": fired.event.to_dict() if fired.event else None,
    }


def _miss_dict(miss: Miss, text: str) -> dict[str, Any]:
    return {
        **_rule_dict(miss),
        "hindrances": [
            {
                "check": h.check,
                "at": h.at or None,
                "wanted": list(h.wanted),
                "found": list(h.words),
                "roles": [_holder_dict(holder, text) for holder in h.holders],
            }
            for h in miss.hindrances
        ],
    }
