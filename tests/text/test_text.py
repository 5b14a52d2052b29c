"""From bytes to articles: encodings, rows, pages, leftovers, dates of publication."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman import languages
from dragoman.records import Article
from dragoman.sources import Problem, Raw
from dragoman.text import articles, detect_language, parse_date, prose
from dragoman.text.page import read_page

PAGE = """<!doctype html><html lang="it-IT"><head><title>Vertice a Tirana - Il Foglio di prova</title>
<meta property="article:published_time" content="2023-05-04T09:30:00+02:00"><meta property="og:site_name" content="Il Foglio di prova">
<script>var spia = "mai letto";</script></head><body><nav><a href="/">Home</a> <a href="/esteri">Esteri</a></nav>
<div class="cookie">Usiamo i cookie per migliorare il servizio.</div>
<article><h1>Vertice a Tirana</h1><p>TIRANA, 4 mag. (prova) - Il premier albanese ha ricevuto il ministro degli Esteri greco
per discutere del confine marittimo tra i due Paesi.</p><p>I colloqui, ha detto un portavoce, sono stati «franchi e utili».</p>
<p>Condividi</p><p>(Foto: archivio)</p><p>Le parti torneranno a vedersi a giugno, secondo il governo di Atene, che non ha dato
altri particolari sull'incontro.</p></article><footer>Tutti i diritti riservati</footer></body></html>"""


def only(raw: Raw, language: str | None = None) -> Article | Problem:
    (one,) = articles([raw], language=language, published=None, installed=("en", "it"))
    return one


def text_of(content: bytes) -> Article | Problem:
    return only(Raw("here", "here", content, "text"), "en")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_encodings(encoding: str) -> None:
    text = "The café’s owner met the “minister” – in São Paulo – on Tuesday. " * 3
    one = text_of(text.encode(encoding))
    assert isinstance(one, Article)
    assert one.text == text


@pytest.mark.parametrize(
    "content",
    [b"%PDF-1.4 \x00", b"\x89PNG\r\n", b"PK\x03\x04 x", b"\x00\x01\x02\x03" * 50, b"\x00\x01" * 30, b"\x02\x03" * 30],
)
def test_what_is_no_text(content: bytes) -> None:
    one = text_of(content)
    assert isinstance(one, Problem)
    assert "no text" in one.why


@given(st.binary(max_size=400))
def test_any_bytes(content: bytes) -> None:
    for sort in ("text", "page", "row"):
        one = only(Raw("here", "here", content, sort), "en")  # type: ignore[arg-type]
        assert isinstance(one, Problem) == (not isinstance(one, Article))
        if isinstance(one, Problem):
            assert "\n" not in one.why


@given(st.text(min_size=1).filter(str.strip))
def test_rows_keep_their_text(text: str) -> None:
    one = only(Raw("here", "here", json.dumps({"id": 3, "text": text, "language": "en"}).encode(), "row"))
    assert isinstance(one, Article)
    assert (one.id, one.text) == ("3", text)


def test_a_page() -> None:
    page = read_page(PAGE)
    assert page.language == "it"
    assert page.published is not None
    assert page.published.start.isoformat() == "2023-05-04"
    assert "Il premier albanese" in page.text
    assert "spia" not in page.text + page.visible
    assert page.map
    for clean, visible in page.map:
        assert clean.of(page.text) == visible.of(page.visible)


def test_leftovers_of_a_page_are_not_read() -> None:
    page = read_page(PAGE)
    read = " | ".join(span.of(page.text) for span in prose(page.text, languages.load("it")))
    for leftover in ("Condividi", "Foto", "cookie", "TIRANA"):
        assert leftover not in read
    assert "Le parti torneranno" in read


@pytest.mark.parametrize(
    ("language", "text", "left"),
    [
        ("en", "date 2022-06 - Advertisement - The minister left.", ["The minister left."]),
        ("it", "data 2022-06 - Pubblicità - Il ministro è partito.", ["Il ministro è partito."]),
        ("en", "Facebook | Twitter | Email\nThe minister left.\n\nRead more: Ten islands", ["The minister left."]),
        ("en", "KYIV, July 24 (Agency) – The minister left.", ["The minister left."]),
        ("it", "(Agenzia) - ROMA, 15 GIU - Il ministro è partito.", ["Il ministro è partito."]),
        (
            "en",
            "Share prices fell. Twitter users met the photo editor.",
            ["Share prices fell. Twitter users met the photo editor."],
        ),
        ("en", "US - China talks began.", ["US - China talks began."]),
    ],
)
def test_prose(language: str, text: str, left: list[str]) -> None:
    assert [span.of(text).strip() for span in prose(text, languages.load(language))] == left


@given(st.text(alphabet="Ab -–(:|\n/Photo.Read more", max_size=200))
def test_prose_of_any_text(text: str) -> None:
    spans = prose(text, languages.load("en"))
    assert all(one.end <= other.start for one, other in itertools.pairwise(spans))
    assert all(span.end <= len(text) for span in spans)


def test_the_language_is_told_or_not() -> None:
    assert detect_language("The minister said on Monday that the talks had failed.") == "en"
    assert detect_language("Il ministro ha detto lunedì che i colloqui sono falliti.") == "it"
    assert detect_language("Le ministre a dit lundi que les pourparlers avaient échoué.") == "fr"
    assert detect_language("12 + 30") is None


@pytest.mark.parametrize(
    ("written", "start", "end", "precision"),
    [
        ("2024-02-29", "2024-02-29", "2024-02-29", "day"), ("20240229", "2024-02-29", "2024-02-29", "day"),
        ("2024-02-29T23:59:00Z", "2024-02-29", "2024-02-29", "day"), ("2023-02", "2023-02-01", "2023-02-28", "month"),
        ("2022", "2022-01-01", "2022-12-31", "year"),
    ],
)  # fmt: skip
def test_dates(written: str, start: str, end: str, precision: str) -> None:
    assert parse_date(written).to_dict() == {"start": start, "end": end, "precision": precision}


@pytest.mark.parametrize("written", ["", "soon", "2022-13", "2023-02-29", "15/06/2022", "0000"])
def test_what_is_no_date(written: str) -> None:
    with pytest.raises(ValueError, match="is no date"):
        parse_date(written)


def test_problems_keep_their_place() -> None:
    def found() -> Iterator[Raw | Problem]:
        yield Raw("a", "a", b"The minister left the talks.", "text")
        yield Problem("b", "gone")
        yield Raw("c", "c", b"The minister came back to the talks.", "text")

    out = list(articles(found(), language="en", published=None, installed=("en",)))
    assert [type(one).__name__ for one in out] == ["Article", "Problem", "Article"]
