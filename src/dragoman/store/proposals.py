"""What a person holds to be right, checked: a finding in the contract's form that lies on its article.

In: the article's reading, the finding to correct or nothing, and the fields that are to be other. Out: the whole finding and
those it refers to. An actor, a place or a date that the reading lacks may stand as an object in place of an id.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, cast, get_args

from dragoman import ontology
from dragoman.records import (
    Actor,
    Certainty,
    Event,
    Kind,
    Manner,
    Place,
    Polarity,
    Precision,
    Reading,
    Stance,
    Statement,
    Time,
    When,
)
from dragoman.store.errors import QuestionError
from dragoman.store.weaving import LISTS, REFERENCES, About, Finding, Woven, about
from dragoman.world.countries import read_countries

PERSON = "person"  # the rule of a finding that a person added
_Check = tuple[str, Callable[[Any], bool]]


def _names(known: Iterable[str]) -> _Check:
    names = sorted(known)
    return f"one of {', '.join(names)}", lambda value: isinstance(value, str) and value in names


def _several(one: _Check) -> _Check:
    return f"a list: {one[0]}", lambda value: isinstance(value, list) and all(map(one[1], cast(list[Any], value)))


def _or_none(one: _Check) -> _Check:
    return f"null or {one[0]}", lambda value: value is None or one[1](value)


def _is_span(value: Any) -> bool:
    return isinstance(value, list) and len(cast(list[Any], value)) == 2 and all(type(n) is int for n in value)  # type: ignore[misc]


_WORDS: _Check = ("words", lambda value: isinstance(value, str) and bool(value.strip()) and "\0" not in value)
_YES_NO: _Check = ("true or false", lambda value: isinstance(value, bool))
_SPAN: _Check = ("a span such as [0, 12]", _is_span)
_ID: _Check = ("an id", lambda value: isinstance(value, str))
_NEW: _Check = ("an id, or an object", lambda value: isinstance(value, (str, dict)))
_OBJECT: _Check = ("an object", lambda value: isinstance(value, dict))
_WHOLE: _Check = ("a whole number", lambda value: type(value) is int and abs(value) < 2**62)
_COUNTRY: _Check = (
    "a code, ISO 3166-1 alpha-3 or PLOVER's,",
    lambda value: isinstance(value, str) and (value in read_countries() or value in ontology.load().non_state),
)
_SECTOR: _Check = ("a PLOVER sector", lambda value: isinstance(value, str) and value in ontology.load().sectors)
_NUMBER: _Check = ("a number", lambda value: type(value) in (int, float) and abs(value) < 1e9)

# The fields that a person may set.
FIELDS: Mapping[str, Mapping[str, _Check]] = {
    "events": {
        "type": _WORDS, "modes": _several(_WORDS), "contexts": _several(_WORDS), "actors": _several(_NEW),
        "recipients": _several(_NEW), "trigger": _SPAN, "mentions": _several(_SPAN), "sentence": _SPAN,
        "date": _or_none(_NEW), "place": _or_none(_NEW), "counts": _several(_OBJECT), "polarity": _names(get_args(Polarity)),
        "certainty": _names(get_args(Certainty)), "time": _names(get_args(Time)), "background": _YES_NO,
        "according_to": _several(_ID), "denied_by": _several(_ID),
    },
    "statements": {
        "cue": _several(_SPAN), "content": _several(_SPAN), "source_span": _or_none(_SPAN), "sources": _several(_NEW),
        "manner": _names(get_args(Manner)), "stance": _names(get_args(Stance)), "polarity": _names(get_args(Polarity)),
        "within": _or_none(_ID), "denies": _or_none(_ID), "anonymous": _YES_NO, "medium": _or_none(_SPAN),
        "date": _or_none(_NEW),
    },
    "actors": {
        "name": _WORDS, "kind": _names(get_args(Kind)), "country": _or_none(_COUNTRY), "sectors": _several(_SECTOR),
        "title": _or_none(_WORDS), "mentions": _several(_SPAN),
    },
    "dates": {
        "span": _SPAN, "value": _WORDS, "type": _names(("DATE", "TIME", "DURATION", "SET")), "start": _or_none(_WORDS),
        "end": _or_none(_WORDS), "precision": _or_none(_names(get_args(Precision))),
    },
    "places": {
        "name": _WORDS, "mentions": _several(_SPAN), "country": _or_none(_COUNTRY), "latitude": _or_none(_NUMBER),
        "longitude": _or_none(_NUMBER), "geonames": _or_none(_WHOLE),
    },
}  # fmt: skip
_NEEDED: Mapping[str, Mapping[str, Any]] = {
    "events": {"type": None, "trigger": None, "rule": PERSON},
    "statements": {"cue": [], "content": [], "manner": "indirect", "stance": "assert", "rule": PERSON},
    "actors": {"name": None, "kind": None, "mentions": None},
    "dates": {"span": None, "value": None, "type": "DATE", "anchor": PERSON},
    "places": {"name": None, "mentions": None},
}
_MADE: Mapping[str, Callable[[Mapping[str, Any]], Any]] = {
    "events": Event.from_dict, "statements": Statement.from_dict, "actors": Actor.from_dict, "dates": When.from_dict,
    "places": Place.from_dict,
}  # fmt: skip


def proposed(
    reading: Reading,
    kind: str,
    machine: Finding | None,
    standing: tuple[Finding, About] | None,
    value: Mapping[str, Any],
) -> tuple[Finding, About]:
    """The finding with these fields, and what it refers to. `standing` is what people hold to be right so far, in place of
    the machine's. Raises QuestionError where there can be no such finding."""
    name = LISTS[kind]
    woven = Woven(reading.to_dict())
    base: Finding | None = machine
    if standing is not None:
        base = woven.led(name, standing[0], woven.known(standing[1]))
    finding = _with(woven, name, base, value, reading.article.text)
    try:
        lists = {**woven.lists, name: [one for one in woven.lists[name] if one["id"] != finding["id"]] + [finding]}
        checked = Reading.from_dict({"article": reading.article.to_dict(), **lists})
    except (ValueError, TypeError, KeyError) as problem:
        raise QuestionError(f"value: {problem}") from None
    found = next(one for one in checked.to_dict()[name] if one["id"] == finding["id"])
    return found, about(checked.to_dict(), name, found)


def _with(woven: Woven, name: str, base: Finding | None, value: Mapping[str, Any], text: str) -> dict[str, Any]:
    """A finding of a list with some fields set, in the contract's form."""
    new = base is None
    made: dict[str, Any] = {"id": "new", **_NEEDED[name]} if base is None else dict(base)
    for field, one in value.items():
        if field not in FIELDS[name]:
            raise QuestionError(f"value: no field {field!r} of {name}; one of {', '.join(FIELDS[name])}")
        means, holds = FIELDS[name][field]
        if not holds(one):
            raise QuestionError(f"value: {field}: {means} is wanted")
        made[field] = one
    if missing := [field for field, one in made.items() if one is None and field in _NEEDED[name]]:
        raise QuestionError(f"value: {missing[0]} is wanted for {'a new one' if new else 'it'}")
    for field, target in REFERENCES[name].items():
        if isinstance(one := made.get(field), list):
            made[field] = [_reference(woven, target, x, text) for x in cast(list[Any], one)]
        elif one is not None:
            made[field] = _reference(woven, target, one, text)
    try:
        if name == "events":
            _code(made, base or {}, value)
            _place_on_text(made, value, text)
        if name == "dates" and made.get("start"):
            made["end"] = made.get("end") or made["start"]
            made["precision"] = made.get("precision") or "day"
        return _MADE[name]({**made, "source": None}).to_dict() if name == "statements" else _MADE[name](made).to_dict()
    except (ValueError, TypeError, KeyError, OverflowError) as problem:
        raise QuestionError(f"value: {problem}") from None


def _reference(woven: Woven, target: str, one: Any, text: str) -> str:
    """The id of what is referred to; an object is taken up as a finding of its own."""
    if isinstance(one, dict):
        return woven.add(target, _with(woven, target, None, cast(dict[str, Any], one), text))
    if all(item["id"] != one for item in woven.lists[target]):
        raise QuestionError(f"value: there is no {one!r} among the article's {target}")
    return cast(str, one)


def _code(event: dict[str, Any], base: Finding, value: Mapping[str, Any]) -> None:
    """Quad, score and CAMEO code follow from type and modes; these and the contexts must be of the codebook, or the base's."""
    codebook = ontology.load()
    same_type = event["type"] == base.get("type")
    kind = codebook.types.get(event["type"])
    if kind is None and not same_type:
        raise QuestionError(f"value: type {event['type']!r}: one of {', '.join(sorted(codebook.types))}")
    modes = {*(kind.modes if kind else ()), *(base.get("modes") or () if same_type else ())}
    _check_known("mode", value.get("modes", ()), modes)
    _check_known("context", value.get("contexts", ()), {*codebook.contexts, *(base.get("contexts") or ())})
    event["modes"] = [mode for mode in event.get("modes") or () if mode in modes]
    if kind is not None and not (same_type and event["modes"] == base.get("modes")):
        mode = next((mode for mode in event["modes"] if mode in kind.modes), None)
        event.update(quad=kind.quad, score=kind.score_of(mode), cameo=kind.cameo_of(mode))
    kept = {*event["modes"], *(event.get("contexts") or ())}
    read_from = cast(Mapping[str, Any], event.get("evidence") or {})
    event["evidence"] = {name: span for name, span in read_from.items() if name in kept}


def _check_known(what: str, names: Iterable[str], known: Iterable[str]) -> None:
    if unknown := sorted({*names} - {*known}):
        raise QuestionError(f"value: {what} {unknown[0]!r}: one of {', '.join(sorted(known)) or 'none'}")


def _place_on_text(event: dict[str, Any], value: Mapping[str, Any], text: str) -> None:
    """Mentions and sentence follow from the trigger where they do not hold it: the sentence is then its line."""
    start, end = event["trigger"]
    if event["trigger"] not in (event.get("mentions") or ()) and "mentions" not in value:
        event["mentions"] = [event["trigger"]]
    if not (event.get("sentence") and event["sentence"][0] <= start and end <= event["sentence"][1]):
        after = text.find("\n", max(end, 0))
        event["sentence"] = [text.rfind("\n", 0, max(start, 0)) + 1, len(text) if after < 0 else after]
