"""brat standoff: a folder with a text and an annotation file an article, and the `annotation.conf` that names all labels.

In: readings. Out: the folder. Offsets are code points, as brat counts them. `names.tsv` says which file is which article.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from dragoman import ontology
from dragoman.export.flat import write_row
from dragoman.export.loss import Loss
from dragoman.records import Event, Reading, Span, Statement

_KINDS = {"state": "State", "person": "Person", "organization": "Organization", "group": "Group"}
_ATTRIBUTES = {
    "Negated": "",
    "Background": "",
    "Certainty": "probable|possible|unknown",
    "Time": "present|future|habitual",
    "Stance": "assert|deny|confirm|ask|demand|promise|threaten|accuse|praise|doubt|believe|decline",
}


def write(readings: Iterable[Reading], path: Path, loss: Loss) -> None:
    """Writes a folder, which must be there and empty."""
    (path / "annotation.conf").write_text(_configuration(), encoding="utf-8")
    with (path / "names.tsv").open("w", encoding="utf-8") as names:
        for number, reading in enumerate(readings, 1):
            name = f"{number:06}"
            write_row(names, (name, reading.article.id), "")
            (path / f"{name}.txt").write_text(reading.article.text, encoding="utf-8", newline="")
            (path / f"{name}.ann").write_text("".join(_Standoff(reading, loss).lines()), encoding="utf-8")
            loss.articles += 1


class _Standoff:
    """The annotations of one article."""

    def __init__(self, reading: Reading, loss: Loss) -> None:
        self._reading = reading
        self._loss = loss
        self._lines: list[str] = []
        self._counts = {"T": 0, "E": 0, "A": 0, "#": 0}
        self._spots: dict[tuple[str, tuple[Span, ...]], str] = {}

    def lines(self) -> list[str]:
        reading = self._reading
        for actor in reading.actors:
            for span in actor.mentions:
                spot = self._spot(_KINDS[actor.kind], (span,))
                codes = " ".join(part for part in (actor.name, actor.country, *actor.sectors) if part)
                self._add("#", f"AnnotatorNotes {spot}\t{_line(codes)}")
        for place in reading.places:
            for span in place.mentions:
                self._spot("Place", (span,))
        for when in reading.dates:
            spot = self._spot("Date", (when.span,))
            self._add("#", f"AnnotatorNotes {spot}\t{_line(when.value)}")
        statements = {statement.id: self._statement(statement) for statement in reading.statements}
        for statement in reading.statements:
            for name, other in (("Within", statement.within), ("Denies", statement.denies)):
                if other and other != statement.id:
                    self._lines[statements[statement.id][1]] += f" {name}:{statements[other][0]}"
        for event in reading.events:
            self._event(event, {id: mark for id, (mark, _) in statements.items()})
        self._loss.rows += len(self._lines)
        return [f"{line}\n" for line in self._lines]

    def _statement(self, statement: Statement) -> tuple[str, int]:
        """The mark of a statement, and which line it is."""
        cue = self._spot("Statement", statement.cue or statement.content)
        roles = [f"Statement:{cue}"]
        if statement.content:
            roles.append(f"Content:{self._spot('Content', statement.content)}")
        roles += self._parties("Source", statement.sources, (statement.cue or statement.content)[0])
        mark = self._add("E", " ".join(roles))
        line = len(self._lines) - 1
        self._add("A", f"Stance {mark} {statement.stance}")
        return mark, line

    def _event(self, event: Event, statements: dict[str, str]) -> None:
        self._loss.events += 1
        self._loss.note("evidence", len(event.evidence))
        self._loss.note("counts", len(event.counts))
        self._loss.note("contexts", len(event.contexts))
        self._loss.note("mentions", len(event.mentions) - 1)
        roles = [f"{event.type}:{self._spot(event.type, (event.trigger,))}"]
        roles += self._parties("Actor", event.actors, event.trigger)
        roles += self._parties("Recipient", event.recipients, event.trigger)
        if event.date:
            roles.append(f"When:{self._spot('Date', (self._reading.date(event.date).span,))}")
        if event.place:
            roles.append(f"Where:{self._spot('Place', (self._reading.place(event.place).mentions[0],))}")
        for role, told in (("AccordingTo", event.according_to), ("DeniedBy", event.denied_by)):
            roles += [f"{role}{_nth(number)}:{statements[id]}" for number, id in enumerate(told)]
        mark = self._add("E", " ".join(roles))
        if event.polarity == "negated":
            self._add("A", f"Negated {mark}")
        if event.background:
            self._add("A", f"Background {mark}")
        if event.certainty != "certain":
            self._add("A", f"Certainty {mark} {event.certainty}")
        if event.time != "past":
            self._add("A", f"Time {mark} {event.time}")
        if event.modes:
            self._add("#", f"AnnotatorNotes {mark}\t{_line(' '.join(event.modes))}")

    def _parties(self, role: str, actors: Sequence[str], near: Span) -> list[str]:
        """Each actor at the mention that stands nearest."""
        found: list[str] = []
        for number, id in enumerate(actors):
            actor = self._reading.actor(id)
            mention = min(actor.mentions, key=lambda span: abs(span.start - near.start))
            found.append(f"{role}{_nth(number)}:{self._spot(_KINDS[actor.kind], (mention,))}")
        return found

    def _spot(self, label: str, spans: Sequence[Span]) -> str:
        """The mark of a stretch of text, one for the same stretch and label; a stretch ends where a line does."""
        key = (label, tuple(spans))
        if key not in self._spots:
            text = self._reading.article.text
            parts = [part for span in sorted(set(spans)) for part in _within_lines(text, span)]
            parts = parts or [(span.start, span.end) for span in spans]
            where = ";".join(f"{start} {end}" for start, end in parts)
            words = " ".join(text[start:end] for start, end in parts)
            self._spots[key] = self._add("T", f"{label} {where}\t{_line(words)}")
        return self._spots[key]

    def _add(self, kind: str, rest: str) -> str:
        self._counts[kind] += 1
        mark = f"{kind}{self._counts[kind]}"
        self._lines.append(f"{mark}\t{rest}")
        return mark


def _within_lines(text: str, span: Span) -> list[tuple[int, int]]:
    """The parts of a span that lie on one line each, as brat wants them."""
    parts: list[tuple[int, int]] = []
    at = span.start
    for line in span.of(text).split("\n"):
        kept = line.strip("\r")
        if kept.strip():
            parts.append((at, at + len(kept)))
        at += len(line) + 1
    return parts


def _nth(number: int) -> str:
    """brat numbers roles that occur more than once: Actor, Actor2, Actor3."""
    return str(number + 1) if number else ""


def _line(words: str) -> str:
    return words.replace("\n", " ").replace("\r", " ").replace("\t", " ")


def _configuration() -> str:
    """All labels, for brat."""
    party = "|".join(_KINDS.values())
    events = [
        f"{name}\tActor*:{party}, Recipient*:{party}, When?:Date, Where?:Place, AccordingTo*:Statement, DeniedBy*:Statement"
        for name in sorted(ontology.load().types)
    ]
    statement = f"Statement\tSource*:{party}, Content?:Content, Within?:Statement, Denies?:Statement"
    attributes = [
        f"{name}\tArg:<EVENT>" + (f", Value:{values}" if values else "") for name, values in _ATTRIBUTES.items()
    ]
    return "\n".join(
        ["[entities]", *_KINDS.values(), "Place", "Date", "Content", "[relations]", "[events]", *events, statement,
         "[attributes]", *attributes, ""]
    )  # fmt: skip
