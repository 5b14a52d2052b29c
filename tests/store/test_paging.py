"""Pages hold the rows of the whole answer, each once, whatever is added meanwhile."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import pytest
from made import CODERS

from dragoman.records import Reading
from dragoman.store import QuestionError
from dragoman.store.record import Record

ASKED: list[tuple[str, dict[str, Any]]] = [
    ("events", {}),
    ("events", {"sort": "oldest"}),
    ("events", {"sort": "score"}),
    ("events", {"sort": "type"}),
    ("events", {"sort": "added"}),
    ("events", {"between": "CHN RUS"}),
    ("events", {"actor": "CHN", "sort": "oldest"}),
    ("events", {"text": "Putin", "language": ["en", "it"]}),
    ("statements", {}),
    ("statements", {"sort": "oldest", "stance": ["assert", "deny"]}),
    ("articles", {}),
    ("articles", {"sort": "oldest"}),
    ("actors", {}),
    ("actors", {"type": "ACCUSE"}),
    ("actors", {"actor": "CHN"}),
]


@pytest.fixture
def news(record: Record, samples: Sequence[Reading]) -> Record:
    """The samples, some of them without a day."""
    dayless = [
        replace(r, article=replace(r.article, id=f"dayless-{r.article.id}", published=None)) for r in samples[:4]
    ]
    record.store([*samples[5:], *(replace(r, dates=tuple(replace(d, interval=None) for d in r.dates)) for r in dayless), *samples[:5]], CODERS)  # fmt: skip
    return record


def walked(record: Record, kind: Any, asked: dict[str, Any], limit: int) -> Iterator[dict[str, Any]]:
    after = None
    while True:
        page = record.page(kind, limit=limit, after=after, **asked)
        assert len(page.rows) <= limit
        yield from page.rows
        if (after := page.next) is None:
            return
        assert len(page.rows) == limit


@pytest.mark.parametrize(("kind", "asked"), ASKED, ids=str)
@pytest.mark.parametrize("limit", [1, 7, 1000])
def test_pages_are_the_answer(news: Record, kind: str, asked: dict[str, Any], limit: int) -> None:
    whole = getattr(news, kind)(**asked).to_list()
    assert whole
    assert list(walked(news, kind, asked, limit)) == whole


def test_what_is_added_meanwhile_moves_nothing(record: Record, samples: Sequence[Reading]) -> None:
    record.store(samples[:6], CODERS)
    before = [row["event"] for row in record.events()]
    rows = walked(record, "events", {}, 5)
    seen = [next(rows)["event"] for _ in range(8)]
    record.store(samples[6:], CODERS)
    seen += [row["event"] for row in rows]
    assert len(seen) == len(set(seen))
    assert [event for event in seen if event in before] == before


@pytest.mark.parametrize("word", ["", "x", "bm8", "W10", "WyJldmVudHMiXQ", "é", "A" * 5000, "bnVsbA"])
def test_words_that_lead_nowhere(news: Record, word: str) -> None:
    with pytest.raises(QuestionError, match="leads nowhere"):
        news.page("events", after=word)


def test_a_word_of_another_list(news: Record) -> None:
    word = news.page("events", limit=2).next
    for kind, asked in (("statements", {}), ("events", {"sort": "score"})):
        with pytest.raises(QuestionError, match="leads nowhere"):
            news.page(kind, after=word, **asked)  # type: ignore[arg-type]
