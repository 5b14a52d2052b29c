"""The tables of stories, occurrences and accounts in a record, the same on SQLite and PostgreSQL.

In: nothing. Out: SQLAlchemy tables, in the metadata of schema.py. What is here follows from the readings and can be made anew
from them at any time (`dragoman stories --rebuild`). A story is numbered as the article that is its first report.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    SmallInteger,
    Table,
    Text,
)

from dragoman.store.schema import metadata, part_of

_JSON = JSON(none_as_null=True)


def _article(name: str = "article_id") -> Column[int]:
    return Column(name, Integer, ForeignKey("article.id", ondelete="CASCADE"), nullable=False)


# What an article is about (link/profile.py), and who speaks where it does so itself.
profile = Table(
    "profile",
    metadata,
    Column("article_id", Integer, ForeignKey("article.id", ondelete="CASCADE"), primary_key=True),
    Column("start", Date),
    Column("key", Text, nullable=False),
    Column("voice", Text, nullable=False),
    Column("voice_name", Text, nullable=False),
    Column("voice_kind", Text, nullable=False),
    Column("data", Text, nullable=False),
)

# By what articles are found that may be of one story (link/keys.py).
story_key = Table(
    "story_key",
    metadata,
    Column("key", BigInteger, nullable=False),
    Column("start", Date),
    _article(),
    PrimaryKeyConstraint("key", "article_id"),
    Index("story_key_by_day", "key", "start", "article_id"),
    Index("story_key_by_article", "article_id"),
    sqlite_with_rowid=False,
)

# Two articles that are alike, once in each direction.
story_link = Table(
    "story_link",
    metadata,
    _article("one"),
    _article("other"),
    Column("likeness", Float, nullable=False),
    PrimaryKeyConstraint("one", "other"),
    Index("story_link_by_other", "other"),
    sqlite_with_rowid=False,
)

story = Table(
    "story",
    metadata,
    Column("id", Integer, ForeignKey("article.id", ondelete="CASCADE"), primary_key=True),
    Column("title", Text, nullable=False),
    Column("start", Date),
    Column("end", Date),
    Column("articles", Integer, nullable=False),
    Column("independent", Integer, nullable=False),
    Column("languages", _JSON, nullable=False),
    Column("parties", _JSON, nullable=False),
    Column("tellers", _JSON, nullable=False),
    Column("occurrences", Integer, nullable=False),
    Column("contested", Integer, nullable=False),
    Index("story_by_day", "end", "id"),
    Index("story_by_articles", "articles"),
)

story_article = Table(
    "story_article",
    metadata,
    Column("article_id", Integer, ForeignKey("article.id", ondelete="CASCADE"), primary_key=True),
    Column("story_id", Integer, nullable=False),
    Column("likeness", Float, nullable=False),
    Index("story_article_by_story", "story_id"),
)

story_party = Table(
    "story_party",
    metadata,
    part_of("story"),
    Column("party", Text, nullable=False),
    Column("end", Date),
    PrimaryKeyConstraint("story_id", "party"),
    Index("story_party_by_party", "party", "end", "story_id"),
    sqlite_with_rowid=False,
)

occurrence = Table(
    "occurrence",
    metadata,
    part_of("story"),
    Column("position", SmallInteger, nullable=False),
    Column("key", Text, nullable=False),
    Column("type", Text),
    Column("title", Text, nullable=False),
    Column("actors", _JSON, nullable=False),
    Column("recipients", _JSON, nullable=False),
    Column("modes", _JSON, nullable=False),
    Column("start", Date),
    Column("end", Date),
    Column("precision", Text),
    Column("place", Text),
    Column("quad", Text),
    Column("score", Float),
    Column("status", Text, nullable=False),
    Column("contested", Boolean, nullable=False),
    Column("events", _JSON, nullable=False),
    PrimaryKeyConstraint("story_id", "position"),
    Index("occurrence_by_status", "status", "start"),
    Index("occurrence_by_type", "type", "start"),
)

telling = Table(
    "telling",
    metadata,
    part_of("story"),
    Column("position", SmallInteger, nullable=False),
    Column("teller", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("stance", Text, nullable=False),
    Column("since", Date),
    Column("words", Text),
    Column("data", _JSON, nullable=False),
    PrimaryKeyConstraint("story_id", "position", "teller"),
    Index("telling_by_teller", "teller", "stance"),
)
TABLES = (profile, story_key, story_link, story, story_article, story_party, occurrence, telling)
