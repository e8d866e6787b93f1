"""Damp heat: moisture enters with its time, and damage goes by Peck's law."""

from __future__ import annotations

from math import exp

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim_backends.data.tandem import DAMP_HEAT
from sim_backends.models import moisture
from sim_backends.models.stc import BOLTZMANN, HOUR, ZERO_CELSIUS

THOUSAND = 1000.0 * HOUR


def test_moisture_enters_with_its_time_constant() -> None:
    one = moisture.entered(DAMP_HEAT, 0.0, 85.0, 85.0, DAMP_HEAT.entry)
    assert one == pytest.approx(85.0 * (1.0 - exp(-1.0)))
    colder = moisture.entered(DAMP_HEAT, 0.0, 85.0, 25.0, DAMP_HEAT.entry)
    assert 0.0 < colder < 0.3 * one


@given(st.floats(1.0, 1e6), st.floats(1.0, 1e6), st.floats(0.0, 100.0))
def test_two_steps_are_one(first: float, second: float, begin: float) -> None:
    between = moisture.entered(DAMP_HEAT, begin, 85.0, 85.0, first)
    both = moisture.entered(DAMP_HEAT, begin, 85.0, 85.0, first + second)
    assert moisture.entered(DAMP_HEAT, between, 85.0, 85.0, second) == pytest.approx(both, abs=1e-9)


def test_peck_s_law() -> None:
    rate = moisture.damage_rate(DAMP_HEAT, 85.0, 85.0)
    assert rate == pytest.approx(DAMP_HEAT.rate)
    drier = moisture.damage_rate(DAMP_HEAT, 42.5, 85.0)
    assert drier == pytest.approx(rate * 0.5**DAMP_HEAT.exponent)
    inverse = 1.0 / (85.0 + ZERO_CELSIUS) - 1.0 / (95.0 + ZERO_CELSIUS)
    hotter = moisture.damage_rate(DAMP_HEAT, 85.0, 95.0)
    assert hotter == pytest.approx(rate * exp(0.79 / BOLTZMANN * inverse))
    assert moisture.damage_rate(DAMP_HEAT, 0.0, 85.0) == 0.0


def test_damage_lags_behind_by_the_entry_of_moisture() -> None:
    done = moisture.damage(DAMP_HEAT, 85.0, 85.0, THOUSAND)
    whole = DAMP_HEAT.rate * THOUSAND
    assert 0.9 * whole < done < whole
    assert moisture.damage(DAMP_HEAT, 0.0, 85.0, THOUSAND) == 0.0


def test_damage_costs_voltage_and_resistance_only() -> None:
    worn = moisture.factors(0.1)
    assert worn.saturation > 1.0 and worn.series > 1.0
    assert worn.photocurrent == worn.shunt == 1.0
