"""EURACHEM/CITAC CG 4 (QUAM:2012.P1), example A1: preparation of a calibration standard."""

from __future__ import annotations

import math

import pytest

from labctl.uncertainty import Draws, MonteCarlo
from labctl.uncertainty.propagation import adaptive
from labctl.uncertainty.shapes import RECTANGULAR, TRIANGULAR


def cadmium(mc: MonteCarlo) -> Draws:
    """Concentration in mg/l of cadmium from mass in mg, purity and volume in ml (A1.4)."""
    purity = 0.9999 + mc.certified("purity", 0.0001, RECTANGULAR)
    mass = 100.28 + 0.05 * mc.normal("mass")
    flask = mc.certified("flask", 0.1, TRIANGULAR)
    filling = 0.02 * mc.normal("filling")
    warmth = mc.certified("temperature", 0.084, RECTANGULAR)
    return 1000.0 * mass * purity / (100.0 + flask + filling + warmth)


def test_a1_volume_and_shares() -> None:
    """A1.4: u(V) = 0.07 ml from 0.04, 0.02 and 0.05 ml; u(P) = 0.000058; table A1.1."""
    shares = dict(MonteCarlo().first_order(cadmium).shares)
    volume = math.hypot(shares["flask"], shares["filling"], shares["temperature"])
    assert round(shares["flask"] / 1002.7 * 100, 2) == 0.04
    assert round(shares["temperature"] / 1002.7 * 100, 2) == 0.05
    assert round(volume / 1002.7 * 100, 2) == 0.07
    assert round(shares["purity"] / 1002.7, 6) == 0.000058


def test_a1_concentration() -> None:
    """A1.5: c = 1002.7 mg/l; the guide's u = 0.9 mg/l is computed from the rounded u(V) = 0.07 ml
    of table A1.1. Unrounded inputs give 0.835 mg/l, by first order and by Monte Carlo."""
    first = MonteCarlo().first_order(cadmium)
    assert round(first.value, 1) == 1002.7
    assert round(first.u, 3) == 0.835
    found = adaptive(cadmium, MonteCarlo(seed=21))
    assert found.u == pytest.approx(0.835, abs=0.0005 + found.tolerance)


def test_a1_by_its_rounded_table() -> None:
    """Table A1.1: with u 0.05 mg, 0.07 ml and 0.000058 it comes to 0.9 mg/l, U = 1.8 mg/l."""

    def model(mc: MonteCarlo) -> Draws:
        purity = 0.9999 + 0.000058 * mc.normal("purity")
        volume = 100.0 + 0.07 * mc.normal("volume")
        return 1000.0 * (100.28 + 0.05 * mc.normal("mass")) * purity / volume

    first = MonteCarlo().first_order(model)
    assert round(first.u, 1) == 0.9
    assert 2 * round(first.u, 1) == 1.8
