"""Links that follow a transcript of `tests/golden`, and running a test's body in virtual time."""

from __future__ import annotations

import tomllib
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Protocol, TypeVar

from drivers.conformance.scripted import ScriptedMessages, ScriptedRegisters
from labctl import clock

__all__ = ["ScriptedMessages", "ScriptedRegisters", "run", "transcript", "used"]

T = TypeVar("T")


class _Known(Protocol):
    async def identify(self) -> object: ...


class _Script(Protocol):
    def is_done(self) -> bool: ...


D = TypeVar("D", bound=_Known)
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


def used(driver: D, link: _Script, use: Callable[[D], Awaitable[T]]) -> T:
    """What `use` finds of the identified driver; the script of its link has come to its end."""

    async def body() -> T:
        await driver.identify()
        return await use(driver)

    found = run(body)
    assert link.is_done()
    return found
