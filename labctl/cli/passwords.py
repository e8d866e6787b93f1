"""Passwords of private keys and of users: from the environment, else asked for at the terminal."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from labctl.errors import UsageError
from labctl.i18n import _

if TYPE_CHECKING:
    from labctl.keys import Signer

VARIABLE = "LABCTL_KEY_PASSWORD"
"""Environment variable that holds the password of a private key."""


USER_VARIABLE = "LABCTL_USER_PASSWORD"
"""Environment variable that holds the password of a user who is added."""


def asked_twice(variable: str = VARIABLE, prompt: str = "") -> str:
    """A new password, by default that of a key; `UsageError` where it is empty or typed
    differently. It is not asked for where `variable` of the environment holds it."""
    first = password_of(prompt or _("password of the new key: "), variable)
    if variable not in os.environ and first != password_of(_("the same again: "), variable):
        raise UsageError(_("the two passwords differ"))
    if not first:
        raise UsageError(_("the password is empty"))
    return first


def unlocked(name: str) -> Signer:
    """The private key `name`, whose password is asked for where it is locked."""
    from labctl.keys import unlock
    from labctl.keys.private import is_locked

    asked = _("password of the key {name}: ").format(name=name)
    return unlock(name, password_of(asked) if is_locked(name) else "")


def password_of(prompt: str, variable: str = VARIABLE) -> str:
    """The password, from the environment or typed unseen; `UsageError` where nobody can type."""
    from getpass import getpass

    if variable in os.environ:
        return os.environ[variable]
    if not sys.stdin.isatty():
        raise UsageError(
            _("nobody can be asked for the password"),
            remedy=_("set {name}").format(name=variable),
        )
    return getpass(prompt)
