"""Exposures are drawn apart from each other, and a silent array is no good one."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from labctl.agreement import default
from labctl.catalogue import load
from labctl.engine import RunRequest, execute
from procedures.methods.gas_sensing.false_alarms import SILENT, TRIALS, VAPOURS, WET, planned
from sim_backends.models import gas_alarm


def test_exposures_are_as_many_as_planned_and_all_pairs_occur() -> None:
    plan = planned(7)
    assert len(plan) == TRIALS
    assert planned(7) == plan != planned(8)
    assert all(one != other for one, other in pairwise(plan))
    counts = Counter((one.wet, one.dose) for one in plan)
    assert len(counts) == len(WET) * len(VAPOURS)
    assert min(counts.values()) > TRIALS / 9 / 2


def test_the_pairs_are_those_over_which_the_true_rate_is_the_mean() -> None:
    assert WET == gas_alarm.EXPOSED_WET
    share = [dose / (2000e-6 / 60.0) for dose in VAPOURS]
    assert [2000.0 * one for one in share] == pytest.approx(list(gas_alarm.EXPOSED_VAPOUR))


def test_an_array_that_never_alarms_is_not_passed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gas_alarm, "TARGET", 0.0)
    truth = tmp_path / "truth.toml"
    truth.write_text('"6.7-04" = 0.001\n', encoding="utf-8")
    wanted = RunRequest(
        ("6.7-04",), (load().get("6.7-04"),), default(), tmp_path, dut=str(truth), seed=1
    )
    [item] = execute(wanted).items
    assert item.error is None, item.error
    assert item.verdict.outcome == "INCOMPLETE"
    assert any(SILENT in reason for reason in item.verdict.reasons)
