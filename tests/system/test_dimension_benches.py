"""Areas, lengths, masses, loadings and precisions on their simulated benches, end to end."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from labctl import catalogue
from labctl.engine import execute
from labctl.proficiency.trial import Trial, tried
from labctl.resume import ResumeRequest, resume
from tests.killed import KILLED
from tests.runcheck import check_run
from tests.system.photocharging_dying import request

ROOT = Path(__file__).resolve().parents[2]

IDS = ("1.1-01", "1.1-09", "5.2-01", "5.2-03", "5.2-07", "5.2-10", "5.2-11", "6.8-05")


@pytest.mark.parametrize("id", IDS)
def test_the_good_one_passes_and_the_bad_one_fails(id: str) -> None:
    indicator = catalogue.load().get(id)
    for dut, wanted in (("nominal", "PASS"), ("failing", "FAIL")):
        found = tried(indicator, Trial(seed=11, dut=dut))
        assert (found.outcome, found.error) == (wanted, "")


@pytest.mark.parametrize(
    ("id", "key", "low", "high"),
    [
        ("5.2-03", "precious_metal_loading", 0.6, 1.0),
        ("5.2-07", "batch_mass", 45.0, 55.0),
        ("5.2-10", "time_precision", -1.4, -0.6),
        ("5.2-11", "spatial_precision", 0.7, 1.3),
    ],
)
def test_what_is_read_follows_what_is_true(id: str, key: str, low: float, high: float) -> None:
    indicator = catalogue.load().get(id)
    for seed, true in enumerate((low, high)):
        found = tried(indicator, Trial(seed=21 + seed, key=key, true=true))
        assert abs(found.value - true) <= 4.0 * found.u
        assert found.u < 0.1 * abs(true)


@pytest.mark.parametrize(("id", "channels"), [("5.2-07", 6), ("5.2-10", 1)])
def test_a_run_that_was_killed_is_done_again_from_its_last_step(
    id: str, channels: int, tmp_path: Path
) -> None:
    whole = execute(request(tmp_path / "whole", id))
    runs = tmp_path / "killed"
    runs.mkdir()
    command = [sys.executable, "-m", "tests.system.dimension_dying", str(runs), id, str(channels)]
    ended = subprocess.run(command, cwd=ROOT, timeout=100, capture_output=True, check=False)
    assert ended.returncode == KILLED, ended.stderr.decode("utf-8")[-800:]
    (journal,) = runs.glob("*/journal.db")
    resumed = resume(ResumeRequest(journal.parent)).items[0]
    assert resumed.error is None, resumed.error
    assert resumed.verdict.outcome is whole.items[0].verdict.outcome
    assert check_run(journal.parent) == ()
