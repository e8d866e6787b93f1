"""Signatures with Ed25519 (RFC 8032), and how public keys are written."""

from __future__ import annotations

import hashlib
from base64 import b64decode, b64encode
from binascii import Error as NoBase64

from labctl.errors import UsageError

SIZE = 64
"""Bytes of a signature."""


def text_of(public: bytes) -> str:
    """A raw public key of 32 bytes as it is written: Base64."""
    return b64encode(public).decode("ascii")


def raw_of(text: str) -> bytes:
    """The raw public key of its text; `UsageError` where it is none."""
    try:
        raw = b64decode(text, validate=True)
    except (NoBase64, ValueError):
        raw = b""
    if len(raw) != 32:
        raise UsageError(
            f"{text!r} is no public key", remedy="name a file that labctl key new made"
        )
    return raw


def fingerprint(text: str) -> str:
    """Sixteen hexadecimal digits by which people compare a public key `text`."""
    return hashlib.sha256(raw_of(text)).hexdigest()[:16]


def verifies(public: str, data: bytes, signature: bytes) -> bool:
    """Whether `signature` over `data` was made with the private half of the key `public`."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(raw_of(public)).verify(signature, data)
    except (InvalidSignature, UsageError, ValueError):
        return False
    return True
