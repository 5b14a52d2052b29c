"""The tables of a record, the same on SQLite and PostgreSQL.

In: nothing. Out: SQLAlchemy tables. Names of tables are singular; people ask the views (views.py), whose names are plural.

An article has one row, its text is stored once however many articles share it, and its findings are those of its newest
version, as coded last; what they replaced is kept whole in `past_reading`. Lists of spans are JSON, so a reading comes out
exactly as it went in. `event_party`, `event_dyad`, `event_mode`, `event_context` and `event_statement` say the same once more,
a row each, for questions; so do the columns of `event` and `statement` below "for questions".
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
)

VERSION = 6
metadata = MetaData()
_JSON = JSON(none_as_null=True)


def part_of(table: str) -> Column[int]:
    """The number of the row of a table that a row is part of, and goes with."""
    return Column(f"{table}_id", Integer, ForeignKey(f"{table}.id", ondelete="CASCADE"), nullable=False)


# What the record is: its schema's version, and how near-duplicates are found in it.
setting = Table("setting", metadata, Column("name", Text, primary_key=True), Column("value", Text, nullable=False))

# Who coded an article: the program, the codebook, the language's pipeline, and a fingerprint of rules, lexicons and code.
coder = Table(
    "coder",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("dragoman", Text, nullable=False),
    Column("codebook", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("pipeline", Text, nullable=False),
    Column("fingerprint", Text, nullable=False),
    UniqueConstraint("dragoman", "codebook", "language", "pipeline", "fingerprint"),
)

text = Table(
    "text",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("sha256", LargeBinary, nullable=False, unique=True),
    Column("content", Text, nullable=False),
)

# Bands of MinHash values: texts that share one are compared word by word (copies.py).
text_band = Table(
    "text_band",
    metadata,
    Column("band", BigInteger, nullable=False),
    Column("text_id", Integer, ForeignKey("text.id", ondelete="CASCADE"), nullable=False),
    PrimaryKeyConstraint("band", "text_id"),
    Index("text_band_by_text", "text_id"),
    sqlite_with_rowid=False,
)

article = Table(
    "article",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("version", Integer, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    Column("text_id", Integer, ForeignKey("text.id"), nullable=False),
    Column("language", Text, nullable=False),
    Column("outlet", Text),
    Column("title", Text),
    Column("url", Text),
    Column("published_start", Date),
    Column("published_end", Date),
    Column("published_precision", Text),
    Column("copy_of", Integer, ForeignKey("article.id", ondelete="SET NULL")),
    Column("similarity", Float),
    Column("coder_id", Integer, ForeignKey("coder.id"), nullable=False),
    Column("added", DateTime, nullable=False),
    Index("article_by_text", "text_id"),
    Index("article_by_copy", "copy_of"),
    Index("article_by_outlet", "outlet", "published_start"),
    Index("article_by_language", "language", "published_start"),
    Index("article_by_published", "published_start"),
    Index("article_by_coder", "coder_id"),
)

# Readings that a changed article or another coding replaced: the published JSON, compressed with zlib.
past_reading = Table(
    "past_reading",
    metadata,
    Column("id", Integer, primary_key=True),
    part_of("article"),
    Column("version", Integer, nullable=False),
    Column("coder_id", Integer, ForeignKey("coder.id"), nullable=False),
    Column("reason", Text, nullable=False),
    Column("replaced", DateTime, nullable=False),
    Column("reading", LargeBinary, nullable=False),
    Index("past_reading_by_article", "article_id"),
)

# An actor of the whole record: one name, kind and country. `folded` is the name without case and accents, `events` the
# number of parts it has in events as actor or recipient.
actor = Table(
    "actor",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("folded", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("country", Text),
    Column("events", Integer, nullable=False),
    Index("actor_by_name", "name"),
    Index("actor_by_country", "country", "events"),
    Index("actor_by_events", "events"),
)

# That actor as one article has it.
article_actor = Table(
    "article_actor",
    metadata,
    Column("id", Integer, primary_key=True),
    part_of("article"),
    Column("position", Integer, nullable=False),
    Column("key", Text, nullable=False),
    Column("actor_id", Integer, ForeignKey("actor.id"), nullable=False),
    Column("sectors", _JSON, nullable=False),
    Column("title", Text),
    Column("inferred_from", Text),
    Column("mentions", _JSON, nullable=False),
    Index("article_actor_by_article", "article_id"),
    Index("article_actor_by_actor", "actor_id"),
)

article_date = Table(
    "article_date",
    metadata,
    part_of("article"),
    Column("position", Integer, nullable=False),
    Column("key", Text, nullable=False),
    Column("span_start", Integer, nullable=False),
    Column("span_end", Integer, nullable=False),
    Column("value", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("start", Date),
    Column("end", Date),
    Column("precision", Text),
    Column("anchor", Text),
    PrimaryKeyConstraint("article_id", "position"),
    sqlite_with_rowid=False,
)

article_place = Table(
    "article_place",
    metadata,
    part_of("article"),
    Column("position", Integer, nullable=False),
    Column("key", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("country", Text),
    Column("latitude", Float),
    Column("longitude", Float),
    Column("geonames", BigInteger),
    Column("mentions", _JSON, nullable=False),
    PrimaryKeyConstraint("article_id", "position"),
    sqlite_with_rowid=False,
)

# What articles are compared by (Reading.passages): nothing asks for one of them alone, so they stand in one piece.
article_passages = Table(
    "article_passages",
    metadata,
    Column("article_id", Integer, ForeignKey("article.id", ondelete="CASCADE"), primary_key=True),
    Column("data", LargeBinary, nullable=False),
)


# What these mean (link/meaning.py), for articles that were compared with others: found again where it is not there.
article_meaning = Table(
    "article_meaning",
    metadata,
    Column("article_id", Integer, ForeignKey("article.id", ondelete="CASCADE"), primary_key=True),
    Column("data", LargeBinary, nullable=False),
)

statement = Table(
    "statement",
    metadata,
    Column("id", Integer, primary_key=True),
    part_of("article"),
    Column("position", Integer, nullable=False),
    Column("key", Text, nullable=False),
    Column("cue", _JSON, nullable=False),
    Column("content", _JSON, nullable=False),
    Column("source_start", Integer),
    Column("source_end", Integer),
    Column("sources", _JSON, nullable=False),
    Column("anonymous", Boolean, nullable=False),
    Column("manner", Text, nullable=False),
    Column("stance", Text, nullable=False),
    Column("polarity", Text, nullable=False),
    Column("within", Text),
    Column("denies", Text),
    Column("medium_start", Integer),
    Column("medium_end", Integer),
    Column("date", Text),
    Column("rule", Text, nullable=False),
    # for questions
    Column("day", Date),
    Column("day_end", Date),
    Column("language", Text, nullable=False),
    Column("outlet", Text),
    Column("copy", Boolean, nullable=False),
    Index("statement_by_article", "article_id"),
    Index("statement_by_day", "day"),
    Index("statement_by_stance", "stance", "day"),
    Index("statement_by_language", "language", "day"),
    Index("statement_by_outlet", "outlet", "day"),
)

event = Table(
    "event",
    metadata,
    Column("id", Integer, primary_key=True),
    part_of("article"),
    Column("position", Integer, nullable=False),
    Column("key", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("modes", _JSON, nullable=False),
    Column("contexts", _JSON, nullable=False),
    Column("actors", _JSON, nullable=False),
    Column("recipients", _JSON, nullable=False),
    Column("trigger_start", Integer, nullable=False),
    Column("trigger_end", Integer, nullable=False),
    Column("mentions", _JSON),
    Column("sentence_start", Integer, nullable=False),
    Column("sentence_end", Integer, nullable=False),
    Column("date", Text),
    Column("place", Text),
    Column("counts", _JSON),
    Column("evidence", _JSON),
    Column("polarity", Text, nullable=False),
    Column("certainty", Text, nullable=False),
    Column("time", Text, nullable=False),
    Column("background", Boolean, nullable=False),
    Column("according_to", _JSON, nullable=False),
    Column("denied_by", _JSON, nullable=False),
    Column("quad", Text, nullable=False),
    Column("score", Float, nullable=False),
    Column("cameo", Text, nullable=False),
    Column("rule", Text, nullable=False),
    # for questions: the day is the event's own where it is known, else that of publication
    Column("day", Date),
    Column("day_end", Date),
    Column("language", Text, nullable=False),
    Column("outlet", Text),
    Column("copy", Boolean, nullable=False),
    Column("attributed", Boolean, nullable=False),
    Column("denied", Boolean, nullable=False),
    Index("event_by_article", "article_id"),
    Index("event_by_day", "day"),
    Index("event_by_type", "type", "day"),
    Index("event_by_certainty", "certainty", "day"),
    Index("event_by_denied", "denied", "day"),
    Index("event_by_language", "language", "day"),
    Index("event_by_outlet", "outlet", "day"),
    Index("event_by_score", "score"),
)

# Who has to do with an event. `role`: actor, recipient, source (of a statement it is told in), denier.
# `sector` is the most telling one. `reciprocal`: the event has actors only. `type` and `day` are the event's.
event_party = Table(
    "event_party",
    metadata,
    part_of("event"),
    Column("role", Text, nullable=False),
    Column("position", SmallInteger, nullable=False),
    Column("article_actor_id", Integer, ForeignKey("article_actor.id", ondelete="CASCADE"), nullable=False),
    Column("actor_id", Integer, ForeignKey("actor.id"), nullable=False),
    Column("country", Text),
    Column("sector", Text),
    Column("reciprocal", Boolean, nullable=False),
    Column("type", Text, nullable=False),
    Column("day", Date),
    PrimaryKeyConstraint("event_id", "role", "position"),
    Index("event_party_by_country", "country", "day", "event_id", "role", "sector"),
    Index("event_party_by_actor", "actor_id", "day", "event_id", "role"),
    Index("event_party_by_type", "type", "actor_id", "role"),
    Index("event_party_by_sector", "sector", "day", "event_id", "role"),
    Index("event_party_by_article_actor", "article_actor_id"),
    sqlite_with_rowid=False,
)

# Two countries that an event is between: one acts and the other receives, or both act and nobody receives. `one` comes
# first in the alphabet; the two are the same where both parties are of one country.
event_dyad = Table(
    "event_dyad",
    metadata,
    part_of("event"),
    Column("one", Text, nullable=False),
    Column("other", Text, nullable=False),
    Column("day", Date),
    PrimaryKeyConstraint("event_id", "one", "other"),
    Index("event_dyad_by_countries", "one", "other", "day", "event_id"),
    sqlite_with_rowid=False,
)

event_mode = Table(
    "event_mode",
    metadata,
    part_of("event"),
    Column("position", SmallInteger, nullable=False),
    Column("mode", Text, nullable=False),
    Column("day", Date),
    PrimaryKeyConstraint("event_id", "position"),
    Index("event_mode_by_mode", "mode", "day", "event_id"),
    sqlite_with_rowid=False,
)

event_context = Table(
    "event_context",
    metadata,
    part_of("event"),
    Column("position", SmallInteger, nullable=False),
    Column("context", Text, nullable=False),
    Column("day", Date),
    PrimaryKeyConstraint("event_id", "position"),
    Index("event_context_by_context", "context", "day", "event_id"),
    sqlite_with_rowid=False,
)

# The statements that an event is told in or denied by. `relation`: according_to, denied_by.
event_statement = Table(
    "event_statement",
    metadata,
    part_of("event"),
    Column("relation", Text, nullable=False),
    Column("position", SmallInteger, nullable=False),
    part_of("statement"),
    PrimaryKeyConstraint("event_id", "relation", "position"),
    Index("event_statement_by_statement", "statement_id", "relation"),
    sqlite_with_rowid=False,
)

statement_party = Table(
    "statement_party",
    metadata,
    part_of("statement"),
    Column("position", SmallInteger, nullable=False),
    Column("article_actor_id", Integer, ForeignKey("article_actor.id", ondelete="CASCADE"), nullable=False),
    Column("actor_id", Integer, ForeignKey("actor.id"), nullable=False),
    Column("country", Text),
    Column("sector", Text),
    Column("day", Date),
    PrimaryKeyConstraint("statement_id", "position"),
    Index("statement_party_by_country", "country", "day", "statement_id"),
    Index("statement_party_by_actor", "actor_id", "day", "statement_id"),
    Index("statement_party_by_sector", "sector", "day", "statement_id"),
    Index("statement_party_by_article_actor", "article_actor_id"),
    sqlite_with_rowid=False,
)

# Feeds that are watched: what each sent along last, and the items that were fetched or failed (watching.py).
feed = Table(
    "feed",
    metadata,
    Column("url", Text, primary_key=True),
    Column("etag", Text),
    Column("modified", Text),
    Column("checked", DateTime, nullable=False),
)

feed_item = Table(
    "feed_item",
    metadata,
    Column("feed", Text, nullable=False),
    Column("item", Text, nullable=False),
    Column("problem", Text),
    Column("tries", Integer, nullable=False),
    Column("seen", DateTime, nullable=False),
    PrimaryKeyConstraint("feed", "item"),
    sqlite_with_rowid=False,
)

# What people say of findings, beside the machine's and never over it (corrections.py): nothing here is ever changed but
# `finding`, the id that the finding has in the article's present reading ("p" and a number where it has none), and `stands`,
# whether this is the newest word on it. `key`, `type`, `spans`, `words` and `machine` are the machine's at the time; `value`
# is what the person holds to be right, `about` the findings that it refers to.
correction = Table(
    "correction",
    metadata,
    Column("id", Integer, primary_key=True),
    part_of("article"),
    Column("version", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("key", Text),
    Column("finding", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("spans", _JSON, nullable=False),
    Column("words", Text, nullable=False),
    Column("machine", _JSON),
    Column("verdict", Text, nullable=False),
    Column("value", _JSON),
    Column("about", _JSON, nullable=False),
    Column("who", Text, nullable=False),
    Column("made", DateTime, nullable=False),
    Column("note", Text),
    Column("stands", Boolean, nullable=False),
    Index("correction_by_finding", "article_id", "kind", "finding"),
)
