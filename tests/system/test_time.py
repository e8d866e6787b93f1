"""Time: nothing is late beside a slow reading, a silent instrument or a thousand hours."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
import pyvisa
import serial
from pyvisa.errors import VisaIOError

from labctl import clock
from sim_backends.emulators.emulator import Emulator
from sim_backends.emulators.keithley.dmm6500 import DMM6500
from sim_backends.emulators.keithley.k2450 import K2450
from sim_backends.emulators.llp.sol1 import Sol1
from sim_backends.faults import FaultyEmulator, Silence
from sim_backends.plugs import pyserial_plug
from sim_backends.plugs.line import Line
from sim_backends.plugs.pyvisa_plug import SimVisaLibrary
from sim_backends.streams import stream
from tests.sim_backends.emulators.talking import Optics, Resistor

POLL = 0.05


def meter(volts: float = 0.5) -> DMM6500:
    return DMM6500(Resistor(1000.0, volts), serial="SIM-1", rng=stream(1, "meter"))


def over_visa(emulator: Emulator, work: Callable[[Any], Awaitable[None]]) -> None:
    """Run `work` with a pyvisa resource of `emulator` in virtual time."""

    async def main() -> None:
        line = Line("t", emulator)
        line.start()
        manager = pyvisa.ResourceManager(SimVisaLibrary.over({"t": line}))
        resource: Any = manager.open_resource(
            "TCPIP::t::5025::SOCKET", timeout=10_000, read_termination="\n", write_termination="\n"
        )
        await work(resource)
        manager.close()
        line.stop()

    clock.run(main(), virtual=True)


async def watched(work: Awaitable[Any], count: int) -> list[float]:
    """How late each of `count` interlock polls, one each 50 ms, was beside `work`."""
    late: list[float] = []

    async def interlock() -> None:
        begun = clock.now()
        for number in range(1, count + 1):
            await clock.sleep_until(begun + number * POLL)
            late.append(clock.now() - (begun + number * POLL))

    poll = asyncio.create_task(interlock())
    await work
    await poll
    return late


def test_a_reading_of_10_power_line_cycles_takes_0_2_s() -> None:
    async def work(resource: Any) -> None:
        await clock.blocking(resource.write, "SENS:VOLT:NPLC 10")
        await clock.blocking(resource.query, "READ?")
        assert clock.now() == pytest.approx(0.2, abs=2e-3)

    over_visa(meter(), work)


def test_an_interlock_is_never_late_beside_slow_readings() -> None:
    async def work(resource: Any) -> None:
        async def readings() -> None:
            await clock.blocking(resource.write, "SENS:VOLT:NPLC 10")
            for _ in range(50):
                await clock.blocking(resource.query, "READ?")

        late = await watched(readings(), 199)
        assert len(late) == 199 and max(late) == 0.0

    over_visa(meter(), work)


def test_an_interlock_is_never_late_beside_a_silent_instrument() -> None:
    async def work(resource: Any) -> None:
        async def silence() -> None:
            with pytest.raises(VisaIOError, match="VI_ERROR_TMO"):
                await clock.blocking(resource.query, "READ?")
            assert clock.now() == 10.0

        late = await watched(silence(), 199)
        assert len(late) == 199 and max(late) == 0.0

    over_visa(FaultyEmulator(meter(), [Silence(at=1, times=None)]), work)


def test_a_time_out_of_the_caller_fires_on_time() -> None:
    async def work(resource: Any) -> None:
        await clock.blocking(resource.write, "SENS:VOLT:NPLC 10;:COUN 100")
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.75):
                await clock.blocking(resource.query, "READ?")
        assert clock.now() == 0.75

    over_visa(meter(), work)


def test_two_instruments_are_read_at_the_same_time() -> None:
    async def main() -> None:
        lines = {name: Line(name, meter()) for name in ("a", "b")}
        for line in lines.values():
            line.start()
        manager = pyvisa.ResourceManager(SimVisaLibrary.over(lines))

        async def read(name: str) -> None:
            found: Any = manager.open_resource(
                f"TCPIP::{name}::5025::SOCKET", read_termination="\n", write_termination="\n"
            )
            await clock.blocking(found.write, "SENS:VOLT:NPLC 10")
            for _ in range(5):
                await clock.blocking(found.query, "READ?")

        await asyncio.gather(read("a"), read("b"))
        assert clock.now() == pytest.approx(5 * 0.2001)
        manager.close()

    clock.run(main(), virtual=True)


def test_serial_silence_beside_an_interlock() -> None:
    async def main() -> None:
        lamp = Sol1(Optics(), serial="SIM-2", rng=stream(1, "lamp"))
        line = Line("t-lamp", FaultyEmulator(lamp, [Silence(at=1)]))
        line.start()
        pyserial_plug.plug({"t-lamp": line})
        port = serial.serial_for_url("sim://t-lamp", timeout=2.0)

        async def ask() -> None:
            port.write(b"ID?*0E\n")
            assert await clock.blocking(port.read_until, b"\n") == b""
            assert clock.now() == 2.0

        late = await watched(ask(), 60)
        assert max(late) == 0.0
        pyserial_plug.unplug({"t-lamp": line})
        line.stop()

    clock.run(main(), virtual=True)


def test_a_sweep_goes_on_while_nobody_reads() -> None:
    port = Resistor()

    async def work(resource: Any) -> None:
        await clock.blocking(resource.write, "SOUR:VOLT:ILIM 0.01;:SENS:CURR:NPLC 10")
        await clock.blocking(resource.write, "SOUR:SWE:VOLT:LIN 0,1,11,0.5,1,BEST;:INIT")
        await clock.sleep(60.0)
        assert await clock.blocking(resource.query, "TRAC:ACT?") == "11"

    over_visa(K2450(port, serial="SIM-3", rng=stream(1, "smu")), work)
    times = [t for _, _, t in port.calls]
    assert times == sorted(times) and 9.0 < times[-1] < 12.0


def test_a_thousand_virtual_hours_without_drift() -> None:
    async def work(resource: Any) -> None:
        for number in range(1, 1001):
            await clock.sleep_until(3600.0 * number)
            await clock.blocking(resource.query, "READ?")
            assert clock.now() == pytest.approx(3600.0 * number + 0.0201, abs=1e-8)
        await clock.sleep_until(3.6e6 + 1.0)
        assert clock.now() == 3.6e6 + 1.0

    over_visa(meter(), work)
