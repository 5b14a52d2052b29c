"""A user's own types and contexts, beside PLOVER's: the `ontology.toml` of a folder of rules.

In: an `Ontology` and a file of the form of plover.toml. Out: the `Ontology` with what the file adds: types, modes of types that
are there already, contexts. What PLOVER has is never changed.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from dragoman.ontology.types import EventType, Mode, Ontology, OntologyError

TYPE_KEYS = ("quad", "score", "cameo", "modes", "still_to_come", "recipient")
MODE_KEYS = ("score", "cameo", "context")
_TYPE_NAME = re.compile(r"[A-Z][A-Z0-9_-]*")
_NAME = re.compile(r"[a-z][a-z0-9_-]*")
_CAMEO = re.compile(r"[0-9]{2,4}")


def with_own(ontology: Ontology, path: Path) -> Ontology:
    """The ontology with the types, modes and contexts of the file. Raises OntologyError: file, entry, remedy."""
    data = _read(path)
    _known(data, ("types", "contexts"), str(path))
    contexts = _contexts(data.get("contexts", {}), ontology, path)
    given = _table(data.get("types", {}), f"{path}: [types]")
    names = {*ontology.types, *given}
    types = dict(ontology.types)
    for name, value in given.items():
        where = f"{path}: {name}"
        entry = _table(value, where)
        modes = {
            mode: _mode(mode, _table(x, f"{where}: mode {mode}"), f"{where}: mode {mode}", contexts)
            for mode, x in _table(entry.get("modes", {}), f"{where}: modes").items()
        }
        if name in ontology.types:
            types[name] = _with_modes(ontology.types[name], entry, modes, where)
        else:
            types[name] = _type(name, entry, modes, where, ontology, names)
    return replace(ontology, types=types, contexts=contexts)


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise OntologyError(f"{path}: not readable as TOML: {problem}") from problem


def _contexts(value: object, ontology: Ontology, path: Path) -> frozenset[str]:
    where = f"{path}: [contexts]"
    table = _table(value, where)
    _known(table, ("names",), where)
    names = table.get("names", [])
    if not isinstance(names, list):
        raise OntologyError(f'{where}: names wants a list, such as names = ["sports"]')
    for name in cast(list[object], names):
        if not isinstance(name, str) or not _NAME.fullmatch(name):
            raise OntologyError(f"{where}: {name!r} is no name of a context; use small letters, digits, _ and -")
    return ontology.contexts | frozenset(cast(list[str], names))


def _type(
    name: str,
    entry: Mapping[str, Any],
    modes: Mapping[str, Mode],
    where: str,
    ontology: Ontology,
    names: Collection[str],
) -> EventType:
    if not _TYPE_NAME.fullmatch(name):
        raise OntologyError(f"{where}: a type's name has capital letters, digits, _ and - only, such as ELECT")
    _known(entry, TYPE_KEYS, where)
    quads = list(dict.fromkeys(kind.quad for kind in ontology.types.values()))
    quad = entry.get("quad")
    if quad not in quads:
        raise OntologyError(f"{where}: no such quad {quad!r}; one of {', '.join(quads)}")
    later = entry.get("still_to_come")
    if later is not None and later not in names:
        raise OntologyError(f"{where}: still_to_come names no type: {later!r}; one of {', '.join(sorted(names))}")
    recipient = entry.get("recipient", False)
    if not isinstance(recipient, bool):
        raise OntologyError(f"{where}: recipient is true or false, not {recipient!r}")
    return EventType(name, str(quad), _score(entry, where), _cameo(entry, where) or "", modes, later, recipient)


def _with_modes(kind: EventType, entry: Mapping[str, Any], modes: Mapping[str, Mode], where: str) -> EventType:
    """A type of PLOVER's with modes of the user's beside its own."""
    others = sorted(set(entry) - {"modes"})
    if others:
        raise OntologyError(
            f"{where}: PLOVER has this type, and its {others[0]} stays; only modes can be added: choose another name"
        )
    taken = sorted(modes.keys() & kind.modes.keys())
    if taken:
        raise OntologyError(f"{where}: mode {taken[0]!r} is there already; choose another name")
    return replace(kind, modes={**kind.modes, **modes})


def _mode(name: str, entry: Mapping[str, Any], where: str, contexts: Collection[str]) -> Mode:
    if not _NAME.fullmatch(name):
        raise OntologyError(f"{where}: a mode's name has small letters, digits, _ and - only")
    _known(entry, MODE_KEYS, where)
    context = entry.get("context")
    if context is not None and context not in contexts:
        raise OntologyError(f"{where}: no such context {context!r}; add it to [contexts] names")
    return Mode(name, _score(entry, where), _cameo(entry, where), context)


def _score(entry: Mapping[str, Any], where: str) -> float:
    score = entry.get("score")
    if isinstance(score, bool) or not isinstance(score, int | float) or not -10 <= score <= 10:
        raise OntologyError(f"{where}: score is a number from -10 (conflict) to 10 (cooperation), not {score!r}")
    return float(score)


def _cameo(entry: Mapping[str, Any], where: str) -> str | None:
    cameo = entry.get("cameo")
    if cameo is not None and (not isinstance(cameo, str) or not _CAMEO.fullmatch(cameo)):
        raise OntologyError(f'{where}: cameo is a CAMEO code in quotation marks, such as "042", not {cameo!r}')
    return cameo


def _table(value: object, where: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise OntologyError(f"{where}: a table is wanted, not {value!r}")
    return cast(dict[str, Any], value)


def _known(table: Mapping[str, Any], keys: Collection[str], where: str) -> None:
    unknown = sorted(set(table) - set(keys))
    if unknown:
        raise OntologyError(f"{where}: no such key {unknown[0]!r}; one of {', '.join(keys)}")
