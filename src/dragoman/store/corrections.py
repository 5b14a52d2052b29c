"""What people say of findings: kept beside the machine's, never over them.

In: a verdict on a finding of an article, by whom. Out: rows of `correction`; the newest on a finding stands, the others are
its history. When an article is read again each correction is led to the finding that it is about now (following.py).
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

import sqlalchemy as sa
from sqlalchemy import Connection

from dragoman.records import Reading
from dragoman.store import schema
from dragoman.store.errors import QuestionError
from dragoman.store.load import batched, load
from dragoman.store.proposals import proposed
from dragoman.store.rows import next_id
from dragoman.store.weaving import LISTS, About, Finding, about

Verdict = Literal["confirmed", "corrected", "rejected", "added"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
KINDS = tuple(LISTS)
_COUNTER = "corrections"  # the setting that says how often corrections have changed
_KEYS = 500


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person says of a finding. `machine` is the machine's at the time, `value` what is right, None where nothing is;
    `about` are the findings that either refers to."""

    id: int
    article: int
    kind: str
    finding: str
    verdict: Verdict
    type: str
    spans: Sequence[Sequence[int]]
    machine: Finding | None
    value: Finding | None
    about: About
    who: str
    made: datetime.datetime
    note: str | None


def correct(
    connection: Connection, article: str, kind: str, finding: str | None, verdict: str,
    value: Mapping[str, Any] | None, who: str, note: str | None,
) -> int:  # fmt: skip
    """Enter a correction; its number comes back. Raises KeyError for what is not there, QuestionError for what cannot be."""
    _check(kind, finding, verdict, value, who, note)
    row = connection.execute(
        sa.select(schema.article.c.id, schema.article.c.version).where(schema.article.c.key == article)
    ).one_or_none()
    if row is None:
        raise KeyError(article)
    reading = next(load(connection, [row.id]))[1]
    id = next_id(connection, schema.correction)
    finding = finding or f"p{id}"
    machine = _found(reading, kind, finding)
    before = [one for one in standing(connection, [row.id]) if (one.kind, one.finding) == (kind, finding)]
    if machine is None and not before and verdict != "added":
        raise KeyError(finding)
    lists = reading.to_dict()
    held: Finding | None = machine
    related: About = about(lists, LISTS[kind], machine) if machine else {}
    if verdict in ("corrected", "added"):
        last = next(((one.value, one.about) for one in before if one.value), None)
        held, related = proposed(reading, kind, machine, last, value or {})
        held = {**held, "id": finding}
        if held == machine:
            verdict = "confirmed"
    elif machine is None and before:
        held, related = before[0].value, before[0].about
    shown = machine or held
    type = type_of(LISTS[kind], shown) if shown else before[0].type
    spans = spans_of(LISTS[kind], shown) if shown else before[0].spans
    table = schema.correction
    same = (table.c.article_id == row.id, table.c.kind == kind, table.c.finding == finding)
    connection.execute(sa.update(table).where(*same).values(stands=False))
    entered = {
        "id": id, "article_id": row.id, "version": row.version, "kind": kind, "key": machine["id"] if machine else None,
        "finding": finding, "type": type, "spans": spans,
        "words": " … ".join(reading.article.text[start:end] for start, end in spans), "machine": machine,
        "verdict": verdict, "value": None if verdict == "rejected" else held, "about": related, "who": who.strip(),
        "made": datetime.datetime.now(datetime.UTC).replace(tzinfo=None), "note": note, "stands": True,
    }  # fmt: skip
    connection.execute(sa.insert(table), entered)
    count(connection)
    return id


def standing(connection: Connection, articles: Iterable[int]) -> Iterator[Correction]:
    """The corrections of these articles that stand, in the order in which they were made."""
    table = schema.correction
    for chunk in batched(articles, _KEYS):
        query = sa.select(table).where(table.c.article_id.in_(chunk), table.c.stands.is_(True)).order_by(table.c.id)
        for row in connection.execute(query).all():
            yield Correction(
                row.id, row.article_id, row.kind, row.finding, row.verdict, row.type, row.spans, row.machine, row.value,
                row.about, row.who, row.made, row.note,
            )  # fmt: skip


def listed(
    view: sa.Table, *, after: int | None = None, limit: int | None = None, stands: bool | None = None, **among: Any
) -> sa.Select[Any]:
    """A selection of rows of the view, the newest first; with `after` those older than that one. Raises QuestionError."""
    query = sa.select(*view.c[1:]).order_by(view.c.correction.desc()).limit(limit)
    for name, value in among.items():
        if name not in ("article", "kind", "verdict", "who", "finding"):
            raise QuestionError(f"no such question: {name}; one of article, kind, verdict, who, finding, stands")
        if value not in (None, (), []):
            wanted = [value] if isinstance(value, str) else list(value)
            known = {"kind": KINDS, "verdict": VERDICTS}.get(name, wanted)
            for word in wanted:
                if word not in known:
                    raise QuestionError(f"{name} {word!r}: one of {', '.join(known)}")
            query = query.where(view.c[name].in_(wanted))
    if stands is not None:
        query = query.where(view.c.stands.is_(stands))
    return query if after is None else query.where(view.c.correction < after)


def corrected_articles(connection: Connection) -> list[int]:
    """The numbers of the articles of which something stands, in the order of their adding."""
    table = schema.correction.c
    query = sa.select(table.article_id).where(table.stands.is_(True)).distinct().order_by(table.article_id)
    return list(connection.execute(query).scalars())


def count(connection: Connection) -> None:
    """Note that corrections have changed."""
    table = schema.setting
    value = changes(connection) + 1
    connection.execute(sa.delete(table).where(table.c.name == _COUNTER))
    connection.execute(sa.insert(table), {"name": _COUNTER, "value": str(value)})


def changes(connection: Connection) -> int:
    """How often corrections have changed."""
    table = schema.setting.c
    return int(connection.execute(sa.select(table.value).where(table.name == _COUNTER)).scalar() or 0)


def spans_of(name: str, finding: Finding) -> list[list[int]]:
    """The characters by which a finding is found again."""
    if name == "events":
        return [list(finding["trigger"])]
    if name == "dates":
        return [list(finding["span"])]
    return [
        list(span) for span in (finding["mentions"] if name == "actors" else (*finding["cue"], *finding["content"]))
    ]


def type_of(name: str, finding: Finding) -> str:
    """What kind of event, statement, actor or date it is."""
    return finding[{"statements": "stance", "actors": "kind"}.get(name, "type")]


def _found(reading: Reading, kind: str, id: str) -> Finding | None:
    return next((one.to_dict() for one in getattr(reading, LISTS[kind]) if one.id == id), None)


def _check(kind: Any, finding: Any, verdict: Any, value: Any, who: Any, note: Any) -> None:
    if kind not in KINDS:
        raise QuestionError(f"kind {kind!r}: one of {', '.join(KINDS)}")
    if verdict not in VERDICTS:
        raise QuestionError(f"verdict {verdict!r}: one of {', '.join(VERDICTS)}")
    if (verdict == "added") != (finding is None):
        raise QuestionError("finding: the id of what is confirmed, corrected or rejected; none for what is added")
    if (verdict in ("corrected", "added")) != (value is not None):
        raise QuestionError("value: the fields that are right, where something is corrected or added; else none")
    if value is not None and not isinstance(value, dict):
        raise QuestionError('value: an object such as {"type": "CONSULT"} is wanted')
    for name, words in (("who", who), ("note", note or "-")):
        if not isinstance(words, str) or not words.strip() or "\0" in words or len(words) > 10_000:
            raise QuestionError(f"{name}: words are wanted")
