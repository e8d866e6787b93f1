"""The hyperbola, against closed forms and laserbeamsize's fit."""

from __future__ import annotations

from math import cos, pi, sin
from typing import Any

import laserbeamsize
import numpy as np
import pytest

from procedures.analysis import caustic
from procedures.analysis.second_moments import Moments

THEIRS: Any = laserbeamsize
WAVELENGTH, QUALITY, WAIST, AT = 1.064e-6, 1.4, 120e-6, 3e-3
LENGTH = pi * WAIST**2 / (4.0 * QUALITY * WAVELENGTH)
PLACES = AT + LENGTH * np.array([-3.0, -2.5, -2.1, -0.8, -0.4, 0.0, 0.4, 0.8, 2.1, 2.5, 3.0])
SQUARES = WAIST**2 * (1.0 + ((PLACES - AT) / LENGTH) ** 2)


def test_a_caustic_without_noise_is_found_as_it_is() -> None:
    found = caustic.fit(PLACES, SQUARES)
    assert float(caustic.quality(found.parameters, WAVELENGTH)) == pytest.approx(QUALITY)
    assert float(caustic.waist(found.parameters)) == pytest.approx(WAIST)
    assert float(caustic.rayleigh(found.parameters)) == pytest.approx(LENGTH)
    assert float(caustic.spreading(found.parameters)) == pytest.approx(WAIST / LENGTH)
    assert caustic.waist_place(found) == pytest.approx(AT)
    assert float(caustic.width_at(found.parameters, AT - found.middle)) == pytest.approx(WAIST)
    assert caustic.planes(found, PLACES) == (5, 6)


def test_laserbeamsize_fits_the_same_and_so_does_the_uncertainty() -> None:
    rng = np.random.default_rng(6)
    ours, theirs, stated = list[float](), list[float](), list[float]()
    for _ in range(200):
        squares = SQUARES * (1.0 + 0.004 * rng.standard_normal(len(PLACES))) ** 2
        found = caustic.fit(PLACES, squares)
        ours.append(float(caustic.quality(found.parameters, WAVELENGTH)))
        parameters, _, _ = THEIRS.M2_fit(PLACES, np.sqrt(squares), WAVELENGTH)
        theirs.append(float(parameters[3]))
        by = caustic.quality_by(found)
        stated.append(2.0 * found.scatter * QUALITY * float(np.sqrt(by @ by)))
    # Theirs weighs all widths alike, ours by their size: they agree within both their scatters.
    assert np.mean(ours) == pytest.approx(np.mean(theirs), abs=3e-3)
    assert np.mean(ours) == pytest.approx(QUALITY, abs=4.0 * np.std(ours) / 200**0.5)
    assert np.sqrt(np.mean(np.square(stated))) == pytest.approx(np.std(ours), rel=0.2)


def test_influences_are_those_of_a_small_step() -> None:
    found = caustic.fit(PLACES, SQUARES)
    for index in range(len(PLACES)):
        moved = SQUARES.copy()
        moved[index] *= 1.0 + 1e-6
        other = caustic.fit(PLACES, moved)
        ratio = caustic.quality(other.parameters, 1.0) / caustic.quality(found.parameters, 1.0)
        assert float(ratio) - 1.0 == pytest.approx(
            1e-6 * caustic.quality_by(found)[index], rel=1e-3
        )
        ratio = caustic.width_at(other.parameters, 1e-3) / caustic.width_at(found.parameters, 1e-3)
        by = caustic.width_by(found, 1e-3)[index]
        assert float(ratio) - 1.0 == pytest.approx(1e-6 * by, rel=1e-2, abs=1e-10)


def test_axes_are_shared_where_the_ellipse_turns_over() -> None:
    """Before the waist of one axis the other is wider: the azimuth of the larger one jumps."""
    turn = 0.35
    seen = list[Moments]()
    for first, second in ((4.0, 9.0), (5.0, 6.0), (9.0, 4.0), (16.0, 5.0)):
        c, s = cos(turn), sin(turn)
        xx, yy = c * c * first + s * s * second, s * s * first + c * c * second
        seen.append(Moments(0.0, 0.0, xx, c * s * (first - second), yy))
    found = caustic.azimuth(seen) % (pi / 2)
    assert found == pytest.approx(turn)
    widths = caustic.along_axes(seen, turn) / 16.0
    assert widths[0] == pytest.approx([4.0, 5.0, 9.0, 16.0])
    assert widths[1] == pytest.approx([9.0, 6.0, 4.0, 5.0])


def test_what_has_no_waist_is_refused() -> None:
    for places, squares in (
        (PLACES, np.full_like(PLACES, 1e-8)),
        (PLACES, 2e-8 - 1e-8 * ((PLACES - AT) / LENGTH / 3.0) ** 2),
        (PLACES[:4], SQUARES[:4]),
    ):
        with pytest.raises(caustic.NoCaustic):
            caustic.fit(places, squares)
