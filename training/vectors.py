"""Floret vectors from raw text: one table of hashed subwords, so that no word is unknown.

In: lines of text and a tokenizer. Out: a blank pipeline's folder holding the vectors, for `[initialize] vectors`.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import floret
from spacy.cli.init_pipeline import convert_vectors
from spacy.language import Language
from spacy.vectors import Mode

DIMENSIONS = 96
BUCKETS = 14000


def train_vectors(nlp: Language, lines: Iterable[str], folder: Path, *, epochs: int = 12) -> Path:
    """Skip-gram vectors of the tokens of `lines`; about three minutes a million words."""
    folder.mkdir(parents=True, exist_ok=True)
    words = folder / "words.txt"
    with words.open("w", encoding="utf-8") as out:
        for line in lines:
            out.write(" ".join(token.text for token in nlp.make_doc(line)) + "\n")
    model = floret.train_unsupervised(
        str(words),
        model="skipgram",
        mode="floret",
        hashCount=2,
        bucket=BUCKETS,
        minn=4,
        maxn=5,
        minCount=5,
        dim=DIMENSIONS,
        epoch=epochs,
        lr=0.05,
        thread=1,
    )
    table = folder / "table.floret"
    model.save_floret_vectors(str(table))
    convert_vectors(nlp, table, truncate=-1, prune=-1, mode=Mode.floret)
    nlp.to_disk(folder / "pipeline")
    return folder / "pipeline"
