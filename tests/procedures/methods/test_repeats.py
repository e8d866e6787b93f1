"""Means of figures that were measured several times."""

from __future__ import annotations

import math

import numpy as np
import pytest

from labctl.uncertainty import MonteCarlo
from procedures.methods.repeats import mean_of


def test_repeated_figures_carry_their_own_scatter() -> None:
    mc = MonteCarlo(20_000, 1)
    each = [np.full(20_001, value) for value in (91.0, 91.1, 91.2)]
    found = mean_of(mc, each, "test")
    assert found[0] == pytest.approx(91.1)
    low, high = np.quantile(found[1:], [0.025, 0.975])
    # A t of two degrees of freedom.
    assert high - low == pytest.approx(2.0 * 4.303 * 0.1 / math.sqrt(3.0), rel=0.06)


def test_the_scatter_of_repeats_is_in_their_mean() -> None:
    mc = MonteCarlo(4000, 1)
    rows = [np.full(4001, x) for x in (9.9, 10.0, 10.1)]
    found = mean_of(mc, rows, "repeats")
    assert found[0] == pytest.approx(10.0) and 0.05 < np.percentile(np.abs(found - 10.0), 68) < 0.12
