"""Errors of positions in a series of pictures of a lattice."""

from __future__ import annotations

import numpy as np
import pytest

from labctl.quantity import Quantity
from labctl.uncertainty import MonteCarlo
from procedures.methods.imaging.dots import Dots, find_dots
from procedures.methods.in_situ.spatial_precision import LATTICE, Positions, _figure, reduced
from sim_backends.models.imaging.lattice import (
    PICTURES,
    PITCH,
    SPACING,
    LatticeMicroscope,
    PositionMethod,
    bias,
    deviation,
    precision,
)


def series(method: PositionMethod, seed: int) -> Positions:
    microscope = LatticeMicroscope(method, 1.0, seed)
    read: list[Dots] = []
    for _ in range(PICTURES):
        dots = find_dots(microscope.picture(0.0).counts.astype(np.float64), SPACING / PITCH)
        read.append(Dots(dots.places * PITCH, dots.grid))
    return reduced(("00",), read, SPACING)


@pytest.mark.parametrize("scale", [0.0, 4e-3])
def test_drift_scale_and_vibration_are_told_apart(scale: float) -> None:
    method = PositionMethod(scale, 0.12e-9, 0.3e-9)
    seen = series(method, 5)
    assert seen.count == 2 * 64 * PICTURES
    assert seen.bias == pytest.approx(bias(method), abs=4.0 * seen.u)
    assert seen.scale == pytest.approx(scale, abs=4e-4)
    spread = (seen.rest**2 + seen.scale**2 * seen.extent) ** 0.5
    assert spread == pytest.approx(deviation(method), rel=0.12)


def test_the_figure_takes_the_side_of_the_mean() -> None:
    method = PositionMethod(0.0, -0.12e-9, 0.3e-9)
    draws = _figure(MonteCarlo(5_000, 1), series(method, 5), {})
    assert draws[0, 0] == pytest.approx(precision(method), abs=4.0 * float(np.std(draws[1:])))
    assert draws[0, 0] < 0.0


def test_the_lattices_certificate_is_in_the_uncertainty() -> None:
    seen = Positions(("00",), 768, 0.3e-9, 1e-12, 5e-3, 3.3e-15, 0.2e-9, 1e-12)
    stated = {LATTICE: Quantity(0.0, "dimensionless", 1e-3)}
    wide, narrow = (
        float(np.std(_figure(MonteCarlo(5_000, 1), seen, known)[1:])) for known in (stated, {})
    )
    assert wide > 10.0 * narrow
