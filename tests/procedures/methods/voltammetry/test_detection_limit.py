from __future__ import annotations

import numpy as np
import pytest

from labctl.quantity import Quantity
from labctl.uncertainty import MonteCarlo
from procedures.methods.voltammetry.detection_limit import (
    Taken,
    blank_scatter,
    limits,
    slope,
    worst,
)
from procedures.methods.voltammetry.metals import METALS
from tests.procedures.methods.voltammetry.sweeps import swept


def test_a_detection_limit_is_three_scatters_over_the_slope() -> None:
    rng = np.random.default_rng(1)
    scatter = {name: 0.05 * (n + 1) for n, name in enumerate(METALS)}
    residues = [
        {name: s * rng.standard_normal() for name, s in scatter.items()} for _ in range(400)
    ]
    blanks = [swept(one, rng) for one in residues]
    standards = [swept(dict.fromkeys(METALS, 6.0), rng) for _ in range(6)]
    level = Quantity(6.0, "ug/L")
    found = limits(Taken(standards[:3], blanks, standards[3:], (level, level)))
    last = list(METALS)[-1]
    assert worst(found) == last
    for name, true in scatter.items():
        assert found.scatter[name] / found.slopes[name].mean() == pytest.approx(true, rel=0.12)


def test_scatter_of_few_blanks_is_known_by_chi_square() -> None:
    mc = MonteCarlo(20_000, 1)
    draws = blank_scatter(mc, 2.0, 10)
    assert draws[0, 0] == 2.0
    # Scaled inverse chi of 9 degrees of freedom: 2.5 % and 97.5 %.
    low, high = np.quantile(draws[1:], [0.025, 0.975])
    assert (low, high) == pytest.approx(
        (2.0 * (9 / 19.02) ** 0.5, 2.0 * (9 / 2.70) ** 0.5), rel=0.02
    )


def test_drift_between_standards_and_the_standards_themselves_are_in_the_slope() -> None:
    mc = MonteCarlo(20_000, 1)
    steady = slope(mc, {}, np.array([1.0, 1.0, 1.0, 1.0]))
    assert np.ptp(steady) == 0.0
    drifted = slope(mc, {}, np.array([1.1, 1.1, 0.9, 0.9]))
    assert drifted[0, 0] == pytest.approx(1.0)
    assert np.std(drifted[1:]) == pytest.approx(0.1 / 3**0.5, rel=0.03)
    stated = {"standard_concentration": Quantity(0.0, "dimensionless", 0.02)}
    assert np.std(slope(mc, stated, np.ones(4))[1:]) == pytest.approx(0.02, rel=0.03)
