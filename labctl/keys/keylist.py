"""The lab's list of keys: who may answer for what, from when until when.

[[key]]
name = "chen.li"
role = "author"
public_key = "..."          # Base64 of 32 bytes
from = "2026-01-01"         # days, UTC; an empty `until` stands for no end
until = ""

[[authority]]               # a time stamping authority
name = "CN=..."
certificate = \"\"\"-----BEGIN CERTIFICATE-----...\"\"\"
"""

from __future__ import annotations

import json
import os
import tomllib
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Literal

import msgspec

from labctl.errors import UsageError
from labctl.keys.signing import raw_of

Role = Literal["author", "authoriser"]
"""author: makes a bundle of a run; authoriser: lets a report go out."""


class Listed(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"begins": "from"}):
    """A public key of `name`, which counts from the day `begins` to the day `until` (ISO 8601)."""

    name: str
    role: Role
    public_key: str
    begins: str
    until: str = ""

    def counts_at(self, utc: float) -> bool:
        """Whether it counts at Unix time `utc` in s."""
        day = datetime.fromtimestamp(utc, UTC).date().isoformat()
        return self.begins <= day and (not self.until or day <= self.until)


class Authority(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A time stamping authority with its certificate, or that of its issuer, as PEM."""

    name: str
    certificate: str


class KeyList(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"keys": "key"}):
    """The list; `path` is where it was read."""

    keys: tuple[Listed, ...] = ()
    authority: tuple[Authority, ...] = ()

    def of(self, public: str) -> tuple[Listed, ...]:
        """All that the list says of the public key `public`."""
        return tuple(one for one in self.keys if one.public_key == public)


def read_list(path: Path) -> KeyList:
    """The list in the file `path`, empty where there is none; `UsageError` names what is wrong."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return KeyList()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} cannot be read: {error}") from error
    try:
        return _checked(msgspec.convert(tomllib.loads(text), KeyList))
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, ValueError) as error:
        raise UsageError(f"{path} is no list of keys: {error}") from error


def _checked(found: KeyList) -> KeyList:
    for one in found.keys:
        raw_of(one.public_key)
        for day in (one.begins, one.until or one.begins):
            if date.fromisoformat(day).isoformat() != day:  # days are compared as text
                raise ValueError(f"{day!r} is not written as 2026-12-31")
    return found


def trust(path: Path, one: Listed | Authority) -> bool:
    """Add `one` to the list in the file `path`; False where it says so already.

    `UsageError` where the list cannot be read or written.
    """
    known = read_list(path)
    if one in known.keys or one in known.authority:
        return False
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with open(path, "a", encoding="utf-8", newline="\n") as file:
            file.write(as_toml(one))
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}") from error
    return True


def as_toml(one: Listed | Authority) -> str:
    """`one` as a table of the list."""
    table = "key" if isinstance(one, Listed) else "authority"
    fields = msgspec.to_builtins(one)
    # A JSON text without characters of its own is a TOML text, but for DEL.
    lines = [f"{key} = {json.dumps(text).replace(chr(127), '')}" for key, text in fields.items()]
    return "\n".join([f"[[{table}]]", *lines, "", ""])
