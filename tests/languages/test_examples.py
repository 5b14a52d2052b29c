"""Every sentence beside a rule is a test: an example must yield exactly its marked parties, a counterexample nothing."""

from __future__ import annotations

import functools
from collections.abc import Sequence

import pytest

from dragoman import languages
from dragoman.extract.examples import Example, examples_of
from dragoman.extract.rules import Rule
from dragoman.parse.conllu import read_parses
from dragoman.parse.words import Sentence
from dragoman.pipeline import Reader, lexicons_of, read_sentences
from dragoman.records import Article, Event, Interval, Reading, Span, Statement

PUBLISHED = Interval.from_dict({"start": "2022-06-16", "end": "2022-06-16", "precision": "day"})


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    codes = metafunc.config.getoption("--language") or languages.installed()
    cases = []
    for code in codes:
        lexicons = lexicons_of(code)
        for number, example in enumerate(examples_of(lexicons.events.rulebook, lexicons.speech)):
            marks = [pytest.mark.xfail(strict=True, raises=AssertionError)] if example.sort == "not_yet" else []
            cases.append(pytest.param(code, example, marks=marks, id=f"{example.rule}-{example.sort}-{number}"))
    metafunc.parametrize(("code", "example"), cases)


@functools.cache
def frozen(code: str) -> dict[str, tuple[Sentence, ...]]:
    return read_parses(languages.HOME / code / "parses.conllu")


@functools.cache
def live() -> Reader:
    return Reader()


def parse(code: str, text: str, config: pytest.Config) -> Sequence[Sentence]:
    if config.getoption("--live"):
        return live().parser(code).parse(text)
    return frozen(code)[text]


def test_example(code: str, example: Example, request: pytest.FixtureRequest) -> None:
    lexicons = lexicons_of(code)
    if example.text not in frozen(code):
        pytest.fail(f"{example.rule}: not frozen yet, run `make parses LANG={code}`: {example.text}")
    article = Article("example", example.text, code, PUBLISHED)
    reading = read_sentences(article, parse(code, example.text, request.config), lexicons)
    if "/speech/" in example.rule:
        check_statement(example, reading)
    else:
        rule = next(rule for rule in lexicons.events.rulebook.rules if rule.id == example.rule)
        check_event(example, rule, reading)


def check_event(example: Example, rule: Rule, reading: Reading) -> None:
    by_rule = [event for event in reading.events if event.rule == example.rule]
    if example.sort == "counterexample":
        assert not [e for e in by_rule if e.is_fact and e.type == rule.event], told(reading)
        return
    assert by_rule, f"no event of {example.rule}: {told(reading)}"
    wanted = {role: [span for name, span in example.marks if name == role] for role in ("actor", "recipient")}
    assert any(
        same(wanted["actor"], event.actors, reading) and same(wanted["recipient"], event.recipients, reading)
        for event in by_rule
    ), told(reading)


def same(spans: Sequence[Span], ids: Sequence[str], reading: Reading) -> bool:
    """Each marked span holds a mention of one of the actors, and each actor is mentioned in one."""
    actors = [reading.actor(id) for id in ids]

    def lies_in(span: Span, mentions: Sequence[Span]) -> bool:
        return any(span.overlaps(mention) for mention in mentions)

    return all(any(lies_in(span, actor.mentions) for actor in actors) for span in spans) and all(
        any(lies_in(span, actor.mentions) for span in spans) for actor in actors
    )


def check_statement(example: Example, reading: Reading) -> None:
    by_rule = [statement for statement in reading.statements if statement.rule == example.rule]
    if example.sort == "counterexample":
        assert not by_rule, by_rule
        return
    marks = dict(example.marks)
    text = reading.article.text
    assert any(
        s.source_span == marks.get("source") and s.cue == (marks["cue"],) and covers(s, marks.get("content"))
        for s in by_rule
    ), [
        (s.rule, s.source_span and s.source_span.of(text), [c.of(text) for c in (*s.cue, *s.content)])
        for s in reading.statements
    ]


def covers(statement: Statement, wanted: Span | None) -> bool:
    """The content is the marked one, give or take the final stop; where none is marked, there is none."""
    if wanted is None:
        return not statement.content
    return (
        len(statement.content) == 1
        and statement.content[0].start == wanted.start
        and abs(statement.content[0].end - wanted.end) <= 1
    )


def told(reading: Reading) -> list[tuple[str, ...]]:
    text = reading.article.text

    def names(event: Event, ids: Sequence[str]) -> str:
        return " & ".join(reading.actor(id).name for id in ids)

    return [
        (e.rule, e.trigger.of(text), names(e, e.actors), names(e, e.recipients), e.polarity, e.certainty, e.time)
        for e in reading.events
    ]
