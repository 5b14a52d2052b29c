"""Articles find their stories as they are stored.

In: a transaction that writes, and articles that were stored in it. Out: the numbers of the stories that changed. An article is
compared with those only that share a key with it and were published within days of it, so that the work does not grow with
the record. Of more than CANDIDATES such articles those with most keys in common are compared.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterable, Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy import Connection

from dragoman import ontology
from dragoman.link.keys import keys
from dragoman.link.likeness import FAR, SAME, likeness
from dragoman.link.profile import Profile, profile
from dragoman.link.stories import Order, order_of, settle
from dragoman.link.tellers import voice_of
from dragoman.records import Actor, Article, Reading
from dragoman.store import linking
from dragoman.store.load import batched
from dragoman.store.storytables import profile as profiles
from dragoman.store.storytables import story_article, story_key, story_link

CANDIDATES = 80  # articles that one is compared with at most
LATEST = 400  # entries of one key that are looked at for an article of which nobody knows when it was published
_MONTH = 31  # what is published "in June" begins that much earlier at most
_AT_ONCE = 500
Publisher = Callable[[Article], Actor | None]  # whom the name of an article's outlet means


def nobody(article: Article) -> Actor | None:
    """For records whose outlets are taken as they are named."""
    return None


class StoredLinks:
    """The links of a record, as link/stories.py walks them: articles are numbers. What is read is kept until `flush`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._orders: dict[int, Order] = {}
        self._links: dict[int, dict[int, float]] = {}
        self._stories: dict[int, int | None] = {}
        self._placed: dict[int, tuple[int, float]] = {}

    def order(self, article: int) -> Order:
        self._know([article])
        return self._orders[article]

    def links(self, article: int) -> Mapping[int, float]:
        if article not in self._links:
            link = story_link.c
            rows = self._connection.execute(sa.select(link.other, link.likeness).where(link.one == article))
            self._links[article] = {row.other: row.likeness for row in rows}
            self._know(self._links[article])
        return self._links[article]

    def story(self, article: int) -> int | None:
        self._know([article])
        return self._stories[article]

    def place(self, article: int, story: int, likeness: float) -> None:
        self._stories[article] = story
        self._placed[article] = (story, likeness)

    def connect(self, one: int, other: int, likeness: float) -> None:
        for a, b in ((one, other), (other, one)):
            if a in self._links:
                self._links[a][b] = likeness

    def flush(self) -> None:
        """Write where articles were placed."""
        for chunk in batched(self._placed, _AT_ONCE):
            self._connection.execute(sa.delete(story_article).where(story_article.c.article_id.in_(chunk)))
        rows = [
            {"article_id": article, "story_id": story, "likeness": alike}
            for article, (story, alike) in self._placed.items()
        ]
        if rows:
            self._connection.execute(sa.insert(story_article), rows)
        self._placed.clear()

    def _know(self, articles: Iterable[int]) -> None:
        new = [article for article in articles if article not in self._orders]
        for chunk in batched(new, _AT_ONCE):
            rows = self._connection.execute(
                sa.select(profiles.c.article_id, profiles.c.start, profiles.c.key, story_article.c.story_id)
                .outerjoin(story_article, story_article.c.article_id == profiles.c.article_id)
                .where(profiles.c.article_id.in_(chunk))
            )
            for row in rows:
                self._orders[row.article_id] = order_of(row.start, row.key)
                self._stories[row.article_id] = row.story_id


def group(connection: Connection, stored: Sequence[tuple[int, Reading]], publisher: Publisher) -> set[int]:
    """Find the stories of articles that were stored, new or changed. Out: the stories that are not what they were."""
    linking.note(connection)
    touched = _forget(connection, [number for number, _ in stored])
    non_state = ontology.load().non_state
    links = StoredLinks(connection)
    known: dict[int, Profile] = {}
    for number, reading in stored:
        new = profile(reading)
        voice = voice_of(reading.article, publisher(reading.article), non_state)
        connection.execute(
            sa.insert(profiles),
            {
                "article_id": number, "start": new.start, "key": new.article, "voice": voice.id, "voice_name": voice.name,
                "voice_kind": voice.kind, "data": json.dumps(new.to_dict(), ensure_ascii=False, separators=(",", ":")),
            },
        )  # fmt: skip
        found = keys(new)
        alike = _alike(connection, number, new, found, known)
        if found:
            rows = [{"key": key, "start": new.start, "article_id": number} for key in found]
            connection.execute(sa.insert(story_key), rows)
        if alike:
            both = [(number, other, score) for other, score in alike.items()]
            both += [(other, number, score) for other, score in alike.items()]
            connection.execute(
                sa.insert(story_link), [{"one": one, "other": other, "likeness": score} for one, other, score in both]
            )
        known[number] = new
        for other, score in alike.items():
            links.connect(number, other, score)
        touched |= settle(links, [number, *alike])
    links.flush()
    return touched


def _alike(
    connection: Connection, number: int, new: Profile, found: Sequence[int], known: dict[int, Profile]
) -> dict[int, float]:
    """The articles of the record that report the same as a new one, and how alike they are."""
    candidates = _candidates(connection, new.start, new.end, found)
    missing = [other for other in candidates if other not in known]
    for chunk in batched(missing, _AT_ONCE):
        query = sa.select(profiles.c.article_id, profiles.c.data).where(profiles.c.article_id.in_(chunk))
        for row in connection.execute(query):
            known[row.article_id] = Profile.from_dict(json.loads(row.data))
    scores = {other: likeness(new, known[other]).score for other in candidates if other != number}
    return {other: score for other, score in scores.items() if score >= SAME}


def _candidates(
    connection: Connection, start: datetime.date | None, end: datetime.date | None, found: Sequence[int]
) -> list[int]:
    """The articles that share most keys with one that was published between two days."""
    if not found:
        return []
    key = story_key.c
    if start is None or end is None:
        latest = [
            sa.select(key.article_id, key.key)
            .where(key.key == one)
            .order_by(key.start.desc().nulls_first(), key.article_id.desc())
            .limit(LATEST)
            .subquery()
            for one in found
        ]
        entries = sa.union_all(*(sa.select(one.c.article_id, one.c.key) for one in latest)).subquery()
    else:
        first, last = start - datetime.timedelta(FAR + _MONTH), end + datetime.timedelta(FAR)
        near = sa.select(key.article_id, key.key).where(key.key.in_(found), key.start.between(first, last))
        undated = [
            sa.select(key.article_id, key.key)
            .where(key.key == one, key.start.is_(None))
            .order_by(key.article_id.desc())
            .limit(CANDIDATES)
            .subquery()
            for one in found
        ]
        entries = sa.union_all(near, *(sa.select(one.c.article_id, one.c.key) for one in undated)).subquery()
    query = (
        sa.select(entries.c.article_id)
        .group_by(entries.c.article_id)
        .order_by(sa.func.count().desc(), entries.c.article_id)
        .limit(CANDIDATES)
    )
    return list(connection.execute(query).scalars())


def _forget(connection: Connection, numbers: Sequence[int]) -> set[int]:
    """Take articles out of their stories. Those that were linked to them find their stories anew; out: the stories touched."""
    there: list[int] = []
    for chunk in batched(numbers, _AT_ONCE):
        query = sa.select(profiles.c.article_id).where(profiles.c.article_id.in_(chunk))
        there += connection.execute(query).scalars()
    if not there:
        return set()
    touched: set[int] = set()
    left: set[int] = set()
    for chunk in batched(there, _AT_ONCE):
        place, link = story_article.c, story_link.c
        touched |= set(connection.execute(sa.select(place.story_id).where(place.article_id.in_(chunk))).scalars())
        left |= set(connection.execute(sa.select(link.other).where(link.one.in_(chunk))).scalars())
    left |= {
        further
        for chunk in batched(sorted(left), _AT_ONCE)
        for further in connection.execute(sa.select(story_link.c.other).where(story_link.c.one.in_(chunk))).scalars()
    }
    for chunk in batched(there, _AT_ONCE):
        connection.execute(
            sa.delete(story_link).where(sa.or_(story_link.c.one.in_(chunk), story_link.c.other.in_(chunk)))
        )
        for table in (story_key, story_article, profiles):
            connection.execute(sa.delete(table).where(table.c.article_id.in_(chunk)))
    links = StoredLinks(connection)
    touched |= settle(links, left - set(there))
    links.flush()
    return touched
