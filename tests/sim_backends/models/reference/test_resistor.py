from __future__ import annotations

import pytest

from sim_backends.models.reference.resistor import ReferenceResistor


def test_a_resistor_with_a_source() -> None:
    cell = ReferenceResistor(100.0, 0.5)
    assert cell.current(1.5, 0.0) == pytest.approx(0.01)
    assert cell.voltage(0.0, 0.0) == 0.5 and cell.impedance(1e3, 0.0, 0.0) == 100.0
