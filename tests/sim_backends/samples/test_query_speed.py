from __future__ import annotations

import pytest

from labctl.catalogue import load
from labctl.errors import UsageError
from sim_backends.worlds.query_speed import SAMPLES, build, example, reach, solve


@pytest.mark.parametrize("dut", ["nominal", "failing"])
def test_devices_have_the_figures_that_are_asked_for(dut: str) -> None:
    indicator = load().get("7.3-04")
    truth = indicator.nominal if dut == "nominal" else indicator.failing
    for seed in range(3):
        solved = solve("7.3-04", truth, seed=seed)
        found = SAMPLES.true_figures("7.3-04", solved.device)
        assert {key: pytest.approx(value, rel=1e-9) for key, value in truth.items()} == found
        ports = build(solved.device, seed=seed, t0=10.0).ports
        assert list(ports) == ["system", "spyglass", "smartstore"]
        for key, (low, high) in reach("7.3-04", seed=seed).items():
            true = truth[key]
            assert isinstance(true, float | int)
            assert low < true < high
    assert 0.7 < example(1).pace < 1.4


def test_a_baseline_that_reads_in_no_time_is_not_quicker_still() -> None:
    with pytest.raises(UsageError, match="speedup_over_spyglass"):
        solve("7.3-04", {"speedup_over_spyglass": 1.0, "speedup_over_smartstore": 100.0}, seed=1)
