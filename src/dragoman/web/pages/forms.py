"""Forms as browsers send them. In: a request. Out: its fields; of several of one name the last, or all where they are named."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from urllib.parse import parse_qsl

from fastapi import HTTPException, Request


async def form(request: Request, several: Collection[str] = ()) -> dict[str, Any]:
    """The fields of a form that was sent. Raises a 415 or a 400."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip()
    if kind != "application/x-www-form-urlencoded":
        raise HTTPException(415, "A form is wanted here (application/x-www-form-urlencoded).")
    body = await request.body()
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, errors="strict", max_num_fields=500)
    except ValueError:
        raise HTTPException(400, "The form could not be understood.") from None
    fields: dict[str, Any] = {name: [] for name in several}
    for name, value in pairs:
        if name in several:
            fields[name].append(value)
        else:
            fields[name] = value
    return fields
