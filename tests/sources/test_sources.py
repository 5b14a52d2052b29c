"""Files, folders, links, and a real server on loopback."""

from __future__ import annotations

import http.server
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from dragoman.sources import Problem, Raw, fetch


class Pages(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        answers = {
            "/page": (200, "text/html; charset=utf-8", b"<html><body><p>Bonjour</p></body></html>"),
            "/text": (200, "text/plain", b"The minister left."),
            "/picture": (200, "image/png", b"\x89PNG"),
            "/empty": (200, "text/plain", b""),
        }
        if self.path == "/loop":
            self.send_response(302)
            self.send_header("Location", "/loop")
            self.end_headers()
            return
        status, kind, body = answers.get(self.path, (404, "text/plain", b"no"))
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Pages) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_address[1]}"
        running.shutdown()


def test_a_page_and_a_text(server: str) -> None:
    page, text = fetch([f"{server}/page", f"{server}/text"])
    assert isinstance(page, Raw)
    assert isinstance(text, Raw)
    assert (page.sort, text.sort, text.content) == ("page", "text", b"The minister left.")


@pytest.mark.parametrize(
    ("path", "why"), [("/gone", "404"), ("/picture", "image/png"), ("/empty", "empty"), ("/loop", "redirect")]
)
def test_what_the_web_does_not_give(server: str, path: str, why: str) -> None:
    (problem,) = fetch([server + path])
    assert isinstance(problem, Problem)
    assert why in problem.why
    assert "\n" not in problem.why


def test_nobody_there() -> None:
    (problem,) = fetch(["http://127.0.0.1:9/"])
    assert isinstance(problem, Problem)
    assert "cannot be reached" in problem.why


def test_a_folder_in_order_and_only_what_can_be_read(tmp_path: Path) -> None:
    for name in ("b.txt", "a.html", "c.bin", ".hidden.txt"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "d.jsonl").write_text('{"text": "1"}\n\n{"text": "2"}\n', encoding="utf-8")
    (tmp_path / "deep" / "back").symlink_to(tmp_path)
    found = [raw.id for raw in fetch([str(tmp_path)]) if isinstance(raw, Raw)]
    assert found == ["a.html", "b.txt", "deep/d.jsonl:1", "deep/d.jsonl:3"]


def test_a_folder_with_nothing_in_it(tmp_path: Path) -> None:
    (problem,) = fetch([str(tmp_path)])
    assert isinstance(problem, Problem)
    assert ".jsonl" in problem.why


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    path = tmp_path / "mine.txt"
    path.write_text("x", encoding="utf-8")
    path.chmod(0)
    (problem,) = fetch([str(path)])
    assert isinstance(problem, Problem)
    assert "permissions" in problem.why


def test_a_broken_gzip(tmp_path: Path) -> None:
    (tmp_path / "x.txt.gz").write_bytes(b"\x1f\x8b\x08\x00 broken")
    (problem,) = fetch([str(tmp_path / "x.txt.gz")])
    assert isinstance(problem, Problem)
    assert "cannot be read" in problem.why
