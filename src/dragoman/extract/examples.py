"""The sentences beside the rules: what is marked in them.

In: `examples`, `counterexamples` and `not_yet` of event rules and speech groups, and those of the contexts. Out: `Example`s
with plain text and the marked spans, ready to be parsed, frozen and run as tests.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from dragoman.extract.rules import Rulebook
from dragoman.extract.speech import SpeechLexicon
from dragoman.records import Span

Sort = Literal["example", "counterexample", "not_yet"]
MARK = re.compile(r"\[([^\[\]]+)\]\(([a-z]+)\)")


@dataclass(frozen=True, slots=True)
class Example:
    """One sentence beside a rule. `marks` are (role, span of the plain text)."""

    rule: str
    sort: Sort
    text: str
    marks: tuple[tuple[str, Span], ...]


def unmark(marked: str) -> tuple[str, tuple[tuple[str, Span], ...]]:
    """ "[Kyiv](actor) slept." -> the plain sentence and its marks."""
    plain: list[str] = []
    marks: list[tuple[str, Span]] = []
    length = at = 0
    for match in MARK.finditer(marked):
        before = marked[at : match.start()]
        plain += [before, match.group(1)]
        length += len(before)
        marks.append((match.group(2), Span(length, length + len(match.group(1)))))
        length += len(match.group(1))
        at = match.end()
    return "".join([*plain, marked[at:]]), tuple(marks)


def examples_of(rulebook: Rulebook, speech: SpeechLexicon) -> Iterator[Example]:
    """Every sentence of a language's event rules and speech groups."""
    for owner in (*rulebook.rules, *speech.groups):
        sorts: tuple[tuple[Sort, tuple[str, ...]], ...] = (
            ("example", owner.examples),
            ("counterexample", owner.counterexamples),
            ("not_yet", owner.not_yet),
        )
        for sort, sentences in sorts:
            for sentence in sentences:
                text, marks = unmark(sentence)
                yield Example(owner.id, sort, text, marks)


def context_examples_of(contexts: Mapping[str, Mapping[str, Sequence[str]]]) -> Iterator[Example]:
    """Every sentence beside a context of `contexts.toml`; `rule` is the context's name."""
    sorts: tuple[tuple[str, Sort], ...] = (("examples", "example"), ("counterexamples", "counterexample"))
    for name, entry in contexts.items():
        for key, sort in sorts:
            for sentence in entry.get(key, ()):
                yield Example(name, sort, sentence, ())
