"""Serial link: over pyserial's own loop, and over a simulated port in virtual time."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import pytest
import serial

from drivers.links.doors import Doors
from drivers.links.opening import open_message_link
from drivers.links.serial import SerialLink, not_opened, port_settings
from drivers.links.settings import MessageSettings
from drivers.links.worker import Worker
from labctl import clock
from labctl.errors import LinkError, UsageError
from tests.drivers.links.serial_port import Port

T = TypeVar("T")
ADDRESS = "serial://sim"


def echo(data: bytes) -> bytes:
    return data.strip() + b"\r\n" if data.strip() else b""


def run(body: Callable[[SerialLink, Port], Awaitable[T]], delay: float = 0.02) -> T:
    async def main() -> T:
        port = Port(delay, echo)
        settings = MessageSettings(read_terminator="\r\n", timeout=1.0)
        link = SerialLink(ADDRESS, port, Worker(ADDRESS, simulated=True), settings)
        try:
            return await body(link, port)
        finally:
            await link.close()
            await link.close()
            assert port.closed_times == 1

    return clock.run(main(), virtual=True)


def test_query_in_virtual_time() -> None:
    async def body(link: SerialLink, port: Port) -> tuple[str, float]:
        return await link.query("ID?"), clock.now()

    assert run(body) == ("ID?", 0.02)


def test_concurrent_callers_are_never_interleaved() -> None:
    async def body(link: SerialLink, port: Port) -> list[bytes]:
        answers = await asyncio.gather(*(link.query(f"Q{i}?") for i in range(10)))
        assert answers == [f"Q{i}?" for i in range(10)]
        return port.sent

    assert run(body) == [f"Q{i}?\n".encode("ascii") for i in range(10)]


def test_late_answer_is_dropped_before_the_next_command() -> None:
    async def body(link: SerialLink, port: Port) -> str:
        with pytest.raises(LinkError) as caught:
            await link.query("SLOW?")
        assert caught.value.command == "SLOW?"
        assert caught.value.answer == ""
        port.delay = 0.02
        return await link.query("NEXT?")

    assert run(body, delay=1.1) == "NEXT?"


def test_cancelled_query_ends_in_its_turn_and_half_a_command_is_ended() -> None:
    async def body(link: SerialLink, port: Port) -> list[bytes]:
        task = asyncio.create_task(link.query("SLOW?"))
        await clock.sleep(0.1)
        task.cancel()
        assert await link.query("NEXT?") == "NEXT?"
        return port.sent

    assert run(body, delay=0.5) == [b"SLOW?\n", b"\n", b"NEXT?\n"]


def test_half_an_answer_is_named() -> None:
    async def main() -> LinkError:
        port = Port(0.02, lambda data: b"= 99" if data.strip() else b"")
        settings = MessageSettings(read_terminator="\r\n")
        link = SerialLink(ADDRESS, port, Worker(ADDRESS, simulated=True), settings)
        with pytest.raises(LinkError) as caught:
            await link.query("MON?")
        await link.close()
        return caught.value

    error = clock.run(main(), virtual=True)
    assert (error.address, error.command, error.answer) == (ADDRESS, "MON?", "= 99")


def test_real_loop_in_real_time() -> None:
    async def main() -> str:
        settings = MessageSettings(timeout=0.5, quiet=0.02)
        link = await open_message_link("serial://loop://?baudrate=115200", None, settings)
        await link.write("left over")
        await link.resync()
        answer = await link.query("ID?")
        await link.close()
        return answer

    assert clock.run(main(), virtual=False) == "ID?"


def test_a_port_that_is_not_there_is_a_link_error() -> None:
    for simulated in (False, True):
        doors = Doors(simulated=simulated)
        with pytest.raises(LinkError, match="cannot be opened"):
            clock.run(open_message_link("serial:///dev/no-such-port", doors), virtual=simulated)


def test_options_of_the_port() -> None:
    frame = port_settings("", {"baudrate": "19200", "parity": "e", "stopbits": "2"})
    assert (frame.baudrate, frame.bytesize, frame.parity, frame.stopbits) == (19200, 8, "E", 2)
    for options in ({"baudrate": "fast"}, {"parity": "X"}, {"stopbits": "3"}):
        with pytest.raises(UsageError):
            port_settings(ADDRESS, options)


@pytest.mark.parametrize(
    ("said", "remedy"),
    [
        ("[Errno 13] could not open port /dev/ttyUSB0: Permission denied", "dialout"),
        ("could not open port 'COM3': PermissionError(13, 'Access is denied.')", "other program"),
        ("[Errno 16] could not open port /dev/ttyS0: Device or resource busy", "other program"),
        ("Could not exclusively lock port /dev/ttyUSB0", "other program"),
        ("[Errno 2] No such file or directory: '/dev/ttyUSB9'", "port's name"),
    ],
)
def test_what_to_do_about_a_port_that_cannot_be_opened(said: str, remedy: str) -> None:
    error = not_opened(ADDRESS, serial.SerialException(said))
    assert remedy in error.remedy
    assert "\n" not in str(error)
