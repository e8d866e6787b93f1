"""Private keys: a file each in the user's data folder, which nobody else may read."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from labctl.errors import UsageError
from labctl.keys.signing import text_of
from labctl.platform.private_files import others_may_read, write_private

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")


class Signer:
    """The owner `name` of an unlocked private key."""

    def __init__(self, name: str, key: Ed25519PrivateKey) -> None:
        self.name = name
        self.public = text_of(key.public_key().public_bytes_raw())
        self._key = key

    def sign(self, data: bytes) -> bytes:
        """The signature over `data`, 64 bytes."""
        return self._key.sign(data)


def folder() -> Path:
    """Where the private keys of this user lie, not made yet."""
    from labctl.platform.folders import user_data

    return user_data() / "keys"


def names() -> list[str]:
    """Names of this user's private keys."""
    return sorted(path.stem for path in folder().glob("*.pem"))


def make(name: str, password: str = "") -> Signer:
    """Make a private key, locked with `password` if one is given.

    `UsageError` where the name cannot be that of a file, or there is such a key.
    """
    from cryptography.hazmat.primitives import serialization as form
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    path = _path(name)
    key = Ed25519PrivateKey.generate()
    lock = form.BestAvailableEncryption(password.encode()) if password else form.NoEncryption()
    data = key.private_bytes(form.Encoding.PEM, form.PrivateFormat.PKCS8, lock)
    try:
        write_private(path, data)
    except FileExistsError as error:
        raise UsageError(
            f"there is a key {name!r} already: {path}", remedy="choose another"
        ) from error
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}") from error
    return Signer(name, key)


def is_locked(name: str) -> bool:
    """Whether the key `name` needs a password; `UsageError` where there is none."""
    return b"ENCRYPTED" in _read(name)


def unlock(name: str, password: str = "") -> Signer:
    """The private key `name`; `UsageError` where it is not there, not its owner's alone, or the
    password is wrong."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    text = _read(name)
    if others_may_read(_path(name)):
        raise UsageError(f"others may read the key {_path(name)}", remedy="chmod 600, or a new key")
    try:
        key = load_pem_private_key(text, password.encode() or None)
    except (ValueError, TypeError) as error:
        remedy = "give its password: LABCTL_KEY_PASSWORD, or at the terminal"
        raise UsageError(f"the key {name!r} cannot be unlocked", remedy=remedy) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise UsageError(f"the key {name!r} is no Ed25519 key", remedy="labctl key new makes one")
    return Signer(name, key)


def _read(name: str) -> bytes:
    try:
        return _path(name).read_bytes()
    except OSError as error:
        known = ", ".join(names()) or "none"
        remedy = f"there is: {known}; labctl key new makes one"
        raise UsageError(f"there is no key {name!r}", remedy=remedy) from error


def _path(name: str) -> Path:
    if not _NAME.fullmatch(name):
        remedy = "small letters, digits, and . _ - between them"
        raise UsageError(f"{name!r} cannot be the name of a key", remedy=remedy)
    return folder() / f"{name}.pem"
