"""The figure of the precision in time and what it depends on."""

from __future__ import annotations

import numpy as np
import pytest

from labctl.evidence import Reading
from labctl.quantity import Quantity
from labctl.uncertainty import MonteCarlo
from procedures.methods.in_situ.time_precision import NEEDED, Stamped, _mean

SEEN = Stamped("00", 300, 3.0, 0.3e-3, 1e-6, 250.0, 0.2e-3, 8e-6)
DELAY = Reading(40e-6, "s", 0.0, 0.0, "visa://x", "1")
BENCH = {NEEDED[0]: Quantity(0.0, "dimensionless", 1e-6), NEEDED[1]: Quantity(0.0, "us", 5.0)}


def test_time_base_and_sensing_are_in_the_mean() -> None:
    draws = _mean(MonteCarlo(20_000, 1), 20e-3, DELAY, SEEN, BENCH)
    assert draws[0, 0] == 0.3e-3
    expected = (3e-6**2 + 5e-6**2 + 1e-6**2) ** 0.5
    assert float(np.std(draws[1:])) == pytest.approx(expected, rel=0.03)


def test_nothing_stated_leaves_the_scatter() -> None:
    draws = _mean(MonteCarlo(20_000, 1), 20e-3, DELAY, SEEN, {})
    assert float(np.std(draws[1:])) == pytest.approx(1e-6, rel=0.05)
