"""Taps: links that trace every transaction of the link they stand around.

A tap stands next to the line, inside whatever repeats a transaction, so that each try is a line of
its own.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Sequence
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from drivers.links.link import (
    AttributeLink,
    BytesLink,
    Frame,
    Message,
    MessageLink,
    RegisterLink,
    TopicLink,
)
from drivers.links.trace import Kind, TraceWriter, failure_of
from labctl import clock

T = TypeVar("T")


class Tap:
    """What all taps have in common; `link` is what they stand around."""

    def __init__(
        self, kind: Kind, link: Any, trace: TraceWriter, ends: tuple[str, str] | None = None
    ) -> None:
        self._inner = link
        self._trace = trace
        trace.begin(kind, link.address, ends)

    @property
    def address(self) -> str:
        """Where the link goes."""
        return self._inner.address

    async def resync(self) -> None:
        """Bring the line to a known state."""
        await self._traced("resync", None, self._inner.resync())

    async def close(self) -> None:
        """Give the line back and end the trace."""
        try:
            await self._inner.close()
        finally:
            self._trace.close()

    async def _traced(self, op: str, sent: Any, work: Awaitable[T]) -> T:
        """The result of `work`, noted; the tap stands in its way for no error."""
        began = clock.now()
        try:
            received = await work
        except BaseException as error:
            self._trace.add(began, op, sent, None, failure_of(error))
            raise
        self._trace.add(began, op, sent, _plain(received))
        return received

    async def _noted(self, op: str, sent: str, values: AsyncIterator[T]) -> AsyncIterator[T]:
        async for value in values:
            self._trace.add(clock.now(), op, sent, _plain(value))
            yield value


class TappedMessages(Tap):
    """A `MessageLink` that is traced; `ends` are the terminators of lines sent and received."""

    def __init__(
        self, link: MessageLink, trace: TraceWriter, ends: tuple[str, str] | None = None
    ) -> None:
        super().__init__("message", link, trace, ends)
        self._link = link

    async def write(self, command: str) -> None:
        """Send `command`."""
        await self._traced("write", command, self._link.write(command))

    async def query(self, command: str, timeout: float | None = None) -> str:
        """Send `command`, return the answer. `timeout` in seconds."""
        return await self._traced("query", command, self._link.query(command, timeout))


class TappedRegisters(Tap):
    """A `RegisterLink` that is traced."""

    def __init__(self, link: RegisterLink, trace: TraceWriter) -> None:
        super().__init__("register", link, trace)
        self._link = link

    async def read_holding(self, register: int, count: int = 1) -> list[int]:
        """`count` holding registers from `register`."""
        work = self._link.read_holding(register, count)
        return await self._traced("read_holding", [register, count], work)

    async def read_input(self, register: int, count: int = 1) -> list[int]:
        """`count` input registers from `register`."""
        work = self._link.read_input(register, count)
        return await self._traced("read_input", [register, count], work)

    async def write_registers(self, register: int, values: Sequence[int]) -> None:
        """Write `values` from `register` on."""
        work = self._link.write_registers(register, values)
        await self._traced("write_registers", [register, *values], work)

    async def read_identification(self, first: int = 0) -> dict[int, str]:
        """Texts of the device identification, from object `first` on."""
        work = self._link.read_identification(first)
        return await self._traced("read_identification", [first], work)


class TappedBytes(Tap):
    """A `BytesLink` that is traced."""

    def __init__(self, link: BytesLink, trace: TraceWriter) -> None:
        super().__init__("bytes", link, trace)
        self._link = link

    async def write(self, data: bytes) -> None:
        """Send `data`."""
        await self._traced("write", data.hex(" "), self._link.write(data))

    async def exchange(self, data: bytes, expect: Frame, timeout: float | None = None) -> bytes:
        """Send `data`, return the frame that `expect` finds. `timeout` in seconds."""
        work = self._link.exchange(data, expect, timeout)
        return await self._traced("exchange", data.hex(" "), work)

    async def read_until(self, expect: Frame, timeout: float | None = None) -> bytes:
        """The next frame that the instrument sends by itself. `timeout` in seconds."""
        return await self._traced("read_until", None, self._link.read_until(expect, timeout))


class TappedAttributes(Tap):
    """An `AttributeLink` that is traced."""

    def __init__(self, link: AttributeLink, trace: TraceWriter) -> None:
        super().__init__("attribute", link, trace)
        self._link = link

    async def read(self, characteristic: str) -> bytes:
        """The value of `characteristic`."""
        return await self._traced("read", characteristic, self._link.read(characteristic))

    async def write(self, characteristic: str, data: bytes, *, response: bool = True) -> None:
        """Write `data`."""
        work = self._link.write(characteristic, data, response=response)
        await self._traced("write", [characteristic, data.hex(" "), response], work)

    @asynccontextmanager
    async def notifications(self, characteristic: str) -> AsyncGenerator[AsyncIterator[bytes]]:
        """Values as the device sends them, inside the `async with` block."""
        async with self._link.notifications(characteristic) as values:
            yield self._noted("notify", characteristic, values)


class TappedTopics(Tap):
    """A `TopicLink` that is traced."""

    def __init__(self, link: TopicLink, trace: TraceWriter) -> None:
        super().__init__("topic", link, trace)
        self._link = link

    async def publish(
        self, topic: str, payload: bytes, *, qos: int = 1, retain: bool = False
    ) -> None:
        """Publish `payload`."""
        work = self._link.publish(topic, payload, qos=qos, retain=retain)
        await self._traced("publish", [topic, payload.hex(" "), qos, retain], work)

    @asynccontextmanager
    async def messages(self, pattern: str) -> AsyncGenerator[AsyncIterator[Message]]:
        """Messages whose topic fits `pattern`, inside the `async with` block."""
        async with self._link.messages(pattern) as arriving:
            yield self._noted("message", pattern, arriving)

    async def request(
        self, topic: str, payload: bytes, answer_topic: str, timeout: float | None = None
    ) -> Message:
        """Publish `payload`, return the answer on `answer_topic`. `timeout` in seconds."""
        work = self._link.request(topic, payload, answer_topic, timeout)
        return await self._traced("request", [topic, payload.hex(" "), answer_topic], work)


def _plain(value: Any) -> Any:
    """`value` as a trace writes it."""
    if isinstance(value, bytes):
        return value.hex(" ")
    if isinstance(value, Message):
        return [value.topic, value.payload.hex(" "), value.retained]
    return value
