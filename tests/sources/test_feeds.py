"""Feeds of a server of the test's own: polite, never the same item twice, and one line for what goes wrong."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dragoman.cli import app
from dragoman.sources import Problem
from dragoman.sources.feeds import Feed, FeedsError, Visitor, load_feeds, read_feed
from dragoman.store.record import Record


@dataclass
class Site:
    """What the server has: path -> status, kind, content. It counts what it is asked for."""

    pages: dict[str, tuple[int, str, bytes]] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)
    lies: set[str] = field(default_factory=set)
    unchanged: int = 0
    url: str = ""

    def put(self, path: str, content: str, kind: str = "text/html; charset=utf-8", status: int = 200) -> None:
        self.pages[path] = (status, kind, content.encode())


@pytest.fixture
def site() -> Iterator[Site]:
    here = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            here.asked[self.path] += 1
            status, kind, content = here.pages.get(self.path, (404, "text/plain", b"none"))
            tag = f'"{hash(content)}"'
            if self.headers.get("If-None-Match") == tag:
                here.unchanged += 1
                self.send_response(304)
                self.end_headers()
                return
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content) + (500 if self.path in here.lies else 0)))
            self.send_header("ETag", tag)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    here.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield here
    server.shutdown()
    server.server_close()
    thread.join()


def page(number: int) -> str:
    return f"""<html lang="en"><head><title>News {number}</title></head><body><article><p>Norway told Peru on Monday that it would send
    {number} ships to the coast, and Peru said that it was glad of the help after the storm.</p></article></body></html>"""


def rss(site: Site, *numbers: int) -> str:
    items = "".join(
        f"<item><guid>n{n}</guid><link>{site.url}/{n}</link><title>News {n}</title><pubDate>Wed, 15 Jun 2022 10:00:00 GMT</pubDate></item>"
        for n in numbers
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>T</title>{items}</channel></rss>'


def atom(site: Site, *numbers: int) -> str:
    items = "".join(
        f'<entry><id>n{n}</id><link href="/{n}"/><title>News {n}</title><updated>2022-06-15T10:00:00Z</updated></entry>'
        for n in numbers
    )
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title>{items}</feed>'


def watch(site: Site, folder: Path, *names: str) -> tuple[int, str, str]:
    feeds = "".join(
        f'[[feed]]\nurl = "{site.url}/{name}"\noutlet = "NTB"\nlanguage = "en"\n' for name in names or ("feed",)
    )
    (folder / "feeds.toml").write_text(f"delay = 0\n{feeds}", encoding="utf-8")
    result = CliRunner().invoke(app, ["watch", str(folder / "feeds.toml"), "-r", str(folder / "news.sqlite"), "--once"])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


@pytest.mark.parametrize("write", [rss, atom])
def test_what_is_new_is_added_and_nothing_twice(site: Site, tmp_path: Path, write: object) -> None:
    make = rss if write is rss else atom
    for number in range(1, 4):
        site.put(f"/{number}", page(number))
    site.put("/feed", make(site, 2, 1), "application/xml")
    status, output, errors = watch(site, tmp_path)
    assert (status, errors) == (0, "")
    assert "2 added" in output
    assert watch(site, tmp_path) == (0, "", "")
    assert site.unchanged == 1
    site.put("/feed", make(site, 3, 2, 1), "application/xml")
    assert "1 added" in watch(site, tmp_path)[1]
    assert [site.asked[f"/{n}"] for n in (1, 2, 3)] == [1, 1, 1]
    with Record(tmp_path / "news.sqlite") as record:
        rows = record.articles(sort="added").to_list()
    assert [row["article"] for row in rows] == [f"{site.url}/{n}" for n in (1, 2, 3)]
    assert {(row["outlet"], row["language"], str(row["published"])) for row in rows} == {("NTB", "en", "2022-06-15")}


def test_robots_are_obeyed(site: Site, tmp_path: Path) -> None:
    site.put("/robots.txt", "User-agent: *\nDisallow: /2\n", "text/plain")
    site.put("/1", page(1))
    site.put("/2", page(2))
    site.put("/feed", rss(site, 1, 2), "application/xml")
    status, output, errors = watch(site, tmp_path)
    assert (status, "1 added" in output) == (1, True)
    assert errors == f"dragoman: {site.url}/2: robots.txt asks not to visit it\n"
    assert site.asked["/2"] == 0
    assert site.asked["/robots.txt"] == 1


def test_what_fails_is_tried_again_and_then_given_up(site: Site, tmp_path: Path) -> None:
    site.put("/1", page(1))
    site.put("/feed", rss(site, 1, 2), "application/xml")
    for _ in range(2):
        status, _, errors = watch(site, tmp_path)
        assert (status, errors) == (1, f"dragoman: {site.url}/2: answered 404 Not Found\n")
    site.put("/2", page(2))
    assert "1 added" in watch(site, tmp_path)[1]
    site.put("/feed", rss(site, 3, 2, 1), "application/xml")
    for _ in range(5):
        watch(site, tmp_path)
    assert site.asked["/3"] == 3
    assert site.asked["/1"] == 1


def test_a_feed_that_lies_about_its_length(site: Site, tmp_path: Path) -> None:
    site.put("/1", page(1))
    site.put("/feed", rss(site, 1), "application/xml")
    site.put("/good", rss(site, 1), "application/xml")
    site.lies.add("/feed")
    status, output, errors = watch(site, tmp_path, "feed", "good")
    assert (status, "1 added" in output) == (1, True)
    assert errors.startswith(f"dragoman: {site.url}/feed: ")
    assert errors.count("\n") == 1
    site.lies.clear()
    assert watch(site, tmp_path)[0] == 0


@pytest.mark.parametrize(
    ("content", "kind", "status", "why"),
    [
        ("<html><body>Hello</body></html>", "text/html", 200, "is no feed"),
        ("", "application/xml", 200, "is no feed"),
        ("gone", "text/plain", 410, "answered 410"),
    ],
)
def test_what_is_no_feed(site: Site, tmp_path: Path, content: str, kind: str, status: int, why: str) -> None:
    site.put("/feed", content, kind, status)
    code, output, errors = watch(site, tmp_path)
    assert (code, output) == (1, "")
    assert why in errors
    assert errors.count("\n") == 1


def test_hosts_are_left_in_peace(site: Site) -> None:
    pauses: list[float] = []
    site.put("/robots.txt", "User-agent: *\nCrawl-delay: 7\n", "text/plain")
    site.put("/feed", rss(site, 1), "application/xml")
    visitor = Visitor(2.0, pauses.append)
    for _ in range(3):
        assert not isinstance(read_feed(visitor, Feed(f"{site.url}/feed"), None, None), Problem)
    assert len(pauses) == 2
    assert all(6 < pause <= 7 for pause in pauses)


def test_a_host_that_is_not_there(tmp_path: Path) -> None:
    visitor = Visitor(0)
    answer = visitor._get("http://127.0.0.1:9/feed")  # pyright: ignore[reportPrivateUsage]
    assert isinstance(answer, Problem)
    assert "cannot be reached" in answer.why


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("", "no feed"),
        ("every = 'x'\n", "every wants a number"),
        ("colour = 1\n", "no such setting 'colour'"),
        ("[[feed]]\nurl = 'ftp://x'\n", "begins with http"),
        ("[[feed]]\nurl = 'http://x'\nname = 'y'\n", "a feed has url, outlet, language"),
        ("feed = ['x']\n", "a feed is [[feed]]"),
        ("[[feed\n", "not readable as TOML"),
    ],
)
def test_files_of_feeds_that_cannot_be_followed(tmp_path: Path, content: str, why: str) -> None:
    path = tmp_path / "feeds.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(FeedsError) as problem:
        load_feeds(path)
    assert why in str(problem.value)
    assert str(path) in str(problem.value)
    status = CliRunner().invoke(app, ["watch", str(path), "-r", str(tmp_path / "x.sqlite"), "--once"])
    assert status.exit_code == 2
