"""The API answers as the record does, says what it takes, and errs in one form."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest
import schemathesis
from browsing import serving
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema

from dragoman.records import Article, Event, Reading, Span
from dragoman.store.coder import Coder
from dragoman.store.question import Question
from dragoman.store.record import Record
from dragoman.web.app import create_app
from dragoman.web.failures import CODES
from dragoman.web.reading import PatientReader, TooSlowError

ASKED: list[tuple[str, dict[str, Any]]] = [
    ("events", {}),
    ("events", {"between": ["CHN", "RUS"], "sort": "oldest"}),
    ("events", {"actor": "CHN GOV", "certainty": ["certain", "possible"]}),
    ("events", {"type": ["CONSULT", "ACCUSE"], "sort": "score"}),
    ("events", {"denied": True, "language": ["en"]}),
    ("events", {"denied": False, "since": "2022-06", "until": "2022"}),
    ("events", {"text": '"Vladimir Putin" -Niger', "facts": True, "independent": True}),
    ("statements", {"according_to": "RUS", "stance": ["deny", "assert"]}),
    ("articles", {"type": ["ACCUSE"]}),
    ("actors", {"mode": ["phone"]}),
]
CODERS = {"en": Coder("0", "codebook", "en", "en-test", "abc")}


@pytest.fixture(scope="module")
def record(samples: Path) -> Iterator[Record]:
    with Record(samples) as found:
        yield found


@pytest.fixture(scope="module")
def api(site: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=f"{site}/api/v1", timeout=120) as client:
        yield client


@pytest.fixture
def own(own_samples: Path) -> Iterator[httpx.Client]:
    """The API of a record that may be changed."""
    with (
        serving(create_app(str(own_samples))) as address,
        httpx.Client(base_url=f"{address}/api/v1", timeout=60) as client,
    ):
        yield client


def plain(rows: Any) -> Any:
    return json.loads(json.dumps(list(rows), default=lambda day: day.isoformat()))


@pytest.mark.parametrize(("kind", "asked"), ASKED, ids=str)
def test_the_same_rows_as_the_record_a_page_at_a_time(api: httpx.Client, record: Record, kind: str, asked: dict[str, Any]) -> None:  # fmt: skip
    wanted = plain({k: v for k, v in row.items() if k != "added"} for row in getattr(record, kind)(**asked))
    rows: list[Any] = []
    after: dict[str, str] = {}
    while True:
        page = api.get(f"/{kind}", params={**_sent(asked), "limit": 7, **after}).raise_for_status().json()
        rows += [{k: v for k, v in row.items() if k != "added"} for row in page["rows"]]
        if page["next"] is None:
            break
        assert len(page["rows"]) == 7
        after = {"after": page["next"]}
    assert rows == wanted
    assert rows


def _sent(asked: dict[str, Any]) -> dict[str, Any]:
    return {name: str(value).lower() if isinstance(value, bool) else value for name, value in asked.items()}


@pytest.mark.parametrize(("kind", "asked"), ASKED, ids=str)
def test_all_rows_as_csv(api: httpx.Client, record: Record, kind: str, asked: dict[str, Any]) -> None:
    answer = getattr(record, kind)(**asked)
    for path, more in ((f"/{kind}.csv", {}), (f"/{kind}", {"format": "csv"})):
        found = api.get(path, params={**_sent(asked), **more}).raise_for_status()
        assert found.headers["content-type"] == "text/csv; charset=utf-8"
        header, *rows = csv.reader(io.StringIO(found.text))
        assert (tuple(header), len(rows)) == (answer.columns, len(answer.to_list()))
        at = header.index("name" if kind == "actors" else "article")
        assert [row[at] for row in rows] == [row[header[at]] for row in answer]


def test_everything_that_can_be_asked_is_described(api: httpx.Client) -> None:
    described = api.get("/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    parameters = {one["name"] for one in described["paths"]["/events"]["get"]["parameters"]}
    assert {*Question.__slots__} <= parameters
    for path, operations in described["paths"].items():
        for operation in operations.values():
            assert operation["description"], path
            assert {"503"} <= {*operation["responses"]} or path == "/read"


def test_the_page_about_it_names_every_address_and_code(api: httpx.Client) -> None:
    page = (Path(__file__).parents[2] / "docs" / "api.md").read_text(encoding="utf-8")
    for path in api.get("/openapi.json").json()["paths"]:
        assert f"{path}`" in page, path
    for code in CODES.values():
        assert f"`{code}`" in page or code in ("timeout", "not_acceptable", "forbidden"), code


def test_the_reading_of_an_article(api: httpx.Client, record: Record) -> None:
    for row in record.articles():
        found = api.get(f"/articles/{quote(row['article'], safe='')}").json()
        assert Reading.from_dict(found) == record.reading(row["article"])


def test_stories(api: httpx.Client, record: Record) -> None:
    lines = [line.to_dict() for line in record.stories()]
    assert len(lines) > 3
    for sort in ("date", "oldest", "articles", "contested"):
        rows: list[Any] = []
        after: dict[str, str] = {}
        while True:
            page = api.get("/stories", params={"sort": sort, "limit": 2, **after}).raise_for_status().json()
            rows += page["rows"]
            if page["next"] is None:
                break
            after = {"after": page["next"]}
        assert rows == [line.to_dict() for line in record.stories(sort=sort)]
    assert len(api.get("/stories", params={"format": "csv"}).text.splitlines()) == len(lines) + 1
    asked = {"party": ["CHN", "RUS"], "since": "2022-06", "on": "2022-06-15"}
    found = [line.to_dict() for line in record.stories(**asked)]
    assert api.get("/stories", params=asked).json()["rows"] == found
    assert found
    story = record.story("it-xi-putin")
    assert api.get("/stories/it-xi-putin").json() == api.get(f"/stories/{found[0]['id']}").json() == story.to_dict()
    told = api.get("/accounts", params={"story": "it-xi-putin"}).json()["accounts"]
    assert told == [account.to_dict() for account in story.accounts]
    (one, other, *_) = story.tellers
    differ = api.get("/differences", params={"story": "it-xi-putin", "one": one.id, "other": other.name}).json()
    assert differ == record.difference("it-xi-putin", one.id, other.name).to_dict()
    for path in ("/stories/none", "/stories/99999999999999999999", "/accounts?story=none", "/accounts?story=it-xi-putin&teller=nobody"):  # fmt: skip
        assert api.get(path).json()["error"]["code"] == "not_found"
    assert api.get("/stories?after=x").json()["error"]["field"] == "after"


def test_counts(api: httpx.Client, record: Record) -> None:
    events = record.events(type="CONSULT").to_list()
    months = api.get("/months", params={"type": "CONSULT"}).json()["rows"]
    assert sum(cell["events"] for cell in months) == len(events)
    assert api.get("/overview").json()["articles"] == len(record)
    (pair,) = [one for one in api.get("/pairs").json()["rows"] if (one["one"], one["other"]) == ("CHN", "RUS")]
    assert pair["events"] == len(record.events(between="CHN RUS").to_list())
    assert api.get("/partners", params={"of": "CHN"}).json()["rows"][0]["country"] == "RUS"
    assert all(spot["events"] for spot in api.get("/places", params={"place": "UKR"}).json()["rows"])


def test_a_text_is_read(api: httpx.Client, reader: Any) -> None:
    sent = {"text": "Norway praised Peru on Monday.", "published": "2022-06-16", "language": "en", "id": "mine"}
    found = Reading.from_dict(api.post("/read", json=sent).raise_for_status().json())
    assert found == reader.read(found.article)
    assert (found.article.id, found.events[0].type) == ("mine", "SUPPORT")
    told = api.post(
        "/read", json={"text": "Il presidente francese ha telefonato ieri al presidente russo Vladimir Putin."}
    )
    assert told.json()["article"]["language"] == "it"


def test_reading_ends(reader: Any) -> None:
    patient = PatientReader(longest=0.01)
    try:
        with pytest.raises(TooSlowError, match="shorten it"):
            patient.read(Article("long", "Norway praised Peru. " * 1000, "en"))
    finally:
        patient.close()


@pytest.mark.parametrize(
    ("method", "path", "sent", "status", "code", "field"),
    [
        ("GET", "/nothing", {}, 404, "not_found", None),
        ("GET", "/articles/none", {}, 404, "not_found", "id"),
        ("PUT", "/events", {}, 405, "method_not_allowed", None),
        ("GET", "/events", {"params": {"type": "FIGHT"}}, 422, "invalid", "type.0"),
        ("GET", "/events", {"params": {"colour": "red"}}, 422, "invalid", "colour"),
        ("GET", "/events", {"params": {"between": "CHN"}}, 422, "invalid", "between"),
        ("GET", "/events", {"params": {"since": "2022-02-31"}}, 422, "invalid", "since"),
        ("GET", "/events", {"params": {"since": "soon"}}, 422, "invalid", "since"),
        ("GET", "/events", {"params": {"limit": 201}}, 422, "invalid", "limit"),
        ("GET", "/events", {"params": {"denied": "perhaps"}}, 422, "invalid", "denied"),
        ("GET", "/events", {"params": {"actor": "\0"}}, 422, "invalid", "actor"),
        ("GET", "/events", {"params": {"after": "xyz"}}, 409, "impossible", "after"),
        ("GET", "/events", {"params": {"text": "a OR -b"}}, 409, "impossible", "text"),
        ("GET", "/statements", {"params": {"according_to": "outlet"}}, 409, "impossible", "according_to"),
        ("POST", "/read", {"content": "{", "headers": {"Content-Type": "application/json"}}, 400, "malformed", None),
        ("POST", "/read", {"content": "text=a"}, 415, "unsupported_media_type", None),
        ("POST", "/read", {"json": {"text": ""}}, 422, "invalid", "text"),
        ("POST", "/read", {"json": {"text": "Oslo.", "language": "xx"}}, 422, "invalid", "language"),
        ("POST", "/read", {"json": {"text": "Oslo."}}, 409, "language", "language"),
        ("POST", "/read", {"json": {"text": "a" * 1_100_000}}, 413, "too_large", None),
        ("POST", "/corrections", {"json": {"article": "none", "kind": "event", "finding": "e1", "verdict": "confirmed", "who": "A"}}, 404, "not_found", "article"),
        ("POST", "/corrections", {"json": {"article": "it-xi-putin", "kind": "event", "finding": "e99", "verdict": "confirmed", "who": "A"}}, 404, "not_found", "finding"),
        ("POST", "/corrections", {"json": {"article": "it-xi-putin", "kind": "event", "finding": "e1", "verdict": "corrected", "who": "A", "value": {"type": "X"}}}, 409, "impossible", "value"),
        ("POST", "/corrections", {"json": {"article": "it-xi-putin", "kind": "event", "finding": "e1", "verdict": "confirmed"}}, 422, "invalid", "who"),
    ],
)  # fmt: skip
def test_errors_have_one_form(api: httpx.Client, method: str, path: str, sent: dict[str, Any], status: int, code: str, field: str | None) -> None:  # fmt: skip
    found = api.request(method, path, **sent)
    assert found.status_code == status, found.text
    error = found.json()["error"]
    assert (error["code"], error["field"]) == (code, field)
    assert error["message"]
    assert "\n" not in error["message"]
    if status == 405:
        assert found.headers["allow"] == "GET"


def test_corrections_are_made_and_asked_for(own: httpx.Client) -> None:
    made = {"article": "it-xi-putin", "kind": "event", "who": "Ann"}
    first = own.post("/corrections", json={**made, "finding": "e1", "verdict": "rejected", "note": "no"})
    assert (first.status_code, first.json()["stands"], first.json()["made"][-1]) == (201, True, "Z")
    second = own.post("/corrections", json={**made, "finding": "e1", "verdict": "corrected", "value": {"type": "AID"}}).json()  # fmt: skip
    assert (second["machine"]["type"], second["value"]["type"], second["value"]["quad"]) == ("CONSULT", "AID", "material cooperation")  # fmt: skip
    page = own.get("/corrections", params={"limit": 1}).json()
    assert [row["verdict"] for row in page["rows"]] == ["corrected"]
    page = own.get("/corrections", params={"limit": 1, "after": page["next"]}).json()
    assert ([row["verdict"] for row in page["rows"]], page["next"]) == (["rejected"], None)
    assert len(own.get("/corrections", params={"stands": "true"}).json()["rows"]) == 1
    assert len(own.get("/corrections.csv", params={"article": "it-xi-putin"}).text.splitlines()) == 3
    rows = own.get("/events", params={"confirmed": "true"}).json()["rows"]
    assert [(row["event"], row["type"]) for row in rows] == [("it-xi-putin/e1", "AID")]
    assert [event["type"] for event in own.get("/articles/it-xi-putin?confirmed=true").json()["events"]] == ["AID"]
    assert own.get("/articles/it-xi-putin").json()["events"][0]["type"] == "CONSULT"
    assert own.get("/months", params={"confirmed": "true"}).json()["rows"][0]["type"] == "AID"
    assert own.get("/evaluation").json()["scores"][0]["judged"] == 1


MANY = 1_000  # events of one article; finding stories in it still takes time with their square
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)> &lt; \u202eevil\u202c \u200b\u200d\ufeff \u2066x\u2069 {{7*7}} ${x} 🇮🇹 e\u0301"


def test_strange_articles_come_back_as_they_are(tmp_path: Path) -> None:
    word = f"{HOSTILE} "
    long = "word " * 100_000
    many = "abcde " * MANY
    events = tuple(
        Event(
            f"e{n}", "AID", Span(6 * n, 6 * n + 5), Span(6 * n, 6 * n + 5), "en/aid", "material cooperation", 10.0, "07"
        )
        for n in range(MANY)
    )
    keys = ["https://x.example/a?b=c&d=e#f", "a/../b", HOSTILE[:40], "%2F%00", "a b/c.csv", "+"]
    readings = [
        *(Reading(Article(key, word, "en", title=word, outlet=word, url="javascript:alert(1)")) for key in keys),
        Reading(Article("long", long, "en")),
        Reading(Article("many", many, "en"), events=events),
    ]
    path = tmp_path / "strange.sqlite"
    with Record(path, create=True) as record:
        record.store(readings, CODERS)
    with serving(create_app(str(path))) as address, httpx.Client(base_url=f"{address}/api/v1", timeout=60) as client:
        for reading in readings:
            found = client.get(f"/articles/{quote(reading.article.id, safe='')}")
            assert found.headers["content-type"] == "application/json"
            assert Reading.from_dict(found.json()) == reading
        rows = client.get("/articles", params={"limit": 200}).json()["rows"]
        assert {row["title"] for row in rows} == {word, None}
        of_outlet = client.get("/articles", params={"outlet": word}).json()["rows"]
        assert {row["article"] for row in of_outlet} == {*keys}
        header, *lines = csv.reader(io.StringIO(client.get("/articles.csv").text))
        assert {line[header.index("title")] for line in lines} == {word, ""}
        seen: list[str] = []
        after: dict[str, str] = {}
        while len(seen) < MANY:
            page = client.get("/events", params={"limit": 200, "sort": "added", **after}).json()
            seen += [row["event"] for row in page["rows"]]
            after = {"after": page["next"]}
        assert (len(set(seen)), page["next"]) == (MANY, None)
        assert len(client.get("/events.csv").text.splitlines()) == MANY + 1


ALIKE = ("/statements", "/articles", "/months", "/places")  # their parameters are those of /events


def test_nothing_is_found_against_the_description(samples: Path, tmp_path: Path) -> None:
    """schemathesis asks anything that the description allows, and much that it does not."""
    with Record(samples) as record, Record(tmp_path / "own.sqlite", create=True) as copy:
        copy.store(record.readings(), {code: Coder("0", "codebook", code, "test", "abc") for code in ("en", "it")})
    app = create_app(str(tmp_path / "own.sqlite"))
    app.state.served.warm()
    config = SchemathesisConfig.from_dict(
        {
            "base-url": "http://127.0.0.1/api/v1",
            "seed": 1,
            "request-timeout": 120,
            "generation": {"max-examples": 10, "deterministic": True},
            "operations": [{"include-path": path, "phases": {"coverage": {"enabled": False}}} for path in ALIKE],
        }
    )
    described = schemathesis.openapi.from_asgi(
        "/api/v1/openapi.json", app, config=config, headers={"Host": "127.0.0.1"}
    )
    asked: Counter[str] = Counter()
    found: list[str] = []
    for event in from_schema(described).execute():
        if isinstance(event, events.ScenarioFinished):
            asked[event.phase.value] += len(event.recorder.cases)
        elif isinstance(event, events.NonFatalError):
            found.append(f"{event.label}: {event.value}")
        elif isinstance(event, events.FatalError):
            raise event.exception
        elif isinstance(event, events.EngineFinished):
            found += [f"{failure.operation}: {failure.title}: {failure.message}" for failure in event.failures]
    app.state.served.close()
    assert not found
    assert asked["coverage"] > 500
    assert asked["fuzzing"] > 100
