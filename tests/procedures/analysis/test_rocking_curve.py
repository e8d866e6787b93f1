"""Peaks of another generator than the model's: folded by numbers, drawn by Poisson."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from procedures.analysis.rocking_curve import NoPeak, fitted, flanks, profile

ARCSEC = float(np.radians(1.0 / 3600.0))
ANGLE = np.linspace(-500.0, 500.0, 301) * ARCSEC


def folded(width: float, share: float, beam: float) -> NDArray[np.float64]:
    """Pseudo-Voigt by its own formulas, folded with a Gaussian as a sum over a fine grid."""
    fine = np.linspace(-1500.0, 1500.0, 6001)
    gauss = np.exp(-4.0 * np.log(2.0) * (fine / width) ** 2)
    whole = share / (1.0 + (2.0 * fine / width) ** 2) + (1.0 - share) * gauss
    kernel = np.exp(-4.0 * np.log(2.0) * (fine / beam) ** 2)
    both = np.convolve(whole, kernel / kernel.sum(), mode="same")
    return np.interp(ANGLE / ARCSEC, fine, both)


@pytest.mark.parametrize(("width", "share", "beam"), [(70.0, 0.3, 12.0), (120.0, 0.6, 30.0)])
def test_the_width_is_that_without_the_instrument(width: float, share: float, beam: float) -> None:
    true = 50.0 + 5e4 * folded(width, share, beam)
    told = fitted(ANGLE + 0.5, true, beam * ARCSEC)
    assert told.width / ARCSEC == pytest.approx(width, rel=2e-3)
    assert told.place == pytest.approx(0.5, abs=0.1 * ARCSEC)
    assert told.share == pytest.approx(share, abs=0.02)
    assert told.half / ARCSEC > width


def test_counting_scatters_as_it_says() -> None:
    rng = np.random.default_rng(4)
    true = 20.0 + 3000.0 * folded(80.0, 0.3, 12.0)
    found = [fitted(ANGLE, rng.poisson(true).astype(float), 12.0 * ARCSEC) for _ in range(30)]
    widths = [one.width for one in found]
    assert np.mean(widths) / ARCSEC == pytest.approx(80.0, abs=0.3)
    assert np.std(widths) == pytest.approx(np.mean([one.u for one in found]), rel=0.4)
    assert 0.8 < np.mean([one.misfit for one in found]) < 1.2


def test_dead_time_is_taken_off() -> None:
    true = 20.0 + 20000.0 * folded(80.0, 0.3, 12.0)
    seen = true / (1.0 + true * 4e-6)
    assert fitted(ANGLE, seen, 12.0 * ARCSEC, 4e-6).width / ARCSEC == pytest.approx(80.0, rel=2e-3)
    assert fitted(ANGLE, seen, 12.0 * ARCSEC).width / ARCSEC > 81.0


def test_what_is_no_evidence_is_named() -> None:
    rng = np.random.default_rng(1)
    good = 20.0 + 3000.0 * folded(80.0, 0.3, 12.0)
    double = good + np.roll(good, 80)
    shoulder = good + 0.5 * np.roll(good, 18)
    cases = {
        "few": 0.05 * good,
        "saturated": np.minimum(good, 2000.0),
        "narrow": 20.0 + 3000.0 * folded(420.0, 0.0, 12.0),
        "coarse": 20.0 + 3000.0 * folded(14.0, 0.0, 12.0),
        "shape": double,
    }
    for name, counts in cases.items():
        with pytest.raises(NoPeak, match=name):
            fitted(ANGLE, counts, 12.0 * ARCSEC)
    with pytest.raises(NoPeak, match="shape"):
        fitted(ANGLE, rng.poisson(shoulder).astype(float), 12.0 * ARCSEC)
    with pytest.raises(NoPeak, match="saturated"):
        fitted(ANGLE, good, 12.0 * ARCSEC, 1e-4)


def test_flanks_of_a_gaussian_lie_at_half_of_its_height() -> None:
    place = np.arange(301.0)
    gauss = 1000.0 * np.exp(-4.0 * np.log(2.0) * ((place - 150.0) / 60.0) ** 2)
    assert flanks(place, gauss) == pytest.approx((120.0, 180.0), abs=0.3)


def test_the_folded_profile_is_that_of_numbers() -> None:
    assert np.allclose(
        profile(ANGLE, 70.0 * ARCSEC, 0.3, 12.0 * ARCSEC), folded(70.0, 0.3, 12.0), atol=1e-3
    )
