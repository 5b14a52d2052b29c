"""Dates as a news reader reads them.

`compile_dates(language)` once per language, then `find_dates(text, lexicon, published, around)`. What a language's dates look
like stands in its `dates.toml`; `patterns.py` and `text.py` find them, `meanings.py` says what they mean in the situation.
"""

from dragoman.extract.dates.find import Landmark, dateline_of, find_dates, find_landmarks
from dragoman.extract.dates.lexicon import Attachment, DateLexicon, compile_dates
from dragoman.extract.dates.situation import Births, Surroundings, Tense

__all__ = [
    "Attachment", "Births", "DateLexicon", "Landmark", "Surroundings", "Tense", "compile_dates", "dateline_of", "find_dates",
    "find_landmarks",
]  # fmt: skip
