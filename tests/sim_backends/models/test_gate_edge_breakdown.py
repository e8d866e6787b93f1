from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from sim_backends.models.gate_edge_breakdown import (
    breakdown_voltage,
    drain_current,
    off_current,
    scarred,
)
from sim_backends.samples.breakdown import CRITERION, GATE_OFF, draw_row, higher, lowest
from sim_backends.worlds.breakdown import SAMPLES, build, example, solve

ROW = higher(draw_row(np.random.default_rng(3)), 2200.0)
ONE = ROW.device[0]


def test_the_current_rises_without_a_step_and_with_temperature() -> None:
    amps = [off_current(ONE, float(volts), 25.0) for volts in range(100, 2500, 20)]
    assert all(low < high for low, high in pairwise(amps))
    assert off_current(ONE, 1000.0, 45.0) == pytest.approx(
        1.49 * off_current(ONE, 1000.0, 25.0), rel=0.05
    )
    found = breakdown_voltage(ONE, GATE_OFF, CRITERION)
    assert drain_current(ONE, GATE_OFF, found, 25.0) == pytest.approx(CRITERION)
    assert drain_current(ONE, GATE_OFF, found, 45.0) < CRITERION


def test_a_scarred_device_breaks_down_earlier() -> None:
    whole = breakdown_voltage(ONE, GATE_OFF, CRITERION)
    assert breakdown_voltage(scarred(ONE), GATE_OFF, CRITERION) < 0.9 * whole


@pytest.mark.parametrize("volts", [1600.0, 2000.0, 2300.0])
def test_the_lowest_of_a_row_is_what_was_asked_for(volts: float) -> None:
    for seed in range(3):
        solved = solve("8.11-05", {"breakdown_voltage": volts}, seed=seed)
        assert lowest(solved.device) == pytest.approx(volts, abs=1e-6)
        assert SAMPLES.true_figures("8.11-05", solved.device) == {
            "breakdown_voltage": pytest.approx(volts, abs=1e-6)
        }
        build(solved.device, seed=seed, t0=10.0)


def test_terminals_sum_up_to_the_drain() -> None:
    world = build(example(1), seed=1, t0=0.0)
    shares = world.row.currents(0.0)
    assert set(shares.values()) == {0.0}
    device = world.row._row[0]  # pyright: ignore[reportPrivateUsage]
    found = device.shares(GATE_OFF, 500.0, 25.0, 1.0)
    assert found["drain"] == pytest.approx(found["source"] + found["gate"] + found["chuck"])
