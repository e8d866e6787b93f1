"""`control.json` in a run's folder: where its guardian is reached, and by which token."""

from __future__ import annotations

import os
import secrets
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import msgspec

from labctl.control.messages import Ended
from labctl.errors import JournalError
from labctl.platform.processes import Process

FILE = "control.json"

T = TypeVar("T")

TRIES = 20
PAUSE = 0.02
"""How often, and in s, a file that another process has open is waited for."""

HOST = "127.0.0.1"
"""Nobody but this machine reaches a guardian."""


class Control(msgspec.Struct, frozen=True, kw_only=True):
    """Where the guardian `process` listens: its TCP `port`, and the `token` that opens it.

    Once the run has `ended` nobody listens any more.
    """

    process: Process
    port: int
    token: str
    ended: Ended | None = None


def new_token() -> str:
    """A token that nobody guesses."""
    return secrets.token_urlsafe(32)


def write(folder: Path, control: Control) -> None:
    """Write `control` into `folder`, whole or not at all; only its user can read it.

    Windows keeps that from others by the folder, which lies in the user's own.
    """
    part = folder / f"{FILE}.{secrets.token_hex(4)}.part"
    number = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(number, "wb") as file:
        file.write(msgspec.json.encode(control) + b"\n")
    _patiently(lambda: os.replace(part, folder / FILE))


def read(folder: Path) -> Control | None:
    """Who guards the run in `folder`, or guarded it last; None where nobody ever did.

    `JournalError` where the file is none of ours.
    """
    try:
        return msgspec.json.decode(_patiently((folder / FILE).read_bytes), type=Control)
    except FileNotFoundError:
        return None
    except (OSError, msgspec.MsgspecError) as error:
        raise JournalError(f"{folder / FILE}: {error}") from error


def _patiently(act: Callable[[], T]) -> T:
    """Windows refuses for the moment in which another process has the file open."""
    pause = threading.Event()
    for _ in range(TRIES):
        try:
            return act()
        except PermissionError:
            pause.wait(PAUSE)
    return act()
