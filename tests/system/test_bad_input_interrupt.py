"""Ctrl-C at three moments of `labctl run` on the photovoltaic bench: exit 130, journal whole."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from labctl import clock
from labctl.runfile import RunRecord, list_runs, open_run
from tests.runcheck import check_run
from tests.system.photovoltaic_interrupted import MOMENTS

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows cannot send Ctrl-C to one process"
)

ROOT = Path(__file__).parents[2]


def interrupted(runs: Path, moment: str) -> tuple[int, dict[str, Any], float]:
    """Exit code, what was printed with --json, and the seconds from Ctrl-C to the end."""
    command = [sys.executable, "-m", "tests.system.photovoltaic_interrupted", str(runs), moment]
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
        cwd=ROOT,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "now\n"
        begin = clock.stopwatch()
        process.send_signal(signal.SIGINT)
        out, _ = process.communicate(timeout=60)
        seconds = clock.stopwatch() - begin
    return process.returncode, json.loads(out.replace("now\n", "")), seconds


def only(runs: Path) -> RunRecord:
    [summary] = list_runs(runs)
    return open_run(summary.path)


@pytest.mark.parametrize("moment", MOMENTS)
def test_ctrl_c_leaves_the_journal_whole(tmp_path: Path, moment: str) -> None:
    code, document, seconds = interrupted(tmp_path / "runs", moment)
    print(f"{moment}: ended {seconds:.2f} s after Ctrl-C")
    assert code == 130
    run = only(tmp_path / "runs")
    assert check_run(run.path) == ()
    assert run.state == "interrupted"
    assert document["run"] == run.id
    assert [item.verdict for item in run.items] == [None]
    channel = {"soak": "soak/irradiance", "reduction": "iv/reverse/voltage"}.get(moment)
    if channel is not None:
        assert len(run.readings(run.items[0].id, channel)) >= 100
