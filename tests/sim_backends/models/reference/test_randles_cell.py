from __future__ import annotations

import math

import pytest

from sim_backends.models.reference.randles_cell import RandlesCell


def test_a_randles_cell_charges_and_settles() -> None:
    cell = RandlesCell(100.0, 900.0, 1e-6)
    cell.current(1.0, 0.0)
    assert cell.current(1.0, 0.0) == pytest.approx(0.01)
    # tau = C (rs parallel to rct) = 90 us.
    after = cell.current(1.0, 90e-6)
    assert after == pytest.approx(1e-3 + 9e-3 * math.exp(-1.0))
    assert cell.current(1.0, 1.0) == pytest.approx(1e-3)
    cell.disconnect(1.0)
    assert cell.voltage(0.0, 1.0 + 900e-6) == pytest.approx(0.9 * math.exp(-1.0))


@pytest.mark.parametrize("frequency", [0.1, 10.0, 1e3, 1e5])
def test_the_impedance_of_a_randles_cell(frequency: float) -> None:
    cell = RandlesCell(100.0, 1000.0, 1e-6)
    omega = 2 * math.pi * frequency
    expected = 100.0 + 1000.0 / (1.0 + 1j * omega * 1e-3)
    assert cell.impedance(frequency, 0.0, 0.0) == pytest.approx(expected)


def test_a_series_rc() -> None:
    cell = RandlesCell(1e3, math.inf, 1e-6)
    cell.current(1.0, 0.0)
    assert cell.current(1.0, 1e-3) == pytest.approx(1e-3 * math.exp(-1.0))
    assert cell.impedance(1.0, 0.0, 0.0).imag == pytest.approx(-1.0 / (2 * math.pi * 1e-6))
