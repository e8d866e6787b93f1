from __future__ import annotations

import numpy as np
import pytest

from sim_backends.worlds import photocharging
from sim_backends.worlds.photocharging_ports import (
    Lamp,
    Output,
    OutputMeter,
    OutputProbe,
    PackTerminals,
)
from sim_backends.worlds.photocharging_scene import ChargingScene

DEVICE = photocharging.example(2)


def scene(seed: int = 1) -> ChargingScene:
    return ChargingScene(DEVICE, seed, 0.0)


def charged(here: ChargingScene, until: float) -> float:
    Lamp(here).emit(1000.0, 0.0)
    Lamp(here).shutter(True, 900.0)
    here.advance(until)
    return here.work.pack.charge


def test_light_charges_the_pack_however_often_somebody_looks() -> None:
    once, often = scene(), scene()
    gained = charged(once, 4500.0) - DEVICE.start
    Lamp(often).emit(1000.0, 0.0)
    Lamp(often).shutter(True, 900.0)
    for t in np.arange(900.0, 4501.0, 7.0):
        PackTerminals(often).voltage(0.0, float(t))
    often.advance(4500.0)
    assert gained == pytest.approx(0.25, abs=0.1)
    assert often.work.pack.charge == pytest.approx(once.work.pack.charge, rel=1e-3)


def test_a_current_flows_until_the_terminals_are_open() -> None:
    here = scene()
    terminals = PackTerminals(here)
    open_volts = terminals.voltage(0.0, 10.0)
    assert terminals.voltage(-0.2, 10.0) < open_volts
    here.advance(3610.0)
    assert here.work.pack.charge == pytest.approx(DEVICE.start - 0.2 / DEVICE.pack.capacity)
    terminals.disconnect(3610.0)
    here.advance(7200.0)
    assert here.work.pack.charge == pytest.approx(DEVICE.start - 0.2 / DEVICE.pack.capacity)
    assert terminals.current(9.0, 7200.0) > 0.0
    assert terminals.voltage(here.work.external, 7200.0) == pytest.approx(9.0, abs=1e-6)


def test_the_probe_sees_a_step_of_the_load_dip_and_recover() -> None:
    here = scene()
    load, probe = Output(here), OutputProbe(here)
    load.voltage(-0.1, 100.0)
    before = OutputMeter(here).voltage(0.0, 101.0)
    load.voltage(-0.5, 102.0)
    settled = OutputMeter(here).voltage(0.0, 102.5)
    converter = DEVICE.converter
    assert before - settled == pytest.approx(0.4 * converter.resistance)
    times = 102.0 + np.array([-1e-3, 0.0, converter.recovery, 0.1])
    lacking = 0.4 * converter.undershoot
    expected = [before, settled - lacking, settled - lacking / np.e, settled]
    assert probe.voltage(times) == pytest.approx(expected)
    assert probe.mean() == pytest.approx(before)


def test_crossings_are_found_on_the_edge_and_on_the_way_back() -> None:
    here = scene()
    load, probe = Output(here), OutputProbe(here)
    load.voltage(-0.1, 100.0)
    load.voltage(-0.5, 102.0)
    before = probe.mean()
    assert probe.crossing(before - 0.015, False, 101.0) == 102.0
    assert probe.crossing(before - 0.015, False, 102.5) is None
    back = probe.crossing(before - 0.04, True, 101.0)
    assert back is not None and 102.0 < back < 102.001
    assert float(probe.voltage(np.array([back]))[0]) == pytest.approx(before - 0.04)


def test_what_a_load_only_tries_is_forgotten() -> None:
    here = scene()
    load = Output(here)
    for current in (0.0, -0.3, 0.0, -0.1):
        load.voltage(current, 50.0)
    assert [turn.load for turn in here.turns] == [0.0, 0.1]
    load.disconnect(60.0)
    assert here.work.load == 0.0


def test_two_worlds_of_a_seed_are_alike_and_of_two_are_not() -> None:
    assert charged(scene(1), 2000.0) == charged(scene(1), 2000.0)
    assert charged(scene(1), 2000.0) != charged(scene(2), 2000.0)
    ports = photocharging.build(DEVICE, seed=1, t0=0.0).ports
    assert set(ports) == {
        "terminals", "supply", "output", "probes", "reference_shunt", "lamp", "chuck"
    }  # fmt: skip
