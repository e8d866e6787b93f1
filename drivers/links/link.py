"""The four kinds of link, each a small Protocol. A driver holds one and knows no library.

A link is strictly one talker: a transaction is never interleaved with another, also when a task
is cancelled in its middle. Every failure of the line is a `LinkError` that names address, command
and what came back.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class MessageLink(Protocol):
    """Lines of text and blocks of bytes: VISA, TCP, serial."""

    @property
    def address(self) -> str:
        """Where this link goes: `visa://TCPIP::host::5025::SOCKET`, `serial:///dev/ttyUSB0`."""
        ...

    async def write(self, command: str) -> None:
        """Send `command` with the line's terminator. Nothing is read back."""
        ...

    async def query(self, command: str, timeout: float | None = None) -> str:
        """Send `command`, return the answer without its terminator. `timeout` in seconds."""
        ...

    async def resync(self) -> None:
        """Bring the line to a known state: device clear or terminator, late answers dropped."""
        ...

    async def close(self) -> None:
        """Give the line back. Closing twice is no error."""
        ...


class RegisterLink(Protocol):
    """Numbered 16-bit registers: Modbus TCP and RTU. Addresses are 0-based as on the wire."""

    @property
    def address(self) -> str:
        """Where this link goes: `modbus+rtu:///dev/ttyUSB0?baudrate=9600&unit=1`."""
        ...

    async def read_holding(self, register: int, count: int = 1) -> list[int]:
        """`count` holding registers from `register`, each 0..65535."""
        ...

    async def read_input(self, register: int, count: int = 1) -> list[int]:
        """`count` input registers from `register`, each 0..65535."""
        ...

    async def write_registers(self, register: int, values: Sequence[int]) -> None:
        """Write `values`, each 0..65535, from `register` on; one value uses function 06."""
        ...

    async def resync(self) -> None:
        """Bring the line to a known state."""
        ...

    async def close(self) -> None:
        """Give the line back. Closing twice is no error."""
        ...
