from __future__ import annotations

import pytest

from sim_backends.worlds.reference.cryogenics import COLD, RISE, ports


def test_the_stage_rests_where_its_truth_says_until_it_is_heated() -> None:
    devices, truth = ports(1, 5.0)
    assert set(devices) == set(truth)
    stage = devices["cold_stage"]
    assert stage.temperature(86405.0) == truth["cold_stage"]["temperature"][0] == COLD
    stage.heat(0.5, 86405.0)
    assert stage.temperature(2 * 86405.0) == pytest.approx(COLD + RISE / 2)
    assert ports(1, 0.0)[0]["cold_stage"].temperature(1.0) == COLD, "no two worlds share it"
