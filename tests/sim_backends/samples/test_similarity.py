from __future__ import annotations

import pytest

from labctl.catalogue import load
from sim_backends.samples.similarity import RECIPES
from sim_backends.worlds.similarity import SAMPLES, build, example, reach, solve


@pytest.mark.parametrize("dut", ["nominal", "failing"])
@pytest.mark.parametrize("id", sorted(RECIPES))
def test_devices_have_the_figures_that_are_asked_for(id: str, dut: str) -> None:
    indicator = load().get(id)
    truth = indicator.nominal if dut == "nominal" else indicator.failing
    for seed in range(3):
        solved = solve(id, truth, seed=seed)
        found = SAMPLES.true_figures(id, solved.device)
        assert {key: pytest.approx(value, rel=1e-9) for key, value in truth.items()} == found
        assert set(build(solved.device, seed=seed, t0=10.0).ports) == {"system"}
        for key, (low, high) in reach(id, seed=seed).items():
            true = truth[key]
            assert isinstance(true, float | int)
            assert low < true < high
    assert 2.0 < example(1).strength < 4.0
