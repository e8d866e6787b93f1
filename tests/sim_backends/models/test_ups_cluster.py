"""A cluster's error, split and response time against hand calculations."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim_backends.data.power import TEMPLATE
from sim_backends.models.power_ports import FrequencyDroop
from sim_backends.models.ups_cluster import control_error, response_time, split, weights

DROOP = FrequencyDroop(20e3, 0.05)


def test_error_of_a_meter_and_of_losses() -> None:
    """A meter that reads 1 % too much gives 1 % too little; losses lower what is fed in, always."""
    plain = replace(TEMPLATE, metering=0.01, loss=0.0)
    assert control_error(plain, (-1.0, 0.5)) == pytest.approx(-0.01)
    lossy = replace(TEMPLATE, metering=0.0, loss=0.002)
    assert control_error(lossy, (1.0, 0.5)) == pytest.approx(-0.002)
    assert control_error(lossy, (-1.0, 0.5)) == pytest.approx(0.002)


@settings(max_examples=50, derandomize=True)
@given(
    st.floats(-15e3, 15e3),
    st.lists(st.floats(0.01, 0.9), min_size=6, max_size=6),
)
def test_a_split_adds_up_within_the_ratings(total: float, shares: list[float]) -> None:
    """What one cannot take the others do; weights order the parts."""
    most = np.full(6, 2500.0)
    part = split(total, np.array(shares), most)
    assert part.sum() == pytest.approx(total, abs=1e-3)
    assert np.all(np.abs(part) <= most + 1e-6)
    order = np.argsort(shares)
    assert np.all(np.diff(np.abs(part)[order]) >= -1e-6)


def test_empty_and_full_units_take_no_part() -> None:
    """Below the reserve no discharge, full no charge, and what cannot be given is not."""
    charges = np.array([0.1, 0.5, 1.0])
    assert weights(charges, 0.2, True).tolist() == pytest.approx([0.0, 0.3, 0.8])
    assert weights(charges, 0.2, False).tolist() == pytest.approx([0.9, 0.5, 0.0])
    given_ = split(9e3, weights(charges, 0.2, True), np.array([0.0, 2500.0, 2500.0]))
    assert given_.tolist() == pytest.approx([0.0, 2500.0, 2500.0])


def test_response_time_is_the_sum_of_its_parts() -> None:
    """Delay and half a cycle are in it as they are; without a lag it is 90 % of the demand's rise,
    and the delay moves it one to one."""
    quick = replace(TEMPLATE, lags=(1e-6,) * 6, delay=0.1)
    begin = 0.1 * quick.window
    rise = quick.window - begin
    expected = begin + 0.9 * rise + 0.1 + 0.005
    assert response_time(quick, DROOP, -0.5, 0.2) == pytest.approx(expected, abs=1e-5)
    later = replace(quick, delay=0.15)
    moved = response_time(later, DROOP, -0.5, 0.2) - response_time(quick, DROOP, -0.5, 0.2)
    assert moved == pytest.approx(0.05, abs=1e-9)


def test_a_lag_answers_a_step_in_ln_10_of_it() -> None:
    """With a short window the first-order lag alone is left."""
    lagging = replace(TEMPLATE, window=1e-4, delay=0.0, cycle=0.0, lags=(0.03,) * 6)
    assert response_time(lagging, DROOP, 0.5, 0.2) == pytest.approx(0.03 * np.log(10.0), abs=2e-4)
