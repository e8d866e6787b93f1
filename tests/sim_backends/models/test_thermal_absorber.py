from __future__ import annotations

from math import exp

import pytest

from sim_backends.models.thermal_absorber import ThermalAbsorber


def test_it_warms_and_cools_with_its_time_constant() -> None:
    absorber = ThermalAbsorber(2.0, 10.0)
    absorber.receive(100.0, 12.0)
    assert absorber.warmth(12.0) == 0.0
    assert absorber.warmth(14.0) == pytest.approx(100.0 * (1.0 - exp(-1.0)))
    absorber.receive(0.0, 14.0)
    assert absorber.warmth(16.0) == pytest.approx(100.0 * (1.0 - exp(-1.0)) * exp(-1.0))
