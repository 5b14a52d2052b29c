"""Options of the test run."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--language", action="append", help="run the examples of this language only")
    parser.addoption("--live", action="store_true", help="parse the examples anew instead of reading frozen parses")
