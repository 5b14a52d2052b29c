"""Names of several countries, places that are people, and countries whose names hold one another's."""

from __future__ import annotations

import functools

import pytest

from dragoman.pipeline import Reader
from dragoman.records import Actor, Article, Interval
from dragoman.text import parse_date

PUBLISHED = "2022-06-15"


@functools.cache
def reader() -> Reader:
    return Reader()


def actors(code: str, text: str) -> list[Actor]:
    published: Interval = parse_date(PUBLISHED)
    return list(reader().read(Article("text", text, code, published)).actors)


def coded(code: str, text: str) -> list[tuple[str, str | None]]:
    return [(actor.kind, actor.country) for actor in actors(code, text)]


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("en", "Georgia's governor met lawmakers in Atlanta.", ("person", "USA")),
        ("en", "Georgia signed a deal in Tbilisi.", ("state", "GEO")),
        ("it", "Il governatore della Georgia ha firmato la legge ad Atlanta.", ("person", "USA")),
        ("it", "La Georgia ha accusato Mosca.", ("state", "GEO")),
        ("en", "Congo sent troops to Goma.", ("state", "COD")),
        ("en", "Congo's president returned to Brazzaville.", ("person", "COG")),
        ("en", "Congo condemned the vote.", ("state", None)),
        ("en", "Congo-Brazzaville condemned the vote.", ("state", "COG")),
        ("it", "Il Congo ha inviato truppe a Goma.", ("state", "COD")),
        ("en", "Pyongyang says Korea will not yield.", ("state", "PRK")),
        ("en", "Washington criticized Moscow.", ("state", "USA")),
        ("en", "Denzel Washington criticized Moscow.", ("person", None)),
        ("en", "George Washington led the army.", ("person", None)),
        ("en", "Jordan closed the border.", ("state", "JOR")),
        ("en", "Michael Jordan closed the deal.", ("person", None)),
        ("en", "Chad said its troops had left.", ("state", "TCD")),
        ("en", "Chad Mendes said he had won.", ("person", None)),
        ("en", "Turkey criticized Greece.", ("state", "TUR")),
        ("en", "Paris Hilton visited Rome.", ("person", None)),
        ("en", "South Sudan thanked Kenya.", ("state", "SSD")),
        ("en", "Sudan thanked Kenya.", ("state", "SDN")),
        ("en", "Guinea-Bissau thanked Portugal.", ("state", "GNB")),
        ("en", "Equatorial Guinea thanked Spain.", ("state", "GNQ")),
        ("en", "Niger thanked France.", ("state", "NER")),
        ("it", "La Santa Sede ha condannato l'attacco.", ("state", "VAT")),
        ("it", "La Repubblica Dominicana ha chiuso il confine.", ("state", "DOM")),
        ("it", "Taiwan ha ringraziato gli Stati Uniti.", ("state", "TWN")),
        ("it", "La Corea del Sud ha ringraziato gli Stati Uniti.", ("state", "KOR")),
    ],
)
def test_who_is_meant(code: str, text: str, expected: tuple[str, str | None]) -> None:
    assert coded(code, text)[0] == expected


@pytest.mark.parametrize(
    ("code", "text", "country"),
    [
        ("en", "A Saudi-led coalition bombed the port.", "SAU"),
        ("en", "Turkey said its troops would stay.", "TUR"),
        ("it", "La Turchia ha detto che le sue truppe resteranno.", "TUR"),
    ],
)
def test_troops_are_of_whoever_leads_or_owns_them(code: str, text: str, country: str) -> None:
    assert (country, "MIL") in [(a.country, next(iter(a.sectors), None)) for a in actors(code, text)]


def test_aid_to_a_country_is_not_of_that_country() -> None:
    tanks = [a for a in actors("it", "L'Italia ha inviato carri armati all'Ucraina.") if "MIL" in a.sectors]
    assert all(actor.country != "UKR" for actor in tanks)
