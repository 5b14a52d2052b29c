"""The words of dates: a language's `dates.toml`, compiled.

In: a `Language`. Out: `DateLexicon`. Month and weekday names are Babel's (CLDR); everything else stands in `dates.toml`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from babel import Locale

from dragoman.extract.dates.meanings import NEEDS
from dragoman.extract.dates.patterns import EMPTY_SLOTS, Grammar
from dragoman.languages import Language, LanguageError
from dragoman.records import Interval
from dragoman.world import country_names
from dragoman.world.days import feasts, happenings, national_days

# Letters of scripts that set no blank between words: Thai, Lao, Burmese, Khmer, kana, Han. Each is a token of its own.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
# Digits, letters with their combining marks, or one other character. Invisible characters count as blanks.
_TOKEN = re.compile(
    rf"\d+|[{_UNSPACED}]|(?:(?![{_UNSPACED}])[^\W\d_]|[\u0300-\u036f])+|[^\w\s\u200b-\u200f\u2060\ufeff\u00ad]|_"
)
_ONE_UNSPACED = re.compile(f"[{_UNSPACED}]")
_ALIKE = str.maketrans("’‘ʼ`´–—−‐‑‒", "'''''------")
ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
# What DateText finds without a list of words.
BUILT_IN = frozenset({"n", "day", "ordinalday", "year", "yy", "hour", "roman", "twoyears", "rank"})

Phrases = dict[str, list[tuple[tuple[str, ...], Any]]]


@dataclass(frozen=True)
class Attachment:
    """Prepositions, as lower-case lemmas, that say how a date or an event noun bears on the verb it hangs on.

    `during`: what the verb tells happened in it ("in a call on Friday"). `apart`: it did not happen then ("since May").
    `manner`: it was done that way ("by phone"). `makes` are verbs whose object happens when they do ("imposed sanctions on Friday"), `times` nouns that say no more than that there was a time: "on the day of her birthday".
    """

    during: frozenset[str] = frozenset()
    apart: frozenset[str] = frozenset()
    manner: frozenset[str] = frozenset()
    makes: frozenset[str] = frozenset()
    times: frozenset[str] = frozenset()


@dataclass(frozen=True)
class DateLexicon:
    """What a language says about dates, compiled once."""

    language: str
    words: Mapping[str, Phrases]  # slot -> first token -> (the tokens, value)
    shapes: Mapping[str, tuple[re.Pattern[str], ...]]
    grammar: Grammar
    numbers: Mapping[str, int]
    pieces: re.Pattern[str] | None
    ordinal_suffixes: frozenset[str]
    capitalised: frozenset[str]
    numeric_order: str
    zones: Mapping[str, str]
    feasts: Mapping[str, str]
    movable: Mapping[str, Sequence[Interval]]
    happenings: Mapping[str, Sequence[Interval]]
    national_days: Mapping[str, Mapping[str, str]]
    rank_endings: tuple[str, ...]
    attachment: Attachment
    ahead: tuple[tuple[str, ...], ...]
    planned: frozenset[str]  # verbs whose present tense tells what is to come: "the truce expires on Sunday"
    articles: frozenset[str]
    examples: tuple[tuple[str, Mapping[str, Any]], ...]
    opens: Mapping[str, frozenset[str]]  # first token -> the slots that may start with it


def tokens_of(text: str) -> list[tuple[str, int, int]]:
    """Tokens as (key, start, end). Keys are caseless, with one kind of apostrophe and of dash."""
    return [(_key(found[0]), found.start(), found.end()) for found in _TOKEN.finditer(text)]


def is_unspaced(key: str) -> bool:
    """Whether a token is of a script that sets no blank between words, so that what stands right beside it is apart from it."""
    return bool(_ONE_UNSPACED.match(key))


def _key(token: str) -> str:
    if token.isascii():
        return token.lower()
    return unicodedata.normalize("NFC", token).casefold().translate(_ALIKE)


def compile_dates(language: Language) -> DateLexicon:
    """The language's words and patterns of dates. Raises LanguageError naming the entry that does not fit."""
    table = language.table("dates")
    where = str(language.folder / "dates.toml")
    names = table.get("names", {})
    words: dict[str, Phrases] = {}
    for slot, entries in _calendar_names(language.code, frozenset(names.get("ambiguous", ()))).items():
        _add(words, slot, entries)
    for slot, entries in table.get("words", {}).items():
        _add(words, slot, _entries(entries))
    zones = table.get("zones", {})
    holidays = dict(table.get("holidays", {}))
    _add(words, "zone", [(name, name) for name in zones])
    _add(words, "holiday", [(name, name) for name in holidays])
    _add(words, "happening", _known(table, "happenings", happenings(), where))
    _add(words, "nationalday", _known(table, "national_days", national_days(), where))
    _add(
        words, "nation", [(name, country) for country, names in country_names(language.code).items() for name in names]
    )
    demonyms: Mapping[str, list[str]] = language.table("actors").get("demonyms", {})
    _add(words, "nationality", [(form, country) for country, forms in demonyms.items() for form in forms])
    numbers = table.get("numbers", {})
    _add(words, "vague", [(word, "X") for word in numbers.get("vague", ())])
    pieces = {_key(word): int(value) for word, value in numbers.get("words", {}).items()}
    try:
        shapes = {slot: tuple(re.compile(shape) for shape in some) for slot, some in table.get("shapes", {}).items()}
    except re.error as problem:
        raise LanguageError(f"{where}: [shapes]: not a regular expression: {problem}") from problem
    known = {*words, *shapes, *BUILT_IN, *EMPTY_SLOTS}
    same = {slot: name for name, slots in table.get("same", {}).items() for slot in slots}
    grammar = Grammar.build(table.get("group", ()), known, same, NEEDS, tokens_of, where)
    joined = (
        re.compile("|".join(sorted(map(re.escape, pieces), key=len, reverse=True))) if numbers.get("joined") else None
    )
    opens = _opens(words, shapes, grammar, set(pieces))
    return DateLexicon(
        language=language.code, words=words, shapes=shapes, grammar=grammar, numbers=pieces, pieces=joined,
        ordinal_suffixes=frozenset(map(_key, numbers.get("ordinal_suffixes", ()))),
        capitalised=frozenset(names.get("capitalised", ())), numeric_order=str(names.get("numeric_order", "either")),
        zones=zones, feasts=holidays, movable=feasts(), happenings=happenings(), national_days=national_days(),
        rank_endings=tuple(map(_key, numbers.get("rank_endings", ()))), attachment=_attachment(table), articles=frozenset(map(_key, names.get("articles", ()))),
        ahead=tuple(tuple(key for key, _, _ in tokens_of(phrase)) for phrase in names.get("ahead_before", ())),
        planned=frozenset(names.get("planned", ())), opens=opens, examples=tuple((group["name"], group) for group in table.get("group", ())),
    )  # fmt: skip


def _known(table: Mapping[str, Any], section: str, known: Mapping[str, Any], where: str) -> list[tuple[str, str]]:
    """Phrases of a section, with what they name. Raises LanguageError where a table of the world has no such name."""
    pairs: list[tuple[str, str]] = []
    for name, phrases in table.get(section, {}).items():
        if name not in known:
            raise LanguageError(f"{where}: [{section}]: {name!r} stands in no table of the world; add it there")
        pairs += [(phrase, name) for phrase in phrases]
    return pairs


def _attachment(table: Mapping[str, Any]) -> Attachment:
    lists: Mapping[str, Sequence[str]] = table.get("attachment", {})
    return Attachment(*(frozenset(lists.get(name, ())) for name in ("during", "apart", "manner", "makes", "times")))


def _opens(
    words: Mapping[str, Phrases], shapes: Mapping[str, Sequence[re.Pattern[str]]], grammar: Grammar, numbers: set[str]
) -> dict[str, frozenset[str]]:
    """The slots that may start with each known word, those of shapes ("FY2023") among them; with digits ("0" for one, "00" for
    two ...), a sign (""), a joined number ("*") and Roman digits ("x")."""
    fits: dict[str, set[str]] = {
        "": set(),
        "+": set(shapes),
        "-": set(shapes),
        "*": {"n", "day", "year"},
        "x": {"roman"},
        "r": {"rank"},
    }
    for size in range(1, 6):
        fits["0" * size] = {"n", *shapes} | ({"year", "twoyears"} if size == 4 else set())
        fits["0" * size] |= {"day", "ordinalday", "hour"} if size <= 2 else set()
        fits["0" * size] |= {"yy"} if size == 2 else set()
        fits["0" * size] |= {"rank"} if size <= 3 else set()
    for slot, phrases in words.items():
        for key in phrases:
            fits.setdefault(key, set()).add(slot)
            fits[key] |= {"rank"} if slot == "ranks" else set()
            fits[key] |= ({"n"} if slot == "vague" else set()) | (
                {"roman"} if all(letter in ROMAN for letter in key) else set()
            )
    for slot, some in shapes.items():
        for letters in filter(None, (re.match(r"[^\W\d_]+", shape.pattern) for shape in some)):
            fits.setdefault(_key(letters[0]), set()).add(slot)
    for key in numbers:
        fits.setdefault(key, set()).update(("n", "day", "year"))
    literals = {*grammar.root.words, *(word for tree in grammar.made.values() for word in tree.words)}
    for key in literals:
        fits.setdefault(key, set())
    return {key: grammar.starting(frozenset(slots), key) for key, slots in fits.items()}


def _calendar_names(code: str, ambiguous: frozenset[str]) -> dict[str, list[tuple[str, Any]]]:
    locale = Locale.parse(code)
    months = [
        (name, month) for kind in ("format", "stand-alone") for month, name in locale.months[kind]["wide"].items()
    ]
    short = [(name, month) for month, name in locale.months["format"]["abbreviated"].items()]
    days = [(name, day + 1) for kind in ("format", "stand-alone") for day, name in locale.days[kind]["wide"].items()]
    days += [(_bare(name), day) for name, day in days]
    brief = [(name, day + 1) for day, name in locale.days["format"]["abbreviated"].items()]
    return {
        "month": months, "mon": [*months, *_abbreviations(short)], "weekday": days,
        "wday": [*days, *_abbreviations(brief)],
        "plainmonth": [(name, month) for name, month in months if name.casefold() not in ambiguous],
    }  # fmt: skip


def _abbreviations(names: list[tuple[str, int]]) -> list[tuple[str, int]]:
    stems = [(name.rstrip("."), value) for name, value in names]
    return [*stems, *((f"{name}.", value) for name, value in stems)]


def _bare(name: str) -> str:
    """The name without accents: "lunedi" is often written for "lunedì"."""
    return "".join(mark for mark in unicodedata.normalize("NFD", name) if not unicodedata.combining(mark))


def _entries(entries: Any) -> list[tuple[str, Any]]:
    if isinstance(entries, list):
        return [(phrase, phrase) for phrase in entries]  # pyright: ignore[reportUnknownVariableType]
    pairs: list[tuple[str, Any]] = []
    for value, phrases in entries.items():
        number = int(value) if re.fullmatch(r"[+-]?\d+", value) else value
        pairs += [(phrase, number) for phrase in phrases]
    return pairs


def _add(words: dict[str, Phrases], slot: str, entries: list[tuple[str, Any]]) -> None:
    table = words.setdefault(slot, {})
    for phrase, value in entries:
        keys = tuple(key for key, _, _ in tokens_of(phrase))
        known = table.setdefault(keys[0], [])
        if (keys, value) not in known:
            known.append((keys, value))
