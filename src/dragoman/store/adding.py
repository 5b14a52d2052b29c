"""Adding articles to a record: what is new is read, and stored a batch a transaction.

In: articles in any number, and how to read them. Out: a `Tally` after each batch. A process that is killed loses the batch at
hand and nothing else; adding the same articles again finishes the work, and does not read again what is there.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator

from dragoman.records import Article, Reading
from dragoman.store.coder import Coder
from dragoman.store.errors import RecordError
from dragoman.store.grouping import Publisher, nobody
from dragoman.store.load import batched
from dragoman.store.record import Record
from dragoman.store.write import Tally

BATCH = 100  # readings in one transaction
SECONDS = 20.0  # after which a batch is stored though it is not full
LOOKED_UP = 50  # articles looked up at once

Failed = Callable[[Article, Exception], None]
Read = Callable[[Iterable[Article]], Iterator[Reading]]


def add(
    record: Record, articles: Iterable[Article], read: Read, coder: Callable[[str], Coder], failed: Failed | None = None,
    publisher: Publisher = nobody,
) -> Iterator[Tally]:  # fmt: skip
    """Add articles, lazily: what became of some of them comes back as often as some are done.

    `read` gives the readings of articles in their order, and may leave articles out that cannot be read; `coder` says who
    codes a language; `publisher` whom the name of an outlet means; `failed` is told of articles that the database cannot
    hold, without it they are an error. Raises RecordError where the record cannot be written.
    """
    unchanged = Tally()

    def new() -> Iterator[Article]:
        for chunk in batched(_held(record, articles, failed), LOOKED_UP):
            same = record.unchanged(chunk)
            unchanged.unchanged += sum(same)
            yield from (article for article, is_same in zip(chunk, same, strict=True) if not is_same)

    for batch in _batches(read(new())):
        coders = {language: coder(language) for language in {r.article.language for r in batch}}
        tally = record.store(batch, coders, publisher)
        tally += unchanged
        unchanged.unchanged = 0
        yield tally
    yield unchanged


def _held(record: Record, articles: Iterable[Article], failed: Failed | None) -> Iterator[Article]:
    """The articles that the database can hold."""
    for article in articles:
        if (why := record.refusal(article)) is None:
            yield article
        elif failed is None:
            raise RecordError(f"{article.id}: {why}")
        else:
            failed(article, RecordError(why))


def _batches(readings: Iterable[Reading]) -> Iterator[list[Reading]]:
    batch: list[Reading] = []
    begun = time.monotonic()
    for reading in readings:
        batch.append(reading)
        if len(batch) >= BATCH or time.monotonic() - begun > SECONDS:
            yield batch
            batch = []
            begun = time.monotonic()
    if batch:
        yield batch
