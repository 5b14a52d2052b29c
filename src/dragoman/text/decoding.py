"""Bytes to text: UTF-8, UTF-16, and what older newsrooms write, where it can be told.

In: bytes. Out: the text, with nothing changed. Raises `UnreadableError` for what is no text, or no text that can be told.
"""

from __future__ import annotations

import codecs

from charset_normalizer import from_bytes

BINARY = {
    b"\x89PNG": "a picture", b"\xff\xd8\xff": "a picture", b"GIF8": "a picture", b"%PDF": "a PDF; extract its text first",
    b"PK\x03\x04": "an archive or office document; extract its text first", b"\x1f\x8b": "gzipped; name it .gz",
    b"\x7fELF": "a program", b"SQLite format": "a database",
}  # fmt: skip
BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What Western newsrooms' older systems write beside letters: quotation marks, dashes, currency, degrees.
WESTERN = frozenset("“”‘’„‚«»‹›–—…·•°ºª€£§©®™¿¡½¼¾×²³±´\u00a0\u00ad")


class UnreadableError(ValueError):
    """Bytes that are no text, or a page with no article in it. One line: what it is, what to do."""


def decode(content: bytes) -> str:
    """The text of a document. A byte order mark is not part of it; line ends stay as they are."""
    text = _decoded(content)
    start = text[:2000]
    if sum(c < " " and c not in "\t\n\r\f\v\x1b" for c in start) > 0.05 * len(start):
        raise UnreadableError("no text: it is full of control characters; give plain text, HTML or JSONL")
    return text


def _decoded(content: bytes) -> str:
    for mark, what in BINARY.items():
        if content.startswith(mark):
            raise UnreadableError(f"no text: it is {what}")
    for mark, encoding in BOMS:
        if content.startswith(mark):
            try:
                return content.decode(encoding)
            except UnicodeDecodeError as problem:
                raise UnreadableError(f"not valid {encoding} although it says so; save it as UTF-8") from problem
    if b"\x00" in content[:4096]:
        return _wide(content)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _older(content)


def _wide(content: bytes) -> str:
    """UTF-16 without a mark shows in its zeros: nearly every other byte of Western text is one."""
    even, odd = content[0:4096:2].count(0), content[1:4096:2].count(0)
    half = max(1, len(content[:4096]) // 2)
    for zeros, others, encoding in ((odd, even, "utf-16-le"), (even, odd, "utf-16-be")):
        if zeros > 0.7 * half and others < 0.05 * half:
            try:
                return content.decode(encoding)
            except UnicodeDecodeError:
                break
    raise UnreadableError("no text: it holds zero bytes; give plain text, HTML or JSONL")


def _older(content: bytes) -> str:
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError:
        text = ""
    strange = [c for c in text if ord(c) > 127]
    if text and all(c.isalpha() or c in WESTERN for c in strange) and len(strange) < 0.2 * len(text):
        return text
    best = from_bytes(content).best()
    if best is None or best.percent_chaos > 10:
        raise UnreadableError("its encoding cannot be told; save it as UTF-8")
    return str(best)
