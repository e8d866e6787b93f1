"""Links that send an idempotent transaction again after the line failed, and nothing else.

They stand around any other link. In between, the link underneath brings its line to a known state
and connects again; so a cable pulled for a second costs a run no reading.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager
from typing import cast

from drivers.links.link import AttributeLink, Link, MessageLink, RegisterLink
from drivers.links.retry import again
from drivers.links.settings import (
    AttributeSettings,
    LinkSettings,
    MessageSettings,
    RegisterSettings,
)


class RepeatingMessages:
    """A `MessageLink` around `link`; repeats the queries that `settings` call idempotent."""

    def __init__(self, link: MessageLink, settings: MessageSettings) -> None:
        self._link = link
        self._idempotent = settings.idempotent
        self._backoff = settings.backoff

    @property
    def address(self) -> str:
        """Where the link goes."""
        return self._link.address

    async def write(self, command: str) -> None:
        """Send `command`, once."""
        await self._link.write(command)

    async def query(self, command: str, timeout: float | None = None) -> str:
        """Send `command`, again where it may be; `timeout` in s is that of each try."""
        if command.partition(" ")[0] not in self._idempotent:
            return await self._link.query(command, timeout)
        return await again(lambda: self._link.query(command, timeout), self._backoff)

    async def resync(self) -> None:
        """Bring the line to a known state."""
        await self._link.resync()

    async def close(self) -> None:
        """Give the line back."""
        await self._link.close()


class RepeatingRegisters:
    """A `RegisterLink` around `link`; repeats reading, never writing."""

    def __init__(self, link: RegisterLink, settings: RegisterSettings) -> None:
        self._link = link
        self._backoff = settings.backoff

    @property
    def address(self) -> str:
        """Where the link goes."""
        return self._link.address

    async def read_holding(self, register: int, count: int = 1) -> list[int]:
        """`count` holding registers from `register`, each 0..65535."""
        return await again(lambda: self._link.read_holding(register, count), self._backoff)

    async def read_input(self, register: int, count: int = 1) -> list[int]:
        """`count` input registers from `register`, each 0..65535."""
        return await again(lambda: self._link.read_input(register, count), self._backoff)

    async def write_registers(self, register: int, values: Sequence[int]) -> None:
        """Write `values`, each 0..65535, from `register` on, once."""
        await self._link.write_registers(register, values)

    async def read_identification(self, first: int = 0) -> dict[int, str]:
        """Texts of the device identification, from object `first` on."""
        return await again(lambda: self._link.read_identification(first), self._backoff)

    async def resync(self) -> None:
        """Bring the line to a known state."""
        await self._link.resync()

    async def close(self) -> None:
        """Give the line back."""
        await self._link.close()


class RepeatingAttributes:
    """An `AttributeLink` around `link`; repeats reading, never writing."""

    def __init__(self, link: AttributeLink, settings: AttributeSettings) -> None:
        self._link = link
        self._backoff = settings.backoff

    @property
    def address(self) -> str:
        """Where the link goes."""
        return self._link.address

    async def read(self, characteristic: str) -> bytes:
        """The value of `characteristic`."""
        return await again(lambda: self._link.read(characteristic), self._backoff)

    async def write(self, characteristic: str, data: bytes, *, response: bool = True) -> None:
        """Write `data`, once."""
        await self._link.write(characteristic, data, response=response)

    def notifications(
        self, characteristic: str
    ) -> AbstractAsyncContextManager[AsyncIterator[bytes]]:
        """Values as the device sends them, inside the `async with` block."""
        return self._link.notifications(characteristic)

    async def resync(self) -> None:
        """Connect again where the connection is lost."""
        await self._link.resync()

    async def close(self) -> None:
        """Give the line back."""
        await self._link.close()


def repeating(link: Link, settings: LinkSettings) -> Link:
    """`link`, repeating what is idempotent where `settings`, which say its kind, allow it."""
    if isinstance(settings, RegisterSettings):
        return RepeatingRegisters(cast(RegisterLink, link), settings)
    if isinstance(settings, AttributeSettings):
        return RepeatingAttributes(cast(AttributeLink, link), settings)
    if isinstance(settings, MessageSettings) and settings.idempotent:
        return RepeatingMessages(cast(MessageLink, link), settings)
    return link
