"""Bending: strain, threshold, Miner's rule."""

from __future__ import annotations

from math import radians

import pytest

from sim_backends.data.photovoltaic import FLEXIBLE_CELL
from sim_backends.models import fatigue, wear
from sim_backends.models.fatigue import Fatigue
from sim_backends.samples.devices import draw
from sim_backends.streams import stream

LAW = Fatigue(threshold=0.001, exponent=1.5, opening=1e-4, leaking=2e-4)


def test_strain_of_a_bent_foil() -> None:
    assert fatigue.strain(125e-6, 0.015) == pytest.approx(125e-6 / 0.03)
    tilted = fatigue.strain(125e-6, 0.015, radians(10.0))
    assert tilted == pytest.approx(0.9698 * 125e-6 / 0.03, rel=1e-4)


def test_no_damage_below_the_threshold() -> None:
    assert fatigue.damage(LAW, 0.001, 1e6) == 0.0
    assert fatigue.damage(LAW, 0.0011, 1e6) > 0.0


def test_reference_strain_counts_one() -> None:
    assert fatigue.damage(LAW, fatigue.REFERENCE_STRAIN, 5000.0) == pytest.approx(5000.0)


def test_damage_adds_up_over_parts() -> None:
    parts = sum(fatigue.damage(LAW, 0.0042, 5.0) for _ in range(1000))
    assert parts == pytest.approx(fatigue.damage(LAW, 0.0042, 5000.0), rel=1e-12)


def test_cracks_raise_series_and_lower_shunt() -> None:
    worn = wear.factors(draw(FLEXIBLE_CELL, stream(1, "test")), 0.0, 0.0, 5000.0)
    assert worn.series > 1.0 > worn.shunt
    assert worn.photocurrent == worn.saturation == 1.0
