"""Training-time variations, so that the parser meets what news sites print and treebanks lack.

Registered for training only; the shipped pipelines do not need this file. Each time a document is read, chance may
change it: sentences in capitals, or lower-cased as `dragoman.parse.casing` leaves them; told as headlines, without
articles and in the present; other quotation marks; line breaks between sentences; no final full stop.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span, Token
from spacy.training import Example

QUOTES = (("“", "”"), ("«", "»"), ("„", "“"), ("''", "''"))
ANY_QUOTE = frozenset({'"', "“", "”", "«", "»", "``", "''"})
BREAKS = ("\n", "\n\n")
LONGEST_HEADLINE = 25


@dataclass(slots=True)
class Variation:
    """What is to change in a document, by token."""

    words: list[str]
    tags: dict[int, str] = field(default_factory=dict[int, str])
    morphs: dict[int, str] = field(default_factory=dict[int, str])
    dropped: set[int] = field(default_factory=set[int])
    breaks: dict[int, str] = field(default_factory=dict[int, str])  # a line break after this token


@spacy.registry.augmenters("news_variations.v1")
def news_variations(
    seed: int = 0,
    capitals: float = 0.03,
    lowered: float = 0.03,
    headlines: float = 0.05,
    breaks: float = 0.1,
    no_stop: float = 0.25,
    quotes: float = 0.2,
) -> Callable[[Language, Example], Iterator[Example]]:
    """Each share is the chance for a sentence, or for a document (quotes). `no_stop` counts where a line ends."""
    rng = random.Random(seed)

    def vary(nlp: Language, example: Example) -> Iterator[Example]:
        doc = example.reference
        change = Variation([token.text for token in doc])
        for sentence in doc.sents:
            draw = rng.random()
            if draw < capitals:
                _set_words(change, sentence, str.upper)
            elif draw < capitals + lowered:
                _set_words(change, sentence, str.lower)
                _capitalize(change, sentence.start)
            headline = rng.random() < headlines and _tells(sentence)
            if headline:
                _retell(change, sentence)
            if sentence.end < len(doc) and (headline or rng.random() < breaks):
                change.breaks[sentence.end - 1] = rng.choice(BREAKS)
            ends_line = sentence.end == len(doc) or sentence.end - 1 in change.breaks
            if ends_line and sentence[-1].text == "." and (headline or rng.random() < no_stop):
                _drop(change, sentence[-1])
        if rng.random() < quotes:
            _requote(change, rng.choice(QUOTES))
        varied = _rebuilt(nlp, doc, change)
        yield Example(nlp.make_doc(varied.text), varied)

    return vary


def _set_words(change: Variation, sentence: Span, case: Callable[[str], str]) -> None:
    for token in sentence:
        change.words[token.i] = case(token.text)


def _capitalize(change: Variation, index: int) -> None:
    word = change.words[index]
    change.words[index] = word[:1].upper() + word[1:]


def _drop(change: Variation, token: Token) -> None:
    """Leave the token out, if nothing hangs on it."""
    if token.head.i != token.i and not any(True for _ in token.children):
        change.dropped.add(token.i)


def _requote(change: Variation, pair: tuple[str, str]) -> None:
    """Other quotation marks, opening and closing in turn."""
    opening = True
    for i, word in enumerate(change.words):
        if word in ANY_QUOTE:
            change.words[i] = pair[0] if opening else pair[1]
            opening = not opening


def _tells(sentence: Span) -> bool:
    """Whether the sentence could be a headline: short, about someone who does something, or to whom it is done."""
    root = sentence.root
    return (
        len(sentence) <= LONGEST_HEADLINE
        and root.pos_ == "VERB"
        and any(child.dep_.startswith("nsubj") and child.i < root.i for child in root.children)
    )


def _retell(change: Variation, sentence: Span) -> None:
    """The sentence as a headline: no articles, no auxiliary of the passive, and English pasts in the present."""
    for token in sentence:
        article = token.pos_ == "DET" and token.morph.get("PronType") == ["Art"]
        if article or (token.dep_ == "aux:pass" and token.lemma_ == "be"):
            _drop(change, token)
        elif token.tag_ == "VBD" and token.pos_ == "VERB":
            subjects = [child for child in token.children if child.dep_ == "nsubj"]
            if len(subjects) == 1:
                plural = "Plur" in subjects[0].morph.get("Number") or subjects[0].lower_ in ("i", "we", "you", "they")
                change.words[token.i] = token.lemma_ if plural else _third_person(token.lemma_)
                change.tags[token.i] = "VBP" if plural else "VBZ"
                number = "Number=Plur|Person=3" if plural else "Number=Sing|Person=3"
                change.morphs[token.i] = f"Mood=Ind|{number}|Tense=Pres|VerbForm=Fin"
    first = next((i for i in range(sentence.start, sentence.end) if i not in change.dropped), None)
    if first is not None:
        _capitalize(change, first)


def _third_person(lemma: str) -> str:
    """The English present: "attacks", "clashes", "denies"."""
    if lemma.endswith(("s", "x", "z", "ch", "sh", "o")):
        return lemma + "es"
    if lemma.endswith("y") and lemma[-2:-1] not in "aeiou":
        return lemma[:-1] + "ies"
    return lemma + "s"


def _rebuilt(nlp: Language, doc: Doc, change: Variation) -> Doc:
    """The document as changed. A line break is a token of its own that hangs on the token before it."""
    place: dict[int, int] = {}
    size = 0
    for i in range(len(doc)):
        if i not in change.dropped:
            place[i] = size
            size += 1
        size += i in change.breaks
    words: list[str] = []
    spaces: list[bool] = []
    heads: list[int] = []
    columns: dict[str, list[str]] = {"lemmas": [], "pos": [], "tags": [], "morphs": [], "deps": []}

    def add(word: str, space: bool, head: int, *values: str) -> None:
        words.append(word)
        spaces.append(space)
        heads.append(head)
        for column, value in zip(columns.values(), values, strict=True):
            column.append(value)

    for token in doc:
        i = token.i
        if i not in change.dropped:
            tag = change.tags.get(i, token.tag_)
            morph = change.morphs.get(i, str(token.morph))
            space = bool(token.whitespace_)
            add(change.words[i], space, place[token.head.i], token.lemma_, token.pos_, tag, morph, token.dep_)
        if i in change.breaks:
            spaces[-1] = False
            add(change.breaks[i], False, len(words) - 1, change.breaks[i], "SPACE", "_SP", "", "dep")
    if not any(tag not in ("", "_SP") for tag in columns["tags"]):
        columns.pop("tags")
    return Doc(nlp.vocab, words=words, spaces=spaces, heads=heads, **columns)
