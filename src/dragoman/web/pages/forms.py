"""Forms as browsers send them. In: a request. Out: its fields; of several of one name the last."""

from __future__ import annotations

from urllib.parse import parse_qsl

from fastapi import HTTPException, Request


async def form(request: Request) -> dict[str, str]:
    """The fields of a form that was sent. Raises a 415 or a 400."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip()
    if kind != "application/x-www-form-urlencoded":
        raise HTTPException(415, "A form is wanted here (application/x-www-form-urlencoded).")
    body = await request.body()
    try:
        return dict(parse_qsl(body.decode(), keep_blank_values=True, errors="strict", max_num_fields=200))
    except ValueError:
        raise HTTPException(400, "The form could not be understood.") from None
