"""Dates: the examples of every `dates.toml`, and what must hold whatever the text."""

from __future__ import annotations

import calendar
import datetime
import itertools
import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman import languages
from dragoman.extract.dates import Births, DateLexicon, Surroundings, Tense, compile_dates, find_dates
from dragoman.extract.dates.calendar import easter, feast
from dragoman.extract.dates.text import DateText
from dragoman.languages import Language, LanguageError
from dragoman.records import Interval, When

LEXICONS = {
    code: compile_dates(languages.load(code)) for code in languages.installed() if languages.load(code).table("dates")
}
MARK = re.compile(r"\[([^\]]*)\]")


def published_on(written: str) -> Interval | None:
    """A day, a month or nothing, as the examples write it."""
    numbers = [int(part) for part in written.split("-")] if written else []
    if not numbers:
        return None
    if len(numbers) == 3:
        return Interval.of_day(datetime.date(*numbers))
    year, month = numbers
    last = calendar.monthrange(year, month)[1]
    return Interval(datetime.date(year, month, 1), datetime.date(year, month, last), "month")


def read(text: str, published: str = "", code: str = "en", ahead: bool = False) -> tuple[When, ...]:
    return find_dates(text, LEXICONS[code], published_on(published), speaking(ahead))


def speaking(ahead: bool) -> Surroundings:
    """Clauses that all speak of the future, or of no time in particular."""
    return Surroundings(tense=lambda offset: "future" if ahead else None)


def values(text: str, published: str = "", code: str = "en", ahead: bool = False) -> list[str]:
    return [when.value for when in read(text, published, code, ahead)]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    wanted = metafunc.config.getoption("--language")
    cases: list[Any] = []
    for code, lexicon in LEXICONS.items():
        if wanted and code not in wanted:
            continue
        for name, group in lexicon.examples:
            if "example" in metafunc.fixturenames:
                for key in ("examples", "ahead"):
                    for number, example in enumerate(group.get(key, ())):
                        case = pytest.param((code, key == "ahead", *example), id=f"{code}/{name}/{key}{number}")
                        cases.append(case)
            if "counterexample" in metafunc.fixturenames:
                for number, text in enumerate(group.get("counterexamples", ())):
                    cases.append(pytest.param((code, text), id=f"{code}/{name}/{number}"))
    for fixture in ("example", "counterexample"):
        if fixture in metafunc.fixturenames:
            metafunc.parametrize(fixture, cases)


def test_example(example: tuple[str, bool, str, str, str]) -> None:
    code, ahead, marked, published, wanted = example
    text = marked.replace("[", "").replace("]", "")
    found = read(text, published, code, ahead)
    assert [when.span.of(text) for when in found] == MARK.findall(marked)
    assert [when.value for when in found] == wanted.split()


def test_counterexample(counterexample: tuple[str, str]) -> None:
    code, text = counterexample
    assert values(text, "2022-06-16", code) == []


class TestWhatIsKnown:
    def test_without_publication_nothing_is_put_in_its_place(self) -> None:
        for when in read("It rained on Friday, last week, in March, yesterday and two years ago."):
            assert when.interval is None
            assert when.anchor is None

    def test_a_month_is_enough_for_a_year(self) -> None:
        (when,) = read("Talks opened on June 12.", "2022-06")
        assert (when.value, when.anchor) == ("2022-06-12", "published")

    def test_a_month_is_not_enough_for_a_weekday(self) -> None:
        (when,) = read("Talks opened on Wednesday.", "2022-06")
        assert (when.value, when.interval) == ("XXXX-WXX-3", None)

    def test_two_named_wednesdays_settle_nothing(self) -> None:
        text = "After Wednesday, June 8, and Wednesday, June 15, they met again on Wednesday."
        assert values(text, "2022-06")[-1] == "XXXX-WXX-3"

    def test_dateline_says_the_day(self) -> None:
        *_, when = read("OSLO, June 15 (Nordnews) - The strike began on Tuesday.", "2022-06")
        assert (when.value, when.anchor) == ("2022-06-14", "dateline")

    def test_line_that_is_a_date_says_the_day(self) -> None:
        *_, when = read("Strike begins\nJune 15, 2022\nThe strike began on Tuesday.")
        assert (when.value, when.anchor) == ("2022-06-14", "dateline")

    def test_a_date_in_a_sentence_is_no_dateline(self) -> None:
        assert values("The strike of June 15, 2021 began on a hot day. It ended on Tuesday.")[-1] == "XXXX-WXX-2"

    def test_part_of_an_unknown_day_stays_open(self) -> None:
        (when,) = read("La polizia arrivò mercoledì sera.", "2022-06", "it")
        assert (when.value, when.type, when.interval) == ("XXXX-WXX-3TEV", "TIME", None)

    @pytest.mark.parametrize(
        ("text", "start", "end"),
        [
            ("in early 2009", "2009-01-01", "2009-06-30"),
            ("at the end of last month", "2022-05-16", "2022-05-31"),
            ("from June 3 to June 8", "2022-06-03", "2022-06-08"),
            ("the last three weeks", "2022-05-26", "2022-06-16"),
            ("last winter", "2021-12-01", "2022-02-28"),
            ("the 1990s", "1990-01-01", "1999-12-31"),
        ],
    )
    def test_intervals(self, text: str, start: str, end: str) -> None:
        (when,) = read(f"It happened {text}.", "2022-06-16")
        assert when.interval
        assert (when.interval.start.isoformat(), when.interval.end.isoformat()) == (start, end)


class TestTense:
    def tense(self, text: str, published: str, tense: Tense) -> list[str]:
        around = Surroundings(tense=lambda offset: tense)
        return [when.value for when in find_dates(text, LEXICONS["en"], published_on(published), around)]

    def test_a_month_is_past_or_to_come(self) -> None:
        assert self.tense("He visited Tunis in December.", "2022-11-21", "past") == ["2021-12"]
        assert self.tense("He will visit Tunis in December.", "2022-11-21", "future") == ["2022-12"]
        assert self.tense("The summit in December.", "2022-11-21", "present") == ["2022-12"]

    def test_a_weekday_is_past_or_to_come(self) -> None:
        assert self.tense("They met on Friday.", "2022-06-16", "past") == ["2022-06-10"]
        assert self.tense("They will meet on Friday.", "2022-06-16", "future") == ["2022-06-17"]


class TestWhatTheTextTells:
    def test_a_birthday_says_which_wednesday(self) -> None:
        born = Births(others=(datetime.date(1953, 6, 15), datetime.date(1952, 10, 7)))
        around = Surroundings(births=lambda start, end: born)
        found = find_dates(
            "They spoke on Wednesday, Xi's 69th birthday.", LEXICONS["en"], published_on("2022-06"), around
        )
        assert [(when.value, when.anchor) for when in found] == [("2022-06-15", "birthday"), ("2022-06-15", "birthday")]

    def test_whoever_turns_an_age_need_not_be_shown(self) -> None:
        born = Births(others=(datetime.date(1953, 6, 15),))
        around = Surroundings(births=lambda start, end: born)
        found = find_dates("Xi turned 69 on Wednesday.", LEXICONS["en"], published_on("2022-06"), around)
        assert [(when.span.start, when.value) for when in found] == [(16, "2022-06-15")]

    def test_a_day_counted_from_another_says_which_friday(self) -> None:
        text = "They attacked on Friday, a day after the June 9 accord."
        assert values(text, "2022-06") == ["2022-06-10", "2022-06-10"]

    def test_a_day_in_the_name_of_a_happening(self) -> None:
        assert values("They spoke of the October 7 attacks.", "2024-12-01") == ["2023-10-07"]
        assert values("They spoke on October 7.", "2024-12-01") == ["2024-10-07"]
        assert values("Parlarono dell'attacco del 7 ottobre.", "2024-12-01", "it") == ["2023-10-07"]

    def test_a_day_that_states_keep_is_nobodys_without_a_state(self) -> None:
        assert values("They marked Independence Day.", "2024-12-01") == []
        assert values("They marked India's Independence Day.", "2024-12-01") == ["2024-08-15"]

    def test_months_in_a_row(self) -> None:
        assert values("It runs from June through August.", "2022-06-16") == ["2022-06", "2022-08"]

    def test_feasts_by_other_calendars(self) -> None:
        assert values("They met on Eid al-Fitr.", "2022-05-10") == ["2022-05-02"]
        assert values("They met on Yom Kippur 1973 and on Diwali 2023.", "") == ["XXXX-XX-XX", "2023-11-12"]
        (when,) = read("They met during Ramadan.", "2022-05-10")
        assert when.interval
        assert (when.interval.start, when.interval.end) == (datetime.date(2022, 4, 2), datetime.date(2022, 5, 1))


class TestCalendar:
    def test_leap_days(self) -> None:
        assert values("He left on February 29.", "2023-05-01") == ["2020-02-29"]
        assert values("He left on 29 February 2023.") == []
        assert values("He left three days ago.", "2024-03-02") == ["2024-02-28"]
        assert values("He left a month ago.", "2024-03-31") == ["2024-02"]

    def test_year_ends(self) -> None:
        assert values("He left on Friday.", "2022-01-02") == ["2021-12-31"]
        assert values("He left in December.", "2022-01-02") == ["2021-12"]
        assert values("He left last quarter.", "2022-01-02") == ["2021-Q4"]

    def test_week_53(self) -> None:
        assert values("He left last week.", "2021-01-05") == ["2020-W53"]
        assert values("He leaves this week.", "2020-12-31") == ["2020-W53"]

    def test_midnight_elsewhere_keeps_the_day_that_is_written(self) -> None:
        (when,) = read("The truce starts at 00:05 GMT on 1 March 2022.")
        assert (when.value, when.interval and when.interval.day) == ("2022-03-01T00:05Z", datetime.date(2022, 3, 1))

    def test_weeks_of_other_years(self) -> None:
        assert values("He left on Monday of last week.", "2021-01-05") == ["2020-12-28"]
        assert values("Rain fell in the week of January 1, 2021.") == ["2020-W53"]
        assert values("He left at the weekend, in the last week of December.", "2021-01-05")[-1] == "2020-W53"

    def test_a_month_of_publication_at_the_end_of_a_year(self) -> None:
        assert values("He left in December.", "2022-01") == ["2021-12"]
        assert values("He left on December 30.", "2022-01") == ["2021-12-30"]
        assert values("He left last month.", "2022-01") == ["2021-12"]
        assert values("He left yesterday.", "2022-01") == ["XXXX-XX-XX"]

    def test_a_year_of_publication_tells_no_day(self) -> None:
        year = Interval(datetime.date(2022, 1, 1), datetime.date(2022, 12, 31), "year")
        for text in (
            "He left on Friday.",
            "He left on May 5.",
            "He left yesterday.",
            "He left last week.",
            "He left two days ago.",
        ):
            (when,) = find_dates(text, LEXICONS["en"], year)
            assert when.interval is None

    def test_zones_do_not_move_the_day(self) -> None:
        for text in ("It began at 23:50 GMT on February 28.", "It began at 00:10 MSK on February 28."):
            (when,) = read(text, "2023-03-01")
            assert when.interval
            assert when.interval.day == datetime.date(2023, 2, 28)

    def test_birthdays_of_leap_days(self) -> None:
        born = Births(named=(datetime.date(2000, 2, 29),))
        around = Surroundings(births=lambda start, end: born)
        (when,) = find_dates("He left on his 20th birthday.", LEXICONS["en"], None, around)
        assert (when.value, when.anchor) == ("2020-02-29", "birthday")
        assert find_dates("He left on his 21st birthday.", LEXICONS["en"], None, around) == ()

    def test_easter(self) -> None:
        assert [easter(year) for year in (2019, 2022, 2024)] == [
            datetime.date(2019, 4, 21), datetime.date(2022, 4, 17), datetime.date(2024, 3, 31),
        ]  # fmt: skip
        assert easter(2022, julian=True) == datetime.date(2022, 4, 24)

    def test_feasts(self) -> None:
        assert feast("11-thu-4", 2022) == datetime.date(2022, 11, 24)
        assert feast("5-mon--1", 2022) == datetime.date(2022, 5, 30)

    def test_edges_of_time_do_not_break(self) -> None:
        for published in ("0001-01-01", "9999-12-31"):
            read("last week, next decade, 9999 years ago, next Friday, the past century, next winter", published)


class TestLanguageFile:
    @pytest.mark.parametrize(
        ("group", "message"),
        [
            ('name = "x"\nmeans = "step"\npatterns = ["today"]', "must hold unit"),
            ('name = "x"\nmeans = "guess"\npatterns = ["today"]', "no meaning 'guess'"),
            ('name = "x"\nmeans = "year"\npatterns = ["in {yeer}"]', "no slot {yeer}"),
            ('name = "x"\nmeans = "year"\npatterns = ["in {year}]"]', "a bracket too many"),
            ('name = "x"\npatterns = ["in {year}"]', "no 'means'"),
        ],
    )
    def test_faults_are_named(self, group: str, message: str, tmp_path: Any) -> None:
        (tmp_path / "dates.toml").write_text(f"[[group]]\n{group}\n", encoding="utf-8")
        with pytest.raises(LanguageError, match=re.escape(message)):
            compile_dates(Language("en", tmp_path, {}))


WORDS = [
    "Monday", "May", "June", "5", "15th", "2022", "'70s", "in", "the", "last", "next", "week", "of", "days", "ago", ",", ".", "\n",
    "-", "(", "nel", "il", "marzo", "scorso", "anno", "fa", "1º", "ventuno", "alle", "18:00", "UTC", "2022-06-15", "3.5", "per cento",
    "69th", "birthday", "anniversary", "of", "settantesimo", "compleanno", "eve", "vigilia", "Ukraine's", "Independence Day", "Ramadan", "first", "three",
    "months", "night", "between", "notte", "dopo", "prima", "invasion of Ukraine", "through", "the 15th", "mid-2023", "Fridays",
    "end", "fine", "anni", "XIX", "secolo", "Christmas", "Pasqua", "tra", "e", "several", "alcuni", "²", "³5", "٣", "’", "İ", "𝟙",
]  # fmt: skip
texts = st.one_of(st.text(max_size=80), st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join))
days = st.dates(datetime.date(1, 1, 1), datetime.date(9999, 12, 31))


class TestWhateverTheText:
    @settings(max_examples=300, deadline=None)
    @given(text=texts, day=st.none() | days, code=st.sampled_from(sorted(LEXICONS)), ahead=st.booleans())
    def test_spans_lie_in_order_in_the_text(self, text: str, day: datetime.date | None, code: str, ahead: bool) -> None:
        published = Interval.of_day(day) if day else None
        found = find_dates(text, LEXICONS[code], published, speaking(ahead))
        assert [when.id for when in found] == [f"d{number}" for number in range(1, len(found) + 1)]
        assert all(when.span.end <= len(text) and when.span.of(text).strip() for when in found)
        assert all(a.span.end <= b.span.start for a, b in itertools.pairwise(found))
        assert found == find_dates(text, LEXICONS[code], published, speaking(ahead))
        for when in found:
            assert (when.interval is None) or when.anchor, "days must say what they were read from"
            assert when.interval is None or "X" not in when.value or when.type == "DURATION"

    @settings(max_examples=150, deadline=None)
    @given(day=st.dates(datetime.date(1600, 1, 1), datetime.date(2190, 12, 31)), form=st.integers(0, 7))
    def test_written_days_come_back(self, day: datetime.date, form: int) -> None:
        months, weekdays = LEXICONS["en"].words["month"], LEXICONS["en"].words["weekday"]
        month = next(key for key, found in months.items() if found[0][1] == day.month)
        weekday = next(key for key, found in weekdays.items() if found[0][1] == day.isoweekday())
        year = f"{day.year:04}"
        mois = next(key for key, found in LEXICONS["it"].words["month"].items() if found[0][1] == day.month)
        code, written = [
            ("en", f"{day.day} {month.title()} {year}"), ("en", f"{month.title()} {day.day}, {year}"),
            ("en", f"{weekday.title()}, {month.title()} {day.day}, {year}"), ("en", day.isoformat()),
            ("it", f"{day.day} {mois} {year}"), ("it", f"{day.day:02}/{day.month:02}/{year}"),
            ("it", f"{day.day} {mois} del {year}"), ("it", day.isoformat()),
        ][form]  # fmt: skip
        text = f"Signed on {written}, as agreed."
        (when,) = find_dates(text, LEXICONS[code], None)
        assert (when.value, when.span.of(text), when.anchor) == (day.isoformat(), written, "text")

    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(piece=st.lists(st.sampled_from(WORDS), min_size=1, max_size=8), code=st.sampled_from(sorted(LEXICONS)))
    def test_steps_grow_as_the_text_does(self, piece: list[str], code: str, monkeypatch: pytest.MonkeyPatch) -> None:
        """Twice the text takes twice the steps of a pattern, whatever the text."""
        steps = 0
        plain = DateText.opens

        def counted(self: DateText, index: int) -> frozenset[str]:
            nonlocal steps
            steps += 1
            return plain(self, index)

        taken: list[int] = []
        with monkeypatch.context() as patch:
            patch.setattr(DateText, "opens", counted)
            for times in (20, 40):
                steps = 0
                find_dates(" ".join(piece * times), LEXICONS[code], published_on("2022-06-16"))
                taken.append(steps)
        assert taken[1] <= 2.3 * taken[0] + 100

    @pytest.mark.parametrize("code", sorted(LEXICONS))
    @pytest.mark.parametrize(
        "piece",
        [
            "June 5, ",
            "1-2.3/",
            "the end of the ",
            "inizio del ",
            "Monday\n",
            "5 days and ",
            "the eve of the 69th birthday ",
            "first 3 months of ",
        ],
    )
    def test_a_long_run_of_one_piece_comes_back(self, code: str, piece: str) -> None:
        """A search that tried every pair of places would not come back from this."""
        text = piece * (40_000 // len(piece))
        found = find_dates(text, LEXICONS[code], published_on("2022-06-16"))
        assert all(when.span.end <= len(text) for when in found)


def test_scripts_without_blanks(tmp_path: Any) -> None:
    (tmp_path / "dates.toml").write_text(
        r"""
[shapes]
full = ['(?P<year>\d{4})年(?P<month>\d\d?)月(?P<day>\d\d?)日']

[[group]]
name = "day"
means = "numeric"
makes = ["aday"]
patterns = ["{full}"]

[[group]]
name = "weekday"
means = "weekday"
patterns = ["{weekday}"]

[[group]]
name = "yesterday"
means = "step"
with = { unit = "day", by = -1 }
patterns = ["昨天"]
""",
        encoding="utf-8",
    )
    lexicon = compile_dates(Language("zh", tmp_path, {}))
    text = "习近平星期三会见了总统，他们昨天通了电话。会谈于2022年6月12日举行。"
    found = find_dates(text, lexicon, published_on("2022-06-16"))
    assert [(when.span.of(text), when.value) for when in found] == [
        ("星期三", "2022-06-15"), ("昨天", "2022-06-15"), ("2022年6月12日", "2022-06-12"),
    ]  # fmt: skip


def test_lexicon_of_a_language_without_dates_finds_nothing(tmp_path: Any) -> None:
    empty: DateLexicon = compile_dates(Language("pl", tmp_path, {}))
    assert find_dates("We środę 15 czerwca 2022.", empty, None) == ()
