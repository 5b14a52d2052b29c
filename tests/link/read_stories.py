"""Annotated stories: what a careful reader makes of articles on one happening. In: tests/link/stories/*.toml. Out: `AnnotatedStory`.

Each file is one story: four to eight articles and readouts in English and Italian, all invented, about happenings that
are made up between countries, offices and organizations that are real. `dev-*.toml` are there to develop on; `new-*.toml`
and `hard-*.toml` are set aside: they are scored, and nobody looks at single misses in them. The outlets of the hard ones
were made to tell the same thing in words as different as can be.

    name = "..."                 what happened, in a line
    [[article]]                  id, outlet, language, published ("2023-05-04", "2023-05" or left out), title, text
    copy_of = "id"               a wire copy of that article, or nearly: the two are one source
    voice = "IND GOV"            whose voice the text itself is, where its outlet is no newsroom (a ministry's readout)
    [[occurrence]]               one happening in the world that at least two articles tell of; the most important ones only
    id, type (or types: PLOVER types of which each would be right), what
    events = [["article", "words"]]     the words that name it, which stand once in that article's text
    [occurrence.cells]           teller = "asserts" | "denies" | "hedges" | "silent", for every teller of the story
    [occurrence.earlier]         teller = what it said before, where it changed its word within the story

**Tellers.** A newsroom in its own voice is "outlet:NAME"; wire copies speak as the outlet of the original. Everybody whom
a text names as the source of what it tells is a teller by country and sector: a government with its leaders, ministries
(that of defence too), embassies, spokespeople and readouts is one teller, "RUS GOV"; armed forces are "RUS MIL",
intelligence "USA SPY", police "ARM COP", armed groups and parties their country and sector, or "name:NAME" where there is
no code. Who says something of none of the occurrences is left out. Organizations without a country: "UNO", "IGO", "NGO"; the European Union with its institutions is "EUR GOV".
Unnamed sources ("diplomats", "residents") are tellers only where their country is told.

**Cells.** What a teller says of the occurrence anywhere in the story, whoever quotes it:

- asserts: tells it as having happened or happening; or as promised, threatened, demanded, where that is the occurrence.
  Who performs an act of speech asserts it by performing it. Asserting a part or a stronger form of it is asserting it
  (other numbers, other words, "terrorist attack" for "strike"); who calls it justified or an answer, or counts its dead,
  asserts it too. A deed (a summons, a strike) is asserted by its doer only where the doer's own words tell of it.
- denies: says that it did not happen, or that the teller's side did not do it, or that it happened in another way which
  rules this one out ("they fired first": of their own side's first shot). Rejecting the tone is no denial, nor is declining
  to comment, nor the charge that the other side did as much.
- hedges: says only that it may have happened ("alleged", "reportedly", "apparently", "if confirmed").
- silent: tells other parts of the story and not this one. What an outlet passes on only as the words of somebody else
  ("according to Kyiv", "X said that", "X admitted that", "X accuses Y of") is silent for the outlet: it says that it was
  said. So is what an outlet says of a claim without taking a side ("a claim that Moscow denies").

A teller that changes its word has its last word in `cells` and its first in `earlier`. Titles are not counted: the cells
hold of the texts.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from dragoman.ontology import load as load_ontology
from dragoman.records import Article, Span
from dragoman.text import parse_date

STORIES = Path(__file__).with_name("stories")

Half = Literal["dev", "new", "hard"]
Cell = Literal["asserts", "denies", "hedges", "silent"]
CELLS: tuple[Cell, ...] = get_args(Cell)


class AnnotationError(ValueError):
    """A story file says what cannot be. The message names file, place and remedy."""


@dataclass(frozen=True, slots=True)
class Telling:
    """The words at `span` of an article's text that name an occurrence."""

    article: str
    words: str
    span: Span


@dataclass(frozen=True, slots=True)
class AnnotatedOccurrence:
    """One happening in the world. `types` are the PLOVER types of which each would be right; `cells` who tells it how."""

    id: str
    types: tuple[str, ...]
    what: str
    tellings: tuple[Telling, ...]
    cells: Mapping[str, Cell]
    earlier: Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class AnnotatedStory:
    """The articles on one happening. `copies`: article to the article it is a wire copy of; `voices`: article to the
    teller that its own voice is."""

    id: str
    name: str
    articles: tuple[Article, ...]
    copies: Mapping[str, str]
    voices: Mapping[str, str]
    occurrences: tuple[AnnotatedOccurrence, ...]

    @property
    def tellers(self) -> frozenset[str]:
        """Everybody who tells something of the story."""
        return frozenset(teller for occurrence in self.occurrences for teller in occurrence.cells)

    def article(self, id: str) -> Article:
        return next(article for article in self.articles if article.id == id)


def load(half: Half | None = None) -> tuple[AnnotatedStory, ...]:
    """The stories of one part, or all, in the order of their names. Raises AnnotationError for a file that is none.

    Ids of articles are unique over all files, whichever part is asked for.
    """
    stories = tuple(read_story(path) for path in sorted(STORIES.glob("*.toml")))
    twice = [id for id, times in Counter(a.id for story in stories for a in story.articles).items() if times > 1]
    if twice:
        raise AnnotationError(f"{STORIES.name}: articles of one id: {', '.join(twice)}; give each its own")
    return tuple(story for story in stories if half is None or story.id.startswith(f"{half}-"))


def read_story(path: Path) -> AnnotatedStory:
    """One story from its file. Raises AnnotationError."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        rows: list[dict[str, Any]] = data["article"]
        articles = tuple(_article(row) for row in rows)
        copies = {row["id"]: row["copy_of"] for row in rows if "copy_of" in row}
        _check_copies(path.stem, articles, copies)
        own = {row["id"]: row.get("voice", f"outlet:{row['outlet']}") for row in rows}
        voices = {id: own[copies.get(id, id)] for id in own}
        texts = {article.id: article.text for article in articles}
        occurrences = tuple(_occurrence(path.stem, row, texts) for row in data["occurrence"])
    except (tomllib.TOMLDecodeError, KeyError, ValueError) as problem:
        if isinstance(problem, AnnotationError):
            raise
        missing = isinstance(problem, KeyError)
        raise AnnotationError(f"{path.name}: {f'{problem} is missing' if missing else problem}") from problem
    _check_cells(path.stem, occurrences, set(voices.values()))
    return AnnotatedStory(path.stem, data["name"], articles, copies, voices, occurrences)


def _article(row: Mapping[str, Any]) -> Article:
    return Article(
        id=row["id"], text=row["text"].strip(), language=row["language"], title=row["title"], outlet=row["outlet"],
        published=parse_date(row["published"]) if "published" in row else None,
    )  # fmt: skip


def _occurrence(story: str, row: Mapping[str, Any], texts: Mapping[str, str]) -> AnnotatedOccurrence:
    place = f"{story}/{row['id']}"
    types = tuple(row["types"]) if "types" in row else (row["type"],)
    if unknown := [name for name in types if name not in load_ontology().types]:
        raise AnnotationError(f"{place}: no such type {unknown[0]!r}; one of PLOVER's")
    tellings = tuple(_telling(place, article, words, texts) for article, words in row["events"])
    if len({telling.article for telling in tellings}) < 2:
        raise AnnotationError(f"{place}: told in one article only; leave it out")
    cells: dict[str, Cell] = row["cells"]
    earlier: dict[str, Cell] = row.get("earlier", {})
    for teller, cell in [*cells.items(), *earlier.items()]:
        if not _is_teller(teller):
            raise AnnotationError(f"{place}: no such teller {teller!r}; outlet:NAME, name:NAME or a country and sector")
        if cell not in CELLS:
            raise AnnotationError(f"{place}: {teller}: no such cell {cell!r}; one of {', '.join(CELLS)}")
    if same := [teller for teller, cell in earlier.items() if cells.get(teller) in (None, cell)]:
        raise AnnotationError(f"{place}: {same[0]} said nothing else earlier; leave it out")
    return AnnotatedOccurrence(row["id"], types, row["what"], tellings, cells, earlier)


def _is_teller(label: str) -> bool:
    """Whether it is "outlet:NAME", "name:NAME", a country with a sector, or a code without a country ("UNO")."""
    kind, colon, name = label.partition(":")
    if colon:
        return kind in ("outlet", "name") and bool(name)
    code, _, sector = label.partition(" ")
    ontology = load_ontology()
    known = code in ontology.non_state or (len(code) == 3 and code.isupper() and bool(sector))
    return known and (not sector or sector in ontology.sectors)


def _telling(place: str, article: str, words: str, texts: Mapping[str, str]) -> Telling:
    if article not in texts:
        raise AnnotationError(f"{place}: no article {article!r} in this story")
    times = texts[article].count(words)
    if times != 1:
        raise AnnotationError(
            f"{place}: {words!r} stands {times} times in {article}; write words that stand there once"
        )
    start = texts[article].index(words)
    return Telling(article, words, Span(start, start + len(words)))


def _check_copies(story: str, articles: tuple[Article, ...], copies: Mapping[str, str]) -> None:
    ids = {article.id for article in articles}
    for copy, original in copies.items():
        if original not in ids or original in copies:
            raise AnnotationError(
                f"{story}: {copy} is a copy of {original!r}, which is no article here, or a copy itself"
            )


def _check_cells(story: str, occurrences: tuple[AnnotatedOccurrence, ...], voices: set[str]) -> None:
    """Every occurrence has a cell for every teller: each voice of an article, and whoever has a cell elsewhere."""
    tellers = voices.union(*(occurrence.cells for occurrence in occurrences))
    if twice := [id for id, times in Counter(o.id for o in occurrences).items() if times > 1]:
        raise AnnotationError(f"{story}: two occurrences {twice[0]!r}; give each its own id")
    for occurrence in occurrences:
        if lacking := sorted(tellers - occurrence.cells.keys()):
            raise AnnotationError(f"{story}/{occurrence.id}: no cell for {', '.join(lacking)}")
        if not any(cell != "silent" for cell in occurrence.cells.values()):
            raise AnnotationError(f"{story}/{occurrence.id}: everybody is silent; leave it out")
        newsrooms = {teller for teller in occurrence.cells if teller.startswith("outlet:")}
        if unknown := sorted(newsrooms - voices):
            raise AnnotationError(f"{story}/{occurrence.id}: {unknown[0]} has no article of its own here")
    heard = {teller for occurrence in occurrences for teller, cell in occurrence.cells.items() if cell != "silent"}
    if mute := sorted(tellers - voices - heard):
        raise AnnotationError(f"{story}: {mute[0]} is silent on everything; leave it out")
