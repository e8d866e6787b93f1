"""Files by which a key comes onto the list: a public key, or an authority's certificate."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import msgspec

from labctl import clock
from labctl.errors import UsageError
from labctl.keys.keylist import Authority, Listed, Role
from labctl.keys.signing import raw_of

_PEM = b"-----BEGIN CERTIFICATE-----"


class _Public(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a public key's file holds."""

    name: str
    public_key: str


def write_public(path: Path, name: str, public: str) -> Path:
    """Write the public key `public` of `name` into the file `path`, which may be handed on."""
    path.write_text(f'name = "{name}"\npublic_key = "{public}"\n', encoding="utf-8")
    return path


def offered(path: Path, role: Role, begins: str = "", until: str = "") -> Listed | Authority:
    """What the file `path` offers for the list: a key, or an authority.

    The key counts from the day `begins` ("": today) to the day `until` ("": without end), ISO 8601.
    `UsageError` where the file offers neither, or one of both is no date.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from error
    if _PEM in data:
        return _authority(path, data)
    try:
        found = msgspec.convert(tomllib.loads(data.decode("utf-8")), _Public)
    except (ValueError, msgspec.ValidationError) as error:
        remedy = "a public key as labctl key new writes it, or a certificate as PEM"
        raise UsageError(f"{path} is neither: {error}", remedy=remedy) from error
    raw_of(found.public_key)
    first = _day(begins) or clock.wall().date().isoformat()
    return Listed(found.name, role, found.public_key, first, _day(until))


def _authority(path: Path, data: bytes) -> Authority:
    from cryptography import x509

    try:
        subject = x509.load_pem_x509_certificate(data).subject.rfc4514_string()
    except ValueError as error:
        raise UsageError(f"{path} holds no certificate: {error}") from error
    begin = data.index(_PEM)
    return Authority(subject, data[begin:].decode("ascii", "replace").strip() + "\n")


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError as error:
        raise UsageError(f"{text!r} is no date", remedy="write it as 2026-12-31") from error
