"""The manifest of a bundle: one canonical JSON file, chained to the journal, which is signed.

`link` is one more link of the journal's hash chain, over the files of the bundle:
SHA-256(head of the chain || SHA-256 of the canonical JSON of `files`). The signature and the time
stamp are over the bytes of the file itself, so that other programs can check them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import msgspec

from labctl.bundle import layout
from labctl.bundle.files import Listed, listed
from labctl.errors import JournalError
from labctl.keys import Signer

FORMAT = "labctl-crate/1"


class Stand(msgspec.Struct, frozen=True):
    """Where the journal's chain stands: its hashes in hexadecimal after `transactions`."""

    transactions: int
    content: str
    head: str


class SignedBy(msgspec.Struct, frozen=True):
    """Who signs: the `name` that the signer gives, and the public key in Base64."""

    name: str
    public_key: str


class CrateManifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a bundle of the run `run` holds; it was `made` at that UTC time (ISO 8601).

    `signer` is None of a bundle that is not signed.
    """

    format: str
    run: str
    made: str
    labctl: str
    journal: Stand
    link: str
    files: tuple[Listed, ...]
    signer: SignedBy | None = None

    @property
    def canonical(self) -> bytes:
        """Its one form as a file."""
        return canonical(self)


def canonical(value: object) -> bytes:
    """Plain data as JSON in one form: sorted keys, one line, UTF-8."""
    return msgspec.json.encode(value, order="sorted") + b"\n"


def link_of(head: str, files: Sequence[Listed]) -> str:
    """The link over `files` behind the `head` of the journal's chain, both in hexadecimal."""
    inner = hashlib.sha256(canonical(list(files))).digest()
    return hashlib.sha256(bytes.fromhex(head) + inner).hexdigest()


def seal(
    folder: Path, run: str, stand: Stand, made: str, version: str, signer: Signer | None
) -> CrateManifest:
    """Write the manifest of the bundle in `folder`, and its signature where somebody signs."""
    files = listed(folder)
    who = None if signer is None else SignedBy(signer.name, signer.public)
    link = link_of(stand.head, files)
    manifest = CrateManifest(FORMAT, run, made, version, stand, link, files, who)
    (folder / layout.MANIFEST).write_bytes(manifest.canonical)
    if signer is not None:
        (folder / layout.SIGNATURE).write_bytes(signer.sign(manifest.canonical))
    return manifest


def read(folder: Path) -> CrateManifest:
    """The manifest of the bundle in `folder`; `JournalError` where it is not one as we write it."""
    path = folder / layout.MANIFEST
    try:
        data = path.read_bytes()
        found = msgspec.json.decode(data, type=CrateManifest)
        datetime.fromisoformat(found.made)
    except (OSError, msgspec.MsgspecError, ValueError) as error:
        raise JournalError(f"{path.name} cannot be read: {error}") from error
    if found.format != FORMAT:
        raise JournalError(f"{path.name} is of the format {found.format!r}, not {FORMAT}")
    if found.canonical != data:
        raise JournalError(f"{path.name} is not in its canonical form")
    return found
