"""Full-text search: FTS5 on SQLite, a GIN index on PostgreSQL, one way to ask both.

In: stored texts, and a query such as `sanzioni "Xi Jinping" OR Putin -telefonata`. Out: which texts match. Words are
compared without case and accents; several words must all occur; a phrase stands in double quotation marks; OR joins two
alternatives; a minus rules a word out; a star at the end of a word stands for any ending.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from dragoman.store.errors import QuestionError
from dragoman.text.folding import fold

_WORDS = re.compile(r"[^\W_]+")
_PIECES = re.compile(r'(-?)(?:"([^"]*)"|(\S+))')
_LONGEST = 150_000  # words of one text that PostgreSQL indexes; its vectors hold a megabyte


_FTS5 = (
    """CREATE VIRTUAL TABLE text_search USING fts5(
         content, content='text', content_rowid='id', tokenize='unicode61 remove_diacritics 2')""",
    """CREATE TRIGGER text_is_found AFTER INSERT ON text BEGIN
         INSERT INTO text_search(rowid, content) VALUES (new.id, new.content); END""",
    """CREATE TRIGGER text_is_gone AFTER DELETE ON text BEGIN
         INSERT INTO text_search(text_search, rowid, content) VALUES ('delete', old.id, old.content); END""",
)
_GIN = (
    """CREATE TABLE text_search (
         text_id integer PRIMARY KEY REFERENCES text(id) ON DELETE CASCADE, words tsvector NOT NULL)""",
    "CREATE INDEX text_search_by_word ON text_search USING gin(words)",
)


def create(connection: Connection) -> None:
    """The index, empty."""
    for statement in _FTS5 if connection.dialect.name == "sqlite" else _GIN:
        connection.exec_driver_sql(statement)


def index(connection: Connection, rows: Iterable[Mapping[str, Any]]) -> None:
    """Take texts up that were just stored; on SQLite a trigger has done so."""
    if connection.dialect.name == "postgresql":
        found = [{"id": row["id"], "words": " ".join(_words(row["content"])[:_LONGEST])} for row in rows]
        if found:
            connection.execute(
                sa.text("INSERT INTO text_search (text_id, words) VALUES (:id, to_tsvector('simple', :words))"), found
            )


def matching(query: str, dialect: str) -> sa.TextClause:
    """A selection of the ids of the texts that match. Raises QuestionError for a query that asks for nothing."""
    alternatives = _parse(query)
    if dialect == "sqlite":
        asked = " OR ".join(_fts5(wanted, unwanted) for wanted, unwanted in alternatives)
        return sa.text("SELECT rowid FROM text_search WHERE text_search MATCH :asked").bindparams(asked=asked)
    asked = " | ".join(_tsquery(wanted, unwanted) for wanted, unwanted in alternatives)
    return sa.text("SELECT text_id FROM text_search WHERE words @@ CAST(:asked AS tsquery)").bindparams(asked=asked)


_Phrase = tuple[tuple[str, ...], bool]  # its words, and whether the last is but a beginning


def _parse(query: str) -> list[tuple[list[_Phrase], list[_Phrase]]]:
    """Alternatives, each the phrases that must occur and those that must not."""
    alternatives: list[tuple[list[_Phrase], list[_Phrase]]] = [([], [])]
    for minus, quoted, word in _PIECES.findall(query):
        if word == "OR" and not minus:
            alternatives.append(([], []))
        elif word != "AND" and (words := tuple(_words(quoted or word))):
            alternatives[-1][bool(minus)].append((words, word.endswith("*")))
    if not all(wanted for wanted, _ in alternatives):
        raise QuestionError(f"text {query!r}: name at least one word that must occur, on each side of an OR")
    return alternatives


def _words(text: str) -> list[str]:
    return _WORDS.findall(fold(text))


def _fts5(wanted: list[_Phrase], unwanted: list[_Phrase]) -> str:
    def phrase(one: _Phrase) -> str:
        return f'"{" ".join(one[0])}"{" *" if one[1] else ""}'

    asked = "(" + " AND ".join(map(phrase, wanted)) + ")"
    return f"({asked} NOT ({' OR '.join(map(phrase, unwanted))}))" if unwanted else asked


def _tsquery(wanted: list[_Phrase], unwanted: list[_Phrase]) -> str:
    def phrase(one: _Phrase) -> str:
        return "(" + " <-> ".join(f"'{word}'" for word in one[0]) + (":*)" if one[1] else ")")

    return "(" + " & ".join([*map(phrase, wanted), *(f"!{phrase(one)}" for one in unwanted)]) + ")"
