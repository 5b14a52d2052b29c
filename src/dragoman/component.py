"""Dragoman inside somebody's own spaCy pipeline: `nlp.add_pipe("dragoman")`, then `doc._.reading`.

In: a Doc that a spaCy parser has been over. Out: the same Doc with its `Reading` as the extension `reading`. The date of
publication may be given for the pipeline, or per Doc as `doc._.published` before the component runs.
"""

from __future__ import annotations

from typing import Any

from spacy.language import Language as SpacyPipeline
from spacy.tokens import Doc


@SpacyPipeline.factory(
    "dragoman", requires=["token.dep", "token.pos", "token.lemma"], default_config={"published": None}
)  # pyright: ignore[reportUntypedFunctionDecorator]
def make_component(nlp: SpacyPipeline, name: str, published: str | None) -> Any:
    """The component; `published` is a day, month or year (ISO). Loads the lexicons of the pipeline's language."""
    from dragoman.languages import LanguageError
    from dragoman.parse.pipelines import Parser
    from dragoman.pipeline import lexicons_of, read_sentences
    from dragoman.records import Article
    from dragoman.text import parse_date

    for extension in ("reading", "published"):
        if not Doc.has_extension(extension):
            Doc.set_extension(extension, default=None)
    code = str(nlp.lang)
    lexicons = lexicons_of(code)
    parsers: list[Parser] = []

    def read(doc: Doc) -> Doc:
        if not nlp.has_pipe("parser"):
            raise LanguageError(f"dragoman: wants a parser before it in the pipeline, which has {nlp.pipe_names}")
        if not parsers:  # the pipeline's labels are known only once it is complete
            parsers.append(Parser(nlp, grammar=lexicons.grammar))
        day = doc._.published or published
        when = parse_date(str(day)) if day else None
        article = Article(id="doc", text=doc.text, language=code, published=when)
        doc._.reading = read_sentences(article, tuple(parsers[0].sentences(doc)), lexicons)
        return doc

    return read
