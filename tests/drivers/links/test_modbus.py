"""Modbus link against pymodbus's own server on the null modem, in virtual time."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import TypeVar

import pytest
from pymodbus.constants import ExcCodes
from pymodbus.framer import FramerType
from pymodbus.pdu.device import ModbusControlBlock
from pymodbus.server import ModbusSerialServer
from pymodbus.simulator import DataType, SimData, SimDevice
from pymodbus.transport import NULLMODEM_HOST
from pymodbus.transport.transport import NullModem

from drivers.links.modbus import ModbusLink
from drivers.links.opening import open_register_link
from drivers.links.settings import RegisterSettings
from labctl import clock
from labctl.errors import InstrumentError, LinkError

T = TypeVar("T")
ADDRESS = f"modbus+rtu://{NULLMODEM_HOST}:77?unit=1&baudrate=9600"


class Instrument:
    """A unit whose answer to a read comes after `delay` seconds."""

    def __init__(self) -> None:
        self.delay = 0.0
        self.calls: list[tuple[int, int]] = []

    async def action(
        self, function: int, start: int, address: int, count: int, current: object, values: object
    ) -> ExcCodes | None:
        self.calls.append((function, address))
        if self.delay:
            await asyncio.sleep(self.delay)
        return None


def run(body: Callable[[ModbusLink, Instrument], Awaitable[T]]) -> T:
    async def main() -> T:
        unit = Instrument()
        registers = SimData(0, values=[100 + i for i in range(50)], datatype=DataType.REGISTERS)
        device = SimDevice(1, simdata=[registers], action=unit.action)
        server = ModbusSerialServer(
            device, framer=FramerType.RTU, port=f"socket://{NULLMODEM_HOST}:77"
        )
        await server.serve_forever(background=True)
        link = await open_register_link(ADDRESS, RegisterSettings(timeout=1.0, quiet=0.3))
        assert isinstance(link, ModbusLink)
        try:
            return await body(link, unit)
        finally:
            await link.close()
            await link.close()
            await server.shutdown()
            assert not NullModem.is_dirty()

    return clock.run(main(), virtual=True)


def test_registers_are_read_and_written() -> None:
    async def body(link: ModbusLink, unit: Instrument) -> None:
        assert link.address == ADDRESS
        assert await link.read_holding(3) == [103]
        assert await link.read_holding(3, 4) == [103, 104, 105, 106]
        assert await link.read_input(9) == [109]
        await link.write_registers(5, [7])
        await link.write_registers(6, [8, 9])
        assert await link.read_holding(5, 3) == [7, 8, 9]
        assert 6 in {function for function, _ in unit.calls}
        assert 16 in {function for function, _ in unit.calls}

    run(body)


def test_the_device_identification_is_read_from_any_object() -> None:
    identity = ModbusControlBlock().Identity
    before = dict(identity)
    identity.update({0: "ACME", 1: "T" * 200, 2: "1.2", 0x80: "S-7", 0x81: "x" * 200})

    async def body(link: ModbusLink, unit: Instrument) -> tuple[dict[int, str], dict[int, str]]:
        return await link.read_identification(), await link.read_identification(0x80)

    try:
        basic, own = run(body)
    finally:
        identity.update({0: "", 1: "", 2: "", 0x80: "", 0x81: ""} | before)
    assert (basic[0], basic[1], basic[2]) == ("ACME", "T" * 200, "1.2")
    assert own == {0x80: "S-7", 0x81: "x" * 200}


def test_exception_of_the_instrument_names_register_and_code() -> None:
    async def body(link: ModbusLink, unit: Instrument) -> InstrumentError:
        with pytest.raises(InstrumentError) as caught:
            await link.read_holding(4000)
        assert await link.read_holding(3) == [103]
        return caught.value

    error = run(body)
    assert "02, illegal data address" in error.message
    assert (error.address, error.command) == (ADDRESS, "read holding 4000 x1")


@pytest.mark.parametrize("code", [10, 11])
def test_a_gateway_without_the_unit_names_the_unit_id(code: int) -> None:
    async def answering(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        request = await reader.readexactly(12)
        writer.write(request[:5] + b"\x03" + request[6:7] + bytes((0x80 | request[7], code)))
        await writer.drain()
        writer.close()

    async def main() -> InstrumentError:
        server = await asyncio.start_server(answering, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        link = await open_register_link(f"modbus+tcp://127.0.0.1:{port}?unit=7")
        with pytest.raises(InstrumentError, match="gateway") as caught:
            await link.read_holding(3)
        await link.close()
        server.close()
        await clock.sleep(0.01)
        return caught.value

    error = clock.run(main(), virtual=False)
    assert "unit id" in error.remedy and "unit=7" in error.remedy


def test_warnings_of_the_library_are_not_written_to_stderr() -> None:
    assert any(
        isinstance(handler, logging.NullHandler)
        for handler in logging.getLogger("pymodbus").handlers
    )


def test_silence_is_a_link_error_at_its_time() -> None:
    async def body(link: ModbusLink, unit: Instrument) -> LinkError:
        unit.delay = 5.0
        with pytest.raises(LinkError) as caught:
            await link.read_holding(3)
        assert clock.now() == pytest.approx(1.0)
        return caught.value

    error = run(body)
    assert error.retryable
    assert error.command == "read holding 3 x1"
    assert "unit=1" in error.remedy


def test_late_answer_is_never_taken_for_the_next_one() -> None:
    async def body(link: ModbusLink, unit: Instrument) -> list[int]:
        unit.delay = 1.2
        with pytest.raises(LinkError):
            await link.read_holding(3)
        unit.delay = 0.0
        return await link.read_holding(9)

    assert run(body) == [109]


def test_cancelled_read_ends_in_its_turn() -> None:
    async def body(link: ModbusLink, unit: Instrument) -> list[int]:
        unit.delay = 0.5
        task = asyncio.create_task(link.read_holding(3))
        await clock.sleep(0.1)
        task.cancel()
        unit.delay = 0.0
        answer = await link.read_holding(9)
        assert clock.now() >= 0.5
        return answer

    assert run(body) == [109]


def test_concurrent_callers_each_get_their_own() -> None:
    async def body(link: ModbusLink, unit: Instrument) -> None:
        unit.delay = 0.05
        answers = await asyncio.gather(*(link.read_holding(i) for i in range(20)))
        assert answers == [[100 + i] for i in range(20)]
        assert [register for _, register in unit.calls] == list(range(20))

    run(body)


@pytest.mark.parametrize("address", [ADDRESS, "modbus+tcp://127.0.0.1:1?unit=1"])
def test_nobody_there_is_a_link_error(address: str) -> None:
    with pytest.raises(LinkError, match="cannot be opened"):
        clock.run(open_register_link(address), virtual=False)


def test_a_lost_connection_is_made_again_before_anything_is_sent() -> None:
    async def answering(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal connections
        connections += 1
        try:
            request = await reader.readexactly(12)
            writer.write(request[:5] + b"\x05" + request[6:8] + b"\x02\x00\x2a")
            await writer.drain()
        except asyncio.IncompleteReadError:
            pass
        writer.close()

    async def main() -> None:
        server = await asyncio.start_server(answering, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        link = await open_register_link(f"modbus+tcp://127.0.0.1:{port}?unit=1")
        for _ in range(3):
            assert await link.read_holding(3) == [42]
            await clock.sleep(0.05)
        await link.close()
        server.close()
        await clock.sleep(0.01)

    connections = 0
    clock.run(main(), virtual=False)
    assert connections == 3
