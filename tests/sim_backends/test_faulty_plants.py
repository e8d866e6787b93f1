"""Every port of the bench `reference` that is measured can have a faulty sensor, or says so."""

from __future__ import annotations

from typing import Any

import pytest

from sim_backends.faults import Saturate, Sensor
from sim_backends.faulty_plants import SpoiledCircuit, SpoiledLine
from sim_backends.faulty_ports import spoiled
from sim_backends.worlds.reference import build

PORTS: Any = build(None, seed=1, t0=0.0).ports

SENSORLESS = {
    "clamp": "a bending tester measures nothing of its sample",
    "scanner_card": "a scanner's devices are measured one by one",
    "multiplexer": "a scanner's devices are measured one by one",
    "fibre": "a spectrum has no single value",
    "signals": "a waveform has no single value",
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
