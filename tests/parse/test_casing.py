"""Passages in capitals become ordinary prose, place by place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.parse.casing import readable

NAMES = frozenset({"Kyiv", "Moscow", "Ucraina", "Stati Uniti", "NATO", "USA", "Roma"})


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("The premier’s visit", "The premier's visit"),
        ("l’Ucraina\u00a0dice:\u2009“no”", "l'Ucraina dice: “no”"),
        ("Uno\r\ndue\u2028tre", "Uno\n\ndue\ntre"),
        ("KYIV ACCUSES MOSCOW OF SHELLING", "Kyiv accuses Moscow of shelling"),
        ("STATI UNITI CONTRO LA NATO", "Stati Uniti contro la NATO"),
        ("L’UCRAINA RESPINGE L’ULTIMATUM", "L'Ucraina respinge l'ultimatum"),
        ("GOVERNO, PRIMO SÌ ALLA MANOVRA. Il voto è atteso.", "Governo, primo sì alla manovra. Il voto è atteso."),
        ("THE BBC REPORTS HEAVY FIGHTING", "The BBC reports heavy fighting"),
        ("PAPA LEONE XIV RICEVE IL PREMIER", "Papa leone XIV riceve il premier"),
        ("WILL U.S. SENATE PASS BUDGET BILL", "Will U.S. senate pass budget bill"),
        # Three acronyms are no passage, and neither are capitals within ordinary prose.
        ("NATO, UE, ONU", "NATO, UE, ONU"),
        ("ROMA, 15 GIU - Il ministro ha detto no", "ROMA, 15 GIU - Il ministro ha detto no"),
    ],
)
def test_readable(text: str, shown: str) -> None:
    assert readable(text, NAMES) == shown


def test_a_word_keeps_the_case_it_has_elsewhere() -> None:
    text = "MELONI VOLA A TUNISI DA SAIED\n\nLa premier Giorgia Meloni vedrà a Tunisi il presidente Saied."
    assert readable(text).startswith("Meloni vola a Tunisi da Saied\n")


def test_a_letter_whose_small_form_is_longer_stays() -> None:
    assert "İ" in readable("BUGÜN İSTANBUL BÜYÜK DEPREM")


ANY = st.text(max_size=200) | st.text("AB cd.İSS'’\n", max_size=200)


@given(ANY)
def test_nothing_moves(text: str) -> None:
    assert len(readable(text, NAMES)) == len(text)


@given(ANY)
def test_once_is_enough(text: str) -> None:
    assert readable(readable(text)) == readable(text)


@given(ANY)
def test_only_case_apostrophes_and_blanks_change(text: str) -> None:
    for before, after in zip(text, readable(text, NAMES), strict=True):
        assert before == after or before.lower() == after.lower() or after in "' \n"
