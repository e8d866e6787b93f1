from __future__ import annotations

import asyncio
import struct
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from bleak import BleakClient
from bleak.exc import BleakError

from labctl import clock
from labctl.errors import BenchError
from sim_backends.emulators.ble.attributes import uuid16
from sim_backends.emulators.ble.environmental import EMULATOR
from sim_backends.faults import (
    Delay,
    Disconnect,
    Fault,
    Garble,
    Reboot,
    Saturate,
    Sensor,
    Silence,
    Stuck,
    Truncate,
)
from sim_backends.faulty_peripheral import FaultyPeripheral, Unanswered
from sim_backends.faulty_ports import spoiled
from sim_backends.models.gas import Air, GasChamber
from sim_backends.plugs import bleak_plug
from sim_backends.plugs.bleak_plug import SimClient
from sim_backends.plugs.radio import TRANSACTION, Radio
from sim_backends.streams import stream

GAS = uuid16(0x2B8C)


def with_faults(
    work: Callable[[Any, GasChamber, list[float]], Awaitable[None]], *faults: Fault
) -> None:
    async def main() -> None:
        sensor, chamber = Sensor(), GasChamber(Air(carbon_dioxide=1000e-6))
        port = spoiled(chamber, sensor)
        assert port is not None
        node = EMULATOR(port, serial="SIM-7", rng=stream(1, "ess"))
        radio = Radio(FaultyPeripheral(node, faults, sensor))
        radio.start()
        bleak_plug.plug({node.address: radio})
        lost: list[float] = []
        client = BleakClient(
            node.address, lambda _: lost.append(clock.now()), backend=SimClient, timeout=2.0
        )
        try:
            await client.connect()
            await work(client, chamber, lost)
        finally:
            await client.disconnect()
            radio.stop()
            bleak_plug.unplug({node.address: radio})
        await asyncio.sleep(0)
        assert asyncio.all_tasks() == {asyncio.current_task()}

    clock.run(main(), virtual=True)


async def ppm(client: Any) -> int:
    return struct.unpack("<H", await client.read_gatt_char(GAS))[0]


def test_silence_ends_the_connection_after_the_transaction_time_out() -> None:
    async def work(client: Any, chamber: GasChamber, lost: list[float]) -> None:
        await ppm(client)
        before = clock.now()
        with pytest.raises(BleakError, match="disconnected"):
            await ppm(client)
        assert lost == [pytest.approx(before + TRANSACTION, abs=0.1)]
        await client.connect()
        assert await ppm(client) > 900

    with_faults(work, Silence(at=2))


def test_a_disconnect() -> None:
    async def work(client: Any, chamber: GasChamber, lost: list[float]) -> None:
        before = clock.now()
        with pytest.raises(BleakError, match="disconnected"):
            await ppm(client)
        assert lost == [pytest.approx(before, abs=0.1)] and not client.is_connected

    with_faults(work, Disconnect())


def test_late_garbled_cut_and_stuck_values() -> None:
    async def work(client: Any, chamber: GasChamber, lost: list[float]) -> None:
        before = clock.now()
        sound = await ppm(client)
        assert clock.now() - before > 3.0
        assert abs((await ppm(client) ^ 0x0101) - sound) < 30
        assert len(await client.read_gatt_char(GAS)) == 1
        stuck = await ppm(client)
        chamber.feed(9000e-6, 1.0, clock.now())
        await clock.sleep(60.0)
        assert await ppm(client) == stuck and not lost

    with_faults(work, Delay(seconds=3.0), Garble(at=2, mask=1), Truncate(at=3, keep=1), Stuck(at=4))


def test_a_saturated_sensor_and_what_a_node_cannot_have() -> None:
    async def work(client: Any, chamber: GasChamber, lost: list[float]) -> None:
        assert 350 < await ppm(client) < 450

    with_faults(work, Saturate(high=400e-6))
    node = EMULATOR(GasChamber(Air()), serial="SIM-7", rng=stream(1, "ess"))
    with pytest.raises(BenchError, match="saturate"):
        FaultyPeripheral(node, [Saturate(high=0.0)])


def test_a_reboot_is_silent_to_scanners_too() -> None:
    node = EMULATOR(GasChamber(Air()), serial="SIM-7", rng=stream(1, "ess"))
    faulty = FaultyPeripheral(node, [])
    faulty.add(Reboot(seconds=5.0))
    handle = node.services[0].characteristics[0].handle
    with pytest.raises(Unanswered):
        faulty.read(handle, 10.0)
    assert faulty.advertise(14.0) is None and faulty.advertise(15.0) is not None
    faulty.heal()
    assert faulty.read(handle, 20.0)
