"""Options of the test run."""

import pytest
from hypothesis import settings

settings.register_profile("plain", deadline=None)  # how long a machine takes is no property of ours
settings.load_profile("plain")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--language", action="append", help="run the examples of this language only")
    parser.addoption("--live", action="store_true", help="parse the examples anew instead of reading frozen parses")
