"""Fixtures of this folder; what they are made from is in browsing.py, by which tests can name it."""

from browsing import browser, opened, own_samples, reader, samples, site  # noqa: F401
