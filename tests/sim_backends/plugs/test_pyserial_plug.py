from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
import serial

from labctl import clock
from sim_backends.emulators.emulator import Emulator
from sim_backends.emulators.llp.sol1 import Sol1
from sim_backends.faults import Disconnect, FaultyEmulator, Silence
from sim_backends.plugs import pyserial_plug
from sim_backends.plugs.line import Line
from sim_backends.streams import stream
from tests.sim_backends.emulators.talking import Optics, sealed

URL = "sim://t-lamp?baudrate=115200"


def lamp() -> Sol1:
    return Sol1(Optics(), serial="SIM-1", rng=stream(1, "lamp"))


def with_lamp(
    work: Callable[[Line], Awaitable[Any]], emulator: Emulator | None = None, virtual: bool = True
) -> None:
    async def main() -> None:
        line = Line("t-lamp", emulator or lamp())
        line.start()
        pyserial_plug.plug({"t-lamp": line})
        try:
            await work(line)
        finally:
            pyserial_plug.unplug({"t-lamp": line})
            line.stop()

    clock.run(main(), virtual=virtual)


def ask(port: serial.SerialBase, command: str) -> bytes:
    port.write(sealed(command))
    return port.read_until(b"\n")


@pytest.mark.parametrize("virtual", [True, False])
def test_a_conversation(virtual: bool) -> None:
    async def work(line: Line) -> None:
        port = serial.serial_for_url(URL, baudrate=115200, timeout=1.0)
        assert (await clock.blocking(ask, port, "ID?")).startswith(b"= labctl LLP-SOL1 SIM-1")
        assert (await clock.blocking(ask, port, "LAMP 1")).startswith(b"OK*")
        port.baudrate = 9600
        port.reset_input_buffer()
        port.reset_output_buffer()
        port.flush()
        assert port.in_waiting == port.out_waiting == 0
        assert port.cts and port.dsr and port.cd and not port.ri
        port.close()
        port.close()
        with pytest.raises(serial.PortNotOpenError):
            port.write(b"x")

    with_lamp(work, virtual=virtual)


def test_time_outs_are_exact() -> None:
    async def work(line: Line) -> None:
        port = serial.serial_for_url(URL, timeout=0.75)
        assert await clock.blocking(ask, port, "ID?") == b"" and clock.now() == 0.75
        port.timeout = 0
        assert await clock.blocking(port.read, 5) == b"" and clock.now() == 0.75
        port.timeout = 2.0
        port.write(sealed("LAMP?"))
        assert await clock.blocking(port.read, 500) == b"= 0*4E\r\n" and clock.now() == 2.75
        port.timeout = None
        port.write(sealed("LAMP?"))
        assert await clock.blocking(port.read, 3) == b"= 0" and clock.now() == 2.755
        assert port.in_waiting == 5

    with_lamp(work, FaultyEmulator(lamp(), [Silence(at=1)]))


def test_a_lost_port() -> None:
    async def work(line: Line) -> None:
        port = serial.serial_for_url(URL, timeout=5.0)
        with pytest.raises(serial.SerialException, match="disconnected"):
            await clock.blocking(ask, port, "ID?")
        with pytest.raises(serial.SerialException, match="disconnected"):
            port.write(b"x")
        assert b"LLP-SOL1" in await clock.blocking(
            ask, serial.serial_for_url(URL, timeout=5.0), "ID?"
        )
        line.stop()
        with pytest.raises(serial.SerialException, match="no such simulated line"):
            serial.serial_for_url(URL)

    with_lamp(work, FaultyEmulator(lamp(), [Disconnect(at=1)]))


def test_opening_what_is_not_there() -> None:
    async def work(line: Line) -> None:
        with pytest.raises(serial.SerialException, match="no such simulated line"):
            serial.serial_for_url("sim://other")
        with pytest.raises(serial.SerialException, match="expected sim://"):
            serial.serial_for_url("sim:///other")
        port = serial.serial_for_url("sim://t-lamp", do_not_open=True)
        assert not port.is_open
        port.open()
        with pytest.raises(serial.SerialException, match="already open"):
            port.open()

    with_lamp(work)
