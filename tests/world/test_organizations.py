"""Organizations and groups: names in two languages, codes that change with time."""

from __future__ import annotations

import csv
import datetime
from pathlib import Path

import pytest

from dragoman import ontology, world
from dragoman.world.organizations import read_organizations
from dragoman.world.tables import HOME


@pytest.mark.parametrize(
    ("id", "on", "country", "sectors"),
    [
        ("taliban", "2015-01-01", "AFG", ("REB",)),
        ("taliban", "2021-08-15", "AFG", ("GOV",)),
        ("farc", "2010-01-01", "COL", ("REB",)),
        ("farc", "2018-01-01", "COL", ("PTY",)),
        ("hts", "2024-11-30", "SYR", ("REB",)),
        ("hts", "2025-01-01", "SYR", ("GOV",)),
        ("labour-gbr", "2023-01-01", "GBR", ("PTY", "OPP")),
        ("hamas", "2023-10-07", "PSE", ("REB",)),
        ("islamic-state", "2016-01-01", "IMG", ("REB",)),
        ("un", "2016-01-01", "UNO", ()),
        ("eu", "2016-01-01", "EUR", ()),
        ("red-cross", "2016-01-01", "NGO", ("MED",)),
        ("transnistria", "2016-01-01", "MDA", ("PRE",)),
        ("fbi", "2016-01-01", "USA", ("COP",)),
        ("reuters", "2016-01-01", "GBR", ("JRN",)),
        ("paigc", "2016-01-01", "GNB", ("PTY",)),
        ("paigc", "2025-01-01", "GNB", ("PTY", "OPP")),
        ("ugtt", "2016-01-01", "TUN", ("LAB",)),
        ("pacto-historico", "2021-01-01", "COL", ("PTY", "OPP")),
        ("pacto-historico", "2023-01-01", "COL", ("PTY", "GOV")),
    ],
)
def test_code_on_a_day(id: str, on: str, country: str, sectors: tuple[str, ...]) -> None:
    code = world.load().organizations[id].code_on(datetime.date.fromisoformat(on))
    assert (code.country, code.sectors) == (country, sectors)


def test_code_without_a_day_is_the_latest() -> None:
    assert world.load().organizations["taliban"].code_on(None).sectors == ("GOV",)


@pytest.mark.parametrize(
    ("id", "english", "italian"),
    [
        ("un", "UN", "ONU"),
        ("iaea", "IAEA", "AIEA"),
        ("icc", "ICC", "CPI"),
        ("imf", "IMF", "FMI"),
        ("who", "WHO", "OMS"),
        ("eu", "EU", "UE"),
    ],
)
def test_acronyms_by_language(id: str, english: str, italian: str) -> None:
    organization = world.load().organizations[id]
    assert english in organization.acronyms_in("en")
    assert english not in organization.acronyms_in("it")
    assert italian in organization.acronyms_in("it")


def test_names_common_to_all_languages() -> None:
    assert world.load().organizations["hamas"].names_in("pl") == ("Hamas",)


def test_the_usual_name_comes_first() -> None:
    organizations = world.load().organizations
    assert organizations["hamas"].names_in("it")[0] == "Hamas"
    assert organizations["msf"].names_in("it")[0] == "Medici senza frontiere"
    assert organizations["msf"].names_in("en")[0] == "Doctors Without Borders"


def test_codes_are_plovers() -> None:
    here, codebook = world.load(), ontology.load()
    for organization in here.organizations.values():
        for code in organization.codes:
            assert code.country in here.countries or code.country in codebook.non_state
            assert set(code.sectors) <= codebook.sectors


def test_members_are_states() -> None:
    here = world.load()
    assert len(here.organizations["eu"].members) == 27
    assert len(here.organizations["nato"].members) == 32
    for organization in here.organizations.values():
        assert all(here.countries[member].folds_into is None for member in organization.members)


def test_a_users_own_file(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text('[opera]\nkind = "ngo"\ncountry = "ITA"\nsectors = ["SOC"]\nnames.it = ["Opera Pia"]\n', "utf-8")
    assert world.load(path).organizations["opera"].names_in("it") == ("Opera Pia",)


@pytest.mark.parametrize(
    ("entry", "complaint"),
    [
        (
            '[a]\nkind = "ngo"\ncountry = "QQQ"\nnames.en = ["A"]',
            "own.toml: a: unknown country 'QQQ'; use an ISO 3166-1 alpha-3 code",
        ),
        (
            '[a]\nkind = "ngo"\ncountry = "ITA"\nsectors = ["XXX"]\nnames.en = ["A"]',
            "own.toml: a: unknown sector 'XXX'; one of AGR",
        ),
        ('[a]\nkind = "ngo"\ncountry = "ITA"', "own.toml: a: neither names nor acronyms; add names.en"),
        ('[a]\ncountry = "ITA"\nnames.en = ["A"]', "own.toml: a: no kind; add one"),
        ('[a]\nkind = "ngo"\ncountry = "ITA"\nnames = ["A"]', "own.toml: a: names must stand by language; write"),
        ('[a]\nkind = "ngo"\nland = "ITA"', "own.toml: a: unknown field 'land'; one of"),
        ('[a]\nkind = "ngo"\n[a]\n', "own.toml: Cannot declare"),
        ('kind = "ngo"', "own.toml: 'kind' stands outside an entry; move it"),
        (
            '[a]\nkind = "ngo"\nnames.en = ["A"]\ncodes = [{ country = "ITA", start = "2010", end = "2001-01-01" }]',
            "own.toml: a: a code ends 2001-01-01 before it starts 2010-01-01; mend",
        ),
        (
            '[a]\nkind = "ngo"\ncountry = "ITA"\nmembers = ["ZZZ"]\nnames.en = ["A"]',
            "own.toml: a: unknown member 'ZZZ'; use",
        ),
    ],
)
def test_what_is_wrong_in_an_organization_table(tmp_path: Path, entry: str, complaint: str) -> None:
    path = tmp_path / "own.toml"
    path.write_text(entry, encoding="utf-8")
    with pytest.raises(world.WorldError) as raised:
        world.load(path)
    assert str(raised.value).startswith(complaint)
    assert "\n" not in str(raised.value)


ROWS = "id,kind,country,sectors,names.any,names.en,names.it,acronyms.it\n"


def test_a_row_is_read_as_an_entry(tmp_path: Path) -> None:
    path = tmp_path / "bodies.csv"
    path.write_text(ROWS + 'board,government,ITA,GOV|MED,,"Board, The|Relief Board",Ente Aiuti,EA\n', "utf-8")
    board = read_organizations([path], {"ITA"})["board"]
    assert board.names_in("en") == ("Board, The", "Relief Board")
    assert (board.names_in("it"), board.acronyms_in("it")) == (("Ente Aiuti",), ("EA",))
    assert (board.code.country, board.code.sectors) == ("ITA", ("GOV", "MED"))


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        ("a,ngo,QQQ,SOC,A,,,", "bodies.csv:2: unknown country 'QQQ'; use"),
        ("a,ngo,ITA,SOC,,,,", "bodies.csv:2: neither names nor acronyms; add"),
        ("a,ngo,ITA,SOC,A,,,\na,ngo,ITA,SOC,B,,,", "bodies.csv:3: id stands in another"),
    ],
)
def test_what_is_wrong_in_a_row(tmp_path: Path, row: str, complaint: str) -> None:
    path = tmp_path / "bodies.csv"
    path.write_text(ROWS + row + "\n", encoding="utf-8")
    with pytest.raises(world.WorldError) as raised:
        read_organizations([path], {"ITA"})
    assert str(raised.value).startswith(complaint)


def test_no_name_is_claimed_by_two_bodies() -> None:
    claimed: dict[tuple[str, str], str] = {}
    with (HOME / "bodies.csv").open(encoding="utf-8") as file:
        here = {row["id"] for row in csv.DictReader(line for line in file if not line.startswith("#"))}
    for id in here:
        body = world.load().organizations[id]
        for language in ("en", "it"):
            for form in (*body.names_in(language), *body.acronyms_in(language)):
                assert claimed.setdefault((language, form), id) == id, form


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(world.WorldError, match="name a file that can be read"):
        world.load(tmp_path / "nowhere.toml")
