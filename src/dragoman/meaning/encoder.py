"""The encoder: what each piece of a text means where it stands.

In: texts. Out: for each the spans of its pieces, in code points, and a vector for every one of them. The network is
multilingual-e5-small (Wang et al. 2024), cut down to the pieces of our languages; model/CARD.md says from what it was made and how.
"""

from __future__ import annotations

import functools
import importlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Self

import numpy as np

from dragoman.meaning.pieces import Pieces

MODEL = Path(__file__).with_name("model")
LONGEST = 512  # tokens of a text; what follows has no vector
VALUES, PACKED = 32, 18  # values of a block of weights, and its bytes
_ALIKE = 1.15  # how much longer than the shortest the longest text of a batch may be
_BATCH = 2048  # tokens that are read at a time
_START, _END, _UNKNOWN = "<s>", "</s>", "<unk>"
_PROMPT = "query:"  # what the network was taught to find before a text
Tokens = tuple[Any, Any]


class Encoder:
    """The network with its pieces. What is read together is quantized together: the vectors of a text depend a little on its company."""

    def __init__(self, pieces: Pieces, rows: Any, session: Any) -> None:
        self._pieces = pieces
        self._rows = rows
        self._session = session
        self._head = [pieces[_START], *(piece.number for piece in pieces.of_word(_PROMPT))]
        self._end = pieces[_END]

    @classmethod
    def load(cls, folder: Path = MODEL) -> Self:
        """Raises FileNotFoundError where a file of the model is missing."""
        runtime: Any = importlib.import_module("onnxruntime")  # slow to import, and needed by stories alone
        lines = (folder / "pieces.tsv").read_text(encoding="utf-8").rstrip("\n").split("\n")
        known = [(piece, float(score)) for piece, score in (line.split("\t") for line in lines)]
        numbers = [piece for piece, _ in known]
        options = runtime.SessionOptions()
        options.enable_cpu_mem_arena = False
        options.intra_op_num_threads = 1  # two take a fifth more of the processor; who has cores runs several processes
        options.log_severity_level = 3
        session = runtime.InferenceSession(folder / "encoder.onnx", options, providers=["CPUExecutionProvider"])
        return cls(Pieces(known, numbers.index(_UNKNOWN)), np.load(folder / "rows.npy", mmap_mode="r"), session)

    def tokens(self, texts: Sequence[str]) -> list[Tokens]:
        """For each text the spans of its pieces, an array of starts and ends, and their vectors, an array a row each."""
        cut = [self._pieces.of(text)[: LONGEST - len(self._head) - 1] for text in texts]
        numbers = [[*self._head, *(piece.number for piece in pieces), self._end] for pieces in cut]
        found: list[Tokens | None] = [None] * len(texts)
        for batch in _batches(numbers):
            vectors = self._run([numbers[place] for place in batch])
            for row, place in zip(vectors, batch, strict=True):
                pieces = cut[place]
                spans = np.array([(piece.start, piece.end) for piece in pieces], dtype=np.int64).reshape(-1, 2)
                found[place] = spans, row[len(self._head) : len(self._head) + len(pieces)]
        return [one for one in found if one is not None]

    @property
    def rows(self) -> Any:
        """The packed rows of all pieces (`unpacked`)."""
        return self._rows

    def numbered(self, text: str, longest: int = LONGEST) -> tuple[list[int], list[tuple[int, int, int]]]:
        """The numbers that the network is given for a text, at most `longest`; and of each piece its place among them and its span."""
        pieces = self._pieces.of(text)[: longest - len(self._head) - 1]
        spans = [(place, p.start, p.end) for place, p in enumerate(pieces, len(self._head)) if p.end > p.start]
        return [*self._head, *(piece.number for piece in pieces), self._end], spans

    def _run(self, batch: Sequence[Sequence[int]]) -> Any:
        longest = max(map(len, batch))
        rows = np.zeros((len(batch), longest, VALUES * self._rows.shape[1] // PACKED), dtype=np.float32)
        mask = np.zeros((len(batch), longest), dtype=np.float32)
        for number, text in enumerate(batch):
            rows[number, : len(text)] = unpacked(self._rows[text]).reshape(len(text), -1)
            mask[number, : len(text)] = 1.0
        return self._session.run(None, {"rows": rows, "mask": mask})[0]


def unpacked(rows: Any) -> Any:
    """Blocks of a scale (two bytes) and VALUES values (four bits each, the first half of them in the lower halves), as numbers, a
    row a block."""
    blocks = rows.reshape(-1, PACKED)
    scale = blocks[:, :2].copy().view("<f2").astype(np.float32)
    values = np.concatenate([blocks[:, 2:] & 15, blocks[:, 2:] >> 4], axis=1).astype(np.float32) - 8
    return values * scale


def _batches(texts: Sequence[Sequence[int]]) -> Iterator[list[int]]:
    """The places of texts of about one length, together."""
    batch: list[int] = []
    for place in sorted(range(len(texts)), key=lambda place: (len(texts[place]), place)):
        if batch and (
            len(texts[place]) > _ALIKE * len(texts[batch[0]]) + 2 or (len(batch) + 1) * len(texts[place]) > _BATCH
        ):
            yield batch
            batch = []
        batch.append(place)
    if batch:
        yield batch


@functools.cache
def encoder() -> Encoder:
    """The encoder that is shipped, loaded when it is first asked for."""
    return Encoder.load()
