from __future__ import annotations

import asyncio
import sys
import types
from typing import Any

import pytest
import pyvisa
import serial
from pymodbus.client import AsyncModbusSerialClient
from pymodbus.transport.transport import NullModem

from labctl import clock
from labctl.errors import BenchError
from sim_backends.bench import RoleSpec, SimBench
from sim_backends.faults import Silence
from tests.sim_backends.emulators.talking import Clamp, Optics, Plate, Resistor, sealed

ROLES = {
    "source_meter": RoleSpec("keithley.k2450", "terminals", "sim:visa"),
    "reference_meter": RoleSpec("keithley.dmm6500", "shunt", "visa"),
    "lamp": RoleSpec("llp.sol1", "lamp", "sim:serial"),
    "bender": RoleSpec("llp.bend1", "clamp", "serial"),
    "chuck": RoleSpec("eurotherm.e3216", "chuck", "sim:modbus-rtu"),
}
FOREIGN = "acme_lab.sim_backends.worlds.desk"


class Desk:
    """A world of ideal devices; `device` is the ohms of its resistor."""

    def __init__(self, ohms: float) -> None:
        self.ports = {
            "terminals": Resistor(ohms),
            "shunt": Resistor(ohms, 0.1),
            "lamp": Optics(),
            "clamp": Clamp(),
            "chuck": Plate(),
        }


@pytest.fixture(autouse=True)
def desk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another lab's package with a world of its own."""
    module = types.ModuleType(FOREIGN)
    module.build = lambda device, *, seed, t0: Desk(device)  # type: ignore[attr-defined]
    names = FOREIGN.split(".")
    for depth in range(1, len(names)):
        name = ".".join(names[:depth])
        package = types.ModuleType(name)
        package.__path__ = []
        monkeypatch.setitem(sys.modules, name, package)
    monkeypatch.setitem(sys.modules, FOREIGN, module)


def bench(roles: Any = None, seed: int = 1, **more: Any) -> SimBench:
    return SimBench(FOREIGN, roles or ROLES, 1000.0, seed, **more)


async def identities(opened: SimBench) -> dict[str, str]:
    found: dict[str, str] = {}
    assert opened.visa_library is not None
    manager = pyvisa.ResourceManager(opened.visa_library)
    for role in ("source_meter", "reference_meter"):
        name = opened.address(role).removeprefix("visa://")
        meter: Any = manager.open_resource(name, read_termination="\n", write_termination="\n")
        found[role] = await clock.blocking(meter.query, "*IDN?")
    for role in ("lamp", "bender"):
        port = serial.serial_for_url(opened.address(role).removeprefix("serial://"), timeout=1)
        port.write(sealed("ID?"))
        found[role] = (await clock.blocking(port.read_until, b"\n")).decode("ascii")
        port.close()
    address = opened.address("chuck").removeprefix("modbus+rtu://").partition("?")[0]
    master = AsyncModbusSerialClient(address, retries=0, reconnect_delay=0)
    await master.connect()
    found["chuck"] = str((await master.read_holding_registers(629, device_id=1)).registers)
    master.close()
    manager.close()
    return found


@pytest.mark.parametrize("virtual", [True, False])
def test_every_role_answers_at_its_address(virtual: bool) -> None:
    async def main() -> None:
        opened = bench()
        opened.open(clock.now())
        found = await identities(opened)
        opened.close()
        opened.close()
        assert "MODEL 2450,SIM-" in found["source_meter"]
        assert "MODEL DMM6500,SIM-" in found["reference_meter"]
        assert "LLP-SOL1 SIM-" in found["lamp"] and "LLP-BEND1 SIM-" in found["bender"]
        assert found["chuck"] == "[0]"
        assert not NullModem.is_dirty()
        assert asyncio.all_tasks() == {asyncio.current_task()}

    clock.run(main(), virtual=virtual)


def test_addresses_and_serials_repeat_with_the_seed() -> None:
    async def main(seed: int) -> tuple[list[str], dict[str, str]]:
        opened = bench(seed=seed)
        opened.open(clock.now())
        try:
            return [opened.address(role) for role in ROLES], await identities(opened)
        finally:
            opened.close()

    first, again, other = (clock.run(main(seed), virtual=True) for seed in (1, 1, 2))
    assert first == again
    assert first[0] == other[0] and first[1]["lamp"] != other[1]["lamp"]


def test_two_benches_at_once_are_apart() -> None:
    async def main() -> None:
        one, two = bench(), bench(seed=2)
        one.open(clock.now())
        two.open(clock.now())
        assert not {one.address(r) for r in ROLES} & {two.address(r) for r in ROLES}
        assert (await identities(one))["lamp"] != (await identities(two))["lamp"]
        one.close()
        assert len(await identities(two)) == 5
        two.close()

    clock.run(main(), virtual=True)


def test_faults_and_pulled_plugs() -> None:
    async def main() -> None:
        opened = bench(faults={"lamp": [Silence(at=1)]})
        opened.open(clock.now())
        port = serial.serial_for_url(opened.address("lamp").removeprefix("serial://"), timeout=2.0)
        port.write(sealed("ID?"))
        assert await clock.blocking(port.read_until, b"\n") == b"" and clock.now() == 2.0
        opened.disconnect("lamp")
        with pytest.raises(serial.SerialException):
            port.write(b"x")
        opened.disconnect("chuck")
        opened.close()

    clock.run(main(), virtual=True)


def test_only_the_libraries_that_are_used() -> None:
    async def main() -> None:
        opened = bench({"lamp": ROLES["lamp"]})
        opened.open(clock.now())
        assert opened.visa_library is None
        opened.close()

    clock.run(main(), virtual=True)


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        (RoleSpec("keithley.k9999", "terminals", "visa"), "no module .*keithley.k9999"),
        (RoleSpec("nobody.k2450", "terminals", "visa"), "no simulated emulator 'nobody.k2450'"),
        (RoleSpec("keithley.k2450_specs", "terminals", "visa"), "defines no EMULATOR"),
        (RoleSpec("../k2450", "terminals", "visa"), "not a name of emulators"),
        (RoleSpec("keithley.k2450", "plug", "visa"), "no port 'plug'"),
        (RoleSpec("keithley.k2450", "terminals", "gpib"), "unknown door 'gpib'"),
    ],
)
def test_wrong_benches(spec: RoleSpec, message: str) -> None:
    async def main() -> None:
        opened = bench({"lamp": ROLES["lamp"], "other": spec})
        try:
            with pytest.raises(BenchError, match=message):
                opened.open(clock.now())
        finally:
            opened.close()

    clock.run(main(), virtual=True)


def test_unknown_world_and_role() -> None:
    async def main() -> None:
        with pytest.raises(BenchError, match="no simulated world 'moon'"):
            SimBench("moon", ROLES, None, 1).open(0.0)
        with pytest.raises(BenchError, match="no role 'camera'"):
            bench().address("camera")
        with pytest.raises(BenchError, match="not open"):
            bench().address("chuck")

    clock.run(main(), virtual=True)
