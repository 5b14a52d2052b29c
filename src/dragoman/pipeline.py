"""From article to reading: the whole of Dragoman's understanding as one pure function. Read this module first.

In: an `Article` with clean text and a known language. Out: its `Reading`. The same article gives the same reading.

    text --prose--> what is to be read --parse--> sentences --clauses--> scenes
    scenes --> actors, dates, statements --> events
"""

from __future__ import annotations

import functools
import itertools
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from dragoman import languages, ontology, world
from dragoman.extract.actors import Cast, find_actors, whois
from dragoman.extract.atlas import Atlas, compile_atlas
from dragoman.extract.counts import CountLexicon, compile_counts, with_counts
from dragoman.extract.dates import DateLexicon, compile_dates, dateline_of, find_dates, find_landmarks
from dragoman.extract.eventdates import EventDates, with_story_days
from dragoman.extract.events import EventLexicon, find_events, modes_of
from dragoman.extract.explain import SentenceReport, explain
from dragoman.extract.factuality import embedding_of
from dragoman.extract.gazetteer import Gazetteer, compile_gazetteer, national_adjectives
from dragoman.extract.laterdates import with_later_days
from dragoman.extract.lexicon import WordTable
from dragoman.extract.mastheads import is_masthead
from dragoman.extract.merging import merged
from dragoman.extract.passages import named_happenings, passages_of
from dragoman.extract.places import with_places
from dragoman.extract.quotes import find_quotes
from dragoman.extract.residence import settle
from dragoman.extract.rulefolders import contexts_with_own, modes_with_own
from dragoman.extract.rules import Rule, load_rules
from dragoman.extract.scenes import Lemmas, Scene, scenes_of
from dragoman.extract.speech import SpeechLexicon, compile_speech
from dragoman.extract.statements import find_statements
from dragoman.extract.surroundings import surroundings_of
from dragoman.languages import Language
from dragoman.parse.grammar import Grammar, grammar_of
from dragoman.parse.nations import with_national_adjectives
from dragoman.parse.pipelines import Parser, load_parser
from dragoman.parse.words import Sentence
from dragoman.records import Actor, Article, Interval, Reading, Span
from dragoman.text import prose


@dataclass(frozen=True)
class Lexicons:
    """Everything that is known of one language, compiled once."""

    language: Language
    grammar: Grammar
    gazetteer: Gazetteer
    dates: DateLexicon
    speech: SpeechLexicon
    events: EventLexicon
    atlas: Atlas
    counts: CountLexicon
    lemmas: Lemmas
    nations: frozenset[str]
    happenings: frozenset[str]

    @property
    def event_nouns(self) -> frozenset[str]:
        return self.events.rulebook.event_nouns | self.speech.event_nouns

    def event_types_of(self, noun: str) -> frozenset[str]:
        """The types of event that a noun may name."""
        return frozenset(entry.rule.event for entry in self.events.rulebook.entries("noun", noun))


@functools.cache
def lexicons_of(code: str, rules: tuple[Path, ...] = (), actors: tuple[Path, ...] = ()) -> Lexicons:
    """The lexicons of a language, with a user's own rules and actors.

    Raises LanguageError where its data are faulty or it is not installed, OntologyError and WorldError where a user's types or
    actors are faulty.
    """
    language = languages.load(code)
    codebook = ontology.load(*rules)
    contexts = language.table("contexts").get("contexts", {})
    rulebook = load_rules(language, codebook, rules)
    speech = compile_speech(language)
    embedding = embedding_of(language)
    grammar = grammar_of(language)
    gazetteer = compile_gazetteer(language, world.load(*actors))
    return Lexicons(
        language=language,
        grammar=grammar,
        gazetteer=gazetteer,
        atlas=compile_atlas(language, gazetteer, grammar),
        counts=compile_counts(language, gazetteer),
        dates=compile_dates(language),
        speech=speech,
        events=EventLexicon(
            rulebook=rulebook,
            embedding=embedding,
            modes=modes_of(modes_with_own(language.table("events/modes"), rules, code, codebook)),
            contexts=WordTable(contexts_with_own(contexts, rules, code, codebook)),
            ontology=codebook,
        ),
        lemmas=Lemmas(_together(rulebook.lemmas, speech.lemmas), language.facts_of("inflection"), embedding.lemmas),
        nations=national_adjectives(language),
        happenings=named_happenings(language),
    )


def _together(*known: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    return {pos: frozenset().union(*(table.get(pos, ()) for table in known)) for pos in known[0]}


@dataclass(frozen=True, slots=True)
class Explanation:
    """What the rules make of each sentence of an article. `actors` are those that its reports name by id."""

    article: Article
    actors: tuple[Actor, ...]
    sentences: tuple[SentenceReport, ...]


@dataclass
class Reader:
    """Reads articles of every installed language; each language's pipeline is loaded when it is first met.

    `pipelines` names an installed spaCy pipeline per language in place of the shipped one; `rules` are folders of event
    rules, `actors` files of actors (docs/your-own-actors.md) to load beside the shipped ones.
    """

    pipelines: Mapping[str, str] = field(default_factory=dict[str, str])
    rules: tuple[Path, ...] = ()
    actors: tuple[Path, ...] = ()
    _parsers: dict[str, Parser] = field(default_factory=dict[str, Parser], repr=False)
    _publishers: dict[tuple[str, str], Actor | None] = field(
        default_factory=dict[tuple[str, str], Actor | None], repr=False
    )

    def _lexicons(self, code: str) -> Lexicons:
        return lexicons_of(code, self.rules, self.actors)

    def parser(self, code: str) -> Parser:
        if code not in self._parsers:
            lexicons = self._lexicons(code)
            self._parsers[code] = load_parser(lexicons.language, self.pipelines.get(code), lexicons.gazetteer.names)
        return self._parsers[code]

    def read(self, article: Article) -> Reading:
        """The reading of one article. Raises LanguageError where its language is not installed."""
        return next(self.read_many([article]))

    def read_many(
        self, articles: Iterable[Article], failed: Callable[[Article, Exception], None] | None = None
    ) -> Iterator[Reading]:
        """The readings of the articles, lazily, in the order given. Neighbours of one language are parsed in batches.

        An article that cannot be read is handed to `failed` and left out; without `failed` the exception goes up.
        """
        for code, group in itertools.groupby(articles, key=lambda article: article.language):
            yield from self._read_language(code, group, failed)

    def _read_language(
        self, code: str, articles: Iterable[Article], failed: Callable[[Article, Exception], None] | None
    ) -> Iterator[Reading]:
        lexicons = self._lexicons(code)
        waiting: deque[Article] = deque()

        def texts() -> Iterator[tuple[str, Sequence[Span]]]:
            for article in articles:
                waiting.append(article)
                yield article.text, prose(article.text, lexicons.language)

        for sentences in self.parser(code).parse_many(texts()):
            article = waiting.popleft()
            try:
                reading = read_sentences(article, sentences, lexicons)
            except Exception as problem:
                if failed is None:
                    raise
                failed(article, problem)
                continue
            yield reading

    def explain(self, article: Article, only: Callable[[Rule], bool] | None = None) -> Explanation:
        """Why the article has the events it has, and why no others; with `only`, as far as these rules go."""
        lexicons = self._lexicons(article.language)
        (sentences,) = self.parser(article.language).parse_many(
            [(article.text, prose(article.text, lexicons.language))]
        )
        reading = read_sentences(article, sentences, lexicons)
        scenes, cast = scenes_and_cast(article, sentences, lexicons)
        return Explanation(
            article, cast.actors, tuple(explain(scenes, cast, article.text, reading.events, lexicons.events, only))
        )

    def rules_of(self, language: str) -> tuple[Rule, ...]:
        """The rules of a language, the user's first."""
        return self._lexicons(language).events.rulebook.rules

    def whois(self, phrase: str, language: str, on: Interval | None = None, context: str = "") -> Actor | None:
        """Who a phrase means on that day; None where nobody is known."""
        lexicons = self._lexicons(language)

        def parse(text: str) -> Sequence[Sentence]:
            return [with_national_adjectives(s, lexicons.nations) for s in self.parser(language).parse(text)]

        return whois(phrase, parse, lexicons.gazetteer, on.day if on else None, context)

    def publisher(self, article: Article) -> Actor | None:
        """Whom the name of an article's outlet means: "Ministry of Foreign Affairs, Rome". None where it means nobody known."""
        return self._publisher(article.outlet, article.language) if article.outlet else None

    def _publisher(self, outlet: str, language: str) -> Actor | None:
        """Looked up in the language of the article first: an embassy may sign a text in another one than its name's."""
        if (outlet, language) not in self._publishers:
            self._publishers[outlet, language] = None if is_masthead(outlet) else self._body(outlet, language)
        return self._publishers[outlet, language]

    def _body(self, outlet: str, language: str) -> Actor | None:
        found = self._named(outlet, language)
        if _is_told(found):
            return found
        others = (code for code in languages.installed() if code != language)
        return next(filter(_is_told, (self._named(outlet, code) for code in others)), found)

    def _named(self, outlet: str, language: str) -> Actor | None:
        found = self.whois(outlet, language)
        return (
            found if _is_told(found) else _in_pieces([self.whois(one, language) for one in outlet.split(",")]) or found
        )


def _is_told(actor: Actor | None) -> bool:
    """Whether it is known both what somebody is and whose; a capital tells whose alone."""
    return actor is not None and actor.kind != "state" and bool(actor.country) and bool(actor.sectors)


def _in_pieces(pieces: Sequence[Actor | None]) -> Actor | None:
    """The body that an outlet's name gives in pieces: the piece that says both what and whose it is ("Western Command, People's
    Liberation Army"), or else what it is from one and whose from another ("Ministry of Foreign Affairs, Rome")."""
    named = sorted(filter(None, pieces), key=lambda piece: piece.kind != "organization")
    if len(pieces) > 1 and (whole := next(filter(_is_told, named), None)):
        return whole
    body = next((one for one in named if one.sectors and one.kind != "state"), None)
    country = next((one.country for one in named if one.country), None)
    return replace(body, country=body.country or country) if body else None


def scenes_and_cast(
    article: Article, sentences: Sequence[Sentence], lexicons: Lexicons
) -> tuple[tuple[Scene, ...], Cast]:
    """The clauses of every sentence, and who is who: what all else is read from."""
    sentences = [with_national_adjectives(sentence, lexicons.nations) for sentence in sentences]
    scenes = scenes_of(sentences, lexicons.grammar, lexicons.event_nouns, lexicons.lemmas)
    cast = find_actors(article.text, sentences, lexicons.gazetteer, article.published)
    return scenes, settle(cast, scenes, lexicons.grammar.place_prepositions)


def read_sentences(article: Article, sentences: Sequence[Sentence], lexicons: Lexicons) -> Reading:
    """Everything found in an article whose sentences are parsed."""
    scenes, cast = scenes_and_cast(article, sentences, lexicons)
    quotes = find_quotes(article.text)
    around = surroundings_of(scenes, cast, lexicons.gazetteer.world, lexicons.events.embedding, lexicons.dates.planned)
    dates = find_dates(article.text, lexicons.dates, article.published, around)
    statements = find_statements(article.text, scenes, quotes, cast, lexicons.speech, dates)
    landmarks = find_landmarks(article.text, lexicons.dates, article.published)
    story = dateline_of(article.text, dates)
    days = EventDates(dates, lexicons.dates.attachment, article.published, story, landmarks)
    events = find_events(scenes, cast, statements, days, lexicons.events)
    events, dates = with_story_days(events, dates, days, scenes, lexicons.event_types_of)
    events = with_counts(events, scenes, cast, dates, lexicons.counts)
    events, places = with_places(article.text, events, scenes, cast, lexicons.atlas)
    events = merged(events, scenes, cast, statements, dates, places, lexicons.events.rulebook)
    events = with_later_days(events, dates, days, scenes)
    passages = passages_of(scenes, article.text, lexicons.events.embedding, events, lexicons.happenings)
    return Reading(article, cast.actors, dates, statements, events, places, passages)
