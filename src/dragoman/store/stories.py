"""Stories of a record, found and asked.

In: a connection. Out: numbers of stories for a question, their short forms for lists, and all stories made anew.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Connection, Select

from dragoman.records import Interval
from dragoman.store import fulltext, linking, schema
from dragoman.store.errors import QuestionError
from dragoman.store.grouping import Publisher, group
from dragoman.store.load import batched, load
from dragoman.store.question import Party, party, question
from dragoman.store.storyrows import refresh
from dragoman.store.storytables import TABLES, occurrence, story, story_article, story_party, telling
from dragoman.text import parse_date

CHUNK = 100  # articles that are grouped at a time


@dataclass(frozen=True, slots=True)
class StoryLine:
    """A story in a list. `id` is the number that it is asked for by; `contested` counts occurrences that are not agreed on."""

    id: int
    title: str
    start: datetime.date | None
    end: datetime.date | None
    articles: int
    independent: int
    languages: tuple[str, ...]
    parties: tuple[str, ...]
    occurrences: int
    contested: int

    def to_dict(self) -> dict[str, Any]:
        return {
            "id": self.id, "title": self.title, "start": self.start.isoformat() if self.start else None,
            "end": self.end.isoformat() if self.end else None, "articles": self.articles,
            "independent": self.independent, "languages": list(self.languages), "parties": list(self.parties),
            "occurrences": self.occurrences, "contested": self.contested,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class StoryQuestion:
    """What must hold of a story; everything that is given. `on`: a day within it, or of one of its occurrences."""

    parties: tuple[str, ...] = ()
    since: datetime.date | None = None
    until: datetime.date | None = None
    on: datetime.date | None = None
    article: str | None = None
    text: str | None = None
    teller: str | None = None
    status: tuple[str, ...] = ()
    fewest: int = 1
    sort: str = "date"
    limit: int | None = None


def story_question(**asked: Any) -> StoryQuestion:
    """A question from values as users write them. Raises QuestionError where one cannot be understood."""
    values = {name.rstrip("_"): value for name, value in asked.items() if value not in (None, (), [], "")}
    values = {{"from": "since", "to": "until"}.get(name, name): value for name, value in values.items()}
    parties = [party(one) for one in _listed(values.pop("party", ()))]
    if "between" in values:
        parties += list(question(between=values.pop("between")).between or ())
    if (sort := values.get("sort", "date")) not in _ORDERS:
        raise QuestionError(f"sort {sort!r}: stories are sorted by {', '.join(_ORDERS)}")
    made: dict[str, Any] = {"parties": tuple(_code(one) for one in parties)}
    for name in ("since", "until"):
        if name in values:
            made[name] = getattr(question(**{name: values.pop(name)}), name)
    if "on" in values:
        made["on"] = _day(values.pop("on"))
    if "status" in values:
        made["status"] = tuple(_listed(values.pop("status")))
    for name, value in values.items():
        if name not in _ASKED:
            raise QuestionError(f"no such question of stories: {name}; one of between, party, {', '.join(_ASKED)}")
        made[name] = value
    return StoryQuestion(**made)


def _listed(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def _code(one: Party) -> str:
    """Stories are asked for by the codes of their parties."""
    if one.country is None and one.sector is None:
        raise QuestionError(
            f"party {one.name!r}: stories are found by countries and PLOVER codes, such as CHN; or use --text"
        )
    return one.country or one.sector or ""


def _day(value: str | datetime.date) -> datetime.date:
    try:
        found = Interval.of_day(value) if isinstance(value, datetime.date) else parse_date(value)
    except ValueError as problem:
        raise QuestionError(f"on: {problem}") from None
    if found.day is None:
        raise QuestionError(f"on {value!r}: name a day, such as 2022-06-15; for longer use from and to")
    return found.day


_ASKED = ("since", "until", "on", "article", "text", "teller", "status", "fewest", "sort", "limit")


def lines(connection: Connection, asked: StoryQuestion, also: Sequence[ColumnElement[bool]] = ()) -> list[StoryLine]:
    """The stories that a question asks for, the latest first; `also` is what else must hold of them (storypages.py)."""
    rows = connection.execute(_query(asked, connection.dialect.name).where(*also))
    return [
        StoryLine(
            row.id, row.title, row.start, row.end, row.articles, row.independent, tuple(row.languages),
            tuple(row.parties), row.occurrences, row.contested,
        )
        for row in rows
    ]  # fmt: skip


def number_of(connection: Connection, name: str) -> int | None:
    """The number of a story, by its own or by the id of one of its articles; None where there is none."""
    if name.isascii() and name.isdigit() and len(name) < 10:
        found = connection.execute(sa.select(story.c.id).where(story.c.id == int(name))).scalar()
        if found is not None:
            return found
    query = (
        sa.select(story_article.c.story_id)
        .join(schema.article, schema.article.c.id == story_article.c.article_id)
        .where(schema.article.c.key == name)
    )
    return connection.execute(query).scalar()


def rebuild(connection: Connection, publisher: Publisher, done: Callable[[int], None] = lambda _: None) -> int:
    """Find all stories anew, from the readings alone. Out: how many there are."""
    for table in (*reversed(TABLES), schema.article_meaning):
        connection.execute(sa.delete(table))
    linking.note(connection, anew=True)
    numbers = list(connection.execute(sa.select(schema.article.c.id).order_by(schema.article.c.id)).scalars())
    for chunk in batched(numbers, CHUNK):
        group(connection, list(load(connection, chunk)), publisher)
        done(len(chunk))
    refresh(connection, connection.execute(sa.select(story_article.c.story_id).distinct()).scalars().all())
    return connection.execute(sa.select(sa.func.count()).select_from(story)).scalar_one()


def _query(asked: StoryQuestion, dialect: str) -> Select[Any]:
    query: Select[Any] = sa.select(story)
    for code in asked.parties:
        query = query.where(story.c.id.in_(sa.select(story_party.c.story_id).where(story_party.c.party == code)))
    if asked.since:
        query = query.where(story.c.end >= asked.since)
    if asked.until:
        query = query.where(story.c.start <= asked.until)
    if asked.on:
        dated = sa.select(occurrence.c.story_id).where(occurrence.c.start <= asked.on, occurrence.c.end >= asked.on)
        within = sa.and_(story.c.start <= asked.on, story.c.end >= asked.on)
        query = query.where(sa.or_(within, story.c.id.in_(dated)))
    if asked.article:
        of = sa.select(story_article.c.story_id).join(schema.article, schema.article.c.id == story_article.c.article_id)
        query = query.where(story.c.id.in_(of.where(schema.article.c.key == asked.article)))
    if asked.text:
        of = sa.select(story_article.c.story_id).join(schema.article, schema.article.c.id == story_article.c.article_id)
        query = query.where(
            story.c.id.in_(of.where(schema.article.c.text_id.in_(fulltext.matching(asked.text, dialect))))
        )
    if asked.teller:
        query = query.where(story.c.id.in_(sa.select(telling.c.story_id).where(telling.c.teller == asked.teller)))
    if asked.status:
        query = query.where(
            story.c.id.in_(sa.select(occurrence.c.story_id).where(occurrence.c.status.in_(asked.status)))
        )
    if asked.fewest > 1:
        query = query.where(story.c.articles >= asked.fewest)
    return query.order_by(*_ORDERS[asked.sort]).limit(asked.limit)


_ORDERS: Mapping[str, list[ColumnElement[Any]]] = {
    "date": [story.c.end.desc().nulls_last(), story.c.id.desc()],
    "oldest": [story.c.start.asc().nulls_last(), story.c.id],
    "articles": [story.c.articles.desc(), story.c.id],
    "contested": [story.c.contested.desc(), story.c.id],
}
