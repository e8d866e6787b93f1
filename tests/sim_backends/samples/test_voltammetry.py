from __future__ import annotations

import pytest

from labctl.catalogue import load
from sim_backends.samples.voltammetry import RECIPES
from sim_backends.worlds.voltammetry import SAMPLES, build, reach, solve

IDS = sorted(RECIPES)


@pytest.mark.parametrize("dut", ["nominal", "failing"])
@pytest.mark.parametrize("id", IDS)
def test_devices_have_the_figures_that_are_asked_for(id: str, dut: str) -> None:
    indicator = load().get(id)
    truth = indicator.nominal if dut == "nominal" else indicator.failing
    for seed in range(3):
        solved = solve(id, truth, seed=seed)
        found = SAMPLES.true_figures(id, solved.device)
        assert {key: pytest.approx(value, rel=1e-9) for key, value in truth.items()} == found
        assert solved.sheet["id"].startswith("SIM-")
        ports = build(solved.device, seed=seed, t0=10.0).ports
        assert {"cell", "multiplexer", "syringe", "supply", "operator"} == set(ports)
        for key, (low, high) in reach(id, seed=seed).items():
            true = truth[key]
            assert isinstance(true, float)
            assert low <= true <= high


def test_batches_lie_on_either_side() -> None:
    key = "overpotential_difference_between_batches"
    for value in (-12.0, 0.3, 12.0):
        solved = solve("5.2-08", {key: value}, seed=2)
        assert SAMPLES.true_figures("5.2-08", solved.device)[key] == pytest.approx(value)
