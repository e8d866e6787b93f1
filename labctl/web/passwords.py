"""Passwords: what one must be like, and how it is kept (argon2id, RFC 9106)."""

from __future__ import annotations

from functools import cached_property

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from labctl.errors import UsageError
from labctl.i18n import _
from labctl.web.settings import Hashing

LEAST, MOST = 12, 256
"""Characters that a password has."""

VARIETY = 5
"""Different characters that it has at least."""

COMMON = ("password", "passwort", "12345678", "qwertyui", "labctl", "administrator", "letmein")
"""What many people type first: one of these may not be most of it."""


def check(name: str, password: str) -> None:
    """`UsageError` says why `password` is none for the user `name`."""
    why = _refused(name.casefold(), password)
    if why:
        raise UsageError(why, remedy=_("take a sentence that nobody else would think of"))


def _refused(name: str, password: str) -> str:
    if not LEAST <= len(password) <= MOST:
        return _("a password has {least} to {most} characters").format(least=LEAST, most=MOST)
    if not password.isprintable():
        return _("the password has characters that cannot be printed")
    if len(set(password)) < VARIETY:
        return _("the password has too few different characters")
    rest = password.casefold()
    for word in (name, *COMMON):
        rest = rest.replace(word, "") if word else rest
    if len(rest) < LEAST // 2:
        return _("the password is little more than a name or a word that many people take")
    return ""


class Hasher:
    """Hashes passwords at the costs that are stated, and checks them."""

    def __init__(self, costs: Hashing) -> None:
        self._hasher = PasswordHasher(costs.passes, costs.memory, costs.lanes)

    def hash(self, password: str) -> str:
        """What is kept of `password`, with its salt and its costs."""
        return self._hasher.hash(password)

    def fits(self, kept: str, password: str) -> bool:
        """Whether `password` is the one that was kept."""
        try:
            return self._hasher.verify(kept, password)
        except (VerificationError, InvalidHashError):
            return False

    def is_old(self, kept: str) -> bool:
        """Whether it was kept at other costs than those of today."""
        return self._hasher.check_needs_rehash(kept)

    @cached_property
    def nobodys(self) -> str:
        """The hash of no password: that a name is unknown takes as long to say as any refusal."""
        return self._hasher.hash("a password that nobody has")
