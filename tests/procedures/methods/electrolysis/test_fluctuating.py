from __future__ import annotations

import numpy as np
import pytest

from labctl.uncertainty import MonteCarlo
from labctl.uncertainty.memory import Scatter
from procedures.methods.electrolysis.fluctuating import worst_rate
from tests.procedures.methods.electrolysis.test_decay import RATE, made


def test_the_worst_of_equal_regions_is_no_worse_than_each() -> None:
    decays = [made(np.random.default_rng(seed), scatter=1e-3) for seed in range(3)]
    for number, decay in enumerate(decays):
        object.__setattr__(decay, "name", f"region-{number}")
    mc = MonteCarlo(4000, 1)
    draws = worst_rate(mc, decays, [one.scatter for one in decays])
    largest = max(float(one.line(mc)[0, 0]) for one in decays)
    assert draws.shape == (4001, 1)
    assert float(draws[0, 0]) <= largest + 1e-12
    assert float(draws[0, 0]) == pytest.approx(RATE, abs=4.0 * decays[0].scatter.u)


def test_the_unknown_scatter_is_in_the_worst() -> None:
    decays = [made(np.random.default_rng(seed)) for seed in range(3)]
    spreads = [
        float(np.std(worst_rate(MonteCarlo(4000, 1), decays, [Scatter(1e-6, freedom, 30.0)] * 3)))
        for freedom in (np.inf, 4.0)
    ]
    assert spreads[1] > 1.2 * spreads[0]
