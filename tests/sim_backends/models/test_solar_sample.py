"""The sample: hysteresis about the steady state, inverse terminals, ageing in any partition."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim_backends.data.photovoltaic import FLEXIBLE_CELL, TANDEM
from sim_backends.models import series_stack, solar_cell
from sim_backends.models.hysteresis import Hysteresis
from sim_backends.models.solar_sample import SolarSample
from sim_backends.samples.devices import draw
from sim_backends.samples.true_figures import bending_loss, light_loss
from sim_backends.streams import stream

CELL = draw(FLEXIBLE_CELL, stream(1, "test"))
LIT = (1000.0, 25.0)


def sweep(sample: SolarSample, voltages: np.ndarray, step: float, t: float) -> float:
    """Largest power in W of a sweep with `step` s a point."""
    sample.current(float(voltages[0]), *LIT, t)
    times = t + 30.0 + step * np.arange(len(voltages))
    currents = [
        sample.current(float(v), *LIT, float(at)) for v, at in zip(voltages, times, strict=True)
    ]
    return float(np.max(voltages * np.array(currents)))


def hysteresis_index(step: float) -> tuple[float, float]:
    up = np.linspace(0.0, 1.15, 300)
    sample = SolarSample(CELL, 0.0)
    forward = sweep(sample, up, step, 0.0)
    reverse = sweep(sample, up[::-1], step, 1e5)
    return forward, reverse


def test_sweeps_differ_around_the_steady_state() -> None:
    forward, reverse = hysteresis_index(0.05)
    steady = solar_cell.maximum_power(CELL, *LIT)
    assert forward < steady < reverse
    assert reverse / forward - 1.0 > 0.005


def test_a_slow_sweep_shows_less() -> None:
    fast, slow, slowest = (hysteresis_index(step) for step in (0.05, 0.5, 20.0))
    gaps = [reverse - forward for forward, reverse in (fast, slow, slowest)]
    assert gaps[0] > gaps[1] > gaps[2] >= 0.0
    assert slowest[0] == pytest.approx(solar_cell.maximum_power(CELL, *LIT), rel=1e-3)


def test_without_ions_both_ways_are_the_same() -> None:
    sample = SolarSample(replace(CELL, hysteresis=Hysteresis()), 0.0)
    up = np.linspace(0.0, 1.15, 300)
    assert sweep(sample, up, 0.05, 0.0) == pytest.approx(sweep(sample, up[::-1], 0.05, 1e5))


@settings(max_examples=50, derandomize=True)
@given(rested=st.floats(0.0, 1.2), voltage=st.floats(-0.5, 1.25), irradiance=st.floats(0.0, 1200.0))
def test_current_and_voltage_are_inverse(rested: float, voltage: float, irradiance: float) -> None:
    sample = SolarSample(CELL, 0.0)
    sample.current(rested, irradiance, 25.0, 0.0)
    sample.settle(irradiance, 25.0, 100.0)
    current = sample.current(voltage, irradiance, 25.0, 100.0)
    assert sample.voltage(current, irradiance, 25.0, 100.0) == pytest.approx(voltage, abs=1e-8)


def test_open_circuit_comes_to_rest() -> None:
    sample = SolarSample(CELL, 0.0)
    sample.voltage(0.0, *LIT, 0.0)
    point = solar_cell.operating(CELL, *LIT)
    steady = series_stack.voltage(*point, 0.0)
    assert sample.voltage(0.0, *LIT, 600.0) == pytest.approx(steady, rel=1e-6)


def aged(parts: int) -> SolarSample:
    sample = SolarSample(CELL, 0.0)
    for _ in range(parts):
        sample.expose(1000.0, 26.5, 3.6e6 / parts)
    return sample


def test_ageing_in_one_step_or_a_thousand() -> None:
    one, many = (aged(parts).current(0.9, *LIT, 3.6e6) for parts in (1, 1000))
    assert many == pytest.approx(one, rel=1e-6)


def test_aged_sample_shows_the_computed_loss() -> None:
    sample = aged(7)
    best = max(
        v * sample.current(float(v), *LIT, 3.6e6 + 1e3 * k)
        for k, v in enumerate(np.repeat(np.linspace(0.85, 1.0, 301), 2))
    )
    loss = 1.0 - best / solar_cell.maximum_power(CELL, *LIT)
    assert loss == pytest.approx(light_loss(CELL, 1000.0, 26.5), abs=1e-4)


def test_bends_in_parts_are_the_same() -> None:
    whole, parts = SolarSample(CELL, 0.0), SolarSample(CELL, 0.0)
    whole.bend(0.015, 5000.0, 0.0)
    for _ in range(100):
        parts.bend(0.015, 50.0, 0.0)
    shown = [sample.current(0.9, *LIT, 1.0) for sample in (whole, parts)]
    assert shown[0] == pytest.approx(shown[1], rel=1e-9)
    assert shown[0] < SolarSample(CELL, 0.0).current(0.9, *LIT, 1.0)
    assert bending_loss(CELL, 5000.0, 0.015) > 0.0


def test_light_soaking_raises_the_voltage() -> None:
    tandem = draw(TANDEM, stream(1, "test"))
    sample = SolarSample(tandem, 0.0)
    rested = sample.voltage(0.0, *LIT, 0.0)
    sample.expose(*LIT, 8 * 3600.0)
    assert 0.003 < sample.voltage(0.0, *LIT, 8 * 3600.0) - rested < 0.03
