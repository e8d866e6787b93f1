"""Limits and laws that the cell's parameters keep."""

from __future__ import annotations

from dataclasses import replace
from math import exp

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim_backends.data.battery import THIN_FILM
from sim_backends.models import stc
from sim_backends.models.zinc_cell import FRESH, LIFE, Worn, present, with_parasitic

CELL = THIN_FILM.cell
NOW = present(CELL, FRESH, stc.TEMPERATURE)


def test_the_potential_is_nernsts_about_the_middle() -> None:
    assert NOW.potential(0.5) == pytest.approx(CELL.standard)
    assert NOW.thermal == pytest.approx(0.025693, rel=1e-4)
    step = NOW.potential(0.9) - NOW.potential(0.5) - 0.4 * CELL.slope
    assert step == pytest.approx(CELL.width * NOW.thermal * 2.1972246, rel=1e-6)


@settings(derandomize=True, max_examples=50)
@given(st.floats(1e-4, 6.0))
def test_a_current_is_found_again_from_its_loss(current: float) -> None:
    for signed in (current, -current):
        assert NOW.current_for(NOW.loss(signed)) == pytest.approx(signed, rel=1e-9)


def test_small_losses_are_linear_and_large_ones_follow_tafel() -> None:
    small = 1e-6
    assert NOW.loss(small) / small == pytest.approx(
        NOW.resistance + NOW.thermal / NOW.exchange, rel=1e-6
    )
    kinetic = [NOW.loss(i) - i * NOW.resistance for i in (50.0, 500.0)]
    assert kinetic[1] - kinetic[0] == pytest.approx(2.0 * NOW.thermal * 2.302585, rel=1e-3)


def test_gas_grows_by_e_with_each_tafel_slope() -> None:
    first = NOW.parasitic(CELL.upper) - NOW.corrosion
    more = NOW.parasitic(CELL.upper + CELL.tafel) - NOW.corrosion
    assert more / first == pytest.approx(exp(1.0))


def test_a_thicker_electrode_lags_with_the_square_of_its_loading() -> None:
    thick = present(replace(CELL, mass=3.0 * CELL.mass), FRESH, stc.TEMPERATURE)
    assert thick.lag / NOW.lag == pytest.approx(9.0)
    assert thick.charge / NOW.charge == pytest.approx(3.0)


def test_a_life_takes_capacity_and_adds_resistance_and_losses() -> None:
    old = present(CELL, Worn(LIFE), stc.TEMPERATURE)
    assert old.charge / NOW.charge == pytest.approx(1.0 - CELL.fade)
    assert old.resistance / NOW.resistance == pytest.approx(1.0 + CELL.stiffening)
    assert old.gas / NOW.gas == pytest.approx(1.0 + CELL.roughening)


def test_bends_isolate_mass_and_warmth_quickens() -> None:
    bent = present(CELL, Worn(0.0, 1e6), stc.TEMPERATURE)
    assert bent.charge / NOW.charge == pytest.approx(exp(-CELL.isolating * 1e6))
    warm = present(CELL, FRESH, 35.0)
    assert warm.lag < NOW.lag and warm.exchange > NOW.exchange and warm.corrosion > NOW.corrosion
    assert warm.charge / NOW.charge == pytest.approx(1.0 + 10.0 * CELL.warming)


def test_parasitic_currents_are_scaled_together() -> None:
    more = present(with_parasitic(CELL, 2.5), FRESH, stc.TEMPERATURE)
    assert more.parasitic(1.1) == pytest.approx(2.5 * NOW.parasitic(1.1))
