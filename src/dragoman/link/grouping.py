"""Stories of readings in memory, for articles that are in no record.

In: readings, and a reader that knows whom an outlet's name means. Out: their stories, with occurrences and accounts. A record
does the same article by article (store/stories.py).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from dragoman import ontology
from dragoman.link.accounts import story_of
from dragoman.link.likeness import likeness
from dragoman.link.profile import Profile, profile
from dragoman.link.records import Membership, Story
from dragoman.link.stories import Grouping
from dragoman.link.tellers import voice_of
from dragoman.records import Actor, Article, Reading

Publisher = Callable[[Article], Actor | None]


def stories_of(
    readings: Sequence[Reading], publisher: Publisher = lambda _: None, copies: Mapping[str, str] | None = None
) -> list[Story]:
    """The stories of readings, in the order of their first reports.

    `publisher` says whom an outlet's name means; `copies` has the original of each article that is a copy of another.
    """
    codebook = ontology.load()
    copies = copies or {}
    known = {reading.article.id: reading for reading in readings}
    profiles = {id: profile(reading) for id, reading in known.items()}
    found: list[Story] = []
    for first, articles in Grouping(profiles.values()).stories().items():
        members = [
            _member(known, profiles, first, id, publisher, copies.get(id), codebook.non_state) for id in articles
        ]
        found.append(story_of(members, (known[id] for id in articles), codebook))
    return found


def _member(
    readings: Mapping[str, Reading], profiles: Mapping[str, Profile], first: str, id: str, publisher: Publisher,
    original: str | None, non_state: frozenset[str],
) -> Membership:  # fmt: skip
    article = readings[id].article
    alike = likeness(profiles[first], profiles[id])
    speaks = readings[original].article if original and original in readings else article
    return Membership(
        article.id, article.outlet, article.language, article.title, article.published, alike.score,
        voice_of(speaks, publisher(speaks), non_state), alike.shared, original,
    )  # fmt: skip
