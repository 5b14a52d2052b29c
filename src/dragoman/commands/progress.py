"""How far a long command has come, on a terminal.

In: how many documents are done. Out: on a terminal's standard error a line with rate and time left; in a pipe nothing.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Generator, Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

Done = Callable[[int], None]
_LINES = (".jsonl", ".ndjson")


class _Rate(ProgressColumn):
    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text("" if speed is None else f"{speed:.1f} a second")


@contextlib.contextmanager
def progress(what: str, total: Callable[[], int | None]) -> Generator[Done]:
    """Calls with a number of documents move the line on. `total` counts what there is to do, where it can be told."""
    if not sys.stderr.isatty():
        yield lambda count: None
        return
    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), _Rate(), TextColumn("left:"), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True, speed_estimate_period=60) as line:
        task = line.add_task(what, total=total())
        yield lambda count: line.advance(task, count)


def expected(inputs: Sequence[str]) -> int | None:
    """How many documents the inputs hold; None where only reading them would tell."""
    count = 0
    for name in inputs:
        path = Path(name)
        if name.startswith(("http://", "https://")):
            count += 1
        elif path.is_dir():
            files = [file for file in path.rglob("*") if file.is_file() and not file.name.startswith(".")]
            inside = [_documents(file) for file in files]
            if None in inside:
                return None
            count += sum(number or 0 for number in inside)
        elif (number := _documents(path)) is not None:
            count += number
        else:
            return None
    return count


def _documents(path: Path) -> int | None:
    if not path.is_file() or path.suffix.lower() in (".gz", ".json", ".parquet", ".warc", ".csv"):
        return None
    if path.suffix.lower() not in _LINES:
        return 1
    try:
        with path.open("rb") as stream:
            return sum(1 for line in stream if line.strip())
    except OSError:
        return None
