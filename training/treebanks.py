"""Universal Dependencies files read into trees whose words keep the characters of the text.

In: CoNLL-U. Out: `Tree`s. UD writes some written words as several (Italian "della" = di + la, "dirlo" = dir + lo,
English "don't" = do + n't), and a parser of raw text must name characters, so each such word is here either

- split, where its parts are exactly the written word ("dir|lo", "do|n't"), or
- kept whole, where they are not ("della"): it takes the head, label and lemma of its upper part (the preposition)
  and the features of all its parts. Italian preposition + article is always kept whole, even "nell'".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

STOPS = frozenset({".", "!", "?", "...", "…", "!!", "!!!", "??", "?!"})


@dataclass(frozen=True, slots=True)
class Node:
    """One token. `head` is an index into the tree, its own for the root."""

    text: str
    space: bool
    lemma: str
    pos: str
    tag: str
    feats: str
    head: int
    label: str


@dataclass(frozen=True, slots=True)
class Tree:
    """One sentence: its tokens, the document it stands in, and its text squeezed for comparison."""

    nodes: tuple[Node, ...]
    document: str
    key: str


def squeezed(text: str) -> str:
    """Letters and digits alone, lower-case: equal for texts that differ in spacing and punctuation only."""
    return re.sub(r"\W+", "", unicodedata.normalize("NFKC", text).lower())


def read_trees(path: Path, *, tags: bool = True) -> Iterator[Tree]:
    """The trees of a CoNLL-U file that can be laid over their text. `tags=False` blanks the XPOS column."""
    document, text, rows = path.stem, "", list[list[str]]()
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            line = line.rstrip("\n")
            if line.startswith("# newdoc"):
                document = line.partition("=")[2].strip() or f"{path.stem}-{document}"
            elif line.startswith("# text ="):
                text = line.partition("=")[2].strip()
            elif line and not line.startswith("#"):
                rows.append(line.split("\t"))
            elif not line and rows:
                nodes = _nodes(rows, tags)
                if nodes is not None:
                    yield Tree(nodes, document, squeezed(text))
                rows = []


def _nodes(rows: list[list[str]], tags: bool) -> tuple[Node, ...] | None:
    """The tokens of one sentence, or None where parts of a word cannot be made one token."""
    words = {int(row[0]): row for row in rows if row[0].isdigit()}
    tokens: list[tuple[str, bool, list[int]]] = []
    covered = 0
    for row in rows:
        if "." in row[0]:  # an empty node of the enhanced graph
            continue
        space = "SpaceAfter=No" not in row[9]
        if "-" in row[0]:
            first, last = map(int, row[0].split("-"))
            ids = list(range(first, last + 1))
            covered = last
            parts = [words[i][1] for i in ids]
            fused = words[first][3] == "ADP" and any(words[i][3] == "DET" for i in ids)
            if "".join(parts).lower() == row[1].lower() and not fused:
                begin = 0
                for i, part in zip(ids, parts, strict=True):
                    end = begin + len(part)
                    tokens.append((row[1][begin:end], space and i == last, [i]))
                    begin = end
            else:
                tokens.append((row[1], space, ids))
        elif int(row[0]) > covered:
            tokens.append((row[1], space, [int(row[0])]))
    place = {i: index for index, (_, _, ids) in enumerate(tokens) for i in ids}
    nodes: list[Node] = []
    for index, (form, space, ids) in enumerate(tokens):
        if not form.strip() or any(c.isspace() for c in form):
            return None
        top = next((i for i in ids if int(words[i][6]) not in ids), None)
        if top is None:
            return None
        row = words[top]
        head = int(row[6])
        if head and place[head] == index:
            return None
        nodes.append(
            Node(
                text=form,
                space=space,
                lemma=row[2] if row[2] != "_" else form,
                pos=row[3],
                tag="_".join(words[i][4] for i in ids) if tags else "",
                feats=_joined_features(words[i][5] for i in ids),
                head=place[head] if head else index,
                label=row[7] if head else "ROOT",
            )
        )
    if sum(node.head == index for index, node in enumerate(nodes)) != 1:
        return None
    return tuple(nodes)


def _joined_features(columns: Iterable[str]) -> str:
    """The features of all parts; the first part to name a feature decides it."""
    features: dict[str, str] = {}
    for column in columns:
        for pair in column.split("|"):
            name, _, value = pair.partition("=")
            if value:
                features.setdefault(name, value)
    return "|".join(f"{name}={features[name]}" for name in sorted(features))


def split_at_stops(tree: Tree) -> list[Tree]:
    """A post written as one tree, cut where a full stop and a capital show that it is several sentences.

    Treebanks of social media give each post one tree; learned as it is, that teaches a parser to run sentences
    together. A piece is cut off only where a single word ties it to the rest.
    """
    nodes = tree.nodes
    cuts = [0]
    cuts += [
        i + 1
        for i in range(len(nodes) - 1)
        if nodes[i].text in STOPS and nodes[i].space and (nodes[i + 1].text[:1].isupper() or nodes[i + 1].text in '"«“')
    ]
    cuts.append(len(nodes))
    pieces: list[Tree] = []
    for begin, end in pairwise(cuts):
        inside = range(begin, end)
        ties = [i for i in inside if nodes[i].head not in inside or nodes[i].head == i]
        roots = [i for i in ties if nodes[i].pos != "PUNCT"]
        if len(roots) != 1:
            return [tree]
        root = roots[0]
        piece: list[Node] = []
        for i in inside:
            if i == root:
                piece.append(replace(nodes[i], head=i - begin, label="ROOT"))
            elif i in ties:
                piece.append(replace(nodes[i], head=root - begin))
            else:
                piece.append(replace(nodes[i], head=nodes[i].head - begin))
        pieces.append(Tree(tuple(piece), tree.document, tree.key))
    return pieces
