"""Sources: from what the user named to what was fetched.

In: files, folders, web addresses, "-" for standard input. Out: `Raw` documents one at a time and, in their place in the
order, a `Problem` for everything that could not be fetched. Nothing is loaded whole but the document at hand.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dragoman.sources.fetched import Problem, Raw
from dragoman.sources.files import from_path, from_standard_input
from dragoman.sources.web import from_web

__all__ = ["Problem", "Raw", "fetch"]


def fetch(inputs: Sequence[str]) -> Iterator[Raw | Problem]:
    """What lies behind each input, in the order given; a folder's files in the order of their names."""
    for name in inputs:
        if name == "-":
            yield from from_standard_input()
        elif name.startswith(("http://", "https://")):
            yield from_web(name)
        else:
            yield from from_path(name)
