"""Every emulator, as it stands on the bench `reference`."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from labctl.discovery import installed_labs
from rigs.bench import Bench, RoleEntry
from rigs.conformance import places
from rigs.serving import alone


def names() -> list[str]:
    """`vendor.model` of every emulator of ours."""
    return places.emulators(installed_labs()[0])


@lru_cache
def bench() -> Bench:
    """The bench `reference`."""
    (found,) = places.simulated_benches(installed_labs()[0])
    return found


def role_of(emulator: str) -> tuple[str, RoleEntry]:
    """The role that has this emulator on the bench `reference`."""
    for role, entry in bench().roles.items():
        if entry.emulator == emulator:
            return role, entry
    raise AssertionError(f"the bench reference lacks {emulator}: rigs/benches/sim/reference.toml")


def make(emulator: str, seed: int = 1) -> Any:
    """A fresh emulator on its known device at run time 0."""
    role, _ = role_of(emulator)
    return alone(bench(), role, seed).build(0.0)[1][role]
