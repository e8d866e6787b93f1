"""VISA link in real time, over loopback TCP, through pyvisa-py's own socket."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import pytest

from drivers.links import visa
from drivers.links.link import MessageLink
from drivers.links.opening import open_message_link
from drivers.links.settings import MessageSettings
from drivers.links.visa_stream import VisaTransport
from labctl import clock
from labctl.errors import LinkError
from tests.drivers.links.serving import turns

T = TypeVar("T")
QUICK = MessageSettings(timeout=0.5, quiet=0.05)


async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Echoes queries; `SILENT?` has no answer, `HALF?` half of one, `LATE?` one after 0.6 s."""
    try:
        while line := (await reader.readline()).decode("ascii").strip():
            await answer(line, writer)
    except ConnectionError:
        pass  # hung up by the other end
    finally:
        writer.close()


async def answer(line: str, writer: asyncio.StreamWriter) -> None:
    """What `serve` says to `line`."""
    if line == "HALF?":
        writer.write(b"+1.234")
    elif line == "LATE?":
        await asyncio.sleep(0.6)
        writer.write(b"LATE?\n")
    elif line == "LONG?":
        writer.write(b"7" * 100_000 + b"\n")
    elif line == "TWO?":
        writer.write(b"one\ntwo\n")
    elif line.startswith("LEN?"):
        writer.write(f"{len(line)}\n".encode("ascii"))
    elif line.endswith("?") and line != "SILENT?":
        writer.write(line.encode("ascii") + b"\n")
    await writer.drain()


def run(body: Callable[[MessageLink], Awaitable[T]]) -> T:
    async def main() -> T:
        server = await asyncio.start_server(serve, "127.0.0.1", 0, limit=2**20)
        port = server.sockets[0].getsockname()[1]
        link = await open_message_link(f"visa://TCPIP::127.0.0.1::{port}::SOCKET", None, QUICK)
        try:
            return await body(link)
        finally:
            await link.close()
            await turns()
            server.close()
            await turns()

    return clock.run(main(), virtual=False)


def test_query_write_and_long_answer() -> None:
    async def body(link: MessageLink) -> None:
        await link.write("OUTP OFF")
        assert await link.query("*IDN?") == "*IDN?"
        assert await link.query("LONG?") == "7" * 100_000

    run(body)


def test_a_second_line_is_no_answer_to_the_next_command() -> None:
    async def body(link: MessageLink) -> list[str]:
        return [await link.query("TWO?"), await link.query("NEXT?")]

    assert run(body) == ["one", "NEXT?"]


def test_a_command_longer_than_the_socket_takes_at_once() -> None:
    long = "LEN?" + "x" * 600_000

    async def body(link: MessageLink) -> list[str]:
        await link.write(long.replace("?", "!"))
        return [await link.query(long), await link.query("NEXT?")]

    assert run(body) == [str(len(long)), "NEXT?"]


def test_commands_leave_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    options: list[int] = []

    class Watched(VisaTransport):
        def __init__(self, resource: Any, session: Any, received: Any) -> None:
            line: socket.socket = session.interface
            options.append(line.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
            super().__init__(resource, session, received)

    monkeypatch.setattr(visa, "VisaTransport", Watched)

    async def body(link: MessageLink) -> str:
        return await link.query("*IDN?")

    assert run(body) == "*IDN?"
    assert options and options[0] != 0


def test_time_out_names_what_came_so_far() -> None:
    async def body(link: MessageLink) -> LinkError:
        with pytest.raises(LinkError) as caught:
            await link.query("HALF?")
        assert await link.query("NEXT?") == "NEXT?"
        return caught.value

    error = run(body)
    assert error.answer == "+1.234"
    assert error.command == "HALF?"
    assert error.address.startswith("visa://TCPIP::127.0.0.1::")


def test_loop_is_free_while_an_instrument_is_silent() -> None:
    async def body(link: MessageLink) -> int:
        ticks = 0
        query = asyncio.create_task(link.query("SILENT?"))
        while not query.done():
            await asyncio.sleep(0.01)
            ticks += 1
        assert isinstance(query.exception(), LinkError)
        return ticks

    assert run(body) > 10


def test_late_answer_is_dropped_before_the_next_command() -> None:
    async def body(link: MessageLink) -> str:
        with pytest.raises(LinkError):
            await link.query("LATE?")
        await clock.sleep(0.2)
        return await link.query("NEXT?")

    assert run(body) == "NEXT?"


def test_cancelled_query_is_finished_before_the_next_command() -> None:
    async def body(link: MessageLink) -> str:
        task = asyncio.create_task(link.query("LATE?", timeout=2.0))
        await clock.sleep(0.05)
        task.cancel()
        return await link.query("NEXT?")

    assert run(body) == "NEXT?"


def test_refused_connection_is_a_link_error_at_once() -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        port = holder.getsockname()[1]

    with pytest.raises(LinkError, match="cannot be opened"):
        clock.run(open_message_link(f"visa://TCPIP::127.0.0.1::{port}::SOCKET"), virtual=False)
