"""Our links and drivers against simulators and brokers that others wrote."""

from __future__ import annotations

import asyncio
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from drivers.eurotherm.e3216 import DRIVER as Eurotherm
from drivers.links.doors import Doors
from drivers.links.opening import open_message_link, open_register_link, open_topic_link
from drivers.links.settings import MessageSettings
from labctl import clock
from labctl.errors import InstrumentError, LinkError
from tests.foreign.libraries import library

HOST = "127.0.0.1"
PATIENCE = 30.0
"""Seconds that a server has to listen; a guard against hanging only."""


def free_port() -> int:
    with socket.create_server((HOST, 0)) as found:
        return found.getsockname()[1]


@contextmanager
def serving(port: int, *command: str) -> Iterator[None]:
    """Another party's server in a process of its own."""
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        clock.run(_until_listening(port), virtual=False)
        yield
    finally:
        process.terminate()
        process.wait(PATIENCE)


async def _until_listening(port: int) -> None:
    async with asyncio.timeout(PATIENCE):
        while True:
            try:
                _, writer = await asyncio.open_connection(HOST, port)
            except OSError:
                await clock.sleep(0.05)
                continue
            writer.close()
            await writer.wait_closed()
            return


WORDS = {1: 253, 75: 0, 107: 0x0203, 111: 1500, 112: 65336, 122: 0x3260, 516: 0, 525: 1, 629: 4711}
"""A 3216 at 25.3 degC, by the handbook HA028651."""


def test_our_eurotherm_driver_on_the_simulator_of_pymodbus() -> None:
    simulator = library("pymodbus.simulator")
    server_class = library("pymodbus.server").ModbusTcpServer
    kind = simulator.DataType.REGISTERS
    words = [simulator.SimData(at, values=value, datatype=kind) for at, value in WORDS.items()]
    port = free_port()

    async def main() -> None:
        server = server_class(simulator.SimDevice(1, simdata=words), address=(HOST, port))
        await server.serve_forever(background=True)
        link = await open_register_link(f"modbus+tcp://{HOST}:{port}?unit=1", Eurotherm.settings)
        try:
            driver = Eurotherm(link, {})
            identity = await driver.identify()
            assert (identity.model, identity.serial) == ("3216", "4711")
            assert (await driver.temperature()).value == pytest.approx(25.3)
            with pytest.raises(InstrumentError):
                await driver.output_power()
        finally:
            await link.close()
            await server.shutdown()

    clock.run(main(), virtual=False)


def test_our_visa_link_on_the_default_instruments_of_pyvisa_sim() -> None:
    library("pyvisa_sim")
    settings = MessageSettings(timeout=1.0)

    async def main() -> None:
        link = await open_message_link(
            "visa://TCPIP0::localhost::inst0::INSTR", Doors(vendor_library="@sim"), settings
        )
        try:
            assert await link.query("?IDN") == "LSG Serial #1234"
            assert await link.query("!FREQ 10.30") == "OK"
            assert float(await link.query("?FREQ")) == 10.3
            assert await link.query("!NO SUCH") == "ERROR"
        finally:
            await link.close()

    clock.run(main(), virtual=False)


def test_our_topic_link_on_mosquitto(tmp_path: Path) -> None:
    broker = shutil.which("mosquitto", path=f"{Path('/usr/sbin')}:{Path('/usr/bin')}")
    if broker is None:
        pytest.skip("mosquitto is not installed (a system package)")
    port = free_port()
    settings = tmp_path / "mosquitto.conf"
    settings.write_text(f"listener {port} {HOST}\nallow_anonymous true\n", encoding="utf-8")

    async def main() -> None:
        link = await open_topic_link(f"mqtt://{HOST}:{port}")
        other = await open_topic_link(f"mqtt://{HOST}:{port}")
        try:
            await other.publish("lab/kept", b"23.5", retain=True)
            async with link.messages("lab/+") as arriving:
                kept = await anext(arriving)
                assert (kept.payload, kept.retained) == (b"23.5", True)
                await other.publish("lab/fresh", b"24.0")
                fresh = await anext(arriving)
                assert (fresh.topic, fresh.retained) == ("lab/fresh", False)
            with pytest.raises(LinkError):
                await link.request("lab/ask", b"?", "lab/answer", timeout=0.5)
        finally:
            await link.close()
            await other.close()

    with serving(port, broker, "-c", str(settings)):
        clock.run(main(), virtual=False)
