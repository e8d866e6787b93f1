"""Rocking curves have the width that they state, and lie where the operator put them."""

from __future__ import annotations

import numpy as np
import pytest

from sim_backends.models.wafer.rocking import LONG, REST, SHORT, InBeam, Reflection

ARCSEC = float(np.radians(1.0 / 3600.0))


def film(share: float = 0.3, curvature: float = 0.0) -> Reflection:
    return Reflection(0.53, 70.0 * ARCSEC, share, curvature, 1e-3, 4e4, 40.0, 0.04, 7)


@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
def test_a_flat_film_is_as_wide_as_its_mosaic(share: float) -> None:
    assert film(share).fwhm() / ARCSEC == pytest.approx(70.0, rel=1e-6)


def test_curvature_widens_the_curve() -> None:
    bent = film(curvature=0.1)
    off = np.linspace(-200.0, 200.0, 4001) * ARCSEC
    seen = bent.shape(off, 0.0)
    over = off[seen > 0.5 * seen.max()]
    assert bent.fwhm() == pytest.approx(float(np.ptp(over)), abs=0.2 * ARCSEC)
    assert bent.fwhm() > film().fwhm()


def test_a_beam_widens_and_keeps_the_area() -> None:
    off = np.linspace(-8000.0, 8000.0, 40001) * ARCSEC
    sharp, broad = (film(0.2).shape(off, beam * ARCSEC) for beam in (0.0, 40.0))
    assert float(broad.sum()) == pytest.approx(float(sharp.sum()), rel=2e-3)
    assert broad.max() < sharp.max()


def test_places_shift_with_the_curvature() -> None:
    bent = film(curvature=0.05)
    assert bent.at(0.01).bragg - bent.at(-0.01).bragg == pytest.approx(0.05 * 0.02)
    assert bent.at(0.01).width != bent.at(-0.01).width


def test_a_prompt_lays_and_names() -> None:
    reference = Reflection(0.6, 4.0 * ARCSEC, 0.0, 0.0, 1e-3, 4e4, 40.0, 0.0, 1)
    beam = InBeam(film(), reference)
    assert beam.label(0.0) == REST and beam.span(0.0) == LONG
    beam.acted("beam/reference", "W-reference", 10.0)
    assert (beam.label(9.0), beam.label(10.0), beam.span(11.0)) == (REST, "W-reference", SHORT)
    beam.acted("beam/-20", "W--20mm", 20.0)
    assert beam.reflection(21.0).width != reference.width and beam.span(21.0) == LONG
    beam.acted("detector/dead_time", "0.4 us", 30.0)
    assert beam.label(31.0) == "W--20mm"
