from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim_backends.models.specimens.crystal import MosaicCrystal


@given(st.floats(1e-4, 1e-3), st.floats(0.0, 1e-3))
def test_a_wider_beam_widens_the_curve_and_keeps_its_area(width: float, beam: float) -> None:
    crystal = MosaicCrystal(bragg=0.3, width=width, peak=1e4, floor=0.0)
    omega = np.linspace(0.29, 0.31, 20001)
    sharp, wide = crystal.rate(omega, 0.0, 0.0), crystal.rate(omega, beam, 0.0)
    assert wide.sum() == pytest.approx(sharp.sum(), rel=1e-6)
    half = omega[wide >= 0.5 * wide.max()]
    assert half[-1] - half[0] == pytest.approx(np.hypot(width, beam), abs=2.5e-6)
