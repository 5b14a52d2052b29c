"""PLOVER as data: event types, modes, scores, contexts, sectors.

In: `plover.toml`, and the `ontology.toml` of a user's folders of rules. Out: `Ontology`, which every rule, event and export is
checked against.
"""

from __future__ import annotations

import functools
import tomllib
from pathlib import Path

from dragoman.ontology.own import with_own
from dragoman.ontology.types import EventType, Mode, Ontology, OntologyError, Turn

__all__ = ["EventType", "Mode", "Ontology", "OntologyError", "Turn", "load"]


@functools.cache
def load(*folders: Path) -> Ontology:
    """The shipped codebook, with what the `ontology.toml` of each folder adds. Raises OntologyError for a faulty one."""
    if folders:
        *before, last = folders
        own = last / "ontology.toml"
        return with_own(load(*before), own) if own.is_file() else load(*before)
    data = tomllib.loads((Path(__file__).parent / "plover.toml").read_text(encoding="utf-8"))
    types = {
        name: EventType(
            name=name,
            quad=entry["quad"],
            score=float(entry["score"]),
            cameo=entry["cameo"],
            modes={
                mode: Mode(mode, float(x["score"]), x.get("cameo"), x.get("context"), x.get("beside"))
                for mode, x in entry.get("modes", {}).items()
            },
            still_to_come=entry.get("still_to_come"),
            needs_recipient=bool(entry.get("recipient")),
            refusal=Turn(**entry["refusal"]) if "refusal" in entry else None,
            threat=Turn(**entry["threat"]) if "threat" in entry else None,
        )
        for name, entry in data["types"].items()
    }
    return Ontology(
        codebook=data["codebook"],
        types=types,
        contexts=frozenset(data["contexts"]["names"]),
        sectors=frozenset(data["actors"]["sectors"]),
        political=frozenset(data["actors"]["political"]),
        non_state=frozenset(data["actors"]["non_state"]),
        related=frozenset(map(frozenset, data["related"])),
        mutual=frozenset(data["mutual"]),
        spoken=frozenset(data["spoken"]),
    )
