"""Ctrl-C, a request to terminate and a kill, at several moments of a run in another process."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from labctl import clock
from labctl.journal import verify_chain
from labctl.runfile import RunRecord, list_runs, open_run
from tests.runcheck import check_run
from tests.system.interrupted import MOMENTS

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows cannot send Ctrl-C to one process"
)

ROOT = Path(__file__).parents[2]


KILL = 0
"""Stands for a kill, which has no signal number on every system."""


def interrupt(runs: Path, moment: str, number: int, wait: float = 0.0) -> tuple[int, float]:
    """Start a run, send signal `number` at the moment; (exit code, seconds it took to end)."""
    runs.mkdir()
    command = [sys.executable, "-m", "tests.system.interrupted", str(runs), moment]
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8", cwd=ROOT) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "now\n"
        clock.run(clock.sleep(wait), virtual=False)
        begin = clock.stopwatch()
        if number == KILL:
            process.kill()
        else:
            process.send_signal(number)
        code = process.wait(60)
        return code, clock.stopwatch() - begin


def only_run(runs: Path) -> RunRecord:
    [summary] = list_runs(runs)
    return open_run(summary.path)


@pytest.mark.parametrize(
    "moment", [m for m in MOMENTS if m not in ("many", "making-safe", "turned")]
)
def test_ctrl_c_leaves_the_journal_whole(tmp_path: Path, moment: str) -> None:
    code, seconds = interrupt(tmp_path / "runs", moment, signal.SIGINT)
    print(f"{moment}: ended {seconds:.2f} s after Ctrl-C")
    assert code == 130
    run = only_run(tmp_path / "runs")
    assert run.state == "interrupted"
    assert run.ended_utc
    assert check_run(run.path) == ()
    assert run.items[0].verdict is None
    if moment != "opening":
        assert run.readings(run.items[0].id, "resistance")


def test_a_cancellation_turned_into_an_error_still_ends_the_run(tmp_path: Path) -> None:
    code, _ = interrupt(tmp_path / "runs", "turned", signal.SIGINT)
    assert code == 130
    run = only_run(tmp_path / "runs")
    assert run.state == "interrupted"
    assert [item.error is not None for item in run.items] == [True]
    assert check_run(run.path) == ()


def test_a_request_to_terminate_is_an_interrupt(tmp_path: Path) -> None:
    code, _ = interrupt(tmp_path / "runs", "waiting", signal.SIGTERM)
    assert code == 130
    assert check_run(only_run(tmp_path / "runs").path) == ()


def test_ctrl_c_lets_a_bench_become_safe(tmp_path: Path) -> None:
    code, _ = interrupt(tmp_path / "runs", "making-safe", signal.SIGINT)
    assert code == 130
    assert (tmp_path / "runs" / "safe").read_text(encoding="utf-8") == "safe"
    assert check_run(only_run(tmp_path / "runs").path) == ()


@pytest.mark.parametrize("wait", [0.0, 0.02, 0.1, 0.3, 0.6])
def test_ctrl_c_between_and_within_many_items(tmp_path: Path, wait: float) -> None:
    code, _ = interrupt(tmp_path / "runs", "many", signal.SIGINT, wait)
    assert code == 130
    for summary in list_runs(tmp_path / "runs"):
        assert check_run(summary.path) == ()
        run = open_run(summary.path)
        assert all(item.verdict is not None for item in run.items[:-1])


@pytest.mark.parametrize("moment", ["virtual-soak", "in-step", "waiting"])
def test_a_killed_run_reads_whole_and_counts_as_interrupted(tmp_path: Path, moment: str) -> None:
    code, _ = interrupt(tmp_path / "runs", moment, KILL, 0.4)
    assert code != 130
    run = only_run(tmp_path / "runs")
    assert (run.state, run.ended_utc) == ("interrupted", "")
    assert verify_chain(run.path / "journal.db").ok
    assert run.readings(run.items[0].id, "resistance")
    assert check_run(run.path) == ()
