"""Every port of the bench `reference` that is measured can have a faulty sensor, or says so."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim_backends.faults import Hold, Saturate, Sensor
from sim_backends.faulty_plants import SpoiledCircuit, SpoiledLine
from sim_backends.faulty_ports import spoiled
from sim_backends.worlds.reference import build

PORTS: Any = build(None, seed=1, t0=0.0).ports

FILED = "its instrument writes files: the faults are those of files, `faulty_files`"

SENSORLESS = {
    "chuck": "a probe station's chuck: its thermometer is its emulator's",
    "laser_shutter": "a shutter measures nothing; its contact is its emulator's",
    "insulator": "a high-voltage supply's meters are its own: faults of its line alone are tried",
    "pulse_train": "no faulty joulemeter is modelled: faults of its line alone are tried",
    "clamp": "a bending tester measures nothing of its sample",
    "scanner_card": "a scanner's devices are measured one by one",
    "multiplexer": "a scanner's devices are measured one by one",
    **dict.fromkeys(("attenuator", "bottled_gas", "coin_cell", "crystal", "grating"), FILED),
    **dict.fromkeys(("neon_lamp", "profiled_beam", "specimen", "wafer"), FILED),
    **dict.fromkeys(("absorption_edge", "flash", "printed_sheet"), FILED),
    "grid_bus": "a grid simulator makes what it meters: faults of its line alone are tried",
    "site": "a site controller's meters are its port's own: faults of its lines alone are tried",
    "nail_block": "no faulty load cell of a press is modelled: faults of its line alone are tried",
    "gauge_block": "no faulty scale of a caliper is modelled: faults of its line alone are tried",
    "syringe": "a syringe pump counts its own steps: nothing senses what it dispenses",
}
"""Ports without a sensor that can be faulty, and why."""


def seen(name: str) -> Any:
    """The port `name` behind a sensor that sees nothing above 0."""
    sensor = Sensor()
    sensor.add(Saturate(high=0.0))
    return spoiled(PORTS[name], sensor)


@pytest.mark.parametrize("name", sorted(PORTS))
def test_each_port_is_spoiled_or_excused(name: str) -> None:
    assert (seen(name) is None) == (name in SENSORLESS)


def test_what_the_plants_measure() -> None:
    assert seen("chamber").temperature(0.0) == 0.0 and seen("chamber").humidity(0.0) == 0.0
    assert seen("rack").sense("room_pressure", 0.0) == 0.0
    assert seen("vessel").pressure(0.0) == 0.0 < seen("vessel").temperature(0.0)
    assert seen("axis").position(0.0) <= 0.0 and seen("axis").travel[1] > 0.0
    assert seen("cells")[0].voltage(0.0) == 0.0
    assert set(seen("vacuum_chamber").partial_pressures(0.0).values()) == {0.0}
    assert seen("pan").loading(0.0).mass <= 0.0


def test_states_with_more_than_one_value() -> None:
    line, circuit = seen("gas_inlet"), seen("ac_load")
    assert isinstance(line, SpoiledLine) and isinstance(circuit, SpoiledCircuit)
    assert line.state(1.0, 0.0).flow == 0.0 < line.state(1.0, 0.0).pressure
    state, true = circuit.state(0.0), PORTS["ac_load"].state(0.0)
    assert state.current == true.current
    assert all(abs(each) == 0.0 for each in state.voltage)


def test_waveforms_and_spectra_are_spoiled_value_by_value() -> None:
    times = np.linspace(0.0, 1e-3, 5)
    probe, true = seen("signals")[0], PORTS["signals"][0]
    assert probe.voltage(times).tolist() == np.minimum(true.voltage(times), 0.0).tolist()
    assert probe.mean() == true.mean() and probe.crossing(0.5, True, 0.0) is not None
    assert {line.power for line in seen("fibre").lines(0.0)} == {0.0}
    assert seen("fibre").background(0.0) == 0.0
    frozen = Sensor()
    sound: Any = spoiled(PORTS["signals"], frozen)
    assert sound[0].voltage(times).tolist() == true.voltage(times).tolist()
    frozen.add(Hold())
    held: Any = spoiled(PORTS["fibre"], frozen)
    for t in (0.0, 1.0):
        assert held.lines(t) == PORTS["fibre"].lines(t), "each line is frozen at its own power"
