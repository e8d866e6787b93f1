"""Endings: signals at every moment of `labctl run`, once and twice, and what fails on the way out.

Each time the exit code is that of an interrupt, the journal is whole, the bench is safe, and the
run goes on to the verdict of one that was left alone.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from labctl import clock
from labctl.agreement import default
from labctl.catalogue import load
from labctl.engine import execute
from labctl.journal import verify_chain
from labctl.platform.terminals import HANGUP
from labctl.requests import ItemOutcome, RunRequest
from labctl.resume import ResumeRequest, resume
from labctl.runfile import RunRecord, list_runs, open_run
from tests.runcheck import check_run

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows cannot send Ctrl-C to one process"
)

ROOT = Path(__file__).parents[2]
INTERRUPTED = 130
APART = 0.05
"""Seconds between two signals in a row."""

ONE, TWO = (signal.SIGINT,), (signal.SIGINT, signal.SIGINT)
TERMINATE = (signal.SIGTERM,)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[ItemOutcome, ...]:
    request = RunRequest(
        ("1.1-03",), (load().get("1.1-03"),), default(), tmp_path_factory.mktemp("whole")
    )
    return execute(request).items


def end(runs: Path, moment: str, signals: Sequence[int], *, asked: int = 1) -> int:
    """Start a run; the exit code after `signals`, sent when it has said "now" `asked` times.

    Where it is asked more than once, one signal is sent each time.
    """
    runs.mkdir()
    command = [sys.executable, "-m", "tests.system.ending", str(runs), moment]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", cwd=ROOT
    ) as process:
        assert process.stdout is not None
        left = list(signals)
        for _ in range(asked):
            assert process.stdout.readline() == "now\n"
            while left:
                process.send_signal(left.pop(0))
                if asked > 1:
                    break
                clock.run(clock.sleep(APART), virtual=False)
        _, complaints = process.communicate(timeout=60)
        print(complaints[-400:])
        return process.returncode


def whole(runs: Path) -> RunRecord:
    """The one run in `runs`, whose journal is whole."""
    [summary] = list_runs(runs)
    assert check_run(summary.path) == ()
    assert verify_chain(summary.path / "journal.db").ok
    return open_run(summary.path)


def safe(runs: Path) -> bool:
    """Whether no instrument put out anything at the end."""
    return json.loads((runs / "left.json").read_text(encoding="utf-8")) == []


def goes_on(run: RunRecord, expected: tuple[ItemOutcome, ...]) -> None:
    """The run is interrupted; resumed it comes to the verdict of one that was left alone."""
    assert run.state == "interrupted" and run.items[0].verdict is None
    assert resume(ResumeRequest(run.path)).items == expected
    assert check_run(run.path) == ()


@pytest.mark.parametrize(
    ("moment", "signals"),
    [
        ("opening", TERMINATE),
        ("step", TWO),
        ("C call", ONE),
        ("transaction", ONE),
        ("judging", TERMINATE),
    ],
)
def test_a_run_that_is_ended_goes_on(
    tmp_path: Path, undisturbed: tuple[ItemOutcome, ...], moment: str, signals: Sequence[int]
) -> None:
    runs = tmp_path / "runs"
    assert end(runs, moment, signals) == INTERRUPTED
    assert safe(runs)
    goes_on(whole(runs), undisturbed)


def test_what_fails_on_the_way_out_is_told(
    tmp_path: Path, undisturbed: tuple[ItemOutcome, ...]
) -> None:
    """Neither making safe nor giving the lines back succeeds; the one does not hide the other."""
    runs = tmp_path / "runs"
    assert end(runs, "both fail", ONE) == INTERRUPTED
    assert safe(runs)
    run = whole(runs)
    told = [event.text for event in run.items[0].events if event.kind == "not safe"]
    assert [one.partition(";")[0] for one in told] == ["not safe", "not closed"]
    goes_on(run, undisturbed)


def test_asked_again_while_the_bench_is_made_safe(
    tmp_path: Path, undisturbed: tuple[ItemOutcome, ...]
) -> None:
    runs = tmp_path / "runs"
    assert end(runs, "making safe", TWO, asked=2) == INTERRUPTED
    assert safe(runs)
    goes_on(whole(runs), undisturbed)


def test_a_report_that_is_broken_off_costs_no_verdict(
    tmp_path: Path, undisturbed: tuple[ItemOutcome, ...]
) -> None:
    runs = tmp_path / "runs"
    assert end(runs, "report", ONE) == INTERRUPTED
    assert safe(runs)
    run = whole(runs)
    assert run.state == "done"
    assert run.items[0].verdict == undisturbed[0].verdict


def test_a_console_that_is_closed_ends_the_run_in_good_order(
    tmp_path: Path, undisturbed: tuple[ItemOutcome, ...]
) -> None:
    (hangup,) = HANGUP
    runs = tmp_path / "runs"
    assert end(runs, "step", (hangup,)) == INTERRUPTED
    assert safe(runs)
    goes_on(whole(runs), undisturbed)
