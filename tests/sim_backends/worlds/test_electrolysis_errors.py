"""The electrolysis bench's true errors: spread as the bench file states."""

from __future__ import annotations

import numpy as np
import pytest

from rigs.bench import load_bench
from rigs.benches import simulated_bench
from sim_backends.worlds import electrolysis_errors as errors

STATED = {
    "temperature_offset": ("K", lambda one: one.sensor),
    "temperature_drift": ("K/s", lambda one: one.drift),
    "supply_share": ("dimensionless", lambda one: one.share),
    "contact": ("ohm*cm**2", lambda one: one.contact),
    "zero_bar": ("ohm", lambda one: one.bar),
}


@pytest.mark.parametrize("name", list(STATED))
def test_the_world_draws_what_the_bench_states(name: str) -> None:
    unit, error = STATED[name]
    known = load_bench(simulated_bench("electrolysis")).contributions()[name].to(unit)
    drawn = np.array([error(errors.draw(seed)) for seed in range(400)])
    assert drawn.std() == pytest.approx(known.u, rel=0.15)
    assert abs(drawn.mean()) < 0.2 * known.u
