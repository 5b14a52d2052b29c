"""Stories as rows, and back.

In: a connection, and numbers of stories. Out: `refresh` makes the rows of stories anew from the readings of their articles;
`load_story` gives a `Story` as it was made.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Row

from dragoman import ontology
from dragoman.link.accounts import story_of
from dragoman.link.membership import memberships
from dragoman.link.profile import Profile
from dragoman.link.records import Membership, Occurrence, Story, Teller, Telling
from dragoman.link.stories import order_of
from dragoman.records import Article, Interval
from dragoman.store import schema
from dragoman.store.load import load
from dragoman.store.meanings import Meanings
from dragoman.store.storytables import occurrence, profile, story, story_article, story_party, telling

MOST = 60  # articles of a story whose occurrences are compared: the first ones, copies aside
_OPEN = ("contested", "denied", "withdrawn")


def refresh(connection: Connection, stories: Iterable[int]) -> None:
    """Make stories anew; those that have no articles any more are deleted."""
    for number in sorted(stories):
        for table in (telling, occurrence, story_party):
            connection.execute(sa.delete(table).where(table.c.story_id == number))
        connection.execute(sa.delete(story).where(story.c.id == number))
        members = _members(connection, number)
        if members:
            _insert(connection, number, members)


def load_story(connection: Connection, number: int) -> Story | None:
    """The story of that number; None where there is none."""
    row = connection.execute(sa.select(story).where(story.c.id == number)).first()
    if row is None:
        return None
    members = [member for _, member in _members(connection, number)]
    told: dict[int, list[Telling]] = {}
    for one in connection.execute(sa.select(telling).where(telling.c.story_id == number).order_by(telling.c.position)):
        told.setdefault(one.position, []).append(Telling.from_dict(one.data))
    for tellings in told.values():
        tellings.sort(key=lambda one: one.teller)
    found = connection.execute(
        sa.select(occurrence).where(occurrence.c.story_id == number).order_by(occurrence.c.position)
    )
    return Story(
        id=members[0].article,
        title=row.title,
        articles=tuple(members),
        occurrences=tuple(_occurrence(one, told.get(one.position, [])) for one in found),
        tellers=tuple(Teller(**teller) for teller in row.tellers),
        start=row.start,
        end=row.end,
        parties=tuple(row.parties),
    )


def _members(connection: Connection, number: int) -> list[tuple[int, Membership]]:
    """The articles of a story in order, the first report first."""
    article, place = schema.article.c, story_article.c
    original = schema.article.alias()
    spoken = profile.alias()
    query = (
        sa.select(
            article.id, article.key, article.outlet, article.language, article.title, article.published_start,
            article.published_end, article.published_precision, original.c.key.label("original"), profile.c.data,
            *(sa.func.coalesce(spoken.c[name], profile.c[name]).label(name) for name in ("voice", "voice_name", "voice_kind")),
        )
        .join(story_article, place.article_id == article.id)
        .join(profile, profile.c.article_id == article.id)
        .outerjoin(original, original.c.id == article.copy_of)
        .outerjoin(spoken, spoken.c.article_id == article.copy_of)
        .where(place.story_id == number)
    )  # fmt: skip
    rows = {row.key: row for row in connection.execute(query)}
    if not rows:
        return []

    def about(key: str) -> tuple[Article, Teller, str | None]:
        row = rows[key]
        published = (row.published_start, row.published_end, row.published_precision)
        article = Article(
            key, "", row.language, Interval(*published) if row.published_start else None, row.title, None, row.outlet
        )
        return article, Teller(row.voice, row.voice_name, row.voice_kind), row.original

    profiles = [Profile.from_dict(json.loads(row.data)) for row in rows.values()]
    profiles.sort(key=lambda one: order_of(one.start, one.article))
    return [(rows[member.article].id, member) for member in memberships(profiles, about)]


def _insert(connection: Connection, number: int, members: Sequence[tuple[int, Membership]]) -> None:
    kept = [one for one, member in members if member.copy_of is None][:MOST]
    kept += [one for one, member in members if member.copy_of is not None][:MOST]
    readings = dict(load(connection, kept))
    meant = Meanings(connection, {reading.article.id: number for number, reading in readings.items()})
    made = story_of([member for _, member in members], readings.values(), ontology.load(), meant)
    connection.execute(
        sa.insert(story),
        {
            "id": number, "title": made.title, "start": made.start, "end": made.end, "articles": len(members),
            "independent": sum(member.copy_of is None for _, member in members),
            "languages": sorted({member.language for _, member in members}), "parties": list(made.parties),
            "tellers": [teller.to_dict() for teller in made.tellers], "occurrences": len(made.occurrences),
            "contested": sum(one.status in _OPEN for one in made.occurrences),
        },
    )  # fmt: skip
    parties = [{"story_id": number, "party": party, "end": made.end} for party in dict.fromkeys(made.parties)]
    if parties:
        connection.execute(sa.insert(story_party), parties)
    names = {teller.id: teller for teller in made.tellers}
    rows = [_row(number, position, one) for position, one in enumerate(made.occurrences)]
    if rows:
        connection.execute(sa.insert(occurrence), rows)
    tellings = [
        {
            "story_id": number, "position": position, "teller": cell.teller, "name": names[cell.teller].name,
            "kind": names[cell.teller].kind, "stance": cell.stance, "since": cell.since,
            "words": cell.evidence[0].words if cell.evidence else None, "data": cell.to_dict(),
        }
        for position, one in enumerate(made.occurrences) for cell in one.tellings
    ]  # fmt: skip
    if tellings:
        connection.execute(sa.insert(telling), tellings)


def _row(number: int, position: int, one: Occurrence) -> dict[str, Any]:
    return {
        "story_id": number, "position": position, "key": one.id, "type": one.type, "title": one.title,
        "actors": list(one.actors), "recipients": list(one.recipients), "modes": list(one.modes),
        "start": one.when.start if one.when else None, "end": one.when.end if one.when else None,
        "precision": one.when.precision if one.when else None, "place": one.place, "quad": one.quad, "score": one.score,
        "status": one.status, "contested": one.status in _OPEN, "events": [list(pair) for pair in one.events],
    }  # fmt: skip


def _occurrence(row: Row[Any], tellings: Iterable[Telling]) -> Occurrence:
    return Occurrence(
        id=row.key, type=row.type, title=row.title, actors=tuple(row.actors), recipients=tuple(row.recipients),
        events=tuple((article, event) for article, event in row.events), tellings=tuple(tellings), status=row.status,
        modes=tuple(row.modes), when=Interval(row.start, row.end, row.precision) if row.start else None,
        place=row.place, quad=row.quad, score=row.score,
    )  # fmt: skip
