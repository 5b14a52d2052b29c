"""spaCy at the seam: a language's pipeline loaded once, texts in, `Sentence`s with offsets out.

In: a language and, where the user names one, any installed spaCy pipeline. Out: `Parser`, whose sentences carry
Universal Dependencies whatever scheme the pipeline was trained on. What is parsed is `readable` text of the same
length, so offsets are always those of the text that was given.
"""

from __future__ import annotations

import itertools
import threading
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language as SpacyPipeline
from spacy.tokens import Doc

from dragoman.languages import Language, LanguageError
from dragoman.parse.casing import readable
from dragoman.parse.gemm import use_fast_gemm
from dragoman.parse.grammar import Grammar, grammar_of
from dragoman.parse.repair import repaired
from dragoman.parse.schemes import is_clear, to_universal
from dragoman.parse.segments import broken_segments, grafted
from dragoman.parse.sentences import SENTENCES
from dragoman.parse.words import Sentence, Word
from dragoman.records import Span

CHUNK = 40_000  # code points parsed at once: bounds memory on very long texts
BATCH = 32  # chunks in one batch of the pipeline


class Parser:
    """One language's pipeline, ready to parse. `name` says which pipeline it is, for the record."""

    def __init__(self, nlp: SpacyPipeline, names: frozenset[str] = frozenset(), grammar: Grammar | None = None) -> None:
        self.nlp = nlp
        self.names = names
        self._grammar = grammar
        self.name = f"{nlp.meta.get('lang')}_{nlp.meta.get('name')}-{nlp.meta.get('version')}"
        self._one_at_a_time = threading.Lock()  # threads may share a parser
        self._clear = is_clear(_labels(nlp))

    def parse(self, text: str, prose: Sequence[Span] | None = None) -> tuple[Sentence, ...]:
        """The sentences of one text. `prose` are the stretches to be read; all of it where it is not given."""
        return next(self.parse_many([(text, prose)]))

    def parse_many(self, texts: Iterable[tuple[str, Sequence[Span] | None]]) -> Iterator[tuple[Sentence, ...]]:
        """The sentences of each text, in the order given. Texts are batched through the pipeline lazily."""

        def pieces() -> Iterator[tuple[str, tuple[int, int]]]:
            for number, (text, prose) in enumerate(texts):
                shown = _blank_out(readable(text, self.names), prose)
                cuts = _cuts(shown)
                for start, end in itertools.pairwise(cuts):
                    yield shown[start:end], (number, start)
                yield "", (number, -1)  # closes the text

        open_text: list[Sentence] = []
        cut = pieces()
        while batch := list(itertools.islice(cut, BATCH)):
            for start, sentences in self._batch(batch):
                if start < 0:
                    yield tuple(open_text)
                    open_text = []
                else:
                    open_text.extend(sentences)

    def _batch(self, pieces: Sequence[tuple[str, tuple[int, int]]]) -> list[tuple[int, tuple[Sentence, ...]]]:
        """The sentences of a batch and where each piece starts. The names in it, which never end in news, are forgotten
        afterwards by the pipeline's vocabulary, so that memory stays as it is however much is read."""
        with self._one_at_a_time, self.nlp.memory_zone():
            docs = self.nlp.pipe(pieces, as_tuples=True, batch_size=BATCH)
            return [
                (start, tuple(self._in_parts(sentence, doc.text, start) for sentence in self.sentences(doc, start)))
                for doc, (_, start) in docs
            ]

    def _in_parts(self, sentence: Sentence, text: str, offset: int) -> Sentence:
        """The sentence; where what stands before its closing attribution makes no clause, with that parsed on its own."""
        tellers = self._grammar.telling_verbs if self._grammar else frozenset[str]()
        for segment in broken_segments(sentence.words, tellers):
            first, last = sentence[segment.start], sentence[segment.end - 1]
            alone = self.nlp(text[first.start - offset : last.end - offset] + ".")
            parses = list(self.sentences(alone))
            words = grafted(sentence.words, segment, parses[0].words) if len(parses) == 1 else None
            if words is not None:
                return Sentence(tuple(words))
        return sentence

    def sentences(self, doc: Doc, offset: int = 0) -> Iterator[Sentence]:
        """The sentences of a parsed Doc; `offset` is added to all positions."""
        if not len(doc):
            return
        for span in doc.sents:
            tokens = [token for token in span if not token.is_space]
            if not tokens:
                continue
            place = {token.i: number for number, token in enumerate(tokens)}
            words: list[Word] = []
            for number, token in enumerate(tokens):
                head = place.get(token.head.i, number)
                words.append(
                    Word(
                        index=number,
                        start=offset + token.idx,
                        end=offset + token.idx + len(token),
                        text=token.text,
                        lemma=token.lemma_ or token.text.lower(),
                        pos=token.pos_,
                        feats=str(token.morph),
                        head=head,
                        label="root" if head == number else token.dep_,
                    )
                )
            yield Sentence(repaired(to_universal(words) if self._clear else words, self._grammar))


def load_parser(language: Language, pipeline: str | None = None, names: frozenset[str] = frozenset()) -> Parser:
    """The parser of a language: its shipped pipeline, or the installed one (or folder) that `pipeline` names.

    `names` are capitalised forms that all-capitals text may be turned back to. Raises LanguageError when there is
    no such pipeline or when it has no parser.
    """
    use_fast_gemm()
    home: str | Path = pipeline or language.folder / "pipeline"
    if not pipeline and not (language.folder / "pipeline" / "meta.json").exists():
        raise LanguageError(
            f"{language.code}: no pipeline is shipped in {language.folder.name}/pipeline; "
            f"name an installed one with --pipeline {language.code}=NAME"
        )
    try:
        nlp = spacy.load(home, exclude=["ner", "senter", "sentencizer", "textcat", "entity_ruler"])
    except (OSError, ValueError) as problem:
        reason = str(problem).split("\n")[0]
        raise LanguageError(f"{language.code}: the pipeline {str(home)!r} cannot be loaded: {reason}") from problem
    if "parser" not in nlp.pipe_names:
        raise LanguageError(f"{language.code}: the pipeline {str(home)!r} has no parser; name one that has")
    if nlp.lang != language.code:
        raise LanguageError(f"{language.code}: the pipeline {str(home)!r} reads {nlp.lang!r}, not {language.code!r}")
    settings = dict(language.facts_of("sentences"))
    nlp.add_pipe(SENTENCES, before="parser", config=settings)
    nlp.max_length = 2 * CHUNK
    return Parser(nlp, names, grammar_of(language))


def _labels(nlp: SpacyPipeline) -> Sequence[str]:
    parser: Any = nlp.get_pipe("parser")
    return parser.labels


def _blank_out(text: str, prose: Sequence[Span] | None) -> str:
    """The text with everything that is not prose turned to line breaks, so that nothing moves."""
    if prose is None:
        return text
    parts: list[str] = []
    at = 0
    for span in prose:
        parts.append(_breaks(text[at : span.start]))
        parts.append(text[span.start : span.end])
        at = span.end
    parts.append(_breaks(text[at:]))
    return "".join(parts)


def _breaks(text: str) -> str:
    """Whitespace stays as it is; the rest becomes line breaks."""
    return text if text.isspace() else "\n" * len(text)


def _cuts(text: str) -> list[int]:
    """Where to cut a long text for parsing: at a line break near the limit, else after a stop, else at a blank."""
    cuts = [0]
    while len(text) - cuts[-1] > CHUNK:
        start, limit = cuts[-1], cuts[-1] + CHUNK
        for mark in ("\n", ". ", " "):
            found = text.rfind(mark, start + CHUNK // 2, limit)
            if found > start:
                cuts.append(found + len(mark))
                break
        else:
            cuts.append(limit)
    cuts.append(len(text))
    return cuts
