"""What a simulated Bluetooth Low Energy peripheral is: attributes by handle, sans-IO.

There is no byte stream here: the radio's own layers deliver whole attribute values. A plug
(`sim_backends/plugs/bleak_plug.py`) connects, reads and writes by handle, and delivers what
`notifications` gives when `due` says so. Errors are those of the Attribute Protocol (Bluetooth Core
Specification 5.4, volume 3, part F, table 3.4) and of the service.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

INVALID_HANDLE, READ_NOT_PERMITTED, WRITE_NOT_PERMITTED = 0x01, 0x02, 0x03
INVALID_LENGTH = 0x0D


class AttError(Exception):
    """An error answer with its Attribute Protocol `code`."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


def uuid16(number: int) -> str:
    """The full UUID of a 16-bit one (Core Specification, volume 3, part B, 2.5.1)."""
    return f"0000{number:04x}-0000-1000-8000-00805f9b34fb"


@dataclass(frozen=True, slots=True)
class Descriptor:
    """A descriptor: its `handle` and 16-bit `uuid`."""

    handle: int
    uuid: int


@dataclass(frozen=True, slots=True)
class Characteristic:
    """A characteristic: `handle` of its value, 16-bit `uuid`, `properties` as bleak names them."""

    handle: int
    uuid: int
    properties: tuple[str, ...]
    descriptors: tuple[Descriptor, ...] = ()


@dataclass(frozen=True, slots=True)
class Service:
    """A primary service: `handle`, 16-bit `uuid`, its characteristics."""

    handle: int
    uuid: int
    characteristics: tuple[Characteristic, ...]


@dataclass(frozen=True, slots=True)
class Advertisement:
    """What a scanner hears: `name`, 16-bit `services`, `service_data` by UUID, `rssi` in dBm."""

    name: str
    services: tuple[int, ...]
    rssi: int
    service_data: dict[int, bytes] = field(default_factory=dict[int, bytes])


class Peripheral(Protocol):
    """A simulated peripheral. Times are run time in s and never go back."""

    @property
    def address(self) -> str:
        """Its device address, `C0:00:00:00:00:01`."""
        ...

    @property
    def services(self) -> tuple[Service, ...]:
        """Its attribute table."""
        ...

    def advertise(self, t: float) -> Advertisement | None:
        """What it sends to scanners at `t`; None while it does not advertise."""
        ...

    def connect(self, t: float) -> None:
        """A central has connected."""
        ...

    def disconnect(self, t: float) -> None:
        """The central has gone: subscriptions end with the connection."""
        ...

    def read(self, handle: int, t: float) -> bytes:
        """Value of an attribute; `AttError` where it has none."""
        ...

    def write(self, handle: int, data: bytes, t: float) -> None:
        """Write an attribute; `AttError` where that is refused."""
        ...

    def subscribe(self, handle: int, on: bool, t: float) -> None:
        """Notifications of a characteristic on or off, as its configuration descriptor says."""
        ...

    def due(self) -> float | None:
        """When it next may notify; None while nobody listens."""
        ...

    def notifications(self, t: float) -> list[tuple[int, bytes]]:
        """(handle, value) of all that is notified until `t`."""
        ...
