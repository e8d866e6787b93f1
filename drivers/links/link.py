"""The kinds of link, each a small Protocol. A driver holds one and knows no library.

A link is strictly one talker: a transaction is never interleaved with another, also when a task
is cancelled in its middle. Every failure of the line is a `LinkError` that names address, command
and what came back.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Protocol

from drivers.links.link_programs import FolderLink, ProcessLink, SdkLink

Frame = Callable[[bytes], int | None]
"""Finds a frame: how many of the bytes so far make one whole frame, None where more must come.

It raises `ValueError` where the bytes can be no frame, however many follow.
"""


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
        """Write `values`, each 0..65535, from `register` on; one alone by function 06."""
        ...

    async def read_identification(self, first: int = 0) -> dict[int, str]:
        """Texts of the device identification by object number, from object `first` on.

        Function 43/14; basic objects from 0 on, those of the maker from 128 on.
        """
        ...

    async def resync(self) -> None:
        """Bring the line to a known state."""
        ...

    async def close(self) -> None:
        """Give the line back. Closing twice is no error."""
        ...


class BytesLink(Protocol):
    """Raw frames of a binary protocol: serial ports and TCP sockets."""

    @property
    def address(self) -> str:
        """Where this link goes: `serial:///dev/ttyUSB0?baudrate=9600`, `tcp://host:port`."""
        ...

    async def write(self, data: bytes) -> None:
        """Send `data`. Nothing is read back."""
        ...

    async def exchange(self, data: bytes, expect: Frame, timeout: float | None = None) -> bytes:
        """Send `data`, return the frame that `expect` finds in what comes. `timeout` in seconds."""
        ...

    async def read_until(self, expect: Frame, timeout: float | None = None) -> bytes:
        """The next frame that the instrument sends by itself. `timeout` in seconds."""
        ...

    async def resync(self) -> None:
        """Bring the line to a known state: what came late is dropped until it is quiet."""
        ...

    async def close(self) -> None:
        """Give the line back. Closing twice is no error."""
        ...


class AttributeLink(Protocol):
    """Named values of a Bluetooth Low Energy device: characteristics, by their UUID."""

    @property
    def address(self) -> str:
        """Where this link goes: `ble://AA:BB:CC:DD:EE:FF`, `ble://name/Thermometer`."""
        ...

    async def read(self, characteristic: str) -> bytes:
        """The value of `characteristic`, a UUID of 4 or 36 characters."""
        ...

    async def write(self, characteristic: str, data: bytes, *, response: bool = True) -> None:
        """Write `data`; with `response` the device says that it has taken it."""
        ...

    def notifications(
        self, characteristic: str
    ) -> AbstractAsyncContextManager[AsyncIterator[bytes]]:
        """Values as the device sends them, subscribed inside the `async with` block.

        The iterator raises `LinkError` where the connection is lost.
        """
        ...

    async def resync(self) -> None:
        """Connect again where the connection is lost."""
        ...

    async def close(self) -> None:
        """Give the line back. Closing twice is no error."""
        ...


@dataclass(frozen=True)
class Message:
    """What came on a topic; `retained` where the broker had kept it from before."""

    topic: str
    payload: bytes
    retained: bool = False


class TopicLink(Protocol):
    """Messages on the topics of an MQTT broker. The last will stands in `TopicSettings`."""

    @property
    def address(self) -> str:
        """Where this link goes: `mqtt://host:1883`."""
        ...

    async def publish(
        self, topic: str, payload: bytes, *, qos: int = 1, retain: bool = False
    ) -> None:
        """Publish `payload`; with `qos` 1 or 2 it returns when the broker has taken it."""
        ...

    def messages(self, pattern: str) -> AbstractAsyncContextManager[AsyncIterator[Message]]:
        """Messages whose topic fits `pattern` (`+`, `#`), subscribed inside the `async with`.

        The iterator raises `LinkError` where the connection is lost.
        """
        ...

    async def request(
        self, topic: str, payload: bytes, answer_topic: str, timeout: float | None = None
    ) -> Message:
        """Publish `payload`, return the next fresh message on `answer_topic`.

        Retained messages are no answers. `timeout` in seconds.
        """
        ...

    async def resync(self) -> None:
        """Connect and subscribe again where the connection is lost; drop late answers."""
        ...

    async def close(self) -> None:
        """Give the line back, without the last will being sent. Closing twice is no error."""
        ...


Link = (
    MessageLink
    | RegisterLink
    | BytesLink
    | AttributeLink
    | TopicLink
    | ProcessLink
    | FolderLink
    | SdkLink
)
"""Any of the above."""
