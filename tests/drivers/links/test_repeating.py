"""Links that repeat: reading is sent again, writing never."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

import pytest

from drivers.links.repeating import RepeatingMessages, RepeatingRegisters, repeating
from drivers.links.settings import Backoff, BytesSettings, MessageSettings, RegisterSettings
from labctl import clock
from labctl.errors import LinkError


class Broken:
    """Every transaction fails; what was tried is noted."""

    address = "x://y"

    def __init__(self) -> None:
        self.tried: list[str] = []

    async def _fail(self, what: str) -> Any:
        self.tried.append(what)
        raise LinkError("no answer", address=self.address, command=what)

    async def write(self, command: str) -> None:
        await self._fail(command)

    async def query(self, command: str, timeout: float | None = None) -> str:
        return await self._fail(command)

    async def read_holding(self, register: int, count: int = 1) -> list[int]:
        return await self._fail("holding")

    async def read_input(self, register: int, count: int = 1) -> list[int]:
        return await self._fail("input")

    async def write_registers(self, register: int, values: Sequence[int]) -> None:
        await self._fail("write")

    async def resync(self) -> None:
        """Nothing to do."""

    async def close(self) -> None:
        """Nothing to do."""


def test_only_the_queries_that_are_named() -> None:
    settings = MessageSettings(idempotent=frozenset({":READ?"}), backoff=Backoff(tries=3))

    async def main() -> list[str]:
        broken = Broken()
        link = repeating(cast(Any, broken), settings)
        assert isinstance(link, RepeatingMessages)
        for work in (link.query(":READ? 1"), link.query(":INIT?"), link.write(":READ?")):
            with pytest.raises(LinkError):
                await work
        return broken.tried

    assert clock.run(main(), virtual=True) == [":READ? 1"] * 3 + [":INIT?", ":READ?"]


def test_registers_are_read_again_and_never_written_again() -> None:
    async def main() -> list[str]:
        broken = Broken()
        link = repeating(cast(Any, broken), RegisterSettings(backoff=Backoff(tries=2)))
        assert isinstance(link, RepeatingRegisters)
        for work in (link.read_holding(1), link.read_input(1), link.write_registers(1, [2])):
            with pytest.raises(LinkError):
                await work
        return broken.tried

    assert clock.run(main(), virtual=True) == ["holding"] * 2 + ["input"] * 2 + ["write"]


def test_what_cannot_be_repeated_stands_alone() -> None:
    broken = cast(Any, Broken())
    assert repeating(broken, MessageSettings()) is broken
    assert repeating(broken, BytesSettings()) is broken
