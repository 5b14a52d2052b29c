"""With what the stories of a record were made, so that it shows when another version would make others.

In: a connection. Out: whether its stories were made by another linking than this program's. `setting` holds the fingerprint of the
one that made the first of them, or all of them anew.
"""

from __future__ import annotations

import functools
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import Connection

from dragoman import languages
from dragoman.store.fingerprints import HOME, fingerprint_of
from dragoman.store.schema import setting
from dragoman.store.storytables import story

_NAME = "linking"
_KINDS = (".py", ".toml", ".onnx", ".npy", ".tsv")
_TABLES = ("concepts", "happenings", "telling")  # of a language, those by which articles are compared


@functools.cache
def fingerprint() -> str:
    """Of all code, weights, networks and words that articles are compared by."""
    words = (HOME / "languages" / code / f"{name}.toml" for code in languages.installed() for name in _TABLES)
    return fingerprint_of([HOME / "link", HOME / "meaning", *filter(Path.is_file, words)], _KINDS)


def note(connection: Connection, *, anew: bool = False) -> None:
    """Keep with what stories are made: with the first of them, or `anew` with all."""
    if anew:
        connection.execute(sa.delete(setting).where(setting.c.name == _NAME))
    elif _kept(connection) is not None or _has_stories(connection):
        return
    connection.execute(sa.insert(setting), {"name": _NAME, "value": fingerprint()})


def is_other(connection: Connection) -> bool:
    """Whether there are stories that another linking made."""
    return _has_stories(connection) and _kept(connection) != fingerprint()


def _kept(connection: Connection) -> str | None:
    return connection.execute(sa.select(setting.c.value).where(setting.c.name == _NAME)).scalar()


def _has_stories(connection: Connection) -> bool:
    return connection.execute(sa.select(story.c.id).limit(1)).scalar() is not None
