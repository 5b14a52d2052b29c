"""A text cut into tokens, and what the slots of date patterns find in it.

In: a text and a `DateLexicon`. Out: `DateText`, whose `matches` are the date expressions. Digits count only where they are a
number of their own: not in "A380", "1,500" or "3.5%".
"""

from __future__ import annotations

import bisect
import functools
import re
from collections.abc import Callable, Iterator
from typing import Any

from dragoman.extract.dates.lexicon import BUILT_IN, ROMAN, DateLexicon, is_unspaced, tokens_of
from dragoman.extract.dates.patterns import Match, Matcher

_LINE_END = re.compile(r"\n([ \t\r\n]*)")
_TWO_YEARS = re.compile(r"([12]\d{3})[/–-](\d{4}|\d\d)(?![/.-]?\d)")
_DECIMAL = re.compile(r"\d{1,3}[.,]\d{1,2}(?!\d|[.,]\d)")
_WRAPPED = 60  # a line that was wrapped is at least so long
_ROMAN_LETTERS = frozenset(ROMAN)
_NONE: frozenset[str] = frozenset()
_STOPS = frozenset('.,;:!?)]"»”-')


class DateText:
    """A text cut into tokens, and what each slot finds at each of them. Answers are kept."""

    def __init__(
        self,
        text: str,
        lexicon: DateLexicon,
        governs: Callable[[int], bool] = lambda offset: True,
        counts: Callable[[int], bool] = lambda offset: False,
    ) -> None:
        self.text = text
        self.governs = governs
        self.counts = counts
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
            if not known and _ROMAN_LETTERS.issuperset(key):
                known = opens["x"]
        return known | opens["r"] if self._ranked(key) is not None else known

    def slot(self, name: str, index: int) -> list[tuple[Any, int]]:
        """What the slot finds at the token: (value, index of the token after it)."""
        key = (name, index)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = list(self._find(name, index))
        return found

    def _find(self, name: str, index: int) -> Iterator[tuple[Any, int]]:
        lexicon = self.lexicon
        if name in BUILT_IN:
            yield from self._built_in(name, index)
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

    def _built_in(self, name: str, index: int) -> Iterator[tuple[Any, int]]:
        match name:
            case "n":
                return self._number(index)
            case "day":
                return self._day(index)
            case "ordinalday":
                return (item for item in self._day(index) if self.keys[item[1] - 1] in self.lexicon.ordinal_suffixes)
            case "year":
                return self._year(index)
            case "yy":
                return self._digits(index, 0, 99, range(2, 3))
            case "hour":
                return self._digits(index, 0, 24, range(1, 3))
            case "roman":
                return self._roman(index)
            case "rank":
                return self._rank(index)
            case _:
                return self._two_years(index)

    def _rank(self, index: int) -> Iterator[tuple[int, int]]:
        """A place in a row: "69th", "seventieth", "settantesimo", "69esimo"."""
        if index >= len(self.tokens):
            return
        lexicon = self.lexicon
        for value, end in self._digits(index, 1, 199, range(1, 4)):
            if self.glued(end) and self.keys[end] in (*lexicon.ordinal_suffixes, *lexicon.rank_endings):
                yield value, end + 1
        for keys, value in lexicon.words.get("ranks", {}).get(self.keys[index], ()):
            if self._stand(keys, index):
                yield value, index + len(keys)
        if (value := self._ranked(self.keys[index])) is not None:
            yield value, index + 1

    def _ranked(self, key: str) -> int | None:
        """A number with the ending of a place in a row, joined as the language joins numbers."""
        for ending in self.lexicon.rank_endings:
            if self.lexicon.pieces is not None and key.endswith(ending) and len(key) > len(ending):
                stem = key[: -len(ending)]
                for last in ("", *"aeiou"):
                    if number := joined_number(stem + last, self.lexicon):
                        return number
        return None

    def holds(self, slot: str, index: int) -> bool:
        """Whether a slot that stands for no word is true before the token."""
        inside = index < len(self.keys) and index not in self.broken
        if slot == "stop":  # punctuation or an end follows
            return not inside or self.keys[index] in _STOPS
        if slot == "alone":  # the word before governs nothing: "two days later", not "two days after the vote"
            return index > 0 and not self.governs(self.starts[index - 1])
        if slot == "uncounted":  # the number before counts nothing: "Friday 11", but not "arrested Friday 11 people"
            return index > 0 and not self.counts(self.starts[index - 1])
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
        if before[0].isalpha() and not is_unspaced(before):
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
        key = self.keys[index] if index < len(self.tokens) else ""
        if not (len(key) in size and key.isdecimal() and low <= int(key) <= high):
            return
        if self._clear_before(index) and self._clear_after(index + 1):
            yield int(key), index + 1

    def _number(self, index: int) -> Iterator[tuple[float | str, int]]:
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

    def _day(self, index: int) -> Iterator[tuple[int, int]]:
        for value, end in self._digits(index, 1, 31, range(1, 3)):
            if self.glued(end) and self.keys[end] in self.lexicon.ordinal_suffixes:
                yield value, end + 1
            elif not (self.glued(end) and self.keys[end][0].isalpha() and not is_unspaced(self.keys[end])):
                yield value, end
        if self.lexicon.pieces:  # languages that count days by cardinals: "il ventuno maggio"
            yield from (item for item in self._spelled(index) if 1 <= item[0] <= 31)

    def _year(self, index: int) -> Iterator[tuple[int, int]]:
        yield from self._digits(index, 1000, 2199, range(4, 5))
        if self.lexicon.pieces:
            yield from (item for item in self._spelled(index) if 1000 <= item[0] <= 2199)

    def _two_years(self, index: int) -> Iterator[tuple[int, int]]:
        """Two years in a row as one season: "2021/22"."""
        if index < len(self.tokens) and (found := _TWO_YEARS.match(self.text, self.starts[index])):
            first, second, end = int(found[1]), int(found[2]), self._at_end.get(found.end())
            if end and second in (first + 1, (first + 1) % 100) and self._clear_before(index):
                yield first, end

    def _roman(self, index: int) -> Iterator[tuple[int, int]]:
        key = self.keys[index] if index < len(self.tokens) else ""
        if key and key[0] in ROMAN and self._capital(index) and all(letter in ROMAN for letter in key):
            values = [ROMAN[letter] for letter in key]
            yield sum(-v if v < max(values[i:]) else v for i, v in enumerate(values)), index + 1

    def clear(self, start: int, end: int) -> bool:
        """Whether tokens `start` to `end` stand free: no digits or letters are glued to their digits."""
        if self.keys[start][0].isdecimal() and self.glued(start):
            before = self.keys[start - 1]
            if before == "-" and self.glued(start - 1) and self.keys[start - 2][0].isalnum():
                return self.keys[start - 2] in self.lexicon.words.get("edgeword", {})  # "mid-2023", but not "A-2023"
            if not self._clear_before(start):
                return False
        if self.keys[end - 1][0].isdecimal() and self.glued(end):
            after = self.keys[end]
            if (after[0].isalnum() and not is_unspaced(after)) or not self._clear_after(end):
                return False
            return not (after == "-" and self.glued(end + 1) and self.keys[end + 1][0].isdecimal())
        return True


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
        if value in (100, 1000):
            current = max(current, 1) * value
            if value == 1000:
                total, current = total + current, 0
        else:
            current += value
    return total + current
