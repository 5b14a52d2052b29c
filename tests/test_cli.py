"""The command as a user meets it: what it prints, what it says of bad input, how it ends."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dragoman.cli import app
from dragoman.records import Reading

SENTENCE = "France condemned the attack on Monday."


def run(*arguments: str, text: str | bytes | None = None) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, list(arguments), input=text)
    assert "Traceback" not in result.output, result.output
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout, result.stderr


def readings(output: str) -> list[Reading]:
    return [Reading.from_dict(json.loads(line)) for line in output.splitlines()]


def test_a_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(SENTENCE, encoding="utf-8")
    status, output, errors = run("read", "--format", "jsonl", str(tmp_path / "one.txt"), "--published", "2022-06-16")
    assert (status, errors) == (0, "")
    (reading,) = readings(output)
    assert reading.article.text == SENTENCE
    assert [event.type for event in reading.events] == ["ACCUSE"]


def test_standard_input_and_a_given_language() -> None:
    status, output, _ = run(
        "read", "--format", "json", "--language", "it", "-", text="La Francia ha condannato l'attacco."
    )
    assert status == 0
    assert json.loads(output)[0]["article"]["language"] == "it"


def test_jsonl_comes_back_in_order_with_its_ids_and_texts(tmp_path: Path) -> None:
    rows = [{"id": f"n{i}", "text": f"  {SENTENCE}\r\n\n“Odd” text\u200b {i}.", "language": "en"} for i in (3, 1, 2)]
    (tmp_path / "in.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    _, output, _ = run("read", "--format", "jsonl", str(tmp_path / "in.jsonl"))
    assert [(r.article.id, r.article.text) for r in readings(output)] == [(r["id"], r["text"]) for r in rows]


def test_keys_of_another_event_coder(tmp_path: Path) -> None:
    row = {
        "story_id": "s7",
        "event_text": SENTENCE,
        "pub_date": "2020-02-03",
        "headline": "Paris",
        "publisher": "Example",
        "lang": "en",
    }
    (tmp_path / "in.jsonl").write_text(json.dumps(row), encoding="utf-8")
    _, output, _ = run("read", "--format", "jsonl", str(tmp_path / "in.jsonl"))
    article = readings(output)[0].article
    assert (article.id, article.title, article.outlet) == ("s7", "Paris", "Example")
    assert article.published is not None
    assert article.published.day is not None


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("empty.txt", b"", "empty"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00", ""),
        ("page.html", b"<html><body><nav>Home</nav></body></html>", "article"),
        ("broken.jsonl", b'{"id": "1", "text": ', "line 1"),
        ("wrong.jsonl", b'{"id": "1", "text": 5, "language": "en"}', "text"),
        ("when.jsonl", b'{"id": "1", "text": "x y z", "language": "en", "published": "2022-02-31"}', "2022-02-31"),
        ("tongue.jsonl", b'{"id": "1", "text": "x y z", "language": "xx"}', "xx"),
    ],
)
def test_bad_input_is_named_and_skipped(tmp_path: Path, name: str, content: bytes, why: str) -> None:
    (tmp_path / name).write_bytes(content)
    (tmp_path / "zz_good.txt").write_text(SENTENCE, encoding="utf-8")
    status, output, errors = run("read", "--format", "jsonl", "--language", "en", str(tmp_path))
    if name == "tongue.jsonl":
        status, output, errors = run("read", "--format", "jsonl", str(tmp_path), "--language", "en")
    assert status == 1
    assert len(readings(output)) == 1
    assert name in errors
    assert why in errors
    assert len(errors.strip().splitlines()) == 1


def test_encodings(tmp_path: Path) -> None:
    text = "Il presidente francese è arrivato a Roma perché la città lo aspettava già. " * 5
    for name, encoding in (("a.txt", "utf-16"), ("b.txt", "latin-1"), ("c.txt", "utf-8-sig")):
        (tmp_path / name).write_bytes(text.encode(encoding))
    status, output, errors = run("read", "--format", "jsonl", str(tmp_path))
    assert status == 0, errors
    assert {r.article.text.removeprefix("\ufeff") for r in readings(output)} == {text}


def test_gzip(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl.gz").write_bytes(gzip.compress(json.dumps({"id": "z", "text": SENTENCE}).encode()))
    status, output, _ = run("read", "--format", "jsonl", str(tmp_path / "in.jsonl.gz"))
    assert (status, readings(output)[0].article.id) == (0, "z")


def test_three_broken_files_among_many(tmp_path: Path) -> None:
    for number in range(300):
        (tmp_path / f"{number:05}.txt").write_text(f"{SENTENCE} ({number})", encoding="utf-8")
    for number in (7, 77, 177):
        (tmp_path / f"{number:05}.txt").write_bytes(b"\x00\x01\x02" * 40)
    status, output, errors = run("read", "--format", "jsonl", "--language", "en", str(tmp_path))
    assert status == 1
    assert len(readings(output)) == 297
    assert "3 not read" in errors


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["read", "--language", "xx", "-"], "xx"),
        (["read", "--published", "2022-02-31", "-"], "2022-02-31"),
        (["read", "--published", "soon", "-"], "soon"),
        (["read", "--pipeline", "it_core_news_lg", "-"], "it=it_core_news_lg"),
        (["read", "--pipeline", "it=no_such_pipeline", "--language", "it", "-"], "no_such_pipeline"),
        (["read", "--config", "/no/such.toml", "-"], "such.toml"),
        (["read", "--rules", "/no/such/folder", "-"], "such/folder"),
        (["read", "--actors", "/no/such/file.toml", "-"], "no such file of actors"),
    ],
)
def test_wrong_options_are_one_clear_line(arguments: list[str], why: str) -> None:
    status, _, errors = run(*arguments, text=SENTENCE)
    assert status == 2
    assert why in errors
    assert len(errors.strip().splitlines()) == 1


def test_what_is_not_there(tmp_path: Path) -> None:
    status, _, errors = run("read", str(tmp_path / "nothing.txt"))
    assert status == 1
    assert "nothing.txt" in errors


def test_a_settings_file_names_pipelines(tmp_path: Path) -> None:
    settings = tmp_path / "mine.toml"
    settings.write_text('[pipelines]\nen = "no_such_pipeline"\n', encoding="utf-8")
    status, _, errors = run("read", "--language", "en", "--config", str(settings), "-", text=SENTENCE)
    assert (status, "no_such_pipeline" in errors) == (2, True)
    settings.write_text("[pipeline]\n", encoding="utf-8")
    status, _, errors = run("read", "--config", str(settings), "-", text=SENTENCE)
    assert (status, "pipelines" in errors) == (2, True)


def test_rules_of_the_users_own(tmp_path: Path) -> None:
    (tmp_path / "consult.toml").write_text(
        'event = "CONSULT"\n[[rule]]\nname = "lunch"\nverbs = ["lunch"]\nreciprocal = true\nrecipient = "with"\n',
        encoding="utf-8",
    )
    status, output, _ = run(
        "read",
        "--format",
        "jsonl",
        "-l",
        "en",
        "--rules",
        str(tmp_path),
        "-",
        text="France lunched with Germany on Monday.",
    )
    assert status == 0
    assert "en/consult/lunch" in [event.rule for event in readings(output)[0].events]
    wrong = tmp_path / "wrong"
    wrong.mkdir()
    (wrong / "consult.toml").write_text(
        'event = "CONSULT"\n[[rule]]\nname = "lunch"\nverb = ["lunch"]\n', encoding="utf-8"
    )
    status, _, errors = run("read", "-l", "en", "--rules", str(wrong), "-", text=SENTENCE)
    assert status == 2
    assert "en/consult/lunch: no such key 'verb'" in errors


def test_a_page(tmp_path: Path) -> None:
    page = tmp_path / "out.html"
    status, _, _ = run(
        "read", "--format", "html", "-l", "en", "-o", str(page), "-", text=SENTENCE + "<script>alert(1)</script>"
    )
    assert status == 0
    html = page.read_text(encoding="utf-8")
    assert "<script>alert" not in html
    assert "ACCUSE" in html


def test_actors_of_the_users_own(tmp_path: Path) -> None:
    own = tmp_path / "mine.toml"
    own.write_text(
        '[guard]\nkind = "armed group"\ncountry = "SDN"\nsectors = ["REB"]\nnames.en = ["River Guard"]', "utf-8"
    )
    status, out, _ = run("whois", "the River Guard", "--actors", str(own), "--format", "json")
    assert status == 0
    assert json.loads(out)["country"] == "SDN"
    text = "The River Guard attacked a convoy in Ethiopia."
    status, out, _ = run("read", "-l", "en", "--format", "jsonl", "--actors", str(own), "-", text=text)
    assert status == 0
    assert "SDN" in [actor["country"] for actor in json.loads(out)["actors"]]
    (tmp_path / "dragoman.toml").write_text('actors = ["mine.toml"]', "utf-8")
    settings = str(tmp_path / "dragoman.toml")
    _, out, _ = run("whois", "the River Guard", "--config", settings, "--format", "json")
    assert json.loads(out)["country"] == "SDN"
    wrong = tmp_path / "wrong.toml"
    wrong.write_text('[guard]\nkind = "armed group"\nland = "SDN"', encoding="utf-8")
    for command in (["read", "-l", "en", "-"], ["whois", "the River Guard"]):
        status, out, errors = run(*command, "--actors", str(wrong), text=text)
        assert (status, out) == (2, "")
        assert errors.startswith("dragoman: wrong.toml: guard: unknown field 'land'")
        assert errors.count("\n") == 1


def test_only_who_said_what(tmp_path: Path) -> None:
    status, out, _ = run(
        "read", "-l", "en", "--quotes", "--format", "csv", "-", text="Norway said it would send two ships."
    )
    assert status == 0
    (row,) = csv.DictReader(io.StringIO(out))
    assert (row["source"], row["country"], row["cue"], row["content"]) == (
        "Norway",
        "NOR",
        "said",
        "it would send two ships",
    )
    text = "Norway said it would send two ships."
    assert text[int(row["start"]) : int(row["end"])] == "Norway said it would send two ships"
    status, out, _ = run("read", "-l", "en", "--quotes", "--format", "jsonl", "-", text=text)
    assert (status, json.loads(out)["manner"]) == (0, "indirect")
    status, out, _ = run("read", "-l", "en", "--quotes", "-", text=text)
    assert status == 0
    assert "Norway" in out
    table = tmp_path / "quotes.csv"
    status, _, _ = run("read", "-l", "en", "--quotes", "-f", "csv", "-o", str(table), "-", text=text)
    assert (status, len(table.read_text("utf-8").splitlines())) == (0, 2)


@pytest.mark.parametrize("arguments", [["--format", "csv"], ["--quotes", "--format", "html"]])
def test_formats_that_do_not_go_together(arguments: list[str]) -> None:
    status, out, errors = run("read", "-l", "en", *arguments, "-", text="Norway said it would send two ships.")
    assert (status, out) == (2, "")
    assert errors.startswith("dragoman: --format")
    assert errors.count("\n") == 1


def test_whois() -> None:
    status, output, _ = run("whois", "the Chinese foreign minister", "--format", "json")
    assert status == 0
    found = json.loads(output)
    assert (found["country"], found["sectors"][:1]) == ("CHN", ["GOV"])


def test_whois_of_a_file(tmp_path: Path) -> None:
    questions = tmp_path / "questions.jsonl"
    questions.write_text(
        '{"id": 1, "mention": "Kyiv"}\n{"a": 1}\n3\n{"id": 4, "mention": "x", "language": "xx"}\n', encoding="utf-8"
    )
    status, output, errors = run("whois", "--format", "jsonl", str(questions))
    assert status == 1
    assert [(json.loads(line)["id"], json.loads(line)["country"]) for line in output.splitlines()] == [(1, "UKR")]
    for line in ("line 2: not a question", "line 3: not a question", "line 4: language 'xx'"):
        assert line in errors


@pytest.mark.parametrize(
    ("arguments", "status", "why"),
    [
        (["whois", " "], 2, "name a phrase"),
        (["whois", "Xi", "--format", "html"], 2, "'html' is not one of"),
        (["whois", "{0}/noise.jsonl", "--format", "jsonl"], 1, "noise.jsonl, line 1: not a question"),
        (["read", "ftp://host/page"], 1, "ftp://host/page: no address that is read"),
        (["read", "{0}/one.txt", "-o", "{0}"], 2, "is a folder; name a file"),
        (["events", "-r", "mysql://me:secret@host/news"], 1, "mysql://me:***@host/news: a record is an SQLite file or"),
    ],
)
def test_what_else_is_not_understood(tmp_path: Path, arguments: list[str], status: int, why: str) -> None:
    (tmp_path / "noise.jsonl").write_bytes(bytes(range(128, 256)))
    (tmp_path / "one.txt").write_text(SENTENCE, encoding="utf-8")
    found, output, errors = run(*(word.format(tmp_path) for word in arguments))
    assert (found, output) == (status, "")
    assert why in errors


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_an_answer_that_cannot_be_written() -> None:
    command = f"'{sys.executable}' -m dragoman --version > /dev/full"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr == "dragoman: output: No space left on device\n"


def test_a_reader_that_has_seen_enough() -> None:
    """Output into a pipe that is closed early ends quietly."""
    command = f"'{sys.executable}' -m dragoman demo --format jsonl | head -c 10"
    done = subprocess.run(
        ["bash", "-c", command], capture_output=True, text=True, env={**os.environ, "OMP_NUM_THREADS": "1"}
    )
    assert "Traceback" not in done.stderr
    assert done.stdout


def test_the_demo_reads_all_samples() -> None:
    status, output, errors = run("demo", "--format", "jsonl")
    assert (status, errors) == (0, "")
    assert {r.article.language for r in readings(output)} == {"en", "it"}
    assert len(readings(output)) >= 8
