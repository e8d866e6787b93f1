"""Tokens for programs: each a user's own, with a name and an end, shown once, kept hashed."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime

import msgspec

from labctl.errors import UsageError
from labctl.i18n import _
from labctl.web.accounts import Accounts, User
from labctl.web.roles import Role
from labctl.web.store import Store

PREFIX = "labctl_"
"""How a token begins, so that one that leaked is found by whoever looks for leaks."""

DAY = 86400.0
LONGEST = 366 * DAY
"""Seconds that a token lives at most."""

MANY = 50
"""Tokens that a user has at most."""

TOUCH = 60.0
"""Seconds after which the time of the last use is written anew."""


class Token(msgspec.Struct, frozen=True):
    """What is known of a token; its times are Unix times in s, `used` None where it never was.

    It may do what its own `role` and that of its user both may.
    """

    id: str
    user: str
    name: str
    role: Role
    created: float
    expires: float
    used: float | None = None


class Tokens:
    """The tokens in `store`; `wall` tells the date."""

    def __init__(self, store: Store, accounts: Accounts, wall: Callable[[], datetime]) -> None:
        self._store = store
        self._accounts = accounts
        self._wall = wall

    def make(self, user: User, name: str, seconds: float, role: Role) -> tuple[Token, str]:
        """A new token of `user` that ends in `seconds`, and its secret, which is not kept."""
        label = " ".join(name.split())
        if not label or len(label) > 64 or not label.isprintable():
            raise UsageError(_("a token has a name of 1 to 64 characters"))
        if not 0 < seconds <= LONGEST:
            raise UsageError(_("a token ends after at most {days} days").format(days=366))
        if len(self.of(user.name)) >= MANY:
            raise UsageError(
                _("{name} has {most} tokens").format(name=user.name, most=MANY),
                remedy=_("revoke one first"),
            )
        secret, now = PREFIX + secrets.token_urlsafe(32), self._wall().timestamp()
        made = Token(
            secrets.token_hex(8), user.name, label, min(role, user.role), now, now + seconds
        )
        self._store.rows(
            "INSERT INTO tokens VALUES (?, ?, ?, ?, ?, ?, ?, NULL)",
            *(made.id, hashed(secret), made.user, made.name, int(made.role), now, made.expires),
        )
        return made, secret

    def who(self, secret: str) -> User | None:
        """Whose token `secret` is, with the role that it gives; None where it is none, or over."""
        row = self._store.row(f"{_SELECT} WHERE hash = ?", hashed(secret))
        now = self._wall().timestamp()
        if row is None or _token(row).expires <= now:
            return None
        token = _token(row)
        user = self._accounts.find(token.user)
        if user is None or not user.active:
            return None
        if token.used is None or now - token.used > TOUCH:
            self._store.rows("UPDATE tokens SET used = ? WHERE id = ?", now, token.id)
        return msgspec.structs.replace(user, role=min(user.role, token.role))

    def of(self, name: str) -> list[Token]:
        """Tokens of the user `name`, oldest first, those that are over too."""
        rows = self._store.rows(f"{_SELECT} WHERE user = ? ORDER BY created, rowid", name)
        return [_token(row) for row in rows]

    def revoke(self, name: str, id: str) -> bool:
        """End the token `id` of the user `name`; False where there is none."""
        sql = "DELETE FROM tokens WHERE user = ? AND id = ? RETURNING id"
        return bool(self._store.rows(sql, name, id))

    def revoke_all(self, name: str) -> None:
        """End all tokens of the user `name`."""
        self._store.rows("DELETE FROM tokens WHERE user = ?", name)


_SELECT = "SELECT id, user, name, role, created, expires, used FROM tokens"


def hashed(secret: str) -> str:
    """What is kept of a secret of 256 random bits: its SHA-256, which needs no salt."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def _token(row: tuple[str, str, str, int, float, float, float | None]) -> Token:
    id, user, name, role, created, expires, used = row
    return Token(id, user, name, Role(role), created, expires, used)
