"""A bank's cells, converter and fade against their closed forms."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim_backends.data.hybrid import SYSTEM
from sim_backends.models.bank_cell import mean_voltage, open_circuit, warmed
from sim_backends.models.bank_converter import alternating, direct
from sim_backends.models.bank_fade import FRESH, YEAR, losses, worn
from sim_backends.models.storage_bank import StorageBank

DESIGN = SYSTEM.banks[0]


@settings(derandomize=True, max_examples=50)
@given(st.floats(-250e3, 250e3))
def test_a_converter_turns_back_what_it_turned(power: float) -> None:
    there = direct(DESIGN.converter, power)
    assert alternating(DESIGN.converter, there) == pytest.approx(power, abs=1e-3)
    assert there >= power


def test_the_mean_of_straight_pieces_is_exact() -> None:
    curve = ((0.0, 3.0), (0.5, 3.5), (1.0, 4.5))
    assert mean_voltage(curve, 0.25, 0.75) == pytest.approx((3.375 + 3.75) / 2.0)
    assert open_circuit(curve, 1.1) == (pytest.approx(4.7), pytest.approx(2.0))


def test_resistance_is_given_at_25_degrees_and_falls_with_warmth() -> None:
    assert warmed(3500.0, 25.0) == pytest.approx(1.0)
    assert warmed(3500.0, 35.0) < 1.0 < warmed(3500.0, 15.0)


def test_relaxation_follows_its_exponential_in_one_step_and_in_many() -> None:
    one, many = StorageBank(DESIGN, 0.6), StorageBank(DESIGN, 0.6)
    one.above = many.above = 0.0
    one.pass_current(100.0, 30.0)
    for _ in range(30):
        many.pass_current(100.0, 1.0)
    cell = DESIGN.cell
    fast = 100.0 * cell.fast * (1.0 - math.exp(-30.0 / cell.fast_time))
    assert one.relaxing.fast == pytest.approx(fast)
    assert many.relaxing.fast == pytest.approx(fast, rel=1e-3)
    assert one.drawn == pytest.approx(many.drawn)


def test_power_and_current_belong_together() -> None:
    bank = StorageBank(DESIGN, 0.6)
    current = bank.current_for(80e3)
    assert bank.voltage(current) * current == pytest.approx(80e3)


def test_the_weakest_cell_is_empty_first() -> None:
    bank = StorageBank(DESIGN, 0.0)
    assert bank.lowest(100.0) < bank.voltage(100.0) / DESIGN.cells
    assert bank.ended(450.0)
    assert not StorageBank(DESIGN, 0.5).ended(100.0)


def test_fade_adds_up_in_one_block_or_in_two() -> None:
    whole = worn(DESIGN.fade, FRESH, YEAR, 500.0, 0.95, (25.0, 27.0))
    half = worn(DESIGN.fade, FRESH, YEAR / 2, 250.0, 0.95, (25.0, 27.0))
    assert worn(DESIGN.fade, half, YEAR / 2, 250.0, 0.95, (25.0, 27.0)) == whole


def test_a_year_at_rest_costs_the_calendar_loss() -> None:
    still = worn(DESIGN.fade, FRESH, YEAR, 0.0, 1.0, (25.0, 35.0))
    mean, warm = losses(DESIGN.fade, still)
    assert mean == pytest.approx(DESIGN.fade.calendar)
    assert warm > mean
