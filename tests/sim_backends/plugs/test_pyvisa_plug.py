from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
import pyvisa
from pyvisa import constants
from pyvisa.errors import VisaIOError

from labctl import clock
from sim_backends.emulators.emulator import Emulator
from sim_backends.emulators.keithley.dmm6500 import DMM6500
from sim_backends.faults import Disconnect, FaultyEmulator, Silence
from sim_backends.plugs.line import Line
from sim_backends.plugs.pyvisa_plug import SimVisaLibrary
from sim_backends.streams import stream
from tests.sim_backends.emulators.talking import Resistor

SOCKET = "TCPIP::meter::5025::SOCKET"
LINES: dict[str, Any] = {"read_termination": "\n", "write_termination": "\n"}


def meter() -> DMM6500:
    return DMM6500(Resistor(1000.0, 0.5), serial="SIM-1", rng=stream(1, "meter"))


def with_meter(
    work: Callable[[pyvisa.ResourceManager, Line], Awaitable[Any]],
    emulator: Emulator | None = None,
    virtual: bool = True,
) -> None:
    async def main() -> None:
        line = Line("meter", emulator or meter())
        line.start()
        manager = pyvisa.ResourceManager(SimVisaLibrary.over({"meter": line}))
        try:
            await work(manager, line)
        finally:
            manager.close()
            line.stop()

    clock.run(main(), virtual=virtual)


def error_of(caught: pytest.ExceptionInfo[VisaIOError]) -> int:
    return caught.value.error_code


@pytest.mark.parametrize("virtual", [True, False])
def test_queries(virtual: bool) -> None:
    async def work(manager: pyvisa.ResourceManager, line: Line) -> None:
        assert "TCPIP0::meter::5025::SOCKET" in manager.list_resources("?*")
        found: Any = manager.open_resource(SOCKET, timeout=3000, **LINES)
        assert (await clock.blocking(found.query, "*IDN?")).startswith("KEITHLEY")
        value = float(await clock.blocking(found.query, "READ?"))
        assert value == pytest.approx(0.5, abs=1e-4)
        values = await clock.blocking(found.query_ascii_values, "READ? 'defbuffer1',READ,REL")
        assert len(values) == 2
        assert found.timeout == 3000 and found.read_termination == "\n"
        found.close()

    with_meter(work, virtual=virtual)


def test_virtual_time_is_the_instruments_time() -> None:
    async def work(manager: pyvisa.ResourceManager, line: Line) -> None:
        found: Any = manager.open_resource(SOCKET, timeout=3000, **LINES)
        await clock.blocking(found.write, "SENS:VOLT:NPLC 10")
        await clock.blocking(found.query, "READ?")
        assert clock.now() == pytest.approx(0.2001)

    with_meter(work)


def test_a_silent_instrument_times_out_exactly() -> None:
    async def work(manager: pyvisa.ResourceManager, line: Line) -> None:
        found: Any = manager.open_resource(SOCKET, timeout=1500, **LINES)
        with pytest.raises(VisaIOError) as caught:
            await clock.blocking(found.query, "READ?")
        assert error_of(caught) == constants.StatusCode.error_timeout
        assert clock.now() == 1.5
        assert (await clock.blocking(found.query, "*OPC?")) == "1"

    with_meter(work, FaultyEmulator(meter(), [Silence(at=1)]))


def test_a_late_answer_is_dropped_by_clear() -> None:
    async def work(manager: pyvisa.ResourceManager, line: Line) -> None:
        found: Any = manager.open_resource(SOCKET, timeout=100, **LINES)
        await clock.blocking(found.write, "SENS:VOLT:NPLC 10")
        with pytest.raises(VisaIOError):
            await clock.blocking(found.query, "READ?")
        assert clock.now() == 0.1
        found.clear()
        assert await clock.blocking(found.query, "*OPC?") == "1"

    with_meter(work)


def test_a_lost_connection() -> None:
    async def work(manager: pyvisa.ResourceManager, line: Line) -> None:
        found: Any = manager.open_resource(SOCKET, timeout=5000, **LINES)
        with pytest.raises(VisaIOError) as caught:
            await clock.blocking(found.query, "READ?")
        assert error_of(caught) == constants.StatusCode.error_connection_lost
        assert clock.now() < 1.0
        with pytest.raises(VisaIOError) as caught:
            await clock.blocking(found.write, "READ?")
        assert error_of(caught) == constants.StatusCode.error_connection_lost
        again: Any = manager.open_resource(SOCKET, timeout=5000, **LINES)
        assert float(await clock.blocking(again.query, "READ?"))
        line.stop()
        with pytest.raises(VisaIOError) as caught:
            manager.open_resource(SOCKET)
        assert error_of(caught) == constants.StatusCode.error_resource_not_found

    with_meter(work, FaultyEmulator(meter(), [Disconnect(at=1)]))


def test_reads_without_termination_and_in_chunks() -> None:
    async def work(manager: pyvisa.ResourceManager, line: Line) -> None:
        raw: Any = manager.open_resource("TCPIP::meter::inst0::INSTR", timeout=1000)
        await clock.blocking(raw.write_raw, b"*OPC?\n")
        assert await clock.blocking(raw.read_raw) == b"1\n"
        found: Any = manager.open_resource(SOCKET, timeout=1000, chunk_size=4, **LINES)
        assert (await clock.blocking(found.query, "*IDN?")).endswith("SIM-1,1.7.12b")
        await clock.blocking(found.write, "*IDN?")
        assert await clock.blocking(found.read_bytes, 8) == b"KEITHLEY"
        assert found.stb & 16
        found.flush(constants.BufferOperation.discard_read_buffer)
        assert not found.stb & 16

    with_meter(work)


def test_unknown_names_and_closed_sessions() -> None:
    async def work(manager: pyvisa.ResourceManager, line: Line) -> None:
        with pytest.raises(VisaIOError) as caught:
            manager.open_resource("TCPIP::other::5025::SOCKET")
        assert error_of(caught) == constants.StatusCode.error_resource_not_found
        found: Any = manager.open_resource(SOCKET)
        found.close()
        with pytest.raises(pyvisa.errors.InvalidSession):
            found.write("*IDN?")

    with_meter(work)


def test_two_libraries_are_apart() -> None:
    async def main() -> None:
        one, two = SimVisaLibrary.over({}), SimVisaLibrary.over({})
        assert one is not two
        first, second = pyvisa.ResourceManager(one), pyvisa.ResourceManager(two)
        assert first is not second and first.list_resources("?*") == ()
        first.close()
        second.close()

    clock.run(main(), virtual=True)


def test_a_cancelled_query_frees_the_line() -> None:
    async def work(manager: pyvisa.ResourceManager, line: Line) -> None:
        found: Any = manager.open_resource(SOCKET, timeout=60000, **LINES)
        await clock.blocking(found.write, "SENS:COUN 1000")
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(1.0):
                await clock.blocking(found.query, "READ?")
        assert clock.now() == 1.0
        found.clear()
        assert await clock.blocking(found.query, "*OPC?") == "1"

    with_meter(work)
