"""Who asserts, denies, hedges or passes on what: short dispatches, read and told anew."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from dragoman.link.grouping import stories_of
from dragoman.link.records import Cell, Story
from dragoman.pipeline import Reader
from dragoman.records import Article
from dragoman.text import parse_date


def told(reader: Reader, *texts: str, language: str = "en", outlets: tuple[str, ...] = ()) -> Story:
    """The one story of articles of a day."""
    names = outlets or tuple(f"Paper {number}" for number in range(len(texts)))
    articles = [
        Article(f"a{number}", text, language, parse_date("2024-03-05"), outlet=name)
        for number, (text, name) in enumerate(zip(texts, names, strict=True))
    ]
    (story,) = stories_of([*reader.read_many(articles)], reader.publisher)
    return story


def cells(story: Story, type: str | None) -> Mapping[str, Cell]:
    """What everybody makes of the first occurrence of a type."""
    one = next(one for one in story.occurrences if one.type == type)
    return {telling.teller: telling.stance for telling in one.tellings}


# ---- whose a body is that is named without a country ---------------------------------------------------------------------

OF = [
    ("TUNIS - Police in Tunis arrested forty people. The interior ministry said rebels shelled Sfax.", "TUN GOV"),
    ("Kenya's army and the Kenyan government are at odds. Kenya votes in May. The army said rebels shelled Wajir.", "KEN MIL"),
    ("Police in Nairobi fired on a march in Kenya. Opposition leaders said police shelled the town.", "KEN OPP"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "teller"), OF)
def test_a_body_is_of_the_country_that_the_article_is_about(reader: Reader, text: str, teller: str) -> None:
    assert teller in {one.id for one in told(reader, text).tellers}


def test_a_name_is_of_the_country_that_another_article_tells(reader: Reader) -> None:
    story = told(
        reader,
        "DOHA - The Kenyan foreign minister Njoroge Baraka met Qatar's foreign minister in Doha on Monday.",
        "DOHA - Foreign minister Njoroge Baraka met his colleague in Doha on Monday. Baraka said Uganda had shelled Busia.",
    )
    assert "KEN GOV" in {one.id for one in story.tellers}
    assert not any(one.id.startswith("name:") for one in story.tellers)


# ---- acts of speech ------------------------------------------------------------------------------------------------------


def test_who_promises_asserts_it_and_so_does_the_paper(reader: Reader) -> None:
    assert cells(told(reader, "Italy pledged three million euros to Kenya."), "AGREE") == {
        "outlet:Paper 0": "asserts", "ITA GOV": "asserts",
    }  # fmt: skip


def test_who_strikes_does_not_tell_of_it_thereby(reader: Reader) -> None:
    assert cells(told(reader, "Kenya bombed a village in Uganda on Monday."), "ASSAULT") == {
        "outlet:Paper 0": "asserts"
    }


def test_what_it_is_false_to_say_is_nobodys_act(reader: Reader) -> None:
    text = "It is incorrect to state that Kenya asked Uganda on Monday to withdraw its troops."
    assert cells(told(reader, text), "REQUEST") == {"outlet:Paper 0": "denies"}


def test_a_month_is_no_hedge(reader: Reader) -> None:
    texts = ("The four engineers who were abducted in Busia, Kenya, on 6 May regained their freedom.",) * 2
    stances = {one.stance for occurrence in told(reader, *texts).occurrences for one in occurrence.tellings}
    assert stances == {"asserts"}


# ---- bodies that publish -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("outlet", "teller"),
    [
        ("Republic of Tunisia, Ministry of the Interior", "TUN GOV"),
        ("Ministry of External Affairs, New Delhi", "IND GOV"),
        ("Kuwait Army, General Staff", "KWT MIL"),
        ("Western Theater Command, People's Liberation Army", "CHN MIL"),
        ("The Nairobi Courier", "outlet:The Nairobi Courier"),
    ],
)
def test_a_text_that_a_body_publishes_is_its_word(reader: Reader, outlet: str, teller: str) -> None:
    story = told(reader, "A patrol boat fired on a trawler on Monday.", outlets=(outlet,))
    assert [member.voice.id for member in story.articles] == [teller]
