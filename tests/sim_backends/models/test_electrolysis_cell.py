from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim_backends.data.electrolysis import CELL
from sim_backends.models import electrolysis_cell as cells
from sim_backends.models.electrolysis_cell import Condition


def test_reversible_voltage_of_water() -> None:
    """1.229 V at 25 degC; 1.184 V at 80 degC and 1 bar (Carmo 2013, 3.1)."""
    assert cells.reversible(25.0, 1.0, 1.0) == pytest.approx(1.229, abs=1e-3)
    assert cells.reversible(80.0, 1.0, 1.0) == pytest.approx(1.183, abs=2e-3)
    assert cells.reversible(60.0, 10.0, 1.0) - cells.reversible(60.0, 1.0, 1.0) == pytest.approx(
        8.314 * 333.15 / 2 / 96485 * np.log(10.0), rel=1e-3
    )


@given(st.floats(0.01, 3.0), st.floats(20.0, 90.0))
def test_voltage_rises_with_current(density: float, celsius: float) -> None:
    low, high = (cells.voltage(CELL, density * f, celsius) for f in (1.0, 1.1))
    assert cells.reversible(celsius, 1.0, 1.0) < low < high < 3.5


def test_a_warmer_membrane_conducts_better() -> None:
    assert cells.ohmic(CELL, 70.0) < cells.ohmic(CELL, 60.0)
    assert cells.ohmic(CELL, 60.0) == pytest.approx(CELL.membrane + CELL.contact)


def test_losses_are_what_they_say_at_high_current() -> None:
    new = cells.voltage(CELL, 1.0, 60.0)
    assert cells.voltage(CELL, 1.0, 60.0, Condition(kinetic=0.01)) - new == pytest.approx(0.01)
    assert cells.voltage(CELL, 2.0, 60.0, Condition(grown=0.01)) - cells.voltage(
        CELL, 2.0, 60.0
    ) == pytest.approx(0.02)


def test_impedance_ends_at_intercept_and_at_the_slope_of_the_curve() -> None:
    plain = replace(CELL, inductance=0.0, transport=0.0, tap=0.0)
    fast = cells.impedance(plain, 1e9, 1.0, 60.0)
    assert fast.real * plain.area == pytest.approx(cells.intercept(plain, 60.0), rel=1e-3)
    step = 1e-4
    slope = (cells.voltage(plain, 1.0 + step, 60.0) - cells.voltage(plain, 1.0 - step, 60.0)) / (
        2.0 * step
    )
    slow = cells.impedance(plain, 1e-6, 1.0, 60.0)
    assert slow.real * plain.area == pytest.approx(slope, rel=0.03)
