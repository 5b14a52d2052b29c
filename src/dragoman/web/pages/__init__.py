"""The pages, one module each. In: a request. Out: HTML from a template, and the same data as CSV or JSON."""

from fastapi import APIRouter

from dragoman.web.pages import actor, article, home, judging, lists, pair, places, searching, trying

router = APIRouter(include_in_schema=False)
for _page in (home, pair, actor, article, judging, places, trying, searching, lists):
    router.include_router(_page.router)
