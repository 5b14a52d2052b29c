"""Safe by default: nobody comes in who should not, nothing changes that should not, and no page does what it should not."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from browsing import serving
from typer.testing import CliRunner

from dragoman.cli import app as command_line
from dragoman.settings import SettingsError
from dragoman.store.record import Record
from dragoman.web.app import create_app
from dragoman.web.sessions import Sessions

TOKEN = "correct horse battery"
VERDICT = {"article": "it-xi-putin", "kind": "event", "finding": "e1", "verdict": "confirmed", "who": "Ann"}
PAGES = (
    "/",
    "/events",
    "/article?id=it-xi-putin",
    "/try",
    "/nothing",
    "/api/v1/overview",
    "/api/v1/nothing",
    "/static/site.css",
)


@pytest.fixture
def own(own_samples: Path) -> Iterator[httpx.Client]:
    with serving(create_app(str(own_samples))) as address, httpx.Client(base_url=address, timeout=60) as client:
        yield client


@pytest.fixture
def closed(own_samples: Path) -> Iterator[httpx.Client]:
    """A record that asks for a token or a password."""
    app = create_app(str(own_samples), token=TOKEN, password="open sesame", host="0.0.0.0")
    with serving(app) as address, httpx.Client(base_url=address, timeout=60) as client:
        yield client


def form_token(client: httpx.Client, page: str = "/try") -> str:
    (first, *_) = re.findall(r'name="form_token" value="(\w+)"', client.get(page).text)
    return first


# ---- where it is served ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "::", "example.org"])
def test_beyond_this_machine_a_secret_is_wanted(own_samples: Path, host: str) -> None:
    with pytest.raises(SettingsError, match="--token or a --password"):
        create_app(str(own_samples), host=host)
    create_app(str(own_samples), host=host, token=TOKEN).state.served.close()
    result = CliRunner().invoke(command_line, ["serve", "--record", str(own_samples), "--host", host])
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert "--token or a --password" in result.stderr


def test_short_secrets_are_none(own_samples: Path) -> None:
    for secret in ({"token": "short"}, {"password": "short"}):
        with pytest.raises(SettingsError, match="at least"):
            create_app(str(own_samples), **secret)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["evil.example", "127.0.0.1.evil.example", "", "localhost.evil"])
def test_other_names_of_this_machine_are_refused(own: httpx.Client, name: str) -> None:
    for path in ("/", "/api/v1/overview"):
        assert own.get(path, headers={"Host": name}).status_code == 400
    port = urlsplit(str(own.base_url)).port
    for known in (f"localhost:{port}", f"127.0.0.1:{port}", f"[::1]:{port}"):
        assert own.get("/", headers={"Host": known}).status_code == 200


# ---- who comes in ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [path for path in PAGES if not path.startswith("/static")])
def test_nobody_comes_in_without_the_secret(closed: httpx.Client, path: str) -> None:
    for headers in (
        {},
        {"Authorization": "Bearer wrong"},
        {"Authorization": TOKEN},
        {"Cookie": "dragoman=99999999999.abc"},
    ):
        found = closed.get(path, headers=headers)
        assert found.status_code == 401
        assert "it-xi-putin" not in found.text.replace("/article?id=it-xi-putin", "")
        if path.startswith("/api"):
            assert found.json()["error"]["code"] == "unauthorized"
            assert found.headers["www-authenticate"] == "Bearer"
        else:
            assert 'action="/login"' in found.text
    assert closed.get(path, headers={"Authorization": f"Bearer {TOKEN}"}).status_code in (200, 404)


def test_a_login_gives_a_cookie(closed: httpx.Client) -> None:
    page = "/article?id=it-xi-putin"
    sent = {"word": "open sesame", "to": page, "form_token": form_token(closed, page)}
    assert closed.post("/login", data={**sent, "word": "wrong"}).status_code == 401
    assert closed.post("/login", data={**sent, "form_token": "wrong"}).status_code == 403
    found = closed.post("/login", data=sent)
    assert (found.status_code, found.headers["location"]) == (303, page)
    cookie = found.headers["set-cookie"].casefold()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert closed.get(page).status_code == 200
    assert "no-store" in closed.get(page).headers["cache-control"]
    closed.cookies.set("dragoman", closed.cookies["dragoman"][:-1] + "x", domain="127.0.0.1", path="/")


@pytest.mark.parametrize(
    "to", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "evil"]
)
def test_a_login_leads_nowhere_else(closed: httpx.Client, to: str) -> None:
    sent = {"word": TOKEN, "to": to, "form_token": form_token(closed, "/login")}
    assert closed.post("/login", data=sent).headers["location"] == "/"


def test_many_wrong_tries_are_not_heard(closed: httpx.Client) -> None:
    for _ in range(20):
        assert closed.get("/api/v1/overview", headers={"Authorization": "Bearer wrong"}).status_code == 401
    for word in ("wrong", TOKEN):
        found = closed.get("/api/v1/overview", headers={"Authorization": f"Bearer {word}"})
        assert (found.status_code, found.headers["retry-after"]) == (429, "60")


def test_cookies_are_signed_and_end(monkeypatch: pytest.MonkeyPatch) -> None:
    ours, others = Sessions(TOKEN), Sessions("another token than that")
    cookie = ours.cookie()
    assert ours.holds(cookie)
    assert Sessions(TOKEN).holds(cookie), "a new start of the server asks nobody again"
    assert not others.holds(cookie)
    assert not Sessions().holds(Sessions().cookie())
    assert ours.form_token(None) != Sessions(TOKEN).form_token(None), "nothing to guess a password by"
    until, _, signature = cookie.partition(".")
    for wrong in (None, "", "x", ".", f"{int(until) + 1}.{signature}", f"{until}.", f"{until}.é", "٣.x"):
        assert not ours.holds(wrong)
    monkeypatch.setattr("time.time", lambda: int(until) + 1.0)
    assert not ours.holds(cookie)


# ---- what is changed ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": "http://["},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
    ids=str,
)
def test_other_sites_change_nothing(own: httpx.Client, headers: dict[str, str]) -> None:
    found = own.post("/api/v1/corrections", json=VERDICT, headers=headers)
    assert (found.status_code, found.json()["error"]["code"]) == (403, "cross_site")
    data = {"form_token": form_token(own), "text": "Oslo praised Lima."}
    assert own.post("/try", data=data, headers=headers).status_code == 403
    assert own.get("/api/v1/corrections").json()["rows"] == []
    assert "access-control-allow-origin" not in own.get("/api/v1/overview", headers=headers).headers


def test_our_own_pages_do(own: httpx.Client) -> None:
    headers = {"Origin": str(own.base_url).rstrip("/"), "Sec-Fetch-Site": "same-origin"}
    assert own.post("/api/v1/corrections", json=VERDICT, headers=headers).status_code == 201


def test_what_a_form_of_another_site_could_send_is_no_json(own: httpx.Client) -> None:
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"):
        found = own.post("/api/v1/corrections", content=str(VERDICT), headers={"Content-Type": kind})
        assert found.status_code == 415


@pytest.mark.parametrize("path", ["/try", "/judge", "/correct", "/login"])
def test_each_form_carries_our_token(own: httpx.Client, path: str) -> None:
    for sent in ({}, {"form_token": ""}, {"form_token": "0" * 64}, {"form_token": "é"}):
        assert own.post(path, data={**sent, "text": "Oslo", "who": "Ann"}).status_code == 403
    with httpx.Client(base_url=own.base_url) as other:
        assert other.post(path, content=b"\xff=\xff", headers={"Content-Type": "application/x-www-form-urlencoded"}).status_code in (400, 403)  # fmt: skip


def test_read_only(own_samples: Path) -> None:
    with (
        serving(create_app(str(own_samples), read_only=True)) as address,
        httpx.Client(base_url=address, timeout=120) as client,
    ):
        found = client.post("/api/v1/corrections", json=VERDICT)
        assert (found.status_code, found.json()["error"]["code"]) == (403, "read_only")
        for path in ("/judge", "/correct"):
            found = client.post(path, data={"form_token": form_token(client), "who": "Ann"})
            assert (found.status_code, "read-only" in found.text) == (403, True)
        assert client.get("/api/v1/corrections").json()["rows"] == []
        sent = {"text": "Oslo praised Lima.", "language": "en"}
        assert client.post("/api/v1/read", json=sent).status_code == 200
    with Record(own_samples) as record:
        assert record.corrections().to_list() == []


# ---- how much, and what a page may do ----------------------------------------------------------------------------------


def test_large_bodies_are_refused_however_they_come(own: httpx.Client) -> None:
    def chunks() -> Iterator[bytes]:
        for _ in range(20):
            yield b" " * 100_000

    json = {"Content-Type": "application/json"}
    assert own.post("/api/v1/read", content=chunks(), headers=json).json()["error"]["code"] == "too_large"
    assert own.post("/try", data={"text": "a" * 2_000_000}).status_code == 413
    where = urlsplit(str(own.base_url))
    with socket.create_connection((where.hostname, where.port), timeout=10) as said:  # a length that is not so
        said.sendall(
            b"POST /api/v1/read HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 99999999999\r\n\r\n"
        )
        assert said.recv(100).startswith(b"HTTP/1.1 413")


@pytest.mark.parametrize("path", PAGES)
def test_what_pages_may_do(own: httpx.Client, path: str) -> None:
    headers = own.get(path).headers
    policy = dict(part.strip().partition(" ")[::2] for part in headers["content-security-policy"].split(";"))
    assert (policy["default-src"], policy["script-src"], policy["style-src"]) == ("'none'", "'self'", "'self'")
    assert (policy["frame-ancestors"], policy["base-uri"], policy["form-action"]) == ("'none'", "'none'", "'self'")
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize(
    "path",
    ["/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/static//etc/passwd", "/static/show/..%2f..%2fcli.py",
     "/articles/../../etc/passwd", "/api/v1/articles/%2fetc%2fpasswd", "/api/v1/articles/file:///etc/passwd", "/..%5capp.py"],
)  # fmt: skip
def test_no_file_but_ours_is_read(own: httpx.Client, path: str) -> None:
    where = urlsplit(str(own.base_url))
    with socket.create_connection((where.hostname, where.port), timeout=30) as said:  # as it is: clients tidy paths up
        said.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode())
        answer = b"".join(iter(lambda: said.recv(65536), b""))
    assert answer.split(b" ")[1] == b"404"
    assert b"root:" not in answer
    assert b"import" not in answer.partition(b"\r\n\r\n")[2].replace(b"important", b"")
