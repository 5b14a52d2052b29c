"""How well a pipeline reads raw text: tokens, sentences, tags and trees against treebanks.

In: a pipeline's folder and CoNLL-U files. Out: F1 scores in the manner of the CoNLL 2018 shared task. Documents are
the sentences of one `newdoc`, joined by a blank; where a file names no documents, runs of one to eight neighbouring
sentences. Gold and predicted tokens are aligned by offsets, so each wrong token boundary costs every later score.
Punctuation counts, label subtypes do not. `core` is the F1 of (word, head, label) for subjects, objects, obliques and
clausal complements: what events are made of.
"""

from __future__ import annotations

import argparse
import json
import random
import time
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Token

from corpora import as_doc, grouped
from dragoman.parse.gemm import use_fast_gemm
from dragoman.parse.sentences import Sentences  # noqa: F401  (registers the component)
from treebanks import read_trees

CORE = frozenset({"nsubj", "obj", "iobj", "obl", "csubj", "ccomp", "xcomp"})
SCORES = ("tokens", "sentences", "upos", "lemma", "uas", "las", "core")


def gold_docs(path: Path, nlp: Language) -> list[Doc]:
    """The file's documents, as annotated Docs."""
    trees = list(read_trees(path))
    if len({tree.document for tree in trees}) > 2:
        runs = grouped(trees, random.Random(13), most=10_000, single=0.0)
        runs = _whole(runs)
    else:
        runs = grouped(trees, random.Random(13))
    return [as_doc(nlp.vocab, run) for run in runs]


def _whole(runs: Iterable[list]) -> list[list]:
    """Runs of the same document put together again."""
    whole: list[list] = []
    for run in runs:
        if whole and whole[-1][0].document == run[0].document:
            whole[-1].extend(run)
        else:
            whole.append(list(run))
    return whole


def in_capitals(doc: Doc) -> Doc | None:
    """The document as a loud headline writer would have it; None where a capital takes more room."""
    words = [token.text.upper() for token in doc]
    if any(len(word) != len(token) for word, token in zip(words, doc, strict=True)):
        return None
    return Doc(
        doc.vocab,
        words=words,
        spaces=[bool(token.whitespace_) for token in doc],
        lemmas=[token.lemma_ for token in doc],
        pos=[token.pos_ for token in doc],
        heads=[token.head.i for token in doc],
        deps=[token.dep_ for token in doc],
    )


def scores(nlp: Language, gold: list[Doc], prepare: Callable[[str], str] = str) -> dict[str, float]:
    """F1 of each score, in per cent. `prepare` may change letters of the text, but move none."""
    hits: Counter[str] = Counter()
    golden: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for right, guess in zip(gold, nlp.pipe(prepare(doc.text) for doc in gold), strict=True):
        rights = {_place(token): token for token in right}
        guesses = {_place(token): token for token in guess if not token.is_space}
        ends, guessed_ends = _sentences(right), _sentences(guess)
        golden["sentences"] += len(ends)
        found["sentences"] += len(guessed_ends)
        hits["sentences"] += len(ends & guessed_ends)
        for score in SCORES[0], *SCORES[2:6]:
            golden[score] += len(rights)
            found[score] += len(guesses)
        golden["core"] += sum(_label(token) in CORE for token in right)
        found["core"] += sum(_label(token) in CORE for token in guesses.values())
        for place, token in rights.items():
            other = guesses.get(place)
            if other is None:
                continue
            attached = _head(token) == _head(other)
            labelled = attached and _label(token) == _label(other)
            hits["tokens"] += 1
            hits["upos"] += token.pos_ == other.pos_
            hits["lemma"] += token.lemma_.lower() == other.lemma_.lower()
            hits["uas"] += attached
            hits["las"] += labelled
            hits["core"] += labelled and _label(token) in CORE
    return {score: round(200 * hits[score] / (golden[score] + found[score]), 2) for score in SCORES}


def _place(token: Token) -> tuple[int, int]:
    return token.idx, token.idx + len(token)


def _head(token: Token) -> tuple[int, int] | None:
    return None if token.head.i == token.i else _place(token.head)


def _label(token: Token) -> str:
    return token.dep_.lower().partition(":")[0]


def _sentences(doc: Doc) -> set[tuple[int, int]]:
    spans = set[tuple[int, int]]()
    for sentence in doc.sents:
        words = [token for token in sentence if not token.is_space]
        if words:
            spans.add((words[0].idx, words[-1].idx + len(words[-1])))
    return spans


def words_a_second(nlp: Language, gold: list[Doc], words: int = 400) -> float:
    """Words read in a second of processor time, in articles of about `words` words; the second of two passes.

    Processor time, so that other work on the machine counts as little as it can; on one thread it is the wall clock's
    time of an idle machine.
    """
    texts: list[str] = []
    size = words
    for doc in gold:
        if size >= words:
            texts.append(doc.text)
            size = 0
        else:
            texts[-1] += " " + doc.text
        size += len(doc)
    total = 0.0
    for _ in range(2):
        begin = time.process_time()
        total = sum(len(doc) for doc in nlp.pipe(texts)) / (time.process_time() - begin)
    return round(total)


def load(folder: Path, sentences: dict[str, list[str]] | None = None) -> Language:
    """The pipeline, with the sentence component before its parser where its lists are given."""
    use_fast_gemm()
    nlp = spacy.load(folder)
    if sentences is not None:
        nlp.add_pipe("dragoman_sentences", first=True, config=sentences)
    return nlp


def sentence_lists(language_toml: Path) -> dict[str, list[str]]:
    """The configuration of the sentence component in a language's file; empty lists where it says nothing."""
    if not language_toml.exists():
        return {}
    return tomllib.loads(language_toml.read_text(encoding="utf-8")).get("sentences", {})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("pipeline", type=Path)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--language-toml", type=Path, help="its [sentences] table configures the sentence component")
    parser.add_argument("--speed", action="store_true")
    arguments = parser.parse_args()
    for way, lists in (("plain", None), ("sentences", sentence_lists(arguments.language_toml or Path("-")))):
        nlp = load(arguments.pipeline, lists)
        for path in arguments.files:
            gold = gold_docs(path, nlp)
            row = {"file": path.stem, "with": way, **scores(nlp, gold)}
            if arguments.speed:
                row["words_a_second"] = words_a_second(nlp, gold)
            print(json.dumps(row), flush=True)


if __name__ == "__main__":
    main()
