"""Links behind which nothing sensible stands: one is silent, one answers garbage."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager

from drivers.links.link import Frame
from labctl.errors import LinkError

GARBAGE = "\\xf3garbage?;"


class Odd:
    """Every kind of link at once; `answers` garbage, or nothing at all."""

    address = "odd://link"

    def __init__(self, *, answers: bool) -> None:
        self.answers = answers
        self.sent = 0
        self.closed = 0

    async def query(self, command: str, timeout: float | None = None) -> str:
        self._talk(command)
        return GARBAGE

    async def write(self, command: object, data: bytes = b"", *, response: bool = True) -> None:
        self.sent += 1

    async def exchange(self, data: bytes, expect: Frame, timeout: float | None = None) -> bytes:
        self._talk(data.hex(" "))
        return self._frame(data.hex(" "), expect)

    async def read_until(self, expect: Frame, timeout: float | None = None) -> bytes:
        self._talk("")
        return self._frame("", expect)

    async def read_holding(self, register: int, count: int = 1) -> list[int]:
        self._talk(f"read {register}")
        return [0x8000] * count

    async def read_input(self, register: int, count: int = 1) -> list[int]:
        return await self.read_holding(register, count)

    async def write_registers(self, register: int, values: Sequence[int]) -> None:
        self._talk(f"write {register}")

    async def read(self, characteristic: str) -> bytes:
        self._talk(characteristic)
        return GARBAGE.encode("ascii")

    def notifications(
        self, characteristic: str
    ) -> AbstractAsyncContextManager[AsyncIterator[bytes]]:
        raise LinkError("no notifications", address=self.address, command=characteristic)

    async def resync(self) -> None:
        """A line that is always in a known state."""

    async def close(self) -> None:
        self.closed += 1

    def _talk(self, command: str) -> None:
        self.sent += 1
        if not self.answers:
            raise LinkError("no answer", address=self.address, command=command)

    def _frame(self, command: str, expect: Frame) -> bytes:
        """Garbage that is a frame where only its end is looked for, else a broken frame."""
        data = GARBAGE.encode("ascii") + b"\r\n"
        try:
            used = expect(data)
        except ValueError as error:
            raise LinkError("a broken frame", address=self.address, command=command) from error
        if used is None:
            raise LinkError("no whole frame", address=self.address, command=command)
        return data[:used]
