"""Pulsed lasers are solved for the figures that are asked for."""

from __future__ import annotations

import pytest

from sim_backends.samples.pulses import RECIPES
from sim_backends.samples.recipe import Samples

SAMPLES = Samples(RECIPES)


@pytest.mark.parametrize(("id", "value"), [("9.8-04", 3.8), ("9.8-04", 6.1), ("9.8-05", 0.7)])
def test_a_laser_has_the_power_that_is_asked_for(id: str, value: float) -> None:
    device = SAMPLES.solve(id, {"peak_power": value}, seed=3).device
    assert SAMPLES.true_figures(id, device)["peak_power"] == pytest.approx(value)
