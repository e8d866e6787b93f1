from __future__ import annotations

from collections.abc import Mapping

import pytest

from labctl.catalogue import load
from sim_backends.samples.chip_layout import DIES
from sim_backends.samples.semiconductor import RECIPES
from sim_backends.worlds.semiconductor import SAMPLES, build, example, reach, solve

IDS = sorted(RECIPES)


@pytest.mark.parametrize("dut", ["nominal", "failing"])
@pytest.mark.parametrize("id", IDS)
def test_devices_have_the_figures_that_are_asked_for(id: str, dut: str) -> None:
    indicator = load().get(id)
    truth: Mapping[str, object] = indicator.nominal if dut == "nominal" else indicator.failing
    for seed in range(3):
        solved = solve(id, truth, seed=seed)
        found = SAMPLES.true_figures(id, solved.device)
        for key, value in truth.items():
            expected = value if isinstance(value, bool) else pytest.approx(value, rel=1e-9)
            assert found[key] == expected, key
        assert solved.sheet["id"].startswith("SIM-")
        assert solved.device.layout.die in DIES
        build(solved.device, seed=seed, t0=10.0)
        for key, (low, high) in reach(id, seed=seed).items():
            true = truth[key]
            for end in true if isinstance(true, tuple) else (true,):
                assert isinstance(end, float)
                assert low <= end <= high


def test_a_bench_that_is_shown_has_a_wafer() -> None:
    assert "chuck" in build(example(1), seed=1, t0=0.0).ports
