"""Home: what is in the record, and where to begin."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from dragoman.web.served import ServedNow

router = APIRouter()


@router.get("/")
def home(served: ServedNow) -> HTMLResponse:
    return HTMLResponse(f"<!doctype html><title>Dragoman</title><p>{len(served.record)} articles")
