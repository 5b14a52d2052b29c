"""Build a pipeline from treebanks, from CoNLL-U to the folder that Dragoman ships and its model card.

In: a recipe (`en`, `it`, `it-open`) and a folder of treebanks. Out: a spaCy pipeline of under 30 MB, loadable by spaCy
alone. The steps leave their results in a work folder; `--from STEP` starts at one of them.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from spacy.cli.train import train
from spacy.tokens import DocBin
from spacy.vocab import Vocab

import augment  # noqa: F401  (registers the augmenter)
import tokenizers
from card import write_card
from corpora import CHOOSE, HELD_OUT, TEST, grouped, training_trees, trees, write_docs
from dragoman.parse.casing import readable
from dragoman.parse.gemm import use_fast_gemm
from evaluate import gold_docs, in_capitals, load, scores, sentence_lists, words_a_second
from ship import ship
from treebanks import read_trees, squeezed
from vectors import train_vectors

HERE = Path(__file__).parent
LANGUAGES = HERE.parent / "src" / "dragoman" / "languages"
STEPS = ("convert", "vectors", "train", "ship", "evaluate")
MOST_DEV_DOCS = 300  # evaluation during training should not take longer than training

# What differs between recipes: values of `pipeline.cfg`. Vectors help where treebanks are small, and their table
# takes room, so the word tables are smaller there.
WITH_VECTORS = {
    "components.tok2vec.model.embed.include_static_vectors": True,
    "components.tok2vec.model.embed.rows": [7000, 250, 2500, 1000, 20],
}
EPOCHS = {"en": 12, "it": 14, "it-open": 20}


def convert(recipe: str, treebanks: Path, raw: list[Path], work: Path) -> None:
    """Treebanks to spaCy's binary form, and the tokenizer."""
    rng = random.Random(13)
    found = training_trees(treebanks, recipe)
    runs = [run for file in found.values() for run in grouped(file, rng)]
    rng.shuffle(runs)
    write_docs(work / "train.spacy", runs)
    chosen = list(grouped(trees(treebanks, CHOOSE[recipe]), rng))
    rng.shuffle(chosen)
    write_docs(work / "dev.spacy", chosen[:MOST_DEV_DOCS])
    verbs = {n.lemma for file in found.values() for t in file for n in t.nodes if n.pos in ("VERB", "AUX")}
    # Nouns in -are or -ere do no harm: no word is such a noun and a pronoun.
    verbs |= {
        word.lower() for line in raw_lines(raw) for word in re.findall(r"[^\W\d_]{3,}(?:are|ere|ire|rre)\b", line)
    }
    tokenizers.blank(recipe[:2], sorted(verbs)).to_disk(work / "tokenizer")
    sizes = {name: [len(file), sum(len(tree.nodes) for tree in file)] for name, file in found.items()}
    (work / "sizes.json").write_text(json.dumps(sizes, indent=1), encoding="utf-8")


def raw_lines(raw: list[Path]) -> Iterator[str]:
    """The lines of plain text files; of .jsonl files, each record's `text`."""
    for path in raw:
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)["text"] if path.suffix == ".jsonl" else line.strip()


def vectors(recipe: str, treebanks: Path, raw: list[Path], work: Path) -> None:
    """Floret vectors from the training text and the raw text, for recipes that are given raw text."""
    if not raw:
        return
    nlp = tokenizers.blank(recipe[:2])
    nlp.from_disk(work / "tokenizer")
    held = {tree.key for name in HELD_OUT[recipe] for tree in read_trees(treebanks / f"{name}.conllu")}
    lines = [line for line in raw_lines(raw) if squeezed(line) not in held]
    lines += [doc.text for doc in DocBin().from_disk(work / "train.spacy").get_docs(Vocab())]
    train_vectors(nlp, lines, work / "vectors")


def train_pipeline(recipe: str, work: Path) -> None:
    """Run spaCy's training; the best checkpoint is left in the work folder."""
    use_fast_gemm()
    epochs = EPOCHS[recipe]
    tokens = sum(size for _, size in json.loads((work / "sizes.json").read_text(encoding="utf-8")).values())
    overrides: dict[str, object] = {
        "paths.train": str(work / "train.spacy"),
        "paths.dev": str(work / "dev.spacy"),
        "paths.tokenizer": str(work / "tokenizer"),
        "nlp.lang": recipe[:2],
        "training.max_epochs": epochs,
        # Batches grow from 300 to 1,000 words over the first 600 steps, some 350,000 words.
        "training.optimizer.learn_rate.total_steps": 600 + max(0, tokens * epochs - 350_000) // 1_000,
    }
    if (work / "vectors" / "pipeline").exists():
        overrides |= {"paths.vectors": str(work / "vectors" / "pipeline"), **WITH_VECTORS}
    train(HERE / "pipeline.cfg", work / "model", overrides=overrides)


def evaluate(recipe: str, treebanks: Path, folder: Path, work: Path) -> None:
    """Measure the finished folder on raw text, and write its model card."""
    lists = sentence_lists(LANGUAGES / recipe[:2] / "language.toml")
    rows: list[dict[str, object]] = []
    for way, setting in (("parser alone", None), ("with sentence component", lists)):
        nlp = load(folder, setting)
        for source in TEST[recipe]:
            gold = gold_docs(treebanks / f"{source.file}.conllu", nlp)
            rows.append({"file": source.file.rpartition("/")[2], "way": way, **scores(nlp, gold)})
            if source is TEST[recipe][0]:
                loud = [doc for doc in map(in_capitals, gold) if doc is not None]
                rows.append({"file": "in capitals", "way": way, **scores(nlp, loud)})
                rows.append({"file": "in capitals, made readable", "way": way, **scores(nlp, loud, prepare=readable)})
                if setting is not None:
                    rows.append({"file": "speed", "way": way, "words": words_a_second(nlp, gold)})
            print(rows[-1], flush=True)
    (work / "scores.json").write_text(json.dumps(rows, indent=1), encoding="utf-8")
    sizes = json.loads((work / "sizes.json").read_text(encoding="utf-8"))
    write_card(folder, recipe, EPOCHS[recipe], sizes, rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("recipe", choices=sorted(EPOCHS))
    parser.add_argument("--treebanks", type=Path, required=True, help="a folder with en/*.conllu and it/*.conllu")
    parser.add_argument("--raw", type=Path, action="append", default=[], help="text for vectors: .txt or .jsonl")
    parser.add_argument("--out", type=Path, help="where the pipeline goes; by default where Dragoman looks for it")
    parser.add_argument("--work", type=Path, default=HERE / "built")
    parser.add_argument("--from", dest="first", choices=STEPS, default=STEPS[0])
    arguments = parser.parse_args()
    recipe: str = arguments.recipe
    work: Path = arguments.work / recipe
    work.mkdir(parents=True, exist_ok=True)
    shipped = LANGUAGES / recipe / "pipeline" if recipe in ("en", "it") else work / "pipeline"
    out: Path = arguments.out or shipped
    for step in STEPS[STEPS.index(arguments.first) :]:
        print(f"{recipe}: {step}", file=sys.stderr, flush=True)
        if step == "convert":
            convert(recipe, arguments.treebanks, arguments.raw, work)
        elif step == "vectors":
            vectors(recipe, arguments.treebanks, arguments.raw, work)
        elif step == "train":
            train_pipeline(recipe, work)
        elif step == "ship":
            shutil.rmtree(out, ignore_errors=True)
            ship(work / "model" / "model-best", out, recipe)
        else:
            evaluate(recipe, arguments.treebanks, out, work)


if __name__ == "__main__":
    main()
