"""The commonest words of a language, which say nothing about what an article is on: `languages/<code>/common_words.txt`.

    python tools/common_words.py en ../treebanks/en/*.conllu

In: files in CoNLL-U. Out: a word a line in alphabetical order, without case and accents; words of under five letters are left
out, since articles are never compared by them. Words that the treebank has as names are left out too.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from dragoman.languages import HOME
from dragoman.text.folding import fold

HOW_MANY = 1500


def main() -> None:
    code, *files = sys.argv[1:]
    found: Counter[str] = Counter()
    for file in files:
        for line in Path(file).read_text(encoding="utf-8").splitlines():
            cells = line.split("\t")
            if len(cells) == 10 and cells[3] != "PROPN" and cells[1].isalpha() and len(word := fold(cells[1])) > 4:
                found[word] += 1
    names = ", ".join(sorted({Path(file).name.split("-")[0] for file in files}))
    head = f"# Counted by tools/common_words.py in Universal Dependencies treebanks: {names}. Those are CC BY-SA 4.0 or CC BY 4.0; single words and\n# how common they are carry over, no wording.\n"
    words = "".join(f"{word}\n" for word, _ in sorted(found.most_common(HOW_MANY)))
    (HOME / code / "common_words.txt").write_text(head + words, encoding="utf-8")


if __name__ == "__main__":
    main()
