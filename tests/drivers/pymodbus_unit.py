"""A unit of pymodbus's simulator, a foreign one, that holds the registers of golden transcripts."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, TypeVar

from pymodbus.framer import FramerType
from pymodbus.server import ModbusSerialServer
from pymodbus.simulator import DataType, SimData, SimDevice
from pymodbus.transport import NULLMODEM_HOST

from drivers.links.link import RegisterLink
from drivers.links.opening import open_register_link
from labctl import clock

T = TypeVar("T")
PORT = 78


def registers_of(exchanges: Sequence[Mapping[str, Any]]) -> dict[int, int]:
    """What the exchanges of transcripts read, by register; a later one stands."""
    return {
        exchange["read"] + offset: word & 0xFFFF
        for exchange in exchanges
        if "read" in exchange
        for offset, word in enumerate(exchange["answer"])
    }


def run_on(registers: Mapping[int, int], body: Callable[[RegisterLink], Awaitable[T]]) -> T:
    """Run `body` with a link to a unit that has these registers and no others."""

    async def main() -> T:
        device = SimDevice(1, simdata=_blocks(registers))
        port = f"socket://{NULLMODEM_HOST}:{PORT}"
        server = ModbusSerialServer(device, framer=FramerType.RTU, port=port)
        await server.serve_forever(background=True)
        link = await open_register_link(f"modbus+rtu://{NULLMODEM_HOST}:{PORT}?unit=1")
        try:
            return await body(link)
        finally:
            await link.close()
            await server.shutdown()

    return clock.run(main(), virtual=True)


def _blocks(registers: Mapping[int, int]) -> list[SimData]:
    starts = [at for at in sorted(registers) if at - 1 not in registers]
    return [
        SimData(start, values=_run(registers, start), datatype=DataType.REGISTERS)
        for start in starts
    ]


def _run(registers: Mapping[int, int], start: int) -> list[int]:
    values = []
    while start + len(values) in registers:
        values.append(registers[start + len(values)])
    return values
