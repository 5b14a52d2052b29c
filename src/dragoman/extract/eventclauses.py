"""Where in the grammar of its sentence an event stands.

In: the scenes of an article. Out: `EventClauses`, which knows the scene and the clause of any span that names an event.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Sequence

from dragoman.extract.scenes import Scene
from dragoman.parse.clauses import Clause
from dragoman.records import Event, Span


class EventClauses:
    """Scenes and clauses of one article, found by the characters that name an event."""

    def __init__(self, scenes: Sequence[Scene]) -> None:
        self._scenes = scenes
        self._starts = [scene.sentence.start for scene in scenes]

    def scene_at(self, span: Span) -> Scene | None:
        at = bisect.bisect_right(self._starts, span.start) - 1
        return self._scenes[at] if at >= 0 else None

    def clause_at(self, span: Span) -> tuple[Scene, Clause] | None:
        """The clause that the words at a span head; None where they head none."""
        scene = self.scene_at(span)
        for clause in scene.clauses if scene else ():
            if scene is not None and scene.sentence[clause.trigger[0]].start == span.start:
                return scene, clause
        return None

    def of(self, event: Event) -> Iterator[tuple[Scene, Clause]]:
        """The clauses that name the event, that of its trigger first."""
        for span in dict.fromkeys((event.trigger, *event.mentions)):
            if found := self.clause_at(span):
                yield found


def within(clause: Clause, clauses: Sequence[Clause]) -> Iterator[Clause]:
    """The clauses that a clause lies in, the closest first."""
    seen = {clause.number}
    while clause.parent is not None and clause.parent not in seen:
        seen.add(clause.parent)
        clause = clauses[clause.parent]
        yield clause
