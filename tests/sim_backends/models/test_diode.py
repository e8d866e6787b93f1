"""The scalar diode against pvlib, and its two directions against each other."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pvlib import pvsystem

from sim_backends.models import series_stack
from sim_backends.models.diode import Diode, current_through, junction_voltage

CELL = Diode(photocurrent=0.0238, saturation=3.4e-15, shunt=4500.0, slope=0.0385)
BOTTOM = Diode(photocurrent=0.0245, saturation=5.0e-15, shunt=9000.0, slope=0.0265)
SERIES = 3.0

diodes = st.builds(
    Diode,
    photocurrent=st.floats(0.0, 10.0),
    saturation=st.floats(1e-16, 1e-6),
    shunt=st.floats(1.0, 1e6),
    slope=st.floats(0.02, 1.0),
)


@pytest.mark.parametrize("voltage", [-2.0, 0.0, 0.3, 0.8, 0.95, 1.05, 1.1, 1.2, 1.4])
def test_current_agrees_with_pvlib(voltage: float) -> None:
    expected = pvsystem.i_from_v(
        voltage, CELL.photocurrent, CELL.saturation, SERIES, CELL.shunt, CELL.slope
    )
    assert current_through(CELL, SERIES, voltage) == pytest.approx(
        np.asarray(expected).item(), rel=1e-9
    )


@pytest.mark.parametrize("current", [-0.1, 0.0, 0.01, 0.02, 0.0235, 0.0238])
def test_voltage_agrees_with_pvlib(current: float) -> None:
    expected = pvsystem.v_from_i(
        current, CELL.photocurrent, CELL.saturation, SERIES, CELL.shunt, CELL.slope
    )
    found = series_stack.voltage((CELL,), SERIES, current)
    assert found == pytest.approx(np.asarray(expected).item(), rel=1e-9, abs=1e-12)


def test_maximum_power_agrees_with_pvlib() -> None:
    expected = pvsystem.max_power_point(
        CELL.photocurrent, CELL.saturation, SERIES, CELL.shunt, CELL.slope, method="newton"
    )
    voltage, current = series_stack.maximum_power((CELL,), SERIES)
    assert voltage * current == pytest.approx(np.asarray(expected["p_mp"]).item(), rel=1e-9)


@settings(max_examples=50, derandomize=True)
@given(diode=diodes, series=st.floats(0.0, 10.0), voltage=st.floats(-5.0, 5.0))
def test_current_solves_the_equation(diode: Diode, series: float, voltage: float) -> None:
    current = current_through(diode, series, voltage)
    back = junction_voltage(diode, current) - series * current
    # A current is known to its rounding, which the shunt multiplies.
    rounding = 1e-15 * (abs(current) + diode.photocurrent) * (diode.shunt + series)
    assert back == pytest.approx(voltage, rel=1e-9, abs=1e-9 + 10 * rounding)


@settings(max_examples=50, derandomize=True)
@given(voltage=st.floats(-1.0, 2.4), weaker=st.floats(0.0, 1.3))
def test_tandem_inverse(voltage: float, weaker: float) -> None:
    stack = (CELL._replace(photocurrent=CELL.photocurrent * weaker), BOTTOM)
    current = series_stack.current(stack, SERIES, voltage)
    assert series_stack.voltage(stack, SERIES, current) == pytest.approx(voltage, abs=1e-8)


def test_tandem_is_limited_by_the_weaker_junction() -> None:
    ideal = [d._replace(shunt=1e9) for d in (CELL, BOTTOM)]
    for weak, strong in (ideal, ideal[::-1]):
        limited = (weak._replace(photocurrent=0.015), strong)
        assert series_stack.current(limited, 0.0, 0.5) == pytest.approx(0.015, rel=1e-4)


def test_tandem_maximum_beats_its_neighbours() -> None:
    stack = (CELL, BOTTOM)
    voltage, current = series_stack.maximum_power(stack, SERIES)
    for other in (voltage - 0.01, voltage + 0.01):
        assert other * series_stack.current(stack, SERIES, other) < voltage * current


def test_dark_device_gives_no_power() -> None:
    assert series_stack.maximum_power((CELL._replace(photocurrent=0.0),), SERIES) == (0.0, 0.0)
