"""How many: the numbers that words tell, with the bounds they leave.

In: the words of a sentence and a language's `NumberWords`. Out: `Quantity`s: "at least 20", "between 20 and 30", "dozens",
"duemila". What they count is for others to say.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dragoman.languages import Language
from dragoman.parse.words import Word

WHOLE = re.compile(r"\d{1,3}(?:[.,\u00a0\u202f’']\d{3})+|\d+")
DECIMAL = re.compile(r"(\d+)[.,](\d{1,2})")
LED = re.compile(r"(\d+(?:[.,]\d{3})*)([^\W\d_]+)")
MOST = 20_000_000  # more people are in no event


@dataclass(frozen=True)
class NumberWords:
    """Words of number in one language: those of dates.toml, and `[numbers]` and `[bounds]` of counts.toml.

    `least` are words that tell but a least number ("dozens"), `round` those that tell one roughly ("una trentina"),
    `joints` what joins the parts of a number ("two hundred and fifty").
    """

    words: Mapping[str, int]
    pieces: re.Pattern[str] | None
    multipliers: Mapping[str, int]
    least: Mapping[tuple[str, ...], int]
    round: Mapping[tuple[str, ...], int]
    bounds: Mapping[str, tuple[tuple[str, ...], ...]]
    linked: frozenset[str]
    joints: frozenset[str]


def number_words(language: Language) -> NumberWords:
    """The number words of a language."""
    table = language.table("counts")
    numbers = table.get("numbers", {})
    dates: Mapping[str, Any] = language.table("dates").get("numbers", {})
    words = {str(word): int(value) for word, value in dates.get("words", {}).items()}
    multipliers: Mapping[str, int] = numbers.get("multipliers", {})
    longest = sorted({**words, **multipliers}, key=len, reverse=True)
    bounds: Mapping[str, Sequence[str]] = table.get("bounds", {})
    return NumberWords(
        words={**words, **multipliers},
        pieces=re.compile("|".join(map(re.escape, longest))) if dates.get("joined") else None,
        multipliers=multipliers,
        least=_phrases(numbers.get("least", {})),
        round=_phrases(numbers.get("round", {})),
        bounds={name: tuple(sorted(map(tokens_of, some), key=len, reverse=True)) for name, some in bounds.items()},
        linked=frozenset(table.get("linked", ())),
        joints=frozenset(language.table("actors").get("grammar", {}).get("and", ())),
    )


def tokens_of(phrase: str) -> tuple[str, ...]:
    """The words of a phrase as a sentence has them."""
    return tuple(phrase.lower().replace("'", "' ").split())


def _phrases(table: Mapping[str, int]) -> dict[tuple[str, ...], int]:
    return {tokens_of(phrase): value for phrase, value in table.items()}


@dataclass(frozen=True, slots=True)
class Quantity:
    """Words `[first, end)` that say how many; `bare` begins at the number itself, behind "at least"."""

    first: int
    bare: int
    end: int
    low: int | None
    best: int | None
    high: int | None

    @property
    def is_known(self) -> bool:
        known = [value for value in (self.low, self.best, self.high) if value is not None]
        return bool(known) and 0 < max(known) <= MOST


_Number = tuple[int | None, int | None, int | None, int]  # low, best, high, and where it ends


class Numbers:
    """Finds the quantities of a sentence."""

    def __init__(self, words: Sequence[Word], lexicon: NumberWords) -> None:
        self._words = words
        self._low = [word.text.lower().replace("’", "'") for word in words]
        self._lexicon = lexicon

    def find(self) -> list[Quantity]:
        """The quantities in order. "Between 20 and 30", "20 to 30" and "20-30" are one."""
        found: list[Quantity] = []
        at = 0
        while at < len(self._words):
            quantity = self._quantity(at)
            if quantity is None:
                at += 1
                continue
            if quantity.is_known:
                found.append(quantity)
            at = quantity.end
        return found

    def _quantity(self, at: int) -> Quantity | None:
        number = self._number(at)
        if number is None:
            return None
        low, best, high, end = number
        first, exact = at, low is not None and low == high
        between, second = self._range(at, end)
        if second is not None and best is not None:
            high, end = second[1], second[3]
            if high is None or best > high:
                return Quantity(at, at, end, None, None, None)
            return Quantity(between, at, end, best, None, high)
        bound, first = self._bound(at)
        if bound == "low":
            low, high = best if best is not None else low, None
        elif bound == "high":
            low, high = None, best if best is not None else high
        elif bound == "about" and exact:
            low = high = None
        if exact and any(self._at(phrase, end) for phrase in self._lexicon.bounds.get("or_more", ())):
            high, end = None, end + len(self._lexicon.bounds["or_more"][0])
        return Quantity(first, at, end, low, best, high)

    def _range(self, at: int, end: int) -> tuple[int, _Number | None]:
        """The second number of a range, and where the range begins."""
        if end >= len(self._words):
            return at, None
        begins = at > 0 and (self._low[at - 1],) in self._lexicon.bounds.get("between", ())
        joint = (self._low[end],) in self._lexicon.bounds.get("and", ())
        dash = self._low[end] in ("-", "–", "—")
        if at > 0 and (self._low[at - 1],) in self._lexicon.bounds.get("from", ()):
            return at, None
        if not dash and not (joint and (begins or not self._is_conjunction(end))):
            return at, None
        second = self._number(end + 1)
        if second is None or second[1] is None:
            return at, None
        return at - 1 if begins else at, second

    def _is_conjunction(self, at: int) -> bool:
        """ "20 and 30" are two numbers, "20 or 30" and "20 to 30" are one."""
        return (self._low[at],) == self._lexicon.bounds.get("and", ((),))[0] or self._low[at] in self._lexicon.joints

    def _bound(self, at: int) -> tuple[str, int]:
        """Which bound the words before a number say, and where they begin."""
        first, kind = at, ""
        for _ in range(2):  # "at least some 20", "more than the 20"
            longest = max(
                (
                    (len(phrase), name)
                    for name in ("low", "high", "about", "exact")
                    for phrase in self._lexicon.bounds.get(name, ())
                    if first >= len(phrase) and tuple(self._low[first - len(phrase) : first]) == phrase
                ),
                default=None,
            )
            if longest is None:
                break
            first -= longest[0]
            kind = longest[1] if kind in ("", "about", "exact") else kind
        return kind, first if kind != "exact" else at

    def _at(self, phrase: tuple[str, ...], at: int) -> bool:
        return tuple(self._low[at : at + len(phrase)]) == phrase

    def _number(self, at: int) -> _Number | None:
        """Low, best and high of the number that begins at a word, and where it ends."""
        lexicon = self._lexicon
        if at >= len(self._words):
            return None
        for table, vague in ((lexicon.least, True), (lexicon.round, False)):
            best = max((p for p in table if self._at(p, at)), key=len, default=None)
            if best is not None and not (at > 0 and self._value(at - 1) is not None):
                end = at + len(best)
                again = (self._low[end + 1],) if end + 1 < len(self._words) and self._low[end] in lexicon.linked else ()
                if vague and again in table:  # "dozens of hundreds"
                    return None
                return (table[best], None, None, end) if vague else (None, table[best], None, end)
        total, current, end = 0, 0, at
        adds = multiplied = True  # whether what comes next is a part of this number
        while end < len(self._words):
            value = self._value(end)
            if value is None:
                following = self._value(end + 1) if end + 1 < len(self._words) else None
                joint = multiplied and end > at and self._low[end] in lexicon.joints
                hyphen = self._low[end] == "-" and current >= 20 and current % 10 == 0
                spelt = hyphen and not self._low[end - 1].isdigit()
                if following is None or not ((joint and following < 100) or (spelt and following < 10)):
                    break
                adds, multiplied = True, False
                end += 1
                continue
            factor = self._low[end] in lexicon.multipliers
            if not (factor or adds or multiplied or (current % 100 >= 20 and value < 10)):
                break  # two numbers in a row
            if factor and value >= 1000:
                total, current = total + max(current, 1) * value, 0
            elif factor:
                current = max(current, 1) * value
            else:
                current += value
            adds, multiplied = False, factor
            end += 1
        if end == at:
            return None
        fraction = DECIMAL.fullmatch(self._low[at])
        if fraction and end == at + 2 and multiplied:
            value = round(float(f"{fraction[1]}.{fraction[2]}") * lexicon.multipliers[self._low[at + 1]])
            return value, value, value, end
        if fraction:
            return None, None, None, end
        value = total + current
        return value, value, value, end

    def _value(self, at: int) -> int | None:
        """The number that one word is."""
        text = self._low[at]
        if self._words[at].pos == "AUX":  # "sei" is a verb too
            return None
        if WHOLE.fullmatch(text):
            digits = "".join(filter(str.isdecimal, text))
            return int(digits) if len(digits) < 12 else None
        if fraction := DECIMAL.fullmatch(text):
            return int(fraction[1])
        if text in self._lexicon.words:
            return self._lexicon.words[text]
        if (led := LED.fullmatch(text)) and led[2] in self._lexicon.multipliers:  # "10mila"
            return int("".join(filter(str.isdecimal, led[1]))) * self._lexicon.multipliers[led[2]]
        if "-" in text:
            parts = [self._lexicon.words.get(part) for part in text.split("-")]
            if len(parts) == 2 and parts[0] and parts[1] and parts[0] % 10 == 0 and parts[1] < 10:
                return parts[0] + parts[1]
        return self._joined(text)

    def _joined(self, text: str) -> int | None:
        """A number written as one word: "duemilacinquecento"."""
        pieces = self._lexicon.pieces
        if pieces is None or not text.isalpha():
            return None
        at, total, current = 0, 0, 0
        while at < len(text):
            found = pieces.match(text, at)
            if found is None:
                return None
            value = self._lexicon.words[found[0]]
            if value >= 1000:
                total, current = total + max(current, 1) * value, 0
            elif value == 100:
                current = max(current, 1) * 100
            else:
                current += value
            at = found.end()
        return total + current
