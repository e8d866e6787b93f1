from __future__ import annotations

import asyncio
import sys
import types
from typing import Any

import pytest
import pyvisa
import serial
from bleak import BleakClient
from pymodbus.client import AsyncModbusSerialClient, AsyncModbusTcpClient
from pymodbus.transport.transport import NullModem

from labctl import clock
from labctl.errors import BenchError
from sim_backends.bench import RoleSpec, SimBench
from sim_backends.emulators.ble.attributes import uuid16
from sim_backends.emulators.trace_file import parse
from sim_backends.faults import Saturate, Silence
from sim_backends.models.battery_pack import BatteryPack, PackParameters, StoragePlant
from sim_backends.models.gas import Air, GasChamber
from sim_backends.models.mains import Mains
from sim_backends.models.ups_plant import BatteryParameters, LeadAcidBattery, UpsPlant
from sim_backends.streams import stream

WORLD = "acme_plant.sim_backends.worlds.plant"

ROLES = {
    "storage_tcp": RoleSpec("sunspec.storage", "storage", "sim:modbus-tcp"),
    "storage_rtu": RoleSpec("sunspec.storage", "storage_again", "sim:modbus-rtu"),
    "gas": RoleSpec("winsen.mhz19b", "air", "sim:serial"),
    "node": RoleSpec("ble.environmental", "air", "sim:ble"),
    "ups": RoleSpec("apc.smart_ups", "ups", "sim:modbus-tcp"),
}


class Plant:
    """A world with what stands behind the newer doors."""

    def __init__(self) -> None:
        mains, air = Mains(), GasChamber(Air(carbon_dioxide=900e-6))
        packs = [BatteryPack(PackParameters(), charge=0.5, rng=stream(n, "pack")) for n in (1, 2)]
        self.ports: dict[str, Any] = {
            "storage": StoragePlant(packs[0], mains),
            "storage_again": StoragePlant(packs[1], mains),
            "air": air,
            "ups": UpsPlant(mains, LeadAcidBattery(BatteryParameters())),
        }


@pytest.fixture(autouse=True)
def plant(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another lab's package with a world of its own."""
    names = WORLD.split(".")
    for depth in range(1, len(names) + 1):
        name = ".".join(names[:depth])
        module = types.ModuleType(name)
        module.__path__ = []
        monkeypatch.setitem(sys.modules, name, module)
    sys.modules[WORLD].build = lambda device, *, seed, t0: Plant()  # type: ignore[attr-defined]


def bench(roles: Any = None, **more: Any) -> SimBench:
    return SimBench(WORLD, roles or ROLES, None, 1, **more)


async def words(address: str, register: int, count: int) -> list[int]:
    scheme, _, rest = address.partition("://")
    where, _, _ = rest.partition("?")
    if scheme == "modbus+tcp":
        host, _, port = where.rpartition(":")
        master: Any = AsyncModbusTcpClient(host, port=int(port), retries=0, reconnect_delay=0)
    else:
        master = AsyncModbusSerialClient(where, retries=0, reconnect_delay=0)
    await master.connect()
    answer = await master.read_holding_registers(register, count=count, device_id=1)
    master.close()
    return answer.registers


def test_modbus_tcp_serial_and_bluetooth_doors_on_one_bench() -> None:
    async def main() -> None:
        opened = bench()
        opened.open(0.0)
        try:
            for role in ("storage_tcp", "storage_rtu"):
                assert await words(opened.address(role), 40000, 2) == [0x5375, 0x6E53]
            assert await words(opened.address("ups"), 2050, 2) == [0x3132, 0x3334]
            port = serial.serial_for_url(opened.address("gas").removeprefix("serial://"), timeout=1)
            port.write(bytes.fromhex("FF 01 86 00 00 00 00 00 79"))
            answer = await clock.blocking(port.read, 9)
            port.close()
            assert int.from_bytes(answer[2:4], "big") == pytest.approx(900, abs=90)
            assert opened.bleak_backends is not None
            address = opened.address("node").removeprefix("ble://")
            async with BleakClient(address, backend=opened.bleak_backends[0]) as client:
                assert len(await client.read_gatt_char(uuid16(0x2B8C))) == 2
        finally:
            opened.close()
        assert not NullModem.is_dirty()
        await asyncio.sleep(0)

    clock.run(main(), virtual=True)


def test_faults_come_while_it_runs() -> None:
    async def main() -> None:
        opened = bench(faults={"node": [Silence(after=1e6)]}, faulty=True)
        opened.open(0.0)
        try:
            before = (await words(opened.address("ups"), 151, 1))[0]
            opened.inject("ups", Saturate(high=100.0))
            assert (await words(opened.address("ups"), 151, 1))[0] < before / 2
            opened.heal("ups")
            assert (await words(opened.address("ups"), 151, 1))[0] > before / 2
            opened.disconnect("node")
        finally:
            opened.close()

    clock.run(main(), virtual=True)


def test_faults_that_cannot_be() -> None:
    with pytest.raises(BenchError, match="no role"):
        bench(faults={"nobody": [Silence()]})
    with pytest.raises(BenchError, match="not made for faults"):
        bench().inject("gas", Silence())


def test_an_instrument_without_modbus_tcp_says_so() -> None:
    async def main() -> None:
        opened = bench({"chuck": RoleSpec("eurotherm.e3216", "air", "sim:modbus-tcp")})
        with pytest.raises(BenchError, match="no Modbus TCP"):
            opened.open(0.0)
        opened.close()

    clock.run(main(), virtual=True)


def test_a_recorded_trace_on_a_bench(monkeypatch: pytest.MonkeyPatch) -> None:
    trace = parse(
        '{"trace": 1, "kind": "message"}\n'
        '{"op": "query", "sent": "*IDN?", "received": "ACME,M1,7,1.0", "took": 0.1}\n',
        "meter.jsonl",
    )
    world = types.SimpleNamespace(ports={"meter": trace})
    monkeypatch.setattr(sys.modules[WORLD], "build", lambda device, *, seed, t0: world)

    async def main() -> str:
        opened = bench({"meter": RoleSpec("replay", "meter", "sim:visa")})
        opened.open(0.0)
        try:
            assert opened.visa_library is not None
            manager = pyvisa.ResourceManager(opened.visa_library)
            meter: Any = manager.open_resource(
                opened.address("meter").removeprefix("visa://"),
                read_termination="\n",
                write_termination="\n",
            )
            answer = await clock.blocking(meter.query, "*IDN?")
            manager.close()
            return answer
        finally:
            opened.close()

    assert clock.run(main(), virtual=True) == "ACME,M1,SIM-7,1.0"
