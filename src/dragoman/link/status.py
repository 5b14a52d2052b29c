"""How an occurrence stands: what all who tell it make of it together.

In: the tellings of an occurrence. Out: one of seven words, of which the first that holds counts:

- **withdrawn**: a teller that asserted it denies it later, and nobody asserts it any longer;
- **confirmed later**: a teller that denied or hedged it at first asserts it on a later day;
- **contested**: some assert it, and others deny it;
- **denied**: somebody denies it, and nobody who is named asserts it;
- **alleged**: nobody asserts or denies it; it is hedged, or told by sources that are not named;
- **single-sourced**: one teller alone asserts it;
- **uncontested**: two or more independent tellers assert it, and nobody denies it.
"""

from __future__ import annotations

from collections.abc import Iterable

from dragoman.link.records import Status, Telling


def status_of(tellings: Iterable[Telling]) -> Status:
    """How an occurrence stands."""
    found = list(tellings)
    asserting = [one for one in found if one.stance == "asserts"]
    denying = [one for one in found if one.stance == "denies"]
    if not asserting and any(_was(one, "asserts") for one in denying):
        return "withdrawn"
    if any(_was(one, "denies") or _was(one, "hedges") for one in asserting):
        return "confirmed later"
    if denying:
        return "contested" if asserting else "denied"
    if not asserting:
        return "alleged"
    return "single-sourced" if len(asserting) == 1 else "uncontested"


def _was(telling: Telling, stance: str) -> bool:
    """Whether a teller took that stance before the one it takes now."""
    return any(before == stance for _, before in telling.history[:-1])
