"""Which treebank sentences train which pipeline, and which are held out.

In: a folder of treebanks (`en/*.conllu`, `it/*.conllu`). Out: lists of trees by role. Sentences whose squeezed text
equals one of a held-out sentence are dropped from training.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab

from treebanks import Tree, read_trees, split_at_stops

# Genres of GUM whose texts may be used commercially (CC BY or CC BY-SA), by GUM's own LICENSE.
OPEN_GUM = frozenset({"academic", "bio", "court", "interview", "news", "voyage"})
SHORTEST_KEY = 15  # shorter texts ("Grazie.") may stand in several treebanks by chance


@dataclass(frozen=True, slots=True)
class Source:
    """A treebank file, and how it is used."""

    file: str
    posts: bool = False  # social media: each post is one tree, see `split_at_stops`
    tags: bool = True  # False where the XPOS scheme is another one
    keep: Callable[[int, Tree], bool] = lambda index, tree: True


def _open_gum(index: int, tree: Tree) -> bool:
    return tree.document.split("_")[1] in OPEN_GUM


def _third(index: int, tree: Tree) -> bool:
    return index % 3 == 0


def _two_thirds(index: int, tree: Tree) -> bool:
    return index % 3 != 0


OPEN_ITALIAN = (
    Source("it/it_markit-ud-train"),
    Source("it/it_markit-ud-dev"),
    Source("it/it_markit-ud-test"),
    Source("it/it_parlamint-ud-train"),
    Source("it/it_parlamint-ud-test"),
    Source("it/it_twittiro-ud-train", posts=True),
    Source("it/it_twittiro-ud-dev", posts=True),
    Source("it/it_twittiro-ud-test", posts=True),
)
TRAIN = {
    "en": (Source("en/en_ewt-ud-train"), Source("en/en_gum-ud-train", keep=_open_gum)),
    "it": (
        Source("it/it_isdt-ud-dev", keep=_two_thirds),
        Source("it/it_partut-ud-train"),
        Source("it/it_partut-ud-test"),
        Source("it/it_vit-ud-dev"),
        Source("it/it_vit-ud-test"),
        Source("it/it_postwita-ud-dev", posts=True),
        Source("it/it_postwita-ud-test", posts=True),
        *OPEN_ITALIAN,
    ),
    "it-open": (*OPEN_ITALIAN, Source("it/it_valico-ud-test")),
}
# The checkpoint that does best on these is kept.
CHOOSE = {
    "en": (Source("en/en_ewt-ud-dev"), Source("en/en_gum-ud-dev", keep=_open_gum)),
    "it": (Source("it/it_isdt-ud-dev", keep=_third), Source("it/it_partut-ud-dev")),
    "it-open": (Source("it/it_isdt-ud-dev", keep=_third), Source("it/it_partut-ud-dev")),
}
# Never seen before the last evaluation.
TEST = {
    "en": (Source("en/en_pud-ud-test"), Source("en/en_ewt-ud-test"), Source("en/en_gum-ud-test")),
    "it": (Source("it/it_pud-ud-test"), Source("it/it_isdt-ud-test")),
    "it-open": (Source("it/it_pud-ud-test"), Source("it/it_isdt-ud-test")),
}
HELD_OUT = {
    "en": ("en/en_pud-ud-test", "en/en_ewt-ud-dev", "en/en_ewt-ud-test", "en/en_gum-ud-dev", "en/en_gum-ud-test"),
    "it": ("it/it_pud-ud-test", "it/it_isdt-ud-test", "it/it_partut-ud-dev"),
}
HELD_OUT["it-open"] = HELD_OUT["it"]


def trees(folder: Path, sources: Iterable[Source]) -> Iterator[Tree]:
    """The trees of the sources, as published."""
    for source in sources:
        for index, tree in enumerate(read_trees(folder / f"{source.file}.conllu", tags=source.tags)):
            if source.keep(index, tree):
                yield tree


def training_trees(folder: Path, recipe: str) -> dict[str, list[Tree]]:
    """Training trees by file, without any that is held out."""
    held = {tree.key for name in HELD_OUT[recipe] for tree in read_trees(folder / f"{name}.conllu")}
    held |= {tree.key for tree in trees(folder, CHOOSE[recipe])}
    found: dict[str, list[Tree]] = {}
    for source in TRAIN[recipe]:
        kept = [t for t in trees(folder, [source]) if len(t.key) <= SHORTEST_KEY or t.key not in held]
        if source.posts:
            kept = [piece for tree in kept for piece in split_at_stops(tree)]
        found[source.file] = kept
    return found


def grouped(found: Iterable[Tree], rng: random.Random, most: int = 8, single: float = 0.25) -> Iterator[list[Tree]]:
    """Runs of one to `most` neighbouring sentences of a document, as a reader would meet them."""
    run: list[Tree] = []
    want = 1
    for tree in found:
        if run and (len(run) >= want or tree.document != run[0].document):
            yield run
            run = []
        if not run:
            want = 1 if rng.random() < single else rng.randint(2, most)
        run.append(tree)
    if run:
        yield run


def as_doc(vocab: Vocab, run: list[Tree]) -> Doc:
    """Sentences joined by a blank, as one annotated Doc."""
    nodes = [node for tree in run for node in tree.nodes]
    starts = [sum(len(tree.nodes) for tree in run[:i]) for i in range(len(run))]
    spaces = [node.space for node in nodes]
    for start in starts[1:]:
        spaces[start - 1] = True
    spaces[-1] = False
    tags = [node.tag for node in nodes]
    return Doc(
        vocab,
        words=[node.text for node in nodes],
        spaces=spaces,
        lemmas=[node.lemma for node in nodes],
        pos=[node.pos for node in nodes],
        tags=tags if any(tags) else None,
        morphs=[node.feats for node in nodes],
        heads=[start + node.head for start, tree in zip(starts, run, strict=True) for node in tree.nodes],
        deps=[node.label for node in nodes],
    )


def write_docs(path: Path, runs: Iterable[list[Tree]]) -> int:
    """Store runs as a spaCy DocBin; returns the number of tokens."""
    vocab = Vocab()
    docs = [as_doc(vocab, run) for run in runs]
    DocBin(docs=docs).to_disk(path)
    return sum(map(len, docs))
