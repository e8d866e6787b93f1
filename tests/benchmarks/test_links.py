"""Links beside the least that the same library or a bare loop needs, both in one run."""

from __future__ import annotations

import asyncio
import socket
import statistics
import time
from collections.abc import Awaitable, Callable
from typing import Any, cast

import pyvisa
from pyvisa.resources import MessageBasedResource

from drivers.links.link import MessageLink, RegisterLink
from drivers.links.opening import open_message_link, open_register_link
from labctl import clock
from tests.benchmarks.answering import MODBUS, SCPI, answering
from tests.benchmarks.figures import FIGURES, Figure

POINTS = 2000
RUNS = 15
DEVICES = 100
SECONDS = 5


class Bare(asyncio.Protocol):
    """The least: a buffer and a future."""

    def __init__(self) -> None:
        self.buffer = b""
        self.waiter: asyncio.Future[bytes] | None = None
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        if self.buffer.endswith(b"\n") and self.waiter is not None:
            answer, self.buffer = self.buffer, b""
            self.waiter.set_result(answer)

    async def query(self, command: bytes) -> bytes:
        assert self.transport is not None
        self.waiter = asyncio.get_running_loop().create_future()
        self.transport.write(command)
        return await self.waiter


async def bare_sweep(port: int) -> float:
    """Seconds of a sweep by a bare protocol."""
    loop = asyncio.get_running_loop()
    transport, bare = await loop.create_connection(Bare, "127.0.0.1", port)
    began = time.perf_counter()
    for index in range(POINTS):
        transport.write(b":SOUR:VOLT %g\n" % (index * 1e-3))
        assert (await bare.query(b":READ?\n")).decode("ascii").split(",")
    took = time.perf_counter() - began
    transport.close()
    return took


async def sweep(link: MessageLink) -> float:
    """Seconds of a sweep by `link`."""
    began = time.perf_counter()
    for index in range(POINTS):
        await link.write(f":SOUR:VOLT {index * 1e-3:g}")
        assert (await link.query(":READ?")).split(",")
    took = time.perf_counter() - began
    await link.close()
    return took


async def linked_sweep(address: str) -> float:
    """Seconds of a sweep by the link at `address`."""
    return await sweep(await open_message_link(address))


def pyvisa_sweep(port: int) -> float:
    """Seconds of a sweep by bare pyvisa-py with TCP_NODELAY."""
    name = f"TCPIP::127.0.0.1::{port}::SOCKET"
    resource = cast(MessageBasedResource, pyvisa.ResourceManager("@py").open_resource(name))
    resource.read_termination = resource.write_termination = "\n"
    sessions: dict[Any, Any] = resource.visalib.sessions  # type: ignore[attr-defined]
    line: socket.socket = sessions[resource.session].interface
    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    began = time.perf_counter()
    for index in range(POINTS):
        resource.write(f":SOUR:VOLT {index * 1e-3:g}")
        assert resource.query(":READ?").split(",")
    took = time.perf_counter() - began
    resource.close()
    return took


def in_turn(
    ours: Callable[[], float], floor: Callable[[], float], name: str, wanted: float
) -> None:
    """Measure both in turn and note their medians, in ms of a whole sweep.

    Each goes first every other time; a first pair, on a cold machine, is not counted.
    """
    taken: list[float] = []
    least: list[float] = []
    sides = [(ours, taken), (floor, least)]
    for _ in range(RUNS + 1):
        for measure, seconds in sides:
            seconds.append(measure())
        sides.reverse()
    milliseconds = (1e3 * statistics.median(taken[1:]), 1e3 * statistics.median(least[1:]))
    FIGURES.append(Figure(name, *milliseconds, "ms", RUNS, wanted))


def real(work: Awaitable[float]) -> float:
    async def main() -> float:
        return await work

    return clock.run(main(), virtual=False)


def test_fast_path() -> None:
    with answering(SCPI) as port:
        in_turn(
            lambda: real(linked_sweep(f"tcp://127.0.0.1:{port}")),
            lambda: real(bare_sweep(port)),
            "2,000 points by tcp:// / bare protocol",
            1.5,
        )


def test_visa_path() -> None:
    with answering(SCPI) as port:
        in_turn(
            lambda: real(linked_sweep(f"visa://TCPIP::127.0.0.1::{port}::SOCKET")),
            lambda: pyvisa_sweep(port),
            "2,000 points by visa:// / bare pyvisa-py",
            1.2,
        )


async def poll(link: RegisterLink, index: int, began: float) -> int:
    """Read eight registers a second; how many were read."""
    read = 0
    for second in range(SECONDS):
        await clock.sleep_until(began + second + index / DEVICES)
        read += len(await link.read_holding(0, 8))
    return read


def test_a_hundred_modbus_devices() -> None:
    async def main(port: int) -> float:
        links = [
            await open_register_link(f"modbus+tcp://127.0.0.1:{port}?unit={unit + 1}")
            for unit in range(DEVICES)
        ]
        began, used = clock.now(), time.process_time()
        counts = await asyncio.gather(
            *(poll(link, index, began) for index, link in enumerate(links))
        )
        share = (time.process_time() - used) / (clock.now() - began)
        assert sum(counts) == DEVICES * SECONDS * 8
        for link in links:
            await link.close()
        return share

    with answering(MODBUS) as port:
        share = clock.run(main(port), virtual=False)
    FIGURES.append(Figure("100 Modbus devices at 1 Hz: share of a core", 100 * share, 20.0, "%", 1))
