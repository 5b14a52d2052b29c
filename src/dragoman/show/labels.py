"""The words in which findings are shown, the same on every screen.

In: findings and the `Reading` they are from. Out: short strings for people ("15 Jun 2022", "CHN GOV → RUS GOV",
"possible"), with nothing in them that a screen would obey. What is not known is a dash.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import Literal

from babel import Locale, UnknownLocaleError
from babel.dates import format_date

from dragoman.records import Count, Event, Interval, Place, Reading, Span, Statement, When
from dragoman.show.pieces import inert

NOTHING = "–"
TOLD_AS_FACT = "told by the outlet itself, as something that has happened"
NOT_A_FACT = "told by others, denied, negated, uncertain, or not (yet) so"


def language_name(code: str) -> str:
    """The English name of a language; the code where it is not known."""
    try:
        return Locale.parse(code).get_language_name("en") or code
    except (UnknownLocaleError, ValueError):
        return inert(code)


def interval_label(interval: Interval | None) -> str:
    """Days as people write them, no more exact than they are known."""
    if interval is None:
        return NOTHING
    start, end = interval.start, interval.end
    if start == end:
        return _day(start, "d MMM y")
    if interval.precision == "year" and start.year == end.year:
        return str(start.year)
    if interval.precision == "month" and (start.year, start.month) == (end.year, end.month):
        return _day(start, "MMM y")
    if start.year != end.year:
        return f"{_day(start, 'd MMM y')} – {_day(end, 'd MMM y')}"
    return f"{_day(start, 'd MMM')} – {_day(end, 'd MMM y')}"


def _day(day: datetime.date, pattern: str) -> str:
    return format_date(day, pattern, locale="en")


def words(reading: Reading, spans: Iterable[Span]) -> str:
    """The words of the dispatch on the spans, on one line."""
    return " … ".join(" ".join(inert(span.of(reading.article.text)).split()) for span in spans)


def when_label(reading: Reading, when: When) -> str:
    """The days of a date; where they are not known, its words."""
    return interval_label(when.interval) if when.interval else f"“{words(reading, [when.span])}”"


def event_date(reading: Reading, event: Event) -> str:
    return when_label(reading, reading.date(event.date)) if event.date else NOTHING


def event_place(reading: Reading, event: Event) -> str:
    """Where it happened: "Kyiv, UKR"; empty where nothing tells."""
    return place_label(reading.place(event.place)) if event.place else ""


def place_label(place: Place) -> str:
    land = place.country if place.country != place.name else None
    return ", ".join(inert(part) for part in (place.name, land) if part)


def count_label(count: Count) -> str:
    """What is told of one kind: "at least 20 killed", "20 to 30 injured", "crowd of about 300"."""
    low, best, high = count.low, count.best, count.high
    if low is not None and high is not None:
        number = f"{low:,}" if low == high else f"{low:,} to {high:,}"
    elif low is not None:
        number = f"at least {low:,}"
    elif high is not None:
        number = f"at most {high:,}"
    else:
        number = f"about {best:,}"
    return f"crowd of {number}" if count.of == "crowd" else f"{number} {count.of}"


def event_counts(event: Event) -> str:
    return ", ".join(map(count_label, event.counts))


def parties(reading: Reading, event: Event, by: Literal["code", "name"]) -> str:
    """Actors and recipients: "CHN GOV → RUS GOV" by code, "Xi Jinping → Vladimir Putin" by name."""

    def listed(ids: Iterable[str]) -> str:
        return ", ".join(dict.fromkeys(inert(getattr(reading.actor(id), by)) for id in ids))

    return " → ".join([listed(event.actors) or NOTHING, *([listed(event.recipients)] if event.recipients else [])])


def event_type(event: Event) -> str:
    return inert(" ".join([event.type, *event.modes]))


def qualities(event: Event) -> list[str]:
    """What keeps an event from being a plain affirmed, certain, past one."""
    found = [event.polarity] if event.polarity != "affirmed" else []
    found += [event.certainty] if event.certainty != "certain" else []
    found += [event.time] if event.time != "past" else []
    return [*found, *(["background"] if event.background else [])]


def source_label(reading: Reading, statement: Statement) -> str:
    """Who says it: the name where it is known, else the words of the dispatch."""
    if statement.sources:
        return ", ".join(inert(reading.actor(source).name) for source in statement.sources)
    return words(reading, [statement.source_span]) if statement.source_span else "unnamed"


def told_by(reading: Reading, event: Event) -> str:
    """Whose word the event is: the innermost source, then those who pass it on."""
    return " via ".join(source_label(reading, reading.statement(id)) for id in event.according_to) or NOTHING


def denied_by(reading: Reading, event: Event) -> str:
    sources = (source_label(reading, reading.statement(id)) for id in event.denied_by)
    return ", ".join(dict.fromkeys(sources)) or NOTHING


def stance_label(statement: Statement) -> str:
    return statement.stance if statement.polarity == "affirmed" else f"not: {statement.stance}"


def nested(statements: Iterable[Statement]) -> Iterator[tuple[int, Statement]]:
    """The statements with the depth of their nesting, each right after the one it is told in."""
    statements = list(statements)
    inside: dict[str | None, list[Statement]] = {}
    for statement in statements:
        inside.setdefault(statement.within, []).append(statement)
    shown: set[str] = set()
    # A statement that is, by mistake, told within itself is in nobody's branch: it follows at the end.
    for root in (*inside.get(None, ()), *statements):
        waiting = [(0, root)]
        while waiting:
            depth, statement = waiting.pop()
            if statement.id not in shown:
                shown.add(statement.id)
                yield depth, statement
                waiting += [(depth + 1, inner) for inner in reversed(inside.get(statement.id, ()))]
