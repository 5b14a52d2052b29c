"""Dates in an article, read as a news reader reads them.

In: the text, a language's `DateLexicon`, and when the article was published, as far as that is known. Out: `When`s in order,
with the days they mean. The day of the story is the dateline's where there is one, else the publication's; where it is known
only to the month, a weekday stays open unless the text itself names its day. No date is ever put in the place of another.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dragoman.extract.dates.calendar import Day
from dragoman.extract.dates.days import happening_meant
from dragoman.extract.dates.lexicon import DateLexicon, tokens_of
from dragoman.extract.dates.meanings import MEANINGS
from dragoman.extract.dates.patterns import Match
from dragoman.extract.dates.situation import Births, Dated, Situation, Surroundings, Tense, date_of
from dragoman.extract.dates.text import DateText
from dragoman.records import Interval, Span, When

_SENTENCE_END = re.compile(r"[.!?]['\"»”)]*\s+(?=[^\W\d_a-zà-ÿ])|\n")
# What follows the date of a dateline: "(Reuters) -", "-", ":".
_AFTER_DATELINE = re.compile(r"\.?,?\s{0,3}(?:\([^()\n]{1,40}\)\s{0,3})?(?:[-–—]|:\s)")
_END_OF_LINE = re.compile(r"[ \t.]*(?:\n|$)")
_DATELINE_WITHIN = 1500  # characters from the start
_DATELINE_REACH = 31  # days between a dateline without a year and publication


_SENTENCE_STOPS = frozenset(".!?")


_NOWHERE = Surroundings()


@dataclass(frozen=True, slots=True)
class Landmark:
    """A known happening that a text names, and when it was."""

    span: Span
    value: str
    interval: Interval


def find_dates(
    text: str, lexicon: DateLexicon, published: Interval | None, around: Surroundings = _NOWHERE
) -> tuple[When, ...]:
    """The time expressions of a text. `around` is what the rest of the reading knows of its places."""
    read = DateText(text, lexicon, around.governs, around.counts)
    matches = [match for match in read.matches() if match.group.means != "nothing"]
    at = Situation(
        today=published, today_from="published" if published else None, last=None, near=None, told=None, tense=None,
        settled={}, births=Births(), numeric_order=lexicon.numeric_order, zones=lexicon.zones, feasts=lexicon.feasts,
        movable=lexicon.movable, happenings=lexicon.happenings, national_days=lexicon.national_days, meanings=MEANINGS,
    )  # fmt: skip
    if dateline := _dateline(text, read, matches, at):
        at = replace(at, today=Interval.of_day(dateline), today_from="dateline")
    found = list(_resolved(text, read, matches, at, around))
    if at.day is None and (settled := _settled(found, published)):
        found = list(_resolved(text, read, matches, replace(at, settled=settled), around))
    shown = [item for item in found if not item[2].hidden]
    landmarks = find_landmarks(text, lexicon, published) if shown else ()
    shown = [(start, end, _of_landmark(start, end, dated, landmarks), match) for start, end, dated, match in shown]
    return tuple(
        When(f"d{number}", Span(start, end), dated.value, dated.type, dated.interval, dated.anchor)
        for number, (start, end, dated, _) in enumerate(shown, start=1)
    )


def _of_landmark(start: int, end: int, dated: Dated, landmarks: Sequence[Landmark]) -> Dated:
    """ "The October 7 attacks": a day in the name of a known happening is that one's day, not the last October 7."""
    at = bisect.bisect_right(landmarks, start, key=lambda mark: mark.span.start) - 1
    if at < 0 or landmarks[at].span.end < end or dated.type != "DATE":
        return dated
    first = landmarks[at].interval.start
    if not dated.value.endswith(first.isoformat()[4:]):
        return dated
    return Dated(first.isoformat(), "DATE", Interval.of_day(first), "calendar")


def find_landmarks(text: str, lexicon: DateLexicon, published: Interval | None) -> tuple[Landmark, ...]:
    """The known happenings that a text names, in order: "the invasion of Ukraine"."""
    phrases = lexicon.words.get("happening", {})
    tokens = tokens_of(text)
    keys = [key for key, _, _ in tokens]
    found: list[Landmark] = []
    for index, key in enumerate(keys):
        fits = [
            (len(phrase), name)
            for phrase, name in phrases.get(key, ())
            if tuple(keys[index : index + len(phrase)]) == phrase
        ]
        if not fits:
            continue
        size, name = max(fits)
        span = Span(tokens[index][1], tokens[index + size - 1][2])
        if found and found[-1].span.overlaps(span):
            continue
        if days := happening_meant(lexicon.happenings[name], published):
            value = days.start.isoformat() if days.day else f"{days.start.isoformat()}/{days.end.isoformat()}"
            found.append(Landmark(span, value, days))
    return tuple(found)


def _resolved(
    text: str, read: DateText, matches: Sequence[Match], at: Situation, around: Surroundings
) -> Iterator[tuple[int, int, Dated, Match]]:
    """The matches that are dates, each resolved in the light of those before it."""
    sentence_ends = [found.end() for found in _SENTENCE_END.finditer(text)]
    last: Interval | None = None
    near: Interval | None = None
    told: Interval | None = None
    sentence = -1
    for index, match in enumerate(matches):
        here = bisect.bisect_right(sentence_ends, read.starts[match.start])
        if here != sentence:
            told = last if last and last.day else told
            near = None
        sentence = here
        given: dict[str, object] = {}
        later: list[tuple[int, int, Dated, Match]] = []
        for start, end, parts in reversed(match.segments):  # "between April and June 2022": the first takes the year
            start_at, end_at = read.starts[start], read.ends[end - 1]
            beside = _day_beside(read, matches, index, at) if match.group.means == "time" else None
            situation = replace(
                at, last=last, near=beside or near, told=told,
                tense="future" if _looks_ahead(read, start, around.tense(start_at)) else around.tense(start_at),
                births=around.births(start_at, end_at) if _tells_birthday(match) else at.births,
            )  # fmt: skip
            dated = date_of(match, situation, {**given, **parts})
            given = {**parts}
            if dated:
                if text[end_at - 1] == "." and not text[end_at - 2 : end_at - 1].isupper() and end - start > 1:
                    end_at -= 0 if match.group.means == "time" else 1
                later.append((start_at, end_at, dated, match))
        for item in _in_order(later[::-1], match, at):
            dated = item[2]
            if dated.interval and dated.type in ("DATE", "TIME"):
                last = dated.interval
                near = last if last.day else near
            yield item


def _in_order(
    items: list[tuple[int, int, Dated, Match]], match: Match, at: Situation
) -> list[tuple[int, int, Dated, Match]]:
    """ "From June through August": the second month comes after the first."""
    if match.group.means != "month" or len(items) != 2 or any("year" in parts for _, _, parts in match.segments):
        return items
    (*_, first, _), (start, end, second, _) = items
    if first.interval and second.interval and second.interval.end < first.interval.start:
        after = date_of(match, replace(at, today=first.interval, tense="future"), match.segments[1][2])
        items[1] = (start, end, replace(after, anchor=second.anchor) if after else second, match)
    return items


def _tells_birthday(match: Match) -> bool:
    return match.group.means == "birthday" or any(
        isinstance(part, Match) and part.group.means == "birthday" for part in match.parts.values()
    )


def _day_beside(read: DateText, matches: Sequence[Match], index: int, at: Situation) -> Interval | None:
    """The day right after a time: "at 16:15 UTC, June 1st"."""
    if index + 1 < len(matches):
        after = matches[index + 1]
        if after.start - matches[index].end <= 2 and "aday" in after.group.makes and (dated := date_of(after, at)):
            return dated.interval
    return None


def _looks_ahead(read: DateText, start: int, tense: Tense | None) -> bool:
    """Whether words that look ahead stand right before the date: "until Friday", "due in July", "entro marzo". Where they open a
    sentence in the past tense they do not: "By Friday the town had fallen"."""
    keys = read.keys[max(0, start - 6) : start]
    while keys and keys[-1] in read.lexicon.articles:
        keys.pop()
    found = next((phrase for phrase in read.lexicon.ahead if tuple(keys[-len(phrase) :]) == phrase), None)
    if found is None:
        return False
    before = keys[: -len(found)]
    return bool(before and before[-1] not in _SENTENCE_STOPS) or tense != "past"


def _dateline(text: str, read: DateText, matches: Sequence[Match], at: Situation) -> Day | None:
    """The day of the story from "ROME, June 15 (Reuters) -" or from a line that is a full date."""
    for match in matches:
        start, end = read.starts[match.start], read.ends[match.end - 1]
        if start > _DATELINE_WITHIN:
            return None
        if "aday" not in match.group.makes or match.group.means not in ("day", "numeric"):
            continue
        alone = _in_dateline(text, start, end)
        if alone is None:
            continue
        dated = date_of(match, at)
        if dated is None or dated.interval is None or dated.interval.day is None:
            continue
        if dated.anchor == "text":
            return dated.interval.day
        if not alone and at.today and abs((at.today.end - dated.interval.day).days) <= _DATELINE_REACH:
            return dated.interval.day
    return None


def _is_place(words: str) -> bool:
    """Whether the words before a date may be the place of a dateline: few, and those of length capitalised."""
    parts = words.rstrip(",.- ").split()
    return 1 <= len(parts) <= 7 and len(words) <= 60 and all(not part[0].islower() or len(part) <= 3 for part in parts)


def dateline_of(text: str, dates: Sequence[When]) -> When | None:
    """The date that says on which day the story was written: a dateline's, or a line that is a full date."""
    for when in dates:
        if when.span.start > _DATELINE_WITHIN:
            return None
        if (
            (
                when.type == "DATE"
                and when.interval
                and when.interval.day
                and when.anchor in ("text", "published", "dateline")
            )
            and when.span.of(text)[:1].isalnum()
            and _in_dateline(text, when.span.start, when.span.end) is not None
        ):
            return when
    return None


def _in_dateline(text: str, start: int, end: int) -> bool | None:
    """Whether a date stands in a line of its own (True), in a dateline (False), or in neither (None)."""
    line = text.rfind("\n", 0, start) + 1
    place = text[line:start].strip()
    if not place and _END_OF_LINE.match(text, end):
        return True
    return False if _is_place(place) and _AFTER_DATELINE.match(text, end) else None


def _settled(found: Sequence[tuple[int, int, Dated, Match]], published: Interval | None) -> dict[int, tuple[Day, str]]:
    """Days that the text names for weekdays: "Wednesday, June 15" says which Wednesday the others are.

    In the month of publication any day of that weekday will do that the text tells, a birthday too; elsewhere only a date
    that names the weekday with it. A weekday with two such days stays open.
    """
    named: dict[int, dict[Day, str]] = {}
    for _, _, dated, match in found:
        day = dated.interval.day if dated.interval and dated.type == "DATE" else None
        if day is None or match.group.means == "weekday":
            continue
        evidence = dated.anchor if dated.anchor in ("birthday", "calendar") else "date"
        if "weekday" in match.parts or (published and published.start <= day <= published.end):
            named.setdefault(day.isoweekday(), {}).setdefault(day, evidence)
    return {weekday: next(iter(days.items())) for weekday, days in named.items() if len(days) == 1}
