"""What the gazetteer finds: the longest names, with their capitals, and nouns in every form."""

from __future__ import annotations

import functools
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman import languages, world
from dragoman.extract.gazetteer import Gazetteer, Match, compile_gazetteer
from dragoman.extract.inflection import inflected
from dragoman.languages import Language, LanguageError


@pytest.fixture(scope="module")
def gazetteers() -> dict[str, Gazetteer]:
    return {code: compile_gazetteer(languages.load(code), world.load()) for code in ("en", "it")}


def found(gazetteer: Gazetteer, text: str) -> list[tuple[str, str, str | None]]:
    return [(text[m.start : m.end], m.entry.sort, m.entry.country) for m in gazetteer.find(text)]


def one(gazetteer: Gazetteer, text: str) -> Match:
    (match,) = gazetteer.find(text)
    return match


def test_capitals_tell_names_from_words(gazetteers: dict[str, Gazetteer]) -> None:
    assert found(gazetteers["en"], "Turkey ate a turkey") == [("Turkey", "country", "TUR")]
    assert found(gazetteers["en"], "The US told us") == [("US", "country", "USA")]
    assert found(gazetteers["en"], "polish the Polish silver") == [("Polish", "nationality", "POL")]


def test_longest_name_wins(gazetteers: dict[str, Gazetteer]) -> None:
    assert found(gazetteers["en"], "Papua New Guinea") == [("Papua New Guinea", "country", "PNG")]
    assert found(gazetteers["en"], "South Sudan and Sudan") == [
        ("South Sudan", "country", "SSD"),
        ("Sudan", "country", "SDN"),
    ]


@pytest.mark.parametrize(
    ("code", "form", "lemma", "plural"),
    [
        ("en", "ministries", "ministry", True),
        ("en", "policewomen", "policewoman", True),
        ("en", "secretaries of state", "secretary of state", True),
        ("it", "ministri degli Esteri", "ministro degli esteri", True),
        ("it", "senatrice", "senatore", False),
        ("it", "gruppi armati", "gruppo armato", True),
    ],
)
def test_nouns_in_all_forms(gazetteers: dict[str, Gazetteer], code: str, form: str, lemma: str, plural: bool) -> None:
    entry = one(gazetteers[code], form).entry
    assert (entry.sort, entry.name, entry.plural) == ("role", lemma, plural)


@pytest.mark.parametrize("form", ["tedesco", "tedesca", "tedeschi", "tedesche", "Tedeschi"])
def test_italian_nationalities_agree(gazetteers: dict[str, Gazetteer], form: str) -> None:
    assert one(gazetteers["it"], form).entry.country == "DEU"


@pytest.mark.parametrize(("code", "name", "country"), [("en", "Kremlin", "RUS"), ("it", "Farnesina", "ITA")])
def test_seats_of_power_stand_for_governments(
    gazetteers: dict[str, Gazetteer], code: str, name: str, country: str
) -> None:
    entry = one(gazetteers[code], name).entry
    assert (entry.sort, entry.country, entry.sectors) == ("seat", country, ("GOV",))


def test_every_country_has_a_name_and_most_a_nationality(gazetteers: dict[str, Gazetteer]) -> None:
    for gazetteer in gazetteers.values():
        named = {e.id for e in gazetteer.cased.values() if e.sort == "country"}
        adjectives = {e.id for e in (*gazetteer.cased.values(), *gazetteer.lowered.values()) if e.sort == "nationality"}
        open_names = {reading.country for name in gazetteer.ambiguous.values() for reading in name.readings}
        assert named | open_names >= set(gazetteer.world.countries)
        states = {c.code for c in gazetteer.world.countries.values() if not c.folds_into and c.cow}
        assert len(adjectives & states) > 0.85 * len(states)


def test_dotted_acronyms_and_apostrophes(gazetteers: dict[str, Gazetteer]) -> None:
    assert found(gazetteers["en"], "the U.S.-Iran talks")[0] == ("U.S.", "country", "USA")
    assert found(gazetteers["it"], "l'Iran")[0] == ("Iran", "country", "IRN")


def test_inflection_leaves_what_follows_a_link() -> None:
    forms = set(inflected("head of state", [["", "s"]], last=True, links={"of"}))
    assert forms == {"heads of state"}


def test_unknown_country_is_named(tmp_path: Path) -> None:
    (tmp_path / "actors.toml").write_text('[demonyms]\nXQZ = ["Nobodian"]\n', encoding="utf-8")
    with pytest.raises(LanguageError, match=r"actors.toml: \[demonyms\] 'XQZ'"):
        compile_gazetteer(Language("en", tmp_path, {"name": "Test", "light_verbs": []}), world.load())


@functools.cache
def english() -> Gazetteer:
    return compile_gazetteer(languages.load("en"), world.load())


@settings(deadline=None)
@given(st.text(max_size=200))
def test_matches_lie_in_the_text_and_do_not_overlap(text: str) -> None:
    gazetteer = english()
    end = 0
    for match in gazetteer.find(text):
        assert end <= match.start < match.end <= len(text)
        end = match.end
