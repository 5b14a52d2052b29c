"""The fields of a finding in a form, and the form's answers in the contract's terms.

In: a reading, a finding, and what was sent. Out: what may be chosen, and the fields that are to be other.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, get_args

from dragoman import ontology
from dragoman.records import Certainty, Kind, Manner, Polarity, Precision, Reading, Stance, Time
from dragoman.store.errors import QuestionError
from dragoman.web.served import Served

LISTS = {"event": "events", "statement": "statements", "actor": "actors", "date": "dates"}
AROUND = 220  # characters shown around a finding
_ENDS = re.compile(r"(?<![A-Z])[.!?…][\"”»]?\s+|\n+")  # of sentences; "U.S. officials" goes on
NEAR = 1_500  # characters around a finding in which actors are offered
_LISTED = ("actors", "recipients", "sources")
_WORDS = {
    "event": ("type", "polarity", "certainty", "time", "date"),
    "statement": ("stance", "manner", "polarity"),
    "actor": ("name", "kind_of", "country", "title"),
    "date": ("value", "start", "end", "precision"),
}
_OF_WORDS = {"event": ("modes",), "statement": (), "actor": ("sectors",), "date": ()}


def present(
    served: Served, reading: Reading, kind: str, finding: str
) -> tuple[dict[str, Any] | None, dict[str, Any], tuple[str, str, str]]:
    """The machine's finding, what is held to be right now, and its words with what stands before and after them."""
    machine = next((one.to_dict() for one in getattr(reading, LISTS[kind]) if one.id == finding), None)
    right = served.record.confirmed(reading.article.id) if finding else None
    held = next((one.to_dict() for one in getattr(right, LISTS[kind]) if one.id == finding), None) if right else None
    nothing: dict[str, Any] = {}
    now = held if held and _refers_within(held, reading) else machine or held or nothing
    return machine, now, around(reading.article.text, spans_of(kind, now)) if now else ("", "", "")


def around(text: str, spans: list[list[int]]) -> tuple[str, str, str]:
    """Words in their sentence, as far as that can be told and is not too long, with no half words at its ends."""
    start, end = min(span[0] for span in spans), max(span[1] for span in spans)
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    if ends := [found.end() for found in _ENDS.finditer(before)]:
        before = before[ends[-1] :]
    elif start > AROUND:
        before = "… " + before.partition(" ")[2]
    if found := _ENDS.search(after):
        after = after[: found.end()].rstrip()
    elif end + AROUND < len(text):
        after = after.rpartition(" ")[0] + " …"
    return before, text[start:end], after


def _refers_within(held: Mapping[str, Any], reading: Reading) -> bool:
    """Whether all actors that it refers to are those of the machine's reading, which the form offers."""
    known = {actor.id for actor in reading.actors}
    return all(known.issuperset(held.get(name) or ()) for name in _LISTED)


def spans_of(kind: str, finding: Mapping[str, Any]) -> list[list[int]]:
    """The characters that a finding lies on."""
    if kind == "event":
        return [finding["trigger"]]
    if kind == "date":
        return [finding["span"]]
    return finding["mentions"][:1] if kind == "actor" else [*finding["cue"], *finding["content"]]


def choices(reading: Reading, kind: str, now: Mapping[str, Any]) -> dict[str, Any]:
    """What may be chosen in the form."""
    codebook = ontology.load()
    spans = spans_of(kind, now) if now else [[0, len(reading.article.text)]]
    start, end = min(span[0] for span in spans) - NEAR, max(span[1] for span in spans) + NEAR
    named = {id for name in _LISTED for id in now.get(name) or ()}
    actors = [
        actor
        for actor in reading.actors
        if actor.id in named or any(start <= mention.start <= end for mention in actor.mentions)
    ]
    return {
        "types": sorted(codebook.types), "polarity": get_args(Polarity), "certainty": get_args(Certainty),
        "time": get_args(Time), "stance": get_args(Stance), "manner": get_args(Manner), "kinds": get_args(Kind),
        "precision": get_args(Precision), "actors": actors[:60], "dates": reading.dates[:60],
        "modes": sorted({mode for one in codebook.types.values() for mode in one.modes}),
    }  # fmt: skip


def told(served: Served, reading: Reading, kind: str, finding: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that the form has otherwise than they are. Raises QuestionError for words that are not in the text."""
    if kind not in LISTS:
        raise QuestionError(f"kind {kind!r}: one of {', '.join(LISTS)}")
    _, now, _ = present(served, reading, kind, finding)
    value: dict[str, Any] = {}
    for name in _WORDS[kind]:
        if name in given:
            value[name.removesuffix("_of")] = str(given[name]).strip() or None
    for name in _OF_WORDS[kind]:
        if name in given:
            value[name] = str(given[name]).replace(",", " ").split()
    if kind == "event":
        value |= {name: list(given.get(name, ())) for name in ("actors", "recipients")}
        value["background"] = given.get("background") == "true"
    if kind == "statement":
        value["sources"] = list(given.get("sources", ()))
    if not finding:
        value |= _placed(reading, kind, given)
    return {
        name: one for name, one in value.items() if one != now.get(name) and not (not now and one in (None, [], False))
    }


def _placed(reading: Reading, kind: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """Where an added finding lies: its words, looked up in the text."""
    span = _find(reading, str(given.get("words", "")))
    if kind == "event":
        return {"trigger": span}
    if kind == "date":
        return {"span": span}
    if kind == "actor":
        return {"mentions": [span]}
    content = str(given.get("content", ""))
    return {"cue": [span], "content": [_find(reading, content)] if content.strip() else []}


def _find(reading: Reading, words: str) -> list[int]:
    words = words.strip()
    start = reading.article.text.find(words) if words else -1
    if start < 0:
        raise QuestionError(f"words {words!r}: give words as they stand in the article")
    return [start, start + len(words)]
