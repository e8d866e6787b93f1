"""What each door of a simulated bench becomes when it is served: endpoints and an address.

- `visa`: TCP port for SCPI, TSP or XML, any number of clients.
- `serial`: pseudo-terminal where the system has them, and a TCP port for one client.
- `modbus-rtu`: the same, and Modbus TCP through a gateway for any number of clients.
- `modbus-tcp`: TCP port for any number of clients.
- `ble`: cannot be served, since there is no radio.
- `mqtt`: a broker of its own; `files`: a folder of its own (`serve.py`).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Protocol, runtime_checkable

from labctl.errors import BenchError
from sim_backends.emulators.emulator import Emulator
from sim_backends.emulators.modbus_device import ModbusDevice
from sim_backends.plugs.doors import modbus_unit
from sim_backends.plugs.serve_exchange import Exchange
from sim_backends.plugs.serve_framing import Lines, ModbusGateway, ModbusTcp, Raw
from sim_backends.plugs.serve_names import baudrate, model
from sim_backends.plugs.serve_pty import OpenTerminal, PtyServer
from sim_backends.plugs.serve_tcp import TcpServer

NOT_SERVED = {
    "ble": "a Bluetooth device needs a radio; in process it is reached through bleak's backend",
    "program": "a program is started by who uses it; in process a process link reaches it",
}
"""Doors that cannot be served, and why."""

Truth = dict[str, tuple[float, str]]
"""What an ideal instrument would read: (value, unit) by quantity."""


@runtime_checkable
class Ended(Protocol):
    """An emulator whose messages end with something else than LF."""

    @property
    def message_end(self) -> bytes:
        """The bytes that end a message to it."""
        ...


@dataclass
class Served:
    """One role: where its instrument is found, in the words of several libraries.

    `address` is what a bench file says; None with the reason in `reason`.
    """

    emulator: str
    address: str | None = None
    endpoints: dict[str, str] = field(default_factory=dict[str, str])
    truth: Truth | None = None
    reason: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Plain data for JSON; `truth` and `reason` only where there are some."""
        table: dict[str, Any] = {"model": model(self.emulator), "address": self.address}
        if self.truth is not None:
            table["truth"] = {name: list(value) for name, value in self.truth.items()}
        table |= {"emulator": self.emulator, "endpoints": self.endpoints}
        return table | ({"reason": self.reason} if self.reason else {})


class Endpoints:
    """Opens endpoints on `host`, at consecutive ports from `port` on (0: any free ones).

    `terminal` makes a pseudo-terminal; None where the system has none.
    """

    def __init__(self, host: str, port: int, terminal: OpenTerminal | None) -> None:
        self.host = host
        self._port = port
        self._terminal = terminal
        self._servers: list[TcpServer] = []
        self._terminals: list[PtyServer] = []

    async def tcp(self, exchange: Exchange, framing: Callable[[], Raw], most: int | None) -> int:
        """The port of a new TCP server for `most` clients at once (None: any number)."""
        server = TcpServer(exchange, framing, most)
        await server.start(self.host, self._port)
        self._port += 1 if self._port else 0
        self._servers.append(server)
        return server.port

    def pty(self, exchange: Exchange) -> str:
        """The path of a new pseudo-terminal; empty where the system has none."""
        if self._terminal is None:
            return ""
        server = PtyServer(exchange, self._terminal)
        self._terminals.append(server)
        return server.path

    async def close(self) -> None:
        """Close them all. Closing twice is no error."""
        for terminal in self._terminals:
            terminal.stop()
        for server in self._servers:
            await server.stop()
        self._servers, self._terminals = [], []


async def _visa(exchange: Exchange, served: Served, at: Endpoints) -> None:
    inner: Emulator = exchange.emulator.inner
    framing = partial(Lines, inner.message_end) if isinstance(inner, Ended) else Lines
    port = await at.tcp(exchange, framing, None)
    resource = f"TCPIP::{at.host}::{port}::SOCKET"
    served.endpoints = {"visa": resource, "tcp": f"tcp://{at.host}:{port}"}
    served.address = f"visa://{resource}"


async def _serial(exchange: Exchange, served: Served, at: Endpoints) -> None:
    bridge = f"socket://{at.host}:{await at.tcp(exchange, Raw, 1)}"
    served.endpoints, served.address = {"tcp": bridge}, bridge
    path = at.pty(exchange)
    if path:
        served.endpoints["pty"] = path
        served.address = f"serial://{path}?baudrate={baudrate(served.emulator)}"


async def _modbus_rtu(exchange: Exchange, served: Served, at: Endpoints) -> None:
    unit = modbus_unit(exchange.emulator)
    gateway = f"modbus+tcp://{at.host}:{await at.tcp(exchange, ModbusGateway, None)}?unit={unit}"
    bridge = f"socket://{at.host}:{await at.tcp(exchange, Raw, 1)}"
    served.endpoints, served.address = {"modbus-tcp": gateway, "rtu-over-tcp": bridge}, gateway
    path = at.pty(exchange)
    if path:
        served.endpoints["pty"] = path
        served.address = f"modbus+rtu://{path}?baudrate=9600&unit={unit}"


async def _modbus_tcp(exchange: Exchange, served: Served, at: Endpoints) -> None:
    device: Emulator = exchange.emulator.inner
    if not isinstance(device, ModbusDevice):
        raise BenchError(f"role {exchange.name}: {served.emulator} does not speak Modbus TCP")
    device.speak_tcp()
    port = await at.tcp(exchange, ModbusTcp, None)
    served.address = f"modbus+tcp://{at.host}:{port}?unit={device.unit}"
    served.endpoints = {"modbus-tcp": served.address}


DOORS: dict[str, Callable[[Exchange, Served, Endpoints], Awaitable[None]]] = {
    "visa": _visa,
    "serial": _serial,
    "modbus-rtu": _modbus_rtu,
    "modbus-tcp": _modbus_tcp,
}
"""How a door is served; fills in `Served`."""
