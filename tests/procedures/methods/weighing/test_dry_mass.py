"""Dry mass by weighings: arithmetic, buoyancy, budget."""

from __future__ import annotations

import numpy as np
import pytest

from labctl.evidence import Reading
from labctl.quantity import Quantity
from labctl.uncertainty import MonteCarlo
from procedures.methods.weighing.dry_mass import ALIQUOTS, reduced, water_of

BENCH = {
    "drying_endpoint": Quantity(0.0, "dimensionless", 0.0015),
    "zero_drift": Quantity(0.0, "mg", 0.1),
    "air_density": Quantity(0.0, "kg/m**3", 0.02),
}
GRAIN = Quantity(6000.0, "kg/m**3", 300.0)


def weighings(water: float, moist: float = 0.056) -> dict[str, Reading]:
    masses = {"dish": 0.038, "batch": 0.038 + moist}
    for n in range(ALIQUOTS):
        masses |= {f"bottle-{n}": 0.014, f"moist-{n}": 0.016}
        masses[f"dried-{n}"] = 0.016 - 0.002 * (water + 1e-4 * (n - 1.5))
    return {name: Reading(one, "kg", 0.0, 0.0, "x", "1") for name, one in masses.items()}


@pytest.mark.parametrize("water", [0.0, 0.03, 0.2])
def test_water_is_taken_off(water: float) -> None:
    read = weighings(water)
    known = {name: one.value for name, one in read.items()}
    assert sum(water_of(known)) / ALIQUOTS == pytest.approx(water, abs=1e-9)
    dry = reduced(MonteCarlo(100, 1), read, BENCH, None)[0, 0]
    assert dry == pytest.approx(0.056 * (1.0 - water))


def test_light_grains_weigh_less_than_they_are() -> None:
    with_air = reduced(MonteCarlo(100, 1), weighings(0.03), BENCH, GRAIN)[0, 0]
    without = reduced(MonteCarlo(100, 1), weighings(0.03), BENCH, None)[0, 0]
    assert with_air / without == pytest.approx(1.0 + 1.2 / 6000.0 - 1.2 / 8000.0, abs=1e-7)


def test_the_end_of_drying_is_in_the_uncertainty() -> None:
    draws = reduced(MonteCarlo(20_000, 1), weighings(0.03), BENCH, GRAIN)[1:]
    assert float(np.std(draws)) == pytest.approx(0.0015 * 0.0543, rel=0.1)
