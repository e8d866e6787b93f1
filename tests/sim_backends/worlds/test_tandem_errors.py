"""The tandem bench's true errors: spread as their table says, and as the bench file states."""

from __future__ import annotations

import numpy as np
import pytest

from rigs.bench import load_bench
from rigs.benches import simulated_bench
from sim_backends.worlds import tandem_errors as errors

STATED = {
    "spectral_mismatch_top": "mismatch top",
    "spectral_mismatch_bottom": "mismatch bottom",
    "field_map": "field",
    "non_uniformity": "placing",
    "temperature_offset": "chuck sensor",
    "probe_temperature": "probe",
    "chamber_temperature": "chamber place",
    "chamber_humidity": "chamber humidity",
}
"""Contribution of the bench file: the error that the world draws."""


@pytest.mark.parametrize("name", list(errors.SPREADS))
def test_errors_spread_as_stated(name: str) -> None:
    spread = errors.SPREADS[name]
    drawn = np.array([errors.one(seed, name) for seed in range(400)])
    assert abs(drawn.mean() - spread.mean) < 0.25 * spread.std
    assert drawn.std() == pytest.approx(spread.std, rel=0.18)
    assert spread.reason


def test_the_bench_states_what_the_world_draws() -> None:
    bench = load_bench(simulated_bench("tandem"))
    known = bench.contributions()
    assert set(known) == {*STATED, "wavelength_offset"}
    for name, error in STATED.items():
        assert known[name].u == pytest.approx(errors.SPREADS[error].std), name
    for cell in (bench.reference_cell, bench.bottom_cell):
        assert cell is not None
        stated = cell.responsivity.quantity()
        assert stated.u / stated.value == pytest.approx(0.006)


def test_placings_differ_and_repeat() -> None:
    assert errors.lay(1, 0) == errors.lay(1, 0) != errors.lay(1, 1)
    assert errors.draw(7) == errors.draw(7) != errors.draw(8)
