"""Frozen parses: sentences to CoNLL-U and back, so that rule tests need no model.

In: `Sentence`s and the text they were read from, or a CoNLL-U file. Out: the other. Offsets stand in the last column as
`start=..|end=..`; a block opens with `# text = ` and the sentences of one text follow one another under one `# newdoc`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from dragoman.parse.words import Sentence, Word


def write_parses(path: Path, parses: Iterable[tuple[str, Sequence[Sentence]]]) -> None:
    """Write each text with its sentences; the file is replaced whole."""
    lines: list[str] = []
    for text, sentences in parses:
        lines.append(f"# newdoc\n# text = {text}")
        for sentence in sentences:
            lines.extend(_line(word) for word in sentence)
            lines.append("")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def read_parses(path: Path) -> dict[str, tuple[Sentence, ...]]:
    """Every text of the file with its sentences. Raises ValueError naming file and line for a broken row."""
    found: dict[str, list[Sentence]] = {}
    text = ""
    for block in _blocks(path):
        words: list[Word] = []
        for number, line in block:
            if line.startswith("# text = "):
                text = line.removeprefix("# text = ")
                found[text] = []
            elif not line.startswith("#"):
                words.append(_word(line, f"{path}:{number}"))
        if words:
            found[text].append(Sentence(tuple(words)))
    return {text: tuple(sentences) for text, sentences in found.items()}


def _blocks(path: Path) -> Iterator[list[tuple[int, str]]]:
    block: list[tuple[int, str]] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if line:
            block.append((number, line))
        elif block:
            yield block
            block = []
    if block:
        yield block


def _line(word: Word) -> str:
    head = 0 if word.head == word.index else word.head + 1
    return "\t".join(
        (
            str(word.index + 1), word.text or "_", word.lemma or "_", word.pos, "_", word.feats or "_", str(head),
            word.label, "_", f"start={word.start}|end={word.end}",
        )
    )  # fmt: skip


def _word(line: str, where: str) -> Word:
    columns = line.split("\t")
    if len(columns) != 10:
        raise ValueError(f"{where}: {len(columns)} columns instead of 10; run `make parses` again")
    index = int(columns[0]) - 1
    misc = {name: value for name, _, value in (part.partition("=") for part in columns[9].split("|"))}
    return Word(
        index=index, start=int(misc["start"]), end=int(misc["end"]), text=columns[1], lemma=columns[2], pos=columns[3],
        feats="" if columns[5] == "_" else columns[5], head=index if columns[6] == "0" else int(columns[6]) - 1,
        label=columns[7],
    )  # fmt: skip
