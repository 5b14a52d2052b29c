"""The words of dates: a language's `dates.toml` compiled, and slots read off a text.

In: a `Language`. Out: `DateLexicon`, and `DateText`, which says what a slot of a pattern ("month", "n", "day") finds at a
token. Month and weekday names are Babel's (CLDR); everything else stands in `dates.toml`.
"""

from __future__ import annotations

import bisect
import functools
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from babel import Locale

from dragoman.extract.datepatterns import EMPTY_SLOTS, Grammar, Match, Matcher
from dragoman.extract.dating import NEEDS
from dragoman.languages import Language, LanguageError

# Digits, letters with their combining marks, or one other character. Invisible characters count as blanks.
_TOKEN = re.compile(r"\d+|(?:[^\W\d_]|[\u0300-\u036f])+|[^\w\s\u200b-\u200f\u2060\ufeff\u00ad]|_")
_ALIKE = str.maketrans("’‘ʼ`´–—−‐‑‒", "'''''------")
_LINE_END = re.compile(r"\n([ \t\r\n]*)")
_WRAPPED = 60  # a line that was wrapped is at least so long
_ROMAN_DIGITS = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_ROMAN = frozenset(_ROMAN_DIGITS)
_NONE: frozenset[str] = frozenset()
_STOPS = frozenset('.,;:!?)]"»”-')

Phrases = dict[str, list[tuple[tuple[str, ...], Any]]]


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
    ahead: tuple[tuple[str, ...], ...]
    articles: frozenset[str]
    examples: tuple[tuple[str, Mapping[str, Any]], ...]
    opens: Mapping[str, frozenset[str]]  # first token -> the slots that may start with it


def tokens_of(text: str) -> list[tuple[str, int, int]]:
    """Tokens as (key, start, end). Keys are caseless, with one kind of apostrophe and of dash."""
    return [(_key(found[0]), found.start(), found.end()) for found in _TOKEN.finditer(text)]


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
    feasts = {name: rule for name, rule in table.get("holidays", {}).items()}
    _add(words, "zone", [(name, name) for name in zones])
    _add(words, "holiday", [(name, name) for name in feasts])
    numbers = table.get("numbers", {})
    _add(words, "vague", [(word, "X") for word in numbers.get("vague", ())])
    pieces = {_key(word): int(value) for word, value in numbers.get("words", {}).items()}
    try:
        shapes = {slot: tuple(re.compile(shape) for shape in some) for slot, some in table.get("shapes", {}).items()}
    except re.error as problem:
        raise LanguageError(f"{where}: [shapes]: not a regular expression: {problem}") from problem
    known = {*words, *shapes, *DateText.BUILT_IN, *EMPTY_SLOTS}
    same = {slot: name for name, slots in table.get("same", {}).items() for slot in slots}
    grammar = Grammar.build(table.get("group", ()), known, same, NEEDS, tokens_of, where)
    joined = (
        re.compile("|".join(sorted(map(re.escape, pieces), key=len, reverse=True))) if numbers.get("joined") else None
    )
    opens = _opens(words, set(shapes), grammar, set(pieces))
    return DateLexicon(
        language=language.code, words=words, shapes=shapes, grammar=grammar, numbers=pieces, pieces=joined,
        ordinal_suffixes=frozenset(map(_key, numbers.get("ordinal_suffixes", ()))),
        capitalised=frozenset(names.get("capitalised", ())), numeric_order=str(names.get("numeric_order", "either")),
        zones=zones, feasts=feasts, articles=frozenset(map(_key, names.get("articles", ()))),
        ahead=tuple(tuple(key for key, _, _ in tokens_of(phrase)) for phrase in names.get("ahead_before", ())),
        opens=opens, examples=tuple((group["name"], group) for group in table.get("group", ())),
    )  # fmt: skip


def _opens(
    words: Mapping[str, Phrases], shapes: set[str], grammar: Grammar, numbers: set[str]
) -> dict[str, frozenset[str]]:
    """The slots that may start with each known word; with digits ("0" for one, "00" for two ...), a sign (""), a joined
    number ("*") and Roman digits ("x")."""
    fits: dict[str, set[str]] = {"": set(shapes), "*": {"n", "day", "year"}, "x": {"roman"}}
    for size in range(1, 6):
        fits["0" * size] = {"n", *shapes} | ({"year", "twoyears"} if size == 4 else set())
        fits["0" * size] |= {"day", "ordinalday", "hour"} if size <= 2 else set()
        fits["0" * size] |= {"yy"} if size == 2 else set()
    for slot, phrases in words.items():
        for key in phrases:
            fits.setdefault(key, set(shapes) if not key[0].isalnum() else set()).add(slot)
            fits[key] |= ({"n"} if slot == "vague" else set()) | ({"roman"} if _ROMAN.issuperset(key) else set())
    for key in numbers:
        fits.setdefault(key, set()).update(("n", "day", "year"))
    literals = {*grammar.root.words, *(word for tree in grammar.made.values() for word in tree.words)}
    for key in literals:
        fits.setdefault(key, set(shapes) if not key[0].isalnum() else set())
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


class DateText:
    """A text cut into tokens, and what each slot finds at each of them. Answers are kept."""

    BUILT_IN: ClassVar[dict[str, Callable[[DateText, int], Iterator[tuple[Any, int]]]]] = {}

    def __init__(self, text: str, lexicon: DateLexicon) -> None:
        self.text = text
        self.lexicon = lexicon
        self.tokens = tokens_of(text)
        self.keys = [key for key, _, _ in self.tokens]
        self.starts = [start for _, start, _ in self.tokens]
        self.ends = [end for _, _, end in self.tokens]
        self._at_end = {end: index + 1 for index, end in enumerate(self.ends)}
        self.broken = self._breaks()
        self._known: dict[tuple[str, int], list[tuple[Any, int]]] = {}
        self._matcher = Matcher(self)

    def _breaks(self) -> frozenset[int]:
        """Tokens before which a line ends for good: a blank line, or one too short to have been wrapped."""
        broken: set[int] = set()
        line, at = 0, 0
        for found in _LINE_END.finditer(self.text):
            if "\n" in found[1] or found.start() - line < _WRAPPED:
                at = bisect.bisect_left(self.starts, found.end(), at)
                broken.add(at)
            line = found.end()
        return frozenset(broken)

    def __len__(self) -> int:
        return len(self.tokens)

    def matches(self) -> list[Match]:
        """Every date expression, the longest where several overlap, in order."""
        root = self.lexicon.grammar.root
        found: list[Match] = []
        for index, key in enumerate(self.keys):
            if key not in root.words and self.opens(index).isdisjoint(root.slots):
                continue
            if best := self._matcher.best(index):
                if found and best.start < found[-1].end:
                    if best.end - best.start <= found[-1].end - found[-1].start:
                        continue
                    found.pop()
                found.append(best)
        return found

    def opens(self, index: int) -> frozenset[str]:
        """The slots that may start at the token, told by its key alone."""
        key = self.keys[index]
        opens = self.lexicon.opens
        if key[0].isdecimal():
            return opens["0" * min(len(key), 5)]
        known = opens.get(key)
        if known is None:
            known = opens[""] if not key[0].isalnum() else opens["*"] if joined_number(key, self.lexicon) else _NONE
            if not known and _ROMAN.issuperset(key):
                known = opens["x"]
        return known

    def slot(self, name: str, index: int) -> list[tuple[Any, int]]:
        """What the slot finds at the token: (value, index of the token after it)."""
        key = (name, index)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = list(self._find(name, index))
        return found

    def _find(self, name: str, index: int) -> Iterator[tuple[Any, int]]:
        lexicon = self.lexicon
        if name in self.BUILT_IN:
            yield from self.BUILT_IN[name](self, index)
        elif name in lexicon.grammar.made:
            yield from ((match, match.last) for match in self._matcher.all(name, index))
        elif name in lexicon.shapes:
            for shape in lexicon.shapes[name]:
                found = shape.match(self.text, self.starts[index])
                if found and (end := self._at_end.get(found.end())) and self._clear_before(index):
                    yield {key: value for key, value in found.groupdict().items() if value is not None}, end
                    return
        elif name not in lexicon.capitalised or self._capital(index):
            for keys, value in lexicon.words[name].get(self.keys[index], ()):
                if len(keys) == 1 or self._stand(keys, index):
                    yield value, index + len(keys)

    def holds(self, slot: str, index: int) -> bool:
        """Whether a slot that stands for no word is true before the token."""
        inside = index < len(self.keys) and index not in self.broken
        if slot == "stop":  # punctuation or an end follows
            return not inside or self.keys[index] in _STOPS
        if slot == "noname":  # no capitalised word follows: "April said", but not "April Smith"
            return not inside or not self._capital(index) or self.glued(index)
        return inside and index > 0 and self._capital(index - 1) and not self.glued(index)  # aftername: "Euro 2016"

    def _stand(self, keys: tuple[str, ...], index: int) -> bool:
        return tuple(self.keys[index : index + len(keys)]) == keys

    def _capital(self, index: int) -> bool:
        return self.text[self.starts[index]].isupper()

    def glued(self, index: int) -> bool:
        """Whether the token stands right after the one before it."""
        return 0 < index < len(self.tokens) and self.starts[index] == self.ends[index - 1]

    def _clear_before(self, index: int) -> bool:
        """Whether the digits at the token are a number of their own: not the rest of "A380", "3.5" or "1,500"."""
        if not self.glued(index):
            return True
        before = self.keys[index - 1]
        if before[0].isalpha():
            return False
        return not (before in ".,:/" and index > 1 and self.glued(index - 1) and self.keys[index - 2][0].isdecimal())

    def _clear_after(self, end: int) -> bool:
        """The same for the token that follows: no "15" in "15,000", "15.5" or "15%"."""
        if not self.glued(end):
            return True
        after = self.keys[end]
        if after in "%€$£":
            return False
        if after in ".,:/" and self.glued(end + 1) and (digits := self.keys[end + 1])[0].isdecimal():
            return after == "," and len(digits) != 3
        return True

    def _digits(self, index: int, low: int, high: int, size: range) -> Iterator[tuple[int, int]]:
        if index < len(self.tokens):
            key = self.keys[index]
            if key[0].isdecimal() and len(key) in size and low <= (value := int(key)) <= high:
                if self._clear_before(index) and self._clear_after(index + 1):
                    yield value, index + 1

    def number(self, index: int) -> Iterator[tuple[float | str, int]]:
        if index >= len(self.tokens):
            return
        yield from self._digits(index, 0, 9999, range(1, 5))
        decimal = _DECIMAL.match(self.text, self.starts[index])
        if decimal and self._clear_before(index) and (end := self._at_end.get(decimal.end())):
            yield float(decimal[0].replace(",", ".")), end
        yield from self._spelled(index)
        for keys, value in self.lexicon.words["vague"].get(self.keys[index], ()):
            if self._stand(keys, index):
                yield value, index + len(keys)

    def _spelled(self, index: int) -> Iterator[tuple[int, int]]:
        if index >= len(self.tokens):
            return
        value = self._number_word(self.keys[index])
        if value is None:
            return
        yield value, index + 1
        after = index + 2 if self.keys[index + 1 : index + 2] == ["-"] else index + 1
        if after < len(self.tokens) and (more := self._number_word(self.keys[after])):
            if value % 10 == 0 and 20 <= value <= 90 and more < 10:
                yield value + more, after + 1
            elif value < more and more in (100, 1000):
                yield value * more, after + 1

    def _number_word(self, key: str) -> int | None:
        number = self.lexicon.numbers.get(key)
        return joined_number(key, self.lexicon) if number is None and self.lexicon.pieces else number

    def day(self, index: int) -> Iterator[tuple[int, int]]:
        for value, end in self._digits(index, 1, 31, range(1, 3)):
            if self.glued(end) and self.keys[end] in self.lexicon.ordinal_suffixes:
                yield value, end + 1
            elif not (self.glued(end) and self.keys[end][0].isalpha()):
                yield value, end
        if self.lexicon.pieces:  # languages that count days by cardinals: "il ventuno maggio"
            yield from (item for item in self._spelled(index) if 1 <= item[0] <= 31)

    def ordinal_day(self, index: int) -> Iterator[tuple[int, int]]:
        yield from (item for item in self.day(index) if self.keys[item[1] - 1] in self.lexicon.ordinal_suffixes)

    def year(self, index: int) -> Iterator[tuple[int, int]]:
        yield from self._digits(index, 1000, 2199, range(4, 5))
        if self.lexicon.pieces:
            yield from (item for item in self._spelled(index) if 1000 <= item[0] <= 2199)

    def two_years(self, index: int) -> Iterator[tuple[int, int]]:
        """Two years in a row as one season: "2021/22"."""
        if index < len(self.tokens) and (found := _TWO_YEARS.match(self.text, self.starts[index])):
            first, second, end = int(found[1]), int(found[2]), self._at_end.get(found.end())
            if end and second in (first + 1, (first + 1) % 100) and self._clear_before(index):
                yield first, end

    def short_year(self, index: int) -> Iterator[tuple[int, int]]:
        yield from self._digits(index, 0, 99, range(2, 3))

    def hour(self, index: int) -> Iterator[tuple[int, int]]:
        yield from self._digits(index, 0, 24, range(1, 3))

    def roman(self, index: int) -> Iterator[tuple[int, int]]:
        key = self.keys[index] if index < len(self.tokens) else ""
        if key and key[0] in _ROMAN and self._capital(index) and all(letter in _ROMAN for letter in key):
            values = [_ROMAN_DIGITS[letter] for letter in key]
            yield sum(-v if v < max(values[i:]) else v for i, v in enumerate(values)), index + 1

    def clear(self, start: int, end: int) -> bool:
        """Whether tokens `start` to `end` stand free: no digits or letters are glued to their digits."""
        if self.keys[start][0].isdecimal() and self.glued(start):
            before = self.keys[start - 1]
            if before == "-" and self.glued(start - 1) and self.keys[start - 2][0].isalnum():
                return False
            if not self._clear_before(start):
                return False
        if self.keys[end - 1][0].isdecimal() and self.glued(end):
            after = self.keys[end]
            if after[0].isalnum() or not self._clear_after(end):
                return False
            return not (after == "-" and self.glued(end + 1) and self.keys[end + 1][0].isdecimal())
        return True


DateText.BUILT_IN.update(
    n=DateText.number, day=DateText.day, ordinalday=DateText.ordinal_day, year=DateText.year, yy=DateText.short_year,
    hour=DateText.hour, roman=DateText.roman, twoyears=DateText.two_years,
)  # fmt: skip
_TWO_YEARS = re.compile(r"([12]\d{3})[/–-](\d{4}|\d\d)(?![/.-]?\d)")
_DECIMAL = re.compile(r"\d{1,3}[.,]\d{1,2}(?!\d|[.,]\d)")


@functools.lru_cache(maxsize=4096)
def _joined(key: str, pieces: re.Pattern[str]) -> tuple[str, ...] | None:
    found = tuple(pieces.findall(key))
    return found if found and "".join(found) == key else None


def joined_number(key: str, lexicon: DateLexicon) -> int | None:
    """A number written as one word of known pieces, such as "ventuno" or "duemilaventidue"; None if it is none."""
    if lexicon.pieces is None or len(key) > 40 or not lexicon.pieces.match(key):
        return None
    parts = _joined(key, lexicon.pieces)
    if parts is None:
        return None
    total, current = 0, 0
    for value in (lexicon.numbers[part] for part in parts):
        if value >= 100 and value in (100, 1000):
            current = max(current, 1) * value
            if value == 1000:
                total, current = total + current, 0
        else:
            current += value
    return total + current
