"""What the commands have in common: clear errors, what was read and what was skipped, where output goes.

In: what the user said. Out: a reader, a date, a destination, or one line on standard error and an exit status.
"""

from __future__ import annotations

import contextlib
import functools
import os
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer
from rich.console import Console

from dragoman import languages
from dragoman.languages import LanguageError
from dragoman.ontology import OntologyError
from dragoman.records import Article, Interval, Reading
from dragoman.settings import SettingsError, load_settings
from dragoman.sources import Problem, fetch
from dragoman.store.errors import QuestionError, RecordError
from dragoman.text import articles, parse_date
from dragoman.workers import WorkerError, read_in_processes
from dragoman.world.tables import WorldError

if TYPE_CHECKING:
    from dragoman.pipeline import Reader

errors = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)

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

    def end(self, inputs: Iterable[str], count: int) -> None:
        """As `close`; nothing at all in the inputs counts as skipped too."""
        if not count and not self.count:
            self.note(Problem(", ".join(inputs), "nothing to read"))
        self.close()

    def close(self) -> None:
        """Raises typer.Exit with status 1 where something was skipped."""
        if self.count:
            if self.count > 1:
                why = "; ".join(f"{count} × {reason}" for reason, count in self._why.most_common(5))
                errors.print(f"dragoman: {self.count} not read: {why}")
            raise typer.Exit(1)


# ---- what the user may get wrong ---------------------------------------------------------------------------------------


@contextlib.contextmanager
def clear_errors() -> Generator[None]:
    """One line in place of a traceback for everything that a user can cause."""
    try:
        yield
    except (LanguageError, OntologyError, QuestionError, SettingsError, WorldError) as problem:
        errors.print(f"dragoman: {problem}")
        raise typer.Exit(2) from None
    except (RecordError, WorkerError) as problem:
        errors.print(f"dragoman: {problem}")
        raise typer.Exit(1) from None
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


def published(day: str | None) -> Interval | None:
    """The days that an option names."""
    if day is None:
        return None
    try:
        return parse_date(day)
    except ValueError as problem:
        raise SettingsError(str(problem)) from None


def check_language(code: str | None) -> None:
    """Raises SettingsError for a language that is not installed."""
    if code is not None and code not in languages.installed():
        raise SettingsError(f"language {code!r} is not installed; installed: {', '.join(languages.installed())}")


def found(
    inputs: Sequence[str], skipped: Skipped, language: str | None = None, published_on: str | None = None
) -> Iterator[Article]:
    """The articles of the inputs; what holds none is noted. Raises SettingsError for a wrong language or date."""
    day = published(published_on)
    check_language(language)
    return skipped.without_problems(
        articles(fetch(inputs), language=language, published=day, installed=languages.installed())
    )


def reader(config: Path | None, pipelines: Iterable[str], rules: Iterable[Path], actors: Iterable[Path]) -> Reader:
    """A reader that follows the settings file and the options."""
    settings = load_settings(config, tuple(pipelines), tuple(rules), tuple(actors))
    from dragoman.pipeline import Reader

    return Reader(settings.pipelines, settings.rules, settings.actors)


def read_with(
    by: Reader, jobs: int, failed: Callable[[Article, Exception], None]
) -> Callable[[Iterable[Article]], Iterator[Reading]]:
    """How articles are read: here, or by several processes."""
    if jobs == 1:
        return functools.partial(by.read_many, failed=failed)
    make = functools.partial(_make_read, dict(by.pipelines), by.rules, by.actors)
    return functools.partial(read_in_processes, make_read=make, jobs=jobs, failed=failed)


def _make_read(
    pipelines: dict[str, str], rules: tuple[Path, ...], actors: tuple[Path, ...]
) -> Callable[[Iterable[Article], Callable[[Article, Exception], None]], Iterator[Reading]]:
    """Made in each process that reads."""
    from dragoman.pipeline import Reader

    return Reader(pipelines, rules, actors).read_many


# ---- where output goes -------------------------------------------------------------------------------------------------


def check_folder(output: Path) -> None:
    """Raises SettingsError where the folder is not there that a file or folder is to lie in."""
    if not output.parent.is_dir():
        raise SettingsError(f"{output}: there is no folder {output.parent}")


@contextlib.contextmanager
def destination(output: Path | None, *, binary: bool = False) -> Generator[Any]:
    """Standard output, or a file that is there whole or not at all; for text, or for bytes."""
    if output is None:
        stream = sys.stdout.buffer if binary else sys.stdout
        yield stream
        stream.flush()
        return
    check_folder(output)
    if output.is_dir():
        raise SettingsError(f"{output}: is a folder; name a file in it")
    with whole(output) as part:
        with part.open("wb") if binary else part.open("w", encoding="utf-8", newline="") as stream:
            yield stream
        part.replace(output)


@contextlib.contextmanager
def whole(output: Path) -> Generator[Path]:
    """Where to write what becomes `output` once it is whole; it is gone afterwards. What goes wrong is said of `output`."""
    part = output.with_name(f"{output.name}.part")
    try:
        yield part
    except OSError as problem:
        if str(problem.filename).startswith(str(part)):
            problem.filename = str(output)
        raise
    finally:
        with contextlib.suppress(OSError):
            if part.is_dir():
                shutil.rmtree(part)
            part.unlink(missing_ok=True)
