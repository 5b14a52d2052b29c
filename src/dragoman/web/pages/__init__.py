"""The pages, one module each. In: a request. Out: HTML from a template, and the same data as CSV or JSON."""

from fastapi import APIRouter

from dragoman.web.pages import home

router = APIRouter(include_in_schema=False)
router.include_router(home.router)
