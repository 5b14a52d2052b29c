"""Which coder has coded what, and the readings that another coding or a changed text has replaced.

In: a connection. Out: numbers of articles to be coded again, the languages there are, past readings of an article.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import sqlalchemy as sa
from sqlalchemy import Connection

from dragoman.records import Reading
from dragoman.store import schema
from dragoman.store.coder import Coder
from dragoman.store.write import unpacked

_CODER = ("dragoman", "codebook", "language", "pipeline", "fingerprint")  # what tells one coder from another


def coded_by_others(connection: Connection, languages: Sequence[str], coders: Iterable[Coder]) -> list[int]:
    """The numbers of the articles in these languages that none of these coders has coded, in the order of their adding."""
    article, coder = schema.article.c, schema.coder.c
    same = [sa.and_(*(coder[name] == getattr(one, name) for name in _CODER)) for one in coders]
    query = (
        sa.select(article.id)
        .join(schema.coder, coder.id == article.coder_id)
        .where(article.language.in_(languages), ~sa.or_(sa.false(), *same))
        .order_by(article.language, article.id)
    )
    return list(connection.execute(query).scalars())


def numbers(connection: Connection, languages: Sequence[str]) -> list[int]:
    """The numbers of the articles in these languages, in the order of their adding."""
    article = schema.article.c
    query = sa.select(article.id).where(article.language.in_(languages)).order_by(article.language, article.id)
    return list(connection.execute(query).scalars())


def languages(connection: Connection) -> list[str]:
    """The languages that the articles are in."""
    language = schema.article.c.language
    return list(connection.execute(sa.select(language).distinct().order_by(language)).scalars())


def past_readings(connection: Connection, article: str) -> list[Reading]:
    """The readings of an article that have been replaced, the oldest first."""
    past = schema.past_reading.c
    query = sa.select(past.reading).join(schema.article).where(schema.article.c.key == article).order_by(past.id)
    return [unpacked(data) for data in connection.execute(query).scalars()]
