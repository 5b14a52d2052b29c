"""Tables and archives as sources: every row and page once, and one clear line for what is broken."""

from __future__ import annotations

import csv
import gzip
import io
import json
from pathlib import Path
from typing import Any

import pandas
import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from dragoman.sources import Problem, Raw, fetch
from dragoman.text import articles

# Writing an archive leaves a temporary file to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
ROWS = [
    {"id": "a", "text": 'Oslo said, "No".\nLima agreed.', "language": "en", "published": "2022-06-15", "outlet": "NTB"},
    {"id": "b", "text": "Roma ha accusato Oslo.", "language": "it", "published": None, "outlet": None},
]


def found(path: Path) -> tuple[list[Any], list[Problem]]:
    made = list(articles(fetch([str(path)]), language=None, published=None, installed=["en", "it"]))
    return [a for a in made if not isinstance(a, Problem)], [p for p in made if isinstance(p, Problem)]


def same(path: Path) -> None:
    got, problems = found(path)
    assert not problems
    assert [(a.id, a.text, a.language, a.outlet) for a in got] == [
        (r["id"], r["text"], r["language"], r["outlet"]) for r in ROWS
    ]
    assert [a.published.start.isoformat() if a.published else None for a in got] == ["2022-06-15", None]


@pytest.mark.parametrize("comma", [",", ";", "\t"])
def test_csv(tmp_path: Path, comma: str) -> None:
    text = io.StringIO()
    writer = csv.DictWriter(text, ROWS[0], delimiter=comma)
    writer.writeheader()
    writer.writerows(ROWS)
    (tmp_path / "in.csv").write_text(text.getvalue(), encoding="utf-8-sig", newline="")
    same(tmp_path / "in.csv")
    (tmp_path / "in.csv.gz").write_bytes(gzip.compress(text.getvalue().encode()))
    same(tmp_path / "in.csv.gz")


def test_parquet(tmp_path: Path) -> None:
    pandas.DataFrame(ROWS).to_parquet(tmp_path / "in.parquet")
    same(tmp_path / "in.parquet")
    frame = pandas.DataFrame(ROWS).assign(published=pandas.to_datetime(["2022-06-15", None]))
    frame.to_parquet(tmp_path / "dated.parquet")
    same(tmp_path / "dated.parquet")


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("names.csv", b"id,words\n1,x\n", 'no column "text"; its columns: id, words'),
        ("wide.csv", b"id,text\n1,x,y\n", "has 3 values, the header 2"),
        ("latin.csv", "id,text\n1,citt\u00e0\n".encode("latin-1"), "is not UTF-8"),
        ("quote.csv", b'id,text\n1,"open\n', "not valid CSV"),
        ("broken.parquet", b"PAR1 and then nothing", "not readable as Parquet"),
        ("empty.warc", b"", "no page in it"),
        ("broken.warc", b"just some text\n" * 20, "breaks off after 0 pages"),
    ],
)
def test_broken_ones_are_one_line(tmp_path: Path, name: str, content: bytes, why: str) -> None:
    (tmp_path / name).write_bytes(content)
    got, problems = found(tmp_path / name)
    assert not got
    assert len(problems) == 1
    assert why in problems[0].why
    assert "\n" not in problems[0].why


def archive(path: Path, pages: list[tuple[str, str, bytes]], zipped: bool = True) -> None:
    with path.open("wb") as stream:
        writer = WARCWriter(stream, gzip=zipped)
        for url, kind, content in pages:
            headers = StatusAndHeaders("200 OK", [("Content-Type", kind)], protocol="HTTP/1.1")
            writer.write_record(
                writer.create_warc_record(url, "response", payload=io.BytesIO(content), http_headers=headers)
            )
        writer.write_record(writer.create_warcinfo_record("in.warc", {"software": "test"}))


def page(number: int) -> tuple[str, str, bytes]:
    text = f"<html><body><article><p>Oslo told Lima on Monday that it would send {number} ships to the coast, and Lima said that it was glad.</p></article></body></html>"
    return f"http://news.example/{number}", "text/html; charset=utf-8", text.encode()


@pytest.mark.parametrize("zipped", [True, False])
def test_an_archive(tmp_path: Path, zipped: bool) -> None:
    path = tmp_path / ("in.warc.gz" if zipped else "in.warc")
    pages = [page(number) for number in range(5)]
    archive(path, [*pages, ("http://news.example/picture", "image/png", b"\x89PNG")], zipped)
    raws = list(fetch([str(path)]))
    assert all(isinstance(raw, Raw) for raw in raws)
    assert [(raw.id, raw.content) for raw in raws if isinstance(raw, Raw)] == [(url, text) for url, _, text in pages]


@pytest.mark.parametrize("zipped", [True, False])
@pytest.mark.parametrize("share", [0.3, 0.55, 0.8])
def test_a_truncated_archive_gives_what_is_whole(tmp_path: Path, zipped: bool, share: float) -> None:
    path = tmp_path / ("in.warc.gz" if zipped else "in.warc")
    archive(path, [page(number) for number in range(20)], zipped)
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])
    raws = list(fetch([str(path)]))
    *whole, last = raws
    assert [(raw.id, raw.content) for raw in whole if isinstance(raw, Raw)] == [
        (url, text) for url, _, text in map(page, range(len(whole)))
    ]
    assert isinstance(last, Problem)
    assert "breaks off" in last.why
    assert f"after {len(whole)} pages" in last.why


def test_a_folder_of_all_sorts(tmp_path: Path) -> None:
    archive(tmp_path / "a.warc.gz", [page(1)])
    (tmp_path / "b.csv").write_text("id,text\n1,Oslo praised Lima.\n", encoding="utf-8")
    (tmp_path / "c.jsonl").write_text(json.dumps({"id": "z", "text": "Lima praised Oslo."}), encoding="utf-8")
    assert [type(one) for one in fetch([str(tmp_path)])] == [Raw, Raw, Raw]
