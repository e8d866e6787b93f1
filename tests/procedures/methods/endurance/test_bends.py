"""What a bending axis that lies askew takes from a loss."""

from __future__ import annotations

import numpy as np
import pytest

from labctl.uncertainty import MonteCarlo
from procedures.methods.endurance.bends import AXIS, axis_factor


def test_a_sample_bent_askew_has_lost_less_than_it_would() -> None:
    factor = axis_factor(MonteCarlo(20_000, 1), 2.5)
    assert factor[0] == 1.0 and float(factor.min()) == 1.0
    # cos(a)^-5 = 1 + 2.5 a^2 + ..., and the mean of a^2 is its variance.
    assert float(np.mean(factor[1:])) == pytest.approx(1.0 + 2.5 * AXIS**2, abs=1e-4)


def test_damage_that_knows_no_strain_knows_no_axis() -> None:
    assert np.all(axis_factor(MonteCarlo(100, 1), 0.0) == 1.0)
