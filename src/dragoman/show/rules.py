"""Rules for people and programs: words, frame, mode, and the sentences that prove them.

In: rules of a language. Out: one table a rule in JSON, or blocks of lines on a terminal.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rich.console import Console
from rich.text import Text

from dragoman.extract.examples import unmark
from dragoman.extract.rules import KINDS, Roles, Rule
from dragoman.show.pieces import inert

FEW = 8  # words of a condition that are shown to people


def rule_dict(rule: Rule, language: str) -> dict[str, Any]:
    """A rule as it stands in its file, with its word classes put in and its defaults filled in."""
    return {
        "id": rule.id,
        "language": language,
        "type": rule.event,
        "mode": rule.mode,
        **{key: [" ".join(words) for kind, words in rule.patterns if kind == k] for key, k in KINDS.items()},
        "actor": frame_role(rule.actor),
        "recipient": frame_role(rule.recipient),
        "needs": sorted(rule.needs),
        "where": {role: sorted(words) for role, words in rule.where.items()},
        "unless": {role: sorted(words) for role, words in rule.unless.items()},
        "complement": sorted(rule.complement),
        "reciprocal": rule.reciprocal,
        "asserts": rule.asserts,
        "beside": rule.beside,
        "examples": list(rule.examples),
        "counterexamples": list(rule.counterexamples),
        "not_yet": list(rule.not_yet),
    }


def show_rules(rules: Iterable[Rule], console: Console) -> None:
    """Print the rules in blocks."""
    for rule in rules:
        head = Text(inert(rule.id), style="bold").append(f"  {title(rule)}", style="yellow")
        _print(console, head)
        for key, kind in KINDS.items():
            words = [" ".join(words) for k, words in rule.patterns if k == kind]
            if words:
                _print(console, _line(key, ", ".join(words)))
        _print(console, _line("frame", frame(rule)))
        for sign, sentences in (("+", rule.examples), ("-", rule.counterexamples), ("?", rule.not_yet)):
            for sentence in sentences:
                _print(console, Text(f"  {sign} {inert(_shown(sentence))}", style="dim"))
        _print(console, Text(""))


def title(rule: Rule) -> str:
    """ "CONSULT visit"."""
    return inert(" ".join([rule.event, *([rule.mode] if rule.mode else [])]))


def frame(rule: Rule) -> str:
    """Who is who, and on what conditions: "object → subject; needs actor, recipient; where object is fire"."""
    parties = (
        f"{frame_role(rule.actor)} and {frame_role(rule.recipient)}, one another"
        if rule.reciprocal
        else f"{frame_role(rule.actor)} → {frame_role(rule.recipient)}"
    )
    parts = [parties]
    parts += [f"needs {', '.join(sorted(rule.needs))}"] if rule.needs else []
    parts += [f"where {role} is {some(words)}" for role, words in rule.where.items()]
    parts += [f"unless {role} is {some(words)}" for role, words in rule.unless.items()]
    parts += [f"governs {some(rule.complement)}"] if rule.complement else []
    parts += [] if rule.asserts else ["says what does not happen"]
    parts += ["comes out beside better matches"] if rule.beside else []
    return "; ".join(parts)


def frame_role(roles: Roles) -> str:
    return " + ".join("|".join(alternatives) for alternatives in roles) or "nobody"


def some(words: Iterable[str], what: str = "words") -> str:
    """The first words of many, and how many there are."""
    words = sorted(words)
    more = f" … ({len(words)} {what})" if len(words) > FEW else ""
    return inert(", ".join(words[:FEW]) + more)


def _line(key: str, value: str) -> Text:
    return Text(f"  {key:<11}", style="dim").append(inert(value), style="not dim")


def _shown(sentence: str) -> str:
    """A sentence with its parties in brackets: "[Poland: recipient] hosted ..."."""
    text, marks = unmark(sentence)
    for role, span in sorted(marks, key=lambda mark: -mark[1].start):
        text = f"{text[: span.start]}[{text[span.start : span.end]}: {role}]{text[span.end :]}"
    return text


def _print(console: Console, what: Text) -> None:
    console.print(what, highlight=False, markup=False, soft_wrap=not console.is_terminal)
