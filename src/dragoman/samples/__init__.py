"""Sample dispatches that come with the package, as JSON lines: five in English, five in Italian.

They report public events as they happened, in wording of our own, and hold what makes dispatches hard to read: accounts
that differ, claims that are denied, hypotheses, background, relative dates, web debris.
"""

from pathlib import Path

DISPATCHES = Path(__file__).with_name("dispatches.jsonl")
