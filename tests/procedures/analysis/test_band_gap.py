"""The gap of an absorption edge, its noise, and curves that show none."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import erfc

from procedures.analysis.band_gap import PHOTON, band_gap, band_gap_u, noise

WAVELENGTH = np.linspace(300e-9, 900e-9, 301)
ENERGY = PHOTON / WAVELENGTH


def edge(gap: float, width: float = 0.028) -> np.ndarray:
    return 0.9 * 0.5 * erfc((gap - ENERGY) / (np.sqrt(2.0) * width))


@given(st.floats(1.5, 2.2), st.floats(0.02, 0.05))
def test_the_mean_of_the_slope_is_the_inflection(gap: float, width: float) -> None:
    assert band_gap(WAVELENGTH, edge(gap, width)) == pytest.approx(gap, abs=2e-3)


def test_scale_does_not_matter() -> None:
    assert band_gap(WAVELENGTH, 0.2 * edge(1.67)) == pytest.approx(band_gap(WAVELENGTH, edge(1.67)))


def test_noise_and_its_share_of_the_uncertainty_are_told() -> None:
    rng = np.random.default_rng(5)
    curves = [edge(1.67) + 0.004 * rng.standard_normal(301) for _ in range(60)]
    assert np.mean([noise(one) for one in curves]) == pytest.approx(0.004, rel=0.15)
    told = np.mean([band_gap_u(WAVELENGTH, one, 0.0) for one in curves[:8]])
    seen = np.std([band_gap(WAVELENGTH, one) for one in curves], ddof=1)
    assert told == pytest.approx(seen, rel=0.5)


def test_an_error_of_the_wavelength_becomes_one_of_the_energy() -> None:
    u = band_gap_u(WAVELENGTH, edge(1.67), 1e-9)
    assert u == pytest.approx(1.67**2 / PHOTON * 1e-9, rel=0.05)


def test_a_curve_without_its_edge_is_refused() -> None:
    with pytest.raises(ValueError, match="end of the curve"):
        band_gap(WAVELENGTH, edge(1.30))
    with pytest.raises(ValueError, match="end of the curve"):
        band_gap(WAVELENGTH[::25], edge(1.67)[::25])
