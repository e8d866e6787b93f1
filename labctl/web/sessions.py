"""Sessions of browsers, and who a request is from: by its session's cookie or by its token."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from labctl.web.accounts import Accounts, User
from labctl.web.settings import Settings
from labctl.web.store import Store
from labctl.web.tokens import TOUCH, hashed

if TYPE_CHECKING:
    from starlette.requests import HTTPConnection
    from starlette.responses import Response

    from labctl.web.house import House

HOUSE = "labctl.house"
"""Key of the house in the scope of every request, whichever application it is mounted into."""

COOKIE, SECURE_COOKIE = "labctl", "__Host-labctl"
"""The cookie's name, and under TLS: then no other host and no plain line can have set it."""

MANY = 20
"""Sessions that a user has at most: the oldest one ends."""


class Sessions:
    """Sessions in `store`; `wall` tells the date. The secret of a session is not kept."""

    def __init__(
        self,
        store: Store,
        accounts: Accounts,
        settings: Settings,
        wall: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._accounts = accounts
        self._settings = settings
        self._wall = wall

    def begin(self, user: User, address: str) -> str:
        """A new session of `user`, who came from `address`; its secret, for the cookie."""
        secret, now = secrets.token_urlsafe(32), self._now()
        self._sweep(now)
        row = (hashed(secret), user.name, now, now, address)
        self._store.rows("INSERT INTO sessions VALUES (?, ?, ?, ?, ?)", *row)
        self._store.rows(
            "DELETE FROM sessions WHERE user = ?1 AND rowid NOT IN"
            " (SELECT rowid FROM sessions WHERE user = ?1"
            " ORDER BY begun DESC, rowid DESC LIMIT ?2)",
            *(user.name, MANY),
        )
        return secret

    def who(self, secret: str) -> User | None:
        """Whose session `secret` is; None where it is none, or over."""
        sql = "SELECT user, begun, used FROM sessions WHERE hash = ?"
        row, now = self._store.row(sql, hashed(secret)), self._now()
        if row is None:
            return None
        name, begun, used = row
        if now - begun > self._settings.absolute or now - used > self._settings.idle:
            self.end(secret)
            return None
        user = self._accounts.find(name)
        if user is None or not user.active:
            return None
        if now - used > TOUCH:
            sql = "UPDATE sessions SET used = ? WHERE hash = ?"
            self._store.rows(sql, now, hashed(secret))
        return user

    def end(self, secret: str) -> None:
        """End a session. Ending twice is no error."""
        self._store.rows("DELETE FROM sessions WHERE hash = ?", hashed(secret))

    def end_all(self, name: str, but: str = "") -> None:
        """End all sessions of the user `name`, but the one whose secret is `but`."""
        sql = "DELETE FROM sessions WHERE user = ? AND hash != ?"
        self._store.rows(sql, name, hashed(but))

    def _sweep(self, now: float) -> None:
        sql = "DELETE FROM sessions WHERE begun < ? OR used < ?"
        self._store.rows(sql, now - self._settings.absolute, now - self._settings.idle)

    def _now(self) -> float:
        return self._wall().timestamp()


def house_of(request: HTTPConnection) -> House:
    """The house that serves `request`, in any application that is mounted into ours."""
    return cast("House", request.scope[HOUSE])


def who(request: HTTPConnection) -> User | None:
    """Who sends `request`: by its bearer token if it has one, else by its session's cookie.

    None where it is nobody we know. A token that is none is nobody, whatever cookie comes with it.
    """
    house = house_of(request)
    bearer = bearer_of(request)
    if bearer is not None:
        return house.tokens.who(bearer)
    secret = cookie_of(request)
    return house.sessions.who(secret) if secret else None


def bearer_of(request: HTTPConnection) -> str | None:
    """The token that `request` carries; None where it has no such header."""
    kind, _, secret = request.headers.get("authorization", "").partition(" ")
    return secret.strip() if kind.casefold() == "bearer" else None


def cookie_of(request: HTTPConnection) -> str:
    """The secret of the session that `request` carries, or ""."""
    return request.cookies.get(cookie_name(house_of(request).settings), "")


def cookie_name(settings: Settings) -> str:
    """The name of the session's cookie."""
    return SECURE_COOKIE if settings.secure else COOKIE


def set_cookie(response: Response, settings: Settings, secret: str) -> None:
    """Let the browser keep the session `secret`: from scripts and from other sites it is hidden."""
    response.set_cookie(cookie_name(settings), secret, **_shape(settings))


def drop_cookie(response: Response, settings: Settings) -> None:
    """Let the browser forget its session."""
    response.delete_cookie(cookie_name(settings), **_shape(settings))


def _shape(settings: Settings) -> dict[str, Any]:
    return {"path": "/", "httponly": True, "samesite": "strict", "secure": settings.secure}
