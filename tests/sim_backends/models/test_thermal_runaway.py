"""Thermal runaway: what keeps its charge and its heat, what runs away, and why."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim_backends.data import abuse as data
from sim_backends.models.thermal_runaway import AbusedCell, Cells, Drive

CELL = AbusedCell(0.9, 0.16, 0.32, 0.036, 52.0, 1.5e-3, 1.0, 260.0, 1e-4, data.LITHIUM_CURVE)


def course(cell: AbusedCell, drive: Drive, seconds: float = 1800.0) -> np.ndarray:
    """Temperatures in degC, a second apart."""
    cells = Cells([cell], 1, 23.0)
    states = cells.solve(cells.start([1.0]), drive, np.arange(0.0, seconds + 1.0))
    return states[:, 0, 0] - 273.15


def test_at_rest_nothing_happens() -> None:
    cells = Cells([CELL, CELL], 2, 23.0)
    start = cells.start([1.0, 0.5])
    end = cells.solve(start, Drive(), np.array([0.0, 3600.0]))[-1]
    assert end == pytest.approx(start, rel=1e-3)
    assert float(cells.gas(end[None]).sum()) < 1e-3


def test_a_short_warms_by_its_power_at_first() -> None:
    ohm = 0.2
    warm = course(CELL, Drive(short=1.0 / ohm), 10.0)
    power = 4.18**2 / (ohm + CELL.resistance) * (ohm + CELL.resistance) / (ohm + CELL.resistance)
    assert warm[10] - warm[0] == pytest.approx(10.0 * power / 900.0, rel=0.05)


def test_a_hard_short_runs_away_and_a_soft_one_does_not() -> None:
    assert course(CELL, Drive(short=1.0 / 0.25)).max() < 80.0
    assert course(CELL, Drive(short=1.0 / 0.01)).max() > 400.0


def test_little_liquid_releases_less_heat() -> None:
    hard = Drive(short=1.0 / 0.01)
    wet = course(replace(CELL, liquid=0.13), hard).max()
    assert wet > course(CELL, hard).max() + 10.0


def test_a_layer_that_melts_early_runs_away_earlier() -> None:
    plate = Drive(plate=330.0)
    early = course(replace(CELL, collapse=120.0), plate)
    late = course(replace(CELL, collapse=180.0), plate)
    assert np.argmax(early > 250.0) < np.argmax(late > 250.0)


def test_a_neighbour_is_heated_through_the_insulation() -> None:
    cells = Cells([CELL, CELL], 2, 23.0)
    states = cells.solve(cells.start([1.0, 1.0]), Drive(plate=100.0), np.array([0.0, 1200.0]))
    assert 23.5 + 273.15 < states[-1, 0, 1] < states[-1, 0, 0] - 20.0


def test_charge_goes_in_with_the_current() -> None:
    cells = Cells([CELL, CELL], 1, 23.0)
    states = cells.solve(cells.start([0.5, 0.5]), Drive(current=52.0), np.array([0.0, 360.0]))
    assert states[-1, 6] == pytest.approx([0.6, 0.5], abs=1e-3)
