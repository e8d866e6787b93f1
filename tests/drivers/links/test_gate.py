"""A gate is asked before every transaction, whatever the kind of line."""

from __future__ import annotations

import re
from typing import cast

import pytest

from drivers.links.doors import Doors
from drivers.links.gate import behind
from drivers.links.line import Line
from drivers.links.link import MessageLink
from drivers.links.opening import open_link
from drivers.links.settings import MessageSettings
from drivers.registry import load_driver
from labctl import clock
from rigs.bench import load_bench
from rigs.benches import simulated_bench
from rigs.opening import doors_of
from rigs.serving import alone
from tests.drivers.links.serving import serving

BENCH = load_bench(simulated_bench("reference"))
ROLES = (
    "source_meter",  # VISA
    "mass_flow_controller",  # lines of text on a serial port
    "gas_sensor",  # frames on a serial port
    "temperature_controller",  # Modbus RTU
    "ups",  # Modbus TCP
    "environment_node",  # Bluetooth
)


class Refused(Exception):
    """What the gates of these tests raise."""


def closed(address: str) -> None:
    raise Refused(address)


@pytest.mark.parametrize("role", ROLES)
def test_a_line_behind_a_closed_gate_opens_and_closes_and_sends_nothing(role: str) -> None:
    driver = load_driver(BENCH.roles[role].driver)

    async def main() -> None:
        sim = alone(BENCH, role, 1)
        sim.open(clock.now())
        address = sim.address(role)
        link = await open_link(address, doors_of(BENCH, sim), driver.settings, gate=closed)
        with pytest.raises(Refused, match=re.escape(address)):
            await driver(link, {}).identify()
        await link.resync()
        await link.close()
        sim.close()

    clock.run(main(), virtual=True)


def test_a_connection_behind_a_closed_gate_sends_nothing() -> None:
    async def main() -> None:
        async with serving() as served:
            address = f"tcp://127.0.0.1:{served.port}"
            opened = await open_link(address, Doors(), MessageSettings(), gate=closed)
            link = cast(MessageLink, opened)
            with pytest.raises(Refused, match=address):
                await link.query("*IDN?")
            with pytest.raises(Refused, match=address):
                await link.write("*RST")
            await link.close()
            assert served.lines == []

    clock.run(main(), virtual=False)


def test_a_line_keeps_the_gate_under_which_it_was_made() -> None:
    async def work() -> str:
        return "sent"

    async def resync() -> None:
        """Nothing to bring in order."""

    async def main() -> str:
        with behind(closed):
            line = Line("x", resync)
        with pytest.raises(Refused, match="x"):
            await line.transact(work)
        assert not line.is_dirty
        return await Line("y", resync).transact(work)

    assert clock.run(main(), virtual=True) == "sent"
