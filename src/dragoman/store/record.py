"""The record: readings stored for good, and asked.

In: the path of an SQLite file, or the address of a PostgreSQL database. Out: `Record`, through which everything about it goes.
"""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import sqlalchemy as sa
from sqlalchemy import Connection

from dragoman.link.differences import Difference, difference
from dragoman.link.records import Story
from dragoman.link.threads import Thread, threads_of
from dragoman.records import Article, Reading
from dragoman.store import (
    corrections,
    giving,
    linking,
    load,
    paging,
    query,
    schema,
    sql,
    stories,
    storypages,
    storyrows,
    versions,
    views,
    write,
)
from dragoman.store.answer import Answer, Row, answer_rows, columns_of
from dragoman.store.coder import Coder
from dragoman.store.confirmed import ConfirmedCopy
from dragoman.store.connect import open_engine
from dragoman.store.errors import RecordError
from dragoman.store.grouping import Publisher, nobody
from dragoman.store.question import Question, question
from dragoman.store.stories import StoryLine, story_question
from dragoman.store.transactions import reading, told, writing
from dragoman.store.write import Recoded, Tally

if TYPE_CHECKING:
    from dragoman.pipeline import Reader


class Record:
    """A record. It must be there, unless `create` makes it. Raises RecordError, here and in whatever is asked of it."""

    def __init__(self, where: str | Path, *, create: bool = False) -> None:
        self.where = str(where)
        self.engine = open_engine(self.where, create=create)
        self._confirmed = ConfirmedCopy(self)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Record({self.where!r})"

    def close(self) -> None:
        """Let go of the database. In a `with` statement this happens by itself."""
        self._confirmed.close()
        self.engine.dispose()

    @contextlib.contextmanager
    def asking(self) -> Generator[Connection]:
        """A connection that only reads, for as long as it is asked. What goes wrong in it is a RecordError."""
        with told(self.where), reading(self.engine) as connection:
            yield connection

    @contextlib.contextmanager
    def changing(self) -> Generator[Connection]:
        """A connection that writes, in one transaction. What goes wrong in it is a RecordError."""
        with told(self.where), writing(self.engine) as connection:
            yield connection

    def add(self, articles: Iterable[Article], reader: Reader | None = None) -> Tally:
        """Read articles and keep them, as `dragoman add` does: what is there already is not read again."""
        from dragoman.pipeline import Reader
        from dragoman.store import adding
        from dragoman.store.coder import coder_of

        by = reader or Reader()
        total = Tally()
        for tally in adding.add(self, articles, by.read_many, functools.partial(coder_of, by), publisher=by.publisher):
            total += tally
        return total

    # ---- stored ----------------------------------------------------------------------------------------------------

    def unchanged(self, articles: Sequence[Article]) -> list[bool]:
        """For each article whether it is in the record just as it is."""
        with self.asking() as connection:
            return write.unchanged(connection, articles)

    def refusal(self, article: Article) -> str | None:
        """Why the database cannot hold an article, None where it can."""
        words = (article.id, article.text, article.title, article.url, article.outlet)
        if self.engine.dialect.name == "postgresql" and any("\0" in word for word in words if word):
            return "holds a NUL character, which PostgreSQL cannot store"
        return None

    def store(self, readings: Iterable[Reading], coders: Mapping[str, Coder], publisher: Publisher = nobody) -> Tally:
        """Store readings in one transaction, and find their stories; `coders` says, by language, who coded them,
        `publisher` whom the name of an article's outlet means."""
        with self.changing() as connection:
            return write.store(connection, readings, coders, publisher)

    def recode(
        self, readings: Iterable[Reading], coders: Mapping[str, Coder], publisher: Publisher = nobody
    ) -> list[Recoded]:
        """Put another coding of articles that are there in the place of the one they have, in one transaction."""
        with self.changing() as connection:
            return list(write.recode(connection, readings, coders, publisher))

    def coded_by_others(self, coders: Mapping[str, Coder]) -> list[int]:
        """The numbers of the articles of these languages that another coder has coded, in the order of their adding."""
        with self.asking() as connection:
            return versions.coded_by_others(connection, list(coders), coders.values())

    def numbers(self, languages: Sequence[str]) -> list[int]:
        """The numbers of the articles in these languages, in the order of their adding."""
        with self.asking() as connection:
            return versions.numbers(connection, languages)

    def languages(self) -> list[str]:
        """The languages that its articles are in."""
        with self.asking() as connection:
            return versions.languages(connection)

    def stored_articles(self, numbers: Iterable[int]) -> Iterator[Article]:
        """The articles of these numbers, a few hundred in memory at a time, each in a transaction of its own."""
        for chunk in load.batched(numbers, load.CHUNK):
            with self.asking() as connection:
                found = [article for _, article in load.load_articles(connection, chunk)]
            yield from found

    # ---- given back ------------------------------------------------------------------------------------------------

    def __len__(self) -> int:
        """How many articles there are."""
        with self.asking() as connection:
            return connection.execute(sa.select(sa.func.count()).select_from(schema.article)).scalar_one()

    def reading(self, article: str) -> Reading:
        """The reading of one article, exactly as it was stored. Raises KeyError where there is no such article."""
        with self.asking() as connection:
            return giving.reading_of(connection, article)

    def readings(self, **asked: Any) -> Iterator[Reading]:
        """The readings of the articles asked for (see `articles`), by default all, in the order in which they were added."""
        wanted = question(**{"sort": "added", **asked})
        with self.holding(wanted).asking() as connection:
            yield from giving.readings(connection, wanted)

    def selected(self, **asked: Any) -> Iterator[Reading]:
        """Readings with those of their events only that are asked for (see `events`); all where nothing is asked."""
        if not asked:
            yield from self.readings()
            return
        wanted = question(**asked)
        with self.holding(wanted).asking() as connection:
            yield from giving.selected(connection, wanted)

    def past_readings(self, article: str) -> list[Reading]:
        """The readings of an article that a changed text or another coding has replaced, the oldest first."""
        with self.asking() as connection:
            return versions.past_readings(connection, article)

    # ---- corrected -------------------------------------------------------------------------------------------------

    def correct(
        self, article: str, kind: str, finding: str | None, verdict: str, *, who: str,
        value: Mapping[str, Any] | None = None, note: str | None = None,
    ) -> dict[str, Any]:  # fmt: skip
        """Keep what a person says of a finding, beside the machine's; the row of the view `corrections` comes back.

        `kind` is "event", "statement", "actor" or "date", `verdict` "confirmed", "corrected", "rejected", or "added", which
        is about no `finding` of the article. `value` are the fields that are right, where corrected or added, in the form of
        `dragoman read --format jsonl`. Raises KeyError for what is not there, QuestionError for what cannot be.
        """
        with self.changing() as connection:
            number = corrections.correct(connection, article, kind, finding, verdict, value, who, note)
        return next(row for row in self.corrections(article=article) if row["correction"] == number)

    def corrections(self, **asked: Any) -> Answer:
        """What people say of findings, as the view `corrections` has it, the newest first. `article`, `kind`, `verdict`, `who`
        and `finding` are a value or a list of them; `stands` is True for what is the newest word on a finding."""
        wanted = corrections.listed(views.TABLES["corrections"], **asked)

        def rows() -> Iterator[Row]:
            with self.asking() as connection:
                yield from (tuple(row) for row in connection.execute(wanted))

        return Answer(columns_of("corrections"), rows)

    def confirmed(self, article: str) -> Reading:
        """What people hold to be right in an article. Raises KeyError where there is no such article."""
        with self.asking() as connection:
            return giving.confirmed_of(connection, article)

    def holding(self, asked: Question) -> Record:
        """Where a question is answered: here, or in the copy that holds confirmed findings only."""
        return self._confirmed.record(lambda path: Record(path, create=True)) if asked.confirmed else self

    # ---- asked -----------------------------------------------------------------------------------------------------

    def events(self, **asked: Any) -> Answer:
        """Events, as the view `events` has them. What can be asked, all optional, all must hold:

        `between` ("CHN RUS" or a pair), `actor`, `recipient` ("CHN", "CHN GOV", "REB", part of a name), `type`, `mode`,
        `context`, `certainty`, `polarity`, `time`, `language`, `outlet`, `article` (a value or a list of them), `since` and
        `until` (also `from_`, `to`), `according_to` (a party, "outlet", "anonymous"), `denied`, `denied_by`, `facts`,
        `stance`, `text` (full-text query), `independent` (no copies), `confirmed` (by a person, and as corrected), `sort`,
        `limit`. Raises QuestionError.
        """
        return self._answer("events", question(**asked))

    def statements(self, **asked: Any) -> Answer:
        """Statements; `actor` and `according_to` are their source, what is asked of events holds of one told in them."""
        return self._answer("statements", question(**asked))

    def articles(self, **asked: Any) -> Answer:
        """Articles; what is asked of events holds of one of their events."""
        return self._answer("articles", question(**asked))

    def actors(self, **asked: Any) -> Answer:
        """Actors, those in most events first; `events` counts those that the rest of the question asks for."""
        return self._answer("actors", question(**asked))

    def page(self, kind: query.Kind, *, limit: int = 50, after: str | None = None, **asked: Any) -> paging.Page:
        """A page of the events, statements, articles or actors asked for, and the word that leads to the next (`after`)."""
        wanted = question(**asked)
        with self.holding(wanted).asking() as connection:
            return paging.page(connection, kind, wanted, limit, after)

    # ---- stories ---------------------------------------------------------------------------------------------------

    def stories(self, **asked: Any) -> list[StoryLine]:
        """Stories, the latest first. What can be asked, all optional: `between` ("CHN RUS" or a pair), `party`, `since` and
        `until` (also `from_`, `to`), `on` (a day), `article`, `text`, `teller`, `status`, `fewest` (articles), `sort`
        (date, oldest, articles, contested), `limit`. Raises QuestionError."""
        with self.asking() as connection:
            return stories.lines(connection, story_question(**asked))

    def story_page(self, *, limit: int = 50, after: str | None = None, **asked: Any) -> storypages.StoryPage:
        """A page of the stories asked for, and the word that leads to the next (`after`)."""
        with self.asking() as connection:
            return storypages.page(connection, story_question(**asked), limit, after)

    def story(self, name: str | int) -> Story:
        """A story by its number, or by the id of one of its articles. Raises KeyError where there is none."""
        with self.asking() as connection:
            number = stories.number_of(connection, str(name))
            found = None if number is None else storyrows.load_story(connection, number)
        if found is None:
            raise KeyError(name)
        return found

    def story_readings(self, story: Story) -> list[Reading]:
        """The readings of a story's articles, in its order."""
        with self.asking() as connection:
            return giving.of_story(connection, story.articles)

    def difference(self, story: str | int, one: str, other: str) -> Difference:
        """How the accounts of two tellers of a story differ. Raises KeyError for a story or a teller that is not there."""
        found = self.story(story)
        return difference(found, one, other, self.story_readings(found))

    def threads(self, **asked: Any) -> list[Thread]:
        """Claims that several stories tell of, over time; asked as `stories` are."""
        with self.asking() as connection:
            found = [
                storyrows.load_story(connection, line.id)
                for line in stories.lines(connection, story_question(**{"sort": "oldest", **asked}))
            ]
        return threads_of([(story.id, one) for story in found if story for one in story.occurrences])

    def rebuild_stories(self, publisher: Publisher = nobody, done: Callable[[int], None] = lambda _: None) -> int:
        """Find all stories anew, from the readings alone, in one transaction. Out: how many there are."""
        with self.changing() as connection:
            return stories.rebuild(connection, publisher, done)

    def stories_are_old(self) -> bool:
        """Whether stories of the record were made by another version of the linking, so that `rebuild_stories` may change them."""
        with self.asking() as connection:
            return linking.is_other(connection)

    def sql(self, statement: str) -> Answer:
        """The rows that an SQL statement gives; the views are `articles`, `events`, `event_actors`, `event_counts`, `statements`,
        `actors`, `stories`, `story_articles`, `occurrences`, `tellings`, `versions` and `corrections` (docs/record.md).
        The record cannot be changed this way. Raises QuestionError."""
        with self.asking() as connection:
            columns = sql.columns(connection, statement)

        def rows() -> Iterator[Row]:
            with self.asking() as connection:
                yield from sql.rows(connection, statement)

        return Answer(dict.fromkeys(columns), rows)

    def plan(self, kind: query.Kind, **asked: Any) -> list[str]:
        """How the database answers a question: the steps of its plan."""
        wanted = question(**asked)
        with self.holding(wanted).asking() as connection:
            return sql.plan(connection, kind, wanted)

    def _answer(self, kind: query.Kind, asked: Question) -> Answer:
        numbers = self._numbers(kind, asked)

        def rows() -> Iterator[Row]:
            with self.holding(asked).asking() as connection:
                yield from answer_rows(connection, kind, numbers)

        return Answer(columns_of(kind), rows)

    def _numbers(self, kind: query.Kind, asked: Question) -> query.Numbers:
        with self.holding(asked).asking() as connection:
            return query.numbers(kind, asked, connection)


__all__ = ["Record", "RecordError"]
