"""A user's folders of rules: which files in them are for a language.

In: folders of `*.toml`, for every language, with a subfolder per language (`en/`) where one wants its own. Out: rule files, and
the entries of `contexts.toml` and `modes.toml`. `ontology.toml` beside them is the ontology's (dragoman/ontology/own.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, cast

from dragoman import languages
from dragoman.languages import LanguageError, read_toml
from dragoman.ontology import Ontology

NO_RULES = frozenset({"ontology", "contexts", "modes"})
"""Files of a folder of rules that hold none."""


def check_folder(folder: Path) -> None:
    """Raises LanguageError for a folder without rules, or with those of a language that is not installed."""
    codes = languages.installed()
    here = list(folder.glob("*.toml"))
    for below in sorted(path for path in folder.iterdir() if path.is_dir()):
        if any(below.glob("*.toml")):
            if below.name not in codes:
                raise LanguageError(
                    f"{below}: no language {below.name!r} is installed; a folder inside a folder of rules is named for one of {', '.join(codes)}"
                )
            here.append(below)
    if not here:
        raise LanguageError(f"{folder}: no rules in it; write them into files such as {folder}/consult.toml")


def rule_files(folder: Path, code: str) -> list[Path]:
    """The files of rules for a language: those of every language, then its own."""
    return [
        path for place in (folder, folder / code) for path in sorted(place.glob("*.toml")) if path.stem not in NO_RULES
    ]


def contexts_with_own(
    shipped: Mapping[str, Any], folders: Iterable[Path], code: str, ontology: Ontology
) -> dict[str, Sequence[str]]:
    """The words of each context, with those of the user's `contexts.toml`."""
    found: dict[str, Sequence[str]] = {name: entry["words"] for name, entry in shipped.items()}
    for path, data in _tables(folders, code, "contexts"):
        contexts = data.get("contexts", {})
        if set(data) - {"contexts"} or not isinstance(contexts, dict):
            raise LanguageError(f'{path}: it wants tables such as [contexts.economic] with words = ["tariff"]')
        for name, entry in cast(dict[str, Any], contexts).items():
            if name not in ontology.contexts:
                raise LanguageError(f"{path}: no such context {name!r}; add it to [contexts] names in ontology.toml")
            words = cast(dict[str, Any], entry).get("words") if isinstance(entry, dict) else None
            found[name] = (*found.get(name, ()), *_words(words, f"{path}: {name}"))
    return found


def modes_with_own(
    shipped: Mapping[str, Any], folders: Iterable[Path], code: str, ontology: Ontology
) -> dict[str, dict[str, Sequence[str]]]:
    """The words of each type's modes, with those of the user's `modes.toml`."""
    found: dict[str, dict[str, Sequence[str]]] = {event: dict(modes) for event, modes in shipped.items()}
    for path, data in _tables(folders, code, "modes"):
        for event, modes in data.items():
            if event not in ontology.types:
                raise LanguageError(f"{path}: no such event type {event!r}; one of {', '.join(ontology.types)}")
            if not isinstance(modes, dict):
                raise LanguageError(f'{path}: {event}: it wants lines such as visit = ["stopover"]')
            known = ontology.types[event].modes
            for mode, words in cast(dict[str, Any], modes).items():
                if mode not in known:
                    raise LanguageError(f"{path}: {event}: no such mode {mode!r}; one of {', '.join(known) or 'none'}")
                held = found.setdefault(event, {})
                held[mode] = (*held.get(mode, ()), *_words(words, f"{path}: {event}: {mode}"))
    return found


def _tables(folders: Iterable[Path], code: str, name: str) -> Iterator[tuple[Path, dict[str, Any]]]:
    for folder in folders:
        for path in (folder / f"{name}.toml", folder / code / f"{name}.toml"):
            if path.is_file():
                yield path, read_toml(path)


def _words(value: object, where: str) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(word, str) for word in cast(list[object], value)):
        raise LanguageError(f'{where}: a list of words is wanted, such as words = ["tariff"], not {value!r}')
    return cast(list[str], value)
