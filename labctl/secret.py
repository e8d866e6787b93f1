"""Secrets: named in a file, kept elsewhere.

    password = {env = "LAB_MAIL_PASSWORD"}       an environment variable
    password = {keyring = "mail"}                the system's keyring, service `labctl`

A secret is looked up when the file is read, so that a run that cannot speak does not begin.
"""

from __future__ import annotations

import os
from typing import NamedTuple

import msgspec

from labctl.errors import BenchError

SERVICE = "labctl"
"""Name of the service in the keyring: `keyring set labctl mail`."""


class Secret(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a secret is kept: one of both."""

    env: str = ""
    keyring: str = ""


class Revealed(NamedTuple):
    """A secret that was looked up; it is never printed."""

    text: str

    def __repr__(self) -> str:
        return "Revealed(***)"

    __str__ = __repr__


def reveal(secret: Secret, key: str) -> Revealed:
    """What is kept there; `BenchError` names `key`, the place in the file, where there is none."""
    if bool(secret.env) == bool(secret.keyring):
        raise BenchError(
            f"{key}: this is no place of a secret",
            remedy='write {env = "NAME"} or {keyring = "NAME"}',
        )
    text = os.environ.get(secret.env) if secret.env else _kept(secret.keyring, key)
    if not text:
        raise BenchError(f"{key}: {_missing(secret)}", remedy=_remedy(secret))
    return Revealed(text)


def _kept(name: str, key: str) -> str | None:
    import keyring
    from keyring.errors import KeyringError

    try:
        return keyring.get_password(SERVICE, name)
    except KeyringError as error:
        raise BenchError(
            f"{key}: the system's keyring cannot be read: {error}",
            remedy='name an environment variable: {env = "NAME"}',
        ) from error


def _missing(secret: Secret) -> str:
    if secret.env:
        return f"the environment has no variable {secret.env}"
    return f"the keyring has no entry {secret.keyring} of the service {SERVICE}"


def _remedy(secret: Secret) -> str:
    return f"set {secret.env}" if secret.env else f"keyring set {SERVICE} {secret.keyring}"
