"""Why each article is in its story.

In: the profiles of a story's articles, the first report first, and what is known of the articles. Out: `Membership`s: how alike
each is to the first report, what both share, and by way of which third article it belongs where the two alone would not do.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dragoman.link.likeness import SAME, SURELY, likeness
from dragoman.link.profile import Profile
from dragoman.link.records import Membership, Teller
from dragoman.records import Article

About = Callable[[str], tuple[Article, Teller, str | None]]


def memberships(profiles: Sequence[Profile], about: About) -> list[Membership]:
    """One for each article. `about` gives an article, who speaks where it does so itself, and the original it is a copy of."""
    first = profiles[0]
    alike = [likeness(first, own) for own in profiles]
    found: list[Membership] = []
    for own, mine in zip(profiles, alike, strict=True):
        article, voice, original = about(own.article)
        via = None
        if mine.score < SAME:
            between = [
                (min(theirs.score, likeness(other, own).score), other.article)
                for other, theirs in zip(profiles, alike, strict=True)
                if other is not own and other is not first and theirs.score >= SURELY
            ]
            via = max(between, default=(0.0, None))[1]
        found.append(
            Membership(
                article.id, article.outlet, article.language, article.title, article.published, mine.score, voice,
                mine.shared, original, via,
            )
        )  # fmt: skip
    return found
