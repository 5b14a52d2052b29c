"""Who coded an article: so that each finding says what it was made with, and a change of rules shows.

In: a `Reader`. Out: for a language, the `Coder`: versions of program, codebook and pipeline, and a fingerprint of everything
that decides what is found: code, rules, lexicons and the world's data, the user's own among them.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import dragoman
from dragoman import ontology

if TYPE_CHECKING:
    from dragoman.pipeline import Reader

_HOME = Path(dragoman.__file__).parent
_SHARED = ("records.py", "pipeline.py", "extract", "parse", "text", "world", "ontology")
_KINDS = (".py", ".toml", ".csv")


@dataclass(frozen=True, slots=True)
class Coder:
    """What an article was read with."""

    dragoman: str
    codebook: str
    language: str
    pipeline: str
    fingerprint: str


def coder_of(reader: Reader, language: str) -> Coder:
    """The coder of a language's articles. Raises LanguageError where the language cannot be read."""
    return Coder(
        dragoman=dragoman.__version__,
        codebook=ontology.load().codebook,
        language=language,
        pipeline=reader.parser(language).name,
        fingerprint=_fingerprint(language, tuple(reader.rules), tuple(reader.actors)),
    )


@functools.cache
def _fingerprint(language: str, rules: tuple[Path, ...], actors: tuple[Path, ...]) -> str:
    """Of all that decides what is found in a language; the pipeline has a version of its own."""
    shipped = [_HOME / part for part in _SHARED] + [_HOME / "languages" / "__init__.py", _HOME / "languages" / language]
    digest = hashlib.sha256()
    for file in _files([*shipped, *rules, *actors]):
        name = file.relative_to(_HOME) if file.is_relative_to(_HOME) else file.name
        digest.update(f"{name}\0".encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:12]


def _files(places: Iterable[Path]) -> Iterator[Path]:
    """The files of code and data in these places, in the order of their names."""
    for place in places:
        if place.is_file():
            yield place
        else:
            yield from sorted(
                file for file in place.rglob("*") if file.suffix in _KINDS and "pipeline" not in file.parts[:-1]
            )
