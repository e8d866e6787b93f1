"""Ageing is a closed function of the history: no step size enters."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim_backends.data.photovoltaic import FLEXIBLE_CELL, TANDEM
from sim_backends.models import ageing
from sim_backends.models.ageing import Ageing, Metastability
from sim_backends.samples.devices import draw
from sim_backends.samples.true_figures import light_loss, operating_loss
from sim_backends.streams import stream

HOUR = 3600.0
LAW = Ageing(burn_in=0.03, burn_in_dose=60 * HOUR, rate=0.04 / (1000 * HOUR), activation_energy=0.4)
LIGHT = Metastability(gain=0.2, soak_time=1.5 * HOUR, rest_time=40 * HOUR)


def test_burn_in_is_fast_and_then_linear() -> None:
    early = ageing.wear(LAW, 100 * HOUR)
    late = [ageing.wear(LAW, hours * HOUR) for hours in (800, 900, 1000)]
    assert early > 5 * (late[1] - late[0])
    assert late[2] - late[1] == pytest.approx(late[1] - late[0], rel=1e-4)
    assert late[2] == pytest.approx(0.07, rel=1e-6)


def test_arrhenius() -> None:
    # exp(0.4 eV / k (1/298.15 K - 1/308.15 K))
    ratio = ageing.dose_rate(LAW, 1000.0, 35.0) / ageing.dose_rate(LAW, 1000.0, 25.0)
    assert ratio == pytest.approx(1.6573, rel=1e-4)
    assert ageing.dose_rate(LAW, 500.0, 25.0) == 0.5
    assert ageing.dose_rate(LAW, 0.0, 85.0) == 0.0


@settings(max_examples=50, derandomize=True)
@given(
    parts=st.lists(st.floats(1.0, 1e5), min_size=1, max_size=20),
    irradiance=st.floats(0.0, 1200.0),
    start=st.floats(0.0, 1.0),
)
def test_light_soaking_in_parts_is_the_same(
    parts: list[float], irradiance: float, start: float
) -> None:
    state = start
    for dt in parts:
        state = ageing.soak(LIGHT, state, irradiance, dt)
    whole = ageing.soak(LIGHT, start, irradiance, sum(parts))
    assert state == pytest.approx(whole, rel=1e-9, abs=1e-12)
    assert 0.0 <= state <= 1.0


def test_light_soaks_and_dark_rests() -> None:
    soaked = ageing.soak(LIGHT, 0.0, 1000.0, 10 * HOUR)
    assert soaked > 0.95
    assert ageing.soak(LIGHT, soaked, 0.0, 400 * HOUR) < 1e-3
    assert ageing.soak(Metastability(), 0.3, 0.0, HOUR) == 0.3


def test_loss_grows_with_time_and_temperature() -> None:
    cell = draw(FLEXIBLE_CELL, stream(3, "test"))
    tandem = draw(TANDEM, stream(3, "test"))
    assert 0.0 < light_loss(cell, 500, 25) < light_loss(cell, 1000, 25) < light_loss(cell, 1000, 40)
    assert 0.0 < operating_loss(tandem, 1000, 50) < operating_loss(tandem, 2000, 50)
