"""`dragoman explain` and `dragoman rules`: what the author of a codebook asks of the rules.

In: dispatches, or the rules themselves. Out: for each sentence which rules fired, which nearly did and why; or the rules
with their words, frames and examples.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from dragoman import languages, ontology
from dragoman.commands import options
from dragoman.commands.running import Skipped, check_language, clear_errors, destination, errors, found
from dragoman.commands.running import reader as reader_of
from dragoman.extract.rules import Rule, load_rules
from dragoman.settings import SettingsError, load_settings

if TYPE_CHECKING:
    from dragoman.pipeline import Reader


class Plain(StrEnum):
    text = "text"
    json = "json"


PlainOption = Annotated[Plain, typer.Option("--format", "-f", help="text for people, json for programs.")]


def register(app: typer.Typer) -> None:
    """Make both known to the command line."""
    app.command()(explain)
    app.command("rules")(list_rules)


def explain(
    inputs: options.Inputs,
    rule: Annotated[
        list[str], typer.Option("--rule", help="Only rules with this in their id, however far they are from firing.")
    ] = [],  # noqa: B006
    language: options.Language = None,
    published: options.Published = None,
    pipeline: options.Pipeline = [],  # noqa: B006
    config: options.Config = None,
    rules: options.Rules = [],  # noqa: B006
    actors: options.Actors = [],  # noqa: B006
    format: PlainOption = Plain.text,
    output: options.Output = None,
) -> None:
    """Say why there is an event and why there is none: clauses, rules that fired, rules that nearly did."""
    from dragoman.show.explain import explanation_dict, show_explanation

    with clear_errors():
        skipped = Skipped()
        articles = found(inputs, skipped, language, published)
        by = reader_of(config, pipeline, rules, actors)
        tables: list[dict[str, Any]] = []
        count = 0
        with destination(output) as stream:
            console = Console(file=stream)
            for count, article in enumerate(articles, 1):  # noqa: B007
                chosen = _rules_like(rule, by, article.language)
                by.parser(article.language)  # what is wrong with it is wrong for all articles
                try:
                    explanation = by.explain(article, chosen.__contains__ if rule else None)
                except Exception as problem:
                    skipped.failed(article, problem)
                    continue
                if format is Plain.json:
                    tables.append(explanation_dict(explanation))
                else:
                    show_explanation(explanation, console, chosen)
            if format is Plain.json:
                stream.write(json.dumps(tables, ensure_ascii=False, indent=1) + "\n")
    skipped.end(inputs, count)


def _rules_like(parts: Iterable[str], reader: Reader, language: str) -> list[Rule]:
    """The rules of the language with one of the parts in their id. Raises SettingsError for a part that is in none."""
    rules = reader.rules_of(language)
    for part in parts:
        if not any(part in rule.id for rule in rules):
            raise SettingsError(
                f"--rule {part!r}: no rule for language {language!r} has that in its id; see dragoman rules"
            )
    return [rule for rule in rules if any(part in rule.id for part in parts)]


def list_rules(
    type: Annotated[
        str | None, typer.Argument(help="An event type, such as CONSULT; all where not given.", show_default=False)
    ] = None,
    language: Annotated[
        str | None, typer.Option("--language", "-l", help="Rules of this language (ISO 639-1); all where not given.")
    ] = None,
    mode: Annotated[str | None, typer.Option("--mode", help="Rules that give this mode.")] = None,
    config: options.Config = None,
    rules: options.Rules = [],  # noqa: B006
    format: PlainOption = Plain.text,
) -> None:
    """List the rules: words, who is who, examples and counterexamples."""
    from dragoman.show.rules import rule_dict, show_rules

    with clear_errors():
        check_language(language)
        folders = load_settings(config, rules=rules).rules
        event = _type_and_mode(type, mode, ontology.load(*folders))
        chosen = [
            (code, rule)
            for code in ([language] if language else languages.installed())
            for rule in load_rules(languages.load(code), ontology.load(*folders), folders).rules
            if event in (None, rule.event) and mode in (None, rule.mode)
        ]
        if format is Plain.json:
            typer.echo(json.dumps([rule_dict(rule, code) for code, rule in chosen], ensure_ascii=False, indent=1))
        else:
            show_rules((rule for _, rule in chosen), Console(file=sys.stdout))
    if not chosen:
        errors.print("dragoman: no rule is like that; modes may also be told by words (events/modes.toml)")


def _type_and_mode(type: str | None, mode: str | None, codebook: ontology.Ontology) -> str | None:
    """The type as it is written; raises SettingsError where there is no such type or mode."""
    event = type.upper() if type else None
    if event is not None and event not in codebook.types:
        raise SettingsError(f"no such event type {type!r}; one of {', '.join(codebook.types)}")
    modes = sorted({m for kind in codebook.types.values() if event in (None, kind.name) for m in kind.modes})
    if mode is not None and mode not in modes:
        raise SettingsError(f"--mode: no such mode {mode!r}; one of {', '.join(modes) or 'none'}")
    return event
