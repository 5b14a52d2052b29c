"""All names and nouns that tell who somebody is, in one table, found in one pass over the text.

In: a language's `actors.toml` and the world. Out: `Gazetteer`, which finds the longest entries in a text, whatever words
a parser makes of it. Names are compared with their capitals ("Turkey", "WHO", "May"), nouns and the adjectives of
languages that write them small without.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from dragoman.extract.ambiguity import Ambiguity, ambiguities
from dragoman.extract.inflection import Rules, inflected, replaced
from dragoman.languages import Language, LanguageError
from dragoman.parse.grammar import calendar_of
from dragoman.records import Kind
from dragoman.world import World, capital_names, cities, country_names

Sort = Literal[
    "country", "nationality", "capital", "city", "seat", "person", "surname", "organization", "role", "modifier",
    "two people", "two states", "both", "latter", "title",
]  # fmt: skip
NAMES_PEOPLE = frozenset({"person", "surname"})
STATES = frozenset({"country", "nationality", "capital", "city"})
BIG_CITY = 300_000  # below, a name is looked up only where something tells that it is a place
SMALL_CITY = 100_000
LONGEST = 10  # tokens
AMBIGUOUS = "?"  # id of a country that the name alone does not tell
NUMERAL = re.compile(r"[IVXLC]+$")
TOKEN = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Entry:
    """What a form means. `name` is the name shown, or the dictionary form of a noun.

    `weak` entries count only with other evidence; `belonging` nouns take their sectors from what they belong to, nouns that
    `preside` take them from the body they preside over, be it no state.
    """

    sort: Sort
    name: str
    country: str | None = None
    sectors: tuple[str, ...] = ()
    kind: Kind = "organization"
    id: str = ""
    plural: bool = False
    weak: bool = False
    belonging: bool = False
    presides: bool = False
    office: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """Characters `[start, end)` that are an entry's form."""

    start: int
    end: int
    entry: Entry


@dataclass(frozen=True, slots=True)
class Habits:
    """How a language puts parties together; the sections `grammar`, `names` and `reference` of its actors.toml."""

    adjectives_after: bool
    of: frozenset[str]
    by: frozenset[str]
    places: frozenset[str]
    towards: frozenset[str]
    conjunctions: frozenset[str]
    articles: frozenset[str]
    indefinite: frozenset[str]
    possessive: frozenset[str]
    former: frozenset[str]
    unlike: frozenset[str]
    named_after: frozenset[str]
    directions: frozenset[str]
    ethnic: frozenset[str]
    particles: frozenset[str]
    suffixes: frozenset[str]
    given_too: frozenset[str]
    surnames_too: frozenset[str]
    common_surnames: frozenset[str]
    not_names: frozenset[str]
    organization_words: frozenset[str]
    quantities: frozenset[str]
    calendar: frozenset[str]
    female: frozenset[str]
    male: frozenset[str]
    women: frozenset[str]
    men: frozenset[str]
    he: frozenset[str]
    she: frozenset[str]
    it: frozenset[str]
    they: frozenset[str]
    whose: frozenset[str]
    reflexive: frozenset[str]
    numbers: Mapping[str, int]
    bodies: Mapping[str, frozenset[str]]
    counterparts: frozenset[str]
    impersonal: frozenset[str]
    null_subjects: bool


@dataclass
class Gazetteer:
    """The table of one language. `cased` holds forms as written, `lowered` forms in any case."""

    language: str
    world: World
    habits: Habits
    country_names: Mapping[str, str]
    ambiguous: Mapping[str, Ambiguity]
    cased: dict[tuple[str, ...], Entry] = field(default_factory=dict[tuple[str, ...], Entry])
    lowered: dict[tuple[str, ...], Entry] = field(default_factory=dict[tuple[str, ...], Entry])
    reach: dict[str, int] = field(default_factory=dict[str, int])  # first token -> length of its longest form

    @property
    def names(self) -> frozenset[str]:
        """All forms with capitals: what text in capitals may be turned back to."""
        return frozenset(" ".join(form) for form in self.cased if form[0][0].isupper())

    def add(self, form: str, entry: Entry, *, cased: bool = True) -> None:
        """Enters a form; where it is known already, the first meaning stays."""
        tokens = tuple(TOKEN.findall(form if cased else form.lower()))
        if not tokens or len(tokens) > LONGEST:
            return
        table = self.cased if cased else self.lowered
        if tokens not in table:
            table[tokens] = entry
            first = tokens[0].lower()
            self.reach[first] = max(self.reach.get(first, 0), len(tokens))

    def meaning(self, form: str) -> Entry | None:
        """The entry of a form in any case."""
        return self.lowered.get(tuple(TOKEN.findall(form.lower())))

    def find(self, text: str) -> list[Match]:
        """The longest entries in a text, from left to right. Where two are equally long a name goes before a noun."""
        tokens = list(TOKEN.finditer(text))
        words = [token.group() for token in tokens]
        low = [word.lower() for word in words]
        articles = self.habits.articles
        capped = [word.title() if word.isupper() and len(word) > 2 else word for word in words]

        def longest(i: int) -> tuple[int, Entry | None]:
            for length in range(min(self.reach.get(low[i], 0), len(words) - i), 0, -1):
                entry = (
                    self.cased.get(tuple(words[i : i + length]))
                    or self.lowered.get(tuple(low[i : i + length]))
                    or (self.cased.get(tuple(capped[i : i + length])) if capped[i] != words[i] else None)
                )
                if entry:
                    return length, entry
            return 0, None

        found: list[Match] = []
        i = 0
        while i < len(words):
            length, entry = longest(i)
            if length > 1 and low[i] in articles and longest(i + 1)[0] >= length:  # "La Repubblica" Dominicana
                entry = None
            if entry:
                found.append(Match(tokens[i].start(), tokens[i + length - 1].end(), entry))
            i += length if entry else 1
        return found


def compile_gazetteer(language: Language, world: World) -> Gazetteer:
    """The gazetteer of a language. Raises LanguageError for codes or sectors that do not exist."""
    table = language.table("actors")
    file = language.folder / "actors.toml"
    gazetteer = Gazetteer(
        language.code,
        world,
        _habits(table, world, calendar_of(language)),
        _shown_names(table, language.code),
        ambiguities(table.get("ambiguous", {})),
    )
    _check_codes(table, world, str(file))
    own, shipped = world.own, frozenset({*world.organizations, *world.people}) - world.own
    _add_organizations(gazetteer, own)
    _add_people(gazetteer, own)
    for name in gazetteer.ambiguous:
        gazetteer.add(name, Entry("country", name, kind="state", id=AMBIGUOUS))
    _add_countries(gazetteer, table)
    _add_seats(gazetteer, table)
    _add_organizations(gazetteer, shipped)
    _add_people(gazetteer, shipped)
    _add_cities(gazetteer, table)
    _add_nouns(gazetteer, table)
    return gazetteer


def plain(name: str) -> str:
    """The name without accents."""
    if name.isascii():
        return name
    letters = unicodedata.normalize(
        "NFKD", name.replace("ı", "i").replace("ø", "o").replace("ł", "l").replace("đ", "d")
    )
    return "".join(c for c in letters if not unicodedata.combining(c))


def _habits(table: Mapping[str, Any], world: World, calendar: frozenset[str]) -> Habits:
    grammar, names = table.get("grammar", {}), table.get("names", {})
    reference = table.get("reference", {})

    def words(section: Mapping[str, Any], key: str) -> frozenset[str]:
        return frozenset(section.get(key, ()))

    given: dict[str, str] = {
        **world.given_names,
        **{name: gender for gender in ("female", "male") for name in words(table.get("given_names", {}), gender)},
    }
    return Habits(
        adjectives_after=grammar.get("adjectives") == "after",
        of=words(grammar, "of"),
        by=words(grammar, "by"),
        places=words(grammar, "in"),
        towards=words(grammar, "towards"),
        conjunctions=words(grammar, "and"),
        articles=words(grammar, "articles"),
        indefinite=words(grammar, "indefinite"),
        possessive=words(grammar, "possessive"),
        former=words(grammar, "former"),
        unlike=words(grammar, "unlike"),
        named_after=words(grammar, "named_after"),
        directions=words(grammar, "directions"),
        ethnic=words(grammar, "ethnic"),
        particles=words(grammar, "particles"),
        suffixes=words(grammar, "given_before"),
        given_too=words(names, "given_too"),
        surnames_too=words(names, "surnames_too"),
        common_surnames=words(names, "common_surnames"),
        not_names=words(names, "not_names"),
        organization_words=words(names, "organization_words"),
        quantities=words(table.get("quantities", {}), "words"),
        calendar=calendar,
        female=frozenset(name for name, gender in given.items() if gender == "female"),
        male=frozenset(name for name, gender in given.items() if gender == "male"),
        women=words(reference, "women"),
        men=words(reference, "men"),
        he=words(reference, "he"),
        she=words(reference, "she"),
        it=words(reference, "it"),
        they=words(reference, "they"),
        whose=words(reference, "whose"),
        reflexive=words(reference, "reflexive"),
        numbers={word: number for number, words in enumerate(reference.get("numbers", ()), 2) for word in words},
        bodies=_turned(reference.get("bodies", {})),
        counterparts=words(reference, "counterparts"),
        impersonal=words(reference, "impersonal"),
        null_subjects=bool(reference.get("null_subjects")),
    )


def _turned(table: Mapping[str, Sequence[str]]) -> Mapping[str, frozenset[str]]:
    """Value -> the keys whose lists hold it."""
    turned: dict[str, set[str]] = {}
    for key, values in table.items():
        for value in values:
            turned.setdefault(value, set()).add(key)
    return {value: frozenset(keys) for value, keys in turned.items()}


def national_adjectives(language: Language) -> frozenset[str]:
    """All forms of the adjectives of nations and of political camps, where the language sets them behind the noun."""
    table = language.table("actors")
    grammar = table.get("grammar", {})
    if grammar.get("adjectives") != "after":
        return frozenset()
    rules: Rules = grammar.get("demonym_plurals", ())
    forms = [form for forms in table.get("demonyms", {}).values() for form in forms if form[0].islower()]
    forms += grammar.get("camp_adjectives", ())
    return frozenset({*forms, *(other for form in forms for other in replaced(form, rules))})


def _shown_names(table: Mapping[str, Any], code: str) -> Mapping[str, str]:
    own = {country: forms[0] for country, forms in table.get("countries", {}).items()}
    return {country: forms[0] for country, forms in country_names(code).items()} | own


def _check_codes(table: Mapping[str, Any], world: World, file: str) -> None:
    for section in ("countries", "capitals", "cities", "demonyms"):
        for code in table.get(section, {}):
            if code not in world.countries:
                raise LanguageError(f"{file}: [{section}] {code!r} is no country; use an ISO 3166-1 alpha-3 code")


def _add_countries(gazetteer: Gazetteer, table: Mapping[str, Any]) -> None:
    world = gazetteer.world
    own: Mapping[str, Sequence[str]] = table.get("countries", {})
    usual = country_names(gazetteer.language)
    rules: Rules = table.get("grammar", {}).get("demonym_plurals", ())

    def entry(sort: Sort, code: str, name: str) -> Entry:
        country = world.countries[code]
        return Entry(sort, name, country.coded_as, country.sectors, "state", id=code)

    for code, shown in gazetteer.country_names.items():
        for name in (*own.get(code, ()), *usual.get(code, ())):
            gazetteer.add(name, entry("country", code, shown))
            gazetteer.add(name.replace(" & ", " and "), entry("country", code, shown))
    for code, forms in table.get("demonyms", {}).items():
        for form in forms:
            shown = gazetteer.country_names[code]
            cased = form[0].isupper()
            gazetteer.add(form, entry("nationality", code, shown), cased=cased)
            several = replace(entry("nationality", code, shown), plural=True)
            for other in replaced(form, rules):
                gazetteer.add(other, several, cased=cased)
    capitals = capital_names(gazetteer.language)
    own_capitals: Mapping[str, Sequence[str]] = table.get("capitals", {})
    seats: set[str] = {name for forms in table.get("seats", {}).values() for name in forms}
    for code, country in world.countries.items():
        certain = set(own_capitals.get(code, ()))
        for name in (*own_capitals.get(code, ()), *capitals.get(code, ())):
            if name in gazetteer.habits.surnames_too and name not in certain:
                continue
            if name not in seats and (not country.folds_into or country.sectors):
                gazetteer.add(name, replace(entry("capital", code, name), sectors=("GOV", *country.sectors)))


def _add_seats(gazetteer: Gazetteer, table: Mapping[str, Any]) -> None:
    """Seats of power. "Brussels" acts for the Union but lies in Belgium: where a seat is a capital, `id` is the country."""
    homes = {name: code for code, names in capital_names(gazetteer.language).items() for name in names}
    for label, forms in table.get("seats", {}).items():
        code, *sectors = label.split()
        for form in forms:
            gazetteer.add(form, Entry("seat", form, code, tuple(sectors), "organization", id=homes.get(form, "")))


def _add_organizations(gazetteer: Gazetteer, ids: Collection[str]) -> None:
    for id, organization in gazetteer.world.organizations.items():
        if id not in ids:
            continue
        names = organization.names_in(gazetteer.language) or organization.names_in("en")
        acronyms = organization.acronyms_in(gazetteer.language)
        shown = (*names, *acronyms, id)[0]
        code = organization.code
        kind: Kind = "group" if organization.kind == "armed group" else "organization"
        for form in (*names, *acronyms):
            entry = Entry("organization", shown, code.country, code.sectors, kind, id=id)
            gazetteer.add(form, entry, cased=form != form.lower())


def _add_people(gazetteer: Gazetteer, ids: Collection[str]) -> None:
    people = [person for id, person in sorted(gazetteer.world.people.items()) if id in ids]
    for person in people:
        for name in person.names:
            for form in dict.fromkeys((name, plain(name))):
                gazetteer.add(form, Entry("person", person.name, kind="person", id=person.id))
    for person in people:
        for name in person.surnames:
            if len(name) < 2 or NUMERAL.match(name):
                continue
            for form in dict.fromkeys((name, plain(name))):
                gazetteer.add(
                    form, Entry("surname", name, kind="person", weak=form in gazetteer.habits.common_surnames)
                )


def _add_cities(gazetteer: Gazetteer, table: Mapping[str, Any]) -> None:
    by_alpha2 = {country.alpha2: country for country in gazetteer.world.countries.values()}
    for code, forms in table.get("cities", {}).items():
        country = gazetteer.world.countries[code]
        for form in forms:
            gazetteer.add(form, Entry("city", form, country.coded_as, (), "state"))
    for city in cities(SMALL_CITY):
        country = by_alpha2.get(city.country)
        if country is None or not city.name[:1].isupper():
            continue
        weak = city.population < BIG_CITY or city.name in gazetteer.habits.surnames_too
        for form in dict.fromkeys((city.name, plain(city.name))):
            gazetteer.add(form, Entry("city", city.name, country.coded_as, country.sectors, "state", weak=weak))


def _add_nouns(gazetteer: Gazetteer, table: Mapping[str, Any]) -> None:
    grammar = table.get("grammar", {})
    offices: Mapping[str, str] = table.get("offices", {})
    last = grammar.get("inflected") == "last"
    links = gazetteer.habits.of | gazetteer.habits.by | gazetteer.habits.places | {"to", "for", "del", "al"}

    def enter(noun: str, entry: Entry, feminine: bool) -> None:
        bases = [noun]
        if feminine:
            bases += list(inflected(noun, grammar.get("feminines", ()), last=last, links=links))
        for base in bases:
            gazetteer.add(base, entry, cased=False)
        several = replace(entry, plural=True)
        for base in bases:
            for form in inflected(base, grammar.get("plurals", ()), last=last, links=links):
                gazetteer.add(form, several, cased=False)

    reference = table.get("reference", {})
    pointing: tuple[tuple[str, Sort], ...] = (
        ("two_people", "two people"), ("two_states", "two states"), ("both", "both"), ("pair", "both"), ("latter", "latter"),
    )  # fmt: skip
    for key, sort in pointing:
        for form in reference.get(key, ()):
            gazetteer.add(form, Entry(sort, form, kind="group", plural=True, weak=key == "pair"), cased=False)
    for noun, entry, feminine in _nouns(table, offices):
        enter(noun, entry, feminine)
    for sector, forms in table.get("modifiers", {}).items():
        for form in forms:
            enter(form, Entry("modifier", form, None, (sector,)), feminine=not last)
    for form in table.get("titles", {}).get("words", ()):
        gazetteer.add(form, Entry("title", form, kind="person"))


def _nouns(table: Mapping[str, Any], offices: Mapping[str, str]) -> Iterator[tuple[str, Entry, bool]]:
    kinds: tuple[tuple[str, Kind], ...] = (("people", "person"), ("bodies", "organization"), ("groups", "group"))
    presiding = frozenset(table.get("belonging", {}).get("presiding", ()))
    for label, section in table.get("roles", {}).items():
        sectors = tuple(sector for sector in label.split() if sector not in ("-", "NGO"))
        weak = frozenset(section.get("weak", ()))
        for key, kind in kinds:
            for noun in section.get(key, ()):
                yield (
                    noun,
                    Entry(
                        "role", noun, section.get("code"), sectors, kind, weak=noun in weak, plural=key == "groups",
                        presides=noun in presiding, office=offices.get(noun, ""),
                    ),
                    kind == "person",
                )  # fmt: skip
    yield from _portfolios(table.get("portfolios", {}), kinds)
    belonging = table.get("belonging", {})
    weak = frozenset(belonging.get("weak", ()))
    bodies = frozenset(belonging.get("bodies", ()))
    for label, nouns in belonging.items():
        if label not in ("weak", "presiding", "bodies"):
            for noun in nouns:
                kind: Kind = "organization" if noun in bodies else "person"
                entry = Entry(
                    "role", noun, None, (label,), kind, weak=noun in weak, belonging=True, office=offices.get(noun, "")
                )
                yield noun, entry, False


def _portfolios(
    table: Mapping[str, Mapping[str, Sequence[str]]], kinds: Sequence[tuple[str, Kind]]
) -> Iterator[tuple[str, Entry, bool]]:
    """Nouns of office with each field they can be for: "ministro {of}" and "della pesca"."""
    for label, section in table.items():
        for key, kind in kinds:
            for pattern in section.get(key, ()):
                slot = pattern[pattern.index("{") + 1 : pattern.index("}")]
                for portfolio in section[slot]:
                    noun = pattern.replace(f"{{{slot}}}", portfolio)
                    yield noun, Entry("role", noun, None, tuple(label.split()), kind), kind == "person"
