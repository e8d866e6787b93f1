"""Loading by map and punches: arithmetic and budget."""

from __future__ import annotations

import numpy as np
import pytest

from labctl.quantity import Quantity
from labctl.uncertainty import MonteCarlo
from procedures.methods.metal_loading import NEEDED, Metal, loading, scatter, total

SCALE = 0.01 * 50e-6 / 7.854e-5
"""A digest as concentrated as the reference solution, in kg/m2."""


def metal(calibration: float = 1.0, brightness: float = 1000.0) -> Metal:
    """Punches of half the areal mass of `SCALE`, a map of a tenth more."""
    noise = 1.0 + 0.01 * np.array([-1.0, -0.5, 0.0, 0.5, 1.0])
    return Metal(
        blank=0.001 * calibration,
        reference=0.011 * calibration,
        digests=tuple(0.001 * calibration + 0.005 * calibration * noise),
        bare=50.0,
        punched=(50.0 + 0.5 * brightness,) * 5,
        places=tuple(50.0 + 0.55 * brightness * (1.0 + 0.02 * np.sin(np.arange(64)))),
    )


@pytest.mark.parametrize("calibration", [0.9, 1.0, 1.2])
@pytest.mark.parametrize("brightness", [500.0, 2000.0])
def test_calibration_and_brightness_cancel(calibration: float, brightness: float) -> None:
    mean = 0.55 * SCALE
    assert loading(metal(calibration, brightness), SCALE) == pytest.approx(mean, rel=1e-3)


def test_scatter_holds_punches_and_map() -> None:
    one = metal()
    assert 0.005 < scatter(one) < 0.02


def test_every_contribution_of_the_bench_is_in_the_uncertainty() -> None:
    bench = {name: Quantity(0.0, "dimensionless", 0.02) for name in NEEDED}
    metals = {"Ir": metal(), "Pt": metal()}
    sure, wide = (
        float(np.std(total(MonteCarlo(20_000, 1), metals, SCALE, known)[1:]))
        for known in ({}, bench)
    )
    assert wide**2 - sure**2 == pytest.approx(4 * (0.02 * 1.1 * SCALE) ** 2, rel=0.1)
