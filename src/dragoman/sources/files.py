"""Files, folders and standard input.

In: a path. Out: the documents in it: one of a text or HTML file, one a line of a JSONL file, one a row of a table, the pages of
an archive, those of all files in a folder.
Gzipped files are read as what they hold.
"""

from __future__ import annotations

import gzip
import os
import stat
import sys
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, cast

from dragoman.sources.archives import from_warc
from dragoman.sources.fetched import LARGEST, Problem, Raw, sort_of
from dragoman.sources.tables import from_csv, from_parquet

TEXTS = (".txt", ".text", ".md")
PAGES = (".html", ".htm", ".xhtml")
ROWS = (".jsonl", ".ndjson", ".json")
TABLES = (".csv", ".parquet")
ARCHIVES = (".warc",)
KNOWN = (*TEXTS, *PAGES, *ROWS, *TABLES, *ARCHIVES)


def from_path(name: str) -> Iterator[Raw | Problem]:
    """The documents of a file or of a folder with everything below it. Folders are entered once, links included."""
    path = Path(name)
    try:
        mode = path.stat().st_mode
    except OSError as problem:
        why = "no address that is read: http or https" if "://" in name else "no such file or folder"
        yield Problem(name, why if not path.exists() else str(problem.strerror))
        return
    if stat.S_ISDIR(mode):
        known = [file for file in _below(path) if _suffix(file) in KNOWN]
        if not known:
            yield Problem(name, f"no file here ends in {', '.join(KNOWN)} (or these with .gz)")
        for file in known:
            yield from _file(file, f"{file.relative_to(path)}")
    elif stat.S_ISREG(mode) or stat.S_ISFIFO(mode):
        yield from _file(path, path.name)
    else:
        yield Problem(name, "neither a file nor a folder")


def from_standard_input() -> Iterator[Raw | Problem]:
    """Standard input: JSONL where it opens with a brace, else one document."""
    stream = sys.stdin.buffer
    first = stream.readline()
    if first.lstrip(b"\xef\xbb\xbf \t").startswith(b"{"):
        yield from _rows("standard input", "stdin", _then(first, stream))
        return
    content = first + stream.read(LARGEST + 1)
    yield from _document("standard input", "stdin", content)


def _then(first: bytes, rest: Iterable[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


def _below(folder: Path) -> Iterator[Path]:
    """All files under a folder in the order of their names. A folder that links lead back to is entered once."""
    seen: set[tuple[int, int]] = set()
    for root, folders, files in os.walk(folder, followlinks=True):
        status = Path(root).stat()
        if (status.st_dev, status.st_ino) in seen:
            folders.clear()
            continue
        seen.add((status.st_dev, status.st_ino))
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = Path(root, name)
            if not name.startswith(".") and (path.is_file() or path.is_symlink()):
                yield path


def _suffix(path: Path) -> str:
    suffixes = [suffix.lower() for suffix in path.suffixes]
    return suffixes[-2] if len(suffixes) > 1 and suffixes[-1] == ".gz" else suffixes[-1] if suffixes else ""


def _file(path: Path, id: str) -> Iterator[Raw | Problem]:
    where = str(path)
    try:
        with _opened(path) as stream:
            if _suffix(path) in (".jsonl", ".ndjson"):
                yield from _rows(where, id, stream)
            elif _suffix(path) == ".csv":
                yield from from_csv(where, id, stream)
            elif _suffix(path) == ".parquet":
                yield from from_parquet(where, id, stream)
            elif _suffix(path) in ARCHIVES:
                yield from from_warc(where, stream)
            else:
                yield from _document(where, id, stream.read(LARGEST + 1), _suffix(path))
    except PermissionError:
        yield Problem(where, "may not be read by this user; change its permissions")
    except (OSError, EOFError, zlib.error) as problem:
        yield Problem(where, f"cannot be read: {problem}")


def _opened(path: Path) -> IO[bytes]:
    zipped = path.suffix.lower() == ".gz" and _suffix(path) not in ARCHIVES  # which are zipped record by record
    return cast(IO[bytes], gzip.open(path)) if zipped else path.open("rb")


def _rows(where: str, id: str, lines: Iterable[bytes]) -> Iterator[Raw | Problem]:
    empty = True
    for number, line in enumerate(lines, 1):
        if line.strip():
            empty = False
            yield Raw(f"{where}, line {number}", f"{id}:{number}", line, "row")
    if empty:
        yield Problem(where, "empty: there is nothing to read")


def _document(where: str, id: str, content: bytes, suffix: str = "") -> Iterator[Raw | Problem]:
    if len(content) > LARGEST:
        yield Problem(
            where, f"larger than {LARGEST // 1_000_000} MB: no dispatch is; split it, or give one a line as JSONL"
        )
    elif not content.strip():
        yield Problem(where, "empty: there is nothing to read")
    elif suffix == ".json":
        yield from _json(where, id, content)
    else:
        yield Raw(where, id, content, "page" if suffix in PAGES else sort_of(content))


def _json(where: str, id: str, content: bytes) -> Iterator[Raw | Problem]:
    """A JSON file: one document, or an array of them."""
    import json

    try:
        data = json.loads(content)
    except ValueError as problem:
        yield Problem(where, f"not valid JSON: {problem}")
        return
    for number, item in enumerate(data if isinstance(data, list) else [data], 1):  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
        yield Raw(f"{where}, item {number}", f"{id}:{number}", json.dumps(item).encode(), "row")
