"""With what the stories of a record were made, so that it shows when another version would make others.

In: a connection. Out: whether its stories were made by another linking than this program's. `setting` holds the fingerprint of the
one that made the first of them, or all of them anew.
"""

from __future__ import annotations

import functools
import hashlib
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import Connection

import dragoman
from dragoman.store.schema import setting
from dragoman.store.storytables import story

_HOME = Path(dragoman.__file__).parent
_NAME = "linking"
_KINDS = (".py", ".toml", ".onnx", ".npy", ".tsv")


@functools.cache
def fingerprint() -> str:
    """Of all code, weights and networks that articles are compared by."""
    digest = hashlib.sha256()
    for place in ("link", "meaning"):
        for file in sorted((_HOME / place).rglob("*")):
            if file.suffix in _KINDS:
                digest.update(f"{file.relative_to(_HOME).as_posix()}\0".encode())
                digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:12]


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
