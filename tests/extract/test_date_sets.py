"""How dates are anchored, measured on the project's own articles, half of which were never looked at."""

from __future__ import annotations

import pytest

from evaluate_dates import anchoring, articles, place


@pytest.mark.parametrize("code", ["en", "it"])
@pytest.mark.parametrize("half", ["dev", "new"])
def test_dates_and_events_have_their_days(code: str, half: str, capsys: pytest.CaptureFixture[str]) -> None:
    dates, events = anchoring(code, half)
    with capsys.disabled():
        print(f"\n{code} {half} {dates}\n{code} {half} {events}")
    assert dates.accuracy >= 0.91
    assert dates.invention <= 0.02
    assert events.right / (events.entries - events.absent) >= 0.90  # of the events that are found
    assert events.accuracy >= 0.78
    assert events.invention <= 0.02


@pytest.mark.parametrize("code", ["en", "it"])
def test_the_sets_are_sound(code: str) -> None:
    texts: list[str] = []
    for half in ("dev", "new"):
        entries = list(articles(code, half))
        assert len(entries) >= 60
        for entry in entries:
            texts.append(entry["published"] + entry["text"])
            for words, _ in (*entry["dates"], *entry["events"]):
                place(words, entry["text"])
    assert len(set(texts)) == len(texts)
