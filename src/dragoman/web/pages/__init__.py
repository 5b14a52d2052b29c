"""The pages, one module each. In: a request. Out: HTML from a template, and the same data as CSV or JSON."""

import contextlib

from fastapi import APIRouter

from dragoman.store.errors import RecordError
from dragoman.web.pages import actor, article, home, judging, lists, pair, places, searching, stories, trying
from dragoman.web.served import Served

router = APIRouter(include_in_schema=False)
for _page in (home, pair, actor, article, judging, places, trying, searching, stories, lists):
    router.include_router(_page.router)


def warm(served: Served) -> None:
    """Count what the first visitors will ask for."""
    with contextlib.suppress(RecordError):  # who asks will be told
        home.facts(served)
        places.warm(served)
