from __future__ import annotations

import numpy as np
import pytest

from labctl.quantity import Quantity
from labctl.uncertainty import MonteCarlo
from procedures.methods.beam_propagation.measuring import Mirror
from procedures.methods.beam_propagation.reducing import (
    ASKEW,
    FEW,
    NONE,
    divergences,
    lacking,
    qualities,
    told,
    worse,
)
from tests.procedures.methods.beam_propagation.caustics import (
    PITCH,
    QUALITIES,
    WAIST,
    WAVELENGTH,
    seen,
)

WHOLE = [-3.0, -2.7, -2.4, -0.75, -0.4, 0.0, 0.4, 0.75, 2.4, 2.7, 3.0]
LIGHT = Quantity(WAVELENGTH, "m", 0.0)


def test_a_whole_caustic_lacks_nothing_and_reads_right() -> None:
    one = seen(WHOLE)
    assert lacking(one) == ()
    found = qualities(MonteCarlo(seed=1), "x", one, LIGHT, {})
    # One axis has 1.2 times the square of the width: its M2 is as much larger.
    assert sorted(found[0]) == pytest.approx(sorted((1.2 * QUALITIES[0], QUALITIES[1])))
    assert worse(found)[0] == pytest.approx(1.2 * QUALITIES[0])
    assert len(told(one, WAVELENGTH)) == 2


def test_divergence_is_the_width_in_the_focal_plane_over_the_focal_length() -> None:
    found = divergences(MonteCarlo(seed=1), "x", seen(WHOLE), Mirror(0.12, 0.0), {})
    assert sorted(found[0]) == pytest.approx([WAIST / 0.12, 1.2**0.5 * WAIST / 0.12])


def test_what_the_bench_states_is_in_the_draws() -> None:
    stated = {"pixel_pitch": Quantity(0.0, "dimensionless", 0.01)}
    drawn = qualities(MonteCarlo(seed=2), "x", seen(WHOLE), LIGHT, stated)
    assert np.std(drawn[1:, 0]) / drawn[0, 0] == pytest.approx(0.02, rel=0.05)
    stated = {"focal_length": Quantity(0.0, "dimensionless", 0.01)}
    angles = divergences(MonteCarlo(seed=2), "x", seen(WHOLE), Mirror(0.12, 0.0), stated)
    assert np.std(angles[1:, 0]) / angles[0, 0] == pytest.approx(0.01, rel=0.05)


def test_scatter_of_the_widths_is_in_the_draws() -> None:
    drawn = qualities(MonteCarlo(seed=3), "x", seen(WHOLE, scatter=0.004), LIGHT, {})
    assert 0.001 < np.std(drawn[1:, 0]) / drawn[0, 0] < 0.01


@pytest.mark.parametrize(
    ("parts", "twist", "words"),
    [
        ([-1.9, -1.5, -0.5, -0.3, 0.0, 0.3, 0.5, 1.5, 1.9], 0.0, FEW),
        (WHOLE, 0.4, ASKEW),
        ([0.0] * 11, 0.0, NONE),
    ],
)
def test_what_is_no_caustic_by_the_standard_is_said(
    parts: list[float], twist: float, words: str
) -> None:
    assert words in lacking(seen(parts, twist))
    assert PITCH > 0.0
