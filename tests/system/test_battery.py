"""The battery indicators by measurement, and a life that is killed and goes on."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from labctl.agreement import default
from labctl.catalogue import load
from labctl.engine import execute
from labctl.requests import RunRequest
from labctl.resume import ResumeRequest, resume
from labctl.runfile import open_run
from labctl.verdict import Outcome
from tests.killed import KILLED
from tests.runcheck import check_run
from tests.system.both_devices import assert_measured
from tests.system.dying import request
from tests.system.underway import read

ROOT = Path(__file__).resolve().parents[2]
ITEMS = ("1.1-06", "1.1-08", "1.1-10", "1.1-14")


@pytest.mark.timeout(300)
@pytest.mark.parametrize("item", ITEMS)
def test_nominal_passes_and_failing_fails_by_measurement(tmp_path: Path, item: str) -> None:
    assert_measured(tmp_path, item)


@pytest.mark.timeout(300)
def test_a_bench_that_does_not_state_its_shunts_drift_is_incomplete(tmp_path: Path) -> None:
    from rigs.benches import simulated_bench

    text = simulated_bench("battery").read_text(encoding="utf-8")
    bench = tmp_path / "battery.toml"
    head, _, _ = text.partition('[[uncertainty]]\nname = "thermal_voltage"')
    bench.write_text(head, encoding="utf-8")
    asked = RunRequest(
        ("1.1-13",), (load().get("1.1-13"),), default(), tmp_path / "runs", bench, draws=400
    )
    verdict = execute(asked).items[0].verdict
    assert verdict.outcome == Outcome.INCOMPLETE
    assert "thermal_voltage" in " ".join(map(str, msgspec.to_builtins(verdict.reasons)))


@pytest.mark.timeout(300)
def test_killed_among_the_cycles_it_comes_to_the_same(tmp_path: Path) -> None:
    whole = execute(request(tmp_path / "whole", 1.0, "1.1-08"))
    runs = tmp_path / "killed"
    command = [sys.executable, "-m", "tests.system.dying", str(runs)]
    place = ["inside a step", "30", "1", "1.1-08"]
    ended = subprocess.run(
        [*command, *place], cwd=ROOT, timeout=200, capture_output=True, check=False
    )
    assert ended.returncode == KILLED, ended.stderr.decode("utf-8")[-800:]
    (journal,) = runs.glob("*/journal.db")
    outcome = resume(ResumeRequest(journal.parent))
    assert outcome.items == whole.items
    assert read(open_run(journal.parent)) == read(open_run(whole.path))
    assert check_run(journal.parent) == ()
