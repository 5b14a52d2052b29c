"""What of a text is prose, and what is left over from a page: advertisements, share bars, credits, labels.

In: a text and the language's `debris.toml`. Out: the stretches to be read. The text itself is never altered.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from pathlib import Path

from dragoman.languages import Language, read_toml
from dragoman.records import Span

DATE = r"\d{4}-\d\d(?:-\d\d)?|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}"
NEVER = r"(?!)"
# "KYIV, July 24 (Reuters) – ", "(ANSA) - PECHINO, 15 GIU - ", "Roma, 15 giu. (askanews) - ": place, day, agency, dash. No prose.
DATELINE = (
    r"(?-i:(?m:^)[ \t]*(?:\([A-Za-zÀ-ÿ .]{2,30}\)[ \t]*[-–—]+[ \t]*)?"
    r"(?:[A-ZÀ-Ý]{2}[A-ZÀ-Ý.'’/ -]{1,38}[A-ZÀ-Ý](?:,[^\n–—:;()-]{1,40})?(?:[ \t]*\([^()\n]{2,40}\))?"
    r"|[A-ZÀ-Ý][^\n–—:;(),-]{2,30},[^\n–—:;()-]{2,20}\([^()\n]{2,30}\))[ \t]*[-–—]{1,2}[ \t]+)"
)


def prose(text: str, language: Language) -> tuple[Span, ...]:
    """The stretches of the text that are prose, in order. Linear in the length of the text."""
    spans: list[Span] = []
    at = 0
    for match in _debris(language.folder).finditer(text):
        _keep(text, at, match.start(), spans)
        at = match.end()
    _keep(text, at, len(text), spans)
    return tuple(spans)


def _keep(text: str, start: int, end: int, spans: list[Span]) -> None:
    if text[start:end].strip():
        spans.append(Span(start, end))


@functools.cache
def _debris(folder: Path) -> re.Pattern[str]:
    """One pattern of all leftovers of a language. Each alternative is anchored or opens with a word: no backtracking."""
    path = folder / "debris.toml"
    table = read_toml(path) if path.exists() else {}

    def words(key: str) -> str:
        found: Sequence[str] = table.get(key, ())
        return (
            "|".join(re.escape(word).replace(r"\ ", r"[ \t]+") for word in sorted(found, key=len, reverse=True))
            or NEVER
        )

    line = r"(?m:^)[ \t]*"
    end = r"[ \t.:…»>*-]*(?m:$)"
    return re.compile(
        "|".join(
            (
                rf"{line}(?:{words('lines')}){end}",
                rf"{line}(?:{words('openings')})\b[^\n]*(?m:$)",
                rf"{line}(?:{words('share')})(?:[ \t|·•,/]+(?:{words('share')}))*{end}",
                rf"{line}(?:{words('labels')})[ \t]*:?[ \t]*(?:{DATE})\b(?:[ \t]+\d\d:\d\d)?",
                rf"[-–—*|\[(]+[ \t]*(?:{words('banners')})[ \t]*[-–—*|\])]+",
                rf"{line}(?:{words('banners')})[ \t]*[-–—|:][^\n]*(?m:$)",
                rf"\([ \t]*(?:{words('credits')})[ \t]*[:/©-][^()\n]{{0,150}}\)",
                rf"{line}(?:{words('credits')})[ \t]*[:/©][^\n]{{0,100}}(?m:$)",
                DATELINE,
            )
        ),
        re.IGNORECASE,
    )
