"""The views that people ask: `articles`, `events`, `event_actors`, `event_counts`, `statements`, `actors`, `stories` and the like.

In: a connection. Out: views with names a political scientist knows, the same on SQLite and PostgreSQL: codes and names in
place of ids, words in place of spans. COLUMNS says what each column holds; docs/record.md is made from it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Boolean, Connection, Date, DateTime, Float, Integer, Text


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a view: its type, what it holds, and the SQL that makes it."""

    type: Any
    means: str
    sql: str


def _names(role: str) -> str:
    return f"@joined(p.name, SELECT x.name, k.position FROM event_party k JOIN actor x ON x.id = k.actor_id WHERE k.event_id = e.id AND k.role = '{role}')"


def _codes(role: str, column: str) -> str:
    return f"@joined(p.{column}, SELECT coalesce(k.{column}, '–') AS {column}, k.position FROM event_party k WHERE k.event_id = e.id AND k.role = '{role}')"


_PUBLISHED: Mapping[str, Column] = {
    "published": Column(Date, "first day of publication; empty where it is not known", "a.published_start"),
    "published_end": Column(
        Date, "last day of publication: another one where only the month is known", "a.published_end"
    ),
}
_ARTICLE: Mapping[str, Column] = {
    "article": Column(Text, "the article's id, as it came", "a.key"),
    "outlet": Column(Text, "who published it", "a.outlet"),
    "language": Column(Text, "ISO 639-1", "a.language"),
    **_PUBLISHED,
}
_COPY: Mapping[str, Column] = {
    "copy_of": Column(Text, "the article that this one is a copy of, or nearly; empty for independent ones", "(SELECT o.key FROM article o WHERE o.id = a.copy_of)"),
}  # fmt: skip
_COUNTED: Mapping[str, str] = {
    "killed": "people killed", "injured": "people injured", "arrested": "people arrested", "crowd": "people who took part",
}  # fmt: skip
_TOLD = "LEFT JOIN article_date d ON d.article_id = {0}.article_id AND d.key = {0}.date"

COLUMNS: Mapping[str, Mapping[str, Column]] = {
    "articles": {
        **_ARTICLE,
        "title": Column(Text, "its headline", "a.title"),
        "url": Column(Text, "its address", "a.url"),
        "version": Column(Integer, "1, and one more each time it came changed", "a.version"),
        **_COPY,
        "similarity": Column(Float, "share of word triples in common with that article", "a.similarity"),
        "characters": Column(Integer, "length of the text", "length(t.content)"),
        "events": Column(Integer, "how many events were found", "(SELECT count(*) FROM event x WHERE x.article_id = a.id)"),
        "statements": Column(Integer, "how many statements were found", "(SELECT count(*) FROM statement x WHERE x.article_id = a.id)"),
        "added": Column(DateTime, "when this version was added (UTC)", "a.added"),
        "dragoman": Column(Text, "version of the program that read it", "c.dragoman"),
        "codebook": Column(Text, "codebook it was coded by", "c.codebook"),
        "pipeline": Column(Text, "language pipeline that parsed it", "c.pipeline"),
        "fingerprint": Column(Text, "of the rules and lexicons it was read with", "c.fingerprint"),
    },
    "events": {
        "event": Column(Text, "id: the article's and the event's within it", "a.key || '/' || e.key"),
        "day": Column(Date, "the day it is filed under: its own where it is known, else that of publication", "e.day"),
        "type": Column(Text, "PLOVER event type", "e.type"),
        "modes": Column(Text, "PLOVER modes", "@joined(p.mode, SELECT k.mode, k.position FROM event_mode k WHERE k.event_id = e.id)"),
        "contexts": Column(Text, "PLOVER contexts", "@joined(p.context, SELECT k.context, k.position FROM event_context k WHERE k.event_id = e.id)"),
        "actors": Column(Text, "who acted: names", _names("actor")),
        "actor_countries": Column(Text, "their countries, in that order; – where there is none", _codes("actor", "country")),
        "actor_sectors": Column(Text, "their most telling sectors", _codes("actor", "sector")),
        "recipients": Column(Text, "to whom it was done: names", _names("recipient")),
        "recipient_countries": Column(Text, "their countries", _codes("recipient", "country")),
        "recipient_sectors": Column(Text, "their most telling sectors", _codes("recipient", "sector")),
        "polarity": Column(Text, "affirmed or negated", "e.polarity"),
        "certainty": Column(Text, "certain, probable, possible, unknown", "e.certainty"),
        "time": Column(Text, "past, present, future, habitual", "e.time"),
        "background": Column(Boolean, "told as background, of an earlier time", "e.background"),
        "attributed": Column(Boolean, "told by others than the outlet", "e.attributed"),
        "according_to": Column(Text, "named sources of the statements it is told in, innermost first", _names("source")),
        "according_to_countries": Column(Text, "their countries", _codes("source", "country")),
        "denied": Column(Boolean, "somebody denies it", "e.denied"),
        "denied_by": Column(Text, "named sources of the denials", _names("denier")),
        "date_start": Column(Date, "first day of its own date; empty where none is told", "d.start"),
        "date_end": Column(Date, "last day of it", 'd."end"'),
        "date_precision": Column(Text, "day, week, month ...", "d.precision"),
        "place": Column(Text, "where, as the article names it", "l.name"),
        "place_country": Column(Text, "the country of the place, where it is settled", "l.country"),
        "latitude": Column(Float, "degrees, where the place is settled", "l.latitude"),
        "longitude": Column(Float, "degrees", "l.longitude"),
        **{
            of: Column(Integer, f"{means}, as far as one number is told; its bounds are in `event_counts`", f"@counted({of})")
            for of, means in _COUNTED.items()
        },
        "quad": Column(Text, "verbal or material, cooperation or conflict", "e.quad"),
        "score": Column(Float, "from -10 (conflict) to +10 (cooperation)", "e.score"),
        "cameo": Column(Text, "CAMEO code", "e.cameo"),
        "words": Column(Text, "the words that name it", "substr(t.content, e.trigger_start + 1, e.trigger_end - e.trigger_start)"),
        "sentence": Column(Text, "the sentence they stand in", "substr(t.content, e.sentence_start + 1, e.sentence_end - e.sentence_start)"),
        "trigger_start": Column(Integer, "where these words begin in the article's text, in characters", "e.trigger_start"),
        "trigger_end": Column(Integer, "where they end", "e.trigger_end"),
        "rule": Column(Text, "the rule that found it", "e.rule"),
        **_ARTICLE,
        **_COPY,
    },
    "event_actors": {
        "event": Column(Text, "id, as in `events`", "a.key || '/' || e.key"),
        "role": Column(Text, "actor, recipient, source (it is told by), denier", "k.role"),
        "position": Column(Integer, "0 for the first of several", "k.position"),
        "name": Column(Text, "the actor's name", "x.name"),
        "kind": Column(Text, "state, person, organization, group", "x.kind"),
        "country": Column(Text, "ISO 3166-1 alpha-3 or a PLOVER code", "k.country"),
        "sector": Column(Text, "the most telling PLOVER sector", "k.sector"),
        "title": Column(Text, "office or title in this article", "f.title"),
        "type": Column(Text, "PLOVER event type", "e.type"),
        "day": Column(Date, "as in `events`", "e.day"),
        "article": Column(Text, "the article's id", "a.key"),
    },
    "event_counts": {
        "event": Column(Text, "id, as in `events`", "a.key || '/' || e.key"),
        "counted": Column(Text, "killed, injured, arrested, crowd (who took part)", "@value(of)"),
        "low": Column(Integer, "the fewest that the words allow; empty where they leave it open", "@number(low)"),
        "best": Column(Integer, "the number told; empty where only bounds are", "@number(best)"),
        "high": Column(Integer, "the most that the words allow; empty where they leave it open", "@number(high)"),
        "words": Column(Text, "the words that tell it", "substr(t.content, @number(span, 0) + 1, @number(span, 1) - @number(span, 0))"),
        "type": Column(Text, "PLOVER event type", "e.type"),
        "day": Column(Date, "as in `events`", "e.day"),
        "article": Column(Text, "the article's id", "a.key"),
    },
    "statements": {
        "statement": Column(Text, "id: the article's and the statement's within it", "a.key || '/' || s.key"),
        "day": Column(Date, "its own day where it is told, else that of publication", "s.day"),
        "sources": Column(Text, "who says it: names", "@joined(p.name, SELECT x.name, k.position FROM statement_party k JOIN actor x ON x.id = k.actor_id WHERE k.statement_id = s.id)"),
        "source_countries": Column(Text, "their countries; – where there is none", "@joined(p.country, SELECT coalesce(k.country, '–') AS country, k.position FROM statement_party k WHERE k.statement_id = s.id)"),
        "source_words": Column(Text, "the words that name the source", "substr(t.content, s.source_start + 1, s.source_end - s.source_start)"),
        "anonymous": Column(Boolean, "nothing tells who the source is", "s.anonymous"),
        "stance": Column(Text, "assert, deny, confirm, ask, demand, promise, threaten, accuse, praise, doubt, believe, decline", "s.stance"),
        "manner": Column(Text, "direct, indirect, mixed", "s.manner"),
        "polarity": Column(Text, "affirmed, or negated: somebody did not say it", "s.polarity"),
        "cue": Column(Text, "the words that say that it is said", "@words(s.cue)"),
        "content": Column(Text, "what is said", "@words(s.content)"),
        "medium": Column(Text, "what it was said in", "substr(t.content, s.medium_start + 1, s.medium_end - s.medium_start)"),
        "within": Column(Text, "the statement that this one is told in", "a.key || '/' || s.within"),
        "denies": Column(Text, "the statement that this one denies", "a.key || '/' || s.denies"),
        "date_start": Column(Date, "first day of its own date; empty where none is told", "d.start"),
        "date_end": Column(Date, "last day of it", 'd."end"'),
        "rule": Column(Text, "the rule that found it", "s.rule"),
        **_ARTICLE,
        **_COPY,
    },
    "actors": {
        "actor": Column(Integer, "number in this record", "x.id"),
        "name": Column(Text, "name", "x.name"),
        "kind": Column(Text, "state, person, organization, group", "x.kind"),
        "country": Column(Text, "ISO 3166-1 alpha-3 or a PLOVER code", "x.country"),
        "articles": Column(Integer, "articles that name it", "(SELECT count(*) FROM article_actor f WHERE f.actor_id = x.id)"),
        "parts": Column(Integer, "its parts in events, as actor or recipient", "x.events"),
        "told": Column(Integer, "statements it is a source of", "(SELECT count(*) FROM statement_party k WHERE k.actor_id = x.id)"),
    },
    "stories": {
        "story": Column(Integer, "number: `dragoman story N` shows it", "y.id"),
        "title": Column(Text, "headline of its first report", "y.title"),
        "start": Column(Date, "first day of publication of its articles", "y.start"),
        "end": Column(Date, "last day of it", 'y."end"'),
        "articles": Column(Integer, "how many articles it has", "y.articles"),
        "independent": Column(Integer, "how many of them are no copies of others", "y.independent"),
        "occurrences": Column(Integer, "how many happenings and claims they tell of", "y.occurrences"),
        "contested": Column(Integer, "how many of these are contested, denied or withdrawn", "y.contested"),
    },
    "story_articles": {
        "story": Column(Integer, "number, as in `stories`", "m.story_id"),
        "article": Column(Text, "the article's id", "a.key"),
        "likeness": Column(Float, "how alike it is to the story's first report, from 0 to 1", "m.likeness"),
        "voice": Column(Text, "who speaks where it tells something itself", "f.voice"),
        "outlet": Column(Text, "who published it", "a.outlet"),
        "language": Column(Text, "ISO 639-1", "a.language"),
        **_PUBLISHED,
        **_COPY,
    },
    "occurrences": {
        "story": Column(Integer, "number, as in `stories`", "o.story_id"),
        "occurrence": Column(Text, "id within the story", "o.key"),
        "type": Column(Text, "PLOVER event type; empty for a claim that no type covers", "o.type"),
        "title": Column(Text, "words that tell it", "o.title"),
        "actors": Column(Text, "who acted: codes or names, JSON", "CAST(o.actors AS text)"),
        "recipients": Column(Text, "to whom it was done, JSON", "CAST(o.recipients AS text)"),
        "date_start": Column(Date, "first day of it, where it is told", "o.start"),
        "date_end": Column(Date, "last day of it", 'o."end"'),
        "place": Column(Text, "where, as an article names it", "o.place"),
        "quad": Column(Text, "verbal or material, cooperation or conflict", "o.quad"),
        "score": Column(Float, "from -10 (conflict) to +10 (cooperation)", "o.score"),
        "status": Column(Text, "uncontested, single-sourced, contested, denied, alleged, withdrawn, confirmed later (docs/accounts.md)", "o.status"),
    },
    "tellings": {
        "story": Column(Integer, "number, as in `stories`", "w.story_id"),
        "occurrence": Column(Text, "id, as in `occurrences`", "o.key"),
        "type": Column(Text, "PLOVER event type", "o.type"),
        "teller": Column(Text, "who tells: `outlet:NAME`, or a source's country and sector", "w.teller"),
        "name": Column(Text, "the teller's name", "w.name"),
        "kind": Column(Text, "outlet or source", "w.kind"),
        "stance": Column(Text, "asserts, denies, hedges; silent for an outlet that only cites others", "w.stance"),
        "since": Column(Date, "first day of publication of an article that has it so", "w.since"),
        "words": Column(Text, "the words in which it does, of one article", "w.words"),
    },
    "versions": {
        "article": Column(Text, "the article's id", "a.key"),
        "version": Column(Integer, "of the article", "r.version"),
        "reason": Column(Text, "what replaced it: a changed article, or another coding", "r.reason"),
        "replaced": Column(DateTime, "when (UTC)", "r.replaced"),
        "dragoman": Column(Text, "version of the program that had read it", "c.dragoman"),
        "codebook": Column(Text, "codebook it was coded by", "c.codebook"),
        "pipeline": Column(Text, "language pipeline that parsed it", "c.pipeline"),
        "fingerprint": Column(Text, "of the rules and lexicons it was read with", "c.fingerprint"),
    },
    "corrections": {
        "correction": Column(Integer, "number in this record", "k.id"),
        "article": Column(Text, "the article's id", "a.key"),
        "version": Column(Integer, "of the article, when it was made", "k.version"),
        "kind": Column(Text, "event, statement, actor, date", "k.kind"),
        "finding": Column(Text, "id of the finding in the present reading; p and a number where the machine does not find it", "k.finding"),
        "type": Column(Text, "what the machine had found: event type, stance, kind of actor or of date; of an added one the person's", "k.type"),
        "words": Column(Text, "the words that it was found in", "k.words"),
        "verdict": Column(Text, "confirmed, corrected, rejected, added", "k.verdict"),
        "machine": Column(Text, "the machine's finding at the time, as JSON", "CAST(k.machine AS text)"),
        "value": Column(Text, "what is right, as JSON; empty for a rejected one", "CAST(k.value AS text)"),
        "who": Column(Text, "who says so", "k.who"),
        "made": Column(DateTime, "when (UTC)", "k.made"),
        "note": Column(Text, "why", "k.note"),
        "stands": Column(Boolean, "whether it is the newest word on the finding, and the text is still the same", "k.stands"),
    },
}  # fmt: skip

# What each view is made from, and the number that its rows have in it: by `row` a question picks them.
_FROM: Mapping[str, tuple[str, str]] = {
    "articles": ("a.id", "article a JOIN text t ON t.id = a.text_id JOIN coder c ON c.id = a.coder_id"),
    "events": (
        "e.id",
        "event e JOIN article a ON a.id = e.article_id JOIN text t ON t.id = a.text_id " + _TOLD.format("e")
        + " LEFT JOIN article_place l ON l.article_id = e.article_id AND l.key = e.place",
    ),
    "event_actors": (
        "e.id",
        """event_party k JOIN event e ON e.id = k.event_id JOIN article a ON a.id = e.article_id
           JOIN actor x ON x.id = k.actor_id JOIN article_actor f ON f.id = k.article_actor_id""",
    ),
    "event_counts": (
        "e.id",
        "event e JOIN article a ON a.id = e.article_id JOIN text t ON t.id = a.text_id CROSS JOIN @each(e.counts)",
    ),
    "statements": (
        "s.id",
        "statement s JOIN article a ON a.id = s.article_id JOIN text t ON t.id = a.text_id " + _TOLD.format("s"),
    ),
    "actors": ("x.id", "actor x"),
    "stories": ("y.id", "story y"),
    "story_articles": (
        "a.id",
        "story_article m JOIN article a ON a.id = m.article_id JOIN profile f ON f.article_id = a.id",
    ),
    "occurrences": ("o.story_id", "occurrence o"),
    "tellings": ("w.story_id", "telling w JOIN occurrence o ON o.story_id = w.story_id AND o.position = w.position"),
    "versions": ("r.id", "past_reading r JOIN article a ON a.id = r.article_id JOIN coder c ON c.id = r.coder_id"),
    "corrections": ("k.id", "correction k JOIN article a ON a.id = k.article_id"),
}  # fmt: skip

_JSON = re.compile(r"@(each|value|number)\(([\w.]+)(?:, (\d))?\)")
_metadata = sa.MetaData()
TABLES: Mapping[str, sa.Table] = {
    name: sa.Table(
        name,
        _metadata,
        sa.Column("row", Integer, primary_key=True),
        *(sa.Column(column, facts.type) for column, facts in columns.items()),
    )
    for name, columns in COLUMNS.items()
}


def create(connection: Connection) -> None:
    """Make the views, anew where they are there."""
    for name in COLUMNS:
        connection.exec_driver_sql(f"DROP VIEW IF EXISTS {name}")
        connection.exec_driver_sql(definition(name, connection.dialect.name))


def definition(name: str, dialect: str) -> str:
    """The statement that makes a view."""
    row, tables = _FROM[name]
    columns = ",\n  ".join(f'{_sql(facts.sql, dialect)} AS "{column}"' for column, facts in COLUMNS[name].items())
    return f'CREATE VIEW {name} AS SELECT {row} AS "row",\n  {columns}\nFROM {_sql(tables, dialect)}'


def _sql(sql: str, dialect: str) -> str:
    """SQL of a column with what the dialects say differently: lists of values, words at spans, and what JSON holds."""
    if sql.startswith("@joined("):
        value, _, rows = sql.removeprefix("@joined(")[:-1].partition(", ")
        if dialect == "sqlite":
            return f"(SELECT group_concat({value}, '; ') FROM ({rows} ORDER BY k.position) p)"
        return f"(SELECT string_agg({value}, '; ' ORDER BY p.position) FROM ({rows}) p)"
    if sql.startswith("@words("):
        spans = sql.removeprefix("@words(")[:-1]
        if dialect == "sqlite":
            start, end = "json_extract(j.value, '$[0]')", "json_extract(j.value, '$[1]')"
            return f"(SELECT group_concat(substr(t.content, {start} + 1, {end} - {start}), ' … ') FROM json_each({spans}) j)"
        start, end = "(j.value->>0)::integer", "(j.value->>1)::integer"
        return (
            f"(SELECT string_agg(substr(t.content, {start} + 1, {end} - {start}), ' … ' ORDER BY j.n) "
            f"FROM json_array_elements({spans}) WITH ORDINALITY j(value, n))"
        )
    if sql.startswith("@counted("):
        of = sql.removeprefix("@counted(")[:-1]
        sql = f"(SELECT @number(best) FROM @each(e.counts) WHERE @value(of) = '{of}' LIMIT 1)"

    def in_json(found: re.Match[str]) -> str:
        return _json(found[1], found[2], found[3], dialect)

    return _JSON.sub(in_json, sql)


def _json(what: str, name: str, at: str | None, dialect: str) -> str:
    """The objects of a list (`@each`), and a text (`@value`) or a number (`@number`) in the one at hand."""
    if dialect == "sqlite":
        return (
            f"json_each({name}) j" if what == "each" else f"json_extract(j.value, '$.{name}{f'[{at}]' if at else ''}')"
        )
    if what == "each":
        return f"json_array_elements({name}) j(value)"
    value = f"j.value->'{name}'->>{at}" if at else f"j.value->>'{name}'"
    return f"({value})::integer" if what == "number" else f"({value})"
