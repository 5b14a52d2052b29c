"""Findings from several hands and times in one reading, each reference led to the finding that it meant.

In: findings in the contract's form, each with the findings that it refers to, under ids that may since have gone to others.
Out: lists of findings with ids of one reading. The same actor, date, place or statement is told by its words, not its id.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Any

Finding = Mapping[str, Any]
About = Mapping[str, Sequence[Finding]]  # findings referred to, by the name of their list

LISTS: Mapping[str, str] = {"event": "events", "statement": "statements", "actor": "actors", "date": "dates"}
# What a finding of each list refers to: field -> list.
REFERENCES: Mapping[str, Mapping[str, str]] = {
    "events": {
        "actors": "actors", "recipients": "actors", "date": "dates", "place": "places", "according_to": "statements",
        "denied_by": "statements",
    },
    "statements": {"sources": "actors", "date": "dates", "within": "statements", "denies": "statements"},
    "actors": {}, "dates": {}, "places": {},
}  # fmt: skip


def about(lists: About, name: str, finding: Finding) -> dict[str, list[Finding]]:
    """The findings that one refers to, and those that these refer to."""
    found: dict[tuple[str, str], Finding] = {}
    todo = list(_references(name, finding))
    while todo:
        target, id = todo.pop()
        if (target, id) not in found:
            found[target, id] = item = next(one for one in lists[target] if one["id"] == id)
            todo.extend(_references(target, item))
    return {
        target: [item for (of, _), item in sorted(found.items(), key=lambda one: one[0]) if of == target]
        for target in {of for of, _ in found}
    }


def _references(name: str, finding: Finding) -> Iterator[tuple[str, str]]:
    for field, target in REFERENCES[name].items():
        value = finding.get(field)
        yield from ((target, id) for id in (value if isinstance(value, list) else [value] if value else ()))  # type: ignore[misc]


def _identities(name: str, finding: Finding) -> set[Hashable]:
    """What tells a finding from others of its list; two that share one of these are the same."""
    if name == "dates":
        return {tuple(finding["span"])}
    if name in ("actors", "places"):
        return {(finding["name"], *span) for span in finding["mentions"]}
    if name == "statements":
        return {(_spans(finding["cue"]), _spans(finding["content"]))}
    return {(finding["type"], *finding["trigger"])}


def _spans(pairs: Iterable[Sequence[int]]) -> Hashable:
    return tuple(tuple(pair) for pair in pairs)


class Woven:
    """The lists of a reading in the making. `reserved` are ids that no other finding may get."""

    def __init__(self, lists: About | None = None, reserved: Iterable[tuple[str, str]] = ()) -> None:
        given = lists or {}
        self.lists: dict[str, list[Finding]] = {name: list(given.get(name, ())) for name in REFERENCES}
        self._ids = {*reserved, *((name, item["id"]) for name, items in self.lists.items() for item in items)}
        self._known: dict[tuple[str, Hashable], str | None] = {}
        for name, items in self.lists.items():
            for item in items:
                self.expect(name, item, item["id"])

    def expect(self, name: str, finding: Finding, id: str | None) -> None:
        """References to this finding lead to that id; nowhere where there is none."""
        for identity in _identities(name, finding):
            self._known[name, identity] = id

    def put(self, name: str, finding: Finding, about: About, id: str) -> None:
        """Take a finding up under an id."""
        self.lists[name].append({**self.led(name, finding, self.known(about)), "id": id})

    def add(self, name: str, finding: Finding) -> str:
        """Take up a finding that refers to nothing, unless it is there; its id comes back."""
        return self.known({name: [{**finding, "id": ""}]})[name, ""] or ""

    def known(self, about: About) -> dict[tuple[str, str], str | None]:
        """The ids that findings have here, which are taken up where they are new, by list and the id they had."""
        ids: dict[tuple[str, str], str | None] = {}
        fresh: list[tuple[str, Finding]] = []
        for name in ("dates", "places", "actors", "statements"):
            for item in about.get(name, ()):
                keys = [key for one in _identities(name, item) if (key := (name, one)) in self._known]
                if keys:
                    ids[name, item["id"]] = self._known[keys[0]]
                    continue
                ids[name, item["id"]] = id = self._free(name, item["id"])
                self.expect(name, item, id)
                fresh.append((name, item))
        for name, item in fresh:
            self.lists[name].append({**self.led(name, item, ids), "id": ids[name, item["id"]]})
        return ids

    def led(self, name: str, finding: Finding, ids: Mapping[tuple[str, str], str | None]) -> dict[str, Any]:
        """The finding with the ids that what it refers to has here."""
        made = dict(finding)
        made.pop("source", None)  # the first of `sources`
        for field, target in REFERENCES[name].items():
            value = made.get(field)
            if isinstance(value, list):
                led = [ids[target, id] for id in value]  # type: ignore[misc]
                made[field] = [id for id in dict.fromkeys(led) if id is not None]
            elif value is not None:
                made[field] = ids[target, value]
        return made

    def _free(self, name: str, wanted: str) -> str:
        """The id that was wanted, or another one where it is taken."""
        id, number = wanted, 0
        while not id or (name, id) in self._ids:
            number += 1
            id = f"n{number}"
        self._ids.add((name, id))
        return id
