from __future__ import annotations

import struct

import pytest

from labctl.errors import BenchError
from sim_backends.emulators.eurotherm.e3216 import E3216
from sim_backends.emulators.keithley.dmm6500 import DMM6500
from sim_backends.emulators.llp.sol1 import Sol1
from sim_backends.emulators.modbus_rtu import frame
from sim_backends.emulators.winsen.mhz19b import Mhz19b
from sim_backends.faults import (
    Drift,
    Fault,
    FaultyEmulator,
    Hold,
    Reboot,
    Saturate,
    Sensor,
    Silence,
)
from sim_backends.faulty_ports import spoiled, switch_off
from sim_backends.models.battery_pack import BatteryPack, PackParameters, StoragePlant
from sim_backends.models.gas import Air, GasChamber
from sim_backends.models.mains import Mains
from sim_backends.models.reference.optical import SteadyMixedLamp
from sim_backends.models.reference.randles_cell import RandlesCell
from sim_backends.models.ups_plant import BatteryParameters, LeadAcidBattery, UpsPlant
from sim_backends.streams import stream
from tests.sim_backends.emulators.talking import Clamp, Optics, Plate, Resistor, Talk, sealed

READ_GAS = bytes.fromhex("FF 01 86 00 00 00 00 00 79")


def volts(talk: Talk) -> float:
    return float(talk.ask(":READ?"))


def meter(*faults: Fault) -> Talk:
    sensor = Sensor()
    port = spoiled(Resistor(1e3, 0.5), sensor)
    assert port is not None
    emulator = DMM6500(port, serial="SIM-1", rng=stream(1, "meter"))
    return Talk(FaultyEmulator(emulator, faults, sensor=sensor))


def test_a_sensor_saturates_from_a_transaction_on() -> None:
    talk = meter(Saturate(at=3, high=0.2))
    assert [volts(talk) for _ in range(4)] == pytest.approx([0.5, 0.5, 0.2, 0.2], abs=1e-3)


def test_a_sensor_drifts_for_a_while() -> None:
    talk = meter(Drift(rate=1e-3, after=100.0, lasting=100.0))
    assert volts(talk) == pytest.approx(0.5, abs=1e-3)
    for t, expected in ((100.0, 0.5), (150.0, 0.55), (199.0, 0.599), (201.0, 0.5)):
        talk.run(t)
        assert volts(talk) == pytest.approx(expected, abs=2e-3)


def test_a_held_value() -> None:
    sensor = Sensor()
    chamber = GasChamber(Air(carbon_dioxide=600e-6))
    port = spoiled(chamber, sensor)
    assert port is not None
    module = Mhz19b(port, serial="SIM-1", rng=stream(1, "gas"))
    talk = Talk(FaultyEmulator(module, [Hold(after=0.0)], sensor=sensor))
    talk.run(10.0)
    talk.send(READ_GAS)
    first = talk.run(11.0)
    chamber.feed(5000e-6, 1.0, talk.t)
    talk.run(600.0)
    talk.send(READ_GAS)
    low, high = (int.from_bytes(each[2:4], "big") for each in (first, talk.run(601.0)))
    assert low == pytest.approx(high, abs=15)


def test_healing() -> None:
    talk = meter(Saturate(high=0.1), Silence(at=2, times=None))
    assert volts(talk) == pytest.approx(0.1, abs=1e-3)
    assert talk.ask(":READ?", patience=1.0) == ""
    emulator = talk.emulator
    assert isinstance(emulator, FaultyEmulator)
    emulator.heal()
    assert volts(talk) == pytest.approx(0.5, abs=1e-3)
    emulator.add(Saturate(high=0.3))
    assert volts(talk) == pytest.approx(0.3, abs=1e-3)


def lamp(*faults: Fault) -> tuple[Talk, Optics]:
    optics = Optics()

    def make() -> Sol1:
        return Sol1(optics, serial="SIM-4", rng=stream(1, "lamp"))

    def renew(t: float) -> Sol1:
        switch_off(optics, t)
        return make()

    def unpower(t: float) -> None:
        switch_off(optics, t)

    return Talk(FaultyEmulator(make(), faults, renew=renew, unpower=unpower)), optics


def test_a_reboot_at_a_transaction() -> None:
    talk, optics = lamp(Reboot(at=3, seconds=5.0))
    assert [talk.llp("LAMP 1"), talk.llp("LAMP?")] == ["OK", "= 1"]
    assert talk.answer(sealed("LAMP?"), patience=1.0) == b""
    talk.run(talk.t + 1.0)
    assert talk.answer(sealed("LAMP?"), patience=1.0) == b""
    talk.run(talk.t + 5.0)
    assert talk.llp("LAMP?") == "= 0" and ("emit", 0.0, optics.calls[-2][2]) in optics.calls
    assert "SIM-4" in talk.llp("ID?")


def test_a_reboot_at_a_time() -> None:
    talk, optics = lamp(Reboot(after=100.0, seconds=5.0))
    talk.llp("LAMP 1")
    talk.run(99.0)
    assert talk.llp("LAMP?") == "= 1"
    assert talk.emulator.due() == 100.0
    talk.run(102.0)
    assert ("emit", 0.0, 100.0) in optics.calls, "it is dark as soon as its power goes"
    assert talk.answer(sealed("LAMP?"), patience=1.0) == b""
    talk.run(105.0)
    assert talk.llp("LAMP?") == "= 0"


def test_a_gas_module_is_cold_after_a_reboot() -> None:
    module = Mhz19b(GasChamber(Air()), serial="SIM-1", rng=stream(2, "mhz19b"))
    talk = Talk(FaultyEmulator(module, [Reboot(after=50.0, seconds=2.0)]))
    readings = []
    for t in (49.0, 53.0, 400.0):
        talk.run(t)
        talk.send(READ_GAS)
        out = talk.run(t + 0.5)
        readings.append(int.from_bytes(out[2:4], "big"))
    assert readings[1] > readings[0] + 300 and abs(readings[2] - readings[0]) < 15


def test_a_controller_lets_go_of_its_heater() -> None:
    plate = Plate()

    def renew(t: float) -> E3216:
        switch_off(plate, t)
        return E3216(plate, serial="SIM-9", rng=stream(1, "e3216"))

    talk = Talk(FaultyEmulator(renew(0.0), [Reboot(after=30.0, seconds=1.0)], renew=renew))
    for register, value in ((2, 600), (273, 0)):
        talk.answer(frame(struct.pack(">BBHH", 1, 6, register, value)))
    talk.run(29.0)
    assert plate.power > 0.0
    talk.run(40.0)
    assert plate.power == 0.0


def test_every_port_that_is_measured() -> None:
    sensor = Sensor()
    sensor.add(Saturate(high=0.0))
    pack = BatteryPack(PackParameters(), charge=0.5, rng=stream(1, "pack"))
    plant = spoiled(StoragePlant(pack, Mains()), sensor)
    assert plant is not None and plant.pack.read(0.0).voltage == 0.0
    ups = spoiled(UpsPlant(Mains(), LeadAcidBattery(BatteryParameters())), sensor)
    assert ups is not None and ups.mains.voltage(0.0) == 0.0 and ups.mains.frequency(0.0) == 50.0
    cell = spoiled(RandlesCell(10.0, 100.0, 1e-6, volts=0.3), sensor)
    assert cell is not None and cell.voltage(0.0, 0.0) == 0.0
    assert cell.impedance(1e9, 0.0, 0.0).real == pytest.approx(10.0, abs=0.1)
    pair = spoiled((Resistor(1.0), Resistor(1.0)), sensor)
    assert pair is not None and pair[1].current(1.0, 0.0) == 0.0
    light = spoiled(Optics(), sensor)
    assert light is not None and light.monitor(0.0) == 0.0
    assert spoiled(Clamp(), sensor) is None


def test_what_has_no_sensor_says_so() -> None:
    talk, _ = lamp()
    emulator = talk.emulator
    assert isinstance(emulator, FaultyEmulator)
    with pytest.raises(BenchError, match="drift"):
        emulator.add(Drift(rate=1.0))


def test_a_lamp_of_two_sources_has_a_monitor_for_each() -> None:
    sensor = Sensor()
    sensor.add(Saturate(high=450.0))
    lamp = SteadyMixedLamp()
    port = spoiled(lamp, sensor)
    assert port is not None
    port.emit(500.0, 400.0, 1.0)
    port.shutter(True, 1.0)
    true, seen = lamp.monitor(2.0), port.monitor(2.0)
    assert seen == tuple(min(each, 450.0) for each in true)
    assert seen != true
    switch_off(lamp, 3.0)
    assert lamp.monitor(3.0) == (0.0, 0.0)
