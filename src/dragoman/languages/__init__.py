"""Languages as data: one folder each, found by listing.

In: the folders beside this file. Out: `Language`, whose tables the stages compile into what they need. Nothing here
knows any language; what a language is like stands in its `language.toml`.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HOME = Path(__file__).parent


class LanguageError(ValueError):
    """A language's data are not as they must be. Names file, entry and remedy."""


@dataclass(frozen=True)
class Language:
    """One language: its code (ISO 639-1), its folder, and the facts of its `language.toml`."""

    code: str
    folder: Path
    facts: Mapping[str, Any]

    @property
    def name(self) -> str:
        return str(self.facts["name"])

    def table(self, name: str) -> Mapping[str, Any]:
        """The content of `<name>.toml` in the language's folder; empty where there is no such file."""
        path = self.folder / f"{name}.toml"
        return read_toml(path) if path.exists() else {}

    def facts_of(self, section: str) -> Mapping[str, Any]:
        """One section of `language.toml`; empty where the language has nothing to say of it."""
        return self.facts.get(section, {})


def read_toml(path: Path) -> dict[str, Any]:
    """A TOML file's content. Raises LanguageError naming file and line when it cannot be read."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise LanguageError(f"{path}: not readable as TOML: {problem}") from problem


def installed(home: Path = HOME) -> tuple[str, ...]:
    """Codes of the languages there are, in order."""
    return tuple(sorted(path.parent.name for path in home.glob("*/language.toml")))


def find(code: str) -> Language:
    """The language of that code; one of which nothing is known where it is not installed: articles may be kept in any."""
    if code in installed():
        return load(code)
    return Language(code, HOME / code, {"name": code, "light_verbs": []})


@functools.cache
def load(code: str, home: Path = HOME) -> Language:
    """The language of that code. Raises LanguageError naming those installed when there is none."""
    folder = home / code
    if not (folder / "language.toml").exists():
        raise LanguageError(f"no language {code!r}; installed: {', '.join(installed(home))}")
    facts = read_toml(folder / "language.toml")
    for needed in ("name", "light_verbs"):
        if needed not in facts:
            raise LanguageError(f"{folder / 'language.toml'}: no {needed!r}; add it (see docs/add-a-language.md)")
    return Language(code, folder, facts)
