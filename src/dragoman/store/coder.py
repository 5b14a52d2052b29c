"""Who coded an article: so that each finding says what it was made with, and a change of rules shows.

In: a `Reader`. Out: for a language, the `Coder`: versions of program, codebook and pipeline, and a fingerprint of everything
that decides what is found: code, rules, lexicons and the world's data, the user's own among them.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import dragoman
from dragoman import ontology
from dragoman.store.fingerprints import HOME, fingerprint_of

if TYPE_CHECKING:
    from dragoman.pipeline import Reader

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
    shipped = [HOME / part for part in _SHARED] + [HOME / "languages" / "__init__.py", HOME / "languages" / language]
    return fingerprint_of([*shipped, *rules, *actors], _KINDS)
