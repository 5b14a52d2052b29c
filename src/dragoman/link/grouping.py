"""Stories of readings in memory, for articles that are in no record.

In: readings, and a reader that knows whom an outlet's name means. Out: their stories, with occurrences and accounts. A record
does the same article by article (store/stories.py).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from dragoman import ontology
from dragoman.link.accounts import story_of
from dragoman.link.membership import memberships
from dragoman.link.profile import profile
from dragoman.link.records import Story, Teller
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
    for articles in Grouping(profiles.values()).stories().values():

        def about(id: str) -> tuple[Article, Teller, str | None]:
            article, original = known[id].article, copies.get(id)
            speaks = known[original].article if original in known else article
            return article, voice_of(speaks, publisher(speaks), codebook.non_state), original

        members = memberships([profiles[id] for id in articles], about)
        found.append(story_of(members, (known[id] for id in articles), codebook))
    return found
