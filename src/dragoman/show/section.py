"""One reading as HTML: the text with its findings underlined, and beside it every finding with what it rests on.

In: a `Reading`, and of a long one the part that is shown. Out: a section of a page. Everything that comes from a dispatch is
escaped. Links lead from each finding to its entry and back, to another part where it is shown there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

from dragoman.records import Actor, Event, Reading, Span, Statement, When
from dragoman.show import labels
from dragoman.show.pieces import Mark, MarkKind, Piece, cut, inert, marks_of
from dragoman.show.shell import text

CLASSES: dict[MarkKind, str] = {
    "actor": "actor", "date": "date", "cue": "cue", "content": "said", "event": "event",
}  # fmt: skip
# The first letter of an entry's anchor. Cue and content both lead to their statement.
LETTERS: dict[MarkKind, str] = {"actor": "a", "date": "d", "cue": "s", "content": "s", "event": "e"}
MENTIONS = 8  # different words for one actor that are listed


@dataclass(frozen=True, slots=True)
class Part:
    """The part of a long text that is shown, and the address of the part in which a position is."""

    span: Span
    address: Callable[[int], str]


# What is put below an entry: of which kind of finding ("event", "statement", "actor", "date"), and its id.
Tools = Callable[[str, str], str]


def section(reading: Reading, number: int = 0, *, part: Part | None = None, tools: Tools | None = None) -> str:
    """A reading, the one of that number on its page. `tools` gives HTML of the caller's own for each finding."""
    return _Section(reading, f"r{number}", part, tools or (lambda kind, id: "")).html()


def anchor(reading: Reading, letter: str, id: str) -> str:
    """The anchor of a finding on the page of one reading: "e" for an event, "s" a statement, "a" an actor, "d" a date."""
    return _anchors(reading, "r0")[letter, id]


def _anchors(reading: Reading, prefix: str) -> dict[tuple[str, str], str]:
    """Anchors are counted anew: a finding's own id may hold anything."""
    kinds = (("a", reading.actors), ("d", reading.dates), ("s", reading.statements), ("e", reading.events))
    return {
        (letter, finding.id): f"{prefix}{letter}{number}"
        for letter, findings in kinds
        for number, finding in enumerate(findings)
    }


def title(reading: Reading) -> str:
    """The headline, else the id."""
    return reading.article.title or reading.article.id


class _Section:
    """One reading, with the anchors of its findings and where in the text each of them first stands."""

    def __init__(self, reading: Reading, prefix: str, part: Part | None, tools: Tools) -> None:
        self.reading = reading
        self.prefix = prefix
        self.part = part
        self.tools = tools
        self.anchors = _anchors(reading, prefix)
        marks = marks_of(reading)
        # Where a finding is first, for links to other parts.
        self.positions: dict[str, int] = {}
        for mark in marks:
            anchor = self._anchor(mark)
            self.positions[anchor] = min(self.positions.get(anchor, mark.span.start), mark.span.start)
        words = reading.article.text
        if part:
            marks = list(_within(marks, part.span))
            words = part.span.of(words)
        self.pieces = list(cut(words, marks))
        self.shown = {self._anchor(mark) for mark in marks} if part else set(self.anchors.values())
        self.first: dict[str, str] = {}
        for number, piece in enumerate(self.pieces):
            for mark in piece.marks:
                self.first.setdefault(self._anchor(mark), f"{prefix}p{number}")
        self.open_events = {event.id for event in reading.events if not event.is_fact}

    def html(self) -> str:
        article = self.reading.article
        about = [article.outlet, labels.interval_label(article.published) if article.published else "date unknown"]
        about += [labels.language_name(article.language), article.url]
        words = "".join(self._piece(piece, number) for number, piece in enumerate(self.pieces))
        return f"""<section class="reading" id="{self.prefix}">
<a class="skip" href="#{self.prefix}f">Skip to the findings</a>
<article class="dispatch">
<h1 lang="{text(article.language)}" dir="auto">{text(title(self.reading))}</h1>
<p class="about">{" · ".join(text(part) for part in about if part)}</p>
{_LEGEND}
<div class="text" lang="{text(article.language)}" dir="auto">{words.strip()}</div>
</article>
<div class="findings" id="{self.prefix}f" tabindex="-1">
{self._list("Events", [self._event(event) for event in self.reading.events if self._here("e", event.id)], _EVENT_KEY)}
{self._list("Statements", [self._statement(*one) for one in labels.nested(self.reading.statements) if self._here("s", one[1].id)])}
{self._list("Actors", [self._actor(actor) for actor in self.reading.actors if self._here("a", actor.id)])}
{self._list("Dates", [self._date(when) for when in self.reading.dates if self._here("d", when.id)])}
</div>
</section>"""

    # ---- the text ---------------------------------------------------------------------------------------------------

    def _anchor(self, mark: Mark) -> str:
        return self.anchors[LETTERS[mark.kind], mark.finding]

    def _here(self, letter: str, id: str) -> bool:
        return self.anchors[letter, id] in self.shown

    def _piece(self, piece: Piece, number: int) -> str:
        if not piece.marks:
            return escape(piece.text)
        anchors = list(dict.fromkeys(self._anchor(mark) for mark in piece.marks))
        kinds = [mark.kind for mark in piece.marks]
        classes = list(dict.fromkeys(CLASSES[mark.kind] for mark in piece.marks))
        if kinds.count("content") > 1:
            classes.append("deep")
        events = [mark.finding for mark in piece.marks if mark.kind == "event"]
        if events and self.open_events.issuperset(events):
            classes.append("open")
        attributes = f'id="{self.prefix}p{number}" class="{" ".join(classes)}" data-f="{" ".join(anchors)}"'
        if set(kinds) == {"content"}:
            # Not a link: long stretches of links are hard to select and to copy. The cue beside it is one.
            return f"<span {attributes}>{escape(piece.text)}</span>"
        return f'<a href="#{anchors[0]}" draggable="false" {attributes}>{escape(piece.text)}</a>'

    # ---- the lists --------------------------------------------------------------------------------------------------

    def _list(self, name: str, entries: Sequence[str], key: str = "") -> str:
        shown = f"{key}<ul>{''.join(entries)}</ul>" if entries else '<p class="none">None found.</p>'
        return f"<details open><summary>{name} <span>{len(entries)}</span></summary>{shown}</details>"

    def _entry(self, anchor: str, classes: str, near: Iterable[str], head: str, rest: str, aside: str = "") -> str:
        to_text = f' href="#{self.first[anchor]}"' if anchor in self.first else ""
        return (
            f'<li id="{anchor}" class="{classes}" data-near="{" ".join(dict.fromkeys(near))}">'
            f'<div class="top"><a class="head"{to_text} data-pick="{anchor}">{head}</a><span>{aside}</span>{_CLOSE}</div>'
            f"{rest}</li>"
        )

    def _link(self, letter: str, id: str, label: str) -> str:
        anchor = self.anchors[letter, id]
        if self.part and anchor not in self.shown:
            address = self.part.address(self.positions.get(anchor, 0))
            return f'<a href="{escape(address)}#{anchor}"><bdi>{escape(label)}</bdi></a>'
        return f'<a href="#{anchor}" data-pick="{anchor}"><bdi>{escape(label)}</bdi></a>'

    def _links(self, actors: Iterable[str]) -> str:
        return ", ".join(self._link("a", id, inert(self.reading.actor(id).name)) for id in actors)

    def _event(self, event: Event) -> str:
        reading = self.reading
        near = [self.anchors["a", id] for id in (*event.actors, *event.recipients)]
        near += [self.anchors["s", id] for id in (*event.according_to, *event.denied_by)]
        near += [self.anchors["d", event.date]] if event.date else []
        day = self._link("d", event.date, labels.event_date(reading, event)) if event.date else ""
        head = (
            f'<span class="sign" title="{labels.TOLD_AS_FACT if event.is_fact else labels.NOT_A_FACT}">{_sign(event)}</span>'
            f' <span class="type">{text(labels.event_type(event))}</span>'
            f' <span class="more">· {text(labels.parties(reading, event, "code"))}</span>'
        )
        who = self._links(event.actors) or labels.NOTHING
        if event.recipients:
            who += " → " + self._links(event.recipients)
        qualities = "".join(f' · <span class="no">{text(quality)}</span>' for quality in labels.qualities(event))
        told = " via ".join(self._said(id) for id in event.according_to) or "the outlet itself"
        denied = ", ".join(self._said(id) for id in event.denied_by) or labels.NOTHING
        rest = (
            f"<p>{who} · {self._quote([event.trigger])}{qualities}</p>"
            f"<p><span>according to:</span> {told} · <span>denied by:</span> {denied}</p>"
        )
        rest += _small(
            f"{event.polarity}, {event.certainty}, {event.time}", ", ".join(event.contexts), labels.event_place(reading, event) or None, labels.event_counts(event) or None,
            f"{event.quad} {event.score:+g}", f"CAMEO {event.cameo}", rule=event.rule,
        )  # fmt: skip
        classes = text("-".join(event.quad.split()))
        rest += self.tools("event", event.id)
        return self._entry(self.anchors["e", event.id], classes, near, head, rest, aside=day or labels.NOTHING)

    def _said(self, id: str) -> str:
        return self._link("s", id, labels.source_label(self.reading, self.reading.statement(id)))

    def _statement(self, depth: int, statement: Statement) -> str:
        near = [self.anchors["a", source] for source in statement.sources]
        others = [id for id in (statement.within, statement.denies) if id]
        near += [self.anchors["s", id] for id in others]
        head = (
            f"<bdi>{escape(labels.source_label(self.reading, statement))}</bdi>"
            f' <span class="more">·</span> <span class="type">{text(labels.stance_label(statement))}</span>'
        )
        links = [f"told by {self._said(statement.within)}"] if statement.within else []
        links += [f"denies what {self._said(statement.denies)} says"] if statement.denies else []
        rest = f"<p>{self._quote(statement.content, bare=True)}</p>" if statement.content else ""
        rest += f"<p>{' · '.join(links)}</p>" if links else ""
        cue = labels.words(self.reading, statement.cue)
        rest += _small(f"“{cue}”" if cue else None, statement.manner, rule=statement.rule)
        classes = "of-statement" + (" within" if depth else "") + (" deep" if depth > 1 else "")
        rest += self.tools("statement", statement.id)
        return self._entry(self.anchors["s", statement.id], classes, near, head, rest)

    def _actor(self, actor: Actor) -> str:
        head = f'<bdi>{text(actor.name)}</bdi> <span class="more">· {text(actor.code)}</span>'
        different = list(dict.fromkeys(labels.words(self.reading, [span]) for span in actor.mentions))
        mentions = ", ".join(different[:MENTIONS]) + (" …" if len(different) > MENTIONS else "")
        rest = _small(
            actor.kind, actor.title, ", ".join(actor.sectors), f"from: {actor.inferred_from}" if actor.inferred_from else None,
            f"{len(actor.mentions)} × {mentions}",
        )  # fmt: skip
        rest += self.tools("actor", actor.id)
        return self._entry(self.anchors["a", actor.id], "of-actor", (), head, rest)

    def _date(self, when: When) -> str:
        head = f"<bdi>{text(labels.when_label(self.reading, when))}</bdi>"
        rest = f"<p>{self._quote([when.span])}</p>"
        rest += _small(when.type.lower(), when.value, f"read from: {when.anchor}" if when.anchor else None)
        rest += self.tools("date", when.id)
        return self._entry(self.anchors["d", when.id], "of-date", (), head, rest)

    def _quote(self, spans: Iterable[Span], bare: bool = False) -> str:
        """The words; `bare` without quotation marks around them, where they may bring their own."""
        kind, language = ("bare" if bare else "words"), text(self.reading.article.language)
        return f'<q class="{kind}" lang="{language}" dir="auto">{escape(labels.words(self.reading, spans))}</q>'


def _within(marks: Iterable[Mark], span: Span) -> Iterator[Mark]:
    """The marks that lie in a part, counted from its beginning."""
    for mark in marks:
        start, end = max(mark.span.start, span.start), min(mark.span.end, span.end)
        if start < end:
            yield Mark(mark.kind, mark.finding, Span(start - span.start, end - span.start))


_CLOSE = '<button type="button" class="close" aria-label="Close">✕</button>'
_EVENT_KEY = f'<p class="key">● {escape(labels.TOLD_AS_FACT)}<br>○ {escape(labels.NOT_A_FACT)}</p>'


def _sign(event: Event) -> str:
    return "●" if event.is_fact else "○"


def _small(*facts: str | None, rule: str | None = None) -> str:
    shown = [text(fact) for fact in facts if fact]
    shown += [f"<code>{text(rule)}</code>"] if rule else []
    return f'<p class="small">{" · ".join(shown)}</p>'


def _toggles() -> Iterator[str]:
    for name, shown, classes in (
        ("event", "event", "event"),
        ("event", "not a fact", "event open"),
        ("actor", "who", "actor"),
        ("date", "when", "date"),
        ("said", "what is said", "said"),
    ):
        box = "" if shown == "not a fact" else f'<input type="checkbox" class="show-{name}" checked> '
        yield f'<label>{box}<span class="{classes}">{shown}</span></label>'


_LEGEND = f'<fieldset class="legend"><legend>Show</legend>{"".join(_toggles())}</fieldset>'
