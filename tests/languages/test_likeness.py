"""The words by which texts in different languages are known to speak of one thing: concepts and happenings."""

from __future__ import annotations

from itertools import pairwise

import pytest

from dragoman import languages
from dragoman.link.concepts import concepts_in
from dragoman.link.happenings import alike, happenings_in

TABLES = {code: languages.find(code) for code in ("en", "it")}


@pytest.mark.parametrize("table", ["concepts", "happenings"])
def test_every_language_names_the_same_things(table: str) -> None:
    found = [language.table(table) for language in TABLES.values()]
    named = [list(some.get("concepts", some)) for some in found]
    assert len(named[0]) > 600
    assert all(one == other for one, other in pairwise(named))


@pytest.mark.parametrize("code", TABLES)
def test_words_are_single_words_and_each_thing_has_some(code: str) -> None:
    language = TABLES[code]
    for name, told in language.table("happenings").items():
        assert set(told) == {"names", "words"}, name
        assert told["names"], name
        assert len(told["words"]) >= 6, name
        assert all(word.isalpha() for word in (*told["names"], *told["words"])), name
    for name, words in language.table("concepts")["concepts"].items():
        assert words, name
        assert all(word.replace("-", "").isalpha() for word in words), name


@pytest.mark.parametrize(
    ("one", "other", "stranger"),
    [
        (
            ("the embassy's attaché was told to leave and declared persona non grata", "en"),
            ("espulso un addetto dell'ambasciata, dichiarato persona non grata", "it"),
            ("the harvest failed after months of drought", "en"),
        ),
        (
            ("two masked men kidnapped the engineer and asked for a ransom", "en"),
            ("l'ingegnere rapito: i sequestratori chiedono un riscatto", "it"),
            ("il parlamento ha approvato il bilancio", "it"),
        ),
    ],
)
def test_two_tellings_of_one_kind_of_happening_are_alike(
    one: tuple[str, str], other: tuple[str, str], stranger: tuple[str, str]
) -> None:
    some = happenings_in(*one)
    assert alike(some, happenings_in(*other)) > 0.3
    assert alike(some, happenings_in(*other)) > 2 * alike(some, happenings_in(*stranger))
    assert alike(some, some) == pytest.approx(1.0)


def test_a_word_names_the_same_concept_in_both_languages() -> None:
    assert "flight" in concepts_in("three flights a week", "en") & concepts_in("tre voli a settimana", "it")
    assert concepts_in("and that with from they", "en") == frozenset()
