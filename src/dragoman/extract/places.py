"""Where events happened: the city or country that the words of an event's clause set it in.

In: events, scenes, the cast and the text of one article, and an `Atlas`. Out: the events with their places, and the places.
A name is settled by what the article says of it; nothing settles it where several places bear it and none is by far
the biggest. A city that stands for a government ("Moscow said") is no place, and a dateline tells where the reporter was.
"""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from dragoman.extract.actors import DATELINE, Cast
from dragoman.extract.eventclauses import EventClauses, within
from dragoman.extract.gazetteer import AMBIGUOUS, TOKEN, Gazetteer
from dragoman.extract.scenes import Scene
from dragoman.languages import Language, LanguageError
from dragoman.parse.clauses import Clause
from dragoman.parse.grammar import Grammar
from dragoman.records import Event, Place, Span
from dragoman.world import City, capital_names, cities_named, name_key

KNOWN_CITY = 300_000  # of a smaller one, a name before another name ("Lincoln Park") is that name's
SMALL_CITY = 100_000  # smaller, beside one five times as big, it is meant only where its country stands right behind it
BY_FAR = 10  # times as big as the next of its name: what news means where it says no more
LONGEST_NAME = 5  # words
LONGEST_WAY = 8  # words from the preposition to the name: "in the northern city of Idlib"


# ---- names -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Atlas:
    """Names of places in one language. `names` are cities under their names there, by key; `regions` lands and parts of
    countries without coordinates, with the country's code."""

    gazetteer: Gazetteer
    prepositions: frozenset[tuple[str, ...]]
    receivers: frozenset[str]
    kinds: frozenset[str]
    linked: frozenset[str]
    where: frozenset[str]
    during: frozenset[str]
    makes: frozenset[str]
    targets: Mapping[str, tuple[str, ...]]
    names: Mapping[str, tuple[City, ...]]
    regions: Mapping[str, str]
    countries: Mapping[str, str]  # ISO alpha-2 -> code

    def cities(self, name: str) -> tuple[City, ...]:
        """The cities of that name, those first that the language itself calls so."""
        return tuple(dict.fromkeys((*self.names.get(name_key(name), ()), *cities_named(name))))


def compile_atlas(language: Language, gazetteer: Gazetteer, grammar: Grammar) -> Atlas:
    """The atlas of a language. Raises LanguageError for a name that leads to no city."""
    table = language.table("places")
    during = language.table("dates").get("attachment", {})
    actors = language.table("actors")
    countries = {country.alpha2: country.coded_as for country in gazetteer.world.countries.values()}
    names: dict[str, tuple[City, ...]] = {}
    for name, meant in table.get("names", {}).items():
        english, _, country = str(meant).rpartition(" ")
        city = next((c for c in cities_named(english) if c.country == country), None)
        if city is None:
            raise LanguageError(
                f"{language.folder / 'places.toml'}: [names] {name!r}: no {meant!r} in world/cities.csv; "
                "write a name from there and the country's alpha-2 code"
            )
        names[name_key(name)] = (city,)
    names = _capitals(gazetteer) | names
    regions: dict[str, str] = {}
    for code, forms in actors.get("cities", {}).items():
        country = gazetteer.world.countries[code]
        for form in forms:
            here = [c for c in (*names.get(name_key(form), ()), *cities_named(form)) if c.country == country.alpha2]
            if not here and "," not in form:
                regions[name_key(form)] = country.coded_as
    prepositions = (*grammar.place_prepositions, *table.get("prepositions", ()))
    return Atlas(
        gazetteer=gazetteer,
        prepositions=frozenset(tuple(words.lower().split()) for words in prepositions),
        receivers=frozenset(table.get("receivers", ())),
        kinds=frozenset(table.get("kinds", ())),
        linked=frozenset(table.get("linked", ())),
        where=frozenset(table.get("where", ())),
        during=frozenset(during.get("during", ())),
        makes=frozenset(during.get("makes", ())),
        targets={event: tuple(roles) for event, roles in table.get("targets", {}).items()},
        names=names,
        regions=regions,
        countries=countries,
    )


def _capitals(gazetteer: Gazetteer) -> dict[str, tuple[City, ...]]:
    """Capitals under names that the language alone has for them, of countries that have but one."""
    names: dict[str, tuple[City, ...]] = {}
    for code, forms in capital_names(gazetteer.language).items():
        country = gazetteer.world.countries[code]
        all_ = [city for name in country.capitals for city in cities_named(name)[:1]]
        here = dict.fromkeys(city for city in all_ if city.country == country.alpha2)
        if len(here) == 1:
            own = {name_key(city.name) for city in here}
            names |= {name_key(form): tuple(here) for form in forms if name_key(form) not in own}
    return names


# ---- where names stand -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Name:
    """A name of a place in the text. `country` is known of lands; `hint` is what follows it: "Paris, Texas"."""

    span: Span
    text: str
    cities: tuple[City, ...] = ()
    country: str | None = None
    is_country: bool = False
    hint: str | None = None
    first: int = 0
    last: int = 0


@dataclass(frozen=True, slots=True)
class _Found:
    """A name that an event was found at."""

    event: str
    name: Name
    scene: Scene


def with_places(
    text: str, events: Sequence[Event], scenes: Sequence[Scene], cast: Cast, atlas: Atlas
) -> tuple[tuple[Event, ...], tuple[Place, ...]]:
    """The events with the places where they happened, and these places in the order in which events name them."""
    finder = _Finder(text, EventClauses(scenes), cast, atlas)
    found = [
        _Found(event.id, name, scene) for event in events for name, scene in [finder.place_of(event)] if name and scene
    ]
    return _settled(events, found, text, atlas)


class _Finder:
    """Looks for the names in the clauses of events."""

    def __init__(self, text: str, clauses: EventClauses, cast: Cast, atlas: Atlas) -> None:
        self.text = text
        self.clauses = clauses
        self.cast = cast
        self.atlas = atlas
        self.datelines = [Span(*found.span()) for found in DATELINE.finditer(text)]
        self.kinds = {actor.id: actor.kind for actor in cast.actors}

    def place_of(self, event: Event) -> tuple[Name, Scene] | tuple[None, None]:
        """The place of an event: a city or land before a country, what is said of itself before what is said around it."""
        country: tuple[Name, Scene] | None = None
        for scene, clause in self.clauses.of(event):
            for name in self._names(event, scene, clause):
                if not name.is_country:
                    return name, scene
                country = country or (name, scene)
        return country or (None, None)

    def _names(self, event: Event, scene: Scene, clause: Clause) -> Iterator[Name]:
        """Names that the clause and those around it lead to, the closest first."""
        talk = event.quad.startswith("verbal") and event.type not in self.atlas.targets
        yield from self._targets(event, scene, clause)
        words = self._own_words(scene, clause, talk=talk)
        yield from self._led_to(words, event, scene, clause, talk=talk)
        relative = self._antecedent(clause, scene)
        if relative is not None:
            yield relative
        if talk:
            for said in scene.clauses:  # "Speaking in Geneva, the envoy condemned ..."
                fronted = said.parent == clause.number and said.head < clause.head and said.kind == "verb"
                if fronted and said.link == "adverbial" and not said.finite:
                    yield from self._led_to(self._own_words(scene, said, talk=True), event, scene, said, talk=True)
            return
        for around in self._around(clause, scene):
            yield from self._led_to(self._own_words(scene, around), event, scene, clause)
            yield from self._targets(event, scene, around)
        yield from self._fronted(event, scene, clause)

    def _targets(self, event: Event, scene: Scene, clause: Clause) -> Iterator[Name]:
        """What is attacked or visited, where that is a place."""
        for role in self.atlas.targets.get(event.type, ()):
            for phrase in clause.role(role):
                start = self._behind_link(phrase.words, scene)
                name = self._name_from(start, scene) if start is not None else None
                if name and not self._acts(name, scene, event) and phrase.head <= name.last:
                    yield name

    def _led_to(
        self, words: Collection[int], event: Event, scene: Scene, clause: Clause, *, talk: bool = False
    ) -> Iterator[Name]:
        """Names that a preposition of place among the words leads to, the closest to the event first."""
        found: list[Name] = []
        for index in sorted(words):
            length = self._preposition_at(index, scene)
            if not length:
                continue
            name = self._name_from(index + length, scene)
            if name is None or name.first not in words:
                continue
            if talk and not (name.is_country is False and self._hangs_on(name, clause, scene)):
                continue
            receiver = scene.sentence[index].lemma.lower() in self.atlas.receivers and length == 1
            if receiver and (name.is_country or self._is_party(name, scene, event)):
                continue
            found.append(name)
        yield from sorted(found, key=lambda name: (abs(name.first - clause.head), name.first))

    def _own_words(self, scene: Scene, clause: Clause, *, talk: bool = False) -> set[int]:
        """The words that speak of a clause itself, not of what it speaks about."""
        sentence = scene.sentence
        words = set(clause.words)
        if clause.kind == "noun":
            for other in scene.clauses:
                if other.kind != "noun" and other.head in words and other.head != clause.head:
                    words -= set(sentence.subtree(other.head)) - {clause.head}
            verb = self._light_verb(clause, scene)
            if verb is not None:
                words |= self._own_words(scene, verb)
            return words
        makes = clause.predicate in self.atlas.makes | scene.grammar.light_verbs
        for other in scene.clauses:
            if other.kind == "noun" and other.parent == clause.number and other.head != clause.head:
                if self._is_somebody(sentence[other.head].text):
                    continue  # "police" and "students" make protests, but here they are who they are
                happens = self._happens_in(other, clause, scene)
                if not ((happens and not talk) or (makes and other.governor_role == "object")):
                    words -= set(sentence.subtree(other.head))
        return words

    def _is_somebody(self, noun: str) -> bool:
        entry = self.atlas.gazetteer.meaning(noun)
        return entry is not None and entry.sort == "role"

    def _happens_in(self, noun: Clause, clause: Clause, scene: Scene) -> bool:
        """ "arrested at a protest", "met on the sidelines of a summit": what the verb tells happened there."""
        roles = {noun.governor_role}
        for word in (scene.sentence[noun.head], *scene.sentence.ancestors(noun.head)):
            if word.head == clause.head and word.index != clause.head:
                roles |= {case.lemma.lower() for case in scene.sentence.children(word.index) if case.relation == "case"}
                break
        return any(role in self.atlas.during or tuple(role.split()) in self.atlas.prepositions for role in roles)

    def _light_verb(self, clause: Clause, scene: Scene) -> Clause | None:
        """The verb that a noun makes an event with, or that says no more than that it was: "held talks in Geneva"."""
        for verb in scene.clauses:
            if verb.kind == "noun" or clause.head == verb.head:
                continue
            parent = clause.parent == verb.number and clause.governor_role in ("object", "subject")
            lent = scene.sentence[clause.head].head == verb.head and clause.parent == verb.parent
            known = scene.grammar.light_verbs | scene.grammar.happening_verbs | self.atlas.makes
            if (parent or lent) and (
                verb.predicate in known or {f"{verb.predicate} {c}" for c in verb.companions} & known
            ):
                return verb
        return None

    def _around(self, clause: Clause, scene: Scene) -> Iterator[Clause]:
        """Clauses that tell of the same happening: "an attack that killed ten", "..., killing ten", "killed in an attack"."""
        below = [other for other in scene.clauses if other.parent == clause.number and other.head != clause.head]
        for other in below:
            if other.kind == "noun":
                if other.governor_role == "subject" or other.governor_role in self.atlas.during:
                    yield other
            elif other.link in ("relative", "modifier") or (other.link == "adverbial" and not other.finite):
                yield other
        above = next(within(clause, scene.clauses), None)
        if above is None:
            return
        part = clause.link in ("modifier", "relative") or (clause.link == "adverbial" and not clause.finite)
        if clause.kind == "noun":
            part = clause.link == "role" and (
                clause.governor_role in ("subject", "by") or clause.governor_role in self.atlas.during
            )
        happening = above.predicate in scene.grammar.happening_verbs or any(
            f"{above.predicate} {word}" in scene.grammar.happening_verbs for word in above.companions
        )
        if part or (happening and scene.sentence[clause.head].relation in ("csubj", "nsubj")):
            yield above

    def _fronted(self, event: Event, scene: Scene, clause: Clause) -> Iterator[Name]:
        """ "In Aleppo troops shot ... and arrested ...": what stands before both verbs holds of both."""
        word = scene.sentence[clause.head]
        first = next((c for c in scene.clauses if c.head == word.head and c.kind != "noun"), None)
        if word.relation == "conj" and first is not None and first is not clause:
            before = {index for index in self._own_words(scene, first) if index < first.head}
            yield from self._led_to(before, event, scene, clause)

    def _antecedent(self, clause: Clause, scene: Scene) -> Name | None:
        """ "in Kharkiv, where ..." """
        sentence = scene.sentence
        if not any(
            word.lemma.lower() in self.atlas.where and word.index < clause.head
            for word in map(sentence.__getitem__, clause.words)
        ):
            return None
        where = min(i for i in clause.words if sentence[i].lemma.lower() in self.atlas.where)
        end = where - 1
        while end >= 0 and sentence[end].text == ",":
            end -= 1
        for start in range(max(0, end - LONGEST_NAME), end + 1):
            name = self._name_at(start, scene)
            if name is not None and name.last == end:
                return name
        return None

    def _hangs_on(self, name: Name, clause: Clause, scene: Scene) -> bool:
        """Whether a place is that of saying, not of what is said: it hangs on the verb itself."""
        word = scene.sentence[name.first]
        makes = clause.predicate in self.atlas.makes
        for above in (word, *scene.sentence.ancestors(name.first)):
            if above.head == clause.head and above.index != clause.head:
                return above.relation in ("obl", "advmod") or (makes and above.relation == "obj")
            if above.relation in ("obj", "nsubj", "ccomp", "xcomp", "conj"):
                return False
        return False

    # ---- from words to a name -------------------------------------------------------------------------------------------

    def _preposition_at(self, index: int, scene: Scene) -> int:
        """How many words the preposition of place at an index has, articles among them counted; 0 where there is none."""
        sentence = scene.sentence
        if sentence[index].pos not in ("ADP", "ADV", "SCONJ", "ADJ"):
            return 0
        best = 0
        for phrase in self.atlas.prepositions:
            if phrase[0] != sentence[index].lemma.lower():
                continue
            at, rest = index + 1, list(phrase[1:])
            while rest and at < len(sentence):
                if sentence[at].lemma.lower() == rest[0]:
                    rest.pop(0)
                elif sentence[at].pos != "DET":
                    break
                at += 1
            if not rest:
                best = max(best, at - index)
        return best

    def _behind_link(self, words: Collection[int], scene: Scene) -> int | None:
        """Where a phrase begins, behind its preposition."""
        for index in sorted(words):
            if scene.sentence[index].pos not in ("ADP", "PUNCT"):
                return index
        return None

    def _name_from(self, index: int, scene: Scene) -> Name | None:
        """The name at an index or behind the words that may lead up to it: "the northern city of Idlib"."""
        sentence = scene.sentence
        for at in range(index, min(index + LONGEST_WAY, len(sentence))):
            if name := self._name_at(at, scene):
                return name
            word = sentence[at]
            lemma = word.lemma.lower()
            skipped = (
                word.pos in ("DET", "ADJ", "NUM")
                or lemma in self.atlas.kinds
                or word.text.lower() in self.atlas.kinds
                or (lemma in self.atlas.linked and at > index)
                or self._is_nationality(word.text)
                or word.text == "-"
            )
            if not skipped:
                return None
        return None

    def _is_nationality(self, text: str) -> bool:
        entry = self.atlas.gazetteer.cased.get((text,)) or self.atlas.gazetteer.lowered.get((text.lower(),))
        return entry is not None and entry.sort == "nationality"

    def _name_at(self, index: int, scene: Scene) -> Name | None:
        """The longest name of a place that begins at a word."""
        name = self._known_at(index, scene)
        if name is None or any(line.overlaps(name.span) for line in self.datelines):
            return None
        return None if self._belongs_to_another(name, scene) else replace(name, hint=self._hint(name, scene))

    def _known_at(self, index: int, scene: Scene) -> Name | None:
        sentence, atlas = scene.sentence, self.atlas
        start = sentence[index].start
        if sentence[index].text.lower() in atlas.gazetteer.habits.articles and index + 1 == len(sentence):
            return None
        for last in range(min(index + LONGEST_NAME, len(sentence)) - 1, index - 1, -1):
            end = sentence[last].end
            shown = self.text[start:end]
            if not shown[:1].isalpha() or shown in atlas.gazetteer.habits.not_names or not any(map(str.isupper, shown)):
                continue
            if not sentence[last].text[:1].isalnum():
                continue
            span = Span(start, end)
            entry = atlas.gazetteer.cased.get(tuple(TOKEN.findall(shown)))
            if entry is not None and entry.sort == "country":
                code = entry.country
                if entry.id == AMBIGUOUS:
                    code = atlas.gazetteer.ambiguous[entry.name].settled(self.text)
                    code = atlas.gazetteer.world.countries[code].coded_as if code else None
                if code:
                    return Name(span, shown, (), code, True, None, index, last)
            if shown != shown.lower() and not shown[:1].islower():
                if found := atlas.cities(shown):
                    return Name(span, shown, found, None, False, None, index, last)
                if region := atlas.regions.get(name_key(shown)):
                    return Name(span, shown, (), region, False, None, index, last)
        return None

    def _belongs_to_another(self, name: Name, scene: Scene) -> bool:
        """Whether the words are part of somebody's name, or mean whoever governs there: "in Moscow's view"."""
        sentence = scene.sentence
        mention = self.cast.mention_at(scene.number, name.first) or self.cast.mention_at(scene.number, name.last)
        if mention is not None:
            kinds = {self.kinds[id] for id in mention.actors}
            wider = mention.span.covers(name.span) and mention.span != name.span
            beside = [sentence[i] for i in (name.first - 1, name.last + 1) if 0 <= i < len(sentence)]
            named = any(
                word.text[:1].isupper() and mention.span.overlaps(Span(word.start, word.end)) for word in beside
            )
            if kinds == {"person"} and wider and named:
                return True
            if kinds <= {"organization", "group"} and wider and mention.span.start == name.span.start:
                return self._size(name) < KNOWN_CITY
        if name.last + 1 >= len(sentence):
            return False
        after = sentence[name.last + 1]
        if after.text in self.atlas.gazetteer.habits.possessive and after.start == name.span.end:
            beyond = sentence[name.last + 2] if name.last + 2 < len(sentence) else None
            return beyond is None or not beyond.text[:1].isupper()
        glued = after.start == name.span.end and after.text == "-"
        joined = (
            after.pos == "PROPN"
            and after.text[:1].isupper()
            and (after.head == name.first or sentence[name.first].head == after.index)
        )
        return glued or (joined and not name.is_country and bool(name.cities) and self._size(name) < KNOWN_CITY)

    @staticmethod
    def _size(name: Name) -> int:
        return max((city.population for city in name.cities), default=KNOWN_CITY)

    def _hint(self, name: Name, scene: Scene) -> str | None:
        """The country that stands right behind a name: "Paris, Texas", "Tripoli in Lebanon", "Tripoli (Libano)"."""
        sentence = scene.sentence
        at, led = name.last + 1, False
        if at < len(sentence) and sentence[at].text in (",", "("):
            at += 1
        if at < len(sentence) and (length := self._preposition_at(at, scene)):
            at, led = at + length, True
        while led and at < len(sentence) and sentence[at].pos == "DET":
            at += 1
        other = self._known_at(at, scene) if name.last + 1 < at < len(sentence) else None
        if other is None or other.country is None:
            return None
        beyond = sentence[other.last + 1] if other.last + 1 < len(sentence) else None
        ends = beyond is None or beyond.pos in ("PUNCT", "ADP", "CCONJ", "SYM") or (led and beyond.pos != "PART")
        return other.country if ends else None

    def _is_party(self, name: Name, scene: Scene, event: Event) -> bool:
        actors = {*self.cast.at(scene.number, name.first), *self.cast.at(scene.number, name.last)}
        return not actors.isdisjoint((*event.actors, *event.recipients))

    def _acts(self, name: Name, scene: Scene, event: Event) -> bool:
        actors = {*self.cast.at(scene.number, name.first), *self.cast.at(scene.number, name.last)}
        return not actors.isdisjoint(event.actors)


# ---- which place a name means ------------------------------------------------------------------------------------------


def _settled(
    events: Sequence[Event], found: Sequence[_Found], text: str, atlas: Atlas
) -> tuple[tuple[Event, ...], tuple[Place, ...]]:
    """Places for the names found; what is told of a name once holds wherever the article names it."""
    judge = _Judge(text, atlas)
    once: dict[str, tuple[City | None, str | None]] = {}
    for one in sorted(found, key=lambda one: one.name.hint is None):  # what is said in so many words goes first
        meant = judge.meant(one.name, one.scene)
        if meant != (None, None):
            once.setdefault(name_key(one.name.text), meant)
    places: dict[tuple[object, object], Place] = {}
    of: dict[str, str] = {}
    for one in found:
        city, country = once.get(name_key(one.name.text), (None, None))
        key = (city.geonames, None) if city else (name_key(one.name.text), country)
        place = places.get(key)
        if place is None:
            place = Place(
                f"p{len(places) + 1}", one.name.text, (one.name.span,), country,
                city.latitude if city else None, city.longitude if city else None, city.geonames if city else None,
            )  # fmt: skip
        places[key] = replace(place, mentions=tuple(sorted({*place.mentions, one.name.span})))
        of[one.event] = place.id
    placed = tuple(replace(event, place=of[event.id]) if event.id in of else event for event in events)
    return placed, tuple(places.values())


class _Judge:
    """Tells which of several places a name means."""

    def __init__(self, text: str, atlas: Atlas) -> None:
        self._text = text
        self._atlas = atlas
        self._sentences: dict[int, frozenset[str]] = {}

    def meant(self, name: Name, scene: Scene) -> tuple[City | None, str | None]:
        """The city and the country's code, as far as they are known."""
        if not name.cities:
            return None, name.country
        if name.hint:
            there = [city for city in name.cities if self._code(city) == name.hint]
            if there:
                return _biggest(there), name.hint
        if own := self._atlas.names.get(name_key(name.text)):
            return own[0], self._code(own[0])  # the language itself knows but one of that name
        likely = _likely(name.cities)
        if city := _biggest(likely):
            return city, self._code(city)
        for named in (self._in_sentence(scene), self._in_article):
            told = {code for city in likely if (code := self._code(city)) in named}
            if len(told) == 1:
                code = told.pop()
                return _biggest([city for city in likely if self._code(city) == code]), code
        codes = {self._code(city) for city in likely}
        return None, codes.pop() if len(codes) == 1 else None

    def _code(self, city: City) -> str:
        return self._atlas.countries.get(city.country, city.country)

    def _in_sentence(self, scene: Scene) -> frozenset[str]:
        if scene.number not in self._sentences:
            sentence = scene.sentence
            self._sentences[scene.number] = self._countries(self._text[sentence.start : sentence.end])
        return self._sentences[scene.number]

    @functools.cached_property
    def _in_article(self) -> frozenset[str]:
        return self._countries(self._text)

    def _countries(self, text: str) -> frozenset[str]:
        """Countries that a text names by themselves or by their people."""
        found = self._atlas.gazetteer.find(text)
        regions = (self._atlas.regions.get(name_key(match.entry.name)) for match in found if match.entry.sort == "city")
        states = (match.entry.country for match in found if match.entry.sort in ("country", "nationality"))
        return frozenset(code for code in (*states, *regions) if code)


def _likely(several: Sequence[City]) -> tuple[City, ...]:
    """Those of a name that news may mean without saying where they are."""
    largest = max(city.population for city in several)
    return tuple(city for city in several if city.population >= min(SMALL_CITY, largest / 5))


def _biggest(several: Sequence[City]) -> City | None:
    """The only one, or the one that is by far the biggest."""
    first, *others = sorted(several, key=lambda city: -city.population)
    return first if not others or first.population > BY_FAR * others[0].population else None
