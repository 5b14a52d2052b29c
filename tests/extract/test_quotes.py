"""Quotation marks of all kinds, nested, broken and forgotten."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.extract.quotes import find_quotes


def quoted(text: str) -> list[str]:
    return [span.of(text) for span in find_quotes(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("“We are ready,” she said.", ["“We are ready,”"]),
        ("«Siamo pronti», ha detto.", ["«Siamo pronti»"]),
        ("„Wir sind bereit“, sagte sie.", ["„Wir sind bereit“"]),
        ('"We are ready," she said. "Are you?"', ['"We are ready,"', '"Are you?"']),
        ("''We are ready,'' she said.", ["''We are ready,''"]),
        ("「準備ができた」と述べた。", ["「準備ができた」"]),
        ("“He told us ‘never’ and left,” she said.", ["“He told us ‘never’ and left,”"]),
        ("«Ha detto “mai” e basta», ricorda.", ["«Ha detto “mai” e basta»"]),
        ("A 6' wall and a 12\" pipe.", []),
        ("The ministers' talks didn't end.", []),
        ("L'accordo c'è, dell'intesa no.", []),
        ('He said "no" and left.', ['"no"']),
        ("'We are ready,' said the general.", ["'We are ready,'"]),
        ("‘We don’t know yet,’ he said.", ["‘We don’t know yet,’"]),
        ("He read 'War and Peace' in the '90s.", ["'War and Peace'"]),
        ("The workers' union and the miners' union met.", []),
        ("\"He said 'we will not go' and left,\" she said.", ["\"He said 'we will not go' and left,\""]),
    ],
)
def test_marks(text: str, found: list[str]) -> None:
    assert quoted(text) == found


def test_a_forgotten_mark_ends_with_its_paragraph() -> None:
    text = "“We will go on, he said.\nThe weather was fine.\n“And you?” she asked."
    assert quoted(text) == ["“We will go on, he said.", "“And you?”"]


def test_a_mark_forgotten_within_a_paragraph_takes_nothing() -> None:
    assert quoted("He spoke of “a new day and left.\nNothing else was said.") == []


def test_paragraphs_of_one_quotation() -> None:
    text = "“First paragraph.\n\n“Second paragraph,” he said."
    assert quoted(text) == ["“First paragraph.", "“Second paragraph,”"]


@given(st.text(alphabet="ab .,\n“”„«»‹›「」\"'‘’—", max_size=300))
def test_any_marks(text: str) -> None:
    found = find_quotes(text)
    assert found == find_quotes(text)
    for one, other in itertools.pairwise(found):
        assert one.end <= other.start
    for span in found:
        assert span.end <= len(text)
        assert "\n" not in span.of(text)


def test_many_marks_take_linear_time() -> None:
    """A quadratic search would not come back."""
    assert len(find_quotes("“a" * 200_000)) <= 1
    assert find_quotes('" a' * 200_000) == ()


def test_lines_of_dialogue_are_quotations_where_dashes_set_the_cue_apart() -> None:
    text = "— Non cederemo — disse il premier. — È deciso.\n— E poi? — chiese lei.\n– pane\n– vino"
    assert [quote.of(text) for quote in find_quotes(text)] == ["— Non cederemo", "— È deciso.", "— E poi?"]
