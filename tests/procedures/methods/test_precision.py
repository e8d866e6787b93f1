"""Precision as one signed figure."""

from __future__ import annotations

import numpy as np
import pytest

from labctl.uncertainty import MonteCarlo
from procedures.methods.precision import COVERAGE, Spread, drawn_spread, signed_end, spread_of

RNG = np.random.default_rng(1)


@pytest.mark.parametrize("errors", [RNG.normal(0, 2.0, 400), RNG.uniform(-1, 1, 400)])
def test_the_uncertainty_of_a_deviation_is_that_of_repeated_samples(errors: np.ndarray) -> None:
    spread = spread_of(errors)
    again = [np.std(RNG.choice(errors, len(errors)), ddof=1) for _ in range(2000)]
    assert spread.value == pytest.approx(np.std(errors, ddof=1))
    assert spread.u == pytest.approx(np.std(again), rel=0.1)


def test_the_end_lies_on_the_side_of_the_mean() -> None:
    one = np.ones((3, 1))
    assert signed_end(0.3 * one, 0.2 * one)[0, 0] == pytest.approx(0.3 + 0.2 * COVERAGE)
    assert signed_end(-0.3 * one, 0.2 * one)[0, 0] == pytest.approx(-0.3 - 0.2 * COVERAGE)


def test_a_deviation_is_never_below_nothing() -> None:
    assert drawn_spread(MonteCarlo(1_000, 1), "x", Spread(0.1, 1.0)).min() == 0.0
