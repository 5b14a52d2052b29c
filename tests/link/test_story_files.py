"""The annotated stories are whole: what `read_stories` refuses, and what the set as a whole must hold."""

from __future__ import annotations

from pathlib import Path

import pytest
from read_stories import STORIES, AnnotatedStory, AnnotationError, load, read_story

WHOLE = """
name = "A call"
[[article]]
id = "a"
outlet = "Wire"
language = "en"
published = "2023-05"
title = "Call"
text = "The two presidents spoke by phone on Tuesday."
[[article]]
id = "b"
outlet = "Gazette"
language = "en"
title = "Call"
text = "The presidents spoke on Tuesday."
[[article]]
id = "c"
outlet = "Evening Post"
language = "en"
title = "Call"
copy_of = "a"
text = "The two presidents spoke by phone on Tuesday."
[[occurrence]]
id = "call"
type = "CONSULT"
what = "they speak"
events = [["a", "spoke by phone"], ["b", "spoke"], ["c", "spoke by phone"]]
[occurrence.cells]
"outlet:Wire" = "asserts"
"outlet:Gazette" = "asserts"
"""


def story_of(tmp_path: Path, text: str) -> AnnotatedStory:
    path = tmp_path / "dev-call.toml"
    path.write_text(text, encoding="utf-8")
    return read_story(path)


def test_a_whole_story_is_read(tmp_path: Path) -> None:
    story = story_of(tmp_path, WHOLE)
    assert story.id == "dev-call"
    assert story.tellers == {"outlet:Wire", "outlet:Gazette"}
    assert story.copies == {"c": "a"}
    assert story.voices["c"] == "outlet:Wire"
    (call,) = story.occurrences
    assert [t.span.of(story.article(t.article).text) for t in call.tellings] == [
        "spoke by phone",
        "spoke",
        "spoke by phone",
    ]
    first, second, _ = story.articles
    assert first.published is not None
    assert first.published.precision == "month"
    assert second.published is None


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('["b", "spoke"]', '["b", "talked"]', "'talked' stands 0 times in b"),
        ('["b", "spoke"]', '["b", "s"]', "stands 4 times"),
        ('["b", "spoke"]', '["d", "spoke"]', "no article 'd'"),
        ('["b", "spoke"], ["c", "spoke by phone"]', '["a", "Tuesday"]', "one article only"),
        ('copy_of = "a"', 'copy_of = "z"', "copy of 'z'"),
        ('copy_of = "a"', 'copy_of = "c"', "a copy itself"),
        ('"outlet:Wire" = "asserts"', '"outlet:Wire" = "says"', "no such cell 'says'"),
        ('"outlet:Wire" = "asserts"', "", "no cell for outlet:Wire"),
        ('"outlet:Wire" = "asserts"', '"outlet:Wire" = "asserts"\n"outlet:Other" = "silent"', "no article of its own"),
        ('"outlet:Wire" = "asserts"', '"outlet:Wire" = "asserts"\n"CHN TEA" = "silent"', "no such teller 'CHN TEA'"),
        ('"outlet:Wire" = "asserts"', '"outlet:Wire" = "asserts"\n"CHN GOV" = "silent"', "silent on everything"),
        ('type = "CONSULT"', 'type = "CHAT"', "no such type 'CHAT'"),
        ('published = "2023-05"', 'published = "May"', "is no date"),
        ('title = "Call"\ntext = "The presidents', 'text = "The presidents', "'title' is missing"),
    ],
)
def test_what_cannot_be_is_refused(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert old in WHOLE
    with pytest.raises(AnnotationError, match=message):
        story_of(tmp_path, WHOLE.replace(old, new))


def test_ids_of_articles_are_unique_over_all_files() -> None:
    ids = [article.id for story in load() for article in story.articles]
    assert len(ids) == len(set(ids))


def test_some_stories_are_set_aside_and_more_are_developed_on() -> None:
    assert (len(load("new")), len(load("hard"))) == (6, 14)
    assert len(load("dev")) >= 6
    assert {path.stem.split("-")[0] for path in STORIES.glob("*.toml")} == {"dev", "new", "hard"}


@pytest.mark.parametrize("story", load(), ids=lambda story: story.id)
def test_each_story_keeps_to_its_measure(story: AnnotatedStory) -> None:
    assert 4 <= len(story.articles) <= 8
    assert {article.language for article in story.articles} == {"en", "it"}
    assert 4 <= len(story.occurrences) <= 8
    words = {article.id: len(article.text.split()) for article in story.articles}
    assert {id: count for id, count in words.items() if not 60 <= count <= 180} == {}


def test_wire_copies_and_dates_are_as_varied_as_in_the_news() -> None:
    stories = load()
    assert sum(bool(story.copies) for story in stories) >= 4
    dates = [article.published for story in stories for article in story.articles]
    assert 1 <= sum(date is None for date in dates) <= 6
    assert sum(date is not None and date.precision == "month" for date in dates) >= 3
