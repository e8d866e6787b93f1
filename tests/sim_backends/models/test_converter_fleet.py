"""Converters that follow set points: outputs and energies against closed forms."""

from math import exp

import numpy as np
import pytest

from sim_backends.models.converter_fleet import ConverterFleet

LAGS, DELAYS = (0.02, 0.05), (0.0, 0.1)


def _stepped() -> ConverterFleet:
    fleet = ConverterFleet(LAGS, DELAYS, 0.0)
    fleet.set(1.0, np.array([100.0, 200.0]), np.zeros(2), np.array([10.0, 20.0]))
    return fleet


def test_each_answers_with_its_own_lag_and_delay() -> None:
    """1 - exp(-(t - delay) / lag) of the step, active and reactive."""
    power, reactive = _stepped().outputs(np.array([1.05, 1.15]))
    assert power[0, 0] == pytest.approx(100.0 * (1.0 - exp(-0.05 / 0.02)))
    assert power[1, 0] == 0.0
    assert power[1, 1] == pytest.approx(200.0 * (1.0 - exp(-0.05 / 0.05)))
    assert reactive[1, 1] == pytest.approx(power[1, 1] / 10.0)


def test_energy_is_the_integral_of_the_output() -> None:
    """Over a ramp and a step, by a fine sum."""
    fleet = _stepped()
    fleet.set(2.0, np.array([100.0, 200.0]), np.array([50.0, -70.0]), np.zeros(2))
    fleet.set(3.0, np.array([150.0, 130.0]), np.zeros(2), np.zeros(2))
    t = np.linspace(0.0, 4.0, 80001)
    power, _ = fleet.outputs(t)
    assert np.allclose(np.trapezoid(power, t, axis=1), fleet.energy(4.0), rtol=1e-5)


def test_a_rested_fleet_tells_its_set_points_and_the_old_past_goes() -> None:
    """At rest the outputs are what is asked; knots older than the kept time are dropped."""
    fleet = _stepped()
    assert fleet.totals(1.2) is None
    rested = fleet.totals(10.0)
    assert rested is not None
    assert rested[0].tolist() == [100.0, 200.0]
    for second in range(2, 200):
        fleet.set(float(second), np.full(2, float(second)), np.zeros(2), np.zeros(2))
    power, _ = fleet.outputs(np.array([198.99]))
    assert power[0, 0] == pytest.approx(198.0)
