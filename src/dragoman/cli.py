"""The command `dragoman`: names inputs, prints readings.

In: the command line. Out: readings on standard output, everything else on standard error. Exit status 0: all was read;
1: something was not, and was named; 2: the command was not understood; 130: interrupted.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections import Counter
from collections.abc import Generator, Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

import dragoman
from dragoman import languages, ontology
from dragoman.extract.rules import Rule, load_rules
from dragoman.languages import LanguageError
from dragoman.ontology import OntologyError
from dragoman.records import Article, Interval, Reading
from dragoman.settings import SettingsError, load_settings
from dragoman.sources import Problem, fetch
from dragoman.text import articles, parse_date
from dragoman.world.tables import WorldError

if TYPE_CHECKING:
    from dragoman.pipeline import Reader

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Reads news dispatches and keeps the record: who did or said what to whom, when, and according to whom.",
)
errors = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)


class Format(StrEnum):
    text = "text"
    json = "json"
    jsonl = "jsonl"
    html = "html"
    csv = "csv"


class Plain(StrEnum):
    text = "text"
    json = "json"


Inputs = Annotated[
    list[str], typer.Argument(help="Files, folders, web addresses; - is standard input.", show_default=False)
]
FormatOption = Annotated[
    Format,
    typer.Option(
        "--format", "-f", help="text for people, json or jsonl for programs, html for one page, csv with --quotes."
    ),
]
LanguageOption = Annotated[
    str | None,
    typer.Option("--language", "-l", help="Language of the texts (ISO 639-1); detected where it is not given."),
]
PublishedOption = Annotated[
    str | None,
    typer.Option("--published", help="When texts that do not say so were published: 2022-06-15, 2022-06 or 2022."),
]
PipelineOption = Annotated[
    list[str], typer.Option("--pipeline", help="An installed spaCy pipeline for a language: it=it_core_news_lg.")
]
ConfigOption = Annotated[Path | None, typer.Option("--config", help="Settings file; dragoman.toml where there is one.")]
RulesOption = Annotated[
    list[Path], typer.Option("--rules", help="A folder of event rules to load beside the shipped ones.")
]
ActorsOption = Annotated[
    list[Path], typer.Option("--actors", help="A file of your own actors (TOML), which win over the shipped ones.")
]
PlainOption = Annotated[Plain, typer.Option("--format", "-f", help="text for people, json for programs.")]
QuotesOption = Annotated[bool, typer.Option("--quotes", help="Only who said what: a table, CSV or JSONL.")]
OutputOption = Annotated[Path | None, typer.Option("--output", "-o", help="Write to this file.")]


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"dragoman {dragoman.__version__}")
        raise typer.Exit


@app.callback()
def common(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    pass


@app.command()
def read(
    inputs: Inputs,
    format: FormatOption = Format.text,
    language: LanguageOption = None,
    published: PublishedOption = None,
    pipeline: PipelineOption = [],  # noqa: B006
    config: ConfigOption = None,
    rules: RulesOption = [],  # noqa: B006
    actors: ActorsOption = [],  # noqa: B006
    quotes: QuotesOption = False,
    output: OutputOption = None,
) -> None:
    """Read dispatches: text, HTML and JSONL files, folders of them, web pages, standard input."""
    with _clear_errors():
        day = _published(published)
        _check_language(language)
        _check_format(format, quotes)
        reader = _reader(config, pipeline, rules, actors)
        skipped = Skipped()
        found = skipped.without_problems(
            articles(fetch(inputs), language=language, published=day, installed=languages.installed())
        )
        readings = _with_progress(
            reader.read_many(found, skipped.failed), quiet=format is Format.text and output is None
        )
        with _destination(output) as stream:
            count = _print_quotes(readings, format, stream) if quotes else _print(readings, format, stream)
    if not count and not skipped.count:
        skipped.note(Problem(", ".join(inputs), "nothing to read"))
    skipped.close()


@app.command()
def demo(format: FormatOption = Format.text, output: OutputOption = None) -> None:
    """Read the sample dispatches that come with the package."""
    from dragoman.samples import DISPATCHES

    read([str(DISPATCHES)], format=format, output=output)


@app.command()
def whois(
    phrase: Annotated[str, typer.Argument(help="A phrase that names somebody; with --format jsonl a file of them.")],
    language: Annotated[
        str | None, typer.Option("--language", "-l", help="Language of the phrase; English where not given.")
    ] = None,
    on: Annotated[str | None, typer.Option("--on", help="The day in question: 2022-06-15.")] = None,
    context: Annotated[str, typer.Option("--context", help="The sentence or text around the phrase.")] = "",
    config: ConfigOption = None,
    actors: ActorsOption = [],  # noqa: B006
    format: FormatOption = Format.text,
) -> None:
    """Say who a phrase means: country, sectors, name."""
    with _clear_errors():
        reader = _reader(config, (), (), actors)
        if format is Format.jsonl:
            _whois_file(reader, phrase, language)
            return
        _check_language(language)
        found = _whois(reader, phrase, language or "en", on, context)
    if format is Format.json:
        typer.echo(json.dumps(found, ensure_ascii=False))
    elif found["country"] is None and not found["sectors"]:
        typer.echo(f"{phrase}: not known")
    else:
        sectors = ", ".join(found["sectors"]) or "–"
        typer.echo(
            f"{found['name']} · {found['kind']} · {found['country'] or '–'} · {sectors} · from: {found['inferred_from'] or 'its name'}"
        )


def _whois_file(reader: Reader, path: str, language: str | None) -> None:
    """One answer a line, in the order of the questions; a line that is none is named and left out."""
    skipped = Skipped()
    with Path(path).open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
                code = row.get("language") or language or "en"
                _check_language(code)
                found = _whois(reader, row["mention"], code, row.get("on"), row.get("context") or "")
            except WorldError:
                raise
            except (ValueError, TypeError, KeyError, AttributeError) as problem:
                wrong = isinstance(problem, SettingsError)
                why = (
                    str(problem)
                    if wrong
                    else 'not a question; a line is an object such as {"id": "1", "mention": "..."}'
                )
                skipped.note(Problem(f"{path}, line {number}", why))
                continue
            typer.echo(json.dumps({"id": row.get("id"), **found}, ensure_ascii=False))
    skipped.close()


def _whois(reader: Reader, phrase: str, language: str, on: str | None, context: str) -> dict[str, Any]:
    actor = reader.whois(phrase, language, _published(on), context)
    if actor is None:
        return {"country": None, "sectors": [], "name": None, "kind": None, "inferred_from": None}
    return {
        "country": actor.country, "sectors": list(actor.sectors), "name": actor.name, "kind": actor.kind,
        "inferred_from": actor.inferred_from,
    }  # fmt: skip


@app.command()
def explain(
    inputs: Inputs,
    rule: Annotated[
        list[str], typer.Option("--rule", help="Only rules with this in their id, however far they are from firing.")
    ] = [],  # noqa: B006
    language: LanguageOption = None,
    published: PublishedOption = None,
    pipeline: PipelineOption = [],  # noqa: B006
    config: ConfigOption = None,
    rules: RulesOption = [],  # noqa: B006
    actors: ActorsOption = [],  # noqa: B006
    format: PlainOption = Plain.text,
    output: OutputOption = None,
) -> None:
    """Say why there is an event and why there is none: clauses, rules that fired, rules that nearly did."""
    from dragoman.show.explain import explanation_dict, show_explanation

    with _clear_errors():
        day = _published(published)
        _check_language(language)
        reader = _reader(config, pipeline, rules, actors)
        skipped = Skipped()
        found = skipped.without_problems(
            articles(fetch(inputs), language=language, published=day, installed=languages.installed())
        )
        tables: list[dict[str, Any]] = []
        count = 0
        with _destination(output) as stream:
            console = Console(file=stream)
            for count, article in enumerate(found, 1):  # noqa: B007
                chosen = _rules_like(rule, reader, article.language)
                reader.parser(article.language)  # what is wrong with it is wrong for all articles
                try:
                    explanation = reader.explain(article, chosen.__contains__ if rule else None)
                except Exception as problem:
                    skipped.failed(article, problem)
                    continue
                if format is Plain.json:
                    tables.append(explanation_dict(explanation))
                else:
                    show_explanation(explanation, console, chosen)
            if format is Plain.json:
                stream.write(json.dumps(tables, ensure_ascii=False, indent=1) + "\n")
    if not count and not skipped.count:
        skipped.note(Problem(", ".join(inputs), "nothing to read"))
    skipped.close()


def _rules_like(parts: Iterable[str], reader: Reader, language: str) -> list[Rule]:
    """The rules of the language with one of the parts in their id. Raises SettingsError for a part that is in none."""
    rules = reader.rules_of(language)
    for part in parts:
        if not any(part in rule.id for rule in rules):
            raise SettingsError(
                f"--rule {part!r}: no rule for language {language!r} has that in its id; see dragoman rules"
            )
    return [rule for rule in rules if any(part in rule.id for part in parts)]


@app.command("rules")
def list_rules(
    type: Annotated[
        str | None, typer.Argument(help="An event type, such as CONSULT; all where not given.", show_default=False)
    ] = None,
    language: Annotated[
        str | None, typer.Option("--language", "-l", help="Rules of this language (ISO 639-1); all where not given.")
    ] = None,
    mode: Annotated[str | None, typer.Option("--mode", help="Rules that give this mode.")] = None,
    config: ConfigOption = None,
    rules: RulesOption = [],  # noqa: B006
    format: PlainOption = Plain.text,
) -> None:
    """List the rules: words, who is who, examples and counterexamples."""
    from dragoman.show.rules import rule_dict, show_rules

    with _clear_errors():
        _check_language(language)
        folders = load_settings(config, rules=rules).rules
        event = _type_and_mode(type, mode, ontology.load(*folders))
        found = [
            (code, rule)
            for code in ([language] if language else languages.installed())
            for rule in load_rules(languages.load(code), ontology.load(*folders), folders).rules
            if event in (None, rule.event) and mode in (None, rule.mode)
        ]
        if format is Plain.json:
            typer.echo(json.dumps([rule_dict(rule, code) for code, rule in found], ensure_ascii=False, indent=1))
        else:
            show_rules((rule for _, rule in found), Console(file=sys.stdout))
    if not found:
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


# ---- what was not read -------------------------------------------------------------------------------------------------


class Skipped:
    """Reports what could not be read as it happens, and says at the end how much it was."""

    def __init__(self) -> None:
        self.count = 0
        self._why: Counter[str] = Counter()

    def note(self, problem: Problem) -> None:
        self.count += problem.skipped
        self._why[problem.why.split(":")[0].split(";")[0]] += problem.skipped
        errors.print(f"dragoman: {problem.where}: {problem.why}")

    def failed(self, article: Article, reason: Exception) -> None:
        self.note(Problem(article.id, f"could not be read ({type(reason).__name__}: {reason}); please report it"))

    def without_problems(self, found: Iterable[Article | Problem]) -> Iterator[Article]:
        for one in found:
            if isinstance(one, Problem):
                self.note(one)
            else:
                yield one

    def close(self) -> None:
        """Raises typer.Exit with status 1 where something was skipped."""
        if self.count:
            if self.count > 1:
                why = "; ".join(f"{count} × {reason}" for reason, count in self._why.most_common(5))
                errors.print(f"dragoman: {self.count} not read: {why}")
            raise typer.Exit(1)


# ---- printing ----------------------------------------------------------------------------------------------------------


def _print(readings: Iterator[Reading], format: Format, stream: Any) -> int:
    """Write the readings; the number of them comes back. JSONL and text are written as they come."""
    count = 0
    if format is Format.html:
        from dragoman.show.page import page

        found = list(readings)
        if found:
            stream.write(page(found))
        return len(found)
    if format is Format.json:
        found = [reading.to_dict() for reading in readings]
        stream.write(json.dumps(found, ensure_ascii=False, indent=1) + "\n")
        return len(found)
    if format is Format.text:
        from dragoman.show.terminal import show_reading

        console = Console(file=stream)
        for count, reading in enumerate(readings, 1):  # noqa: B007
            show_reading(reading, console)
        return count
    for count, reading in enumerate(readings, 1):  # noqa: B007
        stream.write(json.dumps(reading.to_dict(), ensure_ascii=False) + "\n")
        stream.flush()
    return count


def _print_quotes(readings: Iterator[Reading], format: Format, stream: Any) -> int:
    """Write the statements alone; the number of readings comes back."""
    from dragoman.show import quotations

    seen: list[str] = []

    def counted() -> Iterator[Reading]:
        for reading in readings:
            seen.append(reading.article.id)
            yield reading

    write = {
        Format.csv: quotations.write_csv,
        Format.jsonl: quotations.write_jsonl,
        Format.text: quotations.write_table,
    }
    write[format](quotations.rows(counted()), stream)
    return len(seen)


def _with_progress(readings: Iterator[Reading], *, quiet: bool) -> Iterator[Reading]:
    """Count on a terminal's standard error; say nothing in a pipe."""
    if quiet or not sys.stderr.isatty():
        yield from readings
        return
    columns = (TextColumn("read"), BarColumn(), TextColumn("{task.completed} dispatches"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("read", total=None)
        for reading in readings:
            progress.advance(task)
            yield reading


@contextlib.contextmanager
def _destination(output: Path | None) -> Generator[Any]:
    """Standard output, or a file that is there whole or not at all."""
    if output is None:
        yield sys.stdout
        return
    part = output.with_name(output.name + ".part")
    try:
        with part.open("w", encoding="utf-8") as stream:
            yield stream
        part.replace(output)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


# ---- what the user may get wrong ---------------------------------------------------------------------------------------


@contextlib.contextmanager
def _clear_errors() -> Generator[None]:
    """One line in place of a traceback for everything that a user can cause."""
    try:
        yield
    except (LanguageError, OntologyError, SettingsError, WorldError) as problem:
        errors.print(f"dragoman: {problem}")
        raise typer.Exit(2) from None
    except KeyboardInterrupt:
        errors.print("dragoman: interrupted")
        raise typer.Exit(130) from None
    except BrokenPipeError:  # the reader of our output has seen enough
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(1) from None
    except OSError as problem:
        errors.print(f"dragoman: {problem.filename or 'output'}: {problem.strerror or problem}")
        raise typer.Exit(1) from None


def _published(day: str | None) -> Interval | None:
    if day is None:
        return None
    try:
        return parse_date(day)
    except ValueError as problem:
        raise SettingsError(f"date {day!r}: {problem}") from None


def _check_format(format: Format, quotes: bool) -> None:
    if quotes and format not in (Format.text, Format.csv, Format.jsonl):
        raise SettingsError(f"--format {format}: --quotes come as text, csv or jsonl")
    if format is Format.csv and not quotes:
        raise SettingsError("--format csv: only statements come as CSV; add --quotes, or write jsonl")


def _check_language(code: str | None) -> None:
    if code is not None and code not in languages.installed():
        raise SettingsError(f"language {code!r} is not installed; installed: {', '.join(languages.installed())}")


def _reader(config: Path | None, pipelines: Iterable[str], rules: Iterable[Path], actors: Iterable[Path]) -> Reader:
    settings = load_settings(config, tuple(pipelines), tuple(rules), tuple(actors))
    from dragoman.pipeline import Reader

    return Reader(settings.pipelines, settings.rules, settings.actors)


def main() -> None:
    """The entry point of the command."""
    app()
