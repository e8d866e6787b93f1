"""Simulated worlds and instruments by name: ours, or another lab's."""

from __future__ import annotations

import importlib
import re
from types import ModuleType
from typing import Any

from labctl.errors import BenchError

REPLAY = "replay"
"""The emulator that answers from a recorded trace: its role's, or its port."""

_NAME = re.compile(r"[a-z_][a-z0-9_]*(\.[a-z_][a-z0-9_]*)*\Z")


def world(name: str) -> ModuleType:
    """The module of the world `name`; `BenchError` where there is none."""
    return _module("worlds", name)


def example_device(name: str, seed: int) -> Any:
    """A device that the world `name` can be shown with, drawn with `seed`; None without a world."""
    if not name:
        return None
    module = world(name)
    try:
        return module.example(seed)
    except AttributeError:
        raise BenchError(f"{module.__name__} names no example of a device") from None


def emulator_class(name: str) -> Any:
    """What makes the emulator `name` of (port, serial, rng); `BenchError` where there is none."""
    if name == REPLAY:
        from sim_backends.emulators.replay import replay

        return replay
    module = _module("emulators", name)
    try:
        return module.EMULATOR
    except AttributeError:
        raise BenchError(f"{module.__name__} defines no EMULATOR") from None


def _module(kind: str, name: str) -> ModuleType:
    """`keithley.k2450` is ours; a name with `.sim_backends.` in it is another lab's module."""
    if not _NAME.match(name):
        raise BenchError(f"not a name of {kind}: {name!r}")
    path = name if f".sim_backends.{kind}." in name else f"sim_backends.{kind}.{name}"
    try:
        return importlib.import_module(path)
    except ModuleNotFoundError as error:
        if error.name is None or not path.startswith(error.name):
            raise
        raise BenchError(
            f"no simulated {kind.rstrip('s')} {name!r}: there is no module {path}"
        ) from None
