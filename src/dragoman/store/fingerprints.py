"""Fingerprints of code and data, by which a record tells that it was made with others.

In: files and folders. Out: a few hexadecimal digits that change with any of them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

import dragoman

HOME = Path(dragoman.__file__).parent


def fingerprint_of(places: Iterable[Path], kinds: Collection[str]) -> str:
    """Of the files, and of those in the folders that end like one of `kinds`, wherever the package is installed."""
    digest = hashlib.sha256()
    for file in _files(places, kinds):
        name = file.relative_to(HOME).as_posix() if file.is_relative_to(HOME) else file.name
        digest.update(f"{name}\0".encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:12]


def _files(places: Iterable[Path], kinds: Collection[str]) -> Iterator[Path]:
    """The files in these places, in the order of their names; a pipeline has a version of its own."""
    for place in places:
        if place.is_file():
            yield place
        else:
            yield from sorted(
                file for file in place.rglob("*") if file.suffix in kinds and "pipeline" not in file.parts[:-1]
            )
