"""Web archives (WARC), such as those of CC-NEWS: one document a page that answered.

In: an open file, gzipped or not. Out: the pages and texts in it, and a `Problem` where the archive breaks off. What is
neither (images, redirects, requests) is passed over.
"""

from __future__ import annotations

import importlib
import zlib
from collections.abc import Iterator
from typing import IO, Any

from dragoman.sources.fetched import LARGEST, Problem, Raw, sort_of

_READABLE = ("text/html", "application/xhtml", "text/plain")


def from_warc(where: str, stream: IO[bytes]) -> Iterator[Raw | Problem]:
    """The pages of an archive, each known by its address. `stream` holds the file as it is, gzipped or not."""
    try:
        reader: Any = importlib.import_module("warcio.archiveiterator")
        broken: Any = importlib.import_module("warcio.exceptions").ArchiveLoadFailed
    except ModuleNotFoundError:
        yield Problem(where, "WARC needs the extra: pip install 'dragoman[archives]'")
        return
    count = 0
    watched = _Watched(stream)
    try:
        for record in reader.ArchiveIterator(watched):
            found = _page(record)
            if found is None:
                continue
            count += 1
            yield found
    except (
        broken,
        AttributeError,
        EOFError,
        zlib.error,
        OSError,
        ValueError,
    ) as problem:  # the first of what is no WARC
        yield Problem(
            where, f"breaks off after {count} pages: {str(problem).splitlines()[0] or type(problem).__name__}"
        )
        return
    if watched.is_cut or not watched.ends_a_record:
        yield Problem(where, f"breaks off after {count} pages: the file is cut")
    elif not count:
        yield Problem(where, "no page in it")


class _Watched:
    """An archive's bytes, decompressed, and whether they end as those of a whole archive do."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._waiting = b""
        self._tail = b""
        self._inflate: Any = None
        start = stream.read(2)
        self._zipped = start == b"\x1f\x8b"
        self._rest = start
        self.is_cut = False

    @property
    def ends_a_record(self) -> bool:
        return self._tail in (b"", b"\r\n\r\n")

    def read(self, size: int = -1) -> bytes:
        while not self._waiting and (data := self._next()) is not None:
            self._waiting = data
        data, self._waiting = (self._waiting, b"") if size < 0 else (self._waiting[:size], self._waiting[size:])
        self._tail = (self._tail + data)[-4:]
        return data

    def _next(self) -> bytes | None:
        """Some more bytes, perhaps none; None at the end."""
        data, self._rest = self._rest or self._stream.read(1 << 16), b""
        if not self._zipped:
            return data or None
        if not data:
            self.is_cut = self._inflate is not None
            return None
        self._inflate = self._inflate or zlib.decompressobj(wbits=31)
        found: bytes = self._inflate.decompress(data)
        if self._inflate.eof:  # each record is a gzip member of its own
            self._rest, self._inflate = self._inflate.unused_data, None
        return found


def _page(record: Any) -> Raw | Problem | None:
    """The page that a record holds; None where it is none."""
    if record.rec_type != "response" or record.http_headers is None or not record.http_headers.statusline:
        return None
    kind = (record.http_headers.get_header("Content-Type") or "").lower()
    if record.http_headers.get_statuscode() != "200" or not kind.startswith(_READABLE):
        return None
    url = str(record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>")
    content: bytes = record.content_stream().read(LARGEST + 1)
    if len(content) > LARGEST:
        return Problem(url, f"larger than {LARGEST // 1_000_000} MB: no page is")
    if record.raw_stream.limit:  # less came than the record says it holds
        return None
    return Raw(url, url, content, "page" if "html" in kind else sort_of(content), url=url)
