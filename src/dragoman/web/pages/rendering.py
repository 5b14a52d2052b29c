"""Templates and what they are filled with; the same data as JSON and CSV.

In: a request, a template and facts. Out: responses. Everything is escaped, and what a screen would obey (control characters,
marks that turn the direction of writing) is made visible first.
"""

from __future__ import annotations

import csv
import dataclasses
import datetime
import functools
import gzip
import hashlib
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlencode, urlsplit

import jinja2
from fastapi import Request
from fastapi.responses import HTMLResponse, Response, StreamingResponse
from markupsafe import Markup

import dragoman
from dragoman.show.labels import interval_label, language_name
from dragoman.show.pieces import inert
from dragoman.web.pages import naming
from dragoman.web.sessions import form_token

if TYPE_CHECKING:
    from dragoman.web.served import Served

HERE = Path(__file__).parent.parent
MENU = (
    ("/stories", "Stories"), ("/events", "Events"), ("/statements", "Statements"), ("/articles", "Articles"), ("/actors", "Actors"),
    ("/map", "Map"), ("/try", "Try it"),
)  # fmt: skip


def href(path: str, **asked: Any) -> str:
    """An address on this site; what is empty is left out."""
    kept = {name.rstrip("_"): value for name, value in asked.items() if value not in (None, "", [], (), False)}
    return path + ("?" + urlencode(kept, doseq=True) if kept else "")


def without(asked: Mapping[str, Any], *names: str) -> dict[str, Any]:
    """What is asked without some of it."""
    return {name: value for name, value in asked.items() if name not in names}


def outward(url: str | None) -> str | None:
    """An address from an article, if it is one that a browser may follow."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


@functools.cache
def asset(name: str) -> str:
    """The address of a shipped file, another one when the file is another."""
    digest = hashlib.sha256((HERE / "static" / name).read_bytes()).hexdigest()[:10]
    return f"/static/{name}?v={digest}"


def _shown(value: Any) -> Any:
    if value is None:
        return ""
    return inert(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _number(value: float) -> str:
    return f"{value:,}"


_templates = jinja2.Environment(
    loader=jinja2.FileSystemLoader(HERE / "templates"), autoescape=True, undefined=jinja2.StrictUndefined,
    trim_blocks=True, lstrip_blocks=True, finalize=_shown,
)  # fmt: skip
_filters: dict[str, Any] = {
    "number": _number, "day": naming.day, "when": naming.when, "until": naming.between, "interval": interval_label, "month": naming.month, "slug": naming.slug, "country": naming.country,
    "parties": naming.parties, "party": naming.label, "language": language_name, "qualities": naming.qualities, "outward": outward,
}  # fmt: skip
_globals: dict[str, Any] = {
    "asset": asset, "href": href, "menu": MENU, "version": dragoman.__version__, "quads": naming.QUADS,
    "country_choices": naming.country_choices, "without": without,
}  # fmt: skip


_templates.filters.update(_filters)
_templates.globals.update(_globals)
cast("dict[str, Any]", _templates.tests)["fact"] = naming.is_fact


def page(request: Request, template: str, *, status: int = 200, **facts: Any) -> HTMLResponse:
    """A page. `data` names the address of its data without its ending."""
    served: Served = request.app.state.served
    facts = {
        "data": None, "here": request.url.path, "read_only": served.read_only, "form_token": form_token(request), **facts,
    }  # fmt: skip
    return HTMLResponse(_templates.get_template(template).render(facts), status)


@dataclasses.dataclass(frozen=True, slots=True)
class _Packed:
    """An answer as it is sent, plain and compressed."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    zipped: bytes


def shared(answer: Callable[..., Response]) -> Callable[..., Response]:
    """A route whose answer is the same for all visitors, so that it is made once for each state of the record: a page without
    a form that is posted, or its data. The route takes `request` and `served`."""

    @functools.wraps(answer)
    def route(request: Request, served: Served, **given: Any) -> Response:
        def pack() -> _Packed:
            made = answer(request=request, served=served, **given)
            headers = {name: value for name, value in made.headers.items() if name in ("content-type", "location")}
            return _Packed(made.status_code, headers, bytes(made.body), gzip.compress(made.body, 6))

        found = served.remembered(("answer", request.url.path, request.url.query), pack)
        if "gzip" not in request.headers.get("accept-encoding", ""):
            return Response(found.body, found.status, {**found.headers, "vary": "Accept-Encoding"})
        headers = {**found.headers, "content-encoding": "gzip", "vary": "Accept-Encoding"}
        return Response(found.zipped, found.status, headers)

    return route


def as_json(data: Any) -> Response:
    """Data as they are, dataclasses as objects."""
    return Response(json.dumps(data, ensure_ascii=False, default=_plain), media_type="application/json")


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime.date) else dict(_facts(value))


def as_csv(rows: Iterable[Any], name: str, columns: Sequence[str] | None = None) -> Response:
    """Rows (mappings or dataclasses) as a file; they are sent as they come."""

    def lines() -> Iterator[str]:
        buffer = io.StringIO()
        writer = csv.writer(buffer, lineterminator="\n")
        header = columns
        if header:
            writer.writerow(header)
        for row in rows:
            facts = _facts(row)
            if header is None:
                header = list(facts)
                writer.writerow(header)
            writer.writerow([str(value).lower() if isinstance(value, bool) else value for value in facts.values()])
            if buffer.tell() > 60_000:
                yield buffer.getvalue()
                buffer.seek(0)
                buffer.truncate()
        yield buffer.getvalue()

    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return StreamingResponse(lines(), media_type="text/csv; charset=utf-8", headers=headers)


def _facts(row: Any) -> Mapping[str, Any]:
    return {f.name: getattr(row, f.name) for f in dataclasses.fields(row)} if dataclasses.is_dataclass(row) else row
