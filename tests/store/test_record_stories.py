"""Stories in a record, and the commands that show them."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from made import CODERS
from typer.testing import CliRunner

from dragoman.cli import app
from dragoman.link.grouping import stories_of
from dragoman.link.records import Occurrence
from dragoman.records import Reading
from dragoman.store import schema
from dragoman.store.errors import QuestionError
from dragoman.store.record import Record


def partition(record: Record) -> set[frozenset[str]]:
    return {frozenset(m.article for m in record.story(line.id).articles) for line in record.stories()}


@pytest.fixture
def filled(record: Record, samples: Sequence[Reading]) -> Record:
    record.store(samples, CODERS)
    return record


def test_a_record_has_the_stories_of_its_readings(filled: Record, samples: Sequence[Reading]) -> None:
    """What was stored article by article is what all readings together give."""
    for wanted in stories_of(samples):
        assert filled.story(wanted.id).to_dict() == wanted.to_dict()
    assert len(filled.stories()) == len(stories_of(samples))


def test_two_languages_are_one_story(filled: Record) -> None:
    story = filled.story("en-xi-putin")
    assert {member.article for member in story.articles} == {"en-xi-putin", "it-xi-putin"}
    assert filled.story("it-xi-putin") == story


def test_articles_may_come_in_any_order(samples: Sequence[Reading], tmp_path: Path) -> None:
    found: list[set[frozenset[str]]] = []
    for seed in range(4):
        shuffled = list(samples)
        random.Random(seed).shuffle(shuffled)
        with Record(tmp_path / f"{seed}.sqlite", create=True) as record:
            for reading in shuffled:
                record.store([reading], CODERS)
            found.append(partition(record))
    assert all(one == found[0] for one in found)


def test_rebuilding_changes_nothing(filled: Record) -> None:
    before = [filled.story(line.id).to_dict() for line in filled.stories()]
    assert filled.rebuild_stories() == len(before)
    assert [filled.story(line.id).to_dict() for line in filled.stories()] == before


def test_an_article_that_changes_finds_its_story_anew(filled: Record, samples: Sequence[Reading]) -> None:
    first = filled.story("en-xi-putin")
    other = next(reading for reading in samples if reading.article.id == "en-sweden-nato")
    changed = replace(other, article=replace(other.article, id="en-xi-putin"))
    filled.store([changed], CODERS)
    assert filled.story("it-xi-putin") != first
    assert "en-xi-putin" not in {member.article for member in filled.story("it-xi-putin").articles}
    assert sum(len(group) for group in partition(filled)) == len(samples)


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ({"between": "CHN RUS"}, {"it-xi-putin"}),
        ({"between": "CHN RUS", "on": "2022-06-15"}, {"it-xi-putin"}),
        ({"between": "CHN RUS", "on": "2021-06-15"}, set()),
        ({"article": "it-odessa"}, {"en-odesa-port"}),
        ({"fewest": 2}, {"it-xi-putin", "en-odesa-port"}),
        ({"text": "legittimità"}, {"it-xi-putin"}),
        ({"teller": "RUS GOV", "between": "CHN RUS"}, {"it-xi-putin"}),
        ({"since": "2024"}, {"en-sweden-nato", "it-iran-israele"}),
        ({"until": "2022-06"}, {"it-xi-putin"}),
        ({"party": "SAU"}, {"en-saudi-iran"}),
    ],
)
def test_stories_are_asked_for(filled: Record, asked: dict[str, str], wanted: set[str]) -> None:
    assert {filled.story(line.id).id for line in filled.stories(**asked)} == wanted


@pytest.mark.parametrize(
    "asked", [{"sort": "size"}, {"on": "2022"}, {"on": "soon"}, {"colour": "red"}, {"party": "Xi Jinping"}]
)
def test_a_question_that_is_none(filled: Record, asked: dict[str, str]) -> None:
    with pytest.raises(QuestionError):
        filled.stories(**asked)


def test_a_story_that_is_not_there(filled: Record) -> None:
    with pytest.raises(KeyError):
        filled.story("nothing")


def test_occurrences_come_back_as_they_went_in(filled: Record) -> None:
    for line in filled.stories():
        for one in filled.story(line.id).occurrences:
            assert Occurrence.from_dict(json.loads(json.dumps(one.to_dict()))) == one


def test_two_accounts_side_by_side(filled: Record) -> None:
    found = filled.difference("en-xi-putin", "RUS GOV", "CHN GOV")
    only = [words.words for one in found.only_one for t in one.tellings for words in t.evidence]
    assert any("legitimacy" in words for words in only)
    asked = [one for one in found.both if one.type == "REQUEST"]
    assert asked
    assert all(one.telling("RUS GOV").stance == one.telling("CHN GOV").stance == "denies" for one in asked)
    with pytest.raises(KeyError):
        filled.difference("en-xi-putin", "RUS GOV", "ITA GOV")


def test_contradictions_are_found(filled: Record) -> None:
    found = filled.difference("en-xi-putin", "USA GOV", "RUS GOV")
    assert [(one.matter, one.one, one.other) for one in found.contradictions if one.occurrence.type == "REQUEST"] == [
        ("whether", "asserts", "denies")
    ]


# ---- commands -------------------------------------------------------------------------------------------------------


def run(record: Record, *words: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, [*words, "--record", record.where], env={"COLUMNS": "200"})
    return done.exit_code, done.stdout, done.stderr


def test_the_matrix_on_a_terminal(filled: Record) -> None:
    code, out, _ = run(filled, "accounts", "--between", "CHN", "RUS", "--on", "2022-06-15", "--words")
    assert code == 0
    assert "contested" in out
    assert "asked China for military equipment" in out
    assert "legitimacy" in out


def test_stories_as_json(filled: Record) -> None:
    code, out, _ = run(filled, "stories", "--format", "json")
    assert code == 0
    assert [line["id"] for line in json.loads(out)] == [line.id for line in filled.stories()]
    code, out, _ = run(filled, "story", "en-xi-putin", "--format", "json")
    assert json.loads(out) == filled.story("en-xi-putin").to_dict()


def test_pages_stand_alone_and_escape(samples: Sequence[Reading], record: Record, tmp_path: Path) -> None:
    wicked = [
        replace(reading, article=replace(reading.article, title="<script>alert(1)</script>", outlet="<b onclick=x>"))
        for reading in samples
    ]
    record.store(wicked, CODERS)
    for words in (
        ["story", "en-xi-putin"], ["accounts"], ["stories"], ["threads"], ["diff", "en-xi-putin:RUS GOV", "CHN GOV"],
    ):  # fmt: skip
        page = tmp_path / "page.html"
        code, _, err = run(record, *words, "--format", "html", "--output", str(page))
        assert code == 0, err
        text = page.read_text(encoding="utf-8")
        assert "<script" not in text
        assert "<b onclick" not in text
        assert "default-src 'none'" in text


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["story", "99"], "no such story"),
        (["accounts", "--on", "2001-01-01"], "no such story"),
        (["diff", "RUS GOV", "CHN GOV"], "name story and teller"),
        (["diff", "en-xi-putin:RUS GOV", "ITA GOV"], "tells nothing in story"),
        (["diff", "en-xi-putin:RUS GOV", "RUS GOV"], "named twice"),
        (["diff", "en-xi-putin:", "RUS GOV"], "name story and teller"),
        (["stories", "--on", "soon"], "is no date"),
        (["stories", "--sort", "size"], "stories are sorted by"),
    ],
)
def test_what_cannot_be_answered_is_one_line(filled: Record, words: list[str], why: str) -> None:
    code, out, err = run(filled, *words)
    assert code in (1, 2)
    assert out == ""
    assert why in err
    assert len(err.strip().splitlines()) == 1


def test_it_is_said_that_another_version_made_the_stories(filled: Record) -> None:
    assert run(filled, "stories")[2] == ""
    with filled.engine.begin() as connection:
        connection.execute(sa.delete(schema.setting).where(schema.setting.c.name == "linking"))
    code, out, err = run(filled, "stories")
    assert (code, bool(out)) == (0, True)
    assert " ".join(err.split()).endswith("made by another version; `dragoman stories --rebuild` makes them anew")
    assert run(filled, "stories", "--rebuild")[2] == ""
    assert run(filled, "stories")[2] == ""


def test_a_story_of_very_many_articles(record: Record, samples: Sequence[Reading]) -> None:
    """Only its first articles are looked at word by word; all of them are there."""
    one = next(reading for reading in samples if reading.article.id == "en-xi-putin")
    many = [
        replace(one, article=replace(one.article, id=f"a{number}", outlet=f"outlet {number}")) for number in range(200)
    ]
    record.store(many, CODERS)
    (line,) = record.stories()
    assert line.articles == 200
    assert len(record.story(line.id).articles) == 200
    assert any(found.status == "contested" for found in record.story(line.id).occurrences)


@pytest.mark.parametrize("format", ["csv", "parquet"])
def test_stories_are_exported(filled: Record, tmp_path: Path, format: str) -> None:
    import pandas

    folder = tmp_path / "all"
    code, _, err = run(filled, "export", format, "--between", "CHN", "RUS", "--output", str(folder))
    assert code == 0, err
    read = pandas.read_csv if format == "csv" else pandas.read_parquet
    stories, tellings = (read(folder / f"{name}.{format}") for name in ("stories", "tellings"))
    (number,) = set(stories["story"])
    assert number == filled.stories(between="CHN RUS")[0].id
    denied = tellings[(tellings["type"] == "REQUEST") & (tellings["stance"] == "denies")]
    assert {"RUS GOV", "CHN GOV"} <= set(denied["teller"])
