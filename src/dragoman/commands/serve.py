"""`dragoman serve`: the record in a browser.

In: a record. Out: pages and an API at an address that is printed; on this machine only, unless it is told otherwise.
"""

from __future__ import annotations

import contextlib
import os
import socket
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.commands import options
from dragoman.commands.running import clear_errors
from dragoman.settings import SettingsError

if TYPE_CHECKING:
    from dragoman.pipeline import Reader
    from dragoman.records import Reading

HOST, PORT = "127.0.0.1", 8000


def register(app: typer.Typer) -> None:
    app.command()(serve)


def serve(
    record: options.Record,
    host: Annotated[
        str, typer.Option("--host", help="Where to listen; beyond this machine it needs --token or --password.")
    ] = HOST,
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="0 is any that is free.")] = PORT,
    read_only: Annotated[bool, typer.Option("--read-only", help="Nothing can be corrected.")] = False,
    token: Annotated[
        str | None,
        typer.Option("--token", envvar="DRAGOMAN_TOKEN", help="What every visitor has to know; 16 characters or more."),
    ] = None,
    password: Annotated[
        str | None,
        typer.Option("--password", envvar="DRAGOMAN_PASSWORD", help="The same for people; 8 characters or more."),
    ] = None,
) -> None:
    """Open a record in the browser: its pages, and an API under /api/v1."""
    with clear_errors():
        run(record, host, port, read_only=read_only, token=token, password=password)


def run(
    record: str, host: str, port: int, *, read_only: bool = False, token: str | None = None, password: str | None = None
) -> None:
    """Serve until interrupted. Raises RecordError for a record that is not there, SettingsError for a taken address."""
    import uvicorn

    from dragoman.store.transactions import shown
    from dragoman.web.app import create_app

    app = create_app(record, read_only=read_only, token=token, password=password, host=host)
    with contextlib.closing(_listening(host, port)) as listening:
        address = f"[{host}]" if ":" in host else host
        config = uvicorn.Config(
            app, log_level="warning", access_log=False, server_header=False, timeout_graceful_shutdown=2
        )
        typer.echo(
            f"{shown(record)} is served at http://{address}:{listening.getsockname()[1]}/ until Ctrl+C", err=True
        )
        app.state.served.warm()
        uvicorn.Server(config).run(sockets=[listening])


def serve_readings(readings: Sequence[Reading], reader: Reader) -> None:
    """Keep readings in a record that lasts as long as it is served, and serve it."""
    from dragoman.store.coder import coder_of
    from dragoman.store.record import Record

    with tempfile.TemporaryDirectory(prefix="dragoman-") as folder:
        path = str(Path(folder) / "samples.sqlite")
        with Record(path, create=True) as kept:
            kept.store(readings, {code: coder_of(reader, code) for code in {one.article.language for one in readings}})
        try:
            run(path, HOST, PORT)
        except SettingsError:  # the usual port is taken
            run(path, HOST, 0)


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=128)
    except OSError as problem:
        raise SettingsError(
            f"http://{host}:{port}: {os.strerror(problem.errno or 0)}; another --port, or 0 for any that is free"
        ) from None
