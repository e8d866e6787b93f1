from __future__ import annotations

import pytest

from labctl.catalogue import load
from sim_backends.samples.gas_sensing import RECIPES
from sim_backends.worlds.gas_sensing import SAMPLES, build, reach, solve

IDS = sorted(RECIPES)


@pytest.mark.parametrize("dut", ["nominal", "failing"])
@pytest.mark.parametrize("id", IDS)
def test_devices_have_the_figures_that_are_asked_for(id: str, dut: str) -> None:
    indicator = load().get(id)
    truth = indicator.nominal if dut == "nominal" else indicator.failing
    for seed in range(3):
        solved = solve(id, truth, seed=seed)
        found = SAMPLES.true_figures(id, solved.device)
        assert {key: pytest.approx(value, rel=1e-6) for key, value in truth.items()} == found
        assert solved.sheet["id"].startswith("SIM-")
        ports = build(solved.device, seed=seed, t0=10.0).ports
        assert set(ports) == {
            "dry", "humid", "dosing", "chamber", "air", "multiplexer", "jaws", "operator",
        }  # fmt: skip
        for key, (low, high) in reach(id, seed=seed).items():
            true = truth[key]
            assert isinstance(true, float | int)
            assert low <= true <= high
