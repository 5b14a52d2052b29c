"""The user's settings: which spaCy pipeline reads which language, and whose rules and actors are loaded beside
ours.

In: `dragoman.toml` (the one named, else the one in the working folder) and what the command line says, which wins. Out:
`Settings`. A wrong key is an error of one line that names the file and what may stand there.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

NAME = "dragoman.toml"
KEYS = ("pipelines", "rules", "actors")


class SettingsError(ValueError):
    """Settings that cannot be followed. One line: file or option, what is wrong, what to do."""


@dataclass(frozen=True, slots=True)
class Settings:
    """`pipelines` maps language codes to installed spaCy pipelines or folders; `rules` are folders of rule files, `actors`
    files of actors."""

    pipelines: Mapping[str, str] = field(default_factory=dict[str, str])
    rules: tuple[Path, ...] = ()
    actors: tuple[Path, ...] = ()


def load_settings(
    config: Path | None, pipelines: Sequence[str] = (), rules: Sequence[Path] = (), actors: Sequence[Path] = ()
) -> Settings:
    """Settings from the file and the options. Raises SettingsError.

    `pipelines` are "it=it_core_news_lg". A `config` that is named must exist; `dragoman.toml` in the working folder need not.
    """
    path = config or Path(NAME)
    if config is not None and not config.is_file():
        raise SettingsError(f"{config}: no such settings file")
    data = _read(path) if path.is_file() else {}
    table = _table(data.get("pipelines", {}), path)
    for given in pipelines:
        code, equals, name = given.partition("=")
        if not equals or not code or not name:
            raise SettingsError(
                f"--pipeline {given!r}: say which language and which pipeline, as in it=it_core_news_lg"
            )
        table[code] = name
    folders = tuple(dict.fromkeys((*_paths(data, "rules", path), *rules)))
    for folder in folders:
        if not folder.is_dir():
            raise SettingsError(f"{folder}: no such folder of rules")
    files = (*_paths(data, "actors", path), *actors)
    for file in files:
        if not file.is_file():
            raise SettingsError(f"{file}: no such file of actors")
    return Settings(table, folders, files)


def _paths(data: Mapping[str, Any], key: str, path: Path) -> list[Path]:
    """Paths named in the settings are relative to the settings file."""
    named = data.get(key, [])
    if not isinstance(named, list) or not all(isinstance(name, str) for name in cast(list[object], named)):
        raise SettingsError(f'{path}: {key} wants a list of paths, such as {key} = ["mine"]')
    return [path.parent / name for name in cast(list[str], named)]


def _read(path: Path) -> dict[str, Any]:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as problem:
        raise SettingsError(f"{path}: not readable as TOML: {problem}") from problem
    for key in data:
        if key not in KEYS:
            raise SettingsError(f"{path}: no such setting {key!r}; one of {', '.join(KEYS)}")
    return data


def _table(value: object, path: Path) -> dict[str, str]:
    if not isinstance(value, dict) or not all(
        isinstance(name, str) for name in cast(dict[str, object], value).values()
    ):
        raise SettingsError(f'{path}: [pipelines] wants lines such as it = "it_core_news_lg"')
    return dict(cast(dict[str, str], value))
