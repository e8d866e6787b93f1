from __future__ import annotations

import numpy as np
import pytest

from labctl.evidence import Accuracy, Reading
from labctl.uncertainty import MonteCarlo
from procedures.methods.laser.head import Levels, Readings, powers, zero_share

LINE = Accuracy("power", 300.0, "W", 0.025, 1.5, "sheet, page 1")


def readings(value: float, t: float) -> Readings:
    rng = np.random.default_rng(int(t))
    return tuple(
        Reading(value + float(rng.normal(0.0, 0.02)), "W", t + n, t + n, "a", "s", LINE)
        for n in range(8)
    )


FOUND = Levels((100.0,), readings(1.0, 0.0), (readings(101.5, 50.0),), readings(2.0, 100.0))


def test_the_zero_is_the_line_between_its_ends() -> None:
    assert zero_share(FOUND, FOUND.lit[0]) == pytest.approx(0.5)
    draws = powers(MonteCarlo(seed=1), FOUND, "x")
    assert draws.shape == (10_001, 1)
    assert draws[0, 0] == pytest.approx(100.0, abs=0.05)


def test_the_offset_of_the_scale_cancels_and_its_gain_does_not() -> None:
    draws = powers(MonteCarlo(seed=1), FOUND, "x")
    assert float(np.std(draws[1:])) == pytest.approx(100.0 * 0.025 / 3.0**0.5, rel=0.03)
