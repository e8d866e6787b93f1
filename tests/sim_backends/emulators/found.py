"""Every emulator, found from the folder, as it stands on the bench `reference`."""

from __future__ import annotations

import ast
from functools import lru_cache
from pathlib import Path
from typing import Any

from rigs.bench import Bench, RoleEntry, load_bench
from rigs.benches import simulated_bench
from sim_backends import emulators
from sim_backends.bench import RoleSpec, SimBench

FOLDER = Path(emulators.__file__).parent


def names(folder: Path = FOLDER) -> list[str]:
    """`vendor.model` of every module below `folder` that says `EMULATOR = ...`."""
    return sorted(
        ".".join(path.relative_to(folder).with_suffix("").parts)
        for path in folder.rglob("*.py")
        if any(_is_emulator(node) for node in ast.parse(path.read_text(encoding="utf-8")).body)
    )


def _is_emulator(node: ast.stmt) -> bool:
    return isinstance(node, ast.Assign) and any(
        isinstance(target, ast.Name) and target.id == "EMULATOR" for target in node.targets
    )


@lru_cache
def bench() -> Bench:
    """The bench `reference`."""
    return load_bench(simulated_bench("reference"))


def role_of(emulator: str) -> tuple[str, RoleEntry]:
    """The role that has this emulator on the bench `reference`."""
    for role, entry in bench().roles.items():
        if entry.emulator == emulator:
            return role, entry
    raise AssertionError(f"the bench reference lacks {emulator}: rigs/benches/sim/reference.toml")


def address_of(emulator: str) -> str:
    """Its door on the bench `reference`; empty where it is missing there."""
    entries = [entry for entry in bench().roles.values() if entry.emulator == emulator]
    return entries[0].address if entries else ""


def make(emulator: str, seed: int = 1) -> Any:
    """A fresh emulator on its known device at run time 0."""
    role, entry = role_of(emulator)
    spec = RoleSpec(entry.emulator, entry.port, entry.address)
    return SimBench("reference", {role: spec}, None, seed).build(0.0)[1][role]
