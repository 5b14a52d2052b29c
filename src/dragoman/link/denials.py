"""Denials that do not say what they deny: "denied any involvement", "rejected the accusations".

In: the readings of a story's articles with who speaks in them, and the groups of claims that are its occurrences. Out: for some of
the groups, the voices of such denials. Who denies without saying what denies the deed that its own side is charged with: that
which others say its country did, and most of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from dragoman.link.told import Claim
from dragoman.link.voices import Voice


def bare_denials(groups: Sequence[Sequence[Claim]], denials: Iterable[Voice]) -> dict[int, list[Voice]]:
    """The voices of denials by the number of the group that they deny."""
    found: dict[int, list[Voice]] = defaultdict(list)
    for voice in denials:
        charged = [number for number, group in enumerate(groups) if _charges(group, voice.teller.id)]
        if charged:
            found[max(charged, key=lambda number: (len(_charges(groups[number], voice.teller.id)), -number))].append(
                voice
            )
    return found


def _charges(group: Sequence[Claim], denier: str) -> set[str]:
    """Who else says that a deed was done by the denier's side; nobody where the denier speaks of it already."""
    country = denier.partition(" ")[0]
    deeds = [claim for claim in group if claim.quad and claim.quad.startswith("material")]
    if not any(party.country == country for claim in deeds for party in claim.actors):
        return set()
    told = {voice.teller.id: voice.stance for claim in group for voice in claim.voices if voice.teller.kind == "source"}
    if told.get(denier) in ("denies", "asserts"):
        return set()
    return {teller for teller, stance in told.items() if stance == "asserts" and teller.partition(" ")[0] != country}
