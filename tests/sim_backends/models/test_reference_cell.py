"""The reference cell's shunt voltage."""

from __future__ import annotations

import pytest

from sim_backends.models.reference_cell import ReferenceCell

CELL = ReferenceCell(responsivity=1.01e-4, shunt=0.5)


def test_voltage_is_proportional_to_irradiance() -> None:
    assert CELL.voltage(0.0, 1000.0) == pytest.approx(0.101)
    assert CELL.voltage(0.0, 0.0) == 0.0


def test_current_is_the_inverse() -> None:
    assert CELL.voltage(CELL.current(0.08, 700.0), 700.0) == pytest.approx(0.08)
