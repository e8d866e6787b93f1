from __future__ import annotations

import asyncio
import socket

import pytest

from labctl import clock
from labctl.errors import BenchError
from sim_backends.emulators.keithley.k2450 import K2450
from sim_backends.faults import FaultyEmulator
from sim_backends.plugs.serve_exchange import Exchange
from sim_backends.plugs.serve_framing import Lines, Raw
from sim_backends.plugs.serve_tcp import TcpServer
from sim_backends.streams import stream
from tests.sim_backends.emulators.talking import Resistor

HOST = "127.0.0.1"


def exchange(events: list[str]) -> Exchange:
    emulator = K2450(Resistor(), serial="SIM-1", rng=stream(1, "meter"))
    made = Exchange(
        "meter", FaultyEmulator(emulator, ()), lambda role, event, what: events.append(event)
    )
    made.start()
    return made


def test_answers_leave_at_once_and_a_client_may_come_again() -> None:
    async def main() -> None:
        events: list[str] = []
        server = TcpServer(exchange(events), Lines, None)
        await server.start(HOST, 0)
        for _ in range(3):
            reader, writer = await asyncio.open_connection(HOST, server.port)
            writer.write(b"*ID")
            await writer.drain()
            writer.write(b"N?\r\n")
            assert b"SIM-1" in await reader.readline()
            (connection,) = server.connections
            assert connection.without_delay
            writer.close()
            await writer.wait_closed()
            while server.connections:
                await clock.sleep(1e-3)
        server.exchange.stop()
        await server.stop()
        assert events == ["connected", "disconnected"] * 3

    clock.run(main(), virtual=False)


def test_a_second_client_of_a_line_is_refused_until_the_first_has_gone() -> None:
    async def main() -> None:
        events: list[str] = []
        server = TcpServer(exchange(events), Raw, 1)
        await server.start(HOST, 0)
        first, first_writer = await asyncio.open_connection(HOST, server.port)
        first_writer.write(b"*OPC?\n")
        assert await first.readline() == b"1\n"
        second, second_writer = await asyncio.open_connection(HOST, server.port)
        second_writer.write(b"*OPC?\n")
        with pytest.raises(ConnectionError):
            if not await second.readline():
                raise ConnectionError
        second_writer.close()
        first_writer.close()
        third, third_writer = await asyncio.open_connection(HOST, server.port)
        third_writer.write(b"*OPC?\n")
        assert await third.readline() == b"1\n"
        third_writer.close()
        server.exchange.stop()
        await server.stop()
        assert events.count("refused") == 1

    clock.run(main(), virtual=False)


def test_a_taken_port_names_itself() -> None:
    async def main() -> None:
        with socket.create_server((HOST, 0)) as taken:
            port = taken.getsockname()[1]
            with pytest.raises(BenchError, match=str(port)):
                await TcpServer(exchange([]), Raw, 1).start(HOST, port)

    clock.run(main(), virtual=False)
