"""Cells of stationary stores: steps, forecasts, warmth, cold, and what ageing does to them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim_backends.data.storage_cell import LITHIUM, SODIUM_ION
from sim_backends.models.storage_cell import StorageCell, present
from sim_backends.models.storage_fade import Stress, loss, wear_for
from sim_backends.models.storage_state import StorageState

CELLS = [LITHIUM.cell, SODIUM_ION.cell]


def still(cell: StorageCell, celsius: float = 25.0, share: float = 0.5) -> StorageState:
    return StorageState(cell, lambda _: celsius, share=share)


@pytest.mark.parametrize("cell", CELLS)
def test_the_curve_rises_and_holds_the_cut_offs(cell: StorageCell) -> None:
    volts = [v for _, v in cell.curve]
    assert volts == sorted(volts)
    assert cell.potential(0.0) < cell.lower + 0.8 and cell.potential(0.4) < cell.upper
    assert cell.potential(1.0) > cell.upper - 0.1


@settings(derandomize=True, max_examples=50, deadline=None)
@given(st.floats(1.0, 100.0), st.lists(st.floats(1.0, 600.0), min_size=1, max_size=5))
def test_looking_often_changes_little(current: float, looks: list[float]) -> None:
    one, many = still(SODIUM_ION.cell, share=0.9), still(SODIUM_ION.cell, share=0.9)
    end = min(sum(looks), 0.5 * SODIUM_ION.cell.charge / current)
    for state in (one, many):
        state.drive(-current, 0.0)
    t = 0.0
    for step in looks:
        t = min(t + step, end)
        many.voltage(t)
    assert many.voltage(end) == pytest.approx(one.voltage(end), abs=3e-3)
    assert many.share == pytest.approx(one.share, abs=1e-6)


@pytest.mark.parametrize("cell", CELLS)
def test_a_voltage_is_reached_when_it_was_foretold(cell: StorageCell) -> None:
    state = still(cell)
    state.drive(-25.0, 0.0)
    end = state.reaches(cell.lower, 0.0)
    assert state.voltage(end) == pytest.approx(cell.lower, abs=5e-3)
    assert state.reaches(cell.lower, end + 60.0) == end + 60.0
    state.drive(0.0, end + 60.0)
    assert state.reaches(cell.upper, end + 60.0) == float("inf")


def test_cold_raises_every_loss_and_current_warms_the_cell() -> None:
    cell = SODIUM_ION.cell
    cold, warm = present(cell, 0.0, -40.0), present(cell, 0.0, 25.0)
    assert cold.resistance > 8 * warm.resistance and cold.lag > 10 * warm.lag
    assert cold.side < 1e-3 * warm.side and cold.exchange < 0.02 * warm.exchange
    assert cold.volts(0.5, cold.current_for(0.5, 2.5)) == pytest.approx(2.5, abs=1e-6)
    state = still(cell, share=0.9)
    state.drive(-100.0, 0.0)
    assert 28.0 < state.temperature(900.0) < 45.0


def test_side_reactions_empty_a_hot_cell() -> None:
    hot, cool = still(SODIUM_ION.cell, 60.0), still(SODIUM_ION.cell, 25.0)
    for state in (hot, cool):
        state.voltage(24 * 3600.0)
    assert 0.005 < 0.5 - hot.share < 0.06 and 0.5 - cool.share < 0.003


def test_wear_is_an_exact_sum_and_its_loss_can_be_turned_round() -> None:
    law = LITHIUM.cell.fade
    assert loss(law, wear_for(law, 0.4)) == pytest.approx(0.4) and loss(law, 0.0) == 0.0
    cycle, rest = Stress(), Stress()
    for share in (0.9, -0.9):
        cycle.add(law, share, 0.5, 25.0, 7200.0)
    rest.add(law, 0.0, 0.0, 25.0, 14400.0)
    assert cycle.out == pytest.approx(0.9)
    assert cycle.wear(law) - cycle.cycling(law) == pytest.approx(rest.wear(law))
    deep = Stress()
    for share in (0.45, -0.45):
        deep.add(law, share, 0.5, 25.0, 7200.0)
    assert 2.0 * deep.cycling(law) < cycle.cycling(law)
    hotter = Stress()
    hotter.add(law, 0.0, 0.0, 45.0, 14400.0)
    assert 1.8 < hotter.wear(law) / rest.wear(law) < 2.6


def test_many_cycles_at_once_come_to_those_one_by_one() -> None:
    law = replace(SODIUM_ION.cell.fade, cycle=1e-4)
    cell = replace(SODIUM_ION.cell, fade=law)
    single, leapt = still(cell, share=0.1), still(cell, share=0.1)

    def body(state: StorageState, t: float) -> float:
        state.mark(t)
        state.drive(50.0, t)
        full = state.reaches(cell.upper, t)
        state.drive(-50.0, full)
        state.drive(0.0, full + 3000.0)
        return full + 3000.0

    t = 0.0
    for _ in range(42):
        t = body(single, t)
    single.mark(t)
    t = body(leapt, body(leapt, 0.0))
    leapt.suspend(t)
    assert leapt.voltage(t + 5.0) == leapt.voltage(t)
    leapt.repeat(40, t + 1e5)
    assert leapt.wear == pytest.approx(single.wear, rel=2e-3)
    assert leapt.share == pytest.approx(single.share, abs=2e-3)
