"""Who may come in: a token or a password, the cookie that stands for it, and the word that a form of ours carries.

In: secrets. Out: yes or no, in constant time. Cookies say until when they hold and are signed; who changes the token or the
password ends them all.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
import time
from collections import deque

from fastapi import Request

LASTS = 7 * 24 * 3600  # seconds that a login lasts
COOKIE = "dragoman"
FORM_TOKEN = "form_token"  # the field that each form has
_TRIES, _WINDOW = 20, 60.0  # wrong tries that are heard in a minute


class Sessions:
    """Without a secret everybody may come in."""

    def __init__(self, *given: str | None) -> None:
        self._secrets = [_digest(word) for word in given if word]
        # Cookies outlast the program. Forms are given to everybody, and so say nothing that a password could be guessed by.
        self._key = hmac.digest(b"dragoman", b"".join(self._secrets), "sha256")
        self._form_key = secrets.token_bytes(32)
        self._wrong: deque[float] = deque(maxlen=_TRIES)
        self._lock = threading.Lock()

    @property
    def are_wanted(self) -> bool:
        return bool(self._secrets)

    @property
    def is_under_attack(self) -> bool:
        """Whether so many tries were wrong of late that no more are heard."""
        return len(self._wrong) == _TRIES and time.monotonic() - self._wrong[0] < _WINDOW

    def knows(self, word: str) -> bool:
        """Whether this is the token or the password."""
        given = _digest(word)
        found = [hmac.compare_digest(given, one) for one in self._secrets]
        if not any(found):
            with self._lock:
                self._wrong.append(time.monotonic())
        return any(found)

    def cookie(self) -> str:
        """What a visitor who has logged in carries."""
        until = str(int(time.time()) + LASTS)
        return f"{until}.{_signature(self._key, until)}"

    def holds(self, cookie: str | None) -> bool:
        """Whether a cookie is one of ours and still good."""
        until, _, signature = (cookie or "").partition(".")
        if not self._secrets or not until.isascii() or not until.isdigit() or not signature.isascii():
            return False
        return hmac.compare_digest(signature, _signature(self._key, until)) and time.time() < int(until[:12])

    def form_token(self, cookie: str | None) -> str:
        """What a form carries that we gave to the visitor with this cookie: another site cannot know it."""
        return _signature(self._form_key, cookie if self._secrets and cookie else "")

    def gave(self, form_token: str, cookie: str | None) -> bool:
        return form_token.isascii() and hmac.compare_digest(form_token, self.form_token(cookie))


def form_token(request: Request) -> str:
    """What each form that we send out to this visitor carries in the field FORM_TOKEN."""
    sessions: Sessions = request.app.state.sessions
    return sessions.form_token(request.cookies.get(COOKIE))


def _signature(key: bytes, words: str) -> str:
    return hmac.new(key, words.encode(), hashlib.sha256).hexdigest()


def _digest(word: str) -> bytes:
    return hashlib.sha256(word.encode("utf-8", "surrogatepass")).digest()
