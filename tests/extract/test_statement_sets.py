"""Who is said to say what, measured on the project's own sets: `make evaluate` prints the same figures."""

from __future__ import annotations

import pytest

from evaluate import STATEMENTS, attributed, statements


@pytest.mark.parametrize("code", ["en", "it"])
def test_statements_are_found_with_their_sources(code: str, capsys: pytest.CaptureFixture[str]) -> None:
    unread = statements(code, [STATEMENTS / f"{code}_new.txt"])
    with capsys.disabled():
        print(f"\nstatements {code}: content {unread.content_f1:.3f}, with their sources {unread.strict_f1:.3f}")
    assert unread.content_f1 >= 0.80
    assert unread.strict_f1 >= 0.70


@pytest.mark.parametrize("code", ["en", "it"])
def test_the_sets_are_sound(code: str) -> None:
    texts = [text for path in sorted(STATEMENTS.glob(f"{code}_*.txt")) for text, _ in attributed(path)]
    assert len(set(texts)) == len(texts) >= 120
