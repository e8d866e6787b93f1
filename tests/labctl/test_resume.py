"""A run that was killed goes on, and comes to what it would have come to."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from labctl.engine import execute
from labctl.errors import BenchError, UsageError
from labctl.evidence import Reading
from labctl.requests import RunOutcome
from labctl.resume import ResumeRequest, resume
from labctl.runfile import RunRecord, open_run
from tests.killed import KILLED
from tests.labctl import counting
from tests.labctl.fakelab import FakeLab, request

CHANGED = dict.fromkeys(("labctl", "drivers", "rigs", "procedures", "sim_backends"), "f" * 64)
"""Hashes of code as they are nowhere."""

ROOT = Path(__file__).resolve().parents[2]
DYING = """
import sys
from itertools import pairwise
from pathlib import Path
from tests.labctl import counting
from tests.labctl.fakelab import request
from dataclasses import replace
from labctl.engine import execute
asked = request(Path(sys.argv[1]), items=2, points=3)
execute(replace(asked, bare=sys.argv[3:] == ["bare"]), counting.bound(int(sys.argv[2])))
"""


def killed(runs: Path, after: int, *how: str) -> Path:
    """The folder of a run whose process dies in its reading number `after`; `how`: "bare"."""
    command = [sys.executable, "-c", DYING, str(runs), str(after), *how]
    ended = subprocess.run(command, cwd=ROOT, timeout=60, capture_output=True, check=False)
    assert ended.returncode == KILLED, ended.stderr.decode("utf-8")
    (journal,) = runs.glob("*/journal.db")
    return journal.parent


def whole(runs: Path) -> RunOutcome:
    return execute(request(runs, items=2, points=3), counting.bound(0))


def read(run: RunRecord) -> list[list[Reading]]:
    names = ("start", "soak", "nested", "end", "cycle")
    channels = [f"{name}/resistance" for name in names]
    return [run.readings(item.id, channel) for item in run.items for channel in channels]


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> RunOutcome:
    return whole(tmp_path_factory.mktemp("whole"))


@pytest.mark.parametrize("after", [1, 3, 4, 7, 9, 14, 16])
def test_without_an_outage_it_is_as_if_nothing_had_been(
    tmp_path: Path, undisturbed: RunOutcome, after: int
) -> None:
    folder = killed(tmp_path, after)
    outcome = resume(ResumeRequest(folder), counting.bound(0))
    assert [one.verdict for one in outcome.items] == [one.verdict for one in undisturbed.items]
    assert read(open_run(folder)) == read(open_run(undisturbed.path))


def test_an_item_whose_steps_were_all_done_lets_the_next_go_on(
    tmp_path: Path, undisturbed: RunOutcome
) -> None:
    folder = killed(tmp_path, -1)
    outcome = resume(ResumeRequest(folder), counting.bound(0))
    assert [one.verdict for one in outcome.items] == [one.verdict for one in undisturbed.items]
    assert read(open_run(folder)) == read(open_run(undisturbed.path))


def test_it_can_be_killed_again_and_again(tmp_path: Path, undisturbed: RunOutcome) -> None:
    folder = killed(tmp_path, 4)
    for after in (3, 5, 2):
        command = counting.RESUMING
        arguments = [sys.executable, "-c", command, str(folder), str(after)]
        ended = subprocess.run(arguments, cwd=ROOT, timeout=60, capture_output=True, check=False)
        assert ended.returncode == KILLED, ended.stderr.decode("utf-8")
    resume(ResumeRequest(folder), counting.bound(0))
    assert read(open_run(folder)) == read(open_run(undisturbed.path))


@pytest.mark.parametrize(
    ("lab", "told"),
    [
        (FakeLab(serial="SIM-8"), "another instrument than before"),
        (FakeLab(serial=""), "another instrument than before"),
        (FakeLab(bench_text='name = "ohm" # other limits\n'), "bench ohm was changed"),
    ],
)
def test_another_bench_stops_the_resume_and_costs_nothing(
    tmp_path: Path, undisturbed: RunOutcome, lab: FakeLab, told: str
) -> None:
    folder = killed(tmp_path, 6)
    with pytest.raises(BenchError, match=told):
        resume(ResumeRequest(folder), counting.bound(0, 0.0, lab))
    assert open_run(folder).state == "interrupted"
    assert open_run(folder).items[0].verdict is None
    outcome = resume(ResumeRequest(folder), counting.bound(0))
    assert [one.verdict for one in outcome.items] == [one.verdict for one in undisturbed.items]
    assert read(open_run(folder)) == read(open_run(undisturbed.path))


def test_a_change_accepted_once_stands_in_every_later_verdict(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = killed(tmp_path, 6)
    monkeypatch.setattr("labctl.resume.code_hashes", lambda: CHANGED)
    accepted = tuple(f"code:{name}" for name in CHANGED)
    with pytest.raises(UsageError, match="code:drivers"):
        resume(ResumeRequest(folder), counting.bound(0))
    with pytest.raises(BenchError):
        resume(ResumeRequest(folder, accepted), counting.bound(0, 0.0, FakeLab(serial="SIM-8")))
    monkeypatch.undo()
    (first, _) = resume(ResumeRequest(folder), counting.bound(0)).items
    told = [reason for reason in first.verdict.reasons if "changed: code:drivers" in str(reason)]
    assert len(told) == 1


def test_a_run_without_snapshots_does_not_go_on_with_a_fresh_device(tmp_path: Path) -> None:
    folder = killed(tmp_path, 4, "bare")
    with pytest.raises(UsageError, match="kept no snapshots"):
        resume(ResumeRequest(folder), counting.bound(0))


def test_a_run_that_is_done_is_left_alone(undisturbed: RunOutcome) -> None:
    with pytest.raises(UsageError, match="is done"):
        resume(ResumeRequest(undisturbed.path), counting.bound(0))


def test_a_gap_in_an_exposure_is_not_tolerated_unless_it_was_said(tmp_path: Path) -> None:
    folder = killed(tmp_path, 6)
    outcome = resume(ResumeRequest(folder, outage=1800.0), counting.bound(0))
    verdict = outcome.items[0].verdict
    assert verdict.outcome == "INVALID"
    assert any("interrupted for 1830." in reason for reason in verdict.reasons)
    assert outcome.items[1].verdict.outcome != "INVALID"


def test_a_tolerated_gap_moves_the_exposure(tmp_path: Path) -> None:
    folder = killed(tmp_path, 6)
    lab = FakeLab()
    outcome = resume(ResumeRequest(folder, outage=1800.0), counting.bound(0, 3600.0, lab))
    assert outcome.items[0].verdict.outcome == "PASS"
    assert lab.rigs[0].events[:2] == ["restored", "safe"]
    times = [reading.t for reading in open_run(folder).readings("1.1-90", "soak/resistance")]
    steps = [later - earlier for earlier, later in pairwise(times)]
    long = [step for step in steps if step > 700.0]
    assert len(long) == 1 and 1800.0 < long[0] < 2500.0
