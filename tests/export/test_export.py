"""Each export is read back by a public reader, and what it cannot hold is counted."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pandas
import pytest
import rdflib
from rdflib.namespace import PROV, RDF

from dragoman.export import FORMATS, Loss, gdelt, icews, polecat, tables
from dragoman.export.flat import cameo_code
from dragoman.export.loss import MEANS, beside
from dragoman.pipeline import Reader
from dragoman.records import Actor, Article, Event, Interval, Reading, Span, Statement, When
from dragoman.samples import DISPATCHES
from dragoman.text import parse_date

POLECAT = """Event ID, Event Date, Event Type, Event Mode, Intensity, Quad Code, Contexts, Actor Name, Actor Country, Actor COW, Primary Actor Sector,
Actor Sectors, Actor Title, Actor Name Raw, Wikipedia Actor ID, Recipient Name, Recipient Country, Recipient COW, Primary Recipient Sector, Recipient
Sectors, Recipient Title, Recipient Name Raw, Wikipedia Recipient ID, Placename, City, District, Province, Country, Latitude, Longitude, GeoNames ID, Raw
Placename, Feature Type, Source, Publication Date, Story People, Story Organizations, Story Locations, Language, Version"""
ICEWS = """Event ID, Event Date, Source Name, Source Sectors, Source Country, Event Text, CAMEO Code, Intensity, Target Name, Target Sectors, Target
Country, Story ID, Sentence Number, Publisher, City, District, Province, Country, Latitude, Longitude"""
TEXT = "France and Germany told Peru on Monday that they would help it."
DAY = Interval.of_day(datetime.date(2022, 6, 15))


def actor(id: str, name: str, country: str) -> Actor:
    return Actor(id, name, "state", (Span(0, 6),), country, ("GOV",), "president")


def event(**changes: object) -> Event:
    fields: dict[str, object] = {
        "id": "e1", "type": "CONSULT", "trigger": Span(19, 23), "sentence": Span(0, 63), "rule": "r",
        "quad": "verbal cooperation", "score": 2.5, "cameo": "04", "actors": ("a1", "a2"),
    }  # fmt: skip
    return Event(**(fields | changes))  # type: ignore[arg-type]


def reading(*events: Event, published: Interval | None = DAY, dates: tuple[When, ...] = ()) -> Reading:
    actors = (actor("a1", "France", "FRA"), actor("a2", "Germany", "DEU"), actor("a3", "Peru", "PER"))
    told = Statement("s1", (Span(19, 23),), (Span(29, 40),), "indirect", "assert", "r", ("a1",))
    return Reading(Article("x", TEXT, "en", published, "Talks", None, "Example"), actors, dates, (told,), events)


def export(format: str, folder: Path, *readings: Reading) -> tuple[Path, Loss]:
    path = folder / format
    if FORMATS[format].folder:
        path.mkdir()
    loss = Loss(format)
    FORMATS[format].write(iter(readings), path, loss)
    loss.write(path)
    return path, loss


@pytest.fixture(scope="session")
def samples() -> Sequence[Reading]:
    rows = [json.loads(line) for line in DISPATCHES.read_text(encoding="utf-8").splitlines()]
    articles = [
        Article(r["id"], r["text"], r["language"], parse_date(r["published"]), r["title"], None, r["outlet"])
        for r in rows
    ]
    return tuple(Reader().read_many(articles))


def listed(names: str) -> list[str]:
    return [" ".join(name.split()) for name in names.split(",")]


def test_polecat(tmp_path: Path, samples: Sequence[Reading]) -> None:
    path, loss = export("polecat", tmp_path, *samples)
    frame = pandas.read_csv(path, sep="\t", quoting=3, keep_default_na=False, na_values=["None"], dtype=str)
    assert list(frame.columns) == listed(POLECAT) == list(polecat.COLUMNS)
    assert len(frame) == loss.rows == sum(e.polarity == "affirmed" for r in samples for e in r.events)
    assert frame["Event ID"].is_unique
    pandas.to_datetime(frame["Event Date"], format="%Y-%m-%d")
    row = frame.set_index("Event ID").loc["en-xi-putin/e1"]
    assert (row["Actor Name"], row["Actor Country"]) == ("Xi Jinping; Vladimir Putin", "CHN; RUS")
    assert (row["Actor COW"], row["Quad Code"], row["Event Mode"]) == ("710; 365", "VERBAL COOPERATION", "phone")
    assert loss.lost["negated"] == sum(e.polarity == "negated" for r in samples for e in r.events)
    assert loss.lost["statements"] == sum(len(r.statements) for r in samples)


def test_icews(tmp_path: Path, samples: Sequence[Reading]) -> None:
    path, loss = export("icews", tmp_path, *samples)
    frame = pandas.read_csv(path, sep="\t", quoting=3, dtype={"CAMEO Code": str})
    assert list(frame.columns) == listed(ICEWS) == list(icews.COLUMNS)
    assert len(frame) == loss.rows
    assert not frame.duplicated(["Event ID", "Event Date"]).any()
    assert frame["CAMEO Code"].str.fullmatch(r"\d{3,4}").all()
    assert frame["Event Text"].notna().all()
    call = frame[(frame["Event Text"] == "Discuss by telephone") & (frame["Event Date"] == "2022-06-15")]
    assert set(zip(call["Source Country"], call["Target Country"], strict=True)) == {
        ("China", "Russia"),
        ("Russia", "China"),
    }


def test_gdelt(tmp_path: Path, samples: Sequence[Reading]) -> None:
    path, loss = export("gdelt", tmp_path, *samples)
    assert len(gdelt.COLUMNS) == 61
    codes = {name: str for name in gdelt.COLUMNS if name.endswith("Code")}
    frame = pandas.read_csv(path, sep="\t", quoting=3, header=None, names=list(gdelt.COLUMNS), dtype=codes)
    assert len(frame) == loss.rows
    assert frame["GlobalEventID"].is_unique
    assert set(frame["QuadClass"]) <= {1, 2, 3, 4}
    assert (frame["EventRootCode"] == frame["EventCode"].str[:2]).all()
    assert (frame["EventBaseCode"].str.len() == 3).all()
    assert set(frame.loc[frame["Actor1Name"] == "XI JINPING", "Actor1Code"]) == {"CHNGOV"}
    assert (frame["Year"] == frame["Day"] // 10000).all()


def test_several_parties_are_pairs(tmp_path: Path) -> None:
    together = event()
    towards = event(id="e2", recipients=("a3",))
    alone = event(id="e3", actors=("a1",))
    path, loss = export("icews", tmp_path, reading(together, towards, alone))
    rows = [line.split("\t") for line in path.read_text("utf-8").splitlines()[1:]]
    assert [(row[2], row[8]) for row in rows] == [
        ("France", "Germany"), ("Germany", "France"), ("France", "Peru"), ("Germany", "Peru"),
    ]  # fmt: skip
    assert (loss.lost["compound parties"], loss.lost["no parties"]) == (1, 1)
    path, loss = export("gdelt", tmp_path, reading(together, towards, alone))
    rows = [line.split("\t") for line in path.read_text("utf-8").splitlines()]
    assert [(row[6], row[16]) for row in rows] == [
        ("FRANCE", "GERMANY"), ("FRANCE", "PERU"), ("GERMANY", "PERU"), ("FRANCE", ""),
    ]  # fmt: skip


def test_no_day_is_invented(tmp_path: Path) -> None:
    month = Interval(datetime.date(2022, 6, 1), datetime.date(2022, 6, 30), "month")
    dates = (When("d1", Span(32, 38), "2022-06", "DATE", month, "text"),)
    dated = event(date="d1")
    for format in ("icews", "gdelt"):
        path, loss = export(format, tmp_path, reading(dated, event(id="e2"), dates=dates))
        assert (loss.events, loss.lost["no day"]) == (1, 1)
    path, loss = export("polecat", tmp_path, reading(dated, dates=dates), reading(event(), published=None))
    days = pandas.read_csv(path, sep="\t", keep_default_na=False)["Event Date"]
    assert (list(days), loss.lost["dates"]) == (["None", "None"], 1)


def test_what_is_lost_is_counted_and_explained(tmp_path: Path) -> None:
    told = event(
        according_to=("s1",), denied_by=("s1",), certainty="possible", time="future", background=True,
        modes=("phone", "visit"), evidence=(("phone", Span(0, 3)),),
    )  # fmt: skip
    path, _ = export("polecat", tmp_path, reading(told, event(id="e2", polarity="negated")))
    found = json.loads(beside(path).read_text("utf-8"))
    assert (found["format"], found["events"], found["rows"], found["articles"]) == ("polecat", 1, 1, 1)
    assert {kind: facts["count"] for kind, facts in found["lost"].items()} == dict.fromkeys(
        ("according to", "background", "certainty", "denied by", "evidence", "modes", "negated", "statements", "time"),
        1,
    )
    assert all(facts["means"] == MEANS[kind] for kind, facts in found["lost"].items())


def test_values_break_no_row(tmp_path: Path) -> None:
    strange = reading(event())
    strange = replace(strange, article=replace(strange.article, outlet='The\t"Odd"\nTimes', id="a\tb"))
    for format in ("polecat", "icews", "gdelt"):
        path, _ = export(format, tmp_path, strange)
        widths = {len(line.split("\t")) for line in path.read_text("utf-8").splitlines()}
        assert len(widths) == 1


def test_json_ld(tmp_path: Path, samples: Sequence[Reading]) -> None:
    path, _ = export("jsonld", tmp_path, *samples)
    graph = rdflib.Graph().parse(path, format="json-ld")
    sem = rdflib.Namespace("http://semanticweb.cs.vu.nl/2009/11/sem/")
    oa = rdflib.Namespace("http://www.w3.org/ns/oa#")
    assert len(set(graph.subjects(RDF.type, sem.Event))) == sum(len(r.events) for r in samples)
    assert len(set(graph.subjects(RDF.type, sem.Authority))) == sum(len(r.statements) for r in samples)
    one = rdflib.URIRef("urn:dragoman:event:en-xi-putin:e1")
    parties = {graph.value(role, RDF.value) for role in graph.objects(one, sem.hasActor)}
    assert len(parties) == 2
    assert graph.value(one, PROV.wasDerivedFrom) == rdflib.URIRef("urn:dragoman:article:en-xi-putin")
    text = next(r.article.text for r in samples if r.article.id == "en-xi-putin")
    trigger = next(e.trigger for r in samples if r.article.id == "en-xi-putin" for e in r.events if e.id == "e1")
    spans: set[tuple[int, int]] = set()
    for annotation in graph.subjects(oa.hasBody, one):
        for target in graph.objects(annotation, oa.hasTarget):
            selector = graph.value(target, oa.hasSelector)
            assert (selector, RDF.type, oa.TextPositionSelector) in graph
            start, end = graph.value(selector, oa.start), graph.value(selector, oa.end)
            assert isinstance(start, rdflib.Literal)
            assert isinstance(end, rdflib.Literal)
            spans.add((start.toPython(), end.toPython()))
    assert (trigger.start, trigger.end) in spans
    assert all(0 <= start < end <= len(text) for start, end in spans)
    for told in set(graph.objects(None, sem.accordingTo)) | set(graph.objects(None, PROV.wasAttributedTo)):
        assert (told, RDF.type, None) in graph  # nothing refers to what is not there


def test_brat(tmp_path: Path, samples: Sequence[Reading]) -> None:
    path, loss = export("brat", tmp_path, *samples)
    configuration = (path / "annotation.conf").read_text("utf-8")
    labels = set(re.findall(r"^(\w+)", configuration, re.M))
    names = dict(line.split("\t") for line in (path / "names.tsv").read_text("utf-8").splitlines())
    assert list(names.values()) == [r.article.id for r in samples]
    events = 0
    for name, one in zip(names, samples, strict=True):
        text = (path / f"{name}.txt").read_bytes().decode()
        assert text == one.article.text
        lines = (path / f"{name}.ann").read_text("utf-8").splitlines()
        marks = {line.split("\t")[0] for line in lines}
        assert len(marks) == len(lines)
        for line in lines:
            mark, rest, *words = line.split("\t")
            if mark.startswith("T"):
                label, where = rest.split(" ", 1)
                spots = [tuple(map(int, spot.split())) for spot in where.split(";")]
                assert " ".join(text[a:b] for a, b in spots).replace("\t", " ") == words[0]
                assert not any("\n" in text[a:b] for a, b in spots)
                assert label in labels
            if mark.startswith("E"):
                events += 1
                for role in rest.split():
                    assert role.partition(":")[2] in marks
            if mark.startswith("A"):
                assert rest.split()[1] in marks
    assert events == loss.events + sum(len(r.statements) for r in samples)


def test_parquet_and_csv_lose_nothing(tmp_path: Path, samples: Sequence[Reading]) -> None:
    bare = Reading(Article("bare", "Nothing happened.", "en"))
    path, loss = export("parquet", tmp_path, samples[0], bare, *samples[1:])
    assert list(tables.read(path)) == [samples[0], bare, *samples[1:]]
    assert not loss.lost
    frame = pandas.read_parquet(path / "events.parquet")
    assert len(frame) == sum(len(r.events) for r in samples)
    path, _ = export("csv", tmp_path, *samples)
    other = pandas.read_csv(path / "events.csv")
    assert list(other["trigger"]) == list(frame["trigger"])
    assert list(pandas.read_csv(path / "articles.csv")["text"]) == [r.article.text for r in samples]


def test_cameo_texts() -> None:
    words: Callable[[str], str] = icews.cameo_text
    assert words("040") == "Consult"
    assert words("0841") == "Return, release person(s)"
    assert cameo_code(event(cameo="19")) == "190"
    from dragoman import ontology

    for facts in ontology.load().types.values():
        for code in (facts.cameo, *(mode.cameo for mode in facts.modes.values() if mode.cameo)):
            assert words(code), code
