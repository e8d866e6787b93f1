"""Vented gas: vents, flames, bursting cases, explosions, and the room's air."""

from __future__ import annotations

import pytest

from sim_backends.data import abuse as data
from sim_backends.models.vent_gas import AIR, Gas, pressure

HOT, WARM = 900.0, 420.0


def vented(kelvin: float, vent: float = 1e-4, moles: float = 1.0, steps: int = 5) -> Gas:
    gas = Gas((vent,))
    for _ in range(steps):
        gas.step(1.0, [moles], [kelvin])
    return gas


def test_a_closed_cell_keeps_its_gas() -> None:
    gas = Gas((1e-4,))
    gas.step(1.0, [1e-3], [330.0])
    assert not gas.opened[0] and gas.held == [1e-3]
    assert gas.row.smoke == 0.0
    assert pressure(1e-3, 330.0) < data.VENT_PRESSURE < pressure(1e-2, 400.0)


def test_hot_gas_burns_and_cooler_gas_smokes() -> None:
    assert vented(HOT).burning
    cool = vented(WARM)
    assert not cool.burning and cool.row.smoke > 0.5


def test_a_flame_goes_out_when_nothing_comes() -> None:
    gas = vented(HOT)
    for _ in range(120):
        gas.step(1.0, [0.0], [HOT])
    assert not gas.burning


def test_a_small_vent_bursts() -> None:
    assert vented(HOT, vent=5e-6).burst
    assert not vented(HOT).burst


def test_gas_that_gathered_explodes_when_it_is_lit() -> None:
    gas = Gas((1.0,), extraction=0.0)
    for _ in range(60):
        gas.step(1.0, [4.0], [WARM])
    assert gas.unburnt / (data.ROOM * AIR) > data.LOWER_LIMIT and not gas.burst
    gas.step(1.0, [4.0], [HOT])
    assert gas.burning and gas.burst


def test_the_extraction_clears_the_room() -> None:
    gas = vented(WARM)
    before = gas.row.carbon_dioxide - data.AIR_CO2
    for _ in range(600):
        gas.step(1.0, [0.0], [300.0])
    assert gas.row.carbon_dioxide - data.AIR_CO2 < 0.2 * before


def test_without_oxygen_nothing_burns() -> None:
    gas = Gas((1e-4,))
    gas.used = (data.AIR_OXYGEN - 0.5 * data.OXYGEN_LIMIT) * data.ROOM * AIR
    gas.step(1.0, [1.0], [HOT])
    assert not gas.burning
    assert gas.copy().row == pytest.approx(gas.row) or gas.copy().row == gas.row
