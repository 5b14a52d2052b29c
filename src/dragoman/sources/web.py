"""Pages of the web: one address, one document.

In: an http or https address that the user named. Out: the page, or a `Problem` that says why there is none. Failures that pass
are tried again; what is larger than a page can be is not loaded.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

import urllib3
from urllib3.util import Retry, Timeout

from dragoman.sources.fetched import LARGEST, Problem, Raw, sort_of

SECONDS = 20.0
READABLE = ("text/", "application/xhtml", "application/xml")


@functools.cache
def _pool() -> urllib3.PoolManager:
    retry = Retry(
        total=4, connect=2, read=2, redirect=5, status=2, status_forcelist=(429, 502, 503, 504), backoff_factor=0.5
    )
    agent = {"User-Agent": "dragoman (reads news dispatches)", "Accept": "text/html, text/plain;q=0.9, */*;q=0.1"}
    return urllib3.PoolManager(retries=retry, timeout=Timeout(connect=SECONDS, read=SECONDS), headers=agent)


def get(pool: urllib3.PoolManager, url: str, headers: Mapping[str, str] | None = None) -> tuple[Any, bytes] | Problem:
    """What a server answers, and no more of the content than one byte over the largest that is read."""
    try:
        response = pool.request("GET", url, headers={**pool.headers, **(headers or {})}, preload_content=False)
        try:
            content = response.read(LARGEST + 1)
            if len(content) > LARGEST:
                response.close()  # what is left of it may be without end
            else:
                response.drain_conn()
        finally:
            response.release_conn()
    except urllib3.exceptions.MaxRetryError as problem:
        reason = str(problem.reason).rpartition(": ")[2] if problem.reason else "no answer"
        return Problem(url, f"cannot be reached: {reason}")
    except (urllib3.exceptions.HTTPError, ValueError) as problem:
        return Problem(url, f"cannot be reached: {str(problem).splitlines()[0]}")
    return response, content


def from_web(url: str) -> Raw | Problem:
    """The document at an address."""
    answer = get(_pool(), url)
    if isinstance(answer, Problem):
        return answer
    response, content = answer
    kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if response.status != 200:
        return Problem(url, f"answered {response.status} {response.reason or ''}".strip())
    if kind and not kind.startswith(READABLE):
        return Problem(url, f"is {kind}, neither a page nor a text")
    if len(content) > LARGEST:
        return Problem(url, f"larger than {LARGEST // 1_000_000} MB: no page is")
    if not content.strip():
        return Problem(url, "empty: there is nothing to read")
    sort = "page" if "html" in kind else sort_of(content)
    return Raw(url, url, content, sort, url=response.url or url)
