"""Dates as a news reader reads them.

`compile_dates(language)` once per language, then `find_dates(text, lexicon, published, ahead)`. What a language's dates look
like stands in its `dates.toml`; `patterns.py` and `text.py` find them, `meanings.py` says what they mean in the situation.
"""

from dragoman.extract.dates.find import find_dates
from dragoman.extract.dates.lexicon import DateLexicon, compile_dates

__all__ = ["DateLexicon", "compile_dates", "find_dates"]
