"""Users of the console and the API, kept in the store; one that is removed stays known."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from datetime import datetime

import msgspec

from labctl.errors import UsageError
from labctl.i18n import LANGUAGES, Language, _
from labctl.web import passwords
from labctl.web.passwords import Hasher
from labctl.web.roles import Role
from labctl.web.store import Store

NAME = re.compile(r"[\w][\w.@-]{0,63}")
"""What a user's name is written with, in any script."""

SHOWN = 80
"""Characters of the name that people read."""


class User(msgspec.Struct, frozen=True):
    """A user: the `name` to log in with, the name that is `shown` in records, role and language."""

    name: str
    shown: str
    role: Role
    language: Language = "en"
    active: bool = True
    created: str = ""


class Accounts:
    """The users in `store`; `wall` tells the date."""

    def __init__(self, store: Store, hasher: Hasher, wall: Callable[[], datetime]) -> None:
        self._store = store
        self._hasher = hasher
        self._wall = wall

    def add(
        self, name: str, role: Role, password: str, shown: str = "", language: Language = "en"
    ) -> User:
        """A new user; `UsageError` where the name is taken or unfit, or the password is."""
        name = canonical(name)
        if NAME.fullmatch(name) is None:
            raise UsageError(
                _("{name!r} is no name for a user").format(name=name),
                remedy=_("letters, digits, and . @ - inside; 64 at most"),
            )
        passwords.check(name, password)
        made = User(name, _shown(shown) or name, role, _language(language), True, self._now())
        row = (made.name, made.shown, int(role), self._hasher.hash(password), made.language)
        try:
            self._store.rows("INSERT INTO users VALUES (?, ?, ?, ?, ?, 1, ?)", *row, made.created)
        except sqlite3.IntegrityError:
            raise UsageError(
                _("there is a user {name!r}").format(name=name),
                remedy=_("choose another name; one that was removed is not given again"),
            ) from None
        return made

    def find(self, name: str) -> User | None:
        """The user `name`, also one that was removed; None where there never was one."""
        row = self._store.row(f"{_SELECT} WHERE name = ?", canonical(name))
        return None if row is None else _user(row)

    def all(self) -> list[User]:
        """All users, by name, those removed too."""
        return [_user(row) for row in self._store.rows(f"{_SELECT} ORDER BY name")]

    def has_administrator(self) -> bool:
        """Whether an administrator has a password."""
        return any(user.active and user.role == Role.ADMINISTRATOR for user in self.all())

    def check(self, name: str, password: str) -> User | None:
        """The user whose name and password these are; None where they are nobody's. Takes as long
        for a name that is unknown."""
        row = self._store.row(
            "SELECT password FROM users WHERE name = ? AND active", canonical(name)
        )
        kept = self._hasher.nobodys if row is None else row[0]
        if len(password) > passwords.MOST or not self._hasher.fits(kept, password) or row is None:
            return None
        if self._hasher.is_old(kept):
            self._keep(canonical(name), password)
        return self.find(name)

    def set_password(self, name: str, password: str) -> None:
        """Another password for the user; `UsageError` where it is unfit."""
        user = self._known(name)
        passwords.check(user.name, password)
        self._keep(user.name, password)

    def set_role(self, name: str, role: Role) -> User:
        """Another role for the user; `UsageError` where it was the last administrator."""
        user = self._known(name)
        if role != Role.ADMINISTRATOR:
            self._check_not_last(user)
        self._store.rows("UPDATE users SET role = ? WHERE name = ?", int(role), user.name)
        return self._known(name)

    def set_shown(self, name: str, shown: str, language: Language) -> User:
        """Another name to be read, and another language."""
        user = self._known(name)
        sql = "UPDATE users SET shown = ?, language = ? WHERE name = ?"
        self._store.rows(sql, _shown(shown) or user.name, _language(language), user.name)
        return self._known(name)

    def remove(self, name: str) -> None:
        """The user may not log in any more; `UsageError` where it was the last administrator."""
        user = self._known(name)
        self._check_not_last(user)
        self._store.rows("UPDATE users SET active = 0 WHERE name = ?", user.name)

    def _check_not_last(self, user: User) -> None:
        others = (one for one in self.all() if one.active and one.name != user.name)
        if user.role == Role.ADMINISTRATOR and Role.ADMINISTRATOR not in {o.role for o in others}:
            raise UsageError(
                _("{name} is the last administrator").format(name=user.name),
                remedy=_("make somebody else one first"),
            )

    def _known(self, name: str) -> User:
        user = self.find(name)
        if user is None or not user.active:
            raise UsageError(
                _("there is no user {name!r}").format(name=name),
                remedy=_("labctl user list names them"),
            )
        return user

    def _keep(self, name: str, password: str) -> None:
        kept = self._hasher.hash(password)
        self._store.rows("UPDATE users SET password = ? WHERE name = ?", kept, name)

    def _now(self) -> str:
        return self._wall().isoformat(timespec="seconds")


_SELECT = "SELECT name, shown, role, language, active, created FROM users"


def canonical(name: str) -> str:
    """A name as it is kept: upper and lower case are one."""
    return name.strip().casefold()


def _user(row: tuple[str, str, int, Language, int, str]) -> User:
    name, shown, role, language, active, created = row
    return User(name, shown, Role(role), language, bool(active), created)


def _shown(text: str) -> str:
    found = " ".join(text.split())
    if len(found) > SHOWN or not found.isprintable():
        raise UsageError(_("a name has at most {most} characters").format(most=SHOWN))
    return found


def _language(language: str) -> Language:
    for known in LANGUAGES:
        if language == known:
            return known
    raise UsageError(
        _("unknown language {name!r}").format(name=language),
        remedy=_("use one of {choices}").format(choices=", ".join(LANGUAGES)),
    )
