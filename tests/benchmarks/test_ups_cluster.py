"""A hundred UPS units sampled 50 times a second by one process, beside a bare protocol."""

from __future__ import annotations

import asyncio
import struct
import time
from collections.abc import Sequence
from functools import partial
from typing import cast

from ci.soak.ups_sampling import COUNT, FIRST, Read, Sampled, sample
from drivers.links.opening import open_register_link
from labctl import clock
from tests.benchmarks.answering import MODBUS, answering
from tests.benchmarks.figures import FIGURES, Figure

UNITS, RATE, SECONDS = 100, 50.0, 1.5


class BareModbus(asyncio.Protocol):
    """The least: a request of fixed form, a future, the words of the answer."""

    def __init__(self) -> None:
        self.waiter: asyncio.Future[Sequence[int]] | None = None
        self.transport: asyncio.Transport | None = None
        self._buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        if len(self._buffer) >= 9 + 2 * COUNT and self.waiter is not None:
            words, self._buffer = struct.unpack(f">{COUNT}H", self._buffer[9:]), b""
            self.waiter.set_result(words)

    async def read(self) -> Sequence[int]:
        assert self.transport is not None
        self.waiter = asyncio.get_running_loop().create_future()
        self.transport.write(struct.pack(">HHHBBHH", 1, 0, 6, 1, 3, FIRST, COUNT))
        return await self.waiter


async def timed(reads: Sequence[Read]) -> tuple[Sampled, float]:
    """The samples, and the processor time in s that each took."""
    used = time.process_time()
    found = await sample(reads, RATE, SECONDS)
    return found, (time.process_time() - used) / len(found.took)


async def linked(port: int) -> tuple[Sampled, float]:
    address = f"modbus+tcp://127.0.0.1:{port}?unit=1"
    links = [await open_register_link(address) for _ in range(UNITS)]
    result = await timed([partial(link.read_holding, FIRST, COUNT) for link in links])
    for link in links:
        await link.close()
    return result


async def bare(port: int) -> tuple[Sampled, float]:
    loop = asyncio.get_running_loop()
    made = [await loop.create_connection(BareModbus, "127.0.0.1", port) for _ in range(UNITS)]
    result = await timed([protocol.read for _, protocol in made])
    for transport, _ in made:
        transport.close()
    return result


def test_a_hundred_units_at_fifty_hertz() -> None:
    with answering(MODBUS) as port:
        least, floor = clock.run(bare(port), virtual=False)
        found, taken = clock.run(linked(port), virtual=False)
    assert found.wanted == least.wanted == UNITS * RATE * SECONDS
    name = "100 UPS at 50 Hz over Modbus"
    FIGURES.append(Figure(f"{name}: processor a sample", 1e6 * taken, 1e6 * floor, "us", 1, 5.0))
    missed, at_least = (100.0 * one.missed / one.wanted for one in (found, least))
    FIGURES.append(Figure(f"{name}: missed deadlines", missed, at_least, "%", 1))
