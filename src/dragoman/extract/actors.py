"""Who is who in an article: actors with country and sectors, and every phrase that means one of them.

In: text, sentences, a gazetteer, the time of publication. Out: `Cast`, which knows for any word of any sentence which
actors the phrase headed by it means. Phrases come from designations.py, identity from reference.py.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from dragoman.extract.designations import Designation
from dragoman.extract.gazetteer import AMBIGUOUS, STATES, Gazetteer, Match
from dragoman.extract.joining import designations_of
from dragoman.extract.memory import Memory, Seen
from dragoman.extract.pieces import pieces_of
from dragoman.extract.pointing import Pointing
from dragoman.extract.pronouns import Pronouns
from dragoman.extract.reference import Company, Figure, ids
from dragoman.parse.words import Sentence
from dragoman.records import Actor, Interval, Span

LONGEST_ACRONYM = 5
TELLING = frozenset({"GOV", "MIL", "LEG", "JUD", "SPY", "COP", "OPP", "REB", "UAF", "PTY", "CRM", "REL", "REF"})
# "KYIV, June 3 (Reuters) - ", "(ANSA) - ROMA, 12 MAG - "
DATELINE = re.compile(
    r"(?m)^\W{0,3}(?:\([^()\n]{2,30}\) ?[-–—] ?)?[^\W\d_a-zà-ÿ][^\n.;:!?\"“«]{1,60}?(?:\([^()\n]{2,30}\)| ) ?[-–—]{1,2} "
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A phrase that means actors, several for "the two leaders". `head` is the number of its head word in the sentence.

    `located`: it only says where something is. `city`: it is the bare name of a town, capital or not.
    """

    span: Span
    sentence: int
    head: int
    actors: tuple[str, ...]
    located: bool = False
    city: bool = False


@dataclass(frozen=True)
class Cast:
    """The actors of an article in the order of their first mention, and all mentions in text order.

    `unnamed` are people of whom nothing tells who they are: "a senior official", "sources".
    """

    actors: tuple[Actor, ...]
    mentions: tuple[Mention, ...]
    unnamed: frozenset[str] = frozenset()
    _by_word: Mapping[tuple[int, int], Mention] = field(default_factory=dict[tuple[int, int], Mention], repr=False)
    _by_sentence: Mapping[int, Sequence[Mention]] = field(default_factory=dict[int, Sequence[Mention]], repr=False)
    _left_out: Mapping[tuple[int, int], tuple[str, ...]] = field(
        default_factory=dict[tuple[int, int], tuple[str, ...]], repr=False
    )

    def mention_at(self, sentence: int, word: int) -> Mention | None:
        """The mention whose phrase is headed by this word; office, given name and surname all count as heads."""
        return self._by_word.get((sentence, word))

    def at(self, sentence: int, word: int) -> tuple[str, ...]:
        """Ids of the actors that the phrase headed by this word means; () if none."""
        mention = self.mention_at(sentence, word)
        return mention.actors if mention else ()

    def inside(self, sentence: int, words: Collection[int]) -> tuple[Mention, ...]:
        """Mentions whose head is among these words, in order."""
        return tuple(mention for mention in self._by_sentence.get(sentence, ()) if mention.head in words)

    def subject_left_out(self, sentence: int, verb: int) -> tuple[str, ...]:
        """Ids of who is meant where a language leaves out the subject of this verb; () where it cannot be told."""
        return self._left_out.get((sentence, verb), ())


def find_actors(text: str, sentences: Sequence[Sentence], gazetteer: Gazetteer, published: Interval | None) -> Cast:
    """The cast of an article. `published` tells which offices were held; without it, those held last."""
    return _Finder(text, sentences, gazetteer, Company.of(text, gazetteer, published)).cast()


def whois(
    phrase: str,
    parse: Callable[[str], Sequence[Sentence]],
    gazetteer: Gazetteer,
    on: datetime.date | None,
    context: str,
) -> Actor | None:
    """Who a phrase means on that day. `context` is text that may tell the country. None where nobody is known."""
    country = _only_country(context, gazetteer)
    published = Interval.of_day(on) if on else None
    forms = [phrase, phrase.title()] if phrase.isupper() else [phrase]
    if len(phrase) > LONGEST_ACRONYM:
        forms.reverse()
    for form in forms:
        sentences = parse(form)
        company = Company.of(form, gazetteer, published, country)
        cast = _Finder(form, sentences, gazetteer, company, keep_weak=True).cast()
        mention = _main_mention(sentences, cast)
        if mention is not None:
            return next(actor for actor in cast.actors if actor.id == mention.actors[0])
    if phrase.strip().lower() in gazetteer.habits.he | gazetteer.habits.she:
        return Actor("a1", phrase.strip(), "person", (Span(0, len(phrase)),), None, ("UNK",))
    return None


def _only_country(context: str, gazetteer: Gazetteer) -> str | None:
    found = {m.entry.country for m in gazetteer.find(context) if m.entry.sort in STATES}
    return found.pop() if len(found) == 1 else None


def _main_mention(sentences: Sequence[Sentence], cast: Cast) -> Mention | None:
    for number, sentence in enumerate(sentences):
        for word in sentence:
            if word.head == word.index and cast.mention_at(number, word.index):
                return cast.mention_at(number, word.index)
    return max(cast.mentions, key=lambda m: (m.span.end - m.span.start, -m.span.start), default=None)


@dataclass
class _Finder:
    """Walks through one article."""

    text: str
    sentences: Sequence[Sentence]
    gazetteer: Gazetteer
    company: Company
    keep_weak: bool = False
    settled: dict[str, str | None] = field(default_factory=dict[str, str | None])
    memory: Memory = field(default_factory=Memory)
    mentions: list[Mention] = field(default_factory=list[Mention])
    by_word: dict[tuple[int, int], Mention] = field(default_factory=dict[tuple[int, int], Mention])

    def cast(self) -> Cast:
        designations = [list(self._designations(number, found)) for number, found in enumerate(self._matches())]
        for number, group in enumerate(designations):
            for made in group:
                if made.name:
                    self.company.learn_name(made, self.sentences[number])
        pronouns = Pronouns(self.sentences, self.gazetteer.habits, self.memory)
        pointing = Pointing(self.sentences, self.gazetteer, self.company, self.memory)
        for number, group in enumerate(designations):
            self._walk(number, group, pronouns, pointing)
        self.mentions.sort(key=lambda mention: (mention.sentence, mention.span.start, mention.span.end))
        by_sentence: dict[int, list[Mention]] = {}
        for mention in self.mentions:
            by_sentence.setdefault(mention.sentence, []).append(mention)
        for group in by_sentence.values():
            group.sort(key=lambda mention: mention.head)
        actors = tuple(figure.actor() for figure in self.company.figures.values() if figure.mentions)
        left_out = pronouns.subjects_left_out() if self.gazetteer.habits.null_subjects else {}
        unnamed = frozenset(
            figure.id
            for figure in self.company.figures.values()
            if figure.kind in ("person", "group") and not (figure.named or figure.definite or figure.person)
        )
        return Cast(actors, tuple(self.mentions), unnamed, self.by_word, by_sentence, left_out)

    def _matches(self) -> Iterator[list[Match]]:
        """What the gazetteer finds in each sentence, in the text as the parser was shown it."""
        shown = [" " if not c.isspace() else c for c in self.text]
        for sentence in self.sentences:
            for word in sentence:
                if word.end - word.start == len(word.text) and word.end <= len(shown):
                    shown[word.start : word.end] = word.text
        found = [self._of_the_day(match) for match in self.gazetteer.find("".join(shown))]
        datelines = [match.span() for match in DATELINE.finditer(self.text)]
        i = j = 0
        for sentence in self.sentences:
            here: list[Match] = []
            while i < len(found) and found[i].start < sentence.end:
                while j < len(datelines) and datelines[j][1] <= found[i].start:
                    j += 1
                in_dateline = j < len(datelines) and datelines[j][0] <= found[i].start
                if found[i].start >= sentence.start and not (in_dateline and _is_place_or_outlet(found[i])):
                    here.append(found[i])
                i += 1
            yield here

    def _of_the_day(self, match: Match) -> Match:
        """An organization with the code that was in force: the Taliban of 2012 were rebels."""
        entry = match.entry
        if entry.id == AMBIGUOUS:
            code = self._country_of(entry.name)
            shown = self.gazetteer.country_names.get(code, entry.name) if code else entry.name
            return replace(match, entry=replace(entry, name=shown, country=code, id=code or ""))
        if entry.sort != "organization":
            return match
        code = self.gazetteer.world.organizations[entry.id].code_on(self.company.day)
        if (code.country, code.sectors) == (entry.country, entry.sectors):
            return match
        return replace(match, entry=replace(entry, country=code.country, sectors=code.sectors))

    def _country_of(self, name: str) -> str | None:
        """The country that an ambiguous name means in this article."""
        if name not in self.settled:
            self.settled[name] = self.gazetteer.ambiguous[name].settled(self.text)
        return self.settled[name]

    def _designations(self, number: int, matches: Sequence[Match]) -> Iterator[Designation]:
        sentence = self.sentences[number]
        for made in designations_of(sentence, pieces_of(sentence, matches, self.gazetteer), self.gazetteer):
            made.weak = not self.keep_weak and _is_weak(made)
            if not made.weak or made.definite:
                yield made

    def _walk(self, number: int, group: Sequence[Designation], pronouns: Pronouns, pointing: Pointing) -> None:
        """Resolves designations and pronouns of one sentence in the order in which they stand."""
        sentence = self.sentences[number]
        waiting = sorted(group, key=lambda made: min(made.core))
        i = 0
        taken = {word for made in group for word in made.core}
        for word in sentence:
            while i < len(waiting) and min(waiting[i].core) <= word.index:
                made = waiting[i]
                i += 1
                self._mention(number, made, pointing.figures_of(number, made))
            if word.text in self.company.aliases and word.index not in taken:
                self._point(number, (word.index,), Span(word.start, word.end), (self.company.aliases[word.text],))
            elif word.index not in taken and pronouns.is_pronoun(word):
                figures = pronouns.meant(number, word.index)
                if figures:
                    self._point(number, (word.index,), Span(word.start, word.end), figures)

    def _mention(self, number: int, made: Designation, figures: Sequence[Figure]) -> None:
        if not figures:
            return
        sentence = self.sentences[number]
        first, end = made.first, made.end
        first = min(first, *made.core)
        end = max(end, *(i + 1 for i in made.core))
        span = Span(sentence[first].start, sentence[end - 1].end)
        city = made.sort in ("capital", "city") and not made.roles
        self._point(number, made.core, span, figures, made.located, city=city)
        self._alias(sentence, end, figures)

    def _point(
        self,
        number: int,
        core: Sequence[int],
        span: Span,
        figures: Sequence[Figure],
        located: bool = False,
        *,
        city: bool = False,
    ) -> None:
        sentence = self.sentences[number]
        inside = set(core)
        head = next((i for i in sorted(inside) if sentence[i].head not in inside or sentence[i].head == i), min(inside))
        mention = Mention(span, number, head, ids(figures), located, city)
        self.mentions.append(mention)
        for figure in figures:
            figure.mentions.append(span)
        for i in inside:
            self.by_word.setdefault((number, i), mention)
        self.memory.note(number, inside, Seen(head, tuple(figures), located))

    def _alias(self, sentence: Sentence, end: int, figures: Sequence[Figure]) -> None:
        """ "the Southern Relief Board (SRB)": the acronym is another name."""
        if (
            len(figures) == 1
            and end + 2 < len(sentence)
            and sentence[end].text == "("
            and sentence[end + 2].text == ")"
        ):
            acronym = sentence[end + 1].text
            if 2 <= len(acronym) <= 8 and acronym.isupper() and figures[0].kind in ("organization", "group"):
                self.company.aliases.setdefault(acronym, figures[0])


def _is_place_or_outlet(match: Match) -> bool:
    return match.entry.sort in ("capital", "city", "country", "organization", "seat")


def _is_weak(made: Designation) -> bool:
    """A designation that is nobody without more evidence: "the group", a small town."""
    if made.sort == "city" and made.entry is not None and made.entry.weak and not made.located:
        return True
    if not made.roles or any(not role.weak for role in made.roles):
        return False
    owned = made.owner is not None and not _is_weak(made.owner)
    return not (made.countries or made.name or owned or TELLING.intersection(made.modifiers))
