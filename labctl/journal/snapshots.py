"""Snapshots of the simulated bench: the hash by which the chain knows each, and their check."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from labctl.journal.reader import Reader


def snapshot_sha256(version: int, item: int, t: float, state: bytes) -> str:
    """SHA-256 of the snapshot `state` of an item at run time `t` in s, as hex.

    Journals of schema version 2 hash the state alone; later ones all that a resume takes from it.
    """
    if version < 3:
        return hashlib.sha256(state).hexdigest()
    return hashlib.sha256(f"{item} {t!r}\n".encode() + state).hexdigest()


def check_snapshots(reader: Reader, named: Mapping[int, tuple[int, str]]) -> list[str]:
    """What is wrong with the snapshots in a journal; `named` is what its chain says of them.

    That is by slot (the parity of the transaction) the attempt and the hash of the last one.
    """
    if reader.version < 2:
        return []
    problems: list[str] = []
    found: dict[int, tuple[int, str]] = {}
    items = dict(reader.rows("SELECT id, item FROM attempts"))
    for slot, item, t, sha256, state in reader.rows(
        "SELECT slot, item, t, sha256, state FROM snapshots ORDER BY slot"
    ):
        found[slot] = (item, sha256)
        if _hash(reader.version, item, t, state) != sha256:
            problems.append(f"snapshot {slot} of the simulated bench was changed")
    wanted = {slot: (items.get(attempt), sha256) for slot, (attempt, sha256) in named.items()}
    if found != wanted:
        problems.append("the snapshots of the simulated bench are not those that the chain names")
    return problems


def _hash(version: int, item: int, t: float, state: object) -> str:
    return snapshot_sha256(version, item, t, state) if isinstance(state, bytes) else ""
