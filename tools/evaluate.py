"""How well Dragoman does on its own sets: precision and recall, by kind; with --misses, what went wrong.

In: the sets beside the tests, which were written for the purpose. Out: a table on standard output.

    python tools/evaluate.py reference --language en --misses 20
    python tools/evaluate.py statements --file tests/extract/statements/it_new.txt

Reference within an article (tests/extract/reference/*.toml): each entry is a phrase and who it means. A link is one actor
that a phrase was taken to mean; a phrase that nobody can settle has none. A phrase that stands for an actor of its own,
named nowhere else, is no link.

Statements (tests/extract/statements/*.txt): two match where their contents overlap with F1 of .5 or more in characters, and
strictly where their sources do too, as the public sets for attribution are scored.
"""

from __future__ import annotations

import argparse
import datetime
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dragoman.extract.actors import Cast, Mention, find_actors
from dragoman.parse.nations import with_national_adjectives
from dragoman.parse.words import Sentence
from dragoman.pipeline import Reader, lexicons_of
from dragoman.records import Actor, Article, Interval, Reading

SETS = Path(__file__).parents[1] / "tests" / "extract"
REFERENCE = SETS / "reference"
STATEMENTS = SETS / "statements"


@dataclass
class Score:
    """Links by kind of phrase: found and right, found and wrong, missed."""

    right: Counter[str] = field(default_factory=Counter[str])
    wrong: Counter[str] = field(default_factory=Counter[str])
    missed: Counter[str] = field(default_factory=Counter[str])
    misses: list[str] = field(default_factory=list[str])
    texts: int = 0

    @property
    def precision(self) -> float:
        return self.right.total() / max(1, self.right.total() + self.wrong.total())

    @property
    def recall(self) -> float:
        return self.right.total() / max(1, self.right.total() + self.missed.total())

    def rows(self) -> Iterator[str]:
        for kind in sorted(self.right.keys() | self.wrong.keys() | self.missed.keys()):
            right, wrong, missed = self.right[kind], self.wrong[kind], self.missed[kind]
            yield f"  {kind:<14} right {right:>4}   wrong {wrong:>4}   missed {missed:>4}"


@dataclass
class Case:
    """One text with who is who in it."""

    text: str
    sentences: Sequence[Sentence]
    cast: Cast

    def place(self, phrase: str, nth: int = 1) -> tuple[int, int]:
        """Where a phrase stands as whole words. Raises IndexError where it does not."""
        found = [match.span() for match in re.finditer(rf"(?<!\w){re.escape(phrase)}(?!\w)", self.text)]
        return found[nth - 1]

    def headed_in(self, start: int, end: int) -> list[Mention]:
        """The mentions headed within a stretch; else the shortest that covers it ("the minister Ada Rossi" for the name)."""
        within = [m for m in self.cast.mentions if start <= self.sentences[m.sentence][m.head].start < end]
        covering = [m for m in self.cast.mentions if m.span.start <= start and end <= m.span.end]
        return within or sorted(covering, key=lambda m: m.span.end - m.span.start)[:1]

    def answer(self, entry: dict[str, Any]) -> set[str]:
        """Ids of the actors that a phrase was taken to mean."""
        start, end = self.place(entry["phrase"], entry.get("nth", 1))
        if entry.get("dropped"):
            words = [(n, w.index) for n, s in enumerate(self.sentences) for w in s if start <= w.start < end]
            return {id for number, word in words for id in self.cast.subject_left_out(number, word)}
        mentions = self.headed_in(start, end)
        if not mentions:
            return set()
        best = max(mentions, key=lambda m: min(m.span.end, end) - max(m.span.start, start))
        return set(best.actors)

    def meant(self, entry: dict[str, Any], told: str) -> set[str]:
        """Ids of the actors that a name of the set stands for: its first place in the text, or "=" and a known name."""
        if told.startswith("="):
            return {actor.id for actor in self.cast.actors if actor.name == told[1:]}
        return {id for mention in self.headed_in(*self.place(told)) for id in mention.actors}

    def is_link(self, id: str, entry: dict[str, Any]) -> bool:
        """Whether an actor is more than the phrase itself."""
        start, end = self.place(entry["phrase"], entry.get("nth", 1))
        actor = self.actor(id)
        elsewhere = any(span.end <= start or span.start >= end for span in actor.mentions)
        return elsewhere or (actor.name not in self.text and actor.name.lower() not in entry["phrase"].lower())

    def actor(self, id: str) -> Actor:
        return next(actor for actor in self.cast.actors if actor.id == id)


def reference(code: str, paths: Sequence[Path] = ()) -> Score:
    """Links within articles of one language, over the given sets or all of that language."""
    score = Score()
    reader = Reader()
    lexicons = lexicons_of(code)
    for path in paths or sorted(REFERENCE.glob(f"{code}*.toml")):
        for row in tomllib.loads(path.read_text(encoding="utf-8"))["text"]:
            day = row.get("published")
            day = datetime.date.fromisoformat(day) if isinstance(day, str) else day
            parsed = reader.parser(code).parse(row["text"])
            sentences = [with_national_adjectives(sentence, lexicons.nations) for sentence in parsed]
            cast = find_actors(row["text"], sentences, lexicons.gazetteer, Interval.of_day(day) if day else None)
            _count(score, Case(row["text"], sentences, cast), row)
            score.texts += 1
    return score


def _count(score: Score, case: Case, row: dict[str, Any]) -> None:
    for entry in row["refer"]:
        kind = entry.get("kind", "")
        answer = case.answer(entry)
        meant = [case.meant(entry, told) for told in entry["means"]]
        right = [bool(ids & answer) for ids in meant]
        wrong = [id for id in answer if not any(id in ids for ids in meant) and case.is_link(id, entry)]
        score.right[kind] += sum(right)
        score.missed[kind] += len(right) - sum(right)
        score.wrong[kind] += len(wrong)
        if wrong or not all(right):
            names = [case.actor(id).name for id in sorted(answer)]
            score.misses.append(
                f"{row['id']} {kind}: {entry['phrase']!r} means {entry['means']}, taken as {names}\n    {row['text']}"
            )


# ---- statements ----------------------------------------------------------------------------------------------------------


@dataclass
class Attributions:
    """Statements found and wanted; characters of content and of sources likewise."""

    found: int = 0
    wanted: int = 0
    matched: int = 0
    strictly: int = 0
    content: Counter[str] = field(default_factory=Counter[str])
    misses: list[str] = field(default_factory=list[str])
    texts: int = 0

    @property
    def content_f1(self) -> float:
        right, all_found, all_wanted = (self.content[k] for k in ("right", "found", "wanted"))
        return 2 * right / max(1, all_found + all_wanted)

    @property
    def attribution_f1(self) -> float:
        return 2 * self.matched / max(1, self.found + self.wanted)

    @property
    def strict_f1(self) -> float:
        return 2 * self.strictly / max(1, self.found + self.wanted)


Told = tuple[set[int], set[int]]  # characters of the source, of the content


def attributed(path: Path) -> Iterator[tuple[str, list[Told]]]:
    """The texts of a set with what is said in them. Raises ValueError where a part does not stand in its text."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            text, *told = (part.strip().replace("\\n", "\n") for part in line.split("||"))
            yield text, [_told(text, *one.split("|")) for one in told]


def _told(text: str, source: str, cue: str, content: str) -> Told:
    _characters(text, cue)
    return _characters(text, source), _characters(text, content)


def _characters(text: str, parts: str) -> set[int]:
    found: set[int] = set()
    start = 0
    for part in filter(None, (part.strip() for part in parts.split(" ... "))):
        start = text.index(part, start)
        found |= set(range(start, start + len(part)))
        start += len(part)
    return found


def _overlap(one: set[int], other: set[int]) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 1.0


def statements(code: str, paths: Sequence[Path] = ()) -> Attributions:
    """Who is said to say what, over the given sets or all of a language."""
    score = Attributions()
    reader = Reader()
    for path in paths or sorted(STATEMENTS.glob(f"{code}*.txt")):
        for number, (text, wanted) in enumerate(attributed(path), 1):
            reading = reader.read(Article(f"{path.stem}-{number}", text, code))
            _count_attributions(score, reading, wanted)
            score.texts += 1
    return score


def _count_attributions(score: Attributions, reading: Reading, wanted: Sequence[Told]) -> None:
    found = [
        (
            set(range(s.source_span.start, s.source_span.end)) if s.source_span else set[int](),
            {i for part in s.content for i in range(part.start, part.end)},
        )
        for s in reading.statements
        if s.content
    ]
    score.found += len(found)
    score.wanted += len(wanted)
    contents = [set[int]().union(*(content for _, content in side)) for side in (wanted, found)]
    score.content.update(right=len(contents[0] & contents[1]), found=len(contents[1]), wanted=len(contents[0]))
    left = list(found)
    for source, content in wanted:
        best = max(left, key=lambda one: _overlap(content, one[1]), default=None)
        strict = False
        if best is not None and _overlap(content, best[1]) >= 0.5:
            left.remove(best)
            score.matched += 1
            strict = _overlap(source, best[0]) >= 0.5
            score.strictly += strict
        if not strict:
            text = reading.article.text
            seen = [
                (s.source_span.of(text) if s.source_span else None, [c.of(text) for c in s.content])
                for s in reading.statements
            ]
            score.misses.append(f"{reading.article.id}: {text}\n    {seen}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("set", choices=["reference", "statements"])
    parser.add_argument("--language", choices=["en", "it"], action="append")
    parser.add_argument("--file", type=Path, action="append", default=[])
    parser.add_argument("--misses", type=int, default=0, help="how many to show")
    given = parser.parse_args()
    for code in given.language or ("en", "it"):
        if given.set == "statements":
            told = statements(code, given.file)
            print(
                f"statements {code}: {told.texts} texts, content F1 {told.content_f1:.3f}, attributions F1 "
                f"{told.attribution_f1:.3f}, with their sources {told.strict_f1:.3f}"
            )
            print(*told.misses[: given.misses], sep="\n")
            continue
        score = reference(code, given.file)
        print(f"reference {code}: {score.texts} texts, precision {score.precision:.3f}, recall {score.recall:.3f}")
        print(*score.rows(), *score.misses[: given.misses], sep="\n")


if __name__ == "__main__":
    main()
