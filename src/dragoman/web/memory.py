"""What was counted once is not counted again as long as the record is the same.

In: a state of the record, a key, and a way to make the value. Out: the value; several who ask at once wait for one to make it.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from typing import Any, TypeVar, cast

_T = TypeVar("_T")


class Memory:
    """Values by key, the least recently asked for dropped first; a value of another state is made anew."""

    def __init__(self, size: int = 400) -> None:
        self._size = size
        self._lock = threading.Lock()
        self._kept: OrderedDict[Hashable, tuple[Hashable, Future[Any]]] = OrderedDict()

    def get(self, state: Hashable, key: Hashable, make: Callable[[], _T]) -> _T:
        with self._lock:
            then, found = self._kept.get(key, (None, None))
            mine = found is None or then != state
            if mine:
                found = Future[Any]()
                self._kept[key] = (state, found)
                if len(self._kept) > self._size:
                    self._kept.popitem(last=False)
            self._kept.move_to_end(key)
        found = cast("Future[_T]", found)
        if mine:
            try:
                found.set_result(make())
            except BaseException as problem:
                with self._lock:
                    self._kept.pop(key, None)
                found.set_exception(problem)
        return found.result()
