from __future__ import annotations

import asyncio
import struct
from collections.abc import Awaitable, Callable
from itertools import pairwise
from typing import Any

import pytest
from bleak import BleakClient, BleakScanner
from bleak.exc import BleakDeviceNotFoundError, BleakError, BleakGATTProtocolError

from labctl import clock
from sim_backends.emulators.ble.attributes import uuid16
from sim_backends.emulators.ble.environmental import EMULATOR
from sim_backends.models.gas import Air, GasChamber
from sim_backends.plugs import bleak_plug
from sim_backends.plugs.bleak_plug import SimClient, SimScanner
from sim_backends.plugs.radio import SUPERVISION, Radio
from sim_backends.streams import stream

TEMPERATURE = uuid16(0x2A6E)


def with_node(work: Callable[[Radio, GasChamber], Awaitable[Any]], virtual: bool = True) -> None:
    async def main() -> None:
        chamber = GasChamber(Air(temperature=21.5))
        device = EMULATOR(chamber, serial="SIM-7", rng=stream(1, "ess"))
        radio = Radio(device)
        radio.start()
        bleak_plug.plug({device.address: radio})
        try:
            await work(radio, chamber)
        finally:
            radio.stop()
            bleak_plug.unplug({device.address: radio})
        await asyncio.sleep(0)
        assert asyncio.all_tasks() == {asyncio.current_task()}

    clock.run(main(), virtual=virtual)


@pytest.mark.parametrize("virtual", [True, False])
def test_scan_connect_and_read(virtual: bool) -> None:
    async def work(radio: Radio, chamber: GasChamber) -> None:
        found = await BleakScanner.find_device_by_name("ESS SIM-7", 5.0, backend=SimScanner)
        assert found is not None and found.address == radio.peripheral.address
        async with BleakClient(found, backend=SimClient) as client:
            (raw,) = struct.unpack("<h", await client.read_gatt_char(TEMPERATURE))
            assert raw / 100 == pytest.approx(21.5, abs=0.4)
            assert await client.read_gatt_char(uuid16(0x2A25)) == b"SIM-7"
            uuids = {service.uuid for service in client.services}
            assert uuids == {uuid16(0x181A), uuid16(0x180A), uuid16(0x180F)}
            assert client.is_connected
        assert not client.is_connected

    with_node(work, virtual)


def test_a_scan_hears_only_what_it_asks_for_and_no_connected_node() -> None:
    async def work(radio: Radio, chamber: GasChamber) -> None:
        ours = await BleakScanner.discover(1.0, service_uuids=[uuid16(0x181A)], backend=SimScanner)
        others = await BleakScanner.discover(
            1.0, service_uuids=[uuid16(0x180D)], backend=SimScanner
        )
        assert (len(ours), len(others)) == (1, 0)
        async with BleakClient(radio.peripheral.address, backend=SimClient):
            assert await BleakScanner.discover(1.0, backend=SimScanner) == []

    with_node(work)


def test_notifications_on_change_and_every_minute() -> None:
    async def work(radio: Radio, chamber: GasChamber) -> None:
        heard: list[tuple[float, bytes]] = []
        async with BleakClient(radio.peripheral.address, backend=SimClient) as client:
            characteristic = client.services.get_characteristic(uuid16(0x2B8C))
            assert characteristic is not None
            trigger = characteristic.get_descriptor(uuid16(0x290D))
            assert trigger is not None
            await client.write_gatt_descriptor(trigger.handle, b"\x01\x3c\x00\x00")
            assert await client.read_gatt_descriptor(trigger.handle) == b"\x01\x3c\x00\x00"
            began = clock.now()
            await client.start_notify(
                characteristic, lambda _, value: heard.append((clock.now() - began, bytes(value)))
            )
            await clock.sleep(600.0)
            await client.stop_notify(characteristic)
            count = len(heard)
            await clock.sleep(600.0)
            assert len(heard) == count
        assert count in (10, 11) and all(len(value) == 2 for _, value in heard)
        gaps = [b[0] - a[0] for a, b in pairwise(heard)]
        assert gaps == pytest.approx([60.0] * len(gaps))

    with_node(work)


def test_out_of_reach_the_connection_is_lost_and_can_be_made_again() -> None:
    async def work(radio: Radio, chamber: GasChamber) -> None:
        lost: list[float] = []
        client = BleakClient(
            radio.peripheral.address,
            lambda _: lost.append(clock.now()),
            timeout=10.0,
            backend=SimClient,
        )
        await client.connect()
        radio.move(False)
        away = clock.now()
        with pytest.raises(BleakError, match="disconnected"):
            await client.read_gatt_char(TEMPERATURE)
        assert lost == [pytest.approx(away + SUPERVISION)]
        with pytest.raises(BleakError, match="Not connected"):
            await client.read_gatt_char(TEMPERATURE)
        before = clock.now()
        with pytest.raises(BleakDeviceNotFoundError):
            await client.connect()
        assert clock.now() - before == pytest.approx(10.0)
        radio.move(True)
        await client.connect()
        assert len(await client.read_gatt_char(TEMPERATURE)) == 2
        await client.disconnect()
        assert len(lost) == 1

    with_node(work)


def test_a_refused_write_carries_its_code() -> None:
    async def work(radio: Radio, chamber: GasChamber) -> None:
        async with BleakClient(radio.peripheral.address, backend=SimClient) as client:
            with pytest.raises(BleakGATTProtocolError) as caught:
                await client.write_gatt_char(TEMPERATURE, b"\x00\x00", response=True)
            assert caught.value.code == 3

    with_node(work)
