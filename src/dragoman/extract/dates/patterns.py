"""Patterns of dates: "{day} [of] {month} [{year}]" compiled into a tree of steps, and walked over a text.

In: the groups of a `dates.toml`. Out: `Grammar`, and `Matcher`, which finds the longest pattern that starts at a token.
Steps are words or slots; `[x]` may be left out, `(a|b)` is a choice, `<x>` marks the characters that are the date, `~x` must
stand right after what is before it. A pattern is finite and is tried only where one of its first words stands, so the time
is linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from dragoman.languages import LanguageError

if TYPE_CHECKING:
    from dragoman.extract.dates.text import DateText

_PART = re.compile(r"\{(\w+)\}|([\[\]()|<>~])|([^\s\[\]()|<>~{}]+)")

Step = tuple[str, str, bool]  # "word" or "slot", which one, whether it must be glued to what is before
Parts = Mapping[str, Any]
Marks = tuple[tuple[int, int], ...]  # where the dates lie in a pattern, in steps
Path = tuple[tuple[int, int, str, Any], ...]  # steps taken: from token, to token, slot, what it found
EMPTY_SLOTS = frozenset({"stop", "noname", "aftername", "alone", "uncounted"})  # they stand for no word


@dataclass(frozen=True, slots=True)
class Group:
    """One group of patterns: what it is called, what its words mean, and the slots it fills in other patterns."""

    name: str
    means: str
    given: Mapping[str, Any]
    makes: tuple[str, ...]
    rank: int


@dataclass(frozen=True, slots=True)
class Match:
    """A pattern found: tokens `[start, end)` are the date, `[first, last)` the whole pattern with its surroundings.

    `segments` are the dates in it, as (start, end, what the slots found).
    """

    group: Group
    first: int
    last: int
    segments: tuple[tuple[int, int, Parts], ...]

    @property
    def start(self) -> int:
        return self.segments[0][0]

    @property
    def end(self) -> int:
        return self.segments[-1][1]

    @property
    def parts(self) -> Parts:
        return self.segments[0][2]


@dataclass(slots=True)
class Node:
    """A place in a tree of patterns: what may come next, and the groups whose patterns end here."""

    words: dict[str, list[tuple[bool, Node]]] = field(default_factory=dict[str, list[tuple[bool, "Node"]]])
    slots: dict[str, list[tuple[bool, Node]]] = field(default_factory=dict[str, list[tuple[bool, "Node"]]])
    ends: list[tuple[Group, Marks]] = field(default_factory=list[tuple["Group", "Marks"]])


class Grammar:
    """All patterns of a language: one tree for those that stand alone, one for each slot that groups make."""

    def __init__(self, same: Mapping[str, str]) -> None:
        self.same = same  # slots that are read as another
        self.root = Node()
        self.made: dict[str, Node] = {}

    @classmethod
    def build(
        cls,
        groups: Iterable[Mapping[str, Any]],
        slots: set[str],
        same: Mapping[str, str],
        needs: Mapping[str, tuple[frozenset[str], ...]],
        tokens_of: Callable[[str], list[tuple[str, int, int]]],
        where: str,
    ) -> Grammar:
        grammar = cls(same)
        known, used = set(slots), set[str]()
        for rank, entry in enumerate(groups):
            name = str(entry.get("name", f"number {rank + 1}"))
            for needed in ("name", "means", "patterns"):
                if needed not in entry:
                    raise LanguageError(f"{where}: group {name}: no {needed!r}; add it")
            group = Group(name, str(entry["means"]), entry.get("with", {}), tuple(entry.get("makes", ())), rank)
            trees = [grammar.root] if entry.get("alone", True) else []
            trees += [grammar.made.setdefault(slot, Node()) for slot in group.makes]
            for pattern in entry["patterns"]:
                for steps, marks in _readings(pattern, tokens_of):
                    named = {slot for kind, slot, _ in steps if kind == "slot"}
                    for slot in named - known:
                        raise LanguageError(f"{where}: group {name}: no slot {{{slot}}} made above it, in {pattern!r}")
                    used |= named
                    _check(
                        group,
                        [same.get(slot, slot) for kind, slot, _ in steps if kind == "slot"],
                        needs,
                        pattern,
                        where,
                    )
                    whole = marks == ((0, len(steps)),)
                    for tree in trees if whole else trees[: entry.get("alone", True)]:  # nested, a date is all of it
                        _plant(tree, steps, marks, group)
            # So patterns nest only as deep as the file has layers, whatever the text.
            for slot in used.intersection(group.makes):
                raise LanguageError(
                    f"{where}: group {name}: makes {{{slot}}}, which stands in a pattern above; move it up"
                )
            known |= set(group.makes)
        return grammar

    def starting(self, slots: frozenset[str], key: str) -> frozenset[str]:
        """The slots that may start at a token, made ones included, where `slots` are those that its key fits."""
        found = set(slots)
        for name, tree in self.made.items():  # in the order of the file, so what nests is there before
            if key in tree.words or not found.isdisjoint(tree.slots):
                found.add(name)
        return frozenset(found)


class Matcher:
    """Walks the trees over one text."""

    def __init__(self, text: DateText) -> None:
        self._text = text

    def best(self, index: int) -> Match | None:
        """The match at the token whose pattern reaches farthest; of equals the one higher up in the file."""
        found = self._walk(self._text.lexicon.grammar.root, index)
        return max(found, key=lambda match: (match.last, match.end - match.start, -match.group.rank), default=None)

    def all(self, made: str, index: int) -> list[Match]:
        """Everything a made slot finds at the token, one for each end."""
        by_end: dict[int, Match] = {}
        for match in self._walk(self._text.lexicon.grammar.made[made], index):
            if match.last not in by_end or match.group.rank < by_end[match.last].group.rank:
                by_end[match.last] = match
        return list(by_end.values())

    def _walk(self, tree: Node, index: int) -> list[Match]:
        text, found = self._text, list[Match]()
        keys, opens, size = text.keys, text.opens, len(text.keys)
        todo: list[tuple[Node, int, Path]] = [(tree, index, ())]
        while todo:
            node, at, path = todo.pop()
            if node.ends and path:
                found.extend(m for group, marks in node.ends if (m := self._match(group, marks, path)))
            slots = node.slots
            if slots and not EMPTY_SLOTS.isdisjoint(slots):
                for slot in EMPTY_SLOTS.intersection(slots):
                    if text.holds(slot, at):
                        todo.extend((after, at, (*path, (at, at, slot, None))) for _, after in slots[slot])
            if at >= size or (path and at in text.broken):
                continue
            for close, after in node.words.get(keys[at], ()):
                if not close or text.glued(at):
                    todo.append((after, at + 1, (*path, (at, at + 1, "", None))))
            for slot in opens(at) if slots else ():
                for close, after in slots.get(slot, ()):
                    if not close or text.glued(at):
                        todo.extend((after, end, (*path, (at, end, slot, value))) for value, end in text.slot(slot, at))
        return found

    def _match(self, group: Group, marks: Marks, path: Path) -> Match | None:
        segments: list[tuple[int, int, Parts]] = []
        for first, last in marks:
            inside = path[first:last]
            read: dict[str, Any] = {}
            for _, _, slot, value in inside:
                if slot:
                    name = self._text.lexicon.grammar.same.get(slot, slot)
                    if name in read:  # "{day}-{day}": day and day2
                        name += "3" if f"{name}2" in read else "2"
                    read[name] = value
            parts = {**group.given, **read}
            solid = [item for item in inside if item[1] > item[0]]
            if not solid:
                return None
            segments.append((solid[0][0], solid[-1][1], parts))
        if not self._text.clear(segments[0][0], segments[-1][1]):
            return None
        return Match(group, path[0][0], path[-1][1], tuple(segments))


def _check(
    group: Group, slots: Sequence[str], needs: Mapping[str, tuple[frozenset[str], ...]], pattern: str, where: str
) -> None:
    """Raises LanguageError where a meaning is unknown, or lacks something that it needs."""
    if group.means not in needs:
        raise LanguageError(f"{where}: group {group.name}: no meaning {group.means!r}; one of {', '.join(needs)}")
    held = {*group.given, *slots, *(f"{slot}2" for slot in slots if slots.count(slot) > 1)}
    for needed in needs[group.means]:
        if not needed & held:
            names = " or ".join(sorted(needed))
            raise LanguageError(
                f"{where}: group {group.name}: {pattern!r} must hold {names}, or be given it under `with`"
            )


def _readings(pattern: str, tokens_of: Callable[[str], list[tuple[str, int, int]]]) -> list[tuple[list[Step], Marks]]:
    """The plain sequences of steps that a pattern stands for, with the places of its marks."""
    parts = [(found[1] or "", found[2] or "", found[3] or "") for found in _PART.finditer(pattern)]
    readings: list[tuple[list[Step], Marks]] = []
    for sequence in _expand(parts):
        steps: list[Step] = []
        marks: list[tuple[int, int]] = []
        start, glued = 0, False
        for slot, sign, word in sequence:
            if sign == "<":
                start = len(steps)
            elif sign == ">":
                marks.append((start, len(steps)))
            elif sign == "~":
                glued = True
            else:
                steps += [("slot", slot, glued)] if slot else [("word", key, glued) for key, _, _ in tokens_of(word)]
                glued = False
        if steps:
            readings.append((steps, tuple(marks) or ((0, len(steps)),)))
    return readings


def _expand(parts: Sequence[tuple[str, str, str]]) -> list[list[tuple[str, str, str]]]:
    choices, at = _choices(parts, 0)
    if at != len(parts):
        raise LanguageError(f"a bracket too many in {''.join(a or b or c for a, b, c in parts)!r}")
    return choices


def _choices(parts: Sequence[tuple[str, str, str]], at: int) -> tuple[list[list[tuple[str, str, str]]], int]:
    """All sequences of a choice, up to its closing bracket."""
    done: list[list[tuple[str, str, str]]] = []
    open_: list[list[tuple[str, str, str]]] = [[]]
    while at < len(parts) and parts[at][1] not in ("]", ")"):
        sign = parts[at][1]
        if sign in ("[", "("):
            inner, at = _choices(parts, at + 1)
            if sign == "[":
                inner = [*inner, []]
            open_ = [[*before, *after] for before in open_ for after in inner]
        elif sign == "|":
            done, open_ = [*done, *open_], [[]]
        else:
            open_ = [[*before, parts[at]] for before in open_]
        at += 1
    return [*done, *open_], at


def _plant(tree: Node, steps: Sequence[Step], marks: Marks, group: Group) -> None:
    for kind, what, glued in steps:
        branches = (tree.words if kind == "word" else tree.slots).setdefault(what, [])
        after = next((node for close, node in branches if close == glued), None)
        if after is None:
            after = Node()
            branches.append((glued, after))
        tree = after
    if all(known.rank != group.rank or other != marks for known, other in tree.ends):
        tree.ends.append((group, marks))
