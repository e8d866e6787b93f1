from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim_backends.models.residual_gas import (
    IONISATION,
    PATTERNS,
    VacuumChamber,
    nitrogen_equivalent,
    peaks,
    transmitted,
)


def test_each_gas_has_one_principal_peak() -> None:
    assert set(PATTERNS) == set(IONISATION)
    for pattern in PATTERNS.values():
        assert max(pattern.values()) == 1.0 and min(pattern.values()) > 0.0


def test_peaks_of_a_mixture_add_up() -> None:
    found = peaks({"N2": 1.0, "CO2": 0.5})
    assert found[28] == pytest.approx(1.0 + 0.5 * 1.42 * 0.11)
    assert found[44] == pytest.approx(0.5 * 1.42)
    assert nitrogen_equivalent({"N2": 1.0, "CO2": 0.5}) == pytest.approx(1.71)


@settings(derandomize=True, max_examples=50, deadline=None)
@given(st.integers(1, 50), st.floats(-0.5, 0.5))
def test_a_peak_has_a_tenth_of_its_height_half_a_unit_away(mass: int, off: float) -> None:
    height = transmitted({mass: 2.0}, mass + off)
    assert 0.2 - 1e-9 <= height <= 2.0
    assert height == pytest.approx(transmitted({mass: 2.0}, mass - off))
    assert transmitted({mass: 2.0}, mass + 0.5) == pytest.approx(0.2)


def test_the_chamber_is_pumped() -> None:
    chamber = VacuumChamber({"N2": 1e-4}, seconds=2.0)
    chamber.let_in("He", 1e-3, 0.0)
    assert chamber.partial_pressures(2.0)["He"] == pytest.approx(1e-3 * (1.0 - math.exp(-1.0)))
    chamber.let_in("He", 0.0, 50.0)
    later = chamber.partial_pressures(54.0)
    assert later["He"] == pytest.approx(1e-3 * math.exp(-2.0), rel=1e-3)
    assert later["N2"] == pytest.approx(1e-4)
