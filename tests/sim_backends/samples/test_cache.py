from __future__ import annotations

import numpy as np
import pytest

from labctl.catalogue import load
from sim_backends.models.software import workload
from sim_backends.samples.cache import RECIPES, exclusion
from sim_backends.streams import stream
from sim_backends.worlds.cache import SAMPLES, build, example, reach, solve


@pytest.mark.parametrize("dut", ["nominal", "failing"])
@pytest.mark.parametrize("id", sorted(RECIPES))
def test_devices_have_the_figures_that_are_asked_for(id: str, dut: str) -> None:
    indicator = load().get(id)
    truth = indicator.nominal if dut == "nominal" else indicator.failing
    for seed in range(3):
        solved = solve(id, truth, seed=seed)
        found = SAMPLES.true_figures(id, solved.device)
        assert {key: pytest.approx(value, rel=1e-9) for key, value in truth.items()} == found
        assert solved.sheet["id"].startswith("SIM-")
        assert set(build(solved.device, seed=seed, t0=10.0).ports) == {"system"}
        for key, (low, high) in reach(id, seed=seed).items():
            true = truth[key]
            assert isinstance(true, float)
            assert low < true < high


def test_what_is_kept_out_is_what_is_counted() -> None:
    """One-time accesses of many traces whose feature lies above the threshold of an example."""
    cache = example(1)
    above, once = 0, 0
    for number in range(20):
        found, first = workload.asked(stream(number, "count"))
        features = stream(number, "features").normal(3.0, 1.0, np.count_nonzero(found >= first))
        above += int((features > cache.threshold).sum())
        once += len(features)
    assert 100.0 * above / once == pytest.approx(exclusion(cache), abs=0.5)
