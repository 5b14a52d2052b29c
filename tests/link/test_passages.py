"""Passages: every predicate of an article with its words."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from dragoman.pipeline import Reader
from dragoman.records import Article, Passage, Reading

TEXT = "The ministry said that rebels had burned two lorries. No driver was hurt. A blackout followed in the capital."


def read(reader: Reader, text: str, language: str = "en") -> Reading:
    return reader.read(Article("a", text, language))


def triggers(reading: Reading) -> list[str]:
    return [" ".join(span.of(reading.article.text) for span in passage.trigger) for passage in reading.passages]


def of(reading: Reading, word: str) -> Passage:
    return reading.passages[triggers(reading).index(word)]


def test_each_predicate_is_a_passage_within_the_one_that_it_is_told_in(reader: Reader) -> None:
    reading = read(reader, TEXT)
    said, burned, hurt = (of(reading, word) for word in ("said", "burned", "hurt"))
    assert burned.within is not None
    assert reading.passages[burned.within] == said
    assert [span.of(TEXT) for span in burned.subjects] == ["rebels"]
    assert [span.of(TEXT) for span in burned.objects] == ["two lorries"]
    assert said.sentence == burned.sentence
    assert hurt.within is None
    assert hurt.sentence.of(TEXT) == "No driver was hurt."


@pytest.mark.parametrize(
    ("text", "language", "word", "negated"),
    [
        ("The army did not cross the river.", "en", "cross", True),
        ("The army crossed the river.", "en", "crossed", False),
        ("L'esercito non ha attraversato il fiume.", "it", "attraversato", True),
        ("L'esercito ha attraversato il fiume.", "it", "attraversato", False),
        ("It is false that the army crossed the river.", "en", "crossed", True),
        ("The company paid no ransom.", "en", "ransom", True),
        ("There was no blackout in the capital.", "en", "blackout", True),
        ("The mayor did not regret the blackout.", "en", "blackout", False),
        ("Non è vero che l'esercito ha attraversato il fiume.", "it", "attraversato", True),
        ("L'azienda non ha pagato alcun riscatto.", "it", "riscatto", True),
    ],
)
def test_a_passage_says_whether_it_is_negated(
    reader: Reader, text: str, language: str, word: str, negated: bool
) -> None:
    assert of(read(reader, text, language), word).negated is negated


def test_a_noun_that_names_a_happening_is_one_though_no_rule_knows_it(reader: Reader) -> None:
    reading = read(reader, TEXT)
    assert "blackout" in triggers(reading)
    assert "lorries" not in triggers(reading)


@pytest.mark.parametrize("text", ["Rome, a quiet Sunday.", "...", "", "   \n\n  "])
def test_a_sentence_without_a_predicate_is_one_passage_or_none(reader: Reader, text: str) -> None:
    reading = read(reader, text)
    assert len(reading.passages) <= 1
    assert all(passage.words for passage in reading.passages)


def test_passages_lead_upwards_to_the_top_and_lie_in_the_text(readings: Mapping[str, Reading]) -> None:
    for reading in readings.values():
        assert reading.passages
        for number, passage in enumerate(reading.passages):
            seen = {number}
            above = passage.within
            while above is not None:
                assert above not in seen
                seen.add(above)
                above = reading.passages[above].within
            assert all(passage.sentence.covers(span) for span in (*passage.trigger, *passage.words))


def test_a_passage_is_what_it_was_when_it_is_written_and_read(readings: Mapping[str, Reading]) -> None:
    for reading in readings.values():
        assert tuple(Passage.from_list(passage.to_list()) for passage in reading.passages) == reading.passages


def test_the_contract_does_not_hold_them(reader: Reader) -> None:
    reading = read(reader, TEXT)
    assert set(reading.to_dict()) == {"article", "actors", "dates", "places", "statements", "events"}
    assert Reading.from_dict(reading.to_dict()) == reading
