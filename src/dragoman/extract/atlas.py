"""Names of places, and which place a name means.

In: a language's places.toml, the cities of the world, and the text that a name stands in. Out: `Atlas`, and `Judge`, which
settles a name by what the article says of it; nothing settles it where several places bear it, none is by far the biggest
and no country is told.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dragoman.extract.gazetteer import Gazetteer
from dragoman.extract.scenes import Scene
from dragoman.languages import Language, LanguageError
from dragoman.parse.grammar import Grammar
from dragoman.records import Span
from dragoman.world import City, capital_names, cities_named, name_key

SMALL_CITY = 100_000  # smaller, beside one five times as big, it is meant only where its country stands right behind it
BY_FAR = 10  # times as big as the next of its name: what news means where it says no more


@dataclass(frozen=True)
class Atlas:
    """Names of places in one language. `names` are cities under their names there, by key; `regions` lands and parts of
    countries without coordinates, with the country's code."""

    gazetteer: Gazetteer
    prepositions: Mapping[str, tuple[tuple[str, ...], ...]]  # by their first word
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
    prepositions: dict[str, tuple[tuple[str, ...], ...]] = {}
    for words in (*grammar.place_prepositions, *table.get("prepositions", ())):
        first, *others = str(words).lower().split()
        prepositions[first] = (*prepositions.get(first, ()), (first, *others))
    return Atlas(
        gazetteer=gazetteer,
        prepositions=prepositions,
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


class Judge:
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
