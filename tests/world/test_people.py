"""Who held an office on a day, and what people are called."""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman import world

DAYS = st.dates(datetime.date(1990, 1, 1), datetime.date(2025, 11, 1))


@pytest.mark.parametrize(
    ("of", "title", "on", "name"),
    [
        ("CHN", "head of state", "2008-05-01", "Hu Jintao"),
        ("CHN", "head of state", "2022-06-15", "Xi Jinping"),
        ("CHN", "head of government", "2022-06-15", "Li Keqiang"),
        ("RUS", "president", "2010-01-01", "Dmitry Medvedev"),
        ("RUS", "prime minister", "2010-01-01", "Vladimir Putin"),
        ("RUS", "foreign minister", "2022-02-24", "Sergei Lavrov"),
        ("USA", "head of government", "2003-03-20", "George W. Bush"),
        ("USA", "foreign minister", "2022-06-15", "Antony Blinken"),
        ("ITA", "head of government", "2022-10-21", "Mario Draghi"),
        ("ITA", "prime minister", "2022-10-22", "Giorgia Meloni"),
        ("ITA", "head of state", "2013-05-01", "Giorgio Napolitano"),
        ("DEU", "chancellor", "2021-12-08", "Olaf Scholz"),
        ("GBR", "king", "2022-09-08", "Charles III"),
        ("GBR", "queen", "2022-09-07", "Elizabeth II"),
        ("UKR", "mayor", "2022-06-15", None),  # of one city among many
        ("IRN", "president", "2020-01-03", "Hassan Rouhani"),
        ("IRN", "head of state", "2020-01-03", "Ali Khamenei"),
        ("TUR", "head of government", "2019-10-09", "Recep Tayyip Erdoğan"),
        ("VAT", "pope", "2013-03-12", None),
        ("VAT", "pope", "2013-03-13", "Pope Francis"),
        ("UKR", "president", "2022-02-24", "Volodymyr Zelensky"),
        ("nato", "secretary general", "2022-06-15", "Jens Stoltenberg"),
        ("un", "head of organization", "2022-06-15", "António Guterres"),
        ("european-commission", "president", "2022-06-15", "Ursula von der Leyen"),
        ("hamas", "leader", "2024-09-01", "Yahya Sinwar"),
        ("KOR", "president", "2017-04-01", None),  # removed in March, successor elected in May
        ("XKX", "president", "2021-04-05", None),  # taken over in April, the day is not sure
        ("XKX", "president", "2021-05-01", "Vjosa Osmani"),
        ("SVN", "president", "2012-12-20", None),  # handed over in December: the one or the other
        ("ATA", "president", "2020-01-01", None),
    ],
)
def test_holder_of_an_office_on_a_day(of: str, title: str, on: str, name: str | None) -> None:
    found = world.holder(of, title, datetime.date.fromisoformat(on))
    assert (found.name if found else None) == name


def test_both_are_named_where_only_the_month_is_known() -> None:
    found = world.holders("SVN", "president", datetime.date(2012, 12, 20))
    assert {person.name for person in found} == {"Borut Pahor", "Danilo Türk"}


@given(DAYS)
def test_holder_is_the_only_one_that_can_have_held_it(on: datetime.date) -> None:
    for country in ("USA", "ITA", "CHN", "RUS", "FRA", "UKR", "IRN", "SVN"):
        for role in ("head of state", "head of government", "foreign minister"):
            holder, holders = world.holder(country, role, on), world.holders(country, role, on)
            assert holder is None or holders == (holder,)
            for person in holders:
                assert any(o.of == country and o.is_called(role) and o.covers(on) for o in person.offices)


@pytest.mark.parametrize("code", ["USA", "GBR", "FRA", "DEU", "ITA", "CHN", "RUS", "JPN", "IND", "BRA", "CAN", "AUS"])
def test_great_powers_are_never_without_a_head_of_government(code: str) -> None:
    for year in range(2000, 2026):
        for month in range(1, 12):
            day = datetime.date(year, month, 15)
            assert world.holders(code, "head of government", day), f"{code} {day}"


@pytest.mark.parametrize(
    ("id", "spellings"),
    [
        ("volodymyr-zelensky", {"Volodymyr Zelenskyy", "Vladimir Zelenskij", "Володимир Зеленський"}),
        ("xi-jinping", {"Xi Jinping", "习近平"}),
        ("recep-tayyip-erdogan", {"Recep Tayyip Erdogan", "Tayyip Erdoğan"}),
        ("pope-francis", {"Papa Francesco", "Jorge Mario Bergoglio"}),
        ("sergei-lavrov", {"Sergey Lavrov", "Serghei Lavrov", "Sergej Lavrov"}),
    ],
)
def test_spellings(id: str, spellings: set[str]) -> None:
    assert spellings <= set(world.load().people[id].names)


@pytest.mark.parametrize(
    ("id", "surnames"),
    [
        ("xi-jinping", ("Xi",)),
        ("ursula-von-der-leyen", ("von der Leyen", "Von der Leyen", "Von Der Leyen")),
        ("mario-draghi", ("Draghi",)),
        ("charles-iii", ()),
        ("massimo-d-alema", ("D'Alema", "D’Alema")),
    ],
)
def test_surnames(id: str, surnames: tuple[str, ...]) -> None:
    latin = [name for name in world.load().people[id].surnames if "LATIN" in unicodedata.name(name[0])]
    assert tuple(latin) == surnames


def test_nothing_starts_after_the_day_the_tables_reach() -> None:
    here = world.load()
    assert all(office.start <= here.known_until for person in here.people.values() for office in person.offices)


def test_births() -> None:
    people = world.load().people
    assert people["xi-jinping"].born == datetime.date(1953, 6, 15)
    assert people["vladimir-putin"].born == datetime.date(1952, 10, 7)
    assert all(person.born is None or person.born.year > 1900 for person in people.values())


def test_two_people_of_one_name_stay_two() -> None:
    found = {person.id for person in world.load().named("Andris Bērziņš")}
    assert found == {"andris-berzins", "andris-berzins-1951"}


def test_former_office() -> None:
    draghi = world.load().people["mario-draghi"]
    on = datetime.date(2023, 1, 1)
    assert draghi.office_on(on) is None
    before = draghi.office_before(on)
    assert before is not None
    assert (before.of, before.title) == ("ITA", "prime minister")


def test_everybody_described_holds_an_office() -> None:
    """A name in people.csv that no office table has is a misspelling."""
    assert [person.name for person in world.load().people.values() if not person.offices] == []


def test_every_office_is_of_a_country_or_an_organization() -> None:
    here = world.load()
    for person in here.people.values():
        for office in person.offices:
            assert office.of in here.countries or office.of in here.organizations
            assert office.end is None or office.start < office.end, f"{person.name}: {office}"


def test_a_leader_of_a_group_is_coded_as_the_group() -> None:
    nasrallah = world.load().people["hassan-nasrallah"].offices[0]
    assert (nasrallah.country, nasrallah.sectors) == ("LBN", ("REB", "PTY"))


def test_a_leader_is_recoded_when_the_group_is() -> None:
    akhundzada = world.load().people["hibatullah-akhundzada"]
    of_taliban = [office for office in akhundzada.offices if office.of == "taliban"]
    assert [(office.sectors, office.end) for office in of_taliban] == [
        (("REB",), datetime.date(2021, 8, 15)),
        (("GOV",), None),
    ]
    assert world.holder("taliban", "leader", datetime.date(2021, 8, 15)) == akhundzada


def test_a_region_does_not_speak_for_its_country() -> None:
    assert world.holder("ESP", "president", datetime.date(2017, 6, 1)) is None
    assert world.holder("BIH", "president", datetime.date(2024, 6, 1)) is None


def test_a_users_own_offices_and_people(tmp_path: Path) -> None:
    offices = tmp_path / "mayors.csv"
    offices.write_text("of,title,name,start,end\nITA,mayor,Beppe Sala,2016-06-21,\n", encoding="utf-8")
    people = tmp_path / "names.csv"
    people.write_text(
        "name,given,family,others,born,order\nBeppe Sala,Beppe|Giuseppe,Sala,,1958-05-28,\n", encoding="utf-8"
    )
    here = world.load(offices, people)
    (sala,) = here.holders("ITA", "mayor", datetime.date(2020, 1, 1))
    assert (sala.born, "Giuseppe Sala" in sala.names) == (datetime.date(1958, 5, 28), True)


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        ("XQX,president,A B,2001-01-01,", "own.csv:2: A B: unknown country 'XQX'; use a code"),
        ("ITA,doge,A B,2001-01-01,", "own.csv:2: A B: unknown title 'doge'; use one of titles.csv"),
        ("ITA,mayor,A B,2001-01-01,1999-01-01", "own.csv:2: A B: ends 1999-01-01 before it starts 2001-01-01; mend"),
        ("ITA,mayor,A B,last spring,", "own.csv:2: no date: 'last spring'; write 2012-11-15"),
        ("ITA,mayor,A B,2001-02-30,", "own.csv:2: no date: '2001-02-30'; write"),
        ("ITA,mayor,A B,,", "own.csv:2: A B: no start; write"),
        ("ITA,mayor,A B,2001,,x", "own.csv:2: 6 cells, 5 columns; quote"),
        (
            "ITA,president,A B,2001-01-01,\nITA,president,C D,1999-01-01,",
            "own.csv:2: A B: starts after the next one; keep",
        ),
    ],
)
def test_what_is_wrong_in_an_office_table(tmp_path: Path, row: str, complaint: str) -> None:
    path = tmp_path / "own.csv"
    path.write_text(f"of,title,name,start,end\n{row}\n", encoding="utf-8")
    with pytest.raises(world.WorldError) as raised:
        world.load(path)
    assert str(raised.value).startswith(complaint)
    assert "\n" not in str(raised.value)


def test_a_person_described_twice(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("name,given,family,others,born,order\nXi Jinping,,,,,\n", encoding="utf-8")
    with pytest.raises(world.WorldError, match=r"^own\.csv:2: Xi Jinping: stands twice; add a year"):
        world.load(path)


LATER_OR_IN_TURN = {"SSD", "TLS", "XKX", "SMR"}  # states that came later; heads that change every half year
EUROPEAN_UNION = world.load().organizations["eu"].members
GROUP_OF_TWENTY = world.load().organizations["g20"].members


def _state_years(codes: Iterable[str], roles: tuple[str, ...], first: int) -> tuple[int, int]:
    """(years in the middle of which somebody held one of the roles, all years)."""
    here = world.load()
    years = [(code, datetime.date(year, 7, 1)) for code in codes for year in range(first, here.known_until.year + 1)]
    return sum(any(here.holders(code, role, day) for role in roles) for code, day in years), len(years)


def test_heads_are_there_since_1990() -> None:
    states = [c.code for c in world.load().countries.values() if c.cow_number and not c.folds_into]
    held, all_years = _state_years(set(states) - LATER_OR_IN_TURN, ("head of state", "head of government"), 1990)
    assert held / all_years > 0.98


@pytest.mark.parametrize("role", ["foreign minister", "defence minister"])
def test_ministers_are_there_since_2010(role: str) -> None:
    states = {*EUROPEAN_UNION, *GROUP_OF_TWENTY, "UKR", "ISR", "IRN", "KOR", "PRK"} - {
        "MLT"
    }  # Malta's premier defends it
    held, all_years = _state_years(states, (role,), 2010)
    assert held / all_years > 0.96


@pytest.mark.parametrize(
    ("of", "role", "on", "name"),
    [
        ("FRA", "head of government", "1991-08-01", "Édith Cresson"),
        ("POL", "head of state", "1992-01-01", "Lech Wałęsa"),
        ("JPN", "head of government", "1995-06-01", "Tomiichi Murayama"),
        ("NLD", "foreign minister", "2013-05-01", "Frans Timmermans"),
        ("MEX", "foreign minister", "2019-05-01", "Marcelo Ebrard"),
        ("KOR", "defence minister", "2024-10-01", "Kim Yong-hyun"),
        ("CAN", "head of state", "2023-01-01", "Charles III"),
    ],
)
def test_holders_of_other_years(of: str, role: str, on: str, name: str) -> None:
    assert [person.name for person in world.holders(of, role, datetime.date.fromisoformat(on))] == [name]


def test_who_reigns_abroad_is_first_of_all_at_home() -> None:
    office = world.load().people["elizabeth-ii"].office_on(datetime.date(2010, 1, 1))
    assert office is not None
    assert office.country == "GBR"


@pytest.mark.parametrize(
    ("form", "name"),
    [("Путин", "Vladimir Putin"), ("习近平", "Xi Jinping"), ("أردوغان", "Recep Tayyip Erdoğan"), ("拜登", "Joe Biden")],
)
def test_names_in_other_scripts(form: str, name: str) -> None:
    assert [person.name for person in world.load().named(form)] == [name]
