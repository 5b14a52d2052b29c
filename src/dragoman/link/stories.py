"""Which articles belong to one story.

In: links between articles (pairs alike enough to report one happening) and an order of the articles. Out: for each article
the first report of its story.

Articles are ordered by publication, then by id. An article is a *first report* unless it is linked to an earlier one that
is; every other article belongs to the first report that it is most alike to. (This is pivot clustering: Ailon, Charikar
and Newman, "Aggregating inconsistent information", 2008.) Two articles also count as linked where a third one is surely
linked to both: a short flash and a late summary have little in common but what the report between them has. So a long crisis does not become one story by a chain of articles
each of which is like the one before; a reader can be told why an article is in a story, by three articles at most; and the
outcome depends on links and order only, never on the order of adding.
"""

from __future__ import annotations

import datetime
import heapq
from collections.abc import Callable, Iterable, Mapping
from typing import Protocol, TypeVar

from dragoman.link.keys import keys
from dragoman.link.likeness import SAME, SURELY, Likeness, likeness
from dragoman.link.profile import Profile

Order = tuple[str, str]
ROUNDABOUT = 0.9  # of how alike two articles are by way of a third


def order_of(start: datetime.date | None, article: str) -> Order:
    """What comes first: the earlier published; undated ones come last; of several, by id."""
    return ((start or datetime.date.max).isoformat(), article)


A = TypeVar("A", str, int)  # an article, by its id or by its number


class Links(Protocol[A]):
    """Articles with their links, wherever they are kept."""

    def order(self, article: A) -> Order: ...
    def links(self, article: A) -> Mapping[A, float]:
        """The articles that it is linked to, and how alike they are."""
        ...

    def story(self, article: A) -> A | None:
        """The first report of its story; None for one that has not been placed."""
        ...

    def place(self, article: A, story: A, likeness: float) -> None: ...


def near(links: Links[A], article: A) -> dict[A, float]:
    """The articles that it counts as linked to, with how alike they are; by way of a third one, the weaker of both links."""
    direct = links.links(article)
    found = dict(direct)
    for between, alike in direct.items():
        if alike >= SURELY:
            for other, further in links.links(between).items():
                if further >= SURELY and other != article:
                    found[other] = max(found.get(other, 0.0), ROUNDABOUT * min(alike, further))
    return found


def settle(links: Links[A], changed: Iterable[A]) -> set[A]:
    """Find the stories of articles whose links changed, and of those that follow from them. Out: the stories touched.

    `changed` are articles that got or lost links, and those on the other side of these.

    Earlier articles come first, so that each decision rests on settled ones; the work is bounded by the neighbourhood.
    """
    todo = [(links.order(article), article) for article in set(changed)]
    heapq.heapify(todo)
    waiting = {article for _, article in todo}
    touched: set[A] = set()
    while todo:
        order, article = heapq.heappop(todo)
        waiting.discard(article)
        around = near(links, article)
        before = links.story(article)
        first_reports = {
            other: alike
            for other, alike in around.items()
            if links.order(other) < order and links.story(other) == other
        }
        if not first_reports:
            now, alike = article, 1.0
        else:
            now = min(first_reports, key=lambda other: (-first_reports[other], links.order(other)))
            alike = first_reports[now]
        links.place(article, now, alike)
        touched |= {now} if before is None else {now, before}
        if (before == article) != (now == article):  # became a first report, or no longer is one
            for other in around:
                if links.order(other) > order and other not in waiting:
                    heapq.heappush(todo, (links.order(other), other))
                    waiting.add(other)
    return touched


class Grouping:
    """Stories in memory: profiles are added one by one, in whatever order. `alike` says how alike two of them are."""

    def __init__(
        self, profiles: Iterable[Profile] = (), alike: Callable[[Profile, Profile], Likeness] = likeness
    ) -> None:
        self._alike = alike
        self._profiles: dict[str, Profile] = {}
        self._by_key: dict[int, list[str]] = {}
        self._links: dict[str, dict[str, float]] = {}
        self._story: dict[str, str] = {}
        for one in profiles:
            self.add(one)

    def add(self, new: Profile) -> None:
        found = keys(new)
        candidates = {article for key in found for article in self._by_key.get(key, ())}
        self._profiles[new.article] = new
        self._links[new.article] = {}
        for other in candidates:
            alike = self._alike(new, self._profiles[other]).score
            if alike >= SAME:
                self._links[new.article][other] = self._links[other][new.article] = alike
        for key in found:
            self._by_key.setdefault(key, []).append(new.article)
        settle(self, [new.article, *self._links[new.article]])

    def stories(self) -> dict[str, list[str]]:
        """First report -> its articles, each list in order."""
        found: dict[str, list[str]] = {}
        for article in sorted(self._story, key=self.order):
            found.setdefault(self._story[article], []).append(article)
        return found

    def order(self, article: str) -> Order:
        return order_of(self._profiles[article].start, article)

    def links(self, article: str) -> Mapping[str, float]:
        return self._links[article]

    def story(self, article: str) -> str | None:
        return self._story.get(article)

    def place(self, article: str, story: str, likeness: float) -> None:
        self._story[article] = story
