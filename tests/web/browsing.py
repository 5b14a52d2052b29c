"""The sample record, served on this machine, and Debian's Chromium to look at it."""

from __future__ import annotations

import contextlib
import json
import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from fastapi import FastAPI

from dragoman.pipeline import Reader
from dragoman.records import Article
from dragoman.samples import DISPATCHES
from dragoman.store.record import Record
from dragoman.text import parse_date
from dragoman.web.app import create_app

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
AXE = Path(__file__).parent / "vendor" / "axe.min.js"


@pytest.fixture(scope="session")
def reader() -> Reader:
    return Reader()


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory, reader: Reader) -> Path:
    """A record of the sample dispatches."""
    path = tmp_path_factory.mktemp("web") / "samples.sqlite"
    rows = [json.loads(line) for line in DISPATCHES.read_text(encoding="utf-8").splitlines()]
    with Record(path, create=True) as record:
        record.add(
            (
                Article(
                    r["id"], r["text"], r["language"], parse_date(r["published"]), r["title"], r.get("url"), r["outlet"]
                )
                for r in rows
            ),
            reader,
        )
    return path


@pytest.fixture
def own_samples(samples: Path, tmp_path: Path) -> Path:
    """A copy of that record, to be changed."""
    with Record(samples) as record:  # what is written ahead is put into the file
        record.sql("SELECT 1").to_list()
    path = tmp_path / "own.sqlite"
    for ending in ("", "-wal"):
        if (source := samples.with_name(samples.name + ending)).exists():
            shutil.copy(source, path.with_name(path.name + ending))
    return path


@contextlib.contextmanager
def serving(app: FastAPI) -> Iterator[str]:
    """An application, served at the address that is given."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", access_log=False, timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)
        listening.close()


@pytest.fixture(scope="session")
def site(samples: Path) -> Iterator[str]:
    """The address at which the sample record is served."""
    app = create_app(str(samples))
    app.state.served.warm()
    with serving(app) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium, where there is one."""
    if CHROMIUM is None:
        pytest.skip("no chromium: apt-get install chromium")
    playwright = pytest.importorskip("playwright.sync_api", reason="no playwright: pip install playwright")
    with playwright.sync_playwright() as driver:
        # Containers let no sandbox be made; what is opened here are our own pages.
        found = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture
def opened(browser: Any) -> Iterator[Callable[..., Any]]:
    """Opens windows, `opened(width=390, script=False, dark=True)`; none may say anything on its console, or ask elsewhere."""
    contexts: list[Any] = []
    said: list[str] = []

    def open_window(width: int = 1280, *, script: bool = True, dark: bool = False) -> Any:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            java_script_enabled=script,
            color_scheme="dark" if dark else "light",
        )
        contexts.append(context)
        context.set_default_timeout(60_000)  # a text may be the first that is read
        window = context.new_page()
        window.on(
            "console",
            lambda line: (
                said.append(line.text)
                if line.type in ("error", "warning") and "status of 404" not in line.text
                else None
            ),
        )
        window.on("pageerror", lambda problem: said.append(str(problem)))
        window.on(
            "request", lambda request: None if request.url.startswith("http://127.0.0.1:") else said.append(request.url)
        )
        return window

    yield open_window
    for context in contexts:
        context.close()
    assert not said
