"""Training-time variations, so that the parser meets what news sites print and treebanks lack.

Registered for `spacy train --code`. Each time a document is read, chance may change it: sentences in capitals, or in
capitals since lower-cased (what `dragoman.parse.casing` makes of them); other quotation marks; line breaks between
sentences; no final full stop (headlines). The shipped pipelines do not need this file.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example

QUOTES = (("“", "”"), ("«", "»"), ("„", "“"), ("''", "''"))
STRAIGHT = frozenset({'"', "“", "”", "«", "»", "``", "''"})


@spacy.registry.augmenters("news_variations.v1")
def news_variations(
    seed: int = 0,
    capitals: float = 0.03,
    lowered: float = 0.03,
    quotes: float = 0.2,
    breaks: float = 0.1,
    no_stop: float = 0.25,
) -> Callable[[Language, Example], Iterator[Example]]:
    """Each share is the chance for a sentence (capitals, lowered, breaks) or a document (quotes, no_stop)."""
    rng = random.Random(seed)

    def vary(nlp: Language, example: Example) -> Iterator[Example]:
        doc = example.reference
        words = [token.text for token in doc]
        changed = False
        for sentence in doc.sents:
            draw = rng.random()
            if draw < capitals + lowered:
                changed = True
                for token in sentence:
                    words[token.i] = token.text.upper() if draw < capitals else token.text.lower()
                if draw >= capitals:
                    first = words[sentence.start]
                    words[sentence.start] = first[:1].upper() + first[1:]
        if rng.random() < quotes and any(word in STRAIGHT for word in words):
            changed = True
            pair = rng.choice(QUOTES)
            opening = True
            for i, word in enumerate(words):
                if word in STRAIGHT:
                    words[i] = pair[0] if opening else pair[1]
                    opening = not opening
        drop = {doc[-1].i} if len(doc) > 3 and doc[-1].text == "." and rng.random() < no_stop else set[int]()
        cuts: dict[int, str] = {}
        for sentence in list(doc.sents)[:-1]:
            if rng.random() < breaks:
                cuts[sentence.end - 1] = rng.choice(("\n", "\n\n"))
                if doc[sentence.end - 1].text == "." and len(sentence) > 3 and rng.random() < no_stop:
                    drop.add(sentence.end - 1)
        if not (changed or drop or cuts):
            yield example
            return
        varied = _rebuilt(nlp, doc, words, drop, cuts)
        yield Example(nlp.make_doc(varied.text), varied)

    return vary


def _rebuilt(nlp: Language, doc: Doc, words: list[str], drop: set[int], cuts: dict[int, str]) -> Doc:
    """The document with other words, without the tokens `drop`, with a line break after each token of `cuts`."""
    drop = {i for i in drop if doc[i].head.i != i and not list(doc[i].children)}
    kept = [i for i in range(len(doc)) if i not in drop]
    place: dict[int, int] = {}
    size = 0
    for i in range(len(doc)):
        if i not in drop:
            place[i] = size
            size += 1
        if i in cuts:
            size += 1
    text: list[str] = []
    spaces: list[bool] = []
    columns: dict[str, list[str]] = {"lemmas": [], "pos": [], "tags": [], "morphs": [], "deps": []}
    heads: list[int] = []
    for i in range(len(doc)):
        token = doc[i]
        if i not in drop:
            text.append(words[i])
            spaces.append(bool(token.whitespace_) and i not in cuts and i + 1 not in (drop if i + 1 in cuts else ()))
            heads.append(place[token.head.i])
            values = (token.lemma_, token.pos_, token.tag_, str(token.morph), token.dep_)
            for column, value in zip(columns.values(), values, strict=True):
                column.append(value)
        if i in cuts:
            spaces[-1] = False
            text.append(cuts[i])
            spaces.append(False)
            heads.append(len(text) - 2)
            for column, value in zip(columns.values(), (cuts[i], "SPACE", "_SP", "", "dep"), strict=True):
                column.append(value)
    assert len(kept) + len(cuts) == len(text)
    if not any(columns["tags"]):
        columns.pop("tags")
    return Doc(nlp.vocab, words=text, spaces=spaces, heads=heads, **columns)
