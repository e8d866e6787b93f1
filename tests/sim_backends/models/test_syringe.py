from __future__ import annotations

from math import pi

import pytest

from sim_backends.models.syringe import Syringe


def test_volume_is_bore_times_travel_in_both_directions() -> None:
    syringe = Syringe(20e-3, t0=5.0)
    area = pi / 4 * 0.02**2
    syringe.drive(1e-4, 10.0)
    assert syringe.flow() == pytest.approx(1e-4 * area)
    syringe.drive(-5e-5, 20.0)
    assert syringe.delivered(30.0) == pytest.approx((1e-3 - 5e-4) * area)
    assert syringe.delivered(25.0) == syringe.delivered(30.0)
