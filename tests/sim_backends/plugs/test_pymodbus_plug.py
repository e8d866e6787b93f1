from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from pymodbus import ModbusException
from pymodbus.client import AsyncModbusSerialClient
from pymodbus.transport.transport import NullModem

from labctl import clock
from sim_backends.emulators.emulator import Emulator
from sim_backends.emulators.eurotherm.e3216 import E3216
from sim_backends.faults import Disconnect, FaultyEmulator, Garble, Silence
from sim_backends.plugs.pymodbus_plug import ModbusPlug
from sim_backends.streams import stream
from tests.sim_backends.emulators.talking import Plate


def chuck() -> E3216:
    return E3216(Plate(), serial="SIM-1", rng=stream(1, "chuck"))


def client(plug: ModbusPlug, timeout: float = 0.5, retries: int = 0) -> AsyncModbusSerialClient:
    return AsyncModbusSerialClient(
        plug.port, baudrate=9600, timeout=timeout, retries=retries, reconnect_delay=0
    )


def with_plugs(
    work: Callable[..., Awaitable[Any]], *emulators: Emulator, virtual: bool = True
) -> None:
    async def main() -> None:
        plugs = [ModbusPlug(f"t{i}", each, 30000 + i) for i, each in enumerate(emulators)]
        for plug in plugs:
            plug.start()
        try:
            await work(*plugs)
        finally:
            for plug in plugs:
                plug.stop()
        assert not NullModem.is_dirty()
        assert asyncio.all_tasks() == {asyncio.current_task()}

    clock.run(main(), virtual=virtual)


@pytest.mark.parametrize("virtual", [True, False])
def test_registers(virtual: bool) -> None:
    async def work(plug: ModbusPlug) -> None:
        master = client(plug)
        assert await master.connect()
        assert (await master.write_register(2, 255, device_id=1)).isError() is False
        before = clock.now()
        answer = await master.read_holding_registers(2, count=1, device_id=1)
        assert answer.registers == [255]
        if virtual:
            assert clock.now() - before == pytest.approx(5e-3 + 15 * 10 / 9600)
        assert (await master.read_input_registers(2, count=1, device_id=1)).registers == [255]
        await master.write_registers(2, [200], device_id=1)
        assert (await master.read_holding_registers(0x900, device_id=1)).exception_code == 2
        master.close()

    with_plugs(work, chuck(), virtual=virtual)


def test_several_at_once_and_time_outs() -> None:
    async def work(good: ModbusPlug, silent: ModbusPlug) -> None:
        one, two = client(good), client(silent, timeout=1.25)
        await one.connect()
        await two.connect()

        async def times_out() -> None:
            with pytest.raises(ModbusException):
                await two.read_holding_registers(1, device_id=1)
            assert clock.now() == 1.25

        task = asyncio.create_task(times_out())
        assert not (await one.read_holding_registers(1, device_id=1)).isError()
        assert clock.now() < 0.1
        await task
        assert not (await two.read_holding_registers(1, device_id=1)).isError()
        one.close()
        two.close()

    with_plugs(work, chuck(), FaultyEmulator(chuck(), [Silence(at=1)]))


def test_a_broken_answer_is_asked_for_again() -> None:
    async def work(plug: ModbusPlug) -> None:
        master = client(plug, retries=1)
        await master.connect()
        answer = await master.read_holding_registers(2, device_id=1)
        assert answer.registers == [200] and 0.5 < clock.now() < 0.6
        master.close()

    with_plugs(work, FaultyEmulator(chuck(), [Garble(at=1)]))


def test_a_lost_line() -> None:
    async def work(plug: ModbusPlug) -> None:
        master = client(plug)
        await master.connect()
        with pytest.raises(ModbusException):
            await master.read_holding_registers(1, device_id=1)
        assert not master.connected
        assert await master.connect()
        assert not (await master.read_holding_registers(1, device_id=1)).isError()
        master.close()

    with_plugs(work, FaultyEmulator(chuck(), [Disconnect(at=1)]))


def test_a_client_can_come_again() -> None:
    async def work(plug: ModbusPlug) -> None:
        for _ in range(3):
            master = client(plug)
            assert await master.connect()
            assert not (await master.read_holding_registers(1, device_id=1)).isError()
            master.close()

    with_plugs(work, chuck())


def test_control_goes_on_without_a_client() -> None:
    async def work(plug: ModbusPlug) -> None:
        master = client(plug)
        await master.connect()
        await master.write_register(2, 400, device_id=1)
        await master.write_register(273, 0, device_id=1)
        master.close()
        await clock.sleep(1800.0)
        await master.connect()
        answer = await master.read_holding_registers(1, device_id=1)
        assert answer.registers[0] == pytest.approx(400, abs=2)
        master.close()

    with_plugs(work, chuck())
