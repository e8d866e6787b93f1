"""Links behind which nothing sensible stands: one is silent, one answers garbage."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager

from drivers.links.link import Frame, Message
from drivers.links.link_programs import WholeFile
from labctl.errors import LinkError

GARBAGE = "\\xf3garbage?;"
"""What answers where nothing sensible stands behind the line."""


class Odd:
    """Every kind of link at once; `answers` garbage, or nothing at all.

    It counts what was `sent` and how often it was `closed`.
    """

    address = "odd://link"

    def __init__(self, *, answers: bool) -> None:
        self.answers = answers
        self.sent = 0
        self.closed = 0

    # lines of text and frames

    async def query(self, command: str, timeout: float | None = None) -> str:
        """Garbage, or `LinkError`. `timeout` in s is not waited for."""
        self._talk(command)
        return GARBAGE

    async def write(self, command: object, data: bytes = b"", *, response: bool = True) -> None:
        """Take anything."""
        self.sent += 1

    async def exchange(self, data: bytes, expect: Frame, timeout: float | None = None) -> bytes:
        """Garbage where `expect` takes it for a frame, else `LinkError`. `timeout` in s."""
        self._talk(data.hex(" "))
        return self._frame(data.hex(" "), expect)

    async def read_until(self, expect: Frame, timeout: float | None = None) -> bytes:
        """As `exchange`. `timeout` in s is not waited for."""
        self._talk("")
        return self._frame("", expect)

    # registers

    async def read_holding(self, register: int, count: int = 1) -> list[int]:
        """Registers that say "not available", or `LinkError`."""
        self._talk(f"read {register}")
        return [0x8000] * count

    async def read_input(self, register: int, count: int = 1) -> list[int]:
        """As `read_holding`."""
        return await self.read_holding(register, count)

    async def write_registers(self, register: int, values: Sequence[int]) -> None:
        """Take anything, or `LinkError`."""
        self._talk(f"write {register}")

    async def read_identification(self, first: int = 0) -> dict[int, str]:
        """Garbage, or `LinkError`."""
        self._talk(f"read identification from {first}")
        return {first: GARBAGE}

    # attributes, topics and folders

    async def read(self, characteristic: str) -> bytes:
        """Garbage, or `LinkError`."""
        self._talk(characteristic)
        return GARBAGE.encode("ascii")

    def notifications(
        self, characteristic: str
    ) -> AbstractAsyncContextManager[AsyncIterator[bytes]]:
        """`LinkError`: nobody notifies."""
        raise LinkError("no notifications", address=self.address, command=characteristic)

    async def publish(
        self, topic: str, payload: bytes, *, qos: int = 1, retain: bool = False
    ) -> None:
        """Take `payload` to nobody."""
        self.sent += 1

    def messages(self, pattern: str) -> AbstractAsyncContextManager[AsyncIterator[Message]]:
        """`LinkError`: the broker cannot be had."""
        raise LinkError("no messages", address=self.address, command=pattern)

    async def request(
        self, topic: str, payload: bytes, answer_topic: str, timeout: float | None = None
    ) -> Message:
        """Garbage, or `LinkError`. `timeout` in s is not waited for."""
        self._talk(topic)
        return Message(answer_topic, GARBAGE.encode("ascii"))

    async def next(self, timeout: float | None = None) -> WholeFile:
        """`LinkError`: no file comes. `timeout` in s is not waited for."""
        raise LinkError("no file came", address=self.address, command="next file")

    async def resync(self) -> None:
        """A line that is always in a known state."""

    async def close(self) -> None:
        """Count it."""
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
