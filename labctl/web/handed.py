"""Files that people hand in for a prompt: kept by their hash, found again by an id of ours."""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass
from pathlib import Path

import msgspec

from labctl.errors import JournalError

FOLDER = "handed"
SIDE = "about.json"


class About(msgspec.Struct, frozen=True):
    """What is known of a file: who handed it in for which run, under which name."""

    user: str
    run: str
    name: str
    sha256: str
    size: int


@dataclass(frozen=True)
class Handed:
    """A file that was handed in: its id, where it lies, what is known of it."""

    id: str
    path: Path
    about: About


def keep(folder: Path, user: str, run: str, name: str, data: bytes) -> Handed:
    """Keep `data` in the server's `folder`; its name loses what no file system takes.

    `JournalError` where it cannot be written.
    """
    id = secrets.token_hex(16)
    plain = safe_name(name)
    place = folder / FOLDER / id
    about = About(user, run, plain, hashlib.sha256(data).hexdigest(), len(data))
    try:
        place.mkdir(parents=True, mode=0o700)
        (place / plain).write_bytes(data)
        (place / SIDE).write_bytes(msgspec.json.encode(about))
    except OSError as error:
        raise JournalError(f"the file cannot be kept: {error}", address=str(place)) from error
    return Handed(id, place / plain, about)


def find(folder: Path, user: str, run: str, id: str) -> Handed | None:
    """The file `id` that `user` handed in for `run`; None where there is none."""
    where = folder / FOLDER
    place = (
        next((one for one in where.iterdir() if one.name == id), None) if where.is_dir() else None
    )
    if place is None:
        return None
    try:
        about = msgspec.json.decode((place / SIDE).read_bytes(), type=About)
    except (OSError, msgspec.MsgspecError):
        return None
    ours = about.user == user and about.run == run
    return Handed(id, place / about.name, about) if ours else None


def safe_name(name: str) -> str:
    """`name` as a file may be called anywhere, with its ending."""
    last = re.split(r"[/\\]", name)[-1]
    plain = re.sub(r"[^\w.-]+", "_", last).strip("._")[-80:]
    return f"f_{plain}" if plain else "f_file"
