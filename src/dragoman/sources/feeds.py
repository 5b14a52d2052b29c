"""RSS and Atom feeds, fetched politely: robots are obeyed, what has not changed is not sent again, hosts are left in peace.

In: a feed's address and what is known of it from last time. Out: its items, and the page behind each, or a `Problem` that
says in one line why there is none. What is remembered from round to round is the caller's (store/watching.py).
"""

from __future__ import annotations

import datetime
import importlib.util
import time
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast
from urllib.parse import urljoin, urlsplit

import urllib3
from urllib3.util import Retry, Timeout

from dragoman.sources.fetched import LARGEST, Problem, Raw, sort_of
from dragoman.sources.web import get

AGENT = "dragoman"
SECONDS = 20.0
KEYS = ("url", "outlet", "language")


class FeedsError(ValueError):
    """A file of feeds that cannot be followed. One line: file, what is wrong, what may stand there."""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed to watch; `outlet` and `language` hold for its items where they do not say."""

    url: str
    outlet: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Watch:
    """What to watch: the feeds, the minutes from round to round, the seconds between two requests to one host."""

    feeds: tuple[Feed, ...]
    every: float = 15.0
    delay: float = 5.0


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a feed: what tells it from others, where its page is, and what the feed says of it."""

    id: str
    link: str
    title: str | None
    published: datetime.date | None


@dataclass(frozen=True, slots=True)
class Round:
    """What a feed answered: its items, and what to send along next time. No items where nothing has changed."""

    items: tuple[Item, ...]
    etag: str | None
    modified: str | None


def load_feeds(path: Path) -> Watch:
    """The feeds of a TOML file. Raises FeedsError."""
    if not path.is_file():
        raise FeedsError(f"{path}: no such file of feeds")
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise FeedsError(f"{path}: not readable as TOML: {problem}") from None
    for key in data:
        if key not in ("every", "delay", "feed"):
            raise FeedsError(f"{path}: no such setting {key!r}; one of every, delay, [[feed]]")
    for key in ("every", "delay"):
        if not isinstance(data.get(key, 0), int | float) or data.get(key, 0) < 0:
            raise FeedsError(f"{path}: {key} wants a number, not {data[key]!r}")
    feeds = tuple(_feed(path, entry) for entry in cast(list[Any], data.get("feed", [])))
    if not feeds:
        raise FeedsError(f'{path}: no feed; a feed is [[feed]] with url = "https://..."')
    return Watch(feeds, float(data.get("every", 15.0)), float(data.get("delay", 5.0)))


def _feed(path: Path, entry: Any) -> Feed:
    if not isinstance(entry, dict):
        raise FeedsError(f'{path}: a feed is [[feed]] with url = "https://..."')
    facts = cast(Mapping[str, Any], entry)
    for key, value in facts.items():
        if key not in KEYS or not isinstance(value, str):
            raise FeedsError(f"{path}: {key} = {value!r}: a feed has {', '.join(KEYS)}, in quotation marks")
    url = facts.get("url", "")
    if not url.startswith(("http://", "https://")):
        raise FeedsError(f"{path}: url {url!r}: an address begins with http:// or https://")
    return Feed(url, facts.get("outlet"), facts.get("language"))


@dataclass
class Visitor:
    """Goes to hosts as they wish to be visited: robots.txt decides, and a delay lies between two requests to one host."""

    delay: float = 5.0
    pause: Callable[[float], None] = time.sleep
    _robots: dict[str, Any] = field(default_factory=dict[str, Any])
    _last: dict[str, float] = field(default_factory=dict[str, float])

    def __post_init__(self) -> None:
        retry = Retry(
            total=4, redirect=5, status_forcelist=(429, 500, 502, 503, 504), backoff_factor=0.5, raise_on_status=False
        )
        headers = {"User-Agent": f"{AGENT} (reads news dispatches)"}
        self._pool = urllib3.PoolManager(retries=retry, timeout=Timeout(connect=SECONDS, read=SECONDS), headers=headers)

    def get(self, url: str, headers: Mapping[str, str] | None = None) -> tuple[Any, bytes] | Problem:
        """The answer of an address and its content; a Problem where it may not be visited or does not answer."""
        robots = self._rules(url)
        if isinstance(robots, Problem):
            return robots
        if not robots.can_fetch(url, AGENT):
            return Problem(url, "robots.txt asks not to visit it")
        self._wait(url, max(self.delay, float(robots.crawl_delay(AGENT) or 0)))
        return self._get(url, headers)

    def _get(self, url: str, headers: Mapping[str, str] | None = None) -> tuple[Any, bytes] | Problem:
        answer = get(self._pool, url, headers)
        if not isinstance(answer, Problem) and len(answer[1]) > LARGEST:
            return Problem(url, f"larger than {LARGEST // 1_000_000} MB")
        return answer

    def _rules(self, url: str) -> Any:
        """What the host's robots.txt says; a host that has none lets everybody in."""
        protego: Any = importlib.import_module("protego").Protego
        host = "{0.scheme}://{0.netloc}".format(urlsplit(url))
        if host not in self._robots:
            answer = self._get(f"{host}/robots.txt")
            if isinstance(answer, Problem):
                return Problem(url, f"its robots.txt {answer.why}")
            status, content = answer[0].status, answer[1]
            if status >= 500:
                return Problem(url, f"its robots.txt answered {status}")
            self._robots[host] = protego.parse(content.decode("utf-8", "replace") if status == 200 else "")
        return self._robots[host]

    def _wait(self, url: str, delay: float) -> None:
        host = urlsplit(url).netloc
        left = self._last.get(host, -delay) + delay - time.monotonic()
        if left > 0:
            self.pause(left)
        self._last[host] = time.monotonic()


def read_feed(visitor: Visitor, feed: Feed, etag: str | None, modified: str | None) -> Round | Problem:
    """The items of a feed, oldest first."""
    asked = {"If-None-Match": etag, "If-Modified-Since": modified}
    answer = visitor.get(feed.url, {name: value for name, value in asked.items() if value})
    if isinstance(answer, Problem):
        return answer
    response, content = answer
    if response.status == 304:
        return Round((), etag, modified)
    if response.status != 200:
        return Problem(feed.url, f"answered {response.status} {response.reason or ''}".strip())
    parser: Any = importlib.import_module("feedparser")
    found = parser.parse(content, response_headers={"content-type": response.headers.get("Content-Type", "")})
    if not found.get("version") and not found.get("entries"):
        return Problem(feed.url, "is no feed: neither RSS nor Atom")
    items = [item for entry in found.get("entries", ()) if (item := _item(entry, feed.url))]
    return Round(tuple(reversed(items)), response.headers.get("ETag"), response.headers.get("Last-Modified"))


def _item(entry: Any, base: str) -> Item | None:
    link = entry.get("link")
    if not link:
        return None
    when = entry.get("published_parsed") or entry.get("updated_parsed")
    published = datetime.date(*when[:3]) if when else None
    return Item(str(entry.get("id") or link), urljoin(base, str(link)), entry.get("title") or None, published)


def read_item(visitor: Visitor, item: Item) -> Raw | Problem:
    """The page of an item."""
    answer = visitor.get(item.link)
    if isinstance(answer, Problem):
        return answer
    response, content = answer
    if response.status != 200:
        return Problem(item.link, f"answered {response.status} {response.reason or ''}".strip())
    if not content.strip():
        return Problem(item.link, "empty: there is nothing to read")
    kind = response.headers.get("Content-Type", "").lower()
    return Raw(item.link, item.link, content, "page" if "html" in kind else sort_of(content), url=item.link)


def needed() -> Sequence[str]:
    """The packages of the extra `feeds` that are not installed."""
    return [name for name in ("feedparser", "protego") if importlib.util.find_spec(name) is None]
