"""Text: from what was fetched to articles with clean text and a known language.

In: raw documents. Out: `Article`s, and a `Problem` in the place of each that is none. Text that came as plain text or
JSONL is never altered; of a page, the main text is taken.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from dragoman.records import Article, Interval
from dragoman.sources import Problem, Raw
from dragoman.text.debris import prose
from dragoman.text.decoding import UnreadableError, decode
from dragoman.text.detection import detect_language
from dragoman.text.page import read_page
from dragoman.text.publication import parse_date
from dragoman.text.rows import RowError, article_of

__all__ = ["articles", "detect_language", "parse_date", "prose"]

LONGEST = 2_000_000  # code points; a year of a newspaper's front pages


def articles(
    found: Iterable[Raw | Problem], *, language: str | None, published: Interval | None, installed: Collection[str]
) -> Iterator[Article | Problem]:
    """The article in each document. `language` and `published` hold where a document does not say."""
    for one in found:
        if isinstance(one, Problem):
            yield one
            continue
        try:
            article = _article(one, language)
        except (UnreadableError, RowError) as problem:
            yield Problem(one.where, str(problem))
            continue
        yield _checked(article, one.where, published, installed)


def _article(raw: Raw, language: str | None) -> Article:
    """The article in a raw document; its language is empty where nothing says which it is."""
    text = decode(raw.content)
    if raw.sort == "row":
        return article_of(text, raw.id, language)
    if raw.sort == "text":
        return Article(raw.id, text, language or "", url=raw.url)
    page = read_page(text, raw.url)
    return Article(
        raw.id, page.text, language or page.language or "", page.published, page.title, raw.url or page.url, page.outlet
    )


def _checked(article: Article, where: str, published: Interval | None, installed: Collection[str]) -> Article | Problem:
    if not article.text.strip():
        return Problem(where, "empty: there is nothing to read")
    if len(article.text) > LONGEST:
        return Problem(where, f"longer than {LONGEST:,} characters: no dispatch is; split it")
    language = article.language or detect_language(article.text) or ""
    if not language:
        return Problem(where, "its language cannot be told; say which it is with --language")
    if language not in installed:
        return Problem(where, f"language {language!r} is not installed; installed: {', '.join(sorted(installed))}")
    return replace(article, language=language, published=article.published or published)
