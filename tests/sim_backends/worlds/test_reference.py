"""The known devices do not change by themselves, and their truth is told by known units."""

from __future__ import annotations

import math

import pytest

from labctl.units import known
from sim_backends.worlds.reference import build, example
from sim_backends.worlds.reference.first_ten import CELL_RESISTANCE, ROOM, SOURCE_VOLTAGE
from tests.sim_backends.emulators.found import bench


def test_every_port_of_the_bench_tells_its_truth() -> None:
    world = build(example(1), seed=1, t0=0.0)
    for role, entry in bench().roles.items():
        assert entry.port in world.ports, role
        truth = world.truth[entry.port]
        assert truth, role
        for quantity, (value, unit) in truth.items():
            assert math.isfinite(value) and known(unit), (role, quantity)
    assert set(world.truth) == set(world.ports)


def test_what_rests_stays_as_it_is() -> None:
    world = build(None, seed=2, t0=5.0)
    before, later = build(None, seed=2, t0=5.0).truth["storage"], world.truth["storage"]
    assert before == later
    day = 86400.0
    assert world.ports["block"].temperature(day) == pytest.approx(ROOM)
    pack = world.ports["storage"].pack
    assert pack.read(day).voltage == pytest.approx(later["voltage"][0])
    assert 100.0 * pack.state_of_charge(day) == pytest.approx(later["state_of_charge"][0])
    air = world.ports["open_air"]
    assert air.carbon_dioxide(day) * 1e6 == world.truth["open_air"]["carbon_dioxide"][0]


def test_the_electrical_devices() -> None:
    world = build(None, seed=1, t0=0.0)
    assert world.ports["voltage_source"].voltage(0.0, 1.0) == SOURCE_VOLTAGE
    assert world.ports["dummy_cell"].current(1.0, 1.0) == pytest.approx(1.0 / CELL_RESISTANCE)


def test_the_block_is_heated_and_falls_back() -> None:
    block = build(None, seed=1, t0=0.0).ports["block"]
    block.heat(1.0, 0.0)
    assert block.temperature(200.0) == pytest.approx(ROOM + 60.0 * (1.0 - math.exp(-1.0)))
    block.heat(0.0, 200.0)
    assert block.temperature(4000.0) == pytest.approx(ROOM, abs=1e-3)
