"""The power bench end to end: verdicts by measurement, a grid lost in mid-event, a killed run."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from labctl.engine import execute
from labctl.evidence import Present
from labctl.resume import ResumeRequest, resume
from labctl.runfile import open_run
from labctl.verdict import Outcome
from labctl.words import said
from sim_backends.faults import Reboot, Silence
from tests.killed import KILLED
from tests.runcheck import check_run
from tests.system.interlocked import bench_with
from tests.system.photocharging_dying import request
from tests.system.photovoltaic_bench import FEW, measured, watch
from tests.system.power_bench import LOST, dying_grid, left_on

ROOT = Path(__file__).resolve().parents[2]
SAFE = {"units": False, "grid": False, "storage": False}


@pytest.mark.parametrize("item", ["2.3-02", "2.3-03"])
def test_a_function_is_shown_by_measurement_and_its_opposite_told(
    item: str, tmp_path: Path
) -> None:
    for dut, outcome in (("nominal", Outcome.PASS), ("failing", Outcome.FAIL)):
        done = measured(tmp_path, item, dut=dut, draws=FEW)
        assert done.items[0].verdict.outcome is outcome
        [record] = open_run(done.path).items
        assert record.evidence is not None
        [found] = record.evidence.results.values()
        assert isinstance(found, Present) and found.there is (dut == "nominal")
        assert not record.evidence.unstated
        assert any("clock of the site" in said(one).lower() for one in record.evidence.how)


def test_response_time_and_its_budget(tmp_path: Path) -> None:
    done = measured(tmp_path, "2.3-06")
    assert check_run(done.path) == ()
    row = done.items[0].verdict.rows[0]
    assert isinstance(row.value, float) and row.U is not None
    assert abs(row.value - 140.0) < 2.0 * row.U < 20.0
    [record] = open_run(done.path).items
    assert record.evidence is not None
    sources = {line.source for line in record.evidence.budget}
    assert {"events", "bench/event_output_delay", "bench/channel_skew", "time base"} <= sources
    assert {"course/0", "window/0", "sampling/0"} <= sources


def test_a_grid_that_dies_in_mid_event_ends_safe_with_its_evidence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    benches = watch(monkeypatch)
    dying_grid(monkeypatch, event=3)
    done = measured(tmp_path, "2.3-06", draws=FEW)
    [item] = done.items
    assert item.error is not None
    assert "the grid was lost in mid-event" in item.error["message"]
    assert item.verdict.outcome is Outcome.INCOMPLETE
    assert left_on(benches) == SAFE
    # What was measured before stands in the journal, whole and chained.
    assert check_run(done.path) == ()
    assert len(open_run(done.path).readings("2.3-06", "event/began")) == 3


def test_an_interlock_trips_where_the_grid_is_lost_and_the_run_goes_on_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    benches = watch(monkeypatch)
    with monkeypatch.context() as patched:
        dying_grid(patched, event=2)
        done = measured(tmp_path, "2.3-01", draws=FEW, bench=bench_with(tmp_path, LOST, "power"))
    [item] = done.items
    assert item.error is not None
    assert item.error["kind"] == "interlock" and "grid lost" in item.error["message"]
    assert left_on(benches) == SAFE
    assert open_run(done.path).state == "interrupted"
    # The UPS units stand on their batteries before the grid is back: that keeps nothing from going.
    again = resume(ResumeRequest(done.path))
    assert again.items[0].verdict.outcome is Outcome.PASS
    assert check_run(done.path) == ()


def test_a_simulator_that_answers_no_more_is_named_and_told_to_switch_off_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its answers are lost, what it is told is not."""
    benches = watch(monkeypatch, {"grid": [Silence(after=10.0)]})
    done = measured(tmp_path, "2.3-06", draws=FEW)
    [item] = done.items
    assert item.error is not None and item.verdict.outcome is Outcome.INCOMPLETE
    assert left_on(benches) == SAFE
    text = " ".join(event.text for event in open_run(done.path).items[0].events)
    assert "grid" in f"{item.error['message']} {text}"


def test_a_controller_that_lost_its_power_is_an_error_and_no_verdict(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It stands afterwards, as one delivered: read on, its units would be off by all of a power."""
    benches = watch(monkeypatch, {"site": [Reboot(at=75, seconds=1.0)]})
    done = measured(tmp_path, "2.3-05", draws=FEW)
    [item] = done.items
    assert item.verdict.outcome is Outcome.INCOMPLETE
    assert item.error is not None
    assert "the site controller no longer does what it was told" in item.error["message"]
    assert item.error["answer"] == "stopped"
    assert left_on(benches) == SAFE


def test_killed_among_the_set_points_it_comes_to_the_same(tmp_path: Path) -> None:
    whole = execute(request(tmp_path / "whole", "2.3-05"))
    runs = tmp_path / "killed"
    command = [sys.executable, "-m", "tests.system.dimension_dying", str(runs), "2.3-05", "20"]
    ended = subprocess.run(command, cwd=ROOT, timeout=100, capture_output=True, check=False)
    assert ended.returncode == KILLED, ended.stderr.decode("utf-8")[-800:]
    (journal,) = runs.glob("*/journal.db")
    assert resume(ResumeRequest(journal.parent)).items == whole.items
    assert check_run(journal.parent) == ()
