"""Questions from addresses. In: the parameters of a request. Out: what `Record.events` and the others take."""

from __future__ import annotations

from typing import Any

from starlette.datastructures import QueryParams

ONE = ("party", "place", "actor", "recipient", "since", "until", "according_to", "denied_by", "text", "sort")
SEVERAL = ("type", "mode", "context", "certainty", "polarity", "time", "stance", "language", "outlet", "article")
FLAGS = ("denied", "facts", "independent", "confirmed")


def asked_of(given: QueryParams) -> dict[str, Any]:
    asked: dict[str, Any] = {name: given[name].strip() for name in ONE if given.get(name, "").strip()}
    asked |= {name: found for name in SEVERAL if (found := [value for value in given.getlist(name) if value])}
    asked |= {name: given[name] in ("true", "1", "on", "yes") for name in FLAGS if given.get(name)}
    if given.get("a") and given.get("b"):
        asked["between"] = (given["a"], given["b"])
    return asked
