"""Statements: who is reported to say, think, ask, promise or deny what.

In: clauses, quotations and the cast of one article, and a language's speech lexicon. Out: `Statement`s with source, cue and
content, nested where one is told within another, denials linked to what they deny.
"""

from dragoman.extract.statements.find import find_statements

__all__ = ["find_statements"]
