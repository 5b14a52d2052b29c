"""Try it: paste a text, and it is read at once. Nothing is stored."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, Response
from markupsafe import Markup

from dragoman import languages
from dragoman.languages import LanguageError
from dragoman.records import Article, Interval, Reading
from dragoman.show import section
from dragoman.text import detect_language, parse_date
from dragoman.web.pages.forms import form
from dragoman.web.pages.rendering import page
from dragoman.web.reading import BusyError, TooSlowError, UnreadableError
from dragoman.web.served import ServedNow

router = APIRouter()
LONGEST = 20_000  # characters; longer texts are for `dragoman read`
EXAMPLE = (
    "China and Russia held talks by phone on Wednesday. According to the Kremlin, Xi Jinping backed Russia. "
    "U.S. officials said Moscow had asked Beijing for weapons, a claim that both deny."
)


@router.get("/try")
def try_it(request: Request) -> HTMLResponse:
    return _page(request, {"text": "", "language": "", "published": ""})


@router.post("/try")
async def read(request: Request, served: ServedNow) -> Response:
    given = {"text": "", "language": "", "published": "", **await form(request)}
    problem, published = None, None
    text = given["text"].strip()
    if not text:
        problem = "Paste a text first."
    elif len(text) > LONGEST:
        problem = (
            f"The text has {len(text):,} characters; up to {LONGEST:,} are read here. `dragoman read` takes any length."
        )
    try:
        published = _day(given["published"])
    except ValueError as wrong:
        problem = f"The day {given['published']!r}: {wrong}"
    language = given["language"] or (detect_language(text) or "")
    if problem is None and language not in languages.installed():
        problem = (
            f"The text seems to be in a language that is not installed ({language or 'unknown'}); say which it is."
        )
    if problem:
        return _page(request, given, problem=problem, status=422)
    article = Article("pasted", text, language, published, "What you pasted")
    try:
        reading = await run_in_threadpool(served.read, article)
    except (LanguageError, TooSlowError, BusyError, UnreadableError) as wrong:
        return _page(request, given, problem=str(wrong), status=422)
    return _page(request, given, section=Markup(section.section(reading)), reading=reading)


def _day(value: str) -> Interval | None:
    return parse_date(value) if value.strip() else None


def _page(
    request: Request, given: dict[str, str], *, problem: str | None = None, status: int = 200,
    section: Markup | None = None, reading: Reading | None = None,
) -> HTMLResponse:  # fmt: skip
    return page(
        request, "try.html", given=given, problem=problem, example=EXAMPLE, longest=LONGEST,
        installed=languages.installed(), status=status, section=section, reading=reading,
    )  # fmt: skip
