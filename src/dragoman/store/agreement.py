"""How far the machine agrees with people: its present findings against the corrections.

In: a record. Out: for each kind of finding how many were judged and how many of these are right, by type, and how often the
fields of those that are right are right too. Only what somebody judged is counted: a share of what was looked at, not of all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from dragoman.records import Reading
from dragoman.store.confirmed import confirmed_readings
from dragoman.store.corrections import Correction, type_of
from dragoman.store.load import load
from dragoman.store.weaving import LISTS, REFERENCES

if TYPE_CHECKING:
    from dragoman.store.record import Record

FIELDS: Mapping[str, tuple[str, ...]] = {
    "event": (
        "actors", "recipients", "modes", "contexts", "date", "place", "polarity", "certainty", "time", "background",
        "according_to", "denied_by",
    ),
    "statement": ("sources", "content", "manner", "polarity", "anonymous", "within", "denies", "date"),
    "actor": ("name", "country", "sectors", "title"),
    "date": ("start", "end", "precision"),
}  # fmt: skip
_Lists = Mapping[str, Mapping[str, Mapping[str, Any]]]  # findings by list and id


@dataclass(slots=True)
class Score:
    """Of findings of one type: how many of the machine's were `judged`, how many of these are `right`, how many that people
    hold to be there it has `missed`."""

    judged: int = 0
    right: int = 0
    missed: int = 0

    @property
    def precision(self) -> float | None:
        """The share of right ones; None where none was judged."""
        return self.right / self.judged if self.judged else None


@dataclass(slots=True)
class Agreement:
    """`types` and `fields` by kind; of a field, `judged` are the right findings, `right` those whose field is right too."""

    articles: int = 0
    corrections: int = 0
    types: dict[str, dict[str, Score]] = field(default_factory=lambda: {kind: defaultdict(Score) for kind in LISTS})
    fields: dict[str, dict[str, Score]] = field(default_factory=lambda: {kind: defaultdict(Score) for kind in LISTS})

    def rows(self) -> Iterator[dict[str, Any]]:
        """One row a type of each kind and one for all of them, then one a field."""
        for kind in LISTS:
            scores = self.types[kind]
            if not scores:
                continue
            yield _row(kind, "all", None, _sum(scores.values()))
            yield from (_row(kind, type, None, scores[type]) for type in sorted(scores))
            yield from (
                _row(kind, "all", name, self.fields[kind][name]) for name in FIELDS[kind] if name in self.fields[kind]
            )


def _sum(scores: Any) -> Score:
    total = Score()
    for one in scores:
        total.judged, total.right, total.missed = (
            total.judged + one.judged, total.right + one.right, total.missed + one.missed
        )  # fmt: skip
    return total


def _row(kind: str, type: str, name: str | None, score: Score) -> dict[str, Any]:
    return {
        "kind": kind, "type": type, "field": name, "judged": score.judged, "right": score.right,
        "precision": score.precision, "missed": None if name else score.missed,
    }  # fmt: skip


def measure(record: Record) -> Agreement:
    """The machine's present findings against what stands of corrections."""
    found = Agreement()
    with record.asking() as connection:
        for number, right, made in confirmed_readings(connection):
            machine, gold = _by_id(next(load(connection, [number]))[1]), _by_id(right)
            found.articles += 1
            found.corrections += len(made)
            for one in made:
                _count(found, one, machine, gold)
    return found


def _count(found: Agreement, one: Correction, machine: _Lists, gold: _Lists) -> None:
    name = LISTS[one.kind]
    theirs = machine[name].get(one.finding)
    ours = None if one.value is None else gold[name][one.finding]
    scores = found.types[one.kind]
    if theirs is None:
        if ours is not None:
            scores[type_of(name, ours)].missed += 1
        return
    score = scores[type_of(name, theirs)]
    score.judged += 1
    if ours is None or type_of(name, ours) != type_of(name, theirs):
        return
    score.right += 1
    for field_name in FIELDS[one.kind]:
        target = REFERENCES[name].get(field_name)
        a, b = theirs.get(field_name), ours.get(field_name)
        same = a == b if target is None else _same(_led(machine, target, a), _led(gold, target, b), _MEETS[target])
        found.fields[one.kind][field_name].judged += 1
        found.fields[one.kind][field_name].right += same


def _by_id(found: Reading) -> _Lists:
    lists: dict[str, list[dict[str, Any]]] = found.to_dict()
    return {name: {one["id"]: one for one in lists[name]} for name in REFERENCES}


def _led(lists: _Lists, target: str, value: Any) -> list[Mapping[str, Any]]:
    ids = cast(list[str], value if isinstance(value, list) else [value] if value else [])
    return [lists[target][id] for id in ids]


def _same(some: list[Mapping[str, Any]], others: list[Mapping[str, Any]], meets: Callable[..., bool]) -> bool:
    """Whether each of some is one of others, and none is left."""
    rest = list(others)
    for one in some:
        if (twin := next((other for other in rest if meets(one, other)), None)) is None:
            return False
        rest.remove(twin)
    return not rest


def _mentioned(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return one["name"] == other["name"] or bool({*map(tuple, one["mentions"])} & {*map(tuple, other["mentions"])})


def _same_days(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    days = (one["start"], one["end"])
    return one["span"] == other["span"] or (one["start"] is not None and days == (other["start"], other["end"]))


def _same_words(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return one["content"] == other["content"] if one["content"] else one["cue"] == other["cue"]


_MEETS: Mapping[str, Callable[..., bool]] = {
    "actors": _mentioned,
    "places": _mentioned,
    "dates": _same_days,
    "statements": _same_words,
}
