"""`manifest.json`: what a run's folder holds, readable without opening the journal."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal

import msgspec

from labctl.errors import JournalError

FILE = "manifest.json"


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """A run at a glance; times are wall-clock UTC in ISO 8601.

    `state` is "running" until the run was closed in good order. `head` and `content` are those of
    the journal's chain after `transactions` transactions, and `journal_sha256` is the hash of the
    closed file; all are empty while it runs.
    """

    run: str
    labctl: str
    journal_schema: int
    started: str
    targets: tuple[str, ...]
    seed: int
    agreement_sha256: str
    state: Literal["running", "done", "interrupted"] = "running"
    ended: str = ""
    transactions: int = 0
    content: str = ""
    head: str = ""
    journal_sha256: str = ""


def write(folder: Path, manifest: Manifest) -> None:
    """Write `manifest` into `folder`, whole or not at all; `JournalError` where it cannot be."""
    part = folder / f"{FILE}.part"
    try:
        with open(part, "wb") as file:
            file.write(msgspec.json.format(msgspec.json.encode(manifest), indent=2) + b"\n")
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, folder / FILE)
    except OSError as error:
        raise JournalError(
            f"the manifest cannot be written: {error}",
            address=str(folder / FILE),
            remedy="see whether the disk is full or read-only; labctl resume goes on afterwards",
        ) from error


def read(folder: Path) -> Manifest:
    """The manifest in `folder`; `JournalError` where it is missing or no manifest."""
    try:
        return msgspec.json.decode((folder / FILE).read_bytes(), type=Manifest)
    except OSError as error:
        raise JournalError(f"{folder} is no run: {FILE}: {error.strerror}") from error
    except msgspec.MsgspecError as error:
        raise JournalError(f"{folder / FILE}: {error}") from error
