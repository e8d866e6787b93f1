"""Links that follow a transcript of `tests/golden`, and running a test's body in virtual time."""

from __future__ import annotations

import tomllib
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar

from drivers.conformance.scripted import ScriptedMessages, ScriptedRegisters
from labctl import clock

__all__ = ["ScriptedMessages", "ScriptedRegisters", "run", "transcript"]

T = TypeVar("T")
GOLDEN = Path(__file__).parents[1] / "golden"


def transcript(file: str, *names: str) -> list[dict[str, Any]]:
    """The exchanges of the named scenes of `tests/golden/<file>.toml`, one after the other."""
    data = tomllib.loads((GOLDEN / f"{file}.toml").read_text(encoding="utf-8"))
    return [exchange for name in names for exchange in data["scene"][name]["exchange"]]


def run(body: Callable[[], Awaitable[T]]) -> T:
    """Run `body` in virtual time."""

    async def main() -> T:
        return await body()

    return clock.run(main(), virtual=True)
