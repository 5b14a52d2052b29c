"""What the passages of an article mean, as the encoder has it.

In: a reading. Out: an array of whole numbers: for each of its passages, in their order, a vector for each of PARTS. Vectors of like
meaning are alike in any language, once what all of a story's claims have in common is taken away (nearness.py).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from dragoman.link.traits import TraitsOf
from dragoman.meaning.encoder import encoder
from dragoman.records import Reading, Span

PARTS = ("told", "own", "predicate")  # of the passage with all that is within it; without that; of its trigger
_STEPS = 64  # whole numbers to 1
_MOST = 127
Meaning = Any  # numpy.ndarray of int8: passages, PARTS, directions
Meant = Callable[[Reading], Meaning]


def meaning_of(reading: Reading) -> Meaning:
    """The meaning of the passages of a reading. It depends on nothing but that reading."""
    passages = reading.passages
    sentences = list(dict.fromkeys(passage.sentence for passage in passages))
    if not sentences:
        return np.zeros((0, len(PARTS), 0), dtype=np.int8)
    read = encoder().tokens([sentence.of(reading.article.text) for sentence in sentences])
    tokens = dict(zip(sentences, read, strict=True))
    traits = TraitsOf(reading)
    found = [
        [
            _mean(tokens[passage.sentence], passage.sentence, spans)
            for spans in ((*passage.words, *traits.words_below(number)), passage.words, passage.trigger)
        ]
        for number, passage in enumerate(passages)
    ]
    return np.clip(np.rint(np.array(found) * _STEPS), -_MOST, _MOST).astype(np.int8)


def _mean(tokens: tuple[Any, Any], sentence: Span, spans: Sequence[Span]) -> Any:
    """The mean of the vectors of the tokens that lie in the spans; of all where none does."""
    places, vectors = tokens
    starts, ends = places[:, 0] + sentence.start, places[:, 1] + sentence.start
    inside = np.zeros(len(places), dtype=bool)
    for span in spans:
        inside |= (starts < span.end) & (ends > span.start) & (ends > starts)
    if not len(vectors):
        return np.zeros(vectors.shape[1], dtype=np.float32)
    return vectors[inside].mean(axis=0) if inside.any() else vectors.mean(axis=0)
