"""Raw frames over a socket and over pyserial."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from types import SimpleNamespace
from typing import TypeVar

import pytest
import serial.tools.list_ports
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.links.link import BytesLink
from drivers.links.opening import open_bytes_link, open_message_link
from drivers.links.serial_bytes import SerialBytesLink
from drivers.links.settings import BytesSettings
from drivers.links.worker import Worker
from labctl import clock
from labctl.errors import LinkError
from tests.drivers.links.serial_port import Port

T = TypeVar("T")
SETTINGS = BytesSettings(timeout=0.5, quiet=0.03)
each_line = pytest.mark.parametrize("address", ["tcp://127.0.0.1:{}", "socket://127.0.0.1:{}"])


def frame(data: bytes) -> int | None:
    """A length, so many bytes, and their sum."""
    if len(data) < data[0] + 2:
        return None
    if sum(data[1 : data[0] + 1]) & 0xFF != data[data[0] + 1]:
        raise ValueError("wrong check sum")
    return data[0] + 2


def framed(data: bytes) -> bytes:
    return bytes([len(data)]) + data + bytes([sum(data) & 0xFF])


async def answering(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answers a frame with itself, byte by byte; `?` with a broken one, `!` not, `2` twice."""
    try:
        while True:
            size = (await reader.readexactly(1))[0]
            data = (await reader.readexactly(size + 1))[:-1]
            answer = framed(data) * (2 if data == b"2" else 1)
            if data == b"?":
                answer = answer[:-1] + b"\0"
            for byte in answer if data != b"!" else b"":
                writer.write(bytes([byte]))
                await asyncio.sleep(0)
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()


def run(address: str, body: Callable[[BytesLink], Awaitable[T]]) -> T:
    async def main() -> T:
        server = await asyncio.start_server(answering, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        link = await open_bytes_link(address.format(port), None, SETTINGS)
        try:
            return await body(link)
        finally:
            await link.close()
            server.close()
            await asyncio.sleep(0.01)

    return clock.run(main(), virtual=False)


@each_line
def test_frames_of_any_bytes(address: str) -> None:
    async def body(link: BytesLink) -> None:
        for data in (b"\n", b"\0\xff\r\n", bytes(range(200))):
            assert await link.exchange(framed(data), frame) == framed(data)

    run(address, body)


@each_line
def test_a_second_frame_waits_to_be_read_and_is_no_answer(address: str) -> None:
    async def body(link: BytesLink) -> None:
        assert await link.exchange(framed(b"2"), frame) == framed(b"2")
        assert await link.read_until(frame) == framed(b"2")
        assert await link.exchange(framed(b"2"), frame) == framed(b"2")
        await clock.sleep(0.02)
        assert await link.exchange(framed(b"A"), frame) == framed(b"A")

    run(address, body)


@each_line
def test_a_broken_frame_and_silence_are_named(address: str) -> None:
    async def body(link: BytesLink) -> None:
        with pytest.raises(LinkError, match="wrong check sum") as caught:
            await link.exchange(framed(b"?"), frame)
        assert caught.value.command == "01 3f 3f"
        assert caught.value.answer
        with pytest.raises(LinkError, match="no whole answer"):
            await link.exchange(framed(b"!"), frame, 0.05)
        assert await link.exchange(framed(b"A"), frame) == framed(b"A")

    run(address, body)


@each_line
def test_a_cancelled_exchange_leaves_nothing_behind(address: str) -> None:
    async def body(link: BytesLink) -> bytes:
        task = asyncio.create_task(link.exchange(framed(b"B" * 100), frame))
        await asyncio.sleep(0.001)
        task.cancel()
        return await link.exchange(framed(b"A"), frame)

    assert run(address, body) == framed(b"A")


@each_line
def test_waiting_for_a_frame_that_nobody_wants_any_more_is_cut_short(address: str) -> None:
    async def body(link: BytesLink) -> tuple[bytes, float]:
        task = asyncio.create_task(link.read_until(frame, 600.0))
        await asyncio.sleep(0.02)
        task.cancel()
        began = clock.now()
        return await link.exchange(framed(b"A"), frame), clock.now() - began

    answer, waited = run(address, body)
    assert answer == framed(b"A")
    assert waited < 60.0  # far from the 600 s of who is gone


def test_on_a_simulated_port_too() -> None:
    async def main() -> float:
        port = Port(0.01, lambda data: data)
        worker = Worker("serial://sim", simulated=True)
        link = SerialBytesLink("serial://sim", port, worker, SETTINGS)
        task = asyncio.create_task(link.read_until(frame, 600.0))
        await clock.sleep(1.0)
        task.cancel()
        assert await link.exchange(framed(b"A"), frame) == framed(b"A")
        await link.close()
        return clock.now()

    assert clock.run(main(), virtual=True) == pytest.approx(1.0 + SETTINGS.quiet + 0.01)


@settings(max_examples=50, derandomize=True)
@given(st.binary(min_size=1, max_size=30), st.lists(st.integers(1, 32), max_size=5))
def test_any_split_of_a_frame_gives_the_frame(data: bytes, cuts: list[int]) -> None:
    whole = framed(data)
    for cut in cuts:
        found = frame(whole[:cut]) if whole[:cut] else None
        assert found is None or whole[:found] == whole


def test_a_port_by_the_serial_number_of_its_adapter(monkeypatch: pytest.MonkeyPatch) -> None:
    ports = [
        SimpleNamespace(serial_number="FT1", device="loop://"),
        SimpleNamespace(serial_number=None, device="x"),
    ]
    monkeypatch.setattr(serial.tools.list_ports, "comports", lambda: ports)

    async def main() -> str:
        link = await open_message_link("serial://usb:FT1?baudrate=19200")
        try:
            return await link.query("hello")
        finally:
            await link.close()

    assert clock.run(main(), virtual=False) == "hello"
    with pytest.raises(LinkError, match="'FT2'") as caught:
        clock.run(open_message_link("serial://usb:FT2"), virtual=False)
    assert "FT1 (loop://)" in caught.value.remedy
