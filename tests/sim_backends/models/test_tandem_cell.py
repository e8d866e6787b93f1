"""Subcells in series: the weaker one limits, and moisture ages the device."""

from __future__ import annotations

import numpy as np
import pytest

from sim_backends.data.tandem import SINGLE, TANDEM, WAFER
from sim_backends.models import series_stack, solar_cell
from sim_backends.models.stc import HOUR
from sim_backends.models.tandem_cell import TandemSample, operating, power_at_stc
from sim_backends.samples.tandem import damp_heat_loss, drawn


def rng() -> np.random.Generator:
    return np.random.default_rng(4)


def short_circuit(top: float, bottom: float) -> float:
    cell = drawn(TANDEM, rng()).cell
    return series_stack.current(*operating(cell, (top, bottom), 25.0), 0.0)


def test_equal_light_is_the_plain_device() -> None:
    cell = drawn(TANDEM, rng()).cell
    assert operating(cell, (800.0, 800.0), 40.0) == solar_cell.operating(cell, 800.0, 40.0)


def test_the_weaker_subcell_limits_the_current() -> None:
    top = drawn(TANDEM, rng()).cell.junctions[0].photocurrent
    poor = short_circuit(600.0, 1000.0)
    assert poor == pytest.approx(0.6 * top, rel=0.02)
    assert short_circuit(600.0, 1200.0) == pytest.approx(poor, rel=0.01)
    assert short_circuit(700.0, 1000.0) > 1.1 * poor


def test_a_single_junction_sees_the_first_light_alone() -> None:
    cell = drawn(SINGLE, rng()).cell
    assert len(operating(cell, (900.0, 100.0), 25.0).junctions) == 1


def test_the_history_in_steps_is_the_closed_form() -> None:
    device = drawn(WAFER, rng())
    sample = TandemSample(device)
    for _ in range(4000):
        sample.steam(85.0, 85.0, 0.25 * HOUR)
    volts = np.linspace(1.2, 1.7, 2001)
    watts = [v * sample.current(v, (1000.0, 1000.0), 25.0) for v in volts]
    lost = 100.0 * (1.0 - max(watts) / power_at_stc(device.cell))
    assert lost == pytest.approx(damp_heat_loss(device), rel=1e-3)


def test_voltage_and_current_are_inverse() -> None:
    sample = TandemSample(drawn(TANDEM, rng()))
    volts = sample.voltage(0.01, (1000.0, 900.0), 25.0)
    assert sample.current(volts, (1000.0, 900.0), 25.0) == pytest.approx(0.01, rel=1e-9)
