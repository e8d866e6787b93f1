"""A clipped zero is no ratio: meters that show nothing below some current, devices without any."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from labctl.agreement import default
from labctl.catalogue import load
from labctl.engine import RunRequest, execute
from labctl.judging.record import Verdict
from sim_backends.models.probed_die import DrainPort

Current = Callable[[DrainPort, float, float], float]
TRUE: Current = DrainPort.current


def verdict(runs: Path, id: str, ratio: float) -> Verdict:
    truth = runs / "truth.toml"
    truth.write_text(f'"{id}" = {ratio}\n', encoding="utf-8")
    request = RunRequest((id,), (load().get(id),), default(), runs, dut=str(truth), seed=5)
    [item] = execute(request).items
    assert item.error is None, item.error
    return item.verdict


def dead_below(amperes: float) -> Current:
    def clipped(port: DrainPort, voltage: float, t: float) -> float:
        found = TRUE(port, voltage, t)
        return found if abs(found) >= amperes else 0.0

    return clipped


@pytest.mark.parametrize("id", ["8.11-07", "8.11-10"])
@pytest.mark.parametrize(("ratio", "dead"), [(2e5, 1e-7), (8e5, 1e-8), (9.5e5, 1.2e-8)])
def test_a_bad_device_behind_a_clipped_zero_does_not_pass(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, id: str, ratio: float, dead: float
) -> None:
    honest = verdict(tmp_path, id, ratio)
    assert honest.outcome == "FAIL"
    monkeypatch.setattr(DrainPort, "current", dead_below(dead))
    assert verdict(tmp_path, id, ratio).outcome == "INVALID"


@pytest.mark.parametrize("id", ["8.11-07", "8.11-10"])
def test_a_leakage_below_the_floor_gives_a_least_ratio(tmp_path: Path, id: str) -> None:
    found = verdict(tmp_path, id, 1e12)
    assert found.outcome == "PASS"
    [row] = found.rows
    assert isinstance(row.value, float)
    assert 1e7 < row.value < 1e12
