"""What can go wrong with a record, told in one line each."""

from __future__ import annotations


class RecordError(Exception):
    """The record cannot be opened, written or asked. One line: which record, what is wrong, what to do."""


class QuestionError(ValueError):
    """A question that cannot be understood. One line: which part of it, and what may stand there."""
